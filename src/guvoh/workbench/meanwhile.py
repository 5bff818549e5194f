"""What somebody else has decided of a thing since a page that offers to decide it was made."""

import sqlite3
from collections.abc import Sequence

from guvoh.casefile import lookups, tables
from guvoh.casefile.state import State
from guvoh.model.assessment import WITHDRAW, Assessment, side
from guvoh.pipeline import amending
from guvoh.pipeline.gathering import paired


def meanwhile(
    db: sqlite3.Connection, known: State, seen: str, asked: tuple[str, str, str]
) -> Assessment | None:
    """Return what was decided otherwise since, None where nothing was.

    `seen` is the last decision in force when the page was made, `asked` the target, the verdict and the
    other of a pair, as a form names them.
    """
    target, verdict, other = asked
    if verdict.startswith(WITHDRAW):
        return None
    newer = [
        one
        for one in _since(known.assessments, known.superseded, seen)
        if side(one.verdict) == side(verdict) and _differs(db, one, target, verdict)
    ]
    if not newer:
        return None
    of_claims = amending.decided(db)
    pairs = {one.assessment: {one.one, one.other} for one in paired(db)}
    reports = tables.several(db, tables.REPORT, {target, other})
    captures = {report.capture for report in reports.values()}
    people = set(lookups.persons_of(db, {target, other}).values())
    for one in reversed(newer):
        if one.target.noun == "derivation":
            same = len(captures) == len({target, other}) and captures == {
                one.target.capture,
                one.target.other,
            }
        elif one.id in pairs:
            same = bool(people) and people == set(lookups.persons_of(db, pairs[one.id]).values())
            same = same or pairs[one.id] == {target, other}
        else:
            same = of_claims.get(one.id) == target
        if same:
            return one
    return None


def _since(
    standing: Sequence[Assessment], superseded: Sequence[Assessment], seen: str
) -> Sequence[Assessment]:
    """Return the decisions that stand and came after the one that was last; none where that was taken back.

    The last one may have been replaced by one of them.
    """
    if not seen:
        return standing
    last = next((one for one in (*standing, *superseded) if one.id == seen), None)
    if last is None:
        return ()
    if last in standing:
        return standing[standing.index(last) + 1 :]
    return [one for one in standing if one.at >= last.at]


def _differs(db: sqlite3.Connection, one: Assessment, target: str, verdict: str) -> bool:
    """Tell whether a decision is another than is asked for; "derives from" can be turned round."""
    if one.verdict != verdict:
        return True
    report = tables.get(db, tables.REPORT, target) if verdict == "parent" else None
    return report is not None and report.capture != one.target.capture
