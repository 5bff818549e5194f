"""Search over reports, claims, people and events, in any script, narrowed by what was found."""

import re
import sqlite3
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from guvoh.casefile import lists, lookups, search, tables
from guvoh.casefile.search import Term
from guvoh.corroborate.veil import Veil
from guvoh.languages.fold import fold, fold_mapped
from guvoh.model.claim import Claim, Person
from guvoh.model.report import Report
from guvoh.model.text import Span, Stated
from guvoh.pages.labels import language_of as language_of_report
from guvoh.pages.labels import outlet
from guvoh.pages.render import marked
from guvoh.show import masked_claim, masked_report, veil_over
from guvoh.words import Words, words
from guvoh.workbench.facets import Facet, facet
from guvoh.workbench.filters import VIEWS, address, page_number
from guvoh.workbench.page import desk_of, language_of, page
from guvoh.workbench.sentences import sentences

FOUND = 500  # reports, the best matches
READ = 200  # of them whose claims are looked through
FEW, MANY = 6, 30  # shown of each where all are shown, and of one
AROUND = 90  # characters shown on each side of what was found
TABS = {"claims": "Claims", "reports": "Reports", "people": "People", "events": "Events"}
NARROWING = ("language", "publisher", "published", "said", "stance", "kind")


@dataclass(frozen=True, slots=True)
class _Page:
    """A report, what facets ask of it alone: to decode its text takes longer."""

    id: str
    file: str
    language: str
    publisher: Stated | None = None
    published: str | None = None

    @property
    def month(self) -> str:
        return (self.published or "")[:7]

    @property
    def outlet(self) -> str:
        return self.publisher.text if self.publisher else self.file.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class _Voice:
    name: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim, what a search asks of it alone."""

    id: str
    report: str
    text: str
    kind: str
    stance: str
    chain: tuple[_Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    report: str
    claims: tuple[_Said, ...] = ()


_Label = Callable[[str], str]
_PAGE = tables.Table("report", _Page, ("id",), (), lambda one: (one.id,), order="ordinal")
_READ = tables.Table("reading", _Read, ("report",), (), lambda one: (one.report,))


@dataclass(frozen=True, slots=True)
class _Hit:
    """Claims of the same words that hold what was asked for: (claim, report), the best match first."""

    kind: str
    stance: str
    told: tuple[tuple[str, str], ...]

    def among(self, reports: set[str]) -> list[tuple[str, str]]:
        return [one for one in self.told if one[1] in reports]


@dataclass(frozen=True, slots=True)
class _Found:
    """What holds the words, the best match first, narrowed by nothing yet."""

    pages: tuple[_Page, ...]
    claims: tuple[_Hit, ...]
    people: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim as a list shows it: its words in pieces, with whether each was asked for."""

    claim: Claim
    outlet: str
    pieces: Sequence[tuple[str, bool]]
    alike: int
    event: str


