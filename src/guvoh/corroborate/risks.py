"""Warnings: acts against people that are planned, feared, expected or threatened."""

from collections import Counter
from collections.abc import Sequence

from guvoh.corroborate.around import whom
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.summary import affected, place
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene
from guvoh.model.event import Event, EventStatus, RiskWarning
from guvoh.words import words

_NOBODY = "people who are not named"


def warning(scene: Scene, event: Event, everyone: Sequence[Cluster]) -> RiskWarning | None:
    """Return the warning that an event is; None where nothing is ahead, or nobody knows whom or where."""
    if event.status not in (EventStatus.PLANNED, EventStatus.FEARED):
        return None
    if not vocabulary().harm.intersection(event.acts):
        return None
    who = at_risk(scene, event) or ("another group" if scene.gathered.another else None)
    if who is None and not event.where:
        return None
    sources = tuple(dict.fromkeys(c.name for c in everyone if c.standing == "counted"))
    return RiskWarning(
        id=f"{scene.gathered.id}/warning",
        text=event.summary,
        who=who or _NOBODY,
        where=place(event.where, words("en")),
        since=_since(scene),
        status="overtaken" if scene.gathered.overtaken_by else "open",
        sources=sources,
        claims=tuple(voice.claim.id for voice in scene.affirming),
    )


def at_risk(scene: Scene, event: Event) -> str | None:
    """Return whom the acts are to befall: as it is said, or those to whom it was done before.

    "They will take another group" means people like those on the first list.
    """
    say = words("en")
    told = affected(event, say)
    if told is not None and not scene.gathered.another:
        return told
    before: Counter[str] = Counter()
    names: dict[str, tuple[bool, str]] = {}
    for report in event.reports:
        weight = 1 if scene.copied(report) else 4
        for key, name, plain in whom(
            event.acts, scene.material.readings[report], _coded(scene, report)
        ):
            before[key] += weight
            if key not in names or (plain and not names[key][0]):
                names[key] = (plain, name)
    most = max(before, key=lambda key: before[key], default=None)
    return names[most][1] if most is not None else told


def _coded(scene: Scene, report: str) -> str:
    return scene.material.reports[report].language


def _since(scene: Scene) -> str | None:
    """Return the day on which it was first told."""
    dates = [v.report.published[:10] for v in scene.affirming if v.report.published]
    return min(dates, default=None)
