"""`seal --people`: the rows of a table are proposals for people, and a person decides on each."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from guvoh.casefile.case import Case
from guvoh.pipeline import accounts
from guvoh.pipeline.keeping import Open, VaultError
from guvoh.pipeline.releasing import fresh_code
from guvoh.protect.identity import Identity
from guvoh.safety.people import rows_of
from guvoh.words import shown

_NAMED = 10  # rows or codes named in a sentence
_ASKED = "  Seal? [y]es, [n]o, [a]ll that follow, [q]uit: "


def seal_rows(
    arguments: argparse.Namespace, case: Case, opened: Open
) -> tuple[list[str], list[str]]:
    """Seal whom a person chose of a table's rows; return what to say, and a sentence for each problem.

    The table is only read: it never enters the case. A row that says nothing which is not sealed
    already is passed over.
    """
    if arguments.columns is None:
        raise VaultError(
            "nothing says what the table's columns hold",
            arguments.people,
            "name a file with --columns (docs/protection.md)",
        )
    if not arguments.all_rows and not sys.stdin.isatty():
        raise VaultError(
            "nobody is there to decide about the rows",
            arguments.people,
            "run the command at a terminal, or seal every row with --all-rows",
        )
    proposed, known, nameless = _sorted(arguments, opened)
    chosen = [one for _, one in proposed] if arguments.all_rows else list(_chosen(proposed))
    taken = {one.code for one in opened.people}
    people = [replace(one, code=fresh_code(taken)) for one in chosen]
    accounts.seal_people(case, opened, people)
    if len(people) <= _NAMED:
        lines = [f"Sealed as {one.code}." for one in people]
    else:
        lines = [f"{len(people)} people were sealed, each under a code."]
    if left := len(proposed) - len(people):
        lines.append(f"Rows left out: {left}.")
    if known:
        lines.append(f"Rows that say nothing new: {known}.")
    if not nameless:
        return lines, []
    more = f" and {len(nameless) - _NAMED} more" if len(nameless) > _NAMED else ""
    named = ", ".join(map(shown, nameless[:_NAMED]))
    return lines, [f"Left out, for they have no name: {named}{more}."]


def _sorted(
    arguments: argparse.Namespace, opened: Open
) -> tuple[list[tuple[str, Identity]], int, list[str]]:
    """Return the rows that are proposed, how many are known, and the names of those without a name."""
    proposed: list[tuple[str, Identity]] = []
    nameless: list[str] = []
    known = 0
    called: defaultdict[str, list[Identity]] = defaultdict(list)
    for one in opened.people:
        for name in one.names:
            called[name].append(one)
    for row, identity in rows_of(arguments.people, arguments.columns):
        if identity is None:
            nameless.append(row)
        elif any(_covers(one, identity) for one in called[identity.names[0]]):
            known += 1
        else:
            proposed.append((row, identity))
            called[identity.names[0]].append(identity)
    return proposed, known, nameless


def _covers(sealed: Identity, row: Identity) -> bool:
    """Say whether all that a row says of somebody is sealed."""
    pairs: Sequence[tuple[Sequence[object], Sequence[object]]] = (
        (sealed.names, row.names),
        (sealed.contacts, row.contacts),
        (sealed.relatives, row.relatives),
        (sealed.withheld, row.withheld),
    )
    return all(set(said) <= set(known) for known, said in pairs)


def _chosen(proposed: Iterable[tuple[str, Identity]]) -> Iterator[Identity]:
    every = False
    for row, identity in proposed:
        if not every:
            print(f"{shown(row)}: {_described(identity)}")
            answer = input(_ASKED).strip().casefold()[:1]
            if answer == "q":
                return
            every = answer == "a"
            if answer != "y" and not every:
                continue
        yield identity


def _described(one: Identity) -> str:
    parts = (
        ", also ".join(one.names),
        "; ".join(one.contacts),
        f"relatives: {'; '.join(one.relatives)}" if one.relatives else "",
        "; ".join(f"{what}: {value}" for what, value in one.withheld),
    )
    return shown("; ".join(part for part in parts if part))
