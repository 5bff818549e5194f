"""The only way out of a case: what may leave, as values, and why the rest stays."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from guvoh.clean.decode import decode
from guvoh.corroborate.veil import Veil, needed
from guvoh.model.capture import Capture
from guvoh.model.capture import Exposure as Access
from guvoh.model.claim import PLACEHOLDER, WITHHELD, Claim, Exposure, Place, SourceKind
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation, Family, Member
from guvoh.model.report import Report
from guvoh.model.text import CharacterMap, Span
from guvoh.protect.coarse import Coarse, region_of
from guvoh.protect.exposure import Cover, Leaving, lasts, leaving, proper_names
from guvoh.protect.extract import extract
from guvoh.protect.inspection import ID, STEP, mask, refusals
from guvoh.protect.jigsaw import check as jigsaw
from guvoh.protect.leaks import UNSEEN, find
from guvoh.protect.mistaken import people_of, place_bones
from guvoh.protect.registry import Registry
from guvoh.protect.strings import changed, nowhere
from guvoh.protect.unknown import Unknown
from guvoh.protect.values import ACCOUNT, Decision, Held, Release, Released, Terms

UNCHECKED = (
    *UNSEEN,
    "withheld names that a copy supplies as its author's or a photographer's, or with a post",
)
# Media whose bytes are text, so that they can be looked through as they are.
_LINE = re.compile(rf"{PLACEHOLDER.pattern}(?:\s{PLACEHOLDER.pattern})*")
_TEXT = ("text/", "application/json", "application/xml", "application/xhtml")
_ACCOUNT = "a private account"  # what stands for the name that one has in the case
_OVERRIDDEN = "Two key-holders let this leave all the same. "
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Gate:
    """What decides over every string: whom to cover, which places to coarsen and in which claims."""

    veil: Veil
    cover: Cover
    coarse: Coarse
    ahead: frozenset[str]  # claims of warnings that are still open
    unknown: Unknown
    accounts: frozenset[str]  # the names that accounts have in the case, which would join releases
    whole: bool


def release(
    held: Held, registry: Registry, terms: Terms
) -> tuple[Release | None, tuple[Finding, ...]]:
    """Return what may leave, or None where a protected string would, with a finding for each place.

    In this order: reports that are not public stay; names that another version withholds are
    blacked out; private people become role and code; places of open warnings become regions; what
    may be a protected string is masked; every string is looked at once more, and one that surely
    is a protected one refuses the whole release. Findings and decisions never give the string.
    """
    opened, withheld = _public(held, terms)
    people = people_of(opened)
    cast = leaving(people, terms.public, terms.codes, terms.fresh, _outlets(opened))
    none = {name for one in set(opened.people) - set(people) for name in proper_names(one)}
    gate = _gate(opened, cast, terms, none)
    named = {claim: event.id for event in opened.events for claim in event.claims}
    claims = {
        claim.id: _claim(claim, opened.reports[claim.report].language, gate)
        for reading in opened.readings.values()
        for claim in reading.claims
        if claim.id in named
    }
    originals = _originals(opened, gate, registry, terms)
    made = Release(
        title=gate.cover.text(opened.title),
        events=tuple(_event(event, gate) for event in opened.events),
        families=tuple(_without(family, gate) for family in opened.families),
        reports=_reports(opened, gate, frozenset(claims)),
        claims=claims,
        people=tuple(_released(one, gate) for one in cast),
        places=_places(opened, gate, frozenset(claims)),
        warnings=tuple(gate.coarse.all(_without(one, gate)) for one in opened.warnings),
        captures=tuple(digest for digest, why in originals.items() if not why),
        staying={digest: why for digest, why in originals.items() if why},
        withheld=withheld,
        decisions=tuple(_decisions(cast, opened)),
        unchecked=UNCHECKED,
        findings=tuple(_named(one, gate) for one in opened.findings),
        codes={
            one.person.id: one.code for one in cast if one.code is not None and lasts(one.person)
        },
    )
    made, told = jigsaw(made, opened, cast, terms.published)
    made, masked = mask(made, registry, terms.keep)
    if terms.evidence is not None:
        made = replace(
            made, evidence=extract(terms.evidence, opened, partial(_is_clean, gate, registry))
        )
    found = tuple(refusals(made, registry))
    if terms.overridden:
        found = tuple(replace(one, kind="overridden", text=_OVERRIDDEN + one.text) for one in found)
    refused = bool(found) and not terms.overridden
    if refused:
        text = f"Not looked for: {'; '.join(UNCHECKED)}."
        found = (*found, Finding(STEP, "unchecked", text))
    return (None if refused else made), (
        *_unknown(gate),
        *told,
        *masked,
        *found,
    )


def _unknown(gate: _Gate) -> Iterator[Finding]:
    number = len(gate.unknown.masked)
    if number:
        text = (
            f"{number} names of which nobody knows whose they are were blacked out. Assess people as "
            "public, or give a reason to keep a name."
        )
        yield Finding(STEP, "unknown-names", text)


def _public(held: Held, terms: Terms) -> tuple[Held, dict[str, int]]:
    """Return what rests on captures that may leave alone, and counts of the rest by reason."""
    kept = {
        key: report
        for key, report in held.reports.items()
        if report.capture in held.captures and _may_leave(held.captures[report.capture], terms)
    }
    events = tuple(event for event in held.events if set(event.reports) <= kept.keys())
    claims = {claim for event in events for claim in event.claims}
    warnings = tuple(one for one in held.warnings if set(one.claims) <= claims)
    mentioned = {link for event in events for link in event.reports}
    families = tuple(
        family
        for family in (_trimmed(family, kept) for family in held.families)
        if any(member.report in mentioned for member in family.members)
    )
    mentioned |= {m.report for f in families for m in (*f.members, *f.citers)}
    mentioned |= set(needed(families)) & kept.keys()
    people = tuple(one for one in held.people if one.id.rpartition("/p")[0] in mentioned)
    accounts = sum(
        report.capture in held.captures and held.captures[report.capture].exposure is Access.PRIVATE
        for key, report in held.reports.items()
        if key not in kept
    )
    withheld = {
        "reports that are not public": len(held.reports) - len(kept) - accounts,
        "private accounts, for want of consent": accounts,
        "events that rest on reports that are not public": len(held.events) - len(events),
        "warnings of such events": len(held.warnings) - len(warnings),
    }
    opened = replace(
        held,
        events=events,
        families=families,
        reports={key: report for key, report in kept.items() if key in mentioned},
        readings={key: one for key, one in held.readings.items() if key in mentioned},
        people=people,
        warnings=warnings,
        findings=tuple(one for one in held.findings if one.report in mentioned & kept.keys()),
    )
    return opened, {reason: number for reason, number in withheld.items() if number}


def _may_leave(capture: Capture, terms: Terms) -> bool:
    if capture.exposure is Access.PRIVATE and capture.digest in terms.consents:
        return terms.consents[capture.digest].allows(terms.purpose)
    return capture.exposure is Access.PUBLIC


def _trimmed(family: Family, kept: Mapping[str, Report]) -> Family:
    def members(every: Iterable[Member]) -> tuple[Member, ...]:
        return tuple(
            one if one.parent is None or one.parent in kept else _orphan(one)
            for one in every
            if one.report in kept
        )

    origin = family.origin if family.origin in kept else None
    return replace(
        family, members=members(family.members), citers=members(family.citers), origin=origin
    )


def _orphan(member: Member) -> Member:
    return replace(member, parent=None, derivation=None)


def _gate(held: Held, cast: Iterable[Leaving], terms: Terms, none: Iterable[str]) -> _Gate:
    of = {member.report: family for family in held.families for member in family.members}
    veil = Veil(held.reports, held.readings, of, list(_edges(held)))
    places = [
        place.name
        for reading in held.readings.values()
        for place in reading.places
        if place.key is not None
    ]
    ahead = frozenset(
        claim for one in held.warnings if one.status == "open" for claim in one.claims
    )
    threatened = [
        place
        for reading in held.readings.values()
        for claim in reading.claims
        if claim.id in ahead
        for place in (*claim.places, *_beside(claim, reading.places))
    ]
    members = tuple(cast)
    cover = Cover(members, [*_outlets(held), *places])
    known = [*_outlets(held), *places, *_known(members, terms)]
    known += [one.name for one in held.people if one.kind is not SourceKind.PERSON]
    known += none  # words and places that were read as people
    unknown = Unknown(known, terms.keep, place_bones(held))
    accounts = frozenset(
        report.file
        for report in held.reports.values()
        if held.captures[report.capture].exposure is Access.PRIVATE
    )
    return _Gate(veil, cover, Coarse(threatened), ahead, unknown, accounts, terms.whole)


def _outlets(held: Held) -> list[str]:
    """Return the names of publishers and authors, and of bodies that every report takes for one."""
    said = [
        stated.text
        for report in held.reports.values()
        for stated in (report.publisher, *report.authors)
        if stated is not None
    ]
    return said + [
        one.name
        for one in held.people
        if one.kind is not SourceKind.PERSON and one.exposure is Exposure.PUBLIC
    ]


def _known(cast: Iterable[Leaving], terms: Terms) -> Iterator[str]:
    """Yield the names and labels of people under which they may be seen."""
    for one in cast:
        public = one.person.exposure is Exposure.PUBLIC or one.person.id in terms.public
        if one.code is not None or one.person.pseudonym or public:
            yield one.label


def _beside(claim: Claim, places: Iterable[Place]) -> Iterator[Place]:
    """Yield the places that a report names before a claim that names none itself."""
    if not claim.places:
        yield from (place for place in places if place.span.start < claim.span.end)


def _edges(held: Held) -> Iterator[Derivation]:
    for family in held.families:
        for member in (*family.members, *family.citers):
            if member.derivation is not None:
                yield member.derivation


def _without(value: V, gate: _Gate) -> V:
    """Return a value in which no string names anyone who leaves without a name, or an account."""

    def covered(text: str) -> str:
        if ID.fullmatch(text):
            return text
        for name in gate.accounts:
            text = text.replace(name, _ACCOUNT)
        return gate.cover.text(text)

    return changed(value, covered)


def _named(value: V, gate: _Gate) -> V:
    """Return a value in which no string names anyone who leaves without a name or is unknown."""
    return changed(
        _without(value, gate),
        lambda text: text if ID.fullmatch(text) else gate.unknown.text(text, _language(text)),
    )


def _language(text: str) -> str:
    """Return in which language's common words a string of an event is looked up, by its script."""
    return "ru" if any("а" <= char.lower() <= "я" for char in text) else "en"


