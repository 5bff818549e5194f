"""Takes protected names out of what the journal keeps beside captures: notices, reasons, settings, releases, searches."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from urllib.parse import unquote_plus

from guvoh.casefile import journal, state
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, now
from guvoh.casefile.records import (
    Arrived,
    Assessed,
    Content,
    Published,
    Record,
    Saved,
    Set,
    SettingValue,
)
from guvoh.casefile.state import State
from guvoh.pipeline import placing
from guvoh.pipeline.keeping import Open
from guvoh.protect.leaks import find
from guvoh.protect.registry import Registry
from guvoh.protect.screen import mask_name
from guvoh.protect.strings import changed


def unsay(case: Case, opened: Open) -> int:
    """Erase records that name somebody protected, and write those in force anew without the names.

    A search that names somebody is forgotten. Returns the number of records erased.
    """
    records = journal.read(case)
    unnamed = cache(lambda text: mask_name(text, opened.registry))
    naming = [one for one in records if names(one.content, opened.registry, unnamed)]
    if not naming:
        return 0
    fresh = list(_anew(naming, state.fold(records), unnamed))
    if fresh:  # first, so that whoever is interrupted has both and nothing is lost
        journal.append(case, load_actor(), fresh, now())
    gone = {one.content for one in naming}
    return journal.erase(case, lambda content: content in gone, load_actor(), now())


def names(
    content: Content, registry: Registry, unnamed: Callable[[str], str] | None = None
) -> bool:
    """Say whether a record names somebody protected; what arrived goes with its capture, and says no here."""
    if isinstance(content, Saved):
        text = f"{content.name}\n{unquote_plus(content.address or '')}"
        return any(leak.certain for leak in find(registry, text))
    return _masked(content, unnamed or (lambda text: mask_name(text, registry))) != content


def _anew(naming: list[Record], known: State, unnamed: Callable[[str], str]) -> Iterator[Content]:
    standing = {(one.target, one.verdict, one.reason) for one in known.assessments}
    said = set()
    for record in naming:
        content = record.content
        match content:
            case Published():  # each of them, and when it was
                at = content.released_at or record.at
                yield replace(changed(content, unnamed), released_at=at)
                continue
            case Saved():
                continue
            case Assessed() if (content.target, content.verdict, content.reason) not in standing:
                continue
            case Set(name=name, value=value) if value != known.settings.get(name):
                continue
        if content not in said:
            said.add(content)
            yield _masked(content, unnamed)


def _masked(content: Content, unnamed: Callable[[str], str]) -> Content:
    match content:
        case Arrived():
            return content
        case Set(name=name, value=value):
            return Set(name, _setting(name, value, unnamed))
    return changed(content, unnamed)


def _setting(name: str, value: SettingValue, unnamed: Callable[[str], str]) -> SettingValue:
    """Return a setting without names. A place called by one is left out: its row says where it lies."""
    if name == placing.SETTING and isinstance(value, tuple):
        return tuple(line for line in value if unnamed(line) == line)
    return changed(value, unnamed)
