"""What lies sealed in a vault: identities, and originals whose masked text is what builds read."""

from base64 import b64decode, b64encode
from collections.abc import Sequence

import msgspec

from guvoh.protect import age
from guvoh.protect.age import SealError
from guvoh.protect.identity import Consent, Identity


class Account(
    msgspec.Struct, frozen=True, tag_field="type", tag="account", forbid_unknown_fields=True
):
    """An original. `masked` is the digest of the capture that was made of it, whose bytes can be read.

    `spans` are byte ranges of the original that were masked, `codes` whose they are, one each.
    """

    v: int
    file: str
    origin: str
    masked: str
    original: str  # base64
    spans: tuple[tuple[int, int], ...]
    codes: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """Return the original bytes."""
        return b64decode(self.original)


class Person(
    msgspec.Struct, frozen=True, tag_field="type", tag="identity", forbid_unknown_fields=True
):
    """An identity as it lies in the vault (`protect.identity.Identity`)."""

    v: int
    code: str
    names: tuple[str, ...]
    contacts: tuple[str, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()
    relatives: tuple[str, ...] = ()
    pseudonym: str | None = None
    consent: Consent = Consent()


class Original(
    msgspec.Struct, frozen=True, tag_field="type", tag="original", forbid_unknown_fields=True
):
    """A private account as it came. It lies in a sealed capture, not in the vault."""

    v: int
    file: str
    media_type: str
    original: str  # base64

    @property
    def data(self) -> bytes:
        """Return the original bytes."""
        return b64decode(self.original)


class Told(msgspec.Struct, frozen=True, tag_field="type", tag="told", forbid_unknown_fields=True):
    """What joins a private account's capture to its original, and what its teller agreed to.

    `code` names the account ("A-7QK2"), `capture` is the pseudonymised text, `sealed` the capture that
    holds the original, whose SHA-256 is `digest`. `spans` pair code points of the original's text with
    those of the capture; `codes` are whose each is. `teller` is the code of who tells it, if said.
    """

    v: int
    code: str
    capture: str
    sealed: str
    digest: str
    spans: tuple[tuple[int, int, int, int], ...]
    codes: tuple[tuple[str, ...], ...]
    teller: str | None = None
    consent: Consent = Consent()


Record = Account | Person | Original | Told
_RECORD: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


def account(
    file: str,
    origin: str,
    masked: str,
    original: bytes,
    marks: Sequence[tuple[tuple[int, int], str]],
) -> Account:
    """Return the record of an original with its masked byte ranges and whose they are."""
    return Account(
        1,
        file,
        origin,
        masked,
        b64encode(original).decode(),
        tuple(span for span, _ in marks),
        tuple(code for _, code in marks),
    )


def original(file: str, media_type: str, data: bytes) -> Original:
    """Return the record of a private account as it came."""
    return Original(1, file, media_type, b64encode(data).decode())


def person(identity: Identity) -> Person:
    """Return the record of an identity."""
    fields = (identity.contacts, identity.withheld, identity.relatives)
    return Person(1, identity.code, identity.names, *fields, identity.pseudonym, identity.consent)


def identity(record: Person) -> Identity:
    """Return the identity of a record."""
    fields = (record.contacts, record.withheld, record.relatives)
    return Identity(record.code, record.names, *fields, record.pseudonym, record.consent)


def seal(record: Record, recipients: Sequence[str]) -> bytes:
    """Return the age file of a record: JSON and spaces, so that `age -d` shows it as it is."""
    return age.seal(age.pad(msgspec.json.encode(record)), recipients)


def unseal(sealed: bytes, secrets: Sequence[str]) -> Record:
    """Return the record in an age file; SealError where it cannot be opened or is none of ours."""
    try:
        return _RECORD.decode(age.unseal(sealed, secrets))
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise SealError("it is no record of a vault that this guvoh knows") from None
