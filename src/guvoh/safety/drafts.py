"""What `check` says of drafts: whose, in what form and where, and never a word of them."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from guvoh.protect.draft import Checked, Place, check
from guvoh.protect.leaks import UNSEEN
from guvoh.protect.registry import Registry
from guvoh.words import shown

SHOWN = 40  # lines for one draft on a terminal; `--json` has all


def check_drafts(
    files: Sequence[Path], registry: Registry, *, as_json: bool
) -> tuple[str, list[str]]:
    """Look through drafts; return what to print, and a sentence for each problem.

    Neither ever repeats a word of a draft: it says whose, in what form, and where.
    """
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    problems: list[str] = []
    for file in files:
        name = shown(str(file))
        try:
            data = file.read_bytes()
        except OSError as error:
            problems.append(f"{name} cannot be read ({error.strerror}). Check the path.")
            continue
        found = check(file.name, data, registry)
        if as_json:
            rows += _rows(name, found)
        else:
            lines += _lines(name, found)
        if any(leak.certain for _, leak in found.leaks):
            problems.append(f"{name} holds what is protected: do not hand it on as it is.")
        problems += [f"{name}: {sentence}" for sentence in found.unchecked]
    printed = json.dumps(rows, ensure_ascii=False, indent=1) if as_json else "\n".join(lines)
    return printed, problems


def _rows(name: str, found: Checked) -> Iterator[dict[str, Any]]:
    for place, leak in found.leaks:
        yield {
            "file": name,
            **_place(place),
            "kind": leak.form.value,
            "codes": list(leak.codes),
            "certain": leak.certain,
        }
    for place, suspect in found.suspects:
        yield {
            "file": name,
            **_place(place),
            "kind": suspect.kind.value,
            "codes": [],
            "certain": False,
        }


def _place(place: Place) -> dict[str, Any]:
    return {"part": place.part, "line": place.line, "first": place.first, "last": place.last}


def _lines(name: str, found: Checked) -> Iterator[str]:
    yield f"{name}: {len(found.leaks)} places that may be protected people's"
    for place, leak in found.leaks[:SHOWN]:
        surely = "" if leak.certain else ", if it is not something else"
        codes = " or ".join(leak.codes[:3])
        where = f"{shown(place.part)}, line {place.line}, characters {place.first}-{place.last}"
        yield f"  {where}: {leak.form.value} of {codes}{surely}"
    if len(found.leaks) > SHOWN:
        yield f"  … and {len(found.leaks) - SHOWN} more: see --json."
    kinds = Counter(suspect.kind.value for _, suspect in found.suspects)
    if kinds:
        told = ", ".join(f"{number} of the kind “{kind}”" for kind, number in kinds.most_common())
        yield f"  Nobody knows of these; look whom they may lead to: {told}."
    yield f"  Not looked for: {'; '.join(UNSEEN)}."
