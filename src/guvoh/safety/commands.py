"""What the commands that protect people do: keyholder, seal, unseal, check, erase."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from guvoh.casefile import state
from guvoh.casefile.case import Case, now, open_case, open_or_create
from guvoh.casefile.disk import write_whole
from guvoh.casefile.journal import read as read_journal
from guvoh.model.capture import Exposure
from guvoh.pipeline import accounts, keeping, releasing, screening, withholding
from guvoh.pipeline.keeping import Open, VaultError
from guvoh.pipeline.releasing import Override
from guvoh.protect import age
from guvoh.protect.identity import Consent, Identity
from guvoh.protect.leaks import find
from guvoh.protect.registry import Registry
from guvoh.protect.screen import mask_name
from guvoh.protect.vault import Told
from guvoh.safety.drafts import check_drafts
from guvoh.safety.options import KEY_VARIABLE, PASSPHRASE_VARIABLE
from guvoh.safety.people import consent_of, identity_of, parsed
from guvoh.safety.rows import seal_rows
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
    case = getattr(arguments, "case", None)
    if case is not None and named.resolve().is_relative_to(Path(case).resolve()):
        raise VaultError(
            "a key may not lie in the case that it opens",
            named,
            "move it elsewhere; every copy of the case holds it",
        )
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


def must_open(arguments: argparse.Namespace, case: Case) -> Open:
    """Return the unlocked vault, an empty one where nothing is sealed; VaultError without a key."""
    secrets = secrets_of(arguments)
    if not secrets:
        raise VaultError("this needs a key", None, f"name its file with --key or in {KEY_VARIABLE}")
    return keeping.unlock(case, secrets)


def kept_of(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the strings that stay in a release in spite of suspicion, each with its reason."""
    found: dict[str, str] = {}
    for given in arguments.keep or ():
        string, _, reason = given.partition("=")
        if not string or not reason.strip():
            raise VaultError("a string stays only for a reason", None, "write --keep STRING=REASON")
        found[string] = reason.strip()
    return found


def override_of(arguments: argparse.Namespace, case: Case) -> Override | None:
    """Return who overrides a refusal and why, None where nobody does; it takes two key-holders' keys."""
    if arguments.override is None:
        return None
    second = argparse.Namespace(
        key=arguments.second_key, passphrase_file=arguments.second_passphrase_file
    )
    names: list[str] = []
    for one in (arguments, second):
        own = secrets_of(one) if one.key is not None else ()
        fresh = [name for name in keeping.holders_of(case, own) if name not in names]
        if not fresh or not keeping.unlock(case, own):
            raise VaultError(
                "a refusal is overridden by two key-holders, each with a key of their own",
                None,
                "name the keys with --key and --second-key",
            )
        names += fresh[:1]
    return Override((names[0], names[1]), arguments.override)


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
    accounts.reseal_accounts(case, known)
    return "\n".join([f"{name} holds a key now: {recipient}", *_advice(case)]), []


def _add(arguments: argparse.Namespace, case: Case) -> Said:
    if arguments.recipient is None:
        raise VaultError("whose recipient is it?", None, "give a name and a recipient, age1…")
    try:
        secrets = secrets_of(arguments)
        keeping.add_holder(case, _named(arguments), arguments.recipient, secrets, arguments.device)
        accounts.reseal_accounts(case, secrets)
    except age.SealError as error:
        raise VaultError(
            f"nobody was added: {error}", None, "ask for an age X25519 recipient"
        ) from None
    return "\n".join([f"{arguments.name} holds a key now.", *_advice(case)]), []


def _remove(arguments: argparse.Namespace, case: Case) -> Said:
    secrets = secrets_of(arguments)
    keeping.remove_holder(case, _named(arguments), secrets)
    accounts.reseal_accounts(case, secrets)
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
    secrets = secrets_of(arguments)
    keeping.reseal(case, secrets)
    accounts.reseal_accounts(case, secrets)
    return "Everything is sealed for the present key-holders.", []


