"""Warnings: acts against people that are planned, feared, expected or threatened."""

from collections.abc import Sequence

from guvoh.corroborate.around import whom
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.summary import affected, place
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene
from guvoh.model.event import Event, EventStatus, RiskWarning
from guvoh.words import words


def warning(scene: Scene, event: Event, everyone: Sequence[Cluster]) -> RiskWarning | None:
    """Return the warning that an event is, None where nothing is ahead or nobody is at risk."""
    if event.status not in (EventStatus.PLANNED, EventStatus.FEARED):
        return None
    if not vocabulary().harm.intersection(event.acts):
        return None
    say = words("en")
    sources = tuple(dict.fromkeys(c.name for c in everyone if c.standing == "counted"))
    return RiskWarning(
        id=f"{scene.gathered.id}/warning",
        text=event.summary,
        who=affected(event, say) or _likewise(scene, event) or "people who are not named",
        where=place(event.where, say),
        since=_since(scene),
        status="overtaken" if scene.gathered.overtaken_by else "open",
        sources=sources,
        claims=tuple(voice.claim.id for voice in scene.affirming),
    )


def _likewise(scene: Scene, event: Event) -> str | None:
    """Return whom the same reports tell to have been affected by such an act before."""
    for report in event.reports:
        found = whom(event.acts, scene.material.readings[report])
        if found is not None:
            return found
    return None


def _since(scene: Scene) -> str | None:
    """Return the day on which it was first told."""
    dates = [v.report.published[:10] for v in scene.affirming if v.report.published]
    return min(dates, default=None)
