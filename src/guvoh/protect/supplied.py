"""Names and countries by which one version of a text supplies what another withholds, wherever they stand."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guvoh.corroborate.descriptions import describe
from guvoh.languages.fold import fold
from guvoh.languages.lexicon import LANGUAGES, Language, load
from guvoh.model.claim import Exposure, Person, Reading, SourceKind
from guvoh.model.lineage import ChangeKind, Family, Member
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.protect.added import added
from guvoh.protect.beside import Told, beside, every_word, told_of
from guvoh.protect.cues import cues
from guvoh.protect.filenames import named
from guvoh.protect.forms import otherwise
from guvoh.protect.page import is_common, words_of
from guvoh.protect.unknown import Unknown
from guvoh.resolve.names import same_name

_WORD = re.compile(r"[^\W\d_]{3,}")
_SPELLING = 830  # names that can be one, per mille (resolve.names)
_REPLACING = (ChangeKind.PERSON, ChangeKind.SOURCE)
_CLOSE = 3  # words between "citizen" and the country of which somebody is one
_BONES = 3  # consonants by which a word is known again in another script


@dataclass(frozen=True, slots=True)
class Versions:
    """The reports of one family with their readings, by id, and words that are nobody's name."""

    family: Family
    reports: Mapping[str, Report]
    readings: Mapping[str, Reading]
    open_names: tuple[str, ...]  # of outlets, bodies, places

    def bind(self, report: str) -> list[str]:
        """Return the versions whose withholding binds a report: those it was made from, else all others.

        A version that gives a pseudonym and the name behind it withholds as well, and binds nobody
        that it was made from.
        """
        parents = {one.report: one.parent for one in self._members()}
        above: list[str] = []
        at = parents.get(report)
        while at is not None and at not in above:
            above.append(at)
            at = parents.get(at)
        if self.family.origin is not None:
            above.append(self.family.origin)
        return [
            one
            for one in dict.fromkeys(above or parents)
            if one != report and _withholds(self.readings, one)
        ]

    def _members(self) -> tuple[Member, ...]:
        return (*self.family.members, *self.family.citers)


def names(versions: Versions) -> frozenset[str]:
    """Return the folded words of names that some version supplies of people whom another withholds.

    Names of people by office or byline, of outlets, bodies and places are nobody's secret.
    """
    if not any(_withholds(versions.readings, one) for one in versions.reports):
        return frozenset()
    told = told_of(versions.reports.values())
    known = {fold(word) for name in versions.open_names for word in name.split()}.union(
        told.reports
    )
    found: set[str] = set()
    for report in versions.reports.values():
        found.update(named(report.file, _code(report), known))
    for member in (*versions.family.members, *versions.family.citers):
        binding = versions.bind(member.report)
        if binding and member.report in versions.reports and member.report in versions.readings:
            found.update(_supplied(versions, told, member, binding))
    return frozenset(found)


def _supplied(versions: Versions, told: Told, member: Member, binding: list[str]) -> Iterator[str]:
    report, reading = versions.reports[member.report], versions.readings[member.report]
    bound = [versions.reports[one] for one in binding if one in versions.reports]
    said = {word for one in bound for word in _capitalised(one)}
    open_ = {fold(word) for name in versions.open_names for word in name.split()}
    signs = {fold(word) for name in _pseudonyms(versions) for word in name.split()}
    open_ -= _bodies_alone(told, reading)
    open_ |= told.small.difference(_small(told, member, report, bound))
    fresh = [
        fold(word) for name in _people(versions, member, report, reading) for word in name.split()
    ]
    if member not in versions.family.citers:
        kin = _kin(reading, [fold(name) for name in _pseudonyms(versions)])
        new = added(report, reading, member.derivation, kin, versions.open_names)
        fresh += [fold(word) for name in new for word in name.split()]
        public = [one.name for one in reading.people if one.exposure is Exposure.PUBLIC]
        fresh += beside(told, report, bound, [*versions.open_names, *public])
        fresh += _small(told, member, report, bound)
    for word in fresh:
        own = any(word.startswith(sign) for sign in signs)  # a case of the pseudonym itself
        own = own or is_spelling(word, signs)
        known = word in open_ or _is_case(word, open_ | words_of(_code(report)).countries)
        if len(word) >= _BONES and not own and not known and not _is_said(word, said):
            yield word


