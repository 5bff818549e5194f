"""What the commands that protect people do: keyholder, seal, unseal, check, erase."""

import argparse
import getpass
import os
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from guvoh.casefile import state
from guvoh.casefile.case import Case, open_case, open_or_create
from guvoh.casefile.disk import write_whole
from guvoh.casefile.journal import read as read_journal
from guvoh.pipeline import keeping, releasing, screening
from guvoh.pipeline.keeping import Open, VaultError
from guvoh.protect import age
from guvoh.protect.identity import Consent, Identity
from guvoh.protect.leaks import find
from guvoh.protect.registry import Registry
from guvoh.protect.screen import mask_name
from guvoh.safety.drafts import check_drafts
from guvoh.safety.options import KEY_VARIABLE, PASSPHRASE_VARIABLE
from guvoh.words import shown

Said = tuple[str, list[str]]  # what to print, and a sentence for each problem
_NAMED = 5  # files named in one sentence
_BEYOND = (
    "Deleted is not shredded: disks, file systems, backups, synchronised folders and copies that colleagues "
    "have may still hold it. Delete it there too."
)


def secrets_of(arguments: argparse.Namespace) -> tuple[str, ...]:
    """Return the secret keys that the command line or the environment names, none where neither does."""
    named = arguments.key or (
        Path(os.environ[KEY_VARIABLE]) if KEY_VARIABLE in os.environ else None
    )
    if named is None:
        return ()
    try:
        wrapped = age.is_wrapped(named.read_bytes())
    except OSError as error:
        raise VaultError(
            f"the key file cannot be read ({error.strerror})", named, "check the path"
        ) from None
    passphrase = (
        _passphrase(arguments.passphrase_file, f"Passphrase of {named.name}: ") if wrapped else None
    )
    return keeping.key_file(named, passphrase)


def _passphrase(file: Path | None, prompt: str) -> str:
    if file is None and PASSPHRASE_VARIABLE in os.environ:
        file = Path(os.environ[PASSPHRASE_VARIABLE])
    if file is not None:
        try:
            return file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise VaultError("the passphrase file cannot be read", file, "check the path") from None
    if not sys.stdin.isatty():
        raise VaultError(
            "a passphrase is needed and nobody is there to ask",
            None,
            "name a file with --passphrase-file",
        )
    return getpass.getpass(prompt)


def opened(arguments: argparse.Namespace, case: Case) -> Open | None:
    """Return the vault unlocked with the key that was named, None where none was or nothing is sealed."""
    secrets = secrets_of(arguments)
    return keeping.unlock(case, secrets) if secrets and keeping.is_used(case) else None


def _must_open(arguments: argparse.Namespace, case: Case) -> Open:
    secrets = secrets_of(arguments)
    if not secrets:
        raise VaultError("this needs a key", None, f"name its file with --key or in {KEY_VARIABLE}")
    return keeping.unlock(case, secrets)


def keyholder(arguments: argparse.Namespace) -> Said:
    """Run one action on the roster of key-holders."""
    return _ACTIONS[arguments.action](arguments, open_or_create(arguments.case))


def _new(arguments: argparse.Namespace, case: Case) -> Said:
    name, path = _named(arguments), arguments.new_key
    if path is None:
        raise VaultError(
            "the new key needs a place", None, "name a file outside the case with --new-key"
        )
    if path.exists():
        raise VaultError("this file exists", path, "choose another name, so that no key is lost")
    if path.absolute().resolve().is_relative_to(case.root.resolve()):
        raise VaultError(
            "a key may not lie in the case that it opens", path, "choose a place outside it"
        )
    prompt = "A passphrase for the new key, of several random words: "
    passphrase = _passphrase(arguments.new_passphrase_file, prompt)
    asked = arguments.new_passphrase_file is None and PASSPHRASE_VARIABLE not in os.environ
    if asked and getpass.getpass("The same once more: ") != passphrase:
        raise VaultError("the two passphrases differ", None, "run the command again")
    secret, recipient = age.generate()
    try:
        wrapped = age.wrap(secret, passphrase)
    except age.SealError as error:
        raise VaultError(f"no key was made: {error}", None, "choose a passphrase") from None
    known = secrets_of(arguments)
    write_whole(path.absolute(), wrapped, mode=0o600)
    keeping.add_holder(case, name, recipient, known, arguments.device)
    return "\n".join([f"{name} holds a key now: {recipient}", *_advice(case)]), []


