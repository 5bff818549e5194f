"""Looks through reports for protected people before they are stored, or after a vault was unlocked."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO

from guvoh.casefile import captures, journal, state
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, now
from guvoh.casefile.records import TOOL, Arrived, Content, Declared, Noticed
from guvoh.clean.decode import blanked
from guvoh.intake import sevenzips
from guvoh.intake.archives import CONTAINERS
from guvoh.intake.found import Found, noted
from guvoh.intake.undeclared import suspicion
from guvoh.model.capture import Capture, Exposure
from guvoh.model.finding import Finding
from guvoh.pipeline import accounts, keeping
from guvoh.pipeline.keeping import Open
from guvoh.pipeline.unsaying import unsay
from guvoh.protect.registry import Registry
from guvoh.protect.screen import Mark, can_screen, mask, mask_name
from guvoh.protect.vault import account

UNSCREENED = "unscreened"
MASKED = "masked"
WITHHELD = "withheld"  # stands where a code would, for nobody knows whose it is
_SAMPLE = 256 << 10  # bytes by which it is told whether something looks private


@dataclass(frozen=True, slots=True)
class Screened:
    """One arrival after screening: what is stored (None for nothing), who may see it, what is noted."""

    found: Found | None
    exposure: Exposure | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Screening:
    """Screens arrivals of one build; `opened` is None while the vault is locked.

    `sealed` are the (digest, file) of masked captures whose originals lie in the vault already.
    """

    case: Case
    opened: Open | None
    sealed: set[tuple[str, str]] = field(default_factory=set)

    def shown(self, file: str | None) -> str | None:
        """Return a file's name as it may be noted; while the vault is locked, as it is."""
        return (
            file if file is None or self.opened is None else mask_name(file, self.opened.registry)
        )

    def __call__(self, found: Found) -> Screened:
        """Return what of an arrival may be stored."""
        if self.opened is None:
            text = (
                "It was set aside unread: the vault is locked, so nobody knows whether it names someone "
                "protected. Run the same command with --key FILE."
            )
            return Screened(found, Exposure.UNDECLARED, (noted(found.file, UNSCREENED, text),))
        return self._screened(self.opened, found)

    def _screened(self, opened: Open, found: Found) -> Screened:
        registry = opened.registry
        shown = replace(
            found,
            file=mask_name(found.file, registry),
            origin=mask_name(found.origin, registry),
            companion_of=found.companion_of and mask_name(found.companion_of, registry),
            parent=None,
        )
        if found.media_type in CONTAINERS and (
            found.media_type != sevenzips.SEVENZIP or sevenzips.can_open()
        ):
            text = (
                "What it holds was taken in; the archive itself was not kept, for it would hold protected "
                "names unmasked. Keep it elsewhere if you need it."
            )
            return Screened(None, None, (noted(shown.file, "not-kept", text),))
        if not can_screen(found.media_type):
            if found.companion_of is not None:
                return Screened(None)
            text = (
                f"It was set aside unread: {found.media_type} cannot be looked through for protected people. "
                "Build it again with --public if it names none."
            )
            return Screened(shown, Exposure.UNDECLARED, (noted(shown.file, "not-screened", text),))
        data = found.stream.read()
        found.stream.seek(0)
        masked = mask(data, registry)
        if masked is None:
            return Screened(shown)
        digest = sha256(masked.data).hexdigest()
        if (digest, found.file) not in self.sealed:
            self.sealed.add((digest, found.file))
            record = account(found.file, found.origin, digest, data, masked.marks)
            keeping.seal_account(self.case, record)
        text = f"{len(masked.marks)} places in it were masked; the original is sealed in the vault."
        note = Finding("intake", MASKED, text, file=shown.file)
        kept = replace(shown, stream=BytesIO(masked.data), digest=digest)
        return Screened(kept, None, (note,))


def screening(case: Case, opened: Open | None) -> Screening | None:
    """Return how arrivals of a case are screened, None for a case in which nothing is sealed."""
    if not keeping.is_used(case):
        return None
    sealed = {(one.masked, one.file) for one in opened.accounts} if opened else set()
    return Screening(case, opened, sealed)


def unscreenable(case: Case) -> list[str]:
    """Return the files of captures that nobody can look through: archives, documents, pictures."""
    known = state.fold(journal.read(case)).captures.values()
    open_ = [one for one in known if one.exposure is not Exposure.SEALED]
    return sorted(one.file for one in open_ if not can_screen(one.media_type) and one.size)


def set_aside(case: Case) -> None:
    """Set aside unread the documents that nobody can look through, which were public so far.

    What they say would else stand, names and all, in what is derived and shown.
    """
    known = state.fold(journal.read(case)).captures.values()
    aside = [
        Declared(one.digest, Exposure.UNDECLARED)
        for one in known
        if not can_screen(one.media_type)
        and one.media_type not in CONTAINERS
        and one.exposure is Exposure.PUBLIC
    ]
    if aside:
        journal.append(case, load_actor(), aside, now())