def _drill(arguments: argparse.Namespace, case: Case) -> Said:
    """Try whether a key opens everything, as it would have to after a loss."""
    found = must_open(arguments, case)
    for told in found.told:
        accounts.original_of(case, told, found.secrets)
    originals = len(found.accounts) + len(found.told)
    return f"This key opens all {len(found.people)} identities and {originals} originals.", []


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
    if arguments.account is not None:
        return _agree(arguments, case)
    lines: list[str] = []
    problems: list[str] = []
    before = opened(arguments, case)
    if arguments.person is not None:
        code, problems = _seal_person(arguments, case, before)
        lines.append(f"Sealed as {code}.")
    if arguments.people is not None:
        said, more = seal_rows(arguments, case, must_open(arguments, case))
        lines += said
        problems += more
    if not secrets_of(arguments):
        lines.append(
            "The case itself was not looked through: run `guvoh seal` with --key to mask it."
        )
        return "\n".join(lines), problems
    found = must_open(arguments, case)
    done, admitted = screening.screen_case(case, found)
    lines.append(
        f"{done} captures were masked and their originals sealed; {admitted} were admitted."
    )
    screening.set_aside(case)
    problems += _blind(screening.unscreenable(case), found.registry)
    return "\n".join(lines), problems


def _agree(arguments: argparse.Namespace, case: Case) -> Said:
    """Record what the teller of an account agrees to from now on, or that consent is withdrawn."""
    found = must_open(arguments, case)
    told = accounts.find_told(found, arguments.account)
    if told is None:
        raise VaultError("no account of that name is sealed", None, "give its code, A-…")
    if arguments.withdraw:
        consent = replace(told.consent, withdrawn=now())
    elif arguments.consent is not None:
        consent = consent_of(parsed(arguments.consent))
    else:
        raise VaultError("what is agreed to?", None, "give --consent FILE or --withdraw")
    left = accounts.agree(case, found, told, consent)
    lines = [f"{told.code}:", *_agreed(consent)]
    if consent.withdrawn and left:
        lines.append(f"  It has left already, {', '.join(left)}: nothing calls that back.")
    return "\n".join(lines), []


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


def _seal_person(
    arguments: argparse.Namespace, case: Case, before: Open | None
) -> tuple[str, list[str]]:
    """Seal a person; return the code, and a sentence on each whose pseudonym is a name of theirs."""
    taken = {one.code for one in before.people} if before else set()
    identity = identity_of(parsed(arguments.person), releasing.fresh_code(taken))
    known = before.people if before else ()
    if identity.pseudonym:
        clash = [
            leak for leak in find(Registry([*known, identity]), identity.pseudonym) if leak.certain
        ]
        if clash:
            codes = [code for code in clash[0].codes if code != identity.code]
            named = f"a name of {' or '.join(codes)}" if codes else "the person's own name"
            raise VaultError(f"the pseudonym is {named}", None, "choose another one")
    keeping.seal_person(case, identity)
    own = Registry([identity])
    return identity.code, [
        f"{one.code} bears a name of {identity.code} as pseudonym: where it stands, nothing will leave. "
        f"Seal {one.code} anew with another one."
        for one in known
        if one.pseudonym and any(leak.certain for leak in find(own, one.pseudonym))
    ]


def unseal(arguments: argparse.Namespace) -> Said:
    """Show an identity, or give an original back, after the journal has noted it."""
    case = open_case(arguments.case)
    found = must_open(arguments, case)
    people = [one for one in found.people if arguments.what in (one.code, "all")]
    if people:
        for one in people:
            keeping.note_unsealed(case, one.code)
        return "\n".join(line for one in people for line in _told(one)), []
    told = accounts.find_told(found, arguments.what)
    if told is not None:
        return _unseal_account(arguments, case, told, found)
    masked = [one for one in found.accounts if one.masked.startswith(arguments.what)]
    if len(masked) != 1 or len(arguments.what) < 8:
        raise VaultError(
            "nothing of that name is sealed, or more than one thing",
            None,
            "give more of its digest",
        )
    if arguments.out is None:
        raise VaultError("an original needs a place", None, "name a file with --out")
    keeping.note_unsealed(case, masked[0].masked)
    write_whole(arguments.out.absolute(), masked[0].data, mode=0o600)
    return f"Written to {shown(str(arguments.out))}. Delete it when you are done.", []


