"""The gold set keeps its own format: contents stand in their texts, halves follow the digest."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from guvoh.model.claim import Basis, ClaimKind, Polarity, SourceKind, Stance

GOLD = Path(__file__).parents[1] / "cases" / "reading"
AT_LEAST = {"en": 120, "es": 40, "fr": 30, "ru": 50}
GENRES = {
    "news",
    "broadcast",
    "ngo",
    "local",
    "investigation",
    "translated",
    "scrape",
    "post",
    "turns",
}
DATE = r"(\d{4}|\d{3}X|XXXX)(-\d\d(-\d\d)?)?~?"
EDTF = re.compile(rf"{DATE}|({DATE}|\.\.)/({DATE}|\.\.)|P(\d+[YMWD])+|PT\d+[HM]|")

Paragraph = dict[str, Any]


def read(half: str, language: str) -> list[Paragraph]:
    lines = (GOLD / half / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def half_of(text: str) -> str:
    first = hashlib.sha256(text.encode()).hexdigest()[0]
    return "dev" if first in "01234567" else "held"


def pieces_of(claim: dict[str, Any]) -> list[str]:
    return [claim["text"]] if isinstance(claim["text"], str) else claim["text"]


def claim_faults(paragraph: Paragraph) -> list[str]:
    """Name what is wrong with the claims: each stands at or after the start of the one above it."""
    faults, text, start = [], paragraph["text"], 0
    for ordinal, claim in enumerate(paragraph["claims"]):
        at = start
        for nth, piece in enumerate(pieces_of(claim)):
            at = text.find(piece, at)
            if not piece or at < 0:
                faults.append(f"claim {ordinal}: not in the text in its order: {piece!r}")
                break
            if not re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").match(text, at):
                faults.append(f"claim {ordinal}: cuts a word: {piece!r}")
            if piece != piece.strip():
                faults.append(f"claim {ordinal}: space at an end: {piece!r}")
            start = at if nth == 0 else start
            at += len(piece)
        above, chain = claim["within"], claim["chain"]
        if above is not None and not 0 <= above < ordinal:
            faults.append(f"claim {ordinal}: within {above}")
        elif above is not None:
            outer = [link["name"] for link in paragraph["claims"][above]["chain"]]
            if [link["name"] for link in chain][: len(outer)] != outer or len(chain) == len(outer):
                faults.append(f"claim {ordinal}: does not prolong the chain of its frame")
        if not chain and claim["kind"] != "narrated":
            faults.append(f"claim {ordinal}: {claim['kind']} without a voice")
    return faults


def value_faults(paragraph: Paragraph) -> list[str]:
    """Name values outside their lists; those of `model.claim` raise by themselves."""
    faults = [] if paragraph["genre"] in GENRES else [f"genre {paragraph['genre']!r}"]
    for claim in paragraph["claims"]:
        ClaimKind(claim["kind"]), Stance(claim["stance"]), Polarity(claim["polarity"])
        for link in claim["chain"]:
            Basis(link["basis"])
            if (SourceKind(link["kind"]) is not SourceKind.UNNAMED) and not link["name"]:
                faults.append(f"a {link['kind']} without a name")
    return faults


def mention_faults(paragraph: Paragraph) -> list[str]:
    """Name times and quantities that are not in the text or cannot be."""
    faults = [
        f"not in the text: {mention['text']!r}"
        for mention in paragraph["times"] + paragraph["quantities"]
        if not re.search(rf"(?<!\w){re.escape(mention['text'])}(?!\w)", paragraph["text"])
    ]
    for time in paragraph["times"]:
        kinds = {"duration"} if time["edtf"].startswith("P") else {"date", "recurring"}
        if not EDTF.fullmatch(time["edtf"]):
            faults.append(f"EDTF {time['edtf']!r}")
        if time.get("kind", "date") not in kinds:
            faults.append(f"kind of {time['text']!r}")
        if not time["edtf"] and not time.get("soft"):
            faults.append(f"unresolved and not soft: {time['text']!r}")
    faults.extend(
        f"bounds of {quantity['text']!r}"
        for quantity in paragraph["quantities"]
        if quantity["high"] is not None and quantity["low"] > quantity["high"]
    )
    return faults


@pytest.mark.parametrize("half", ["dev", "held", "later"])
@pytest.mark.parametrize("language", AT_LEAST)
def test_every_line_keeps_the_format(half: str, language: str) -> None:
    faults = [
        f"{paragraph['id']}: {fault}"
        for paragraph in read(half, language)
        for faults_of in (claim_faults, value_faults, mention_faults)
        for fault in faults_of(paragraph)
    ]
    assert faults == []


@pytest.mark.parametrize("language", AT_LEAST)
def test_a_paragraph_lies_in_the_half_of_its_digest(language: str) -> None:
    astray = [
        paragraph["id"]
        for half in ("dev", "held")
        for paragraph in read(half, language)
        if half_of(paragraph["text"]) != half
    ]
    assert astray == []


@pytest.mark.parametrize("language", AT_LEAST)
def test_there_are_enough_paragraphs_and_none_twice(language: str) -> None:
    dev, held = read("dev", language), read("held", language)
    both = dev + held
    assert len(both) >= AT_LEAST[language]
    assert len({paragraph["id"] for paragraph in both}) == len(both)
    assert len({paragraph["text"] for paragraph in both}) == len(both)
    assert min(len(dev), len(held)) >= 0.4 * len(both)


def test_thirty_english_paragraphs_are_turns() -> None:
    both = read("dev", "en") + read("held", "en")
    assert sum(paragraph["genre"] == "turns" for paragraph in both) >= 30


def test_each_language_has_turns_frames_and_chains_of_two() -> None:
    for language in AT_LEAST:
        both = read("dev", language) + read("held", language)
        claims = [claim for paragraph in both for claim in paragraph["claims"]]
        assert any(paragraph["genre"] == "turns" for paragraph in both)
        assert any(claim["within"] is not None for claim in claims)
        assert any(len(claim["chain"]) == 2 for claim in claims)
        assert {claim["stance"] for claim in claims} == set(Stance), language


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"text": "the men were sent"}, "not in the text"),
        ({"text": "he men left"}, "cuts a word"),
        ({"within": 0}, "within 0"),
        ({"chain": []}, "without a voice"),
    ],
)
def test_a_broken_claim_is_named(change: dict[str, Any], fault: str) -> None:
    chain = [{"name": "Orlov", "kind": "person", "basis": "unknown"}]
    claim = {"text": "the men left", "kind": "indirect", "within": None, "chain": chain}
    sound = {"text": "Orlov said the men left.", "claims": [claim]}
    assert claim_faults(sound) == []
    (named,) = claim_faults({**sound, "claims": [{**claim, **change}]})
    assert fault in named
