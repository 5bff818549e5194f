"""What people decided about derivations, put in place of what was computed."""

from collections.abc import Sequence
from dataclasses import replace

from guvoh.lineage.side import Known
from guvoh.model.assessment import Assessment
from guvoh.model.lineage import Derivation, Relation

# Verdicts about a derivation (target.capture the child, target.other the parent or the second
# report): "confirm", "reject", "parent" (this is the parent, directed). About a capture: "origin".
VERDICTS = ("confirm", "reject", "parent", "origin")
_SURE = 1000


def _by_capture(reports: Sequence[Known]) -> dict[str, list[str]]:
    """Return report ids by capture; a person judges captures, and a capture may hold several."""
    found: dict[str, list[str]] = {}
    for report in reports:
        found.setdefault(report.capture, []).append(report.id)
        if report.id != report.capture:
            found.setdefault(report.id, []).append(report.id)
    return found


def judged(
    reports: Sequence[Known], derivations: Sequence[Derivation], assessments: Sequence[Assessment]
) -> list[Derivation]:
    """Return the derivations with the assessments applied, the later of two about a pair last."""
    known = _by_capture(reports)
    verdicts: dict[frozenset[str], tuple[str, str, Assessment]] = {}
    for assessment in assessments:
        target = assessment.target
        if target.noun != "derivation" or target.other is None or assessment.detached:
            continue
        for child in known.get(target.capture, ()):
            for parent in known.get(target.other, ()):
                verdicts[frozenset((child, parent))] = (parent, child, assessment)
    found: list[Derivation] = []
    for derivation in derivations:
        decided = verdicts.pop(frozenset((derivation.parent, derivation.child)), None)
        if decided is None:
            found.append(derivation)
        elif decided[2].verdict != "reject":
            found.append(_applied(derivation, *decided))
    found += [
        _stated(parent, child, assessment)
        for parent, child, assessment in verdicts.values()
        if assessment.verdict in ("confirm", "parent") and parent != child
    ]
    return found


def _applied(derivation: Derivation, parent: str, child: str, assessment: Assessment) -> Derivation:
    sure = replace(
        derivation,
        confidence=_SURE,
        similarity=_SURE,
        for_=("A person confirmed it.", *derivation.for_),
    )
    if assessment.verdict != "parent":
        return sure
    if derivation.parent == parent:
        return replace(sure, directed=True)
    turned = tuple(replace(p, parent=p.child, child=p.parent) for p in derivation.passages)
    return replace(sure, parent=parent, child=child, directed=True, passages=turned, changes=())


def _stated(parent: str, child: str, assessment: Assessment) -> Derivation:
    return Derivation(
        parent=parent,
        child=child,
        relation=Relation.EDITED,
        directed=assessment.verdict == "parent",
        confidence=_SURE,
        for_=("A person stated it; the texts alone do not show it.",),
        similarity=_SURE,
    )


def set_origins(reports: Sequence[Known], assessments: Sequence[Assessment]) -> frozenset[str]:
    """Return the reports that a person named as the origin of their family."""
    known = _by_capture(reports)
    return frozenset(
        report
        for assessment in assessments
        if assessment.verdict == "origin" and not assessment.detached
        for report in known.get(assessment.target.capture, ())
    )
