"""The vault at work: who holds keys, what is sealed, what a case knows once it is unlocked, erasing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from guvoh.casefile import captures, journal, vault
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, append_lock, now
from guvoh.casefile.errors import CaseError
from guvoh.casefile.records import (
    Arrived,
    Assessed,
    Content,
    Declared,
    Noticed,
    Observed,
    Published,
    Record,
    Withheld,
)
from guvoh.model.finding import Finding
from guvoh.protect import age, roster
from guvoh.protect import vault as records
from guvoh.protect.age import SealError
from guvoh.protect.identity import Identity
from guvoh.protect.registry import Registry
from guvoh.protect.roster import Holder, Roster
from guvoh.protect.vault import Account, Person, Told

STEP = "vault"


class VaultError(CaseError):
    """Something cannot be done with the vault; the message is one sentence."""


@dataclass(frozen=True)
class Open:
    """An unlocked vault: the keys that opened it, and what lies in it. It lives in memory alone."""

    secrets: tuple[str, ...]
    people: tuple[Identity, ...]
    accounts: tuple[Account, ...]
    registry: Registry
    told: tuple[Told, ...] = ()
    names: dict[str, str] = field(default_factory=dict)  # by code, the file of its record


def holders(case: Case) -> tuple[Roster, tuple[Finding, ...]]:
    """Return the key-holders whom the roster signs, and a finding for what it does not.

    Raises VaultError where the roster is not a continuation of what this device saw last.
    """
    lines = vault.roster_lines(case)
    known = vault.known_head(case)
    if known and known not in roster.heads(lines):
        raise VaultError(
            "the roster of key-holders is not the one that this device knows",
            case.vault / "roster.jsonl",
            "ask your colleagues before you seal anything, and restore the file from a backup",
        )
    found, faults = roster.read(lines)
    if found.head and not faults and found.head != known:
        vault.remember_head(case, found.head)
    return found, tuple(Finding(STEP, "roster", text, problem=True) for text in faults)


def add_holder(
    case: Case, name: str, recipient: str, secrets: Sequence[str], device: str = ""
) -> None:
    """Put a key-holder on the roster and seal everything for the holder too.

    `device` is the holder's device key in hexadecimal, this device's where it is not given. `secrets`
    open what is sealed already.
    """
    current = _sound(case)
    age.check_recipient(recipient)
    if current.named(name) or recipient in current.recipients:
        raise VaultError(
            f"{name} or this recipient is on the roster already", None, "see keyholder list"
        )
    _must_open(case, secrets)
    actor = load_actor()
    holder = Holder(name, recipient, device or actor.public.hex())
    vault.append_to_roster(case, roster.signed(current, roster.ADD, holder, now(), actor.private))
    reseal(case, secrets)


def remove_holder(case: Case, name: str, secrets: Sequence[str]) -> None:
    """Take a key-holder off the roster and seal everything anew for those who stay."""
    current = _sound(case)
    holder = current.named(name)
    if holder is None:
        raise VaultError(f"{name} is not on the roster", None, "see keyholder list")
    if len(current.holders) == 1:
        raise VaultError(
            f"{name} is the only key-holder",
            None,
            "add another one first, or nobody could open anything",
        )
    _must_open(case, secrets)
    actor = load_actor()
    vault.append_to_roster(
        case, roster.signed(current, roster.REMOVE, holder, now(), actor.private)
    )
    if _sound(case).named(name):
        raise VaultError("this device may not change the roster", None, "ask a key-holder")
    reseal(case, secrets)


def reseal(case: Case, secrets: Sequence[str]) -> None:
    """Seal every record anew for the present key-holders; one that is interrupted can be run again."""
    recipients = _sound(case).recipients
    for name in vault.names(case):
        plain = _opened(case, name, secrets)
        vault.put(case, name, records.seal(plain, recipients))


def unlock(case: Case, secrets: Sequence[str]) -> Open:
    """Open every record of the vault; VaultError for the first that cannot be opened."""
    people: list[Identity] = []
    accounts: list[Account] = []
    told: list[Told] = []
    names: dict[str, str] = {}
    for name in vault.names(case):
        match _opened(case, name, secrets):
            case Person() as one:
                people.append(records.identity(one))
                names[one.code] = name
            case Told() as one:
                told.append(one)
                names[one.code] = name
            case Account() as one:
                accounts.append(one)
    ordered = sorted(people, key=lambda one: one.code)
    known = tuple(sorted(told, key=lambda one: one.code))
    return Open(tuple(secrets), tuple(ordered), tuple(accounts), Registry(ordered), known, names)


def holders_of(case: Case, secrets: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the key-holders whose keys these are."""
    own = {age.recipient_of(one) for one in secrets}
    return tuple(one.name for one in _sound(case).holders if one.recipient in own)


def holds_key(case: Case, secrets: Sequence[str]) -> bool:
    """Say whether one of these keys is a key-holder's, so that what is sealed now can be opened with it."""
    return bool(holders_of(case, secrets))


def seal_person(case: Case, identity: Identity) -> str:
    """Seal an identity for all key-holders, and return the name of its record; it takes no key."""
    name = vault.add(case, records.seal(records.person(identity), recipients(case)))
    journal.append(case, load_actor(), [Observed(None, STEP, f"{identity.code} was sealed")], now())
    return name