def _event(event: V, gate: _Gate) -> V:
    covered = changed(_named(event, gate), _in_words)
    return gate.coarse.all(covered) if gate.ahead & set(event.claims) else covered  # type: ignore[attr-defined]


def _in_words(text: str) -> str:
    """Return a text in which it is said that a name is withheld where only a line of its length stands."""
    return _LINE.sub(f"[{WITHHELD}]", text)


def _claim(claim: Claim, language: str, gate: _Gate) -> Claim:
    veil = gate.veil
    text = veil.masked(claim.report, claim.text)
    shown = replace(
        claim,
        text=gate.unknown.text(gate.cover.text(text), language),
        chain=tuple(
            replace(link, name=_in_words(veil.shown(claim.report, link.name)), person=None)
            for link in claim.chain
        ),
        participants=tuple(
            replace(one, name=veil.shown(claim.report, one.name), person=None)
            for one in claim.participants
        ),
    )
    if claim.id in gate.ahead:
        shown = replace(shown, places=tuple(_widened(place) for place in claim.places))
        return gate.coarse.all(_without(shown, gate))
    return _without(shown, gate)


def _widened(place: Place) -> Place:
    """Return the region of a place, with nothing that would say where in it."""
    region = region_of(place)
    return replace(nowhere(place), text=region, name=region, kind="region")


