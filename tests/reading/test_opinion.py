"""Where the trained reader's opinion is taken over that of the rules, and where it is not."""

import pytest

from guvoh.encoder.tagging import tag
from guvoh.encoder.weights import load
from guvoh.model.claim import ClaimKind, Reading
from guvoh.reading.read import read
from tests.reading.reports import report_of


def heard(text: str) -> Reading:
    report = report_of(text, "en")
    return read(report, tag(load(), report.text, report.paragraphs))


def chains(reading: Reading) -> list[list[str]]:
    return [[link.name for link in claim.chain] for claim in reading.claims]


def differ(reading: Reading) -> list[str]:
    return [finding.text for finding in reading.findings if finding.kind == "speakers-differ"]


def test_a_place_where_something_was_said_is_not_the_speaker() -> None:
    reading = heard(
        "“They had no choice, and the firm knew it from the first day,” Olga Brandt, the labour "
        "inspector who opened the first of the files, said at a hearing in Sorna."
    )
    assert chains(reading) == [["Olga Brandt"]]
    assert "once; the reader was followed" in differ(reading)[0]


def test_nobody_is_part_of_what_they_say() -> None:
    reading = heard(
        "Dana Pilar, 59, of Westhaven, who watched the buses leave from her window, said the sight "
        "brought back memories of her own brother's call-up."
    )
    assert chains(reading) == [["Dana Pilar"]]
    assert reading.claims[0].text.startswith("the sight brought back")


def test_a_chain_of_the_rules_is_not_cut_to_the_one_voice_that_the_reader_hears() -> None:
    reading = heard(
        "According to the daily Norvest, citing the coast guard, nine boats were seized in June."
    )
    assert [len(chain) for chain in chains(reading)] == [2]
    assert not differ(reading)


def test_what_somebody_does_not_say_is_not_filled_in() -> None:
    reading = heard("The agency declined to say how many of the workers had been sent home.")
    assert [claim.kind for claim in reading.claims] == [ClaimKind.NARRATED]


def test_words_that_no_rule_gives_to_anybody_are_given_to_whom_the_reader_hears() -> None:
    reading = heard("Nearly half of those asked, 49%, say the new quay serves the town well.")
    assert chains(reading) == [["49%"]]
    (added,) = [f for f in reading.findings if f.kind == "attribution-added"]
    assert added.for_[0].startswith("trained reader ")
    assert added.for_[1] == "character 33"


def test_who_goes_on_after_a_speaker_that_only_the_reader_hears_is_that_speaker() -> None:
    reading = heard(
        "“I am putting the nets second this week,” former harbour deputy Dan Marek said. “He is "
        "holding his own in the yard, and the crews love him.”"
    )
    assert chains(reading) == [["Dan Marek"], ["Dan Marek"]]
    assert [claim.kind for claim in reading.claims] == [ClaimKind.DIRECT] * 2
    assert reading.claims[0].text == "I am putting the nets second this week"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor criticised the council for closing the quay and endorsed the crews.",
        "The mayor did not say whether the crews had been sent home.",
        "The mayor declined to say how many of the crews had been sent home.",
    ],
)
def test_what_somebody_thinks_of_a_thing_or_does_not_say_is_narration(text: str) -> None:
    assert chains(heard(text)) == [[]]


def test_a_word_that_is_no_cue_here_is_not_taken_for_one() -> None:
    text = "Members of the council state offices would close before noon on Monday."
    assert [claim.kind for claim in read(report_of(text, "en")).claims] == [ClaimKind.INDIRECT]
    reading = heard(text)
    assert [claim.kind for claim in reading.claims] == [ClaimKind.NARRATED]
    assert [f.kind for f in reading.findings] == ["attribution-dropped"]


def test_a_cue_in_what_somebody_else_says_is_read_there() -> None:
    reading = heard(
        "Mrs. Brandt told the crew on Sunday that the mayor would be in charge of the quay, because, "
        "you know, he knows how to do it."
    )
    assert chains(reading)[0] == ["Brandt"]
    assert reading.claims[0].text.startswith("the mayor would be in charge of the quay, because")


def test_who_stands_for_somebody_and_what_holds_another_attribution_stays() -> None:
    text = (
        "The mayor is disavowing remarks made by a campaign helper who said voters should not keep "
        "electing owners."
    )
    assert chains(heard(text)) == chains(read(report_of(text, "en")))
    assert chains(heard(text))[-1] == ["the mayor", "a campaign helper"]


def texts(reading: Reading) -> list[str]:
    return [claim.text for claim in reading.claims]


def test_what_is_told_beside_an_attribution_that_only_the_reader_finds_stays() -> None:
    reading = heard(
        "The envoy was summoned to the ministry on Tuesday, where he was told that the treatment of "
        "the crews was unacceptable."
    )
    assert "the treatment of the crews was unacceptable" in texts(reading)
    assert "The envoy was summoned to the ministry on Tuesday" in texts(reading)


@pytest.mark.parametrize(
    "text",
    [
        "The inspector who wrote it, now retired, remembers five children and a foreman who laughed.",
        "One shopkeeper told the council his takings had halved, said ward leader Ines Falk.",
        "In June a man who said he was a doctor rang her to say that Adam was in a better place.",
        "The agency in Sorna, when Dana's mother telephoned, promised to send somebody.",
    ],
)
def test_an_attribution_inside_another_and_whoever_only_hears_leave_it_to_the_rules(
    text: str,
) -> None:
    assert chains(heard(text)) == chains(read(report_of(text, "en")))
    assert texts(heard(text)) == texts(read(report_of(text, "en")))