def is_spelling(word: str, pseudonyms: Container[str]) -> bool:
    """Say whether a folded word is a pseudonym as another language spells it: Cherzod for Sherzod."""
    return any(one in pseudonyms for one in otherwise(word))


def _is_case(word: str, open_: set[str]) -> bool:
    """Say whether a folded word is a case of a name that is nobody's secret: "Rossiyaga", to Russia."""
    return any(
        word.endswith(ending) and len(word) - len(ending) > _BONES and word[: -len(ending)] in open_
        for ending in cues("cases")
    )


def _bodies_alone(told: Told, reading: Reading) -> set[str]:
    """Return the single words that one version alone has as a body, once: they may be first names."""
    bodies = {
        fold(one.name)
        for one in reading.people
        if one.kind is SourceKind.ORGANISATION and len(one.mentions) == 1 and one.name.isalpha()
    }
    return {word for word in bodies if not told.elsewhere(word, reading.report)}


def _people(versions: Versions, member: Member, report: Report, reading: Reading) -> Iterator[str]:
    """Yield the proper names of private people who are somebody under a pseudonym, or kin of theirs.

    They are named beside the pseudonym, where a page speaks of a real name, or, by one who only
    cites, in the words that are cited.
    """
    signs = [fold(name) for name in _pseudonyms(versions)]
    telling: list[Span] = []
    for sentence in reading.sentences:
        text = report.text[sentence.start : sentence.end]
        folded = fold(text)
        if any(sign in folded for sign in signs):
            telling.append(sentence)
        if any(cue in folded for cue in cues("real_name")):
            telling.append(sentence)
            unknown = Unknown(versions.open_names, {})
            unknown.text(text, report.language)
            yield from sorted(unknown.masked)
    telling += _in_its_place(versions, member, signs)
    kin = _kin(reading, signs)
    of_kin = [mention for one in reading.people if one.id in kin for mention in one.mentions]
    telling += [one for one in reading.sentences if any(_meet(mention, one) for mention in of_kin)]
    for one in reading.people:
        beside = any(_meet(mention, span) for mention in one.mentions for span in telling)
        if _is_private(one) and (beside or one.id in kin):
            for name in (one.name, *one.aliases):
                yield from describe(name, report.language).names


def _in_its_place(versions: Versions, member: Member, signs: Sequence[str]) -> Iterator[Span]:
    """Yield the passages whose counterpart has the pseudonym, which they have not; all that one cites."""
    edge = member.derivation
    if edge is None or edge.child != member.report or edge.parent not in versions.reports:
        return
    parent, child = versions.reports[edge.parent].text, versions.reports[edge.child].text
    for passage in edge.passages:
        above = fold(parent[passage.parent.start : passage.parent.end])
        below = fold(child[passage.child.start : passage.child.end])
        dropped = any(sign in above and sign not in below for sign in signs)
        if dropped or member in versions.family.citers:
            yield passage.child


def _kin(reading: Reading, signs: Sequence[str]) -> set[str]:
    """Return the ids of people who are kin of somebody under a pseudonym, and kin of those."""
    bearers = {
        one.id for one in reading.people if one.pseudonym or one.withheld or fold(one.name) in signs
    }
    found = set(bearers)
    while True:
        more = {
            end
            for one in reading.people
            for _, other in one.relations
            if one.id in found or other in found
            for end in (one.id, other)
        }
        if more <= found:
            return found - bearers
        found |= more


def _is_private(one: Person) -> bool:
    return (
        one.kind is SourceKind.PERSON and not one.pseudonym and one.exposure is not Exposure.PUBLIC
    )


