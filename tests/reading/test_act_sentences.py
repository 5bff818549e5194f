"""Sentences as newspapers talk: their acts, those affected, those who did it, and how many."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from guvoh.model.claim import Claim
from guvoh.reading.read import read
from tests.reading.reports import report_of

CASES = Path(__file__).parent.parent / "cases" / "reading" / "acts"
FLOORS = {"en": 59, "es": 47, "fr": 44, "ru": 49}


def faults(sentence: Mapping[str, Any], language: str) -> list[str]:
    """Return what reading gets wrong of a sentence: its acts, participants, number."""
    claims = read(report_of(sentence["text"], language)).claims
    found = {act.name for claim in claims for act in claim.acts}
    wanted, may = set(sentence["acts"]), set(sentence.get("may", ()))
    wrong = [f"no {name}" for name in sorted(wanted - found)]
    wrong += [f"not {name}" for name in sorted(found - wanted - may)]
    for role, field in (("affected", "affected"), ("perpetrator", "by")):
        names = _named(sentence["text"], claims, role)
        wrong += _amiss(role, names, sentence[field], sentence.get(f"may_{field}", ()))
    if "number" in sentence:
        low, high = sentence["number"]
        bounds = {(q.low, q.high) for claim in claims for q in claim.quantities}
        if (low, None if high < 0 else high) not in bounds:
            wrong.append(f"no number {low}")
    return wrong


def _named(text: str, claims: Iterable[Claim], role: str) -> set[str]:
    """Return the participants of a role: each by name and by the words of the passage."""
    return {
        f"{one.name} | {text[one.span.start : one.span.end] if one.span else ''}".casefold()
        for claim in claims
        for one in claim.participants
        if one.role == role
    }


def _amiss(role: str, names: set[str], wanted: Iterable[str], may: Iterable[str]) -> list[str]:
    known = [word.casefold() for word in (*wanted, *may)]
    lost = [w for w in wanted if not any(w.casefold() in name for name in names)]
    other = [name for name in sorted(names) if not any(word in name for word in known)]
    return [f"no {role} {word}" for word in lost] + [f"not {role} {name}" for name in other]


def sentences(language: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(
        (CASES / f"{language}.toml").read_text(encoding="utf-8")
    )["sentences"]
    return found


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_sentences_tell_who_did_what_to_whom(language: str) -> None:
    wrong = {one["text"]: faults(one, language) for one in sentences(language)}
    right = sum(1 for found in wrong.values() if not found)
    assert right >= FLOORS[language], {text: found for text, found in wrong.items() if found}
