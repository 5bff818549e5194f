"""Sentences of events in the language of the interface; those that a case stores are English."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from guvoh.casefile import tables
from guvoh.casefile.lists import EventLine
from guvoh.model.event import RiskWarning
from guvoh.pipeline.pages import in_words


def sentences(db: sqlite3.Connection, lines: Sequence[EventLine], language: str) -> list[EventLine]:
    """Return lines of events as a reader of `language` has them."""
    told = told_of(db, [line.id for line in lines], language)
    return [replace(line, summary=told.get(line.id, line.summary)) for line in lines]


def warnings_told(
    db: sqlite3.Connection, warnings: Sequence[RiskWarning], language: str
) -> list[RiskWarning]:
    """Return warnings as a reader of `language` has them."""
    told = told_of(db, [one.id.partition("/")[0] for one in warnings], language)
    return [replace(one, text=told.get(one.id.partition("/")[0], one.text)) for one in warnings]


def told_of(db: sqlite3.Connection, events: Sequence[str], language: str) -> dict[str, str]:
    """Return the sentences of events by id; none where those that are stored will do."""
    if language == "en":
        return {}
    held = tables.several(db, tables.EVENT, events)
    return {key: in_words(event, language).summary for key, event in held.items()}
