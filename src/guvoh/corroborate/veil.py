"""Keeps what one version withholds and another supplies out of all that an event says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from guvoh.corroborate.descent import tells_descent
from guvoh.corroborate.descriptions import describe
from guvoh.languages.fold import fold, skeleton
from guvoh.model import claim as claims
from guvoh.model.claim import Exposure, Reading, SourceKind
from guvoh.model.lineage import Change, ChangeKind, Derivation, Family
from guvoh.model.report import Report
from guvoh.model.text import Span

WITHHELD = claims.WITHHELD
_TOKEN = re.compile(r"[^\W\d_][\w'’ʻ-]*")
_BLACK = "█"
_SHORT = 3  # letters; shorter words are no names to go by
_BONES = 3  # consonants by which a name is known again in another script
_MARKS = "«»“”„\"'.,;:!?()[]—–-’‘"
# A name put in another's place. What is merely added to a copy stands in nobody's place, unless the
# pseudonym is gone from it and no name stands in its place.
_REPLACING = (ChangeKind.PERSON, ChangeKind.SOURCE)


def needed(families: Iterable[Family]) -> tuple[str, ...]:
    """Return the reports that must be at hand for names to be masked in any report of the families."""
    found: dict[str, None] = {}
    for family in families:
        # What the first version withholds binds all that were made from it.
        found[family.origin or family.members[0].report] = None
        for member in (*family.members, *family.citers):
            edge = member.derivation
            if edge is not None and any(_may_replace(change) for change in edge.changes):
                found.update({edge.parent: None, edge.child: None})
    return tuple(found)


def binding(families: Sequence[Family]) -> list[Family]:
    """Return those of the families on whose account a name may be masked: the others cost time alone."""
    ends = {
        end
        for family in families
        for member in (*family.members, *family.citers)
        if (edge := member.derivation) is not None and any(map(_may_replace, edge.changes))
        for end in (edge.parent, edge.child)
    }
    return [
        family
        for family in families
        if any(member.report in ends for member in (*family.members, *family.citers))
    ]


def _replaces(change: Change) -> bool:
    return change.withheld and change.kind in _REPLACING


def _may_replace(change: Change) -> bool:
    """Return whether a change names somebody where a version withholds, if only in what it adds."""
    return _replaces(change) or (change.withheld and change.kind is ChangeKind.ADDED)


class Veil:
    """The words, by report, that stand there for a name which another version withholds.

    They hold for every report of a family, for a copy of the copy supplies them too.
    """

    def __init__(
        self,
        reports: Mapping[str, Report],
        readings: Mapping[str, Reading],
        families: Mapping[str, Family],
        derivations: Iterable[Derivation],
    ) -> None:
        self._reports = reports
        self._readings = readings
        self._families = families
        self._words: dict[str, set[str]] = {}
        self._countries: dict[str, set[str]] = {}
        for derivation in derivations:
            withheld = self._withholds(derivation.parent)
            filled = False
            for change in derivation.changes:
                if not _replaces(change):
                    continue
                if withheld or not self._withholds(derivation.child):
                    filled |= self._seal(derivation.child, change.to_span, derivation.parent)
                else:
                    self._seal(derivation.parent, change.from_span, derivation.child)
            if withheld and not filled and self._drops(derivation):
                for change in derivation.changes:
                    if _may_replace(change):
                        self._seal(derivation.child, change.to_span, derivation.parent)

        self._seal_origins()

    def _seal_origins(self) -> None:
        """Seal countries and peoples beside a veiled person where another version withholds them."""
        for report, reading in self._readings.items():
            family = self._families.get(report)
            if family is None or not any("citizenship" in p.withheld for p in reading.people):
                continue
            for member in family.members:
                other = self._readings.get(member.report)
                if other is not None and member.report != report:
                    before = {one: set(words) for one, words in self._words.items()}
                    self.cover(member.report, self._origins(member.report, other), report)
                    for one, words in self._words.items():
                        self._countries.setdefault(one, set()).update(
                            words - before.get(one, set())
                        )

    def _origins(self, report: str, reading: Reading) -> Iterator[str]:
        """Yield the countries and peoples in the claims that speak of someone veiled."""
        veiled = [
            mention
            for person in reading.people
            if person.pseudonym or self.hides(report, person.name)
            for mention in person.mentions
        ]
        found = self._reports.get(report)
        if found is None:
            return
        for claim in reading.claims:
            if not any(_meet(mention, claim.span) for mention in veiled):
                continue
            told = partial(tells_descent, found.text, code=found.language)
            for place in claim.places:
                if place.kind == "country" and place.key and told(place.span, people=()):
                    yield place.name
            for one in claim.participants:
                people = one.kind == "nationality" and " " not in one.name and one.span
                if people and told(people, people=veiled):
                    yield one.name

    def cover(self, report: str, names: Iterable[str], other: str) -> None:
        """Seal the words of names in a report that the other report does not have."""
        words = {word for name in names for word in name.split()}
        unknown = {_plain(word) for word in words if not self._knows(other, word)}
        unknown = {word for word in unknown if len(word) >= _SHORT}
        family = self._families.get(report)
        members = [m.report for m in family.members] if family is not None else [report]
        for member in members if unknown else ():
            self._words.setdefault(member, set()).update(unknown)

    def supplied(self, report: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the folded words of names that a report must not supply, and those of countries."""
        words, countries = self._words.get(report, set()), self._countries.get(report, set())
        return frozenset(words - countries), frozenset(countries)

    def hides(self, report: str, name: str) -> bool:
        """Return whether a name in a report must not be shown."""
        words = self._words.get(report)
        if not words:
            return False
        # An inflected name begins like the name.
        return any(
            token == word or (len(word) > _SHORT and token.startswith(word))
            for token in map(_plain, name.split())
            for word in words
        )

    def masked(self, report: str, text: str) -> str:
        """Return text of a report with sealed words blacked out; the length stays."""
        words = self._words.get(report)
        if not words:
            return text
        return _TOKEN.sub(
            lambda found: (
                _BLACK * len(found[0])
                if not found[0][0].islower() and self.hides(report, found[0])
                else found[0]
            ),
            text,
        )

    def shown(self, report: str, name: str) -> str:
        """Return a name, or the words that stand for one that is withheld."""
        return WITHHELD if self.hides(report, name) else name

    def _drops(self, derivation: Derivation) -> bool:
        """Return whether a copy has none of its parent's pseudonyms: who is new in it may be their bearer."""
        reading = self._readings.get(derivation.parent)
        names = [p.name for p in reading.people if p.pseudonym] if reading is not None else []
        return bool(names) and not any(
            self._knows(derivation.child, word) for name in names for word in name.split()
        )

    def _withholds(self, report: str) -> bool:
        reading = self._readings.get(report)
        return reading is not None and any(
            person.pseudonym or person.withheld or person.exposure is Exposure.PROTECTED
            for person in reading.people
        )

    def _seal(self, report: str, span: Span | None, other: str) -> bool:
        """Seal the names of people in a passage; return whether there are any, or one was taken out."""
        reading = self._readings.get(report)
        if span is None or reading is None:
            return False
        names = list(self._named(report, span))
        self.cover(report, names, other)
        gone = [m for one in reading.people if one.name == WITHHELD for m in one.mentions]
        return bool(names) or any(_meet(mention, span) for mention in gone)

    def _named(self, report: str, span: Span) -> Iterator[str]:
        """Yield the proper names of the people that a passage names, but not of pseudonyms."""
        reading = self._readings[report]
        code = self._reports[report].language if report in self._reports else "en"
        veiled = {fold(n) for p in reading.people if p.pseudonym for n in (p.name, *p.aliases)}
        for person in reading.people:
            meant = any(_meet(mention, span) for mention in person.mentions)
            if meant and person.kind is SourceKind.PERSON and not person.pseudonym:
                for name in (person.name, *person.aliases):
                    yield from describe(name, code).names
        for claim in reading.claims:
            if not _meet(claim.span, span):
                continue
            for link in claim.chain:
                known = link.kind is SourceKind.PERSON and not link.pseudonym
                if known and _meet(link.span or claim.span, span) and fold(link.name) not in veiled:
                    yield from describe(link.name, code).names
            for one in claim.participants:
                if one.kind == "person" and _meet(one.span or claim.span, span):
                    yield from describe(one.name, code).names

    def _knows(self, report: str, word: str) -> bool:
        """Return whether a report has a name in some spelling or script."""
        found = self._reports.get(report)
        if found is None:
            return False
        bones = skeleton(word.strip(_MARKS))
        if len(bones) < _BONES:
            return _plain(word) in {_plain(other) for other in found.text.split()}
        return any(
            one.startswith(bones) or (len(one) >= _BONES and bones.startswith(one))
            for one in _skeletons(found.text)
        )


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _plain(word: str) -> str:
    return fold(word.strip(_MARKS)).removesuffix("'s")


@lru_cache(maxsize=64)
def _skeletons(text: str) -> frozenset[str]:
    """Return the consonants of the words of a text that are written as names."""
    words = {word.strip(_MARKS) for word in text.split()}
    return frozenset(skeleton(word) for word in words if word[:1] != word[:1].lower())
