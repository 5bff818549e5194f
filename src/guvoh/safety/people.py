"""Protected people and their consent as users write them down, in TOML."""

import sys
import tomllib
from pathlib import Path
from typing import Any

from guvoh.pipeline.keeping import VaultError
from guvoh.protect.identity import PURPOSES, Consent, Identity

_SEE = "see docs/protection.md"


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
