"""Tables of scores: printed, written into docs/benchmarks.md, and held against their floors."""

import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
DOCS = ROOT / "docs" / "benchmarks.md"
FLOORS = ROOT / "benchmarks" / "floors.toml"

_HEAD = """# Benchmarks

Every figure on this page was measured by the command that stands above it, on data that is not part
of this repository. A score on data that the code was tuned on is labelled *dev*. Peers run in the
same process on the same input; speeds are ratios, for machines differ.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """The scores of one task. `figures` are what floors.toml pins, by name."""

    task: str
    title: str
    about: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: Mapping[str, float] = field(default_factory=dict)


def table_of(task: str, title: str, about: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return a table of rows that name their columns."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_cell(row.get(name, "")) for name in columns] for row in rows]
    return Table(task, title, about, columns, cells)


def _cell(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def printed(table: Table) -> str:
    """Return a table for a terminal, columns aligned."""
    rows = [list(table.columns), *table.rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(table.columns))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([table.title, *lines])


def tell(rows: Sequence[Mapping[str, Any]], missing: Path | str) -> int:
    """Print rows as they are, tabs between cells; return 1 where there are none, for data is `missing`."""
    if not rows:
        print(f"{missing} is not there: nothing to measure", file=sys.stderr)
        return 1
    print("\t".join(rows[0]))
    for row in rows:
        print("\t".join(str(value) for value in row.values()))
    return 0


def section(table: Table) -> str:
    """Return a table's section of docs/benchmarks.md, between its markers."""
    lines = [
        f"<!-- {table.task} -->",
        f"## {table.title}",
        "",
        f"    python -m benchmarks {table.task}",
        "",
        table.about,
        "",
        "| " + " | ".join(table.columns) + " |",
        "|" + "---|" * len(table.columns),
        *("| " + " | ".join(row) + " |" for row in table.rows),
        f"<!-- /{table.task} -->",
    ]
    return "\n".join(lines)


def write(table: Table, path: Path = DOCS) -> None:
    """Put a table's section in place of the one it had, or at the end of the page."""
    text = path.read_text("utf-8") if path.is_file() else _HEAD
    begin, end = f"<!-- {table.task} -->", f"<!-- /{table.task} -->"
    if begin in text and end in text:
        before, _, rest = text.partition(begin)
        text = before + section(table) + rest.partition(end)[2]
    else:
        text = f"{text.rstrip()}\n\n{section(table)}\n"
    path.write_text(text, "utf-8")


def below_floor(table: Table, path: Path = FLOORS) -> list[str]:
    """Return a sentence for each figure that lies below its floor or has none that is measured."""
    floors = tomllib.loads(path.read_text("utf-8")).get(table.task, {}) if path.is_file() else {}
    out: list[str] = []
    for name, floor in floors.items():
        figure = table.figures.get(name)
        if figure is None:
            out.append(f"{table.task}.{name} has a floor of {floor} and was not measured.")
        elif figure < floor:
            out.append(f"{table.task}.{name} is {figure:.4f}, below its floor of {floor}.")
    return out
