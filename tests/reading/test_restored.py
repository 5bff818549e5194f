"""A text without capitals gets them back in names: marked by the encoder, or told by where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guvoh.model.tagging import Tag, Tagging
from guvoh.reading.restored import lost_case, restore_case

NOTHING = Tagging("0" * 64, ())


@pytest.mark.parametrize(
    "written",
    [
        "Officials in Dushanbe told Meridian that the Kyrgyz prisoners were gone.",
        "The mayor spoke to the newspaper Karvon. Karvon did not print it.",
        "Two men told Korvath Monitor that the signatory said nothing.",
        "“We were beaten,” says Mbali. “Nobody came.” Her mother told the conscripts.",
        "Koroma said the foreman had gone to Nairobi on Sunday.",
        "«They took our passports», — he added. The overseers knew.",
    ],
)
def test_rare_words_where_a_name_stands_get_capitals(written: str) -> None:
    assert restore_case(written.lower(), NOTHING) == written


def test_what_the_encoder_marks_lends_its_capital_to_what_stands_beside_it() -> None:
    written = (
        "A gravedigger, Yuri S. Orlov of the Chui Herald, and Anselm Koroma said the ministry knew."
    )
    low = written.lower()
    names = [
        ("yuri", "person"),
        ("herald", "organisation"),
        ("anselm", "person"),
        ("ministry", "organisation"),
    ]
    tags = tuple(
        Tag("names", label, low.index(name), low.index(name) + len(name)) for name, label in names
    )
    assert restore_case(low, Tagging("0" * 64, tags)) == written.replace("Orlov", "orlov")


@given(st.text(alphabet=st.sampled_from("aбİßǆ .,!?…'’“”«\n-Yy7")))
def test_any_text_keeps_its_length_and_letters(text: str) -> None:
    restored = restore_case(text, NOTHING)
    assert len(restored) == len(text)
    assert restored.casefold() == text.casefold()


def test_only_a_text_that_tells_nothing_by_capitals_has_lost_them() -> None:
    assert lost_case("the mayor told the herald that nothing of the kind had happened there")
    assert lost_case("THE MAYOR TOLD THE HERALD THAT NOTHING OF THE KIND HAD HAPPENED THERE")
    assert not lost_case("The mayor told the Herald that nothing of the kind had happened there")
