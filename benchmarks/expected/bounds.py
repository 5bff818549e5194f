"""Every bound of a case's counts against expected.toml: how many are too high, too low, or about what was not found."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.expected.case import Answer, Row
from benchmarks.expected.events import matched_events, no_event
from benchmarks.expected.likeness import paired
from benchmarks.expected.values import fits

EVENT_BOUNDS = ("low", "high", "firsthand", "documents")
VALUE_BOUNDS = ("low", "high")


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound of an event or of a value: what was counted (None where it was not found), what may be."""

    of: str
    side: str
    got: int | None
    may_be: tuple[int, ...]

    @property
    def over(self) -> bool:
        """Whether more is counted than any careful reader would."""
        return self.got is not None and self.got > max(self.may_be)

    @property
    def under(self) -> bool:
        """Whether less is counted; a value that was not found counts nobody."""
        return (self.got or 0) < min(self.may_be)


def bounds(answer: Answer, wanted: Row) -> Iterator[Bound]:
    """Yield the bounds of each expected event and of each of its values that a reader must find."""
    matched = matched_events(answer, wanted)
    for event in wanted["event"]:
        row = matched.get(event["id"]) or no_event()
        for side in EVENT_BOUNDS:
            may_be = tuple(event["original_sources"][side])
            yield Bound(event["id"], side, row["original_sources"][side], may_be)
        for key in ("who", "when", "where", "how_many"):
            yield from _of_values(answer, event, row, key)


def _of_values(answer: Answer, event: Row, row: Row, key: str) -> Iterator[Bound]:
    values = [value for value in event.get(key, []) if value.get("must", True)]
    pairs = paired(values, row[key], lambda one, other: fits(answer, key, one, other))
    for at, value in enumerate(values):
        got = row[key][pairs[at]]["original_sources"] if at in pairs else {}
        what = f"{event['id']}: {key} {value.get('text') or value.get('name')}"
        for side in VALUE_BOUNDS:
            yield Bound(what, side, got.get(side), tuple(value["sources"][side]))
