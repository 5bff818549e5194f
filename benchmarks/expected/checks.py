"""One comparison of an answer with what was expected, and how many of them pass."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

AREAS = ("reports", "families", "events", "warnings", "people", "never")


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison; `must` is False for what a careful analyst may leave out, which never counts."""

    area: str
    what: str
    passed: bool
    expected: str
    got: str
    must: bool = True


def one_of(area: str, what: str, got: object, want: Iterable[object], must: bool = True) -> Check:
    """Return whether `got` is one of the acceptable values."""
    acceptable = list(want)
    return Check(area, what, got in acceptable, brief(acceptable), brief(got), must)


def brief(value: object) -> str:
    """Return a value in at most 118 characters, one of a list by itself."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=list)
    return f"{text[:117]}…" if len(text) > 118 else text


def figures(checks: Iterable[Check]) -> dict[str, int]:
    """Return for each area how many checks passed of those that count."""
    passed = Counter(check.area for check in checks if check.passed and check.must)
    return {area: passed[area] for area in AREAS}


def printed(checks: Sequence[Check]) -> str:
    """Return passed and total of each area, then each miss in a line."""
    lines = []
    passed = figures(checks)
    for area in AREAS:
        mine = [check for check in checks if check.area == area]
        total = sum(check.must for check in mine)
        may = [check for check in mine if not check.must]
        apart = f"   (may: {sum(c.passed for c in may)}/{len(may)})" if may else ""
        lines.append(f"{area:10}{passed[area]:4}/{total}{apart}")
    for check in checks:
        if not check.passed:
            mark = "" if check.must else "(may) "
            lines.append(f"{mark}{check.area} | {check.what} | {check.expected} | {check.got}")
    return "\n".join(lines)
