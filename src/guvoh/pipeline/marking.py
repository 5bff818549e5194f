"""A report's text through the trained reader, or what is kept of that."""

from collections.abc import Callable
from dataclasses import dataclass

from guvoh.casefile import kept
from guvoh.casefile.case import Case
from guvoh.encoder import weights
from guvoh.encoder.tagging import tag
from guvoh.encoder.weights import Encoder
from guvoh.model.finding import Finding
from guvoh.model.report import Report
from guvoh.model.tagging import Tagging


@dataclass(frozen=True, slots=True)
class Marking:
    """What the trained reader gave for one report; `fresh` has the text's digest where it was run."""

    tagging: Tagging | None = None
    fresh: str | None = None
    findings: tuple[Finding, ...] = ()


def mark(
    case: Case,
    report: Report,
    *,
    again: bool = False,
    load: Callable[[], Encoder] = weights.load,
) -> Marking:
    """Return what the trained reader marks in a report, from what is kept unless `again`.

    Other languages are declined. Where the weights can't be used the rules read alone, which one
    finding of the case says.
    """
    if report.language.partition("-")[0] != kept.LANGUAGE or not report.paragraphs:
        return Marking()
    paragraphs = kept.marked(report)
    text = kept.text_digest(report.text, paragraphs)
    known = None if again else kept.find(case, text, weights.digest())
    findings = (_partly(report),) if len(paragraphs) < len(report.paragraphs) else ()
    if known is not None:
        return Marking(known, None, findings)
    try:
        encoder = load()
    except weights.UnusableWeightsError as error:
        said = f"{error} Rules alone read who says what. Install guvoh anew."
        return Marking(None, None, (Finding("reading", "reader-missing", said),))
    return Marking(tag(encoder, report.text, paragraphs), text, findings)


def _partly(report: Report) -> Finding:
    return Finding(
        "reading",
        "reader-stopped",
        f"The trained reader read the first {kept.MOST_CHARACTERS:,} characters; rules alone read the rest.",
        report=report.id,
    )
