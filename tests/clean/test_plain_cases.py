"""Damaged scrapes: every field as a careful reader would fill it, and no character lost."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from guvoh.clean.plain import read_plain
from guvoh.model.report import Image, PublishedBasis, Report
from guvoh.model.text import Stated
from tests.clean.test_plain import check

CASES = sorted((Path(__file__).parents[1] / "cases" / "scrapes").glob("*.txt"))


def said(stated: Stated | None) -> str | None:
    return stated.text if stated is not None else None


def told(image: Image) -> dict[str, str]:
    parts = {
        "caption": said(image.caption),
        "credit": said(image.credit),
        "alt": said(image.alt),
        "url": said(image.url),
        "alt_language": image.alt_language,
    }
    return {name: value for name, value in parts.items() if value is not None}


def found(report: Report) -> dict[str, Any]:
    fields = {
        "language": report.language,
        "title": said(report.title),
        "publisher": said(report.publisher),
        "bylines": [byline.text for byline in report.bylines],
        "published": report.published,
        "paragraphs": report.text.split("\n\n"),
        "images": [told(image) for image in report.images] or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_a_damaged_scrape_is_taken_apart(case: Path) -> None:
    data = case.read_bytes()
    (report,), findings = read_plain(
        hashlib.sha256(data).hexdigest(), case.name, data, "2024-05-01T00:00:00Z"
    )
    assert found(report) == tomllib.loads(case.with_suffix(".toml").read_text("utf-8"))
    assert (report.published_basis is PublishedBasis.STATED) == (report.published is not None)
    assert findings == ()
    check(report, data)


def test_there_are_cases() -> None:
    assert len(CASES) >= 13