def _add(arguments: argparse.Namespace, case: Case) -> Said:
    if arguments.recipient is None:
        raise VaultError("whose recipient is it?", None, "give a name and a recipient, age1…")
    try:
        keeping.add_holder(
            case, _named(arguments), arguments.recipient, secrets_of(arguments), arguments.device
        )
    except age.SealError as error:
        raise VaultError(
            f"nobody was added: {error}", None, "ask for an age X25519 recipient"
        ) from None
    return "\n".join([f"{arguments.name} holds a key now.", *_advice(case)]), []


def _remove(arguments: argparse.Namespace, case: Case) -> Said:
    keeping.remove_holder(case, _named(arguments), secrets_of(arguments))
    text = (
        f"{arguments.name} is off the roster, and everything is sealed anew for those who stay. Copies and "
        "backups from before still open with the old key."
    )
    return "\n".join([text, *_advice(case)]), []


def _list(_: argparse.Namespace, case: Case) -> Said:
    roster, faults = keeping.holders(case)
    lines = [f"{shown(one.name)}  {one.recipient}  device {one.device}" for one in roster.holders]
    return "\n".join([*lines, *_advice(case)]), [fault.text for fault in faults]


def _reseal(arguments: argparse.Namespace, case: Case) -> Said:
    keeping.reseal(case, secrets_of(arguments))
    return "Everything is sealed for the present key-holders.", []


def _drill(arguments: argparse.Namespace, case: Case) -> Said:
    """Try whether a key opens everything, as it would have to after a loss."""
    found = _must_open(arguments, case)
    return (
        f"This key opens all {len(found.people)} identities and {len(found.accounts)} originals.",
        [],
    )


_ACTIONS: dict[str, Callable[[argparse.Namespace, Case], Said]] = {
    "new": _new,
    "add": _add,
    "remove": _remove,
    "list": _list,
    "reseal": _reseal,
    "drill": _drill,
}


def _named(arguments: argparse.Namespace) -> str:
    if not arguments.name:
        raise VaultError("which key-holder?", None, "give a name")
    return str(arguments.name)


def _advice(case: Case) -> Iterator[str]:
    number = len(keeping.holders(case)[0].holders)
    if number == 0:
        yield "Nobody holds a key: nothing can be sealed."
    if number == 1:
        yield "One person holds a key. If it is lost, so is everything sealed: add a second one."


def seal(arguments: argparse.Namespace) -> Said:
    """Seal an identity where one is given, then mask in the case whom it protects."""
    case = open_case(arguments.case)
    lines: list[str] = []
    before = opened(arguments, case)
    if arguments.person is not None:
        lines.append(f"Sealed as {_seal_person(arguments, case, before)}.")
    if not secrets_of(arguments):
        lines.append(
            "The case itself was not looked through: run `guvoh seal` with --key to mask it."
        )
        return "\n".join(lines), []
    found = _must_open(arguments, case)
    done, admitted = screening.screen_case(case, found)
    lines.append(
        f"{done} captures were masked and their originals sealed; {admitted} were admitted."
    )
    screening.set_aside(case)
    return "\n".join(lines), _blind(screening.unscreenable(case), found.registry)


def _blind(files: Sequence[str], registry: Registry) -> list[str]:
    """Return a sentence on captures that nobody can look through, their names masked."""
    if not files:
        return []
    named = ", ".join(shown(mask_name(file, registry)) for file in files[:_NAMED])
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return [
        f"{len(files)} captures could not be looked through (archives, documents, pictures) and lie there as "
        f"they came, unread from now on: {named}{more}. Erase those that name someone sealed; "
        "build the others again with --public."
    ]


