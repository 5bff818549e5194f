"""Reports by hand, and the dev reports, for the tests of lineage."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.side import Side
from guvoh.model.report import (
    Debris,
    Image,
    Making,
    MakingKind,
    PublishedBasis,
    Report,
)
from guvoh.model.text import CharacterMap, Stated

DEV = Path(__file__).parents[1] / "cases" / "lineage" / "dev"
MakeSide = Callable[..., Side]


@pytest.fixture
def make_side() -> MakeSide:
    """Return a function that makes a side of a text."""

    def made(
        identity: str,
        text: str,
        language: str = "en",
        *,
        publisher: str | None = None,
        published: str | None = None,
        alt: str | None = None,
        garbled: str | None = None,
        credit: str | None = None,
        url: str | None = None,
        title: str | None = None,
    ) -> Side:
        report = Report(
            id=identity,
            capture=identity,
            file=f"{identity}.txt",
            text=text,
            map=CharacterMap("utf-8", ()),
            language=language,
            publisher=Stated(publisher) if publisher else None,
            published=published,
            published_basis=PublishedBasis.STATED if published else PublishedBasis.UNKNOWN,
            images=(Image(alt=Stated("…"), alt_language=alt),) if alt else (),
            debris=(Debris(garbled, "prompt"),) if garbled else (),
            making=(Making(MakingKind.CREDIT, credit, credit),) if credit else (),
            url=url,
            title=Stated(title) if title else None,
        )
        return Side(report, fingerprint(report))

    return made


@pytest.fixture(scope="session")
def dev() -> dict[tuple[str, str], str]:
    """Return the dev texts by (event, name), the name ending in the language."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted(DEV.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("== ")[1:]:
            name, text = part.split("\n", 1)
            found[path.stem, name] = text.strip()
    return found
