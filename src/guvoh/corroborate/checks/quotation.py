"""Whether one quotation is put into two mouths."""

from collections.abc import Sequence
from itertools import combinations

from guvoh.corroborate.identity import shared_quotation
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene
from guvoh.model.event import Event
from guvoh.model.finding import Finding

_COMPARED = 40  # sources of one event; each pair costs a comparison of their quotations


def check(scene: Scene, everyone: Sequence[Cluster], event: Event) -> list[Finding]:
    """Compare the quotations of different sources word by word."""
    del scene, event
    quoting = [cluster for cluster in everyone if any(part.quotes for part in cluster.parts)]
    return [
        Finding(
            step="corroborate",
            kind="one-quotation-two-mouths",
            text="Two sources say the same words; one of them, or a report, has them from elsewhere.",
            report=other.voices[0].report.id,
            for_=(one.id, other.id),
        )
        for one, other in combinations(quoting[:_COMPARED], 2)
        if any(shared_quotation(ours, theirs) for ours in one.parts for theirs in other.parts)
    ]
