"""Who holds keys: a list that grows only, each entry signed by someone who was on it before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ADD, REMOVE = "add", "remove"


@dataclass(frozen=True, slots=True)
class Holder:
    """A key-holder: a name, the age recipient, and the device key that signs entries (hexadecimal)."""

    name: str
    recipient: str
    device: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The key-holders, in the order in which they came, and the digest of the whole list so far."""

    holders: tuple[Holder, ...] = ()
    head: str = ""
    length: int = 0

    def named(self, name: str) -> Holder | None:
        """Return the key-holder of that name."""
        return next((one for one in self.holders if one.name == name), None)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return the recipients to seal for."""
        return tuple(one.recipient for one in self.holders)


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the roster. `before` is the head under which it was signed, "" for the first."""

    v: int
    action: str
    name: str
    recipient: str
    device: str
    at: str
    before: str
    signer: str
    signature: str = ""


def signed(roster: Roster, action: str, holder: Holder, at: str, key: Ed25519PrivateKey) -> bytes:
    """Return a line for the roster, signed with a device key, and its line feed."""
    signer = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    bare = Entry(1, action, holder.name, holder.recipient, holder.device, at, roster.head, signer)
    signature = key.sign(msgspec.json.encode(bare)).hex()
    return msgspec.json.encode(msgspec.structs.replace(bare, signature=signature)) + b"\n"


def read(lines: Iterable[bytes]) -> tuple[Roster, tuple[str, ...]]:
    """Return the roster as far as it is signed, and a sentence for each line that is not.

    The first entry is signed by the device that it names; each later one by the device of someone who
    is on the list at that moment. From the first line that does not hold on, nothing is believed.
    """
    roster = Roster()
    for number, line in enumerate(lines, 1):
        entry = _entry(line)
        if entry is None or not _holds(entry, roster):
            return roster, (
                f"Line {number} of the roster of key-holders is not signed by one of them. It and "
                "what follows it is refused; nothing was sealed for whom it names.",
            )
        roster = _after(roster, entry, line)
    return roster, ()


def heads(lines: Sequence[bytes]) -> list[str]:
    """Return the head after each line, whoever signed it."""
    found: list[str] = []
    for line in lines:
        found.append(_head(found[-1] if found else "", line))
    return found


def _entry(line: bytes) -> Entry | None:
    try:
        entry = msgspec.json.decode(line, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return entry if entry.v == 1 and entry.action in (ADD, REMOVE) else None


def _holds(entry: Entry, roster: Roster) -> bool:
    if entry.before != roster.head:
        return False
    first = not roster.length and entry.action == ADD and entry.signer == entry.device
    if not first and entry.signer not in {one.device for one in roster.holders}:
        return False
    known = roster.named(entry.name)
    if (known is None) is not (entry.action == ADD):
        return False
    bare = msgspec.structs.replace(entry, signature="")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(entry.signer))
        key.verify(bytes.fromhex(entry.signature), msgspec.json.encode(bare))
    except (InvalidSignature, ValueError):
        return False
    return True


def _after(roster: Roster, entry: Entry, line: bytes) -> Roster:
    holders = tuple(one for one in roster.holders if one.name != entry.name)
    if entry.action == ADD:
        holders = (*holders, Holder(entry.name, entry.recipient, entry.device))
    return Roster(holders, _head(roster.head, line), roster.length + 1)


def _head(before: str, line: bytes) -> str:
    return sha256(before.encode() + b"\n" + line.rstrip(b"\n")).hexdigest()