def _reports(held: Held, gate: _Gate, claims: frozenset[str]) -> dict[str, Report]:
    excerpts = _excerpts(held, claims)
    return {
        key: _report(report, held, gate, excerpts.get(key, ()))
        for key, report in held.reports.items()
    }


def _excerpts(held: Held, claims: frozenset[str]) -> dict[str, list[Span]]:
    """Return what of each report is quoted: claims that leave, and aligned passages."""
    found: dict[str, list[Span]] = {}
    for reading in held.readings.values():
        for claim in reading.claims:
            if claim.id in claims:
                found.setdefault(claim.report, []).extend(claim.spans)
    for edge in _edges(held):
        for passage in edge.passages:
            found.setdefault(edge.parent, []).append(passage.parent)
            found.setdefault(edge.child, []).append(passage.child)
    return found


def _report(report: Report, held: Held, gate: _Gate, excerpts: Iterable[Span]) -> Report:
    reading = held.readings.get(report.id)
    threatened = [c.span for c in reading.claims if c.id in gate.ahead] if reading else []
    text = gate.cover.blacked(gate.veil.masked(report.id, report.text))
    text = gate.unknown.text(text, report.language)
    # A warning's places are blacked out wherever the report names them, not in its claim alone.
    text = gate.coarse.blacked(text, [Span(0, len(text))] if threatened else [])
    if not gate.whole:
        text = _blank(text, excerpts)
    said = gate.veil.masked(report.id, report.title.text) if report.title else ""
    said = gate.unknown.text(gate.cover.text(said), report.language)
    title = report.title and replace(report.title, text=said)
    rest = _without(replace(report, text="", title=title), gate)
    if threatened:
        rest = gate.coarse.all(rest)
    return replace(
        rest,
        file=_named(rest.file, gate),
        images=_named(rest.images, gate),
        text=text,
        map=CharacterMap(report.map.encoding, (), report.map.pieces),
        debris=(),
        making=(),
        publisher=report.publisher,
        bylines=report.authors,
    )


