"""The length that is read of one report: beyond it a text is kept as debris, and a finding says so."""

from dataclasses import replace
from itertools import takewhile

from guvoh.model.finding import Finding
from guvoh.model.report import Debris, Report
from guvoh.model.text import CharacterMap, Run, Span

# Characters, a book of 400 pages. Reading grows with length alone and takes 14 s of CPU for as many.
MOST = 1_000_000
_SHOWN = 1_500  # characters of what is left that debris repeats; its bytes tell the rest


def bounded(report: Report) -> tuple[Report, Finding | None]:
    """Return the report with at most `MOST` characters of text, and a finding if it had more."""
    if len(report.text) <= MOST:
        return report, None
    cut = max(report.text.rfind(" ", 0, MOST), report.text.rfind("\n", 0, MOST), MOST // 2)
    rest = Span(cut, len(report.text))
    said = Debris(
        report.text[cut : cut + _SHOWN],
        f"beyond the first {MOST:,} characters",
        report.map.bytes_of(rest, report.text),
    )
    text = f"Only the first {cut:,} of its {len(report.text):,} characters are read."
    finding = Finding(
        "clean",
        "too-long",
        f"{text} Split the file, and name the parts, to have all of it read.",
        report=report.id,
        file=report.file,
        problem=True,
    )
    kept = replace(
        report,
        text=report.text[:cut],
        map=_until(report.map, cut, report.text),
        debris=(*report.debris, said),
        languages=tuple(one for one in report.languages if one[0].end <= cut),
    )
    return kept, finding


def _until(map_: CharacterMap, cut: int, text: str) -> CharacterMap:
    runs = list(takewhile(lambda run: run.text.start < cut, map_.runs))
    last = runs[-1]
    if last.text.end > cut:
        span = Span(last.text.start, cut)
        runs[-1] = Run(span, map_.bytes_of(span, text), last.kind)
    return replace(map_, runs=tuple(runs))