def searching(request: Request) -> HTMLResponse:
    """Show what holds the words asked for, all together or one noun at a time."""
    params = request.query_params
    asked = params.get("q", "").strip()[:300]
    tab = params.get("in", "") if params.get("in", "") in TABS else ""
    kept = {"q": asked, "in": tab, **{key: params.get(key, "")[:300] for key in NARROWING}}
    kept = {key: value for key, value in kept.items() if value}
    number = page_number(params) if tab else 0
    desk, language = desk_of(request), language_of(request)
    size = {"": FEW, "people": lists.PAGE}.get(tab, MANY)
    cut = slice(number * size, (number + 1) * size)
    with desk.reading() as db:
        terms = search.terms(db, asked)
        found = desk.totals.get(db, ("found", asked), lambda: _find(db, asked, terms))
        pages = [one for one in found.pages if _fits_page(one, kept)]
        among = {one.id for one in pages}
        claims = [one for one in found.claims if one.among(among)]
        hits = [one for one in claims if _fits_claim(one, kept)]
        kinds = [kept["kind"]] if "kind" in kept else list(found.people)
        people = sum(found.people.get(kind, 0) for kind in kinds)
        persons = lists.people(db, asked, kinds, number if tab == "people" else 0) if people else []
        wanted = lists.Wanted(reports=tuple(one.id for one in pages))
        lines, events = lists.events(db, wanted, number, size) if pages else ([], 0)
        numbers = {"claims": len(hits), "reports": len(pages), "people": people, "events": events}
        shown = {key: cut if tab in ("", key) else slice(0) for key in TABS}
        reports, _ = _veiled(db, [one.id for one in pages][shown["reports"]])
        return page(
            request,
            "search.html",
            asked=asked,
            tab=tab,
            kept=kept,
            whole={key: value for key, value in kept.items() if key != "in"},
            tabs=TABS,
            numbers=numbers,
            facets=_facets(found, claims, kept, words(language)) if terms else (),
            best=FOUND if len(found.pages) >= FOUND else 0,
            read=READ if len(pages) > READ else 0,
            claims=_quoted(db, hits[shown["claims"]], terms, among),
            reports=[(one, outlet(one), _around(one, terms)) for one in reports],
            people=_in_order(tables.several(db, tables.PERSON, persons[:size]), persons[:size])
            if tab in ("", "people")
            else [],
            events=sentences(db, lines if tab in ("", "events") else [], language),
            number=number,
            size=size,
            address=address,
        )


async def save(request: Request) -> Response:
    """Keep an address under a name, or forget it where no address is sent; back to where that was asked."""
    form = await request.form()
    name = " ".join(str(form.get("name", "")).split())[:80]
    to = str(form.get("address", ""))
    path = to.partition("?")[0]
    if not name or (to and (path not in (*VIEWS, "/search") or len(to) > 2000)):
        return page(request, "gone.html", 409, moved=None)
    if not await run_in_threadpool(desk_of(request).save_search, name, to or None):
        say = words(language_of(request))
        text = say("It was not saved, for it names somebody sealed, and saved searches lie open.")
        return page(request, "message.html", 409, text=text, back="/search")
    return RedirectResponse(to or "/search", status_code=303)


def _find(db: sqlite3.Connection, asked: str, terms: Sequence[Term]) -> _Found:
    ids = search.find_terms(db, terms, FOUND)
    held = tables.several(db, _PAGE, ids)
    pages = tuple(held[one] for one in ids if one in held)
    people = lists.kinds_of_people(db, asked) if terms else {}
    return _Found(pages, tuple(_claims(db, ids[:READ], terms)), people)


def _claims(db: sqlite3.Connection, ids: Sequence[str], terms: Sequence[Term]) -> Iterable[_Hit]:
    """Return the claims that hold all terms in their words or chains; copies of one go together."""
    patterns = [re.compile(term.pattern) for term in terms]
    readings = tables.several(db, _READ, ids)
    hits: dict[tuple[str, str], list[_Said]] = {}
    for one in ids:
        for claim in readings[one].claims if one in readings else ():
            told = fold(claim.text)
            whole = f"{told} {fold(' '.join(voice.name for voice in claim.chain))}"
            if all(pattern.search(whole) for pattern in patterns):
                hits.setdefault((told, claim.stance), []).append(claim)
    for alike in hits.values():
        yield _Hit(alike[0].kind, alike[0].stance, tuple((one.id, one.report) for one in alike))


def _fits_page(one: _Page, kept: Mapping[str, str], but: str = "") -> bool:
    told = {"language": one.language, "publisher": one.outlet, "published": one.month}
    return all(kept.get(key, value) == value for key, value in told.items() if key != but)


def _fits_claim(one: _Hit, kept: Mapping[str, str], but: str = "") -> bool:
    told = {"said": one.kind, "stance": one.stance}
    return all(kept.get(key, value) == value for key, value in told.items() if key != but)


