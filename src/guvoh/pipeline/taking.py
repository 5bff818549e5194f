"""From what a user names to acknowledged captures: intake's arrivals, stored and journalled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from guvoh.casefile import captures, journal, state
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, now
from guvoh.casefile.records import (
    TOOL,
    Arrived,
    Content,
    Declared,
    Noticed,
    Record,
    Set,
    SettingValue,
)
from guvoh.clean.columns import read_columns
from guvoh.intake import scans
from guvoh.intake.arrivals import Taking, arrivals, fetched
from guvoh.intake.fetching import Fetching
from guvoh.intake.found import Found, Limits, noted
from guvoh.intake.undeclared import suspicion
from guvoh.model.capture import Exposure
from guvoh.model.finding import Finding
from guvoh.pipeline import placing
from guvoh.progress import Silent
from guvoh.resolve.places import read_own

if TYPE_CHECKING:
    from guvoh.pipeline.screening import Screening  # and what protects people, with it

BATCH_FILES = 256  # captures acknowledged together; their fsyncs share the file system's journal
BATCH_BYTES = 64 << 20
_LARGEST_LIST = 4_000_000  # bytes of a list of places; a row has about a hundred
SAMPLE = 256 << 10  # bytes by which it is told whether something looks private

_LOOKS = {
    "transcript": "a transcript",
    "chat": "a chat",
    "contacts": "a contact list",
    "names": "a list of names",
    "mail": "somebody's mail",
}

Arrival = tuple[str, str, str, str | None]  # capture, file, origin, parent


@dataclass(slots=True)
class _Known:
    """What a case has taken in, so that the same thing named again adds nothing."""

    arrivals: set[Arrival]
    exposures: dict[str, Exposure]
    notices: set[Noticed]
    aside: set[tuple[str, str]] = field(default_factory=set)  # by screening: digest and file


def take_in(
    case: Case,
    sources: Sequence[Path | str],
    exposure: Exposure | None,
    progress: Silent,
    screen: "Screening | None" = None,
    fetching: Fetching | None = None,
    ocr: str | None = None,
) -> list[Finding]:
    """Store what the sources hold and journal it; return what went wrong.

    When this returns, every capture is on the disk. What is in the case already under the same name
    and origin is not taken in again. Without `exposure`, what looks private is set aside. `screen`
    masks whom the case protects before anything is stored. A source that is no path is the address
    of one page, which is fetched; `fetching` bounds it. `ocr` names the languages in which words of
    pictures are read; raises scans.OcrError where that can't be done here.
    """
    progress.begin("taking in", None)
    known = _known(journal.read(case))
    problems: list[Finding] = []
    asked = scans.asked(ocr, _read_off(known)) if ocr is not None else None
    taking = Taking(Limits(ocr=asked), without=(case.root,))
    waiting: Iterator[Found | Finding] = chain.from_iterable(
        fetched(source, now(), taking, fetching)
        if isinstance(source, str)
        else arrivals(source, taking)
        for source in sources
    )
    if screen is not None:
        waiting = _screened(waiting, screen, known, exposure)
    while _take_batch(case, waiting, known, exposure, problems, progress):
        pass
    return problems


def set_(case: Case, name: str, value: SettingValue) -> None:
    """Journal a setting that affects results, unless it has this value already."""
    if state.fold(journal.read(case)).settings.get(name) != value:
        journal.append(case, load_actor(), [Set(name, value)], now())


def add_columns(case: Case, written: str) -> None:
    """Journal what a person says of the columns of tables; what is said last is asked first."""
    read_columns(written)
    before = state.fold(journal.read(case)).settings.get("columns")
    held = before if isinstance(before, tuple) else ()
    set_(case, "columns", (written, *(one for one in held if one != written)))


def take_places(case: Case, path: Path) -> list[Finding]:
    """Journal the places of a list, in place of those taken before; return what was left out and why.

    Rows that are wrong are named one by one, and the rest is used. A file that is no list changes
    nothing. Raises OSError where the file cannot be read.
    """
    if path.stat().st_size > _LARGEST_LIST:
        return [_no_places(path, "It is larger than 4 MB, so it was not taken; split it.")]
    try:
        table = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return [_no_places(path, "It is not UTF-8, so it was not taken; save it as UTF-8 text.")]
    own, wrong = read_own(table)
    problems = [_no_places(path, text) for text in wrong]
    if not own.by_name:
        text = "It names no place that could be used, so it was not taken; see docs/places.md."
        return [*problems, _no_places(path, text)]
    set_(case, placing.SETTING, tuple(table.splitlines()))
    return problems


def _no_places(path: Path, text: str) -> Finding:
    return Finding("reading", "places-list", text, file=path.name, problem=True)


def _known(records: Sequence[Record]) -> _Known:
    """Return what came before, under the names that it came under, whatever is withheld of them."""
    every = [record.content for record in records]
    return _Known(
        {(a.capture, a.file, a.origin, a.parent) for a in every if isinstance(a, Arrived)},
        {one.digest: one.exposure for one in state.fold(records).captures.values()},
        {one for one in every if isinstance(one, Noticed)},
    )


def _read_off(known: _Known) -> frozenset[str]:
    """Return the pictures whose words a case holds already."""
    ending = f"!/{scans.NAME}"
    return frozenset(
        parent for _, file, _, parent in known.arrivals if parent and file.endswith(ending)
    )


def _take_batch(
    case: Case,
    waiting: Iterator[Found | Finding],
    known: _Known,
    exposure: Exposure | None,
    problems: list[Finding],
    progress: Silent,
) -> bool:
    """Take in up to a batch of arrivals and acknowledge them; say whether there may be more."""
    records: list[Content] = []
    size, more = 0, False
    with captures.batch(case) as batch:
        for one in waiting:
            if isinstance(one, Finding):
                problems.append(one)
                records += _notice(one, known)
                continue
            given = exposure
            if (one.digest, one.file) in known.aside:
                given = Exposure.UNDECLARED
            if given is None:
                given, suspicious = _looked_at(one, known)
                for finding in suspicious:
                    problems.append(finding)
                    records += _notice(finding, known)
            fresh = _admit(one, given, known, declared=exposure is not None)
            if fresh:
                batch.add(one.stream, captures.Stored(one.digest, one.size))
                records += fresh
                size += one.size
            progress.step()
            if len(records) >= BATCH_FILES or size >= BATCH_BYTES:
                more = True
                break
    if records:
        journal.append(case, load_actor(), records, now())
    return more


def _screened(
    waiting: Iterator[Found | Finding],
    screen: "Screening",
    known: _Known,
    exposure: Exposure | None,
) -> Iterator[Found | Finding]:
    """Yield arrivals as they may be stored, each after what screening notes of it.

    What could be screened by nobody is public only where a key-holder says so.
    """
    insisted = exposure is Exposure.PUBLIC and screen.opened is not None
    for one in waiting:
        if isinstance(one, Finding):
            yield replace(one, file=screen.shown(one.file))
            continue
        result = screen(one)
        yield from result.findings
        if result.found is not None:
            if result.exposure is not None and not insisted:
                known.aside.add((result.found.digest, result.found.file))
            yield result.found


def _looked_at(found: Found, known: _Known) -> tuple[Exposure, list[Finding]]:
    """Decide what nobody has declared: public, or set aside because it looks private by nature.

    What is attached to something that was set aside is set aside with it, without a word.
    """
    if found.parent and known.exposures.get(found.parent) is Exposure.UNDECLARED:
        return Exposure.UNDECLARED, []
    sample = found.stream.read(SAMPLE)
    found.stream.seek(0)
    looks = suspicion(sample, found.media_type)
    if looks is None:
        return Exposure.PUBLIC, []
    text = (
        f"It looks like {_LOOKS[looks.kind]} and was set aside unread, for such things can harm the people "
        "in them. Build it again with --public if anyone may read it."
    )
    return Exposure.UNDECLARED, [noted(found.file, "set-aside", text)]


def _admit(found: Found, given: Exposure, known: _Known, *, declared: bool) -> list[Content]:
    """Return the records that an arrival adds to the journal."""
    arrival = (found.digest, found.file, found.origin, found.parent)
    records: list[Content] = []
    if arrival not in known.arrivals:
        known.arrivals.add(arrival)
        records.append(
            Arrived(
                capture=found.digest,
                bytes=found.size,
                media_type=found.media_type,
                file=found.file,
                origin=found.origin,
                exposure=given,
                parent=found.parent,
                companion_of=found.companion_of,
                tool=TOOL,
            )
        )
    before = known.exposures.setdefault(found.digest, given)
    if declared and before is not given:
        known.exposures[found.digest] = given
        records.append(Declared(found.digest, given))
    return records


def _notice(finding: Finding, known: _Known) -> list[Content]:
    notice = Noticed(finding.file, finding.kind, finding.text, finding.problem)
    if notice in known.notices:
        return []
    known.notices.add(notice)
    return [notice]
