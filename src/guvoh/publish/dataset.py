"""The dataset: CSV with a Frictionless data package and a codebook, and SQLite for Datasette."""

import csv
import io
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from guvoh import __version__
from guvoh.protect import Release
from guvoh.publish.tables import SHEETS, Row, Sheet

_SQL = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
# What a spreadsheet would take for a formula (OWASP, "CSV Injection").
_ACTING = ("=", "+", "-", "@", "\t", "\r")


def dataset(release: Release, _: str) -> Iterator[tuple[str, bytes]]:
    """Yield one CSV per table, dataset.sqlite, datapackage.json and CODEBOOK.md."""
    resources: list[dict[str, Any]] = []
    for sheet in SHEETS:
        data = table(sheet, release)
        yield f"{sheet.name}.csv", data
        resources.append(_resource(sheet, data))
    yield "dataset.sqlite", _sqlite(release)
    package = {
        "profile": "tabular-data-package",
        "name": "guvoh-dataset",
        "title": release.title,
        "description": "What reports say, on whose word, and which derives from which.",
        "created_with": f"guvoh {__version__}",
        "withheld": dict(release.withheld),
        "unchecked": list(release.unchecked),
        "resources": resources,
    }
    yield "datapackage.json", (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    yield "CODEBOOK.md", _codebook(release).encode()


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTING) else value


def table(sheet: Sheet, release: Release) -> bytes:
    """Return a table as CSV; encoded as it is written, for text held whole takes four bytes a character."""
    data = io.BytesIO()
    out = io.TextIOWrapper(data, encoding="utf-8", errors="replace", newline="", write_through=True)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in sheet.columns])
    for row in sheet.rows(release):
        writer.writerow([_cell(harmless(value)) for value in row])
    out.flush()
    return data.getvalue()


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _resource(sheet: Sheet, data: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": column.name, "type": column.type, "description": column.holds}
            for column in sheet.columns
        ],
        "primaryKey": list(sheet.key),
        "missingValues": [""],
    }
    if sheet.refers:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": table, "fields": [there]}}
            for column, table, there in sheet.refers
        ]
    return {
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "profile": "tabular-data-resource",
        "description": sheet.holds,
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": schema,
    }


def _sqlite(release: Release) -> bytes:
    """Return the database; made in a file, for one in memory is copied twice when it is handed over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dataset.sqlite"
        with closing(sqlite3.connect(path)) as db:
            _fill(db, release)
        return path.read_bytes()


def _fill(db: sqlite3.Connection, release: Release) -> None:
    with db:
        for sheet in SHEETS:
            columns = ", ".join(f'"{c.name}" {_SQL[c.type]}' for c in sheet.columns)
            keys = ", ".join(f'"{name}"' for name in sheet.key)
            foreign = "".join(
                f', FOREIGN KEY ("{column}") REFERENCES "{table}" ("{there}")'
                for column, table, there in sheet.refers
            )
            # Names come from the literal tables of `tables.py`.
            db.execute(f'CREATE TABLE "{sheet.name}" ({columns}, PRIMARY KEY ({keys}){foreign})')
            marks = ", ".join("?" * len(sheet.columns))
            db.executemany(f'INSERT INTO "{sheet.name}" VALUES ({marks})', _rows(sheet, release))  # noqa: S608


def _rows(sheet: Sheet, release: Release) -> Iterator[Row]:
    for row in sheet.rows(release):
        yield tuple(
            value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
            for value in row
        )


def _codebook(release: Release) -> str:
    lines = [
        f"# {release.title}",
        "",
        "What reports say, on whose word, and which derives from which. Made by guvoh.",
        "A lower bound joins sources of which one may have informed the other; an upper one parts them.",
        "Copying never raises either. Text cells that a spreadsheet would run begin with an apostrophe.",
        "",
    ]
    for sheet in SHEETS:
        lines += [
            f"## {sheet.name}",
            "",
            sheet.holds,
            "",
            "| column | type | holds |",
            "|---|---|---|",
        ]
        lines += [f"| {c.name} | {c.type} | {c.holds} |" for c in sheet.columns]
        lines.append("")
    if release.withheld:
        lines += ["## Left out", ""]
        lines += [f"- {reason}: {number}" for reason, number in release.withheld.items()]
        lines.append("")
    lines += ["## What no check can see", ""]
    lines += [f"- {one}" for one in release.unchecked]
    return "\n".join(lines) + "\n"