def _unseal_account(arguments: argparse.Namespace, case: Case, told: Told, found: Open) -> Said:
    """Show what is known of an account; with --out, give the original back too."""
    keeping.note_unsealed(case, told.code)
    lines = [f"{told.code}: told by {told.teller or 'someone who is not said'}"]
    lines += list(_agreed(told.consent))
    if arguments.out is not None:
        original = accounts.original_of(case, told, found.secrets)
        write_whole(arguments.out.absolute(), original.data, mode=0o600)
        lines.append(f"Written to {shown(str(arguments.out))}. Delete it when you are done.")
    else:
        lines.append("Name a file with --out to have the original.")
    return "\n".join(lines), []


def _agreed(consent: Consent) -> Iterator[str]:
    for title, value in (
        ("consents to", ", ".join(consent.purposes) or "nothing"),
        ("authorities", ", ".join(map(shown, consent.authorities))),
        ("limits", shown(consent.limits)),
        ("told before to", shown(consent.earlier)),
        ("given", consent.given),
        ("withdrawn", consent.withdrawn),
    ):
        if value:
            yield f"  {title}: {value}"


def _told(one: Identity) -> Iterator[str]:
    yield f"{one.code}: {'; '.join(map(shown, one.names))}"
    for title, values in (("contacts", one.contacts), ("relatives", one.relatives)):
        if values:
            yield f"  {title}: {'; '.join(map(shown, values))}"
    for what, value in one.withheld:
        yield f"  withheld {shown(what)}: {shown(value)}"
    if one.consent.purposes:
        yield from _agreed(one.consent)


def erase(arguments: argparse.Namespace) -> Said:
    """Erase a capture, by digest or file, or an identity, by code."""
    case = open_case(arguments.case)
    secrets = secrets_of(arguments)
    known = state.fold(read_journal(case)).captures
    if secrets and keeping.is_used(case):
        opened_ = keeping.unlock(case, secrets)
        told = accounts.find_told(opened_, arguments.what)
        if told is not None:
            accounts.erase_account(case, opened_, told)
            return f"{told.code}, its original and what joins them are erased. {_BEYOND}", []
    named = [
        digest
        for digest, capture in known.items()
        if arguments.what in (digest, *(arrival.file for arrival in capture.arrivals))
    ]
    if any(known[one].exposure in (Exposure.PRIVATE, Exposure.SEALED) for one in named):
        raise VaultError("that is a private account", None, "an account needs --key")
    if named:
        for digest in named:
            keeping.erase_capture(case, digest)
        return f"{len(named)} captures and what the journal says of them are erased. {_BEYOND}", []
    if secrets and keeping.erase_person(case, arguments.what, secrets):
        return f"The identity {shown(arguments.what)} is erased. {_BEYOND}", []
    raise VaultError("nothing of that name is in the case", None, "an identity needs --key")


def check(arguments: argparse.Namespace) -> Said:
    """Look through drafts, for the people of a case where one is named."""
    known: list[Identity] = []
    if arguments.case is not None:
        case = open_case(arguments.case)
        if keeping.is_used(case):
            known += must_open(arguments, case).people
        names = withholding.supplied_names(case)
        known += [Identity("withheld", names)] if names else []
    return check_drafts(arguments.file, Registry(known), as_json=arguments.json)


COMMANDS: dict[str, Callable[[argparse.Namespace], Said]] = {
    "keyholder": keyholder,
    "seal": seal,
    "unseal": unseal,
    "erase": erase,
    "check": check,
}
