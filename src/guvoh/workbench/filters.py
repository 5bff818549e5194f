"""What a list is narrowed to, read from the address and written back to it."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from guvoh.casefile import lists, search
from guvoh.casefile.lists import Wanted
from guvoh.workbench.totals import Totals

# The views that filters lead from one to the other.
VIEWS = ("/events", "/reports", "/families", "/people", "/timeline", "/map", "/publish")
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


def behind(db: sqlite3.Connection, totals: Totals, kept: Mapping[str, str]) -> list[str] | None:
    """Return the reports that filters leave, but for the language; None where they leave all.

    Those of words are in the order of their rank, others in canonical order.
    """
    found = search.find(db, kept["q"], 1000) if "q" in kept else None
    of_events = {key: value for key, value in kept.items() if key not in ("q", "language")}
    if not of_events:
        return found
    key = tuple(sorted(of_events.items()))
    told = totals.get(db, key, lambda: lists.reports_behind(db, wanted(db, of_events)))
    return told if found is None else [one for one in found if one in set(told)]


def carried(asked: Mapping[str, str], path: str, to: str) -> dict[str, str]:
    """Return the filters of an address that another view takes over; a name of people is no word of reports."""
    kept = filters(asked)
    if "/people" in (path, to):
        kept.pop("q", None)
    return kept if to in VIEWS else {}


def page_number(asked: Mapping[str, str]) -> int:
    """Return the page asked for, counted from 0."""
    text = asked.get("page", "0")
    return min(int(text), 1_000_000) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None