def seal_account(case: Case, account: Account) -> None:
    """Seal an original for all key-holders."""
    vault.add(case, records.seal(account, recipients(case)))


def change(case: Case, opened: Open, record: Person | Told) -> None:
    """Put a record in the place of the one of its code, all of it or nothing."""
    sealed = records.seal(record, recipients(case))
    names = opened.names
    names[record.code] = vault.put(case, names[record.code], sealed)


def note_unsealed(case: Case, what: str) -> None:
    """Journal that someone was shown what is sealed, before it is shown."""
    journal.append(case, load_actor(), [Observed(None, STEP, f"{what} was shown")], now())


def is_used(case: Case) -> bool:
    """Say whether anything is sealed, so that new reports must be screened."""
    return bool(vault.names(case))


def erase_capture(case: Case, digest: str, instead: str | None = None) -> int:
    """Erase a capture: its records become tombstones, then its bytes go; return how many records.

    That its report was released is kept of the capture that stands `instead` of it, if one does. If that is interrupted after the tombstones, the next opening of the case deletes the bytes.
    """
    with append_lock(case):
        captures.doom(case, [digest])
        number = erase_records(case, digest, instead)
        captures.remove(case, digest)
    return number


def erase_records(case: Case, digest: str, instead: str | None = None) -> int:
    """Erase what the journal says of a capture, its names included; return how many records.

    What it says of releases is written anew without the capture, whose digest would confirm a guess.
    """
    records_ = journal.read(case)
    anew = [_without(one, digest, instead) for one in records_ if _tells_of(one.content, digest)]
    if anew:
        journal.append(case, load_actor(), anew, now())
    every = [record.content for record in records_]
    mine = [one for one in every if isinstance(one, Arrived) and one.capture == digest]
    others = {one.file for one in every if isinstance(one, Arrived)} - {one.file for one in mine}
    files = {one.file for one in mine} - others

    def doomed(content: Content) -> bool:
        match content:
            case Arrived() | Declared() | Observed() | Withheld():
                return content.capture == digest
            case Assessed(target=target):
                return digest in (target.capture, target.other)
            case Noticed(file=file):
                return file in files
        return _tells_of(content, digest)

    return journal.erase(case, doomed, load_actor(), now())


def _tells_of(content: Content, digest: str) -> bool:
    """Say whether a release tells of a capture: ids of people and reports have its digest in them."""
    if not isinstance(content, Published):
        return False
    return any(_is_of(texts, digest) for texts in (*content.codes, *content.decisions))


def _is_of(texts: tuple[str, ...], digest: str) -> bool:
    """Say whether a part of a record tells of a capture, or of an event or family, whose ids may come from it."""
    return texts[0].startswith(("event ", "family ")) or any(digest in text for text in texts)


def _without(record: Record, digest: str, instead: str | None) -> Published:
    """Return what a record says of a release, without a capture, or with the one that stands for it."""
    told = record.content
    assert isinstance(told, Published)  # noqa: S101  # `_tells_of` chose it
    codes = [one for one in told.codes if not _is_of(one, digest)]
    if instead is not None:
        left = [code for name, code in told.codes if name == f"report {digest}"]
        codes += [(f"report {instead}", code) for code in left]
    return replace(
        told,
        codes=tuple(codes),
        decisions=tuple(one for one in told.decisions if not _is_of(one, digest)),
        released_at=told.released_at or record.at,
    )


def erase_person(case: Case, code: str, secrets: Sequence[str]) -> int:
    """Erase an identity from the vault; return how many records of it there were."""
    number = 0
    for name in vault.names(case):
        record = _opened(case, name, secrets)
        if isinstance(record, Person) and record.code == code:
            vault.remove(case, name)
            number += 1
    if number:
        journal.append(case, load_actor(), [Observed(None, STEP, f"{code} was erased")], now())
    return number


def key_file(path: Path, passphrase: str | None) -> tuple[str, ...]:
    """Return the secret keys of a key file; VaultError says why there are none."""
    try:
        return age.unwrap(path.read_bytes(), passphrase)
    except OSError as error:
        raise VaultError(
            f"the key file cannot be read ({error.strerror})", path, "check the path"
        ) from None
    except SealError as error:
        raise VaultError(
            f"the key file cannot be used: {error}", path, "check key and passphrase"
        ) from None


def _opened(case: Case, name: str, secrets: Sequence[str]) -> records.Record:
    try:
        return records.unseal(vault.read(case, name), secrets)
    except SealError as error:
        raise VaultError(
            f"a sealed record cannot be opened: {error}",
            case.vault / "records" / name,
            "use another key-holder's key, or restore the file from a backup",
        ) from None


def _must_open(case: Case, secrets: Sequence[str]) -> None:
    for name in vault.names(case)[:1]:
        _opened(case, name, secrets)


def _sound(case: Case) -> Roster:
    found, faults = holders(case)
    if faults:
        raise VaultError(
            "the roster of key-holders holds a line that none of them signed",
            case.vault / "roster.jsonl",
            "restore the file from a backup",
        )
    return found


def recipients(case: Case) -> tuple[str, ...]:
    """Return whom everything is sealed for; VaultError where nobody holds a key."""
    found = _sound(case).recipients
    if not found:
        raise VaultError(
            "the case has no key-holder, so nothing can be sealed",
            None,
            "make one with `guvoh keyholder new`",
        )
    return found
