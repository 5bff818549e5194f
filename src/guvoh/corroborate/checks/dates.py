"""Whether the order of dates can be: nothing is told before it happened, nobody is freed before he is held."""

from collections.abc import Iterator, Sequence

from guvoh.corroborate.days import Days, before, days
from guvoh.corroborate.descriptions import who_keys
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.vocabulary import family, vocabulary
from guvoh.corroborate.voices import Scene, Voice
from guvoh.model.claim import Claim
from guvoh.model.event import Event, EventStatus
from guvoh.model.finding import Finding

_SLACK = 1  # a page's day and an event's day may lie in different time zones


def check(scene: Scene, everyone: Sequence[Cluster], event: Event) -> list[Finding]:
    """Look for what is told as past and lies after the day of publication, and for lives out of order."""
    del everyone
    found: list[Finding] = []
    if event.status in (EventStatus.PAST, EventStatus.ONGOING):
        for voice in scene.affirming:
            found += _too_early(voice)
    for report in event.reports:
        claims = scene.material.readings[report].claims
        ours = [c for c in claims if c.id in event.claims]
        found += _disordered(scene, report, ours, claims)
    return found


def _too_early(voice: Voice) -> Iterator[Finding]:
    published = days(voice.report.published or "")
    if published is None:
        return
    for time in voice.claim.times:
        at = days(time.edtf) if time.kind in ("date", "interval") else None
        if at is not None and at.anchored and before(published, at, _SLACK):
            yield Finding(
                step="corroborate",
                kind="told-before-it-happened",
                text="The report tells as past what its own dates place after its publication.",
                report=voice.report.id,
            )
            return


def _disordered(
    scene: Scene, report: str, ours: Sequence[Claim], claims: Sequence[Claim]
) -> Iterator[Finding]:
    """Compare an event's dates with those of the same persons elsewhere in the report."""
    code = scene.material.reports[report].language
    order = vocabulary().order
    for one in ours:
        at, who = _one_day(one), _persons(one, code)
        if at is None or not who:
            continue
        for other in claims:
            then = _one_day(other)
            if then is None or other.id == one.id or not who & _persons(other, code):
                continue
            for first in {family(act.name) for act in one.acts}:
                for second in {family(act.name) for act in other.acts}:
                    if (first, second) in order and before(then, at):
                        yield Finding(
                            step="corroborate",
                            kind="dates-out-of-order",
                            text=f"By the report's dates one person's {_noun(other)} comes before the {_noun(one)}.",
                            report=report,
                        )


def _noun(claim: Claim) -> str:
    act = claim.acts[0].name
    return vocabulary().phrases.get(act, (act, act))[1]


def _one_day(claim: Claim) -> Days | None:
    """Return the time of a claim that tells of one act at one time."""
    times = [days(time.edtf) for time in claim.times if time.kind == "date"]
    return times[0] if len(times) == 1 and claim.acts else None


def _persons(claim: Claim, code: str) -> set[str]:
    found: set[str] = set()
    for one in claim.participants:
        if one.person:
            found.add(one.person)
        found.update(key for key in who_keys(one.name, one.kind, code) if key.startswith("p:"))
    return found
