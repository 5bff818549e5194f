"""Reports against expected.toml: metadata, text, debris, images."""

import unicodedata
from collections.abc import Callable, Iterator

from benchmarks.expected.case import Answer, Row
from benchmarks.expected.checks import Check, brief, one_of
from benchmarks.expected.likeness import moment, words


def check_reports(answer: Answer, wanted: Row) -> Iterator[Check]:
    """Check how many reports there are, and each of them."""
    rows = {row["file"]: row for row in answer.rows["reports"]}
    yield one_of("reports", "number of reports", len(rows), [wanted["case"]["reports"]])
    for companion in wanted["case"]["companions"]:
        yield Check(
            "reports", f"{companion}: no report", bool(rows) and companion not in rows, "", ""
        )
    for report in wanted["report"]:
        yield from _report(report, rows.get(report["file"]))


def _report(want: Row, row: Row | None) -> Iterator[Check]:
    file = want["file"]
    got = row or {}

    def check(what: str, passed: bool, expected: object, value: object) -> Check:
        passed = passed and row is not None
        return Check("reports", f"{file}: {what}", passed, brief(expected), brief(value))

    title, publisher, bylines = got.get("title"), got.get("publisher"), got.get("bylines", [])
    yield check("title", words(title) == words(want["title"]), want["title"], title)
    known = [words(name) for name in want["publisher"]]
    yield check("publisher", words(publisher) in known, want["publisher"], publisher)
    mine, theirs = [sorted(words(b) for b in each) for each in (bylines, want["bylines"])]
    also = [sorted([words(name)]) for name in want.get("bylines_also", [])]
    yield check("bylines", mine == theirs or mine in also, want["bylines"], bylines)
    dates, date = want["published"] or [None], got.get("published")
    yield check("published", moment(date) in [moment(each) for each in dates], dates, date)
    basis = got.get("published_basis")
    yield check("published_basis", basis == want["published_basis"], want["published_basis"], basis)
    language = got.get("language")
    yield check("language", language in want["language"], want["language"], language)
    if "url" in want:
        yield check("url", got.get("url") == want["url"], want["url"], got.get("url"))
    text = _flat(got.get("text", ""))
    for part in want["contains"]:
        yield check("contains", _flat(part) in text, part, "not in the text")
    for part in want["debris"]:
        yield check("debris", _flat(part) not in text, f"without “{part}”", "in the text")
    yield from _image(want.get("image", {}), got.get("images", []), check)
    for making in want.get("making", []):
        found = [m for m in got.get("making", []) if m["kind"] == making["kind"]]
        passed = any(words(m["name"]) == words(making["name"]) for m in found)
        yield check(f"making {making['kind']}", passed, making["name"], [m["name"] for m in found])


def _image(
    want: Row, images: list[Row], check: Callable[[str, bool, object, object], Check]
) -> Iterator[Check]:
    """Compare with the image that answers most; a caption may go on after the words expected."""

    def right(image: Row, key: str) -> bool:
        if key in ("caption", "alt"):
            begun = words(want[key])
            return words(image[key])[: len(begun)] == begun
        return words(image[key]) == words(want[key])

    best = max(images, key=lambda image: sum(right(image, key) for key in want), default=None)
    for key in want:
        got = best[key] if best else "no image"
        yield check(f"image {key}", best is not None and right(best, key), want[key], got)


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
