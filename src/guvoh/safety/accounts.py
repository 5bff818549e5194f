"""`build --private`: asks the person at the terminal, or reads what was decided from a file."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from guvoh.casefile.case import Case, now
from guvoh.pipeline import accounts, keeping, screening
from guvoh.pipeline.accounts import Agreed, Brought
from guvoh.pipeline.confirming import Confirming
from guvoh.pipeline.keeping import Open, VaultError
from guvoh.pipeline.releasing import fresh_code
from guvoh.protect.identity import ADVOCACY, AUTHORITIES, PUBLICATION, Consent, Identity
from guvoh.protect.pseudonyms import Proposal, undecided
from guvoh.safety.people import consent_of, identity_of, parsed, strings_of
from guvoh.words import shown

_AROUND = 40  # characters of the account shown on each side of a name that is asked about
_LINES = 12  # lines named in a refusal
_HOW = "run the command at a terminal, or name a file with --decisions (docs/protection.md)"


def take_private(
    arguments: argparse.Namespace, case: Case, opened: Open
) -> tuple[list[str], list[str]]:
    """Take in private accounts; return what to say of each, and a sentence for each problem."""
    if not keeping.holds_key(case, opened.secrets):
        raise VaultError("this key is no key-holder's", None, "name the key of a key-holder")
    said: list[str] = []
    problems: list[str] = []
    given = _decided(arguments.decisions, opened) if arguments.decisions else None
    for path in _files(arguments.source):
        try:
            brought = accounts.bring(path)
            known = next((one for one in opened.told if one.digest == brought.digest), None)
            agreed = given or (Agreed() if known else _asked(brought, opened))
            opened, code = _take(case, opened, brought, agreed)
        except VaultError as trouble:
            problems.append(str(trouble))
            continue
        said.append(_told(code, agreed, known is not None))
    screening.screen_case(case, opened)
    return said, problems


def _take(case: Case, opened: Open, brought: Brought, agreed: Agreed) -> tuple[Open, str]:
    """Seal whom an account names, then take it in; nothing is stored while a name is undecided."""
    wider = accounts.with_people(opened, agreed.people)
    settled = (*agreed.kept, *agreed.withheld)
    left = undecided(brought.text, brought.language, wider.registry, settled)
    if left and all(one.digest != brought.digest for one in opened.told):
        raise VaultError(
            f"{shown(brought.file)} was not taken in, for of some names or numbers in it nobody has decided: "
            f"{len(left)}, on lines {_lines(brought.text, left)}",
            None,
            _HOW,
        )
    sealed = accounts.seal_people(case, opened, agreed.people)
    return accounts.take_account(case, sealed, brought, agreed)


def _files(sources: Sequence[Path]) -> Iterator[Path]:
    for source in sources:
        if source.is_dir():
            yield from sorted(path for path in source.rglob("*") if path.is_file())
        else:
            yield source


def _lines(text: str, left: Sequence[Proposal]) -> str:
    numbers = sorted({text.count("\n", 0, one.spans[0].start) + 1 for one in left})
    more = " …" if len(numbers) > _LINES else ""
    return ", ".join(map(str, numbers[:_LINES])) + more


def _told(code: str, agreed: Agreed, known: bool) -> str:
    if known:
        return f"{code} is in the case already."
    purposes = ", ".join(agreed.consent.purposes)
    may = f"may leave for {purposes}" if purposes else "leaves for no purpose: no consent was given"
    return f"{code} was taken in and its original sealed; it {may}."


def _decided(path: Path, opened: Open) -> Agreed:
    """Read decisions from TOML; docs/protection.md has an example."""
    data = parsed(str(path))
    known = {one.code: one for one in opened.people}
    taken = set(known)
    people: dict[str, Identity] = {}
    for label, table in dict(data.get("people", {})).items():
        if label in known:
            before = known[label]
            names = dict.fromkeys((*before.names, *strings_of(table, "names")))
            people[label] = replace(before, names=tuple(names))
        else:
            people[label] = _same(identity_of(table, fresh_code(taken)), opened)
    teller = data.get("teller")
    if teller is not None and teller not in people and teller not in known:
        raise VaultError("the teller is none of the people", path, "see docs/protection.md")
    return Agreed(
        tuple(people.values()),
        strings_of(data, "keep"),
        strings_of(data, "withhold"),
        people[teller].code if teller in people else teller,
        consent_of(data.get("consent", {})),
    )


def _same(fresh: Identity, opened: Open) -> Identity:
    """Return whom the vault knows by just these names already, as when a command is run again."""
    return next((one for one in opened.people if one.names == fresh.names), fresh)


def _asked(brought: Brought, opened: Open) -> Agreed:
    if not sys.stdin.isatty():
        settled = undecided(brought.text, brought.language, opened.registry, ())
        raise VaultError(
            f"{shown(brought.file)} was not taken in: nobody is there to confirm {len(settled)} names and "
            "numbers in it and to say what its teller agreed to",
            None,
            _HOW,
        )
    asking = Confirming(brought, opened)
    print(f"{shown(brought.file)}: what follows shows names. See that nobody looks on.")
    while left := asking.left():
        _ask_about(asking, left[0], len(left))
    return asking.agreed(_ask_teller(asking), _ask_consent(input))


def _ask_about(asking: Confirming, one: Proposal, left: int) -> None:
    text, span = asking.brought.text, one.spans[0]
    start, end = max(0, span.start - _AROUND), span.end + _AROUND
    print(f"\n{left} to decide. “{shown(one.text)}”, {len(one.spans)} times:")
    print(f"  …{shown(text[start:end])}…")
    several = [f"{code} {shown(who.names[0])}" for code, who in asking.people.items()]
    if several:
        print(f"  Protected so far: {'; '.join(several)}")
    answer = input(
        "  p protect under a code, CODE is that person, w withhold, k keep as it is: "
    ).strip()
    if asking.is_called(answer.upper(), one):
        return
    if answer == "p":
        name = None
        if not one.contact:
            name = input("  a pseudonym, or nothing for a code: ").strip() or None
        if name and asking.is_taken(name):
            print("  That is a name of somebody protected.")
            return
        asking.protect(one, name)
    elif answer == "w":
        asking.withheld.append(one.text)
    elif answer == "k":
        asking.kept.append(one.text)


def _ask_teller(asking: Confirming) -> str | None:
    people = {who.code for who in asking.known.people}
    while answer := input("\nWhose account is it? A code, or nothing if unknown: ").strip():
        if answer.upper() in people:
            return answer.upper()
        print("  That is no code of a protected person.")
    return None


def _ask_consent(ask: Callable[[str], str]) -> Consent:
    print("\nWhat did the teller agree to, knowing what it means? Nothing is no.")
    purposes = [
        one
        for one in (PUBLICATION, ADVOCACY)
        if ask(f"  {one}? yes or no: ").strip().lower() in _YES
    ]
    named = ask("  which authorities may have it? names with commas between: ")
    authorities = tuple(one.strip() for one in named.split(",") if one.strip())
    return Consent(
        (*purposes, *([AUTHORITIES] if authorities else [])),
        authorities,
        ask("  limits, in the teller's own words: ").strip(),
        ask("  told to whom before: ").strip(),
        now(),
    )


_YES = ("yes", "y", "да", "ha")
