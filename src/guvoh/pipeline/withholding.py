"""Keeps what one report withholds and another supplies out of the derived store."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from babel import Locale

from guvoh.casefile import captures, derived, journal, lookups, state, sums, tables
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, derive_lock, now
from guvoh.casefile.errors import CaseBusy, NotDerived
from guvoh.casefile.following import Following
from guvoh.casefile.records import Arrived, Content, Declared, Noticed, Withheld
from guvoh.casefile.state import State
from guvoh.corroborate.descent import tells_descent
from guvoh.corroborate.veil import Veil, needed
from guvoh.languages.fold import fold
from guvoh.languages.lexicon import LANGUAGES, Language, load
from guvoh.model.capture import Capture, Exposure
from guvoh.model.claim import WITHHELD, Person, Reading, SourceKind
from guvoh.model.finding import Finding
from guvoh.model.lineage import Family
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.pipeline import deriving, likenesses
from guvoh.progress import Silent
from guvoh.protect.identity import Identity
from guvoh.protect.leaks import find
from guvoh.protect.page import words_of
from guvoh.protect.registry import Registry
from guvoh.protect.screen import can_screen, mask, mask_name
from guvoh.protect.strings import strings
from guvoh.protect.supplied import Versions, countries, is_spelling, names, origins_in
from guvoh.protect.unknown import LISTED
from guvoh.resolve.names import same_name

KIND = "withheld-and-supplied"
_CAPITAL = re.compile(r"\b[^\W\d_]{3,}")
_MASKED = re.compile(r"_+")
_SPELLING = 830  # names that can be one, per mille (resolve.names)
_LOOKED = "looked through"
_ROUNDS = 3  # what is kept out of one report can bring out another that supplies it
_SUPPLIES = (
    "It supplies what a report withholds, in its text or in its name. That is read by nobody here, but its "
    "bytes or the journal hold it: to be sealed, with `guvoh seal --key`."
)
_ASIDE = (
    "It supplies what another report withholds and is no text that could be masked, so it was set aside "
    "unread: to be sealed, or erased."
)


def derive(case: Case, progress: Silent, following: Following | None = None) -> list[Finding]:
    """Derive, and once more without what new members of families supply that others withhold, until nothing is.

    What is found is journalled as byte ranges, so that a rebuild reads the same without looking again.
    Where one was interrupted before all was looked through, or a store is new, all of it is.
    """
    problems: list[Finding] = []
    rename(case, following or Following(case))
    before = _members(case)
    looked = before.pairs if before.stands == before.looked else frozenset()
    for _ in range(_ROUNDS):
        problems += deriving.derive(case, progress, following)
        now_ = _members(case)
        fresh = {report for report, _ in now_.pairs - looked}
        found = list(_supplied(case, fresh)) if fresh else []
        if not found:
            if now_.stands != now_.looked:
                _note(case, now_.stands, alone=following is None)
            break
        journal.append(case, load_actor(), found, now())
        looked = now_.pairs
    else:
        problems += deriving.derive(case, progress, following)
    return likenesses.without_read(case, list(dict.fromkeys(problems)))


@dataclass(frozen=True, slots=True)
class _Members:
    """Reports with their families, where the store stands, and where it stood when it was last looked through."""

    pairs: frozenset[tuple[str, str]] = frozenset()
    stands: str = ""
    looked: str | None = None


def _members(case: Case) -> _Members:
    try:
        with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
            return _Members(
                frozenset(db.execute("SELECT report, family FROM family_member")),
                sha256(repr(derived.standing(db)).encode()).hexdigest(),
                derived.remembered(db, _LOOKED),
            )
    except NotDerived:
        return _Members()


def _note(case: Case, stands: str, *, alone: bool) -> None:
    """Note up to where a store was looked through; where others are at it, they look again."""
    with (
        suppress(CaseBusy),
        derive_lock(case),
        # A process that stays notes digests when it ends.
        sums.renewing(case) if alone else nullcontext(),
        closing(derived.connect(case)) as db,
    ):
        derived.remember(db, _LOOKED, stands)


def rename(case: Case, following: Following) -> None:
    """Journal what came in again under a name that holds what is withheld of it; looks where anything came."""
    known = following.state()
    arrived = sum(len(capture.arrivals) for capture in known.captures.values())
    if arrived == following.named:
        return
    renamed = list(_renamed(case, known))
    if renamed:
        journal.append(case, load_actor(), renamed, now())
    following.named = arrived


def _renamed(case: Case, known: State) -> Iterator[Withheld]:
    if not known.veiled:
        return
    came: dict[str, set[str]] = {}
    for record in journal.read(case):
        if isinstance(record.content, Arrived) and record.content.capture in known.veiled:
            came.setdefault(record.content.capture, set()).update(
                (record.content.file, record.content.origin)
            )
    for digest, names_ in came.items():
        capture, masks = known.captures[digest], known.veiled[digest]
        words = {
            raw[at.start() : at.end()]
            for raw in names_
            for at in _MASKED.finditer(state.veiled(raw, masks))
        }
        data = captures.read(case, digest)
        words |= {data[start:end].decode("utf-8", "replace") for start, end in capture.withheld}
        registry = Registry([Identity("W", tuple(sorted(filter(_is_name, words))))])
        masked = tuple(_unnamed(capture, registry))
        if masked:
            yield Withheld(digest, (), masked)


def supplied_names(case: Case) -> tuple[str, ...]:
    """Return the names that reports supply and others withhold, of what lies there unsealed."""
    found: dict[str, None] = {}
    for capture in state.fold(journal.read(case)).captures.values():
        data = captures.read(case, capture.digest) if capture.withheld else b""
        name, last = "", -1
        for start, end in capture.withheld:
            word = data[start:end].decode("utf-8", "replace")
            name = f"{name} {word}" if start == last + 1 else word
            last = end
            if _is_name(word):
                found.pop(name.rpartition(" ")[0], None)  # the beginning of a longer name
                found[name] = None
    return tuple(found)


def _is_name(word: str) -> bool:
    """Say whether what is withheld is no country and no people, which any file may be named after."""
    return not any(
        fold(word) in words_of(code).countries | words_of(code).peoples for code in LISTED
    )


def _supplied(case: Case, fresh: set[str]) -> Iterator[Content]:
    """Yield records for the captures in which a family of a new report supplies what is withheld."""
    known = state.fold(journal.read(case)).captures
    with closing(derived.connect_reader(case)) as db:
        for identity in sorted(set(lookups.families_of(db, sorted(fresh)).values())):
            family = tables.get(db, tables.FAMILY, identity)
            if family is None:
                continue
            for report, registry in _registries(case, db, family, needed([family])):
                capture = known.get(report.partition("#")[0])
                if capture is None or capture.exposure is not Exposure.PUBLIC:
                    continue
                names_ = tuple(_unnamed(capture, registry))
                spans: tuple[tuple[int, int], ...] = ()
                if can_screen(capture.media_type):
                    masked = mask(captures.read(case, capture.digest), registry)
                    spans = tuple(sorted({span for span, _ in masked.marks})) if masked else ()
                elif _names_any(db, report, registry):
                    yield Declared(capture.digest, Exposure.UNDECLARED)
                    yield Noticed(capture.file, KIND, _ASIDE, problem=True)
                if names_ or set(spans) - set(capture.withheld):
                    yield Withheld(capture.digest, spans, names_)
                    yield Noticed(capture.file, KIND, _SUPPLIES, problem=False)
                if names_:
                    yield from _beside(known, capture, registry)


def _unnamed(capture: Capture, registry: Registry) -> Iterator[str]:
    """Yield names and origins of a capture without what is withheld, of those that have it."""
    for arrival in capture.arrivals:
        for name in (arrival.file, arrival.origin, arrival.companion_of or ""):
            masked = mask_name(name, registry)
            if masked != name:
                yield masked


def _beside(
    known: Mapping[str, Capture], capture: Capture, registry: Registry
) -> Iterator[Withheld]:
    """Yield records for what came with a capture whose name is masked: its archive, pictures, parts."""
    files = {arrival.file for arrival in capture.arrivals}
    above = {arrival.parent for arrival in capture.arrivals}
    for one in known.values():
        near = any(
            one.digest in above or a.parent == capture.digest or a.companion_of in files
            for a in one.arrivals
        )
        masked = tuple(_unnamed(one, registry)) if near and one is not capture else ()
        if masked:
            yield Withheld(one.digest, (), masked)


def _names_any(db: sqlite3.Connection, report: str, registry: Registry) -> bool:
    """Say whether what is read of a report says anything of the registry."""
    read = tables.several(db, tables.REPORT, [report])
    return any(leak.certain for _, text in strings(read) for leak in find(registry, text))


def _registries(
    case: Case, db: sqlite3.Connection, family: Family, wanted: Iterable[str]
) -> Iterator[tuple[str, Registry]]:
    """Yield for each report that must not be read whole what of it is withheld elsewhere."""
    members = [one.report for one in (*family.members, *family.citers)]
    every = sorted({*members, *wanted})
    reports = tables.several(db, tables.REPORT, every)
    readings = tables.several(db, tables.READING, every)
    edges = [one.derivation for one in (*family.members, *family.citers) if one.derivation]
    veil = Veil(reports, readings, dict.fromkeys(members, family), edges)
    people = list(chain.from_iterable(one.people for one in readings.values()))
    versions = Versions(family, reports, readings, tuple(_open(reports, readings, people)))
    open_ = {fold(word) for name in versions.open_names for word in name.split()}
    pseudonyms = {one.name for one in people if one.pseudonym}
    signs = {fold(word) for name in pseudonyms for word in name.split()}
    said = _said(reports, readings, pseudonyms)
    # Whoever is named in one version is kept out of all: a copy of the copy supplies the name too.
    supplied = names(versions)
    of_people = countries(versions, supplied)
    binding = any("citizenship" in one.withheld for one in people)
    for report in reports:
        veiled, beside = veil.supplied(report)
        beside |= of_people.get(report, frozenset())
        if binding and report in readings:
            beside |= _origins(case, veil, readings[report], reports[report])
        fresh = (one for one in veiled - open_ if not is_spelling(one, signs))
        hidden = supplied | {one for one in fresh if not _is_said(one, said)}
        if hidden or beside:
            withheld = tuple(("citizenship", one) for one in sorted(beside))
            yield (
                report,
                Registry(
                    (
                        Identity(
                            "W",
                            tuple(sorted(hidden)) if not at else (),
                            (),
                            withheld,
                            (),
                            pseudonym,
                        )
                        for at, pseudonym in enumerate([None, *sorted(pseudonyms)])
                    ),
                    literal=True,
                ),
            )


def _open(
    reports: Mapping[str, Report], readings: Mapping[str, Reading], people: Iterable[Person]
) -> Iterator[str]:
    """Yield the names of bodies, outlets, authors and places."""
    for one in people:
        if one.kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT):
            yield one.name
    for report in reports.values():
        if report.publisher is not None:
            yield report.publisher.text
    for reading in readings.values():
        for place in reading.places:
            if place.key:
                yield from (place.name, place.text)


def _said(
    reports: Mapping[str, Report], readings: Mapping[str, Reading], pseudonyms: Iterable[str]
) -> set[str]:
    """Return the capitalised words, folded, of the reports that withhold something, pseudonyms apart."""
    apart = {fold(word) for name in pseudonyms for word in name.split()}
    withholding = [
        reports[key].text
        for key, reading in readings.items()
        if key in reports and any(one.withheld or one.pseudonym for one in reading.people)
    ]
    words = {
        fold(word) for text in withholding for word in _CAPITAL.findall(text) if word[0].isupper()
    }
    return words - apart


def _is_said(name: str, said: Iterable[str]) -> bool:
    """Say whether a withholding report has a name itself, in some spelling: a place, as a rule."""
    return any(word[:1] == name[:1] and same_name(name, word).score >= _SPELLING for word in said)


def _origins(case: Case, veil: Veil, reading: Reading, report: Report) -> frozenset[str]:
    """Return the folded words of countries and peoples in sentences that name someone veiled."""
    code = report.language.partition("-")[0]
    language = load(code) if code in LANGUAGES else None
    veiled = [
        mention
        for one in reading.people
        if one.name == WITHHELD or veil.hides(reading.report, one.name)
        for mention in one.mentions
        if one.name != WITHHELD or not _is_origin(_original(case, report, mention), language)
    ]
    inside = [
        sentence
        for sentence in reading.sentences
        if any(sentence.start <= one.start < sentence.end for one in veiled)
    ]
    return frozenset(
        fold(word)
        for sentence in inside
        for span, people in origins_in(report, reading, sentence, language)
        if tells_descent(report.text, span, veiled if people else (), report.language)
        for word in report.text[span.start : span.end].split()
    )


def _original(case: Case, report: Report, masked: Span) -> str:
    """Return what stands in a capture where a report has a placeholder."""
    at = report.map.bytes_of(masked, report.text)
    data = captures.read(case, report.capture)
    return data[at.start : at.end].decode(report.map.encoding, "replace")


def _is_origin(word: str, language: Language | None) -> bool:
    """Say whether a word that was masked is a country's or a people's, and so nobody's name."""
    if language is None:
        return False
    told = language.words(word)
    countries_ = {fold(name) for name in Locale.parse(language.code).territories.values()}
    return fold(word) in countries_ or any(True for _ in language.demonyms.find(told))
