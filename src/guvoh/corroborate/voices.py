"""Who says what in the claims of one event, and how each report stands to others that tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from guvoh.corroborate.around import NARROW, Surroundings, is_when, surroundings
from guvoh.corroborate.decisions import Decision, Gathered, Pair
from guvoh.corroborate.descriptions import describe, titles
from guvoh.corroborate.features import willing
from guvoh.corroborate.narration import carried, lived, narrates, on_whose_word, one_voice
from guvoh.corroborate.veil import Veil
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.fold import fold
from guvoh.model.claim import Claim, ClaimKind, Link, Person, Polarity, Reading, SourceKind, Stance
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation, Family, Member, Relation
from guvoh.model.report import MakingKind, Report
from guvoh.model.text import Span

_TWO = 2  # reports with a publisher, of which one can cite the other


@dataclass(frozen=True, slots=True)
class Material:
    """All that the derivation of one event reads.

    `reports` in canonical order and their `readings` by report id: those of the event's claims, and
    those that `veil.needed(families)` names.
    `families` are the families and `derivations` further verified relations of these reports.
    `assessed` are the claims whose contents a person has read, `pairs` who is or is not whom.
    """

    reports: Mapping[str, Report]
    readings: Mapping[str, Reading]
    families: Sequence[Family] = ()
    derivations: Sequence[Derivation] = ()
    decisions: Sequence[Decision] = ()
    assessed: frozenset[str] = frozenset()
    pairs: Sequence[Pair] = ()

    @property
    def apart(self) -> list[tuple[str, str]]:
        """Return the pairs of people who, a person found, are not the same."""
        return [(pair.one, pair.other) for pair in self.pairs if not pair.same]


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim of the event with the innermost link of its chain, None where the report narrates.

    `unit` is the family of its report, or the report where it has none. `derived` where it stands
    only in a copy; `twin` is the claim in whose place it stands.
    """

    claim: Claim
    report: Report
    link: Link | None
    unit: str
    derived: bool
    parentless: bool
    denies: bool
    twin: str | None = None

    @property
    def person(self) -> str | None:
        """Return the id of the person who says it, if the report has one for it."""
        return self.link.person if self.link else None


@dataclass
class Scene:
    """One event's voices in canonical order with what is known around them.

    `timed` are the acts of each report of which a claim names the time itself, `placed` the reports
    in which one names a facility or town. `dead` are the folded names of whoever is said to be. `outlets` are the folded names of those who publish;
    `published` the reports of the event by the folded name of their publisher.
    """

    material: Material
    gathered: Gathered
    voices: list[Voice] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    inner: dict[str, list[Span]] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    family: dict[str, Family] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    veil: Veil = field(default_factory=lambda: Veil({}, {}, {}, ()))
    timed: set[tuple[str, str]] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)
    dead: set[str] = field(default_factory=set)
    outlets: frozenset[str] = frozenset()
    published: dict[str, set[str]] = field(default_factory=dict)
    _around: dict[str, Surroundings] = field(default_factory=dict)
    _places: dict[str, frozenset[str]] = field(default_factory=dict)

    def cited(self, claim: Claim) -> set[str]:
        """Return the reports at hand, but for its own, whose outlet a claim says that it has it from."""
        found: set[str] = set()
        for link in claim.chain:
            for name in undeclined(link.name):
                found |= self.published.get(name, set())
        return found - {claim.report}

    @cached_property
    def citations(self) -> dict[str, set[str]]:
        """Return for each report of the event those of it that it names as where something is from."""
        found: dict[str, set[str]] = {}
        if len(set().union(*self.published.values())) < _TWO:
            return found
        for report in dict.fromkeys(told.report for told in self.gathered.claims):
            cited = (self.cited(claim) for claim in self.material.readings[report].claims)
            found[report] = set().union(*cited)
        return found

    @property
    def affirming(self) -> list[Voice]:
        """Return the voices that say that it happened or will."""
        return [voice for voice in self.voices if not voice.denies]

    def copied(self, report: str) -> bool:
        """Return whether a report derives from another that is known."""
        return any(voice.derived for voice in self.voices if voice.report.id == report)

    def own(self, claim: Claim, span: Span | None) -> bool:
        """Return whether a span is the claim's own, and not that of a claim inside it."""
        return span is None or not any(
            one.start <= span.start and span.end <= one.end for one in self.inner.get(claim.id, ())
        )

    def around(self, report: str) -> Surroundings:
        """Return what stands around the claims of a report."""
        if report not in self._around:
            reading = self.material.readings[report]
            self._around[report] = surroundings(self.material.reports[report], reading)
        return self._around[report]

    def places(self, report: str) -> frozenset[str]:
        """Return the folded names of the places of a report."""
        if report not in self._places:
            named = self.material.readings[report].places
            self._places[report] = frozenset(fold(place.name) for place in named)
        return self._places[report]

    def of(self, claims: Sequence[str]) -> list[Voice]:
        """Return the voices of some claims."""
        wanted = set(claims)
        return [voice for voice in self.voices if voice.claim.id in wanted]


