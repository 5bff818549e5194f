"""Paragraphs as reports read: each claim with its words, its chain, its stance and how its source knows."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gold import as_report, fold
from guvoh.model.claim import Claim, SourceKind
from guvoh.reading.read import read
from tests.reading.reports import report_of

VOICES = Path(__file__).resolve().parents[1] / "cases/reading/voices"


def _cases() -> list[Any]:
    return [
        pytest.param(path.stem, paragraph, id=f"{path.stem}-{number}")
        for path in sorted(VOICES.glob("*.toml"))
        for number, paragraph in enumerate(tomllib.loads(path.read_text("utf-8"))["paragraph"])
    ]


def _bare(name: str) -> str:
    return fold(name.strip().replace("«", "").replace("»", "")).removeprefix("l'")


def _fits(claim: Claim, text: str, chain: str, stance: str, basis: str | None = None) -> bool:
    links = [] if chain == "-" else chain.split("<-")  # narration
    wanted = [{_bare(name) for name in link.split("/")} for link in links]
    named = [_bare(link.name) for link in claim.chain]
    return (
        claim.text == text
        and claim.stance == stance
        and len(named) == len(wanted)
        and all(name in names for name, names in zip(named, wanted, strict=True))
        and (basis is None or claim.chain[-1].basis == basis)
    )


@pytest.mark.parametrize(("language", "paragraph"), _cases())
def test_claims_rest_on_the_voices_that_the_paragraph_names(
    language: str, paragraph: dict[str, Any]
) -> None:
    row = {"id": "voices", "text": paragraph["text"], "published": paragraph.get("published")}
    report, _ = as_report(row, language)
    claims = read(report).claims
    said = [
        (
            claim.text,
            " <- ".join(link.name for link in claim.chain),
            claim.stance,
            [link.basis for link in claim.chain[-1:]],
        )
        for claim in claims
    ]
    for wanted in paragraph["claims"]:
        assert any(_fits(claim, *wanted) for claim in claims), (wanted, said)


def kinds(text: str) -> dict[str, SourceKind]:
    return {person.name: person.kind for person in read(report_of(text, "en")).people}


def test_whom_her_son_tells_is_a_person_and_a_bare_name_that_is_told_an_outlet() -> None:
    mother = kinds("Mohira Safarova asked for help. Her son told her that men had been beaten.")
    assert mother["Mohira Safarova"] is SourceKind.PERSON
    outlet = kinds("The guard told Ninefold Lantern that men had been beaten.")
    assert outlet["Ninefold Lantern"] is SourceKind.ORGANISATION


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "A nurse at the clinic, who asked not to be named, said three men were brought in.",
            "a nurse at the clinic",
            "three men were brought in",
        ),
        (
            "The driver, who has worked there since 2019, said two buses left at dawn.",
            "the driver",
            "two buses left at dawn",
        ),
        (
            "Ten men, who had come in May, were taken away, said the guard.",
            "the guard",
            "Ten men, who had come in May, were taken away",
        ),
    ],
)
def test_a_clause_about_the_speaker_stands_between_the_speaker_and_the_cue(
    text: str, source: str, content: str
) -> None:
    (claim,) = read(report_of(text, "en")).claims
    assert ([link.name for link in claim.chain], claim.text) == ([source], content)
