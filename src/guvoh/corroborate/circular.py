"""Circular reporting: what looks confirmed by several outlets and rests on one."""

from collections.abc import Sequence

from guvoh.corroborate.outlets import outlet
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene
from guvoh.languages.fold import fold

_SHOWN = 8  # outlets of a path that are named

Told = tuple[str, ...]  # a sentence with {0}, {1} …, and what stands there
_LOOKS = "Looks confirmed by {0} outlets, but their reports go back to one: {1}."
_LOST = "Looks confirmed by {0} outlets, but their reports go back to one that is not at hand: {1}."
_UNSAID = "Where it is from is not said by {0}."
_NOBODY = "None of them names a source that counts."
_REST = "They rest on {0} alone."
_REST_ON = "They rest on {0} and {1}."
_RING = "They cite one another in a circle: {0}."
SENTENCES = (_LOOKS, _LOST, _UNSAID, _NOBODY, _REST, _REST_ON, _RING)


def circular(scene: Scene, everyone: Sequence[Cluster]) -> tuple[tuple[Told, ...], ...]:
    """Return the sentences for each family in which several outlets rest on one origin, with the path.

    And one for each ring of outlets that cite one another.
    """
    found: list[tuple[Told, ...]] = []
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
        found.append((*_looks(scene, told, len(outlets)), _rests(sources)))
    return (*found, *((ring,) for ring in _rings(scene)))


def in_english(circle: Sequence[Told]) -> str:
    """Return the sentences of a circle in English."""
    return " ".join(sentence.format(*values) for sentence, *values in circle)


def _rests(sources: Sequence[str]) -> Told:
    names = list(dict.fromkeys(sources))
    if not names:
        return (_NOBODY,)
    if len(names) == 1:
        return _REST, names[0]
    return _REST_ON, ", ".join(names[:-1]), names[-1]


def _looks(scene: Scene, told: Sequence[str], outlets: int) -> tuple[Told, ...]:
    """Return how it was handed on, "A → B → C; A → D", and who does not say from where he has it."""
    lines = {report: _line(scene, report) for report in told}
    ways = [" → ".join(line) for line in lines.values() if len(line) > 1]
    ways = [w for w in dict.fromkeys(ways) if not any(o.startswith(f"{w} →") for o in ways)]
    placed = {name for line in lines.values() if len(line) > 1 for name in line}
    others = list(dict.fromkeys(n for line in lines.values() for n in line if n not in placed))
    missing = scene.family[told[0]].missing_origin
    if missing is not None or not ways:
        origin = missing.publisher if missing is not None else None
        ways.append(f"{origin} → {_listed(others)}" if origin else _listed(others))
        looks = _LOOKS if origin else _LOST
        return ((looks, str(outlets), _shortened(ways)),)
    unsaid: tuple[Told, ...] = ((_UNSAID, _listed(others)),) if others else ()
    return ((_LOOKS, str(outlets), _shortened(ways)), *unsaid)


def _shortened(ways: Sequence[str]) -> str:
    return "; ".join([*ways[:_SHOWN], *(["…"] if len(ways) > _SHOWN else [])])


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
    return ", ".join([*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])])


def _rings(scene: Scene) -> list[Told]:
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
    found: dict[frozenset[str], Told] = {}
    for start in cites:
        path = _ring(cites, start)
        if path:
            ring = " → ".join(named[outlet] for outlet in (*path, path[0]))
            found.setdefault(frozenset(path), (_RING, ring))
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
