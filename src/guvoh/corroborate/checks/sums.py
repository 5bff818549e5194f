"""Whether the parts of a group are more than the group."""

from collections.abc import Iterator, Sequence

from guvoh.corroborate.features import counted
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene, Voice
from guvoh.model.event import Event
from guvoh.model.finding import Finding


def check(scene: Scene, everyone: Sequence[Cluster], event: Event) -> list[Finding]:
    """Compare, inside one claim, the people counted in all with those counted by nationality."""
    del everyone, event
    return [finding for voice in scene.affirming for finding in _of(voice)]


def _of(voice: Voice) -> Iterator[Finding]:
    code = voice.report.language
    totals: list[float] = []
    parts: dict[str, float] = {}
    for quantity in voice.claim.quantities:
        of = counted(quantity.of, code)
        if of == "people" and quantity.high is not None:
            totals.append(quantity.high)
        elif of.startswith("n:"):
            parts[of] = max(parts.get(of, 0.0), float(quantity.low))
    if len(parts) >= 2 and totals and sum(parts.values()) > max(totals):
        yield Finding(
            step="corroborate",
            kind="parts-exceed-sum",
            text=(
                f"The groups named come to at least {sum(parts.values()):g}, "
                f"the whole to at most {max(totals):g}."
            ),
            report=voice.report.id,
        )