def screen_case(case: Case, opened: Open) -> tuple[int, int]:
    """Screen what a case holds already; return how many captures were masked, and how many admitted.

    Of a capture that names someone protected the original is sealed, a masked copy takes its place,
    and its bytes and records are erased; who may see it stays. Of a private account, whose original is
    sealed, the text alone is masked. Captures that waited for the vault are admitted.
    """
    unsay(case, opened)
    records = journal.read(case)
    known = state.fold(records)
    came: dict[str, list[Arrived]] = {}  # as it came: the state leaves out what is withheld
    for record in records:
        if isinstance(record.content, Arrived):
            came.setdefault(record.content.capture, []).append(record.content)
    told = {one.capture: one for one in opened.told}
    waiting = {notice.file for notice in known.notices if notice.kind == UNSCREENED}
    done = admitted = 0
    for capture in known.captures.values():
        waits = capture.exposure is Exposure.UNDECLARED and capture.file in waiting
        exposure = capture.exposure
        clean = _unnamed(capture, capture.digest, capture.size, exposure, opened)
        raw = came[capture.digest]
        named = [_names(one) for one in raw] != [_names(one) for one in clean]
        if mine := told.get(capture.digest):
            if masked := accounts.mask_account(case, opened, mine):
                told[masked.capture] = masked
                done += 1
                continue
        elif left := accounts.left_by(capture, told.values()):
            keeping.erase_capture(case, capture.digest, left.capture)
            continue
        if mine is not None or exposure is Exposure.SEALED or not can_screen(capture.media_type):
            if named:
                _rename(case, capture, raw, exposure, opened)
            continue
        data = captures.read(case, capture.digest)
        marks = _marks(data, capture, opened.registry)
        if marks or named:
            if waits or exposure is Exposure.PUBLIC:
                suspicious = suspicion(data[:_SAMPLE], capture.media_type) is not None
                exposure = Exposure.UNDECLARED if suspicious else Exposure.PUBLIC
            _put_in_place(case, capture, raw, data, marks, exposure, opened)
            done += 1
        elif waits and suspicion(data[:_SAMPLE], capture.media_type) is None:
            admit = [Declared(capture.digest, Exposure.PUBLIC)]
            journal.append(case, load_actor(), admit, now())
            admitted += 1
    return done, admitted


def _marks(data: bytes, capture: Capture, registry: Registry) -> tuple[Mark, ...]:
    """Return what is to be masked: whom the registry knows, and what another report withholds."""
    masked = mask(data, registry)
    supplied = [(span, WITHHELD) for span in capture.withheld]
    return tuple(sorted([*(masked.marks if masked else ()), *supplied]))


def _put_in_place(
    case: Case,
    capture: Capture,
    came: list[Arrived],
    data: bytes,
    marks: tuple[Mark, ...],
    exposure: Exposure,
    opened: Open,
) -> None:
    """Seal an original, store its masked copy under each name it had, and erase it."""
    masked = blanked(data, (span for span, _ in marks))
    digest = sha256(masked).hexdigest()
    first = came[0]
    keeping.seal_account(case, account(first.file, first.origin, digest, data, marks))
    with captures.batch(case) as batch:
        batch.add(BytesIO(masked))
    if digest == capture.digest:
        _rename(case, capture, came, exposure, opened)
        return
    records = _unnamed(capture, digest, len(masked), exposure, opened)
    text = "Places in it were masked; the original is sealed in the vault."
    notes = [Noticed(record.file, MASKED, text, problem=False) for record in records[:1]]
    journal.append(case, load_actor(), [*records, *notes], now())
    keeping.erase_capture(case, capture.digest)


def _rename(
    case: Case, capture: Capture, came: list[Arrived], exposure: Exposure, opened: Open
) -> None:
    """Take the names out of a capture's name alone; what was decided about it stays.

    Its records are written anew before the old ones go: whoever is interrupted has both, and none is lost.
    """
    records = _unnamed(capture, capture.digest, capture.size, exposure, opened)
    text = "A name in the name of its file was masked."
    notes = [Noticed(record.file, MASKED, text, problem=False) for record in records[:1]]
    journal.append(case, load_actor(), [*records, *notes], now())
    before = {one.file for one in came} | {one.file for one in capture.arrivals}
    files = before - {one.file for one in records}

    def doomed(content: Content) -> bool:
        if isinstance(content, Arrived):
            return content.capture == capture.digest and content not in records
        return isinstance(content, Noticed) and content.file in files

    journal.erase(case, doomed, load_actor(), now())


def _names(one: Arrived) -> tuple[str, str, str | None]:
    """Return the names under which something came."""
    return one.file, one.origin, one.companion_of


def _unnamed(
    capture: Capture, digest: str, size: int, exposure: Exposure, opened: Open
) -> list[Arrived]:
    """Return records of a capture's arrivals, under names without those of protected people."""
    return [
        Arrived(
            digest,
            size,
            capture.media_type,
            mask_name(arrival.file, opened.registry),
            mask_name(arrival.origin, opened.registry),
            exposure,
            arrival.parent,
            mask_name(arrival.companion_of, opened.registry) if arrival.companion_of else None,
            tool=TOOL,
        )
        for arrival in capture.arrivals
    ]