def _facets(
    found: _Found,
    claims: Sequence[_Hit],
    kept: Mapping[str, str],
    say: Words,
) -> list[Facet]:
    """Return the facets of the noun in view, each counting what the others leave, and what narrows beside them."""
    tab = kept.get("in", "")
    told: list[Facet] = []

    def tell(
        title: str, key: str, tabs: Container[str], values: Iterable[str], label: _Label
    ) -> None:
        told.append(facet(title, key, values if tab in tabs else (), kept, label))

    def spoken(code: str) -> str:
        return language_of_report(code, say)

    of_pages: tuple[tuple[str, str, Callable[[_Page], str], _Label], ...] = (
        (say("Language"), "language", lambda one: one.language, spoken),
        (say("Publisher"), "publisher", lambda one: one.outlet, str),
        (say("Published"), "published", lambda one: one.month, str),
    )
    for title, key, value, label in of_pages:
        fitting = [value(one) for one in found.pages if _fits_page(one, kept, key)]
        tell(title, key, ("", "claims", "reports", "events"), fitting, label)
    for title, key in ((say("Claim"), "said"), (say("Stance"), "stance")):
        fitting_claims = (one for one in claims if _fits_claim(one, kept, key))
        values = (one.kind if key == "said" else one.stance for one in fitting_claims)
        tell(title, key, ("", "claims"), values, say.term)
    kinds = (kind for kind, number in found.people.items() for _ in range(number))
    tell(say("Kind"), "kind", ("people",), kinds, say.term)
    return [one for one in told if len(one.choices) > 1 or any(c.chosen for c in one.choices)]


def _in_order(held: Mapping[str, Person], ids: Sequence[str]) -> list[Person]:
    return [held[one] for one in ids if one in held]


def _veiled(db: sqlite3.Connection, ids: Sequence[str]) -> tuple[list[Report], Veil]:
    """Return these reports without what another version of their text withholds, and the veil."""
    families = tables.several(db, tables.FAMILY, set(lookups.families_of(db, ids).values()))
    veil = veil_over(db, list(families.values()))
    held = tables.several(db, tables.REPORT, ids)
    return [masked_report(held[one], veil) for one in ids if one in held], veil


def _quoted(
    db: sqlite3.Connection, hits: Sequence[_Hit], terms: Sequence[Term], among: set[str]
) -> list[Quoted]:
    """Return claims as they are shown, each from a report that the search is narrowed to."""
    told = [hit.among(among) for hit in hits]
    homes = sorted({one[0][1] for one in told})
    reports, veil = _veiled(db, homes)
    outlets = {one.id: outlet(one) for one in reports}
    readings = tables.several(db, tables.READING, homes)
    held = {claim.id: claim for reading in readings.values() for claim in reading.claims}
    events = lookups.events_of(db, [one[0][0] for one in told])
    found = []
    for (identity, report), *alike in told:
        claim = masked_claim(held[identity], veil)
        pieces = marked(claim.text, Span(0, len(claim.text)), _hits(claim.text, terms))
        others = len({one for _, one in alike} - {report})
        found.append(Quoted(claim, outlets[report], pieces, others, events.get(identity, "")))
    return found


def _hits(text: str, terms: Sequence[Term]) -> list[Span]:
    """Return where the terms stand in a text."""
    folded, back = fold_mapped(text)
    found = []
    for term in terms:
        for match in re.finditer(term.pattern, folded):
            start, end = back[match.start()], back[match.end()]
            found.append(Span(start, max(end, start + 1)))
    return sorted(found)


def _around(report: Report, terms: Sequence[Term]) -> list[tuple[str, bool]]:
    """Return the words around the first thing found, cut into pieces that are marked or not."""
    for paragraph in report.paragraphs:  # most hold a word early, and to fold takes long
        text = report.text[paragraph.start : paragraph.end]
        hits = _hits(text, terms)
        if hits:
            return marked(text, whole_words(text, hits[0]), hits)
    start = report.text[: 2 * AROUND]
    whole = len(report.text) <= len(start)
    return [(start if whole else start.rpartition(" ")[0] or start, False)]


def whole_words(text: str, hit: Span) -> Span:
    """Return what surrounds a hit, cut between words where that is near."""
    start, end = max(0, hit.start - AROUND), min(len(text), hit.end + AROUND)
    after = text.find(" ", start, hit.start) + 1 if start else 0
    before = text.rfind(" ", hit.end, end) if end < len(text) else end
    return Span(max(start, after), before if before > 0 else end)
