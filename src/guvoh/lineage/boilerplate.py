"""Paragraphs that a publisher prints under everything, learnt from its first reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from guvoh.lineage.shingles import digests
from guvoh.model.report import Report
from guvoh.model.text import Span

# A publisher's first reports alone teach, so that a report's fingerprint does not depend on how
# many came later (DESIGN section 3, Cost follows the change).
LEARNT_FROM = 32
_LEAST = 3
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Digests of the paragraphs (and image file names) that a publisher repeats."""

    paragraphs: frozenset[int] = frozenset()


NONE = Boilerplate()


def paragraphs(report: Report) -> list[tuple[Span, int]]:
    """Return the spans of paragraphs with the digest of their words."""
    return list(zip(report.paragraphs, digests(report.text, report.paragraphs), strict=True))


def learn(reports: Sequence[Report]) -> Boilerplate:
    """Return what the first reports of one publisher have in common although they differ.

    Versions of one page (half of the paragraphs alike) teach once: a page captured ten times is
    no boilerplate.
    """
    seen: list[frozenset[int]] = []
    for report in reports[:LEARNT_FROM]:
        own = frozenset(key for _, key in paragraphs(report))
        alike = (len(own & other) >= _ALIKE * min(len(own), len(other)) for other in seen)
        if own and not any(alike):
            seen.append(own)
    counts: dict[int, int] = {}
    for own in seen:
        for key in own:
            counts[key] = counts.get(key, 0) + 1
    return Boilerplate(frozenset(key for key, count in counts.items() if count >= _LEAST))


def spans(report: Report, boilerplate: Boilerplate) -> tuple[Span, ...]:
    """Return the paragraphs of `report` that are boilerplate; none where all of them would be."""
    if not boilerplate.paragraphs:
        return ()
    all_ = paragraphs(report)
    found = tuple(span for span, key in all_ if key in boilerplate.paragraphs)
    return found if len(found) < len(all_) else ()
