"""Private accounts: pseudonymised before anything is stored, the original sealed, consent kept with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import msgspec

from guvoh.casefile import captures, journal, state, vault
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.captures import Stored
from guvoh.casefile.case import Case, now
from guvoh.casefile.records import TOOL, Arrived, Content, Observed
from guvoh.clean.decode import decode
from guvoh.clean.formats import FORMATS, clean
from guvoh.clean.identify import HEAD, identify
from guvoh.clean.language import language_of
from guvoh.model.capture import Capture, Exposure
from guvoh.pipeline import keeping
from guvoh.pipeline.keeping import STEP, Open, VaultError
from guvoh.pipeline.releasing import fresh_code
from guvoh.protect import vault as records
from guvoh.protect.age import SealError
from guvoh.protect.identity import Consent, Identity
from guvoh.protect.leaks import find, together
from guvoh.protect.pseudonyms import pseudonymise
from guvoh.protect.registry import Registry
from guvoh.protect.vault import Told

MOST = 64 << 20  # bytes of one account; it is held in memory, never in a temporary file
SEALED = "application/age"
ORIGIN = "private account"
_OTHER = "use another key-holder's key, or restore the file from a backup"
_READ = frozenset(one.media_type for one in FORMATS)


@dataclass(frozen=True, slots=True)
class Brought:
    """An account as it was brought: its bytes, and its text as far as it can be read."""

    file: str
    media_type: str
    data: bytes
    text: str
    language: str

    @property
    def digest(self) -> str:
        """Return the digest of the bytes; outside the vault it would confirm a guess."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a person decided about accounts: who is protected, what is kept back, what was agreed to.

    `people` are new or have more names than before; `kept` are names that may be read by anyone.
    """

    people: tuple[Identity, ...] = ()
    kept: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    teller: str | None = None
    consent: Consent = field(default_factory=Consent)


def bring(path: Path) -> Brought:
    """Read an account into memory; VaultError for what has no text here. Nothing is written."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST else b""
    except OSError as error:
        raise VaultError(f"it cannot be read ({error.strerror})", path, "check the path") from None
    if size > MOST:
        raise VaultError("it is too long for one account", path, "cut it in parts of 64 MiB")
    return brought(path, data)


def brought(path: Path, data: bytes) -> Brought:
    """Return an account whose bytes are at hand, `path` being its name; VaultError where it has no text."""
    media_type = identify(data[:HEAD], len(data), path.name)
    if media_type not in _READ:
        raise VaultError(
            f"{media_type} has no text that could be pseudonymised",
            path,
            "write down what it says, and build that with --private",
        )
    text = _text(path.name, media_type, data)
    if not text.strip():
        raise VaultError("there is no text in it", path, "write down what it says")
    return Brought(path.name, media_type, data, text, language_of(text))


def _text(file: str, media_type: str, data: bytes) -> str:
    if media_type == "text/plain":
        return decode(data).text
    reports, _ = clean("0" * 64, file, media_type, data, now())
    return "\n\n".join(
        piece
        for one in reports
        for piece in (one.title.text if one.title else "", one.text)
        if piece
    )


def with_people(opened: Open, people: Iterable[Identity]) -> Open:
    """Return what a vault knows once these people are sealed in it too."""
    before = {one.code: one for one in opened.people}
    known = before | {one.code: one for one in people}
    if known == before:
        return opened
    every = tuple(sorted(known.values(), key=lambda one: one.code))
    return replace(opened, people=every, registry=Registry(every))


def take_account(case: Case, opened: Open, brought: Brought, agreed: Agreed) -> tuple[Open, str]:
    """Take an account in; return what the vault knows then, and its code, which may be known.

    `opened` knows the people of `agreed`. The order is such that a kill at any point leaves nothing
    unsealed and the same command can be run again: original and text go to the disk, then the record
    that joins them into the vault, then both into the journal.
    """
    before = next((one for one in opened.told if one.digest == brought.digest), None)
    if before is not None:
        if before.capture in state.fold(journal.read(case)).captures:
            return opened, before.code
        vault.remove(case, opened.names[before.code])  # a kill came before the journal
    taken = {one.code for one in opened.told} | {one.code for one in opened.people}
    code = fresh_code(taken, "A")
    try:
        made = pseudonymise(brought.text, opened.registry, agreed.withheld)
    except ValueError:
        raise VaultError(
            f"{brought.file} was not taken in: a pseudonym is somebody's name",
            None,
            "give another pseudonym",
        ) from None
    masked = made.text.encode()
    original = records.original(brought.file, brought.media_type, brought.data)
    sealed = records.seal(original, keeping.recipients(case))
    with captures.batch(case) as batch:
        hidden = batch.add(BytesIO(sealed))
        read = batch.add(BytesIO(masked))
    told = Told(
        1,
        code,
        read.digest,
        hidden.digest,
        brought.digest,
        tuple((*one.before, *one.after) for one in made.swaps),
        tuple(one.codes for one in made.swaps),
        agreed.teller,
        agreed.consent,
    )
    name = vault.add(case, records.seal(told, keeping.recipients(case)))
    arrivals: list[Content] = [
        _arrived(hidden, SEALED, f"{code}.age", Exposure.SEALED),
        _arrived(read, "text/plain", f"{code}.txt", Exposure.PRIVATE),
    ]
    journal.append(case, load_actor(), arrivals, now())
    others = tuple(one for one in opened.told if one.digest != brought.digest)
    every = tuple(sorted((*others, told), key=lambda one: one.code))
    return replace(opened, told=every, names=opened.names | {code: name}), code


