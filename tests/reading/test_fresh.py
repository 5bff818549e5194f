"""Paragraphs as news, agencies and organisations write them: whose word each claim rests on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from guvoh.model.claim import Claim
from guvoh.reading.read import read
from tests.reading.reports import report_of

CASES = Path(__file__).parents[1] / "cases/reading/fresh"
ARTICLES = ("the ", "a ", "an ")
# Not read as wanted yet.
OPEN = {"seed-back-translated"}


@dataclass(frozen=True)
class Wanted:
    """A claim that must be read; each field holds the alternatives that are just as right."""

    chains: list[list[str]]
    stances: list[str]
    polarities: list[str]
    content: set[str]


def _blocks() -> Iterator[tuple[str, str]]:
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            yield path.stem, block


def _cases() -> list[tuple[str, str, str, str, list[Wanted]]]:
    cases = []
    for language, block in _blocks():
        head, _, body = block.partition("\n")
        text, _, lines = body.partition("\n--")
        name, _, published = head.partition(" | ")
        wanted = [_wanted(line) for line in lines.strip().split("\n") if line]
        cases.append((name, language, published, text.strip(), wanted))
    return cases


def _wanted(line: str) -> Wanted:
    chains, stance, polarity, content = (part.strip() for part in line.split("|", 3))
    alternatives = [
        [] if chain.strip() == "-" else [_fold(link) for link in chain.split("<-")]
        for chain in chains.split(" / ")
    ]
    if chains.endswith(" /"):
        alternatives.append([""])
    return Wanted(alternatives, stance.split(" / "), polarity.split(" / "), _words(content))


def _fold(name: str) -> str:
    low = name.strip().casefold()
    return next((low[len(a) :] for a in ARTICLES if low.startswith(a)), low)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _likest(wanted: Wanted, claims: list[Claim]) -> Claim | None:
    def share(claim: Claim) -> float:
        words = _words(claim.text)
        return 2 * len(wanted.content & words) / (len(wanted.content) + len(words))

    best = max(claims, key=share, default=None)
    return best if best is not None and share(best) > 0.5 else None


@pytest.mark.parametrize(
    ("language", "published", "text", "wanted"),
    [
        pytest.param(*case, id=name, marks=[pytest.mark.xfail] if name in OPEN else [])
        for name, *case in _cases()
    ],
)
def test_each_claim_rests_on_the_word_the_text_gives(
    language: str, published: str, text: str, wanted: list[Wanted]
) -> None:
    claims = list(read(report_of(text, language, published=published)).claims)
    for each in wanted:
        claim = _likest(each, claims)
        assert claim is not None, each
        claims.remove(claim)
        assert [_fold(link.name) for link in claim.chain] in each.chains
        assert claim.stance.value in each.stances
        assert claim.polarity.value in each.polarities
