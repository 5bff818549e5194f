"""Signed notes after C2SP signed-note: a text, an empty line, and lines that sign it with Ed25519."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from guvoh.casefile.actor import Actor

_ED25519 = b"\x01"
_DASH = "\u2014 "


class NoteError(Exception):
    """A note is malformed, or its signature does not hold; the message says which."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was read: its text up to and with the last line feed, and (name, key hash, signature)."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


def key_hash(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature line names its key."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """Return a key as C2SP tools take it: `<name>+<hash>+<base64>`."""
    tagged = base64.b64encode(_ED25519 + public).decode()
    return f"{name}+{key_hash(name, public).hex()}+{tagged}"


def sign(text: str, name: str, actor: Actor) -> str:
    """Return the note over `text`, which ends in a line feed, signed under a key name."""
    signature = actor.private.sign(text.encode())
    tagged = base64.b64encode(key_hash(name, actor.public) + signature).decode()
    return f"{text}\n{_DASH}{name} {tagged}\n"


def parse(data: bytes) -> Note:
    """Take a note apart; raises NoteError for anything that no writer of notes writes."""
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise NoteError("it is no text") from None
    text, parted, rest = whole.rpartition("\n\n")
    if not parted or not rest.endswith("\n") or not text:
        raise NoteError("it has no signature")
    return Note(text + "\n", tuple(_signature(line) for line in rest[:-1].split("\n")))


def holds(note: Note, name: str, public: bytes) -> bool:
    """Say whether this key has signed the note under this name."""
    known = key_hash(name, public)
    for signer, key, signature in note.signatures:
        if signer == name and key == known:
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, note.text.encode())
            except (InvalidSignature, ValueError):
                return False
            return True
    return False


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, tagged = line.removeprefix(_DASH).partition(" ")
    try:
        data = base64.b64decode(tagged, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    # Base64 has spare bits: only the one spelling that a writer uses is taken.
    spelled = base64.b64encode(data).decode()
    if not line.startswith(_DASH) or not name or len(data) != 68 or spelled != tagged:
        raise NoteError("a signature line is malformed")
    return name, data[:4], data[4:]