def scene(gathered: Gathered, material: Material) -> Scene:
    """Return the voices of an event."""
    here = Scene(material, gathered, outlets=_outlets(material))
    for family in material.families:
        for member in (*family.members, *family.citers):
            if member.report in material.reports:
                here.members.setdefault(member.report, member)
        for member in family.members:
            if member.report in material.reports:
                here.family[member.report] = family
    for report in dict.fromkeys(told.report for told in gathered.claims):
        _enter(here, report)
    known = [m.derivation for m in here.members.values() if m.derivation is not None]
    here.veil = Veil(
        material.reports, material.readings, here.family, (*known, *material.derivations)
    )
    pairs = _twins(here)
    for told in gathered.claims:
        claim = material.readings[told.report].claims[told.place]
        answers = told.denies and claim.id not in material.assessed
        voice = _voice(here, claim, pairs, denies=answers or denies(claim))
        here.voices.append(voice)
        if not voice.denies:
            _note(here, voice)
    here.voices = lived(here, on_whose_word(here.voices, _carried(here)))
    return here


def _carried(here: Scene) -> dict[str, Link]:
    """Return on whose word a report tells what it narrates around the words of its only voice, by claim."""
    told: dict[str, list[Voice]] = {}
    for voice in here.voices:
        told.setdefault(voice.report.id, []).append(voice)
    found: dict[str, Link] = {}
    for report, voices in told.items():
        reading = here.material.readings[report]
        if any(narrates(v.claim, v.report) for v in voices) and one_voice(reading):
            found.update(carried(voices, reading, here.around(report)))
    return found


def _enter(here: Scene, report: str) -> None:
    """Note the outlet, people and nested claims of a report."""
    reading, publisher = here.material.readings[report], here.material.reports[report].publisher
    if publisher is not None and publisher.text.strip():
        here.published.setdefault(fold(publisher.text), set()).add(report)
    here.people.update((person.id, person) for person in reading.people)
    for claim in reading.claims:
        if claim.within is not None:
            here.inner.setdefault(claim.within, []).extend(claim.spans)
        if vocabulary().deadly.intersection(act.name for act in claim.acts):
            here.dead |= {fold(p.name) for p in claim.participants if p.role == "affected"}


def _outlets(material: Material) -> frozenset[str]:
    """Return the folded names of publishers, of those whom pages credit, and of missing originals'."""
    reports = material.reports.values()
    names = [one.publisher.text for one in reports if one.publisher is not None]
    names += [
        making.name or ""
        for one in reports
        for making in one.making
        if making.kind is MakingKind.CREDIT
    ]
    lost = (family.missing_origin for family in material.families)
    names += [one.publisher for one in lost if one is not None and one.publisher]
    return frozenset(fold(name) for name in names) - {""}


def _note(here: Scene, voice: Voice) -> None:
    """Note whether a claim names a time, and a facility or town, itself."""
    claim = voice.claim
    if any(is_when(time) and here.own(claim, time.span) for time in claim.times):
        here.timed.update((claim.report, act.name) for act in claim.acts)
    if any(place.kind in NARROW and here.own(claim, place.span) for place in claim.places):
        here.placed.add(claim.report)


def _voice(here: Scene, claim: Claim, pairs: Mapping[str, str], *, denies: bool) -> Voice:
    report = here.material.reports[claim.report]
    family = here.family.get(report.id)
    member = here.members.get(report.id)
    twin = pairs.get(claim.id)
    derived = twin is not None or _handed_on(here, claim)
    parentless = False
    if family is not None and member is not None:
        parentless = family.origin is None and member.parent is None
        origin = family.origin == report.id or member.relation is Relation.ORIGIN
        derived = not origin and not parentless
    return Voice(
        claim=claim,
        report=report,
        link=_sure(here, claim, _holder(claim)),
        unit=family.id if family else report.id,
        derived=derived,
        parentless=parentless,
        denies=denies,
        twin=twin,
    )


def _handed_on(here: Scene, claim: Claim) -> bool:
    """Return whether a claim says that it has it from a report at hand, which does not cite it in turn."""
    cited = here.cited(claim)
    return any(claim.report not in here.citations.get(other, ()) for other in cited)


def _holder(claim: Claim) -> Link | None:
    """Return on whose word a claim is told: the innermost link.

    Or, where that is somebody of whom the report does not say who he is, the person who tells of
    him: "they are planning to send another group", says the father.
    """
    for link in reversed(claim.chain):
        if link.resolved or link.person is not None or not is_person(link.kind):
            return link
    return claim.chain[-1] if claim.chain else None


