"""Signatures that `ssh-keygen -Y verify` checks, after OpenSSH PROTOCOL.sshsig; the only key type is Ed25519."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha512

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from guvoh.casefile.actor import Actor

_MAGIC = b"SSHSIG"
_TYPE = b"ssh-ed25519"
_HASH = b"sha512"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70  # characters of a line, as ssh-keygen writes them


class SignatureError(Exception):
    """A signature is malformed or does not hold; the message says which."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was read: raw public key, namespace, and the 64 bytes."""

    public: bytes
    namespace: bytes
    signature: bytes


def public_line(public: bytes) -> str:
    """Return a raw public key as OpenSSH writes it: `ssh-ed25519 AAAA…`."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def sign(data: bytes, namespace: str, actor: Actor) -> bytes:
    """Return an armoured signature over `data`."""
    signed = actor.private.sign(_signed(data, namespace.encode()))
    return _armoured(Signature(actor.public, namespace.encode(), signed))


def read(armoured: bytes) -> Signature:
    """Read a signature; raises SignatureError for any other spelling than that of a writer."""
    try:
        lines = armoured.decode("ascii").split("\n")
        blob = base64.b64decode("".join(lines[1:-2]), validate=True)
        found = _parsed(blob)
    except (UnicodeDecodeError, binascii.Error, ValueError):
        raise SignatureError("it is no signature of an Ed25519 key") from None
    if _armoured(found) != armoured:
        raise SignatureError("it is not spelled as a signature is")
    return found


def verify(found: Signature, data: bytes, namespace: str) -> None:
    """Raise SignatureError unless the signature is over `data` in this namespace."""
    if found.namespace != namespace.encode():
        raise SignatureError("it was made for another purpose")
    try:
        key = Ed25519PublicKey.from_public_bytes(found.public)
        key.verify(found.signature, _signed(data, found.namespace))
    except (InvalidSignature, ValueError):
        raise SignatureError("it does not hold") from None


def _signed(data: bytes, namespace: bytes) -> bytes:
    return b"".join(
        [_MAGIC, _string(namespace), _string(b""), _string(_HASH), _string(sha512(data).digest())]
    )


def _armoured(one: Signature) -> bytes:
    blob = b"".join(
        [
            *(_MAGIC, (1).to_bytes(4), _string(_string(_TYPE) + _string(one.public))),
            *(_string(one.namespace), _string(b""), _string(_HASH)),
            _string(_string(_TYPE) + _string(one.signature)),
        ]
    )
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4) + data


def _parsed(blob: bytes) -> Signature:
    """Take the parts out of a blob; what does not fit shows when it is written again."""
    parts: list[bytes] = []
    rest = blob[len(_MAGIC) + 4 :]
    while rest:
        length = int.from_bytes(rest[:4])
        parts.append(rest[4 : 4 + length])
        rest = rest[4 + length :]
    if len(parts) != 5:
        raise ValueError(blob)
    start = 4 + len(_TYPE) + 4
    return Signature(parts[0][start:], parts[1], parts[4][start:])
