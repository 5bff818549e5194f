"""Findings: what the program noticed or concluded, with the evidence for and against."""

from dataclasses import dataclass

TO_FIND = "original-to-find"  # the kind that names an original which is not in the case


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed by one step; `text` never quotes a report and is one clear sentence.

    `kind` is a short stable name (`not-read`, `title-differs`). `confidence` is per mille, or None
    where the thing is simply so. `file` names a capture that gave no report.
    """

    step: str
    kind: str
    text: str
    report: str | None = None
    file: str | None = None
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    confidence: int | None = None
    problem: bool = False  # named on stderr by `build`, which then ends with status 1
