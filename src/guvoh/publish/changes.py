"""What a dataset says otherwise than the one before it: rows by their stable ids, cell by cell."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from guvoh.clean.decode import decode
from guvoh.model.claim import CODE
from guvoh.publish.tables import SHEETS, Sheet

COLUMNS = ("table", "row", "change", "column", "now")
_Rows = dict[str, dict[str, str]]


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> bytes:
    """Return changes.csv: what was added, removed or changed between two datasets' files by name.

    A row is known again by its id, or where it has but a number, by what it is a value of. Nothing
    of the earlier dataset is repeated: someone in it may have been sealed since.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for sheet in SHEETS:
        name = f"{sheet.name}.csv"
        writer.writerows(_of_sheet(sheet, _rows(sheet, before[name]), _rows(sheet, after[name])))
    return out.getvalue().encode("utf-8", "replace")


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
        key = " / ".join(row.get(name) or "" for name in sheet.known_by or sheet.key)
        found[key] = {name: value or "" for name, value in row.items() if name is not None}
    return found


def _of_sheet(sheet: Sheet, old: _Rows, new: _Rows) -> Iterator[tuple[str, ...]]:
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            yield sheet.name, old[key].get(sheet.key[0], ""), "removed", "", ""
        elif key not in old:
            yield sheet.name, key, "added", "", ""
        else:
            for column in sheet.columns:
                now = new[key].get(column.name, "")
                if column.name != "number" and not _same(old[key].get(column.name, ""), now):
                    yield sheet.name, key, "changed", column.name, now


def _same(one: str, other: str) -> bool:
    """Tell whether two cells are alike but for codes, which protected people get anew each time."""
    return one == other or CODE.sub("", one) == CODE.sub("", other)
