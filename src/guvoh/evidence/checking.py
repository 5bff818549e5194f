"""`guvoh fsck`: checks a case, says in words what is wrong and what it touches, repairs what is derivable."""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from guvoh.casefile import anchors, derived, fsck, heads, kept, lookups, vault
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.anchors import Anchor
from guvoh.casefile.case import Case, append_lock, derive_lock, look, open_case
from guvoh.casefile.errors import NotDerived
from guvoh.casefile.faults import Code, Fault
from guvoh.casefile.fsck import Report
from guvoh.casefile.heads import Checkpoint
from guvoh.casefile.stamps import Standing
from guvoh.evidence.checkpoints import read_outside
from guvoh.evidence.said import Said
from guvoh.pipeline import deriving, pages
from guvoh.progress import Silent
from guvoh.words import shown

WHOLE, INCOMPLETE, DAMAGED, UNANCHORED = 0, 1, 3, 4
_NAMED = 5  # names in one sentence


def check(arguments: argparse.Namespace, language: str) -> Said:
    """Check a case, and where asked make anew what can be derived."""
    case = look(arguments.case)
    outside = [] if arguments.against is None else [read_outside(case, arguments.against)]
    report = fsck.check(case, outside)
    said: list[str] = []
    if arguments.repair and any(fault.repair for fault in report.faults):
        said = [f"Made anew: {shown(name)}" for name in repair(case, report.faults, language)]
        report = fsck.check(case, outside)
    vouching = anchors.every(case)
    held = bool(outside) or any(one.stamp.standing is Standing.HOLDS for one in vouching)
    status = _status(report, anchored=held or not arguments.anchored)
    if arguments.json:
        return Said(_rows(case, report), (), status)
    lines = [*said, *_summary(report), *_anchor(outside, vouching), _verdict(report)]
    return Said("\n".join(lines), tuple(_sentences(case, report)), status)


def repair(case: Case, faults: Sequence[Fault], language: str) -> list[str]:
    """Make anew what can be derived from what is sound; return the names of the files."""
    wanted: dict[str, list[str]] = {}
    for fault in faults:
        if fault.repair is not None:
            wanted.setdefault(fault.repair, []).append(fault.path)
    mended: list[str] = []
    if "leaves" in wanted:
        with append_lock(case):
            mended += fsck.mend_leaves(case, faults)
    for name in wanted.get("checkpoint", ()):
        (case.root / name).unlink(missing_ok=True)
        mended.append(name)
    if "vault" in wanted:
        with append_lock(case):
            mended += vault.settle(case)
    if "torn" in wanted:
        open_case(case.root)
        mended += sorted(set(wanted["torn"]))
    if "derive" in wanted:
        with derive_lock(case):
            _clear(case, wanted["derive"])
        deriving.derive(case, Silent())
        pages.write_pages(case, language, Silent())
        mended += wanted["derive"]
    else:
        heads.renew(case, load_actor())
    return mended


def _clear(case: Case, names: Sequence[str]) -> None:
    for name in names:
        if name.startswith("pages/"):
            (case.root / name).unlink(missing_ok=True)
        elif name == "kept.sqlite":
            kept.forget(case)
            derived.reset(case)
        else:
            derived.reset(case)


def _status(report: Report, *, anchored: bool) -> int:
    codes = {fault.code for fault in report.faults}
    if Code.DAMAGED in codes:
        return DAMAGED
    if codes & {Code.INCOMPLETE, Code.UNANCHORED}:
        return INCOMPLETE
    return WHOLE if anchored else UNANCHORED


def _summary(report: Report) -> Iterator[str]:
    logs = len({record.key_id for record in report.records})
    yield (
        f"Checked {report.read} bytes of captures, {len(report.records)} records in {logs} logs, "
        f"{len(report.checkpoints)} checkpoints."
    )


def _anchor(outside: Sequence[Checkpoint], vouching: Sequence[Anchor]) -> Iterator[str]:
    for checkpoint in outside:
        yield f"The checkpoint from outside names {_size(checkpoint)} records of this case."
    held = [one for one in vouching if one.stamp.standing is Standing.HOLDS]
    for one in held:
        yield (
            f"A time authority has stamped {_size(one.checkpoint)} records at {one.stamp.time}. That "
            "holds if the root certificate in the case is the authority's own."
        )
    for one in vouching:
        if one.stamp.standing is Standing.UNCHECKED:
            yield f"A stamp names {one.stamp.time} and was not verified: {one.stamp.why}."
    if not outside and not held:
        yield (
            "Nothing outside this case vouches for it (unanchored): whoever holds it and its key "
            "could have written it anew. `guvoh checkpoint` makes what others can keep."
        )


def _size(checkpoint: Checkpoint) -> int:
    return sum(head.size for head in checkpoint.heads)


def _verdict(report: Report) -> str:
    counts = Counter(fault.code for fault in report.faults)
    if counts[Code.DAMAGED]:
        return f"The case is damaged: {_files(report, Code.DAMAGED)}."
    if counts[Code.INCOMPLETE]:
        return f"The case is incomplete, nothing is lost: {_files(report, Code.INCOMPLETE)}."
    if counts[Code.UNANCHORED]:
        return "The case is whole, and what vouches for its times does not hold."
    return "The case is whole."


def _files(report: Report, code: Code) -> str:
    names = sorted({fault.path for fault in report.faults if fault.code is code})
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(shown(name) for name in names[:_NAMED]) + more


@dataclass(frozen=True, slots=True)
class _Touched:
    """What is derived from the captures of a fault."""

    files: list[str]
    reports: list[str]
    findings: list[str]
    events: list[str]


def _touched(case: Case, fault: Fault, report: Report) -> _Touched:
    files = fsck.touched([fault], report.records)
    bad = {one.path for one in report.faults if one.code is Code.DAMAGED}
    if not fault.captures or any(name.startswith("derived.sqlite") for name in bad):
        return _Touched(files, [], [], [])
    try:
        with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
            reports = lookups.reports_from(db, fault.captures)
            findings = lookups.findings_of(db, reports)
            events = sorted(set(lookups.events_of(db, lookups.claims_of(db, reports)).values()))
            return _Touched(files, reports, findings, events)
    except NotDerived:
        return _Touched(files, [], [], [])


def _sentences(case: Case, report: Report) -> Iterator[str]:
    for fault in report.faults:
        after = ""
        if fault.captures and fault.code is Code.DAMAGED:
            after = " " + _touching(_touched(case, fault, report))
        elif fault.repair is not None:
            after = " It can be made anew: run `guvoh fsck --repair`."
        yield f"{fault.code}: {shown(fault.path)}: {fault.text}.{after}"


def _touching(touched: _Touched) -> str:
    files = _list([shown(name) for name in touched.files]) or "a capture of unknown name"
    if not touched.reports:
        return f"It touches {files}."
    events = f" and the events {_list(touched.events)}" if touched.events else ""
    return f"It touches the reports of {files}, {len(touched.findings)} findings on them{events}."


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _rows(case: Case, report: Report) -> str:
    rows = []
    for fault in report.faults:
        touched = _touched(case, fault, report)
        rows.append(
            {
                "code": fault.code.value,
                "path": fault.path,
                "text": fault.text,
                "repairable": fault.repair is not None,
                "files": touched.files,
                "reports": touched.reports,
                "findings": touched.findings,
                "events": touched.events,
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=1)
