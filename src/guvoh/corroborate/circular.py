"""Circular reporting: what looks confirmed by several outlets and rests on one."""

from collections.abc import Sequence

from guvoh.corroborate.outlets import outlet
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene
from guvoh.languages.fold import fold

_SHOWN = 8  # outlets of a path that are named


def circular(scene: Scene, everyone: Sequence[Cluster]) -> tuple[str, ...]:
    """Return one sentence for each family in which several outlets rest on one origin, with the path.

    And one for each ring of outlets that cite one another.
    """
    found: list[str] = []
    reports = list(dict.fromkeys(v.report.id for v in scene.affirming))
    units: dict[str, list[str]] = {}
    for report in reports:
        family = scene.family.get(report)
        if family is not None:
            units.setdefault(family.id, []).append(report)
    for told in units.values():
        outlets = list(dict.fromkeys(outlet(scene.material.reports[r]) for r in told))
        if len(outlets) < 2:
            continue
        sources = [
            c.name
            for c in everyone
            if c.standing == "counted" and any(v.report.id in told for v in c.voices)
        ]
        rests = _rests(sources)
        found.append(
            f"Looks confirmed by {len(outlets)} outlets, but their reports go back to one: "
            f"{_path(scene, told)}. {rests}"
        )
    return (*found, *_rings(scene))


def _rests(sources: Sequence[str]) -> str:
    if not sources:
        return "None of them names a source that counts."
    names = list(dict.fromkeys(sources))
    if len(names) == 1:
        return f"They rest on {names[0]} alone."
    return f"They rest on {', '.join(names[:-1])} and {names[-1]}."


def _path(scene: Scene, told: Sequence[str]) -> str:
    """Return how it was handed on: "A → B → C; A → D; and E, which does not say from where"."""
    lines = {report: _line(scene, report) for report in told}
    ways = [" → ".join(line) for line in lines.values() if len(line) > 1]
    ways = [w for w in dict.fromkeys(ways) if not any(o.startswith(f"{w} →") for o in ways)]
    placed = {name for line in lines.values() if len(line) > 1 for name in line}
    others = list(dict.fromkeys(n for line in lines.values() for n in line if n not in placed))
    missing = scene.family[told[0]].missing_origin
    if missing is not None or not ways:
        origin = missing.publisher if missing is not None else None
        ways.append(f"{origin or 'an original that is not at hand'} → {_listed(others)}")
    elif others:
        unsaid = "which does not say" if len(others) == 1 else "which do not say"
        ways.append(f"and {_listed(others)}, {unsaid} from where")
    more = [f"and {len(ways) - _SHOWN} more"] if len(ways) > _SHOWN else []
    return "; ".join([*ways[:_SHOWN], *more])


def _line(scene: Scene, report: str) -> list[str]:
    """Return the outlets through which a report came, the first at hand first, itself last."""
    path = [report]
    while True:
        member = scene.members.get(path[-1])
        above = member.parent if member is not None else None
        if above is None or above in path or above not in scene.material.reports:
            return [outlet(scene.material.reports[one]) for one in reversed(path)]
        path.append(above)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _rings(scene: Scene) -> list[str]:
    """Return a sentence for each ring of outlets of which each cites the next."""
    named = {
        fold(voice.report.publisher.text): voice.report.publisher.text
        for voice in scene.affirming
        if voice.report.publisher is not None
    }
    cites: dict[str, set[str]] = {}
    for voice in scene.affirming:
        if voice.report.publisher is None:
            continue
        citing = fold(voice.report.publisher.text)
        for link in voice.claim.chain:
            if fold(link.name) in named and fold(link.name) != citing:
                cites.setdefault(citing, set()).add(fold(link.name))
    found: dict[frozenset[str], str] = {}
    for start in cites:
        path = _ring(cites, start)
        if path:
            text = " cites ".join(named[outlet] for outlet in (*path, path[0]))
            found.setdefault(frozenset(path), f"They cite one another in a circle: {text}.")
    return list(found.values())


def _ring(cites: dict[str, set[str]], start: str) -> list[str]:
    """Return the shortest way from an outlet back to itself, empty if there is none."""
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop(0)
        for cited in sorted(cites.get(path[-1], ())):
            if cited == start:
                return path
            if cited not in seen:
                seen.add(cited)
                paths.append([*path, cited])
    return []
