"""A content is negated where its main clause is, and of several sentences where each is."""

import pytest

from guvoh.model.claim import Polarity
from guvoh.reading.read import read
from tests.reading.reports import report_of

AFFIRMED = (
    "“I am not angry. I want my pay,” said Tom Reed.",
    "“There was no lawyer, there was only a clerk,” said Tom Reed.",
    "The appeal came to nothing, her lawyer said.",
    "Tom Reed said the contract was written in a language the workers could not read.",
    "Police searched two farms but found nobody, local media reported.",
    "“They told me not to speak to the cook,” said Hana Ilic.",
    "“We had nothing but rice,” said one of the sailors.",
)
NEGATED = (
    "The ministry has yet to publish the figures.",
    "None of the men has been paid since May, the union said.",
    "The officials, the union said, had not visited the site.",
    "Workers who had been hired in Dhaka were never paid, the union said.",
    "“Nobody came. We had no water,” said Tom Reed.",
)


@pytest.mark.parametrize("text", AFFIRMED)
def test_a_negation_beside_the_main_clause_denies_nothing(text: str) -> None:
    assert read(report_of(text)).claims[0].polarity is Polarity.AFFIRMED


@pytest.mark.parametrize("text", NEGATED)
def test_a_negated_main_clause_is_negated(text: str) -> None:
    assert read(report_of(text)).claims[0].polarity is Polarity.NEGATED
