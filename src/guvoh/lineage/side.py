"""A report with all that lineage compares of it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from guvoh.lineage.anchors import Cut, Unit
from guvoh.lineage.artefacts import Artefacts, artefacts
from guvoh.lineage.credits import Credit, credits_in, publisher_of
from guvoh.lineage.fingerprint import Fingerprint, cut, without
from guvoh.lineage.releases import Bones, bodies, handed_by, is_release
from guvoh.model.claim import Reading
from guvoh.model.report import Report
from guvoh.model.text import Span


class Known(Protocol):
    """What is asked of a report that is put together with others, and not of its text."""

    @property
    def id(self) -> str:
        """Return the report's id."""

    @property
    def capture(self) -> str:
        """Return the digest of its capture."""

    @property
    def base(self) -> str:
        """Return its language without script."""

    @property
    def outlet(self) -> str | None:
        """Return what `outlet_of` says of it."""


def base_of(language: str) -> str:
    """Return a language without script."""
    return language.partition("-")[0]


def outlet_of(report: Report) -> str | None:
    """Return who publishes a report; None where the page may bear another's name."""
    publisher = publisher_of(report)
    return publisher if publisher and not artefacts(report).borrowed else None


@dataclass(frozen=True, eq=False)
class Side:
    """One of two reports under comparison; `reading` may be absent, changes are fewer then.

    Compared by identity: what is found out about it once holds for all its comparisons.
    """

    report: Report
    fingerprint: Fingerprint
    reading: Reading | None = None

    @property
    def id(self) -> str:
        """Return the report's id."""
        return self.report.id

    @property
    def base(self) -> str:
        """Return the report's language without script."""
        return base_of(self.report.language)

    @property
    def capture(self) -> str:
        """Return the digest of the report's capture."""
        return self.report.capture

    @cached_property
    def cut(self) -> Cut:
        """Return the report's sentences outside boilerplate."""
        return cut(self.report, self.fingerprint.boilerplate)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return the report's sentences outside boilerplate."""
        return self.cut.units

    @property
    def text(self) -> str:
        """Return the report's text outside boilerplate."""
        return without(self.report.text, self.fingerprint.boilerplate)

    @cached_property
    def publisher(self) -> str | None:
        """Return the publisher as stated or as in the address."""
        return publisher_of(self.report)

    @cached_property
    def outlet(self) -> str | None:
        """Return who publishes the report, unless the page may bear another's name."""
        return outlet_of(self.report)

    @cached_property
    def traces(self) -> Artefacts:
        """Return what in the report speaks for its being a translation."""
        return artefacts(self.report)

    @cached_property
    def released(self) -> bool:
        """Return whether the report calls itself a release."""
        return is_release(self.report)

    @cached_property
    def bodies(self) -> frozenset[Bones]:
        """Return on whose word the report says it tells what it tells."""
        return bodies(self.report, self.reading)

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """Return the outlets that the report credits, and the body that handed out what it tells."""
        body = handed_by(self.report, self.reading)
        found = credits_in(self.report)
        return (*found, Credit(body, None)) if body else found


def left_out_beside(side: Side, end: Span) -> tuple[Span, ...]:
    """Return a stretch among the others that are left out of a side already, in order."""
    before = [span for span in side.fingerprint.boilerplate if span.end <= end.start]
    after = [span for span in side.fingerprint.boilerplate if span.start >= end.end]
    return (*before, end, *after)


def leaving_out(side: Side, spans: tuple[Span, ...]) -> Side:
    """Return a side of which these stretches are left out."""
    words = sum(len(unit.words) for unit in cut(side.report, spans).units)
    kept = replace(side.fingerprint, boilerplate=spans, words=words)
    return Side(side.report, kept, side.reading)
