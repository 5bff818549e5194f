"""Where the trained reader's opinion is taken over that of the rules, and where it is not."""

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
