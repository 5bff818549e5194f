from collections.abc import Callable
from dataclasses import replace
from typing import Any

from guvoh.corroborate.checks.sums import check
from guvoh.corroborate.decisions import Gathered
from guvoh.corroborate.happenings import Told
from guvoh.corroborate.voices import Material, scene
from guvoh.model.claim import Quantity
from guvoh.model.event import Event, EventStatus
from guvoh.model.text import Span

EVENT = Event("a/c0", (), EventStatus.PAST, "", (), (), (), 0)


def findings(told: Callable[[dict[str, Any]], Any], *counts: tuple[int, str]) -> list[str]:
    notes = {"text": "Thirty men were taken: Uzbeks, Tajiks.", "acts": ["transfer"]}
    story = told({"report": [{"id": "a", "claims": [notes]}]})
    reading = story.readings["a"]
    numbers = tuple(Quantity(str(n), Span(0, 1), n, n, of) for n, of in counts)
    claim = replace(reading.claims[0], quantities=numbers)
    material = Material(story.reports, {"a": replace(reading, claims=(claim,))})
    here = scene(Gathered("a/c0", (Told("", 0, "a/c0", "a"),)), material)
    return [finding.kind for finding in check(here, (), EVENT)]


def test_parts_that_exceed_the_whole(told: Callable[[dict[str, Any]], Any]) -> None:
    assert findings(told, (30, "men"), (20, "Uzbeks"), (15, "Tajiks")) == ["parts-exceed-sum"]


def test_parts_that_leave_a_rest(told: Callable[[dict[str, Any]], Any]) -> None:
    assert findings(told, (30, "men"), (20, "Uzbeks"), (5, "Tajiks")) == []


def test_other_things_are_not_added(told: Callable[[dict[str, Any]], Any]) -> None:
    assert findings(told, (30, "men"), (20, "Uzbeks"), (50, "buses")) == []
