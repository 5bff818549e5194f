"""Warnings: acts against people that are planned, feared, expected or threatened."""

from collections import Counter
from collections.abc import Collection, Sequence

from guvoh.corroborate.around import whom
from guvoh.corroborate.descriptions import place_keys
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.summary import Ahead, affected, kind_of, place
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene
from guvoh.model.event import Event, EventStatus, RiskWarning
from guvoh.words import words

_NOBODY = "people who are not named"


def warning(
    scene: Scene, event: Event, everyone: Sequence[Cluster], ahead: Ahead
) -> RiskWarning | None:
    """Return the warning that an event is; None where nothing is ahead, or nobody knows whom or where."""
    if event.status not in (EventStatus.PLANNED, EventStatus.FEARED):
        return None
    if not vocabulary().harm.intersection(event.acts):
        return None
    who = ahead.whom or affected(event, words("en"))
    who = who or ("another group" if ahead.another else None)
    if who is None and not event.where:
        return None
    sources = tuple(dict.fromkeys(c.name for c in everyone if c.standing == "counted"))
    return RiskWarning(
        id=f"{scene.gathered.id}/warning",
        text=event.summary,
        who=who or _NOBODY,
        where=place(ahead.named or event.where, words("en")),
        since=_since(scene),
        status="overtaken" if scene.gathered.overtaken_by else "open",
        sources=sources,
        claims=tuple(voice.claim.id for voice in scene.affirming),
    )


def foretold(scene: Scene, event: Event) -> Ahead:
    """Return who is at risk, and which places the claims of an event ahead name themselves."""
    if event.status not in (EventStatus.PLANNED, EventStatus.FEARED):
        return Ahead()
    return Ahead(
        _at_risk(scene, event),
        scene.gathered.another,
        tuple(value for value in event.where if _named(scene, value.terms)),
    )


def _named(scene: Scene, keys: Sequence[str]) -> bool:
    """Return whether a claim names a place itself: "at another kiln near the lake"; a country says too little."""
    return (
        bool(keys)
        and keys[0][:2] != "c:"
        and any(
            keys[0] in place_keys(spot, voice.report.language)
            for voice in scene.affirming
            for spot in voice.claim.places
            if scene.own(voice.claim, spot.span)
        )
    )


def _at_risk(scene: Scene, event: Event) -> str | None:
    """Return whom the acts are to befall: as it is said, or those to whom it was done before.

    "They will take another group" means people like those on the first list, "they are to pick
    twenty men" people like those of whom else the reports tell that they came to harm.
    """
    told = kind_of(event, words("en"))
    if told is not None and not scene.gathered.another:
        return told
    return _befell(scene, event, event.acts) or told or _befell(scene, event, vocabulary().harm)


def _befell(scene: Scene, event: Event, acts: Collection[str]) -> str | None:
    """Return those to whom the reports of an event say mostly that any of some acts was done."""
    before: Counter[str] = Counter()
    names: dict[str, tuple[bool, str]] = {}
    for report in event.reports:
        weight = 1 if scene.copied(report) else 4
        for key, name, plain in whom(acts, scene.material.readings[report], _coded(scene, report)):
            before[key] += weight
            if key not in names or (plain and not names[key][0]):
                names[key] = (plain, name)
    most = max(before, key=lambda key: before[key], default=None)
    return names[most][1] if most is not None else None


def _coded(scene: Scene, report: str) -> str:
    return scene.material.reports[report].language


def _since(scene: Scene) -> str | None:
    """Return the day on which it was first told."""
    dates = [v.report.published[:10] for v in scene.affirming if v.report.published]
    return min(dates, default=None)
