"""What of the journal may leave with a release: the records that speak of it, and name nobody who stays."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from guvoh.model.capture import Exposure as Access
from guvoh.protect.values import Evidence, Held, Logged

# Where something lay on the investigator's machine says who the investigator is.
_LOCAL = re.compile(r"/|~|[A-Za-z]:[\\/]|\\\\")
_TYPES = {"arrival": ("capture",), "declaration": ("capture",), "assessment": ("target", "capture")}


def extract(offered: Evidence, opened: Held, is_clean: Callable[[str], bool]) -> Evidence:
    """Return the evidence with those records alone that may leave; all leaves stay, for the roots.

    A record leaves whole or not at all, for its leaf is a digest of every byte of it. No digest of
    what is not public leaves.
    """
    captures = {
        report.capture
        for report in opened.reports.values()
        if opened.captures[report.capture].exposure is Access.PUBLIC
    }
    kept = (one for one in offered.records if _may_leave(one, captures, is_clean))
    return replace(offered, records=tuple(kept))


def _may_leave(one: Logged, captures: set[str], is_clean: Callable[[str], bool]) -> bool:
    payload = json.loads(one.payload)
    value: Any = payload
    for key in _TYPES.get(payload["type"], ()):
        value = value[key]
    if (
        not isinstance(value, str)
        or value not in captures
        or _LOCAL.match(payload.get("origin") or "")
    ):
        return False
    return all(is_clean(text) for text in _strings(payload))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
