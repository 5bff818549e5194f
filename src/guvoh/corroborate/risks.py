"""Warnings: acts against people that are planned, feared, expected or threatened."""

from collections.abc import Sequence

from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.summary import affected
from guvoh.corroborate.values import Details
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene
from guvoh.model.event import EventStatus, RiskWarning


def warning(
    scene: Scene,
    details: Details,
    acts: Sequence[str],
    everyone: Sequence[Cluster],
    status: EventStatus,
) -> RiskWarning | None:
    """Return the warning that an event is, None where nothing is ahead or nobody is at risk."""
    if status not in (EventStatus.PLANNED, EventStatus.FEARED):
        return None
    harm = [act for act in acts if act in vocabulary().harm]
    if not harm:
        return None
    noun = vocabulary().phrases.get(harm[0], (harm[0], harm[0]))[1]
    who = affected(details) or "people who are not named"
    where = details.where[0].name if details.where else _around(scene)
    sources = tuple(dict.fromkeys(c.name for c in everyone if c.standing == "counted"))
    overtaken = bool(scene.gathered.overtaken_by)
    word = "feared" if status is EventStatus.FEARED else "planned"
    return RiskWarning(
        id=f"{scene.gathered.id}/warning",
        text=f"{noun[:1].upper()}{noun[1:]} of {who} {word}",
        who=who,
        where=where,
        since=_since(scene),
        status="overtaken" if overtaken else "open",
        sources=sources,
        claims=tuple(voice.claim.id for voice in scene.affirming),
    )


def _since(scene: Scene) -> str | None:
    """Return the day on which it was first told."""
    dates = [v.report.published[:10] for v in scene.affirming if v.report.published]
    return min(dates, default=None)


def _around(scene: Scene) -> str | None:
    """Return the nearest place named before the passage, where the passage itself names none."""
    for voice in scene.affirming:
        before = [
            place
            for place in scene.material.readings[voice.report.id].places
            if place.span.start < voice.claim.span.end
            and place.kind in ("facility", "town", "region")
        ]
        if before:
            return max(before, key=lambda place: place.span.start).name
    return None
