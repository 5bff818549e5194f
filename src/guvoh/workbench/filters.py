"""What a list is narrowed to, read from the address and written back to it."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from guvoh.casefile import search
from guvoh.casefile.lists import Wanted

KEYS = ("q", "act", "status", "language", "rests", "differ", "from", "to")


def filters(asked: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of an address, the unknown and the empty left out."""
    return {key: asked[key].strip() for key in KEYS if asked.get(key, "").strip()}


def address(path: str, kept: Mapping[str, str], **more: str | int) -> str:
    """Return an address with these filters and `more` beside them."""
    query = urlencode({**kept, **{key: str(value) for key, value in more.items() if value != ""}})
    return f"{path}?{query}" if query else path


def wanted(db: sqlite3.Connection, kept: Mapping[str, str]) -> Wanted:
    """Return what filters ask of a list; words are looked up in the full text."""
    reports = tuple(search.find(db, kept["q"], 500)) if "q" in kept else None
    return Wanted(
        act=kept.get("act", ""),
        status=kept.get("status", ""),
        language=kept.get("language", ""),
        rests=kept.get("rests", ""),
        differ="differ" in kept,
        days=(_day(kept.get("from", "")), _day(kept.get("to", ""))),
        reports=reports,
    )


def page_number(asked: Mapping[str, str]) -> int:
    """Return the page asked for, counted from 0."""
    text = asked.get("page", "0")
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None