def _arrived(stored: Stored, media_type: str, file: str, exposure: Exposure) -> Arrived:
    return Arrived(stored.digest, stored.size, media_type, file, ORIGIN, exposure, tool=TOOL)


def seal_people(case: Case, opened: Open, people: Sequence[Identity]) -> Open:
    """Seal identities that are new, and anew those of which more is known; return what is known then."""
    known = {one.code: one for one in opened.people}
    names = dict(opened.names)
    for one in people:
        if one.code not in known:
            names[one.code] = keeping.seal_person(case, one)
        elif known[one.code] != one:
            keeping.change(case, opened, records.person(one))
            names[one.code] = opened.names[one.code]
    return replace(with_people(opened, people), names=names)


def find_told(opened: Open, what: str) -> Told | None:
    """Return the account of that code, file or digest."""
    return next(
        (
            one
            for one in opened.told
            if what in (one.code, f"{one.code}.txt", one.capture, one.sealed)
        ),
        None,
    )


def original_of(case: Case, told: Told, secrets: Sequence[str]) -> records.Original:
    """Return an account as it came."""
    path = captures.path_of(case, told.sealed)
    try:
        found = records.unseal(captures.read(case, told.sealed), secrets)
    except SealError as error:
        raise VaultError(f"a sealed capture cannot be opened: {error}", path, _OTHER) from None
    if not isinstance(found, records.Original):
        raise VaultError("a sealed capture holds no account", path, _OTHER)
    return found


def agree(case: Case, opened: Open, told: Told, consent: Consent) -> tuple[str, ...]:
    """Keep what the teller of an account agrees to from now on; return when it was released before."""
    keeping.change(case, opened, msgspec.structs.replace(told, consent=consent))
    what = "was withdrawn" if consent.withdrawn else "was recorded"
    note = Observed(None, STEP, f"the consent of {told.code} {what}")
    journal.append(case, load_actor(), [note], now())
    return tuple(_left(case, told))


def _left(case: Case, told: Told) -> Iterator[str]:
    for record in journal.read(case):
        codes = getattr(record.content, "codes", ())
        if any(name == f"report {told.capture}" for name, _ in codes):
            yield getattr(record.content, "released_at", None) or record.at


def mask_account(case: Case, opened: Open, told: Told) -> Told | None:
    """Put underscores for those sealed since an account came in; return its record then, None for none.

    Its text keeps its length in code points, so that its spans still pair with those of the original.
    Whoever is interrupted has both texts, and the next run goes on.
    """
    text = captures.read(case, told.capture).decode()
    leaks = [leak for leak in find(opened.registry, text) if leak.certain]
    if not leaks:
        return None
    spans = dict(zip(told.spans, told.codes, strict=True))
    for span, codes in together(leaks):
        text = text[: span.start] + "_" * (span.end - span.start) + text[span.end :]
        if not any(span.start < end and start < span.end for _, _, start, end in told.spans):
            before = max((one for one in told.spans if one[3] <= span.start), default=(0, 0, 0, 0))
            shift = before[1] - before[3]  # from the text to the original
            spans[span.start + shift, span.end + shift, span.start, span.end] = codes
    with captures.batch(case) as batch:
        fresh = batch.add(BytesIO(text.encode()))
    arrived = _arrived(fresh, "text/plain", f"{told.code}.txt", Exposure.PRIVATE)
    journal.append(case, load_actor(), [arrived], now())
    ordered = dict(sorted(spans.items()))
    masked = msgspec.structs.replace(
        told, capture=fresh.digest, spans=tuple(ordered), codes=tuple(ordered.values())
    )
    keeping.change(case, opened, masked)
    keeping.erase_capture(case, told.capture, fresh.digest)
    return masked


def left_by(capture: Capture, known: Iterable[Told]) -> Told | None:
    """Return the account of which a capture is a text of before, which an interruption left, if any."""
    if capture.exposure is not Exposure.PRIVATE:
        return None
    return next((one for one in known if f"{one.code}.txt" == capture.file), None)


def erase_account(case: Case, opened: Open, told: Told) -> None:
    """Erase an account: text, original, what joins them, and what the journal says of both."""
    keeping.erase_capture(case, told.capture)
    keeping.erase_capture(case, told.sealed)
    vault.remove(case, opened.names[told.code])
    note = Observed(None, STEP, f"{told.code} was erased")
    journal.append(case, load_actor(), [note], now())


def reseal_accounts(case: Case, secrets: Sequence[str]) -> None:
    """Seal every original anew for the present key-holders; one that is interrupted can be run again.

    A capture is named by its bytes, so each gets a new name: stored and journalled first, then the
    vault's record points to it, and only then the old one is erased.
    """
    opened = keeping.unlock(case, secrets)
    for told in opened.told:
        sealed = records.seal(original_of(case, told, secrets), keeping.recipients(case))
        with captures.batch(case) as batch:
            fresh = batch.add(BytesIO(sealed))
        file = f"{told.code}.age"
        arrived = _arrived(fresh, SEALED, file, Exposure.SEALED)
        journal.append(case, load_actor(), [arrived], now())
        keeping.change(case, opened, msgspec.structs.replace(told, sealed=fresh.digest))
    _sweep(case, keeping.unlock(case, secrets))


def _sweep(case: Case, opened: Open) -> None:
    """Erase sealed captures to which no record of the vault points any more."""
    wanted = {one.sealed for one in opened.told}
    for capture in state.fold(journal.read(case)).captures.values():
        if capture.exposure is Exposure.SEALED and capture.digest not in wanted:
            keeping.erase_capture(case, capture.digest)
