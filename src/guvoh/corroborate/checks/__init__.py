"""Checks on what an event's claims say, one file each; `CHECKS` lists them."""

from collections.abc import Callable, Sequence

from guvoh.corroborate.checks import dates, distance, knowledge, photograph, quotation, sums
from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene
from guvoh.model.event import Event
from guvoh.model.finding import Finding

Check = Callable[[Scene, Sequence[Cluster], Event], list[Finding]]

CHECKS: tuple[Check, ...] = (
    dates.check,
    distance.check,
    knowledge.check,
    photograph.check,
    quotation.check,
    sums.check,
)