def _seal_person(arguments: argparse.Namespace, case: Case, before: Open | None) -> str:
    identity = _identity(arguments.person, {one.code for one in before.people} if before else set())
    if before is not None and identity.pseudonym:
        clash = [leak for leak in find(before.registry, identity.pseudonym) if leak.certain]
        if clash:
            raise VaultError(
                f"the pseudonym is a name of {' or '.join(clash[0].codes)}",
                None,
                "choose another one",
            )
    keeping.seal_person(case, identity)
    return identity.code


def _identity(source: str, taken: set[str]) -> Identity:
    """Read an identity from TOML; docs/protection.md has an example."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise VaultError(
            "the person cannot be read", None, "give a TOML file; see docs/protection.md"
        ) from None
    names = _strings(data, "names")
    if not names:
        raise VaultError("the person has no names", None, 'write names = ["…"]')
    consent = data.get("consent", {})
    return Identity(
        releasing.fresh_code(taken),
        names,
        _strings(data, "contacts"),
        tuple((str(key), str(value)) for key, value in dict(data.get("withheld", {})).items()),
        _strings(data, "relatives"),
        data.get("pseudonym"),
        Consent(
            _strings(consent, "purposes"),
            _strings(consent, "authorities"),
            str(consent.get("limits", "")),
            str(consent.get("earlier", "")),
            consent.get("given"),
            consent.get("withdrawn"),
        ),
    )


def _strings(data: dict[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise VaultError(f"“{key}” is no list of strings", None, "see docs/protection.md")
    return tuple(value)


def unseal(arguments: argparse.Namespace) -> Said:
    """Show an identity, or give an original back, after the journal has noted it."""
    case = open_case(arguments.case)
    found = _must_open(arguments, case)
    people = [one for one in found.people if arguments.what in (one.code, "all")]
    if people:
        for one in people:
            keeping.note_unsealed(case, one.code)
        return "\n".join(line for one in people for line in _told(one)), []
    accounts = [one for one in found.accounts if one.masked.startswith(arguments.what)]
    if len(accounts) != 1 or len(arguments.what) < 8:
        raise VaultError(
            "nothing of that name is sealed, or more than one thing",
            None,
            "give more of its digest",
        )
    if arguments.out is None:
        raise VaultError("an original needs a place", None, "name a file with --out")
    keeping.note_unsealed(case, accounts[0].masked)
    write_whole(arguments.out.absolute(), accounts[0].data, mode=0o600)
    return f"Written to {shown(str(arguments.out))}. Delete it when you are done.", []


def _told(one: Identity) -> Iterator[str]:
    yield f"{one.code}: {'; '.join(map(shown, one.names))}"
    for title, values in (("contacts", one.contacts), ("relatives", one.relatives)):
        if values:
            yield f"  {title}: {'; '.join(map(shown, values))}"
    for what, value in one.withheld:
        yield f"  withheld {shown(what)}: {shown(value)}"
    if one.consent.purposes:
        yield f"  consents to: {', '.join(one.consent.purposes)}"


def erase(arguments: argparse.Namespace) -> Said:
    """Erase a capture, by digest or file, or an identity, by code."""
    case = open_case(arguments.case)
    known = state.fold(read_journal(case)).captures
    named = [
        digest
        for digest, capture in known.items()
        if arguments.what in (digest, *(arrival.file for arrival in capture.arrivals))
    ]
    if named:
        for digest in named:
            keeping.erase_capture(case, digest)
        return f"{len(named)} captures and what the journal says of them are erased. {_BEYOND}", []
    secrets = secrets_of(arguments)
    if secrets and keeping.erase_person(case, arguments.what, secrets):
        return f"The identity {shown(arguments.what)} is erased. {_BEYOND}", []
    raise VaultError("nothing of that name is in the case", None, "an identity needs --key")


def check(arguments: argparse.Namespace) -> Said:
    """Look through drafts, for the people of a case where one is named."""
    registry = Registry(())
    if arguments.case is not None:
        registry = _must_open(arguments, open_case(arguments.case)).registry
    return check_drafts(arguments.file, registry, as_json=arguments.json)


COMMANDS: dict[str, Callable[[argparse.Namespace], Said]] = {
    "keyholder": keyholder,
    "seal": seal,
    "unseal": unseal,
    "erase": erase,
    "check": check,
}