def _sure(here: Scene, claim: Claim, link: Link | None) -> Link | None:
    """Return a link that nobody can take for a person who is none.

    An outlet is an organisation, however its name is read, and so are "media reports" and what it publishes ("an article said"); a
    place, a number or a letter is nobody: "Karelia", "Colony No. 12", "A". Who died, and is not quoted, told it to nobody
    but a person who tells of him.
    """
    if link is None or link.kind in (SourceKind.UNNAMED, SourceKind.ORGANISATION):
        return link
    if fold(link.name) in here.dead and claim.kind is not ClaimKind.DIRECT and not _through(claim):
        return replace(link, resolved=False, person=None)
    if _media(link.name, here.material.reports[claim.report].language):
        return replace(link, kind=SourceKind.ORGANISATION, person=None)
    if link.kind is not SourceKind.PERSON:
        return link
    if not here.outlets.isdisjoint(undeclined(link.name)):
        return replace(link, kind=SourceKind.ORGANISATION)
    said = describe(link.name, here.material.reports[claim.report].language)
    if not (said.names or said.kin or said.roles) and any(
        word.startswith(vocabulary().publications) for word in said.rest
    ):
        return replace(link, kind=SourceKind.ORGANISATION, person=None)
    nobody = fold(link.name) in here.places(claim.report) or any(
        sign.isdigit() for sign in link.name
    )
    nobody = nobody or len(link.name.strip(" .:")) == 1  # who answers in an interview, "A:"
    if nobody and not said.kin and not said.roles:
        return replace(link, resolved=False, person=None)
    return link


def _through(claim: Claim) -> bool:
    return any(is_person(link.kind) for link in claim.chain[:-1])


@lru_cache(maxsize=65536)
def _media(name: str, code: str) -> bool:
    """Return whether outlets as such are meant, which pass on: "media reports", "local media"."""
    said = describe(name, code)
    words = {*fold(name).split()}
    return bool(words & vocabulary().media) and not said.roles and not said.kin


@lru_cache(maxsize=65536)
def undeclined(name: str) -> tuple[str, ...]:
    """Return a name, folded, and what it may be without an ending of case: "Dala Vaqtiga"."""
    said = fold(name)
    cut = (said.removesuffix(ending) for ending in vocabulary().endings)
    return (said, *dict.fromkeys(one for one in cut if one and one != said))


def speaker(voice: Voice) -> Link | None:
    """Return the link of a voice that may count: a person, group or document that can be told."""
    link = voice.link
    if link is None or link.kind in (SourceKind.UNNAMED, SourceKind.ORGANISATION):
        return None
    return link if link.name.strip() and (link.resolved or link.person is not None) else None


def denies(claim: Claim) -> bool:
    """Return whether a claim denies what it speaks of."""
    return claim.stance is Stance.DENIED or claim.polarity is Polarity.NEGATED


def _twins(here: Scene) -> dict[str, str]:
    """Return for claims of derived reports the claims of the report above in whose place they stand."""
    reports = {told.claim: told.report for told in here.gathered.claims}
    above = {r: m.parent for r, m in here.members.items() if m.parent is not None}
    further = {(d.parent, d.child) for d in here.material.derivations}
    found: dict[str, str] = {}
    for told in here.gathered.claims:
        for twin in told.twins:
            other = reports.get(twin)
            if other is None:
                continue
            if above.get(told.report) == other:
                found[told.claim] = twin
            elif above.get(other) == told.report:
                found[twin] = told.claim
            elif (other, told.report) in further:
                found.setdefault(told.claim, twin)
            elif (told.report, other) in further:
                found.setdefault(twin, told.claim)
    return found


def core_acts(voice: Voice) -> bool:
    """Return whether a claim tells of something done, and not only of how, or of what went with it."""
    return any(act.name not in vocabulary().manner for act in voice.claim.acts)


def is_person(kind: SourceKind) -> bool:
    """Return whether a kind of source is counted among people and groups."""
    return kind in (SourceKind.PERSON, SourceKind.GROUP)


def answering(scene: Scene, voice: Voice) -> bool:
    """Return whether somebody whose office answers for others speaks right after a denial, or denies it himself.

    "All our workers keep their documents", says the director of the agency that denies it; "They lived there
    because they wanted to, and were paid", says a lawyer.
    """
    person = scene.people.get(voice.person or "")
    held = titles(person, voice.report) if person is not None else set()
    office, trade = held & vocabulary().deniers, held & vocabulary().advocates
    if person is None or not (office or trade):
        return False
    paragraph = scene.around(voice.report.id).paragraph
    at = paragraph(voice.claim.span.start)
    if office and any(
        other.denies
        and other.report.id == voice.report.id
        and other.claim.span.start < voice.claim.span.start
        and at - paragraph(other.claim.span.start) <= 1
        for other in scene.voices
    ):
        return True
    return any(
        (claim.stance is Stance.DENIED or (not office and willing(claim)))
        and claim.chain[-1:] != ()
        and claim.chain[-1].person == person.id
        and abs(at - paragraph(claim.span.start)) <= 1
        for claim in scene.material.readings[voice.report.id].claims
    )
