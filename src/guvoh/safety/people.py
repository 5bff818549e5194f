"""Protected people and their consent as users write them down, in TOML or as rows of a table."""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from guvoh.clean.columns import PEOPLE, ColumnsError, read_columns
from guvoh.clean.package import PackageError
from guvoh.clean.table import rows_with
from guvoh.pipeline.keeping import VaultError
from guvoh.protect.identity import PURPOSES, Consent, Identity

_SEE = "see docs/protection.md"
_SEVERAL = re.compile(r"[;|\n]+")  # between the aliases, numbers or relatives that share a cell
_LARGEST = 64 << 20  # bytes of a table of people, which is read whole


def parsed(source: str) -> dict[str, Any]:
    """Read TOML from a file, or from standard input for "-"; VaultError never quotes it."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
        return tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        path = None if source == "-" else Path(source)
        raise VaultError("this cannot be read as TOML", path, _SEE) from None


def identity_of(data: Any, code: str) -> Identity:
    """Return the identity that a table describes."""
    names = strings_of(data, "names")
    if not names:
        raise VaultError("a person has no names", None, 'write names = ["…"]')
    pseudonym = data.get("pseudonym")
    if pseudonym is not None and not isinstance(pseudonym, str):
        raise VaultError("a pseudonym is no string", None, _SEE)
    return Identity(
        code,
        names,
        strings_of(data, "contacts"),
        tuple((str(key), str(value)) for key, value in dict(data.get("withheld", {})).items()),
        strings_of(data, "relatives"),
        pseudonym,
        consent_of(data.get("consent", {})),
    )


def consent_of(data: Any) -> Consent:
    """Return the consent that a table describes; VaultError for a purpose that there is not."""
    purposes = strings_of(data, "purposes")
    strange = [one for one in purposes if one not in PURPOSES]
    if strange:
        raise VaultError("a purpose is unknown", None, f"there are {', '.join(PURPOSES)}")
    given, withdrawn = data.get("given"), data.get("withdrawn")
    return Consent(
        purposes,
        strings_of(data, "authorities"),
        str(data.get("limits", "")),
        str(data.get("earlier", "")),
        None if given is None else str(given),
        None if withdrawn is None else str(withdrawn),
    )


def strings_of(data: Any, key: str) -> tuple[str, ...]:
    """Return a list of strings of a table, empty where it has none."""
    value = data.get(key, []) if isinstance(data, dict) else None
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise VaultError(f"“{key}” is no list of strings", None, _SEE)
    return tuple(value)


def rows_of(table: Path, columns: Path) -> Iterator[tuple[str, Identity | None]]:
    """Yield each row's name and the identity it describes, its code still empty.

    None where a row has no name. VaultError never quotes a row.
    """
    try:
        named = read_columns(columns.read_text("utf-8"), PEOPLE)
    except (OSError, UnicodeDecodeError):
        raise VaultError("this cannot be read as TOML", columns, _SEE) from None
    except ColumnsError as problem:
        raise VaultError(_clause(problem), columns, _SEE) from None
    try:
        if table.stat().st_size > _LARGEST:
            raise VaultError("the table is larger than 64 MiB", table, "split it")
        data = table.read_bytes()
    except OSError as error:
        raise VaultError(
            f"the table cannot be read ({error.strerror})", table, "check the path"
        ) from None
    try:
        for row, held in rows_with(data, named):
            yield row, _row_identity(held)
    except PackageError as problem:
        advice = "save it as CSV or XLSX, and name its columns as its first row does"
        raise VaultError(_clause(problem), table, advice) from None


def _row_identity(held: Mapping[str, Sequence[str]]) -> Identity | None:
    name = " ".join(" ".join(held["name"]).split())
    if not name:
        return None
    withheld = tuple(
        (holds.removeprefix("withheld "), cells[0].strip())
        for holds, cells in held.items()
        if holds.startswith("withheld ") and cells
    )
    return Identity(
        "",
        tuple(dict.fromkeys((name, *_parts(held, "alias")))),
        _parts(held, "contact"),
        withheld,
        _parts(held, "relative"),
    )


def _parts(held: Mapping[str, Sequence[str]], holds: str) -> tuple[str, ...]:
    cells = held.get(holds, ())
    found = (" ".join(part.split()) for cell in cells for part in _SEVERAL.split(cell))
    return tuple(dict.fromkeys(part for part in found if part))


def _clause(problem: Exception) -> str:
    """Return a sentence as the clause that another one is made of."""
    said = str(problem).rstrip(".")
    return said[:1].lower() + said[1:]
