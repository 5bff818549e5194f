"""What a dataset says otherwise than the one before it: rows by their stable ids, cell by cell."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from guvoh.clean.decode import decode
from guvoh.model.claim import CODE
from guvoh.model.event import Event
from guvoh.protect import Release
from guvoh.publish.dataset import table
from guvoh.publish.ids import published_id
from guvoh.publish.tables import SHEETS, Sheet
from guvoh.words import Words

# Numbers of an event by what a reader calls them.
NUMBERS = {
    "reports": ("reports",),
    "texts": ("texts",),
    "original sources": ("sources_low", "sources_high"),
    "firsthand": ("firsthand",),
    "documents": ("documents",),
    "chains checked": ("checked",),
    "contradictions": ("contradictions",),
    "denials": ("denials",),
}
COLUMNS = ("table", "row", "change", "column", "now")
_Row = dict[str, str]
_Rows = dict[
    str, list[_Row]
]  # by what they are known again by; two people of one role are two rows


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> bytes:
    """Return changes.csv: what was added, removed or changed between two datasets' files by name.

    A row is known again by its id, or where it has but a number, by what it is a value of; of several
    such rows those are held together that are most alike. Nothing of the earlier dataset is repeated:
    someone in it may have been sealed since.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for sheet in SHEETS:
        name = f"{sheet.name}.csv"
        writer.writerows(_of_sheet(sheet, _rows(sheet, before[name]), _rows(sheet, after[name])))
    return out.getvalue().encode("utf-8", "replace")


def since(
    before: Mapping[str, bytes], release: Release, events: Sequence[Event], say: Words
) -> dict[str, Any]:
    """Return what a dossier says has changed since a dataset: by event, in the order of its list.

    Numbers of the earlier one are repeated, names are not.
    """
    sheets = {sheet.name: sheet for sheet in SHEETS}
    old, now = (
        _rows(sheets["events"], data)
        for data in (before["events.csv"], table(sheets["events"], release))
    )
    told: list[dict[str, Any]] = []
    for number, event in enumerate(events, 1):
        key = published_id(release, "event", event.id)
        said = _differences(old[key][0], now[key][0], say) if key in old else [say("new")]
        if said:
            told.append({"event": number, "summary": event.summary, "changed": said})
    known = _rows(sheets["reports"], before["reports.csv"]).keys()
    added = _rows(sheets["reports"], table(sheets["reports"], release)).keys() - known
    rest = [(len(added), "new reports"), (len(old.keys() - now.keys()), "events no longer told")]
    told += [
        {"event": 0, "summary": "", "changed": [f"{say(what)}: {number}"]}
        for number, what in rest
        if number
    ]
    return {"told": told}


def _differences(old: Mapping[str, str], now: Mapping[str, str], say: Words) -> list[str]:
    """Return the numbers of an event that are others than before, each with both."""
    return [
        f"{say(name)}: {' → '.join(_bounds(row, columns) for row in (old, now))}"
        for name, columns in NUMBERS.items()
        if any(old.get(one, "") != now.get(one, "") for one in columns)
    ]


def _bounds(row: Mapping[str, str], columns: Sequence[str]) -> str:
    return "–".join(dict.fromkeys(row.get(one, "") for one in columns))


def read(folder: Path) -> dict[str, bytes] | None:
    """Return the tables of a dataset that was published into a folder, None where it holds none."""
    files = {f"{sheet.name}.csv": folder / f"{sheet.name}.csv" for sheet in SHEETS}
    try:
        return {name: path.read_bytes() for name, path in files.items()}
    except OSError:
        return None


def _rows(sheet: Sheet, data: bytes) -> _Rows:
    found: _Rows = {}
    csv.field_size_limit(1 << 24)
    for row in csv.DictReader(io.StringIO(decode(data).text, newline="")):
        key = " / ".join(_known(row.get(name) or "") for name in sheet.known_by or sheet.key)
        cells = {name: value or "" for name, value in row.items() if name is not None}
        found.setdefault(key, []).append(cells)
    return found


def _known(cell: str) -> str:
    """Return by what of a cell its row is known again: "worker P-7QK2" has another code each time."""
    return cell if CODE.fullmatch(cell) else CODE.sub("", cell).strip()


def _of_sheet(sheet: Sheet, old: _Rows, new: _Rows) -> Iterator[tuple[str, ...]]:
    for key in sorted(old.keys() | new.keys()):
        for before, now in _paired(sheet, old.get(key, []), new.get(key, [])):
            if now is None:
                yield sheet.name, (before or {}).get(sheet.key[0], ""), "removed", "", ""
            elif before is None:
                yield sheet.name, key, "added", "", ""
            else:
                for name in _compared(sheet):
                    if not _same(before.get(name, ""), now.get(name, "")):
                        yield sheet.name, key, "changed", name, now.get(name, "")


def _paired(
    sheet: Sheet, old: Sequence[_Row], new: Sequence[_Row]
) -> Iterator[tuple[_Row | None, _Row | None]]:
    """Yield rows that go by one name with what each was before, the most alike together; the rest stand alone."""
    names = _compared(sheet)
    alike = sorted(
        (-sum(_same(one.get(n, ""), other.get(n, "")) for n in names), at, there)
        for at, one in enumerate(new)
        for there, other in enumerate(old)
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, there in alike:
        if at not in partner and there not in taken:
            partner[at] = there
            taken.add(there)
    for at, one in enumerate(new):
        yield (old[partner[at]] if at in partner else None), one
    yield from ((other, None) for there, other in enumerate(old) if there not in taken)


def _compared(sheet: Sheet) -> list[str]:
    """Return the columns by which rows differ: not by their number."""
    return [column.name for column in sheet.columns if column.name != "number"]


def _same(one: str, other: str) -> bool:
    """Tell whether two cells are alike but for codes, which protected people get anew each time."""
    return one == other or CODE.sub("", one) == CODE.sub("", other)