def _small(told: Told, member: Member, report: Report, bound: Sequence[Report]) -> Iterator[str]:
    """Yield rare words in small letters that stand where another version has the pseudonym."""
    edge = member.derivation
    if edge is None or edge.child != report.id:
        return
    known = {word for one in bound for word in told.words[one.id]}
    for change in edge.changes:
        if change.withheld and change.kind in _REPLACING and change.to_span is not None:
            text = report.text[change.to_span.start : change.to_span.end]
            for word in _WORD.findall(text):
                rare = fold(word) not in known and not is_common(_code(report), fold(word))
                if rare and word[0].islower():
                    yield fold(word)


def _code(report: Report) -> str:
    code = report.language.partition("-")[0]
    return code if code in LANGUAGES else "en"


def countries(versions: Versions, hidden: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return by report the folded words of countries and peoples said of whoever is withheld there.

    `hidden` are the words of names that are withheld. What a binding version says of the same person
    is no secret of theirs.
    """
    found: dict[str, frozenset[str]] = {}
    for member in (*versions.family.members, *versions.family.citers):
        binding = versions.bind(member.report)
        report = versions.reports.get(member.report)
        if report is None or not any(_keeps_citizenship(versions, one) for one in binding):
            continue
        said = [
            _origins(versions, versions.reports[one], hidden)
            for one in binding
            if one in versions.reports
        ]
        fresh = _origins(versions, report, hidden).difference(*said)
        if fresh:
            found[member.report] = frozenset(fresh)
    return found


def _keeps_citizenship(versions: Versions, report: str) -> bool:
    reading = versions.readings.get(report)
    return reading is not None and any("citizenship" in one.withheld for one in reading.people)


def _origins(versions: Versions, report: Report, hidden: frozenset[str]) -> set[str]:
    """Return the folded words of countries and peoples in sentences that name whoever is withheld."""
    reading = versions.readings.get(report.id)
    if reading is None:
        return set()
    signs = {fold(word) for name in _pseudonyms(versions) for word in name.split()} | hidden
    language = load(_code(report))
    found: set[str] = set()
    for sentence in reading.sentences:
        text = report.text[sentence.start : sentence.end]
        words = [fold(word) for word in _WORD.findall(text)]
        if not any(word.startswith(sign) for word in words for sign in signs):
            continue
        for span, _ in origins_in(report, reading, sentence, language):
            before = _WORD.findall(report.text[sentence.start : span.start])[-_CLOSE:]
            after = _WORD.findall(report.text[span.end : sentence.end])[:_CLOSE]
            around = [fold(word) for word in (*before, *after)]
            if any(word.startswith(cue) for word in around for cue in cues("citizen")):
                found |= {fold(word) for word in report.text[span.start : span.end].split()}
    return found


def origins_in(
    report: Report, reading: Reading, sentence: Span, language: Language | None
) -> Iterator[tuple[Span, bool]]:
    """Yield where a sentence has the name of a country or of a people, and whether it is a people."""
    for place in reading.places:
        if place.kind == "country" and sentence.start <= place.span.start < sentence.end:
            yield place.span, False
    if language is not None:
        told = language.words(report.text[sentence.start : sentence.end])
        for first, last, _ in language.demonyms.find(told):
            start, end = told[first].start, told[last - 1].end
            yield Span(sentence.start + start, sentence.start + end), True


def _withholds(readings: Mapping[str, Reading], report: str) -> bool:
    reading = readings.get(report)
    return reading is not None and any(
        one.pseudonym or one.withheld or one.exposure is Exposure.PROTECTED
        for one in reading.people
    )


def _pseudonyms(versions: Versions) -> set[str]:
    return {
        name
        for reading in versions.readings.values()
        for one in reading.people
        if one.pseudonym
        for name in (one.name, *one.aliases)
    }


def _capitalised(report: Report) -> set[str]:
    """Return the folded words with a capital of a version, and those of its authors, whom it names itself."""
    authors = " ".join(line.text for line in report.bylines)
    words = [*every_word(report), *_WORD.findall(authors)]
    return {fold(word) for word in words if word[0].isupper()}


def _is_said(word: str, said: Iterable[str]) -> bool:
    """Say whether a binding version has a name itself, in some spelling."""
    return any(word[:1] == one[:1] and same_name(word, one).score >= _SPELLING for one in said)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
