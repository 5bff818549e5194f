"""The places of a user's own list: taken from a TSV, journalled as a setting, read with every report."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from guvoh.casefile.case import Case
from guvoh.casefile.records import SettingValue
from guvoh.model.finding import Finding
from guvoh.pipeline import taking
from guvoh.resolve.places import NO_PLACES, OwnPlaces, read_own

SETTING = "places"
LARGEST = 4_000_000  # bytes of a list; a row has about a hundred


def take_places(case: Case, path: Path) -> list[Finding]:
    """Journal the places of a list, in place of those taken before; return what was left out and why.

    Rows that are wrong are named one by one, and the rest is used. A file that is no list changes
    nothing. Raises OSError where the file cannot be read.
    """
    if path.stat().st_size > LARGEST:
        return [_problem(path, "It is larger than 4 MB, so it was not taken; split it.")]
    try:
        table = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return [_problem(path, "It is not UTF-8, so it was not taken; save it as UTF-8 text.")]
    own, wrong = read_own(table)
    problems = [_problem(path, text) for text in wrong]
    if not own.by_name:
        text = "It names no place that could be used, so it was not taken; see docs/places.md."
        return [*problems, _problem(path, text)]
    taking.set_(case, SETTING, tuple(table.splitlines()))
    return problems


def own_places(settings: Mapping[str, SettingValue]) -> tuple[str, ...]:
    """Return the lines of the list that a case has journalled, none where it has none."""
    lines = settings.get(SETTING)
    return lines if isinstance(lines, tuple) else ()


@lru_cache(maxsize=2)
def places_of(lines: tuple[str, ...]) -> OwnPlaces:
    """Return the places of a journalled list; a worker reads it once."""
    return read_own("\n".join(lines))[0] if lines else NO_PLACES


def _problem(path: Path, text: str) -> Finding:
    return Finding("reading", "places-list", text, file=path.name, problem=True)
