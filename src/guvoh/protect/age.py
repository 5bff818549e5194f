"""Sealing with age (age-encryption.org/v1): X25519 recipients, padded plaintexts, wrapped key files."""

import re
from collections.abc import Sequence

import pyrage

# Sealed files of a kind are of few sizes, so that size tells nothing of whom they are about: 16 KiB
# takes any identity that people write by hand; each next bucket is four times the last.
SMALLEST = 16 << 10
_GROWTH = 4
# 2^20 rounds of scrypt take 1 GiB and a few seconds; a file that asks for more wants to stop us.
WORK = 20
_WORK_LINE = re.compile(rb"^-> scrypt [A-Za-z0-9+/]{1,64} ([0-9]{1,9})$", re.MULTILINE)
_SECRET = re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]{20,80}")
_HEADER = 4096  # bytes of an age file in which its stanzas are looked for
_TRIES = 6
_TOO_MUCH = "Excessive work"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"


class SealError(ValueError):
    """A key, a recipient or a sealed file cannot be used; the message is one clause in plain words."""


def generate() -> tuple[str, str]:
    """Return a new secret key and its recipient."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def recipient_of(secret: str) -> str:
    """Return the recipient of a secret key."""
    return str(_identity(secret).to_public())


def check_recipient(recipient: str) -> None:
    """Raise SealError for what is no X25519 recipient.

    Others, post-quantum ones among them, are refused: one file with both kinds is as weak as X25519
    and looks as if it were not.
    """
    _recipient(recipient)


def seal(plain: bytes, recipients: Sequence[str]) -> bytes:
    """Return an age file that any of these recipients can open."""
    if not recipients:
        raise SealError("there is nobody to seal it for")
    return bytes(pyrage.encrypt(plain, [_recipient(one) for one in recipients]))


def unseal(sealed: bytes, secrets: Sequence[str]) -> bytes:
    """Return what an age file holds; SealError says whether the key is wrong or the file damaged."""
    try:
        return bytes(pyrage.decrypt(sealed, [_identity(one) for one in secrets]))
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise SealError("none of these keys opens it") from None
        raise SealError("it is damaged or cut off") from None


def pad(record: bytes) -> bytes:
    """Return a JSON text with spaces after it, as long as the bucket that it fits in."""
    size = SMALLEST
    while size < len(record) + 1:
        size *= _GROWTH
    return record + b"\n" + b" " * (size - len(record) - 1)


def wrap(secret: str, passphrase: str) -> bytes:
    """Return a key file that `age -d` opens with a passphrase and `age -i` takes as it is."""
    if not passphrase:
        raise SealError("an empty passphrase protects nothing")
    recipient = recipient_of(secret)
    text = f"# public key: {recipient}\n{secret}\n"
    return bytes(pyrage.passphrase.encrypt(text.encode(), passphrase))


def is_wrapped(data: bytes) -> bool:
    """Say whether a key file needs a passphrase."""
    return data.startswith((b"age-encryption.org/", _ARMOR))


def unwrap(data: bytes, passphrase: str | None) -> tuple[str, ...]:
    """Return the secret keys of a key file, plain or wrapped; SealError where there are none.

    A scrypt work factor above `WORK` is refused before any work is done.
    """
    if is_wrapped(data):
        if data.startswith(_ARMOR):
            raise SealError(
                "an armoured key file is not read: make it binary with `age -d` and `age -p`"
            )
        found = _WORK_LINE.search(data[:_HEADER])
        if found is None:
            raise SealError("it is sealed to keys, not to a passphrase")
        if int(found[1]) > WORK:
            raise SealError("it asks for more work than any real key file does")
        if passphrase is None:
            raise SealError("it needs its passphrase")
        data = _opened(data, passphrase)
    secrets = tuple(_SECRET.findall(data.decode("utf-8", errors="replace")))
    if not secrets:
        raise SealError("it holds no age key")
    for secret in secrets:
        _identity(secret)
    return secrets


def _opened(data: bytes, passphrase: str) -> bytes:
    """Return what a passphrase opens.

    rage measures at each call what the machine can do, and refuses what would take it too long: on a
    busy machine that is now and then a key file of its own.
    """
    for _ in range(_TRIES):
        try:
            return bytes(pyrage.passphrase.decrypt(data, passphrase))
        except pyrage.DecryptError as error:
            if _TOO_MUCH not in str(error):
                raise SealError("the passphrase is wrong or the file is damaged") from None
    raise SealError(
        "this machine is too busy or too slow for the work that it asks for; close other programs and try again"
    )


def _identity(secret: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise SealError("it holds no age key that can be used") from None


def _recipient(recipient: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise SealError("only X25519 recipients (age1…) are taken") from None
