"""Ties among files that only their neighbours tell: pictures that look alike, transcripts by name."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from guvoh.casefile import journal, state, tables
from guvoh.casefile.folder import Case
from guvoh.clean.media import LOOK, STEP, UNREAD, difference
from guvoh.clean.pdf import NO_TEXT_LAYER
from guvoh.intake import scans
from guvoh.model.finding import Finding
from guvoh.model.report import Report

_WORDLESS = frozenset({UNREAD, NO_TEXT_LAYER})
_ALIKE = 6  # of 64 bits; saved anew, made smaller or sharpened, a picture differs in fewer
_SHOWN = 5


def tie(
    db: sqlite3.Connection, findings: Iterable[Finding], reports: Sequence[Report]
) -> list[Finding]:
    """Return, for pictures, recordings and reports that come, what is known and belongs to them.

    Called before `findings` are put and after `reports` are. Each sees only what stands before it,
    or pairs with what came later, so that it is the same in one build or in ten.
    """
    media = [one for one in findings if one.step == STEP]
    known = tables.where(db, tables.FINDING, "step", STEP)
    return [*_alike(known, media), *_transcripts(db, known, media, reports)]


def without_read(case: Case, problems: Sequence[Finding]) -> list[Finding]:
    """Return problems without those of pictures and scanned pages whose words were read after all."""
    about = {str(one.file) for one in problems if one.kind in _WORDLESS}
    if not about:
        return list(problems)
    captures = state.fold(journal.read(case)).captures.values()
    files = {arrival.file for capture in captures for arrival in capture.arrivals}
    read = {file for file in about if f"{file}!/{scans.NAME}" in files}
    return [one for one in problems if one.file not in read or one.kind not in _WORDLESS]


def _alike(known: Sequence[Finding], media: Sequence[Finding]) -> Iterator[Finding]:
    before = [one for one in known if one.kind == LOOK]
    for one in media:
        if one.kind != LOOK:
            continue
        near = [(difference(one.for_[0], other.for_[0]), str(other.file)) for other in before]
        near = sorted((bits, file) for bits, file in near if bits <= _ALIKE)
        if near:
            files = tuple(dict.fromkeys(file for _, file in near))[:_SHOWN]
            sure = 1000 - near[0][0] * 1000 // 64
            text = "It looks like a picture that came before: one may be a copy of the other."
            yield Finding(STEP, "same-picture", text, file=one.file, for_=files, confidence=sure)
        before.append(one)


def _transcripts(
    db: sqlite3.Connection,
    known: Sequence[Finding],
    media: Sequence[Finding],
    reports: Sequence[Report],
) -> Iterator[Finding]:
    """Pair recordings and pictures with the reports of the same name, whichever came last."""
    waiting = {
        file: str(one.file)
        for one in known
        if one.kind == UNREAD
        for file in _candidates(str(one.file))
    }
    for report in reports:
        if report.file in waiting:
            yield _paired(waiting[report.file], report.file)
    for one in media:
        if one.kind == UNREAD:
            for file in _candidates(str(one.file)):
                if tables.where(db, tables.REPORT, "file", file, most=1):
                    yield _paired(str(one.file), file)


def _stem(file: str) -> str:
    """Return a name without its ending."""
    folder, mark, name = file.rpartition("/")
    stem, dot, _ = name.rpartition(".")
    return folder + mark + (stem if dot and stem else name)


def _candidates(recorded: str) -> Iterator[str]:
    for stem in (_stem(recorded), recorded):
        for ending in ("srt", "vtt", "txt", "docx", "odt", "pdf", "html"):
            yield f"{stem}.{ending}"
    yield f"{recorded}!/{scans.NAME}"


def _paired(recorded: str, file: str) -> Finding:
    text = (
        "The words in it were read off it by OCR; they are a report of their own."
        if file.endswith(f"!/{scans.NAME}")
        else "By its name a report is the transcript of it."
    )
    return Finding(STEP, "transcript", text, file=recorded, for_=(file,))
