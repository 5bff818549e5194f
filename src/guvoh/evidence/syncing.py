"""`guvoh sync`: brings two copies of a case to the same, and shows where people decided differently."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from guvoh.casefile import journal, merging
from guvoh.casefile.case import Case, create, open_case
from guvoh.casefile.errors import NotACase
from guvoh.casefile.merging import Done, MergeError
from guvoh.casefile.records import Arrived, Assessed, Record
from guvoh.evidence.said import Said
from guvoh.model.assessment import WITHDRAW, Target, side
from guvoh.pipeline import deriving, pages
from guvoh.progress import Bar
from guvoh.words import shown


def sync(arguments: argparse.Namespace, language: str) -> Said:
    """Copy what each of two cases lacks of the other, derive this one anew, show contradictions."""
    case = open_case(arguments.case)
    other = _other(case, arguments.other)
    done = merging.merge(case, other, join=arguments.join)
    with Bar() as bar:
        deriving.derive(case, bar)
        pages.write_pages(case, language, bar)
    lines = [_told(done, 0, "this case"), _told(done, 1, shown(str(arguments.other)))]
    lines += _contradictions(journal.read(case))
    lines.append(
        "Both hold the same captures and logs now. The other one derives when it is next used."
    )
    return Said("\n".join(lines))


def _other(case: Case, root: Path) -> Case:
    here, there = case.root.resolve(), root.absolute().resolve()
    if here == there or here.is_relative_to(there) or there.is_relative_to(here):
        raise MergeError("this is the same folder, or one in the other", root, "name another one")
    try:
        return open_case(root)
    except NotACase:
        if (root / "guvoh.toml").exists() or (root.exists() and any(root.iterdir())):
            raise
        return create(root, case.title)


def _told(done: Done, at: int, name: str) -> str:
    parts = [
        f"{done.captures[at]} captures",
        f"{done.records[at]} records",
        f"{done.erased[at]} tombstones",
        f"{done.sealed[at]} sealed records",
    ]
    return f"To {name}: {', '.join(parts)}."


def _contradictions(records: Sequence[Record]) -> Iterator[str]:
    """Yield where two actors' last words on one thing differ; the later one in canonical order counts."""
    files: dict[str, str] = {}
    last: dict[tuple[Target, str], dict[str, str]] = {}
    for record in records:
        match record.content:
            case Arrived(capture=capture, file=file):
                files.setdefault(capture, file)
            case Assessed(target=target, verdict=verdict):
                said = last.setdefault((target, side(verdict)), {})
                said.pop(record.key_id, None)
                if not verdict.startswith(WITHDRAW):
                    said[record.key_id] = verdict
    for (target, _), said in last.items():
        if len(set(said.values())) > 1:
            name = shown(files.get(target.capture, target.capture[:12]))
            words = ", ".join(f"{verdict} ({key[:8]})" for key, verdict in said.items())
            yield (
                f"People decided differently about a {target.noun} in {name}: {words}. "
                f"{list(said.values())[-1]} counts; `guvoh judge` settles it."
            )