def _blank(text: str, excerpts: Iterable[Span]) -> str:
    pieces = [char if char.isspace() else " " for char in text]
    for span in excerpts:
        pieces[span.start : span.end] = text[span.start : span.end]
    return "".join(pieces)


def _released(one: Leaving, gate: _Gate) -> Released:
    person = one.person
    open_ = one.code is None and person.exposure is Exposure.PUBLIC
    return Released(
        id=one.code or person.id,
        name=one.label if one.code else gate.cover.text(one.label),
        kind=person.kind.value,
        roles=tuple(gate.cover.text(role) for role in person.roles),
        exposure=person.exposure,
        pseudonym=person.pseudonym,
        withheld=person.withheld,
        # A nationality narrows a private person down, and is what some withhold.
        nationality=person.nationality if open_ else None,
        mentions=len(person.mentions),
    )


def _places(held: Held, gate: _Gate, claims: frozenset[str]) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for reading in held.readings.values():
        for claim in reading.claims:
            for place in claim.places if claim.id in claims else ():
                shown = _widened(place) if claim.id in gate.ahead else place
                if gate.coarse.text(shown.name) == shown.name:
                    found.setdefault(shown.key or shown.name, _without(shown, gate))
    return tuple(found[key] for key in sorted(found))


def _originals(held: Held, gate: _Gate, registry: Registry, terms: Terms) -> dict[str, str]:
    """Return by digest why a capture's bytes stay, empty where they may leave: nobody is named."""
    if terms.raw is None:
        return {}
    found: dict[str, str] = {}
    for digest in sorted({report.capture for report in held.reports.values()}):
        capture = held.captures[digest]
        if capture.exposure is not Access.PUBLIC:  # an account's codes would join releases
            found[digest] = ACCOUNT
        elif not capture.media_type.startswith(_TEXT):
            found[digest] = "its bytes are no text, and cannot be looked through"
        else:
            here = [report for report in held.reports.values() if report.capture == digest]
            text = decode(terms.raw(digest)).text
            named = bool(capture.withheld) or bool(find(registry, text))
            found[digest] = _why_stays(text, here, gate, named=named)
    return found


def _why_stays(text: str, reports: Iterable[Report], gate: _Gate, *, named: bool) -> str:
    """Return why a text may not leave as it is; not which other report withholds what it says."""
    why: list[str] = []
    if (
        named
        or gate.cover.text(text) != text
        or any(gate.veil.masked(one.id, text) != text for one in reports)
    ):
        why.append("it names someone who leaves without a name")
    if gate.coarse.text(text) != text:
        why.append("it names a place where people are at risk")
    # Names that nobody knows are looked for in the clean text: in markup everything looks like one.
    if any(gate.unknown.text(one.text, one.language) != one.text for one in reports):
        why.append("it has names of which nobody knows whose they are")
    return "; ".join(why)


def _is_clean(gate: _Gate, registry: Registry, text: str) -> bool:
    """Say whether a string may leave as it is."""
    return gate.coarse.text(gate.cover.text(text)) == text and not find(registry, text)


def _decisions(cast: Iterable[Leaving], held: Held) -> Iterator[Decision]:
    for one in cast:
        if one.code is not None:
            yield Decision("person", one.code, "leaves as role and code", one.person.exposure.value)
    for warning in held.warnings:
        if warning.status == "open":
            yield Decision("warning", warning.id, "places leave as regions", "people are at risk")
