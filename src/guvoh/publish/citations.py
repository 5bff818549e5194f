"""The reports used, as CSL-JSON and BibTeX for a reference manager."""

import json
import re
from collections.abc import Iterator
from typing import Any

from guvoh.languages.fold import fold
from guvoh.model.report import Report
from guvoh.pages.picture import outlet
from guvoh.protect import Release

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
# Characters that mean something to BibTeX, and what stands for them.
_BIBTEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip


def citations(release: Release, _: str) -> Iterator[tuple[str, bytes]]:
    """Yield reports.json (CSL-JSON 1.0) and reports.bib."""
    ordered = sorted(release.reports.values(), key=lambda r: (r.published or "9", r.id))
    keys = _keys(ordered)
    entries = [_csl(report, key) for report, key in zip(ordered, keys, strict=True)]
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    yield "reports.json", text.encode("utf-8", "replace")
    bib = "\n".join(_bibtex(report, key) for report, key in zip(ordered, keys, strict=True))
    yield "reports.bib", bib.encode("utf-8", "replace")


def _keys(reports: list[Report]) -> list[str]:
    """Return a key for each report: outlet and year, with a letter where two share it."""
    used: dict[str, int] = {}
    keys: list[str] = []
    for report in reports:
        name = re.sub(r"[^a-z0-9]", "", fold(outlet(report)))[:24] or "report"
        plain = f"{name}{(report.published or '')[:4]}"
        used[plain] = used.get(plain, 0) + 1
        keys.append(plain if used[plain] == 1 else f"{plain}-{used[plain]}")
    return keys


def _csl(report: Report, key: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": key,
        "type": "article-newspaper",
        "title": report.title.text if report.title else "",
        "container-title": outlet(report),
        "author": [{"literal": byline.text} for byline in report.bylines],
        "language": report.language,
        "URL": report.url,
        "archive": "guvoh",
        "archive_location": report.capture,
    }
    date = _DATE.match(report.published or "")
    if date is not None:
        entry["issued"] = {"date-parts": [[int(part) for part in date.groups() if part]]}
    return {name: value for name, value in entry.items() if value}


def _bibtex(report: Report, key: str) -> str:
    fields = {
        "title": report.title.text if report.title else "",
        "author": " and ".join(f"{{{_escaped(byline.text)}}}" for byline in report.bylines),
        "journal": outlet(report),
        "date": (report.published or "")[:10],
        "url": report.url or "",
        "langid": report.language,
        "note": f"SHA-256 {report.capture}",
    }
    lines = [
        f"  {name} = {{{value if name in ('author', 'url') else _escaped(value)}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@article{{{key},", *lines, "}", ""])


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(char, char) for char in " ".join(text.split()))
