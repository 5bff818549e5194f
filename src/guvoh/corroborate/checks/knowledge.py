"""Whether a source could have known: what it only heard becomes in a copy what it saw."""

from collections.abc import Sequence

from guvoh.corroborate.identity import FIRSTHAND
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene, Voice
from guvoh.model.claim import Basis, Stance
from guvoh.model.event import Event, EventStatus
from guvoh.model.finding import Finding

_SECONDHAND = (Basis.TOLD, Basis.INFERENCE)


def check(scene: Scene, everyone: Sequence[Cluster], event: Event) -> list[Finding]:
    """Look for sources that know at first hand in one report only what they were told in another."""
    del scene
    found: list[Finding] = []
    ahead = event.status is EventStatus.PLANNED
    for cluster in everyone:
        own = {v.link.basis for v in cluster.voices if v.link is not None and not v.derived}
        for voice in cluster.voices:
            if voice.link is None or voice.link.basis not in FIRSTHAND:
                continue
            if voice.derived and own and not own & set(FIRSTHAND):
                found.append(_finding("knowledge-grew-in-copying", cluster, voice.report.id))
            elif not voice.derived and own & set(_SECONDHAND):
                found.append(_finding("knowledge-differs", cluster, voice.report.id))
            elif ahead and _sees(voice):
                found.append(_finding("could-not-have-seen", cluster, voice.report.id))
    return list(dict.fromkeys(found))


def _sees(voice: Voice) -> bool:
    """Return whether someone is said to have seen what he does not plan himself."""
    link = voice.link
    return (
        link is not None
        and link.basis is Basis.EYEWITNESS
        and voice.claim.stance is not Stance.PLANNED
    )


_TEXTS = {
    "knowledge-grew-in-copying": "A copy has a source see for itself what it was only told before.",
    "knowledge-differs": "A source was told of it by one account and saw it by another.",
    "could-not-have-seen": "A source is said to have seen what has not happened yet.",
}


def _finding(kind: str, cluster: Cluster, report: str) -> Finding:
    return Finding(
        step="corroborate", kind=kind, text=_TEXTS[kind], report=report, for_=(cluster.id,)
    )
