"""A report with all that lineage compares of it."""

from dataclasses import dataclass

from guvoh.lineage.anchors import Cut, Unit
from guvoh.lineage.credits import Credit, credits_in, publisher_of
from guvoh.lineage.fingerprint import Fingerprint, cut, without
from guvoh.model.claim import Reading
from guvoh.model.report import Report


@dataclass(frozen=True, slots=True)
class Side:
    """One of two reports under comparison; `reading` may be absent, changes are fewer then."""

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
        return self.report.language.partition("-")[0]

    @property
    def cut(self) -> Cut:
        """Return the report's sentences outside boilerplate, the same object while it is kept."""
        return cut(self.report, self.fingerprint.boilerplate)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return the report's sentences outside boilerplate."""
        return self.cut.units

    @property
    def text(self) -> str:
        """Return the report's text outside boilerplate."""
        return without(self.report.text, self.fingerprint.boilerplate)

    @property
    def publisher(self) -> str | None:
        """Return the publisher as stated or as in the address."""
        return publisher_of(self.report)

    @property
    def credits(self) -> tuple[Credit, ...]:
        """Return the outlets that the report credits."""
        return credits_in(self.report)
