"""People: sources and those affected, with spellings, pseudonyms, what is withheld, and who may be whom."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from guvoh.casefile import lists, lookups, tables
from guvoh.casefile.lists import EventLine
from guvoh.casefile.state import State
from guvoh.corroborate.decisions import SAME_VERDICTS
from guvoh.languages.fold import fold
from guvoh.model.assessment import Assessment
from guvoh.model.claim import CODE, Claim, Person, Reading
from guvoh.model.event import Event
from guvoh.pipeline.gathering import paired
from guvoh.protect.identity import Consent
from guvoh.workbench import namesakes, worldmap
from guvoh.workbench.desk import Desk
from guvoh.workbench.filters import address, filters, page_number
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences

# What the list shows under each tab: which kinds of sources; none are all.
TABS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "": ("People and groups", ("person", "group")),
    "organisation": ("Organisations", ("organisation",)),
    "document": ("Documents", ("document",)),
    "all": ("All", ()),
}
PROPOSED = 6  # people who may be one, on one page
REPORTS = 60  # reports of one person that are looked through


@dataclass(frozen=True, slots=True)
class Sealed:
    """Whom a name in the case stands for in the vault: the code, and what was agreed to in each account.

    `agreed` is None while the vault is locked.
    """

    code: str
    agreed: tuple[tuple[str, Consent], ...] | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A standing decision on who is whom, with the name of the other."""

    id: str
    verdict: str
    name: str
    at: str


def people_list(request: Request) -> Response:
    """List people, a page at a time; any spelling or script of a name finds them."""
    kept = filters(request.query_params)
    kind = request.query_params.get("kind", "")
    kind = kind if kind in TABS else ""
    number = page_number(request.query_params)
    desk, name = desk_of(request), kept.get("q", "")
    with desk.reading() as db:
        ids = lists.people(db, name, TABS[kind][1], number)
        counted = desk.totals.get(db, ("kinds", name), lambda: lists.kinds_of_people(db, name))
        things = _things(db, ids) if not kind else frozenset()
        found = tables.several(db, tables.PERSON, ids)
        asked = [] if kept or kind or number else desk.totals.proposals(db)
        proposed = namesakes.shown_with(db, asked[:PROPOSED])
    rows = [found[i] for i in ids if i in found]
    called = [one for one in rows if fold(one.name) in things]
    numbers = {
        key: sum(counted.get(one, 0) for one in kinds or counted)
        for key, (_, kinds) in TABS.items()
    }
    return page(
        request,
        "people.html",
        rows=[one for one in rows if one not in called],
        called=called,
        proposed=proposed,
        told=namesakes.told,
        tabs=TABS,
        numbers=numbers,
        kind=kind,
        total=numbers[kind],
        number=number,
        size=lists.PAGE,
        kept={**kept, "kind": kind} if kind else kept,
        address=address,
    )


def _things(db: sqlite3.Connection, people: Iterable[str]) -> frozenset[str]:
    """Return what outlets of the case and places are called: who is called so is mostly no person.

    Places are those of the reports of these people, and the seas of whose coasts they tell.
    """
    homes = {one.rpartition("/")[0] for one in people}
    told = tables.several(db, worldmap.LOCATED, homes).values()
    places = {place.name for reading in told for place in reading.places}
    first = (name.split()[0] for name in places if " " in name)
    return frozenset(map(fold, (*lists.publishers(db), *places, *first)))


def one_person(request: Request) -> Response:
    """Show one person: who that is in each report, what events rest on that word, who may be the same."""
    identity = request.path_params["person"]
    desk = desk_of(request)
    with desk.reading() as db:
        whole = lookups.persons_of(db, [identity]).get(identity, "")
        person = tables.get(db, tables.PERSON, whole)
        if person is None:
            return page(request, "gone.html", 404, moved=None)
        parts = lookups.parts_of(db, [whole]).get(whole, [])
        named = namesakes.mentions(db, parts[:REPORTS])
        told, about = _events(db, parts[:REPORTS])
        language = language_of(request)
        return page(
            request,
            "person.html",
            person=person,
            parts=[(part, named[part]) for part in parts if part in named],
            more=len(parts) - len(named),
            told=sentences(db, told, language),
            about=sentences(db, about, language),
            proposed=namesakes.shown_with(db, namesakes.proposals_for(db, person, PROPOSED)),
            reasons=namesakes.told,
            decided=_decided(db, desk.known(), parts),
            sources=desk.totals.glance(db).sources,
            sealed=_sealed(desk, person),
            public=_said_public(desk.known(), person, parts),
        )


def _sealed(desk: Desk, person: Person) -> Sealed | None:
    """Return whom a name stands for; a pseudonym that was chosen tells only once the vault is unlocked."""
    opened = desk.keys.opened(desk.case)
    if opened is None:
        return Sealed(person.name) if CODE.fullmatch(person.name) else None
    for one in opened.people:
        if person.name in (one.code, one.pseudonym):
            own = [(told.code, told.consent) for told in opened.told if told.teller == one.code]
            return Sealed(one.code, tuple(own))
    return None


def _said_public(known: State, person: Person, parts: Sequence[str]) -> Assessment | None:
    """Return the standing decision that somebody may leave by name, if there is one."""
    captures = {part.rpartition("/")[0].partition("#")[0] for part in parts}
    return next(
        (
            one
            for one in known.assessments
            if (one.target.noun, one.verdict) == ("person", "public")
            and one.target.quote in (person.name, *person.aliases)
            and one.target.capture in captures
        ),
        None,
    )


def _events(
    db: sqlite3.Connection, parts: Sequence[str]
) -> tuple[list[EventLine], list[EventLine]]:
    """Return the events that rest on somebody's word, and those in which that person takes part."""
    own = set(parts)
    homes = {part.rpartition("/")[0] for part in parts}
    held = lookups.events_of(db, lookups.claims_of(db, homes))
    events = tables.several(db, tables.EVENT, set(held.values()))
    told = {one.id for one in events.values() if _rests_on(one, own)}
    readings = tables.several(db, tables.READING, homes).values()
    about = {held[claim.id] for claim in _claims_of(readings, own) if claim.id in held}
    return lists.event_lines(db, told), lists.event_lines(db, about - told)


def _rests_on(event: Event, own: set[str]) -> bool:
    return any(not own.isdisjoint(source.people) for source in event.sources)


def _claims_of(readings: Iterable[Reading], own: set[str]) -> list[Claim]:
    return [
        claim
        for reading in readings
        for claim in reading.claims
        if any(one.person in own for one in claim.participants)
        or any(one.person in own for one in claim.chain)
    ]


def _decided(db: sqlite3.Connection, known: State, parts: Sequence[str]) -> list[Decided]:
    """Return what was decided on who this person is and is not.

    The other of the two is called as the report has it now: what was decided may name whom a version withholds.
    Of two that are one by now it is the second.
    """
    own = set(parts)
    other = {
        pair.assessment: pair.one if pair.one not in own else pair.other
        for pair in paired(db)
        if {pair.one, pair.other} & own
    }
    named = namesakes.mentions(db, list(other.values()))
    return [
        Decided(one.id, one.verdict, _called(named.get(other[one.id])), one.at)
        for one in known.assessments
        if one.verdict in SAME_VERDICTS and one.id in other
    ]


def _called(mention: namesakes.Mention | None) -> str:
    """Return the name at a mention."""
    return "".join(words for words, is_name in mention.around if is_name) if mention else ""
