"""What a case holds, made ready for a draft to be compared with: sentences, claims, who copies whom."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from guvoh.corroborate.features import Context, Features, context_of, features
from guvoh.languages.fold import fold, skeleton
from guvoh.lineage.align import align, prepared
from guvoh.lineage.anchors import Cut
from guvoh.lineage.fingerprint import cut
from guvoh.lineage.values import has_word
from guvoh.lineage.wording import words_of
from guvoh.model.claim import Claim, Reading
from guvoh.model.event import Event
from guvoh.model.lineage import Family, Relation
from guvoh.model.report import Report
from guvoh.model.text import Span

# Per mille of what a sentence of the draft says, by weight of rare words (across languages: of names
# and numbers), that a passage must hold to speak of the same. Set on tests/cases/drafts/buses.md.
SPEAKS = {False: 300, True: 550}
_WORD = re.compile(r"[^\W_]+")
_TOUCHES = 150
_HELD = 100  # per mille by which less is enough in a report that is spoken of anyway
_NAME = 4  # words of a title that may be a name
INITIAL = 2  # letters up to which a part of a name says little
_LEAST = 60  # tenths of a logarithm of rarity; a sentence that weighs less says little


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a report speaks of what a sentence of the draft says; `share` is per mille.

    `back` is the share of what the passage says that the sentence has. `derived` where the report is
    made from another one or cites it, and so adds no word of its own; `across` where it is in
    another language than the draft; `held` where the draft speaks of its report anyway, so that
    less needs to be shared.
    """

    report: Report
    span: Span
    share: int
    back: int
    derived: bool
    across: bool
    held: bool = False

    @property
    def text(self) -> str:
        """Return its words."""
        return self.report.text[self.span.start : self.span.end]

    @property
    def speaks(self) -> bool:
        """Tell whether it shares enough to speak of the same."""
        return self.share >= SPEAKS[self.across] - (_HELD if self.held else 0)


@dataclass(eq=False)
class Ground:
    """Reports with their readings, and the events and families that were derived from them."""

    reports: Mapping[str, Report]
    readings: Mapping[str, Reading]
    events: tuple[Event, ...]
    families: tuple[Family, ...]
    _contexts: dict[str, Context] = field(default_factory=dict)
    _words: dict[str, tuple[str, list[Span]]] = field(default_factory=dict)
    _having: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _standing: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def derived(self) -> frozenset[str]:
        """Return the reports that are made from another one or cite it, and are the origin of no family."""
        found: set[str] = set()
        origins = {family.origin for family in self.families}
        for family in self.families:
            for member in (*family.members, *family.citers):
                known = family.origin is not None or member.parent is not None
                made = known or (
                    member.relation is Relation.TRANSLATION and family.missing_origin is None
                )
                if made and member.relation is not Relation.ORIGIN:
                    found.add(member.report)
        return frozenset(found - origins)

    @cached_property
    def family_of(self) -> Mapping[str, Family]:
        """Return the family of each report that is in one or cites one."""
        found: dict[str, Family] = {}
        for family in self.families:
            for member in (*family.members, *family.citers):
                found.setdefault(member.report, family)
        return found

    @cached_property
    def remade(self) -> frozenset[str]:
        """Return the reports that are another one in other words; those that add their own are not."""
        relations = (Relation.COPY, Relation.EDITED, Relation.PARAPHRASE, Relation.TRANSLATION)
        return frozenset(
            member.report
            for family in self.families
            for member in family.members
            if member.relation in relations
            and member.report in self.derived
            and family.origin in self.reports
        )

    def own_word(self, report: str, language: str) -> bool:
        """Tell whether a report is no copy of another one, or stands for one in a draft's language."""
        return report not in self.derived or report in self.standing(language)

    def standing(self, language: str) -> frozenset[str]:
        """Return the translations that stand for an origin which the case has in another language alone.

        What they say, the origin says: they are the words in which a draft of their language can be compared.
        """
        base = language.partition("-")[0]
        if base not in self._standing:
            self._standing[base] = frozenset(
                member.report
                for family in self.families
                for member in family.members
                if member.relation is Relation.TRANSLATION
                and self._foreign(family.origin or member.parent, base)
                and member.report in self.reports
                and self._base(member.report) == base
                and (member.parent not in self.reports or self._base(str(member.parent)) != base)
            )
        return self._standing[base]

    def _foreign(self, report: str | None, base: str) -> bool:
        return report in self.reports and self._base(str(report)) != base

    def _base(self, report: str) -> str:
        return self.reports[report].language.partition("-")[0]

    def versions(self, reports: Sequence[str]) -> list[str]:
        """Return reports with the others of their families, in whatever language, after them."""
        families = [self.family_of[one] for one in reports if one in self.family_of]
        others = [one.report for family in families for one in (*family.members, *family.citers)]
        return [one for one in dict.fromkeys([*reports, *others]) if one in self.reports]

    @cached_property
    def outlets(self) -> Mapping[str, list[str]]:
        """Return the reports of each publisher by its name, of one that is missing what derives from it.

        A report whose publisher nobody knows goes by a title of a few words, which names it too.
        """
        found: dict[str, list[str]] = {}
        for report in self.reports.values():
            name = report.publisher or report.title
            if name is not None and (report.publisher or len(name.text.split()) <= _NAME):
                found.setdefault(name.text, []).append(report.id)
        for family in self.families:
            missing = family.missing_origin and family.missing_origin.publisher
            if missing:
                told = [member.report for member in (*family.members, *family.citers)]
                found.setdefault(missing, []).extend(one for one in told if one in self.reports)
        return {name: reports for name, reports in found.items() if reports}

    def named_in(self, text: str, known: Sequence[str] = ()) -> list[str]:
        """Return the names of the outlets that a text names, those of several words in any script.

        Of those `known` from elsewhere in a draft the last word alone will do: "the Gazette".
        """
        plain, bones = f" {' '.join(_words(text, fold))} ", f" {' '.join(_words(text, skeleton))} "
        return [
            name
            for name in self.outlets
            if f" {' '.join(_words(name, fold))} " in plain
            or (len(name.split()) > 1 and f" {' '.join(_words(name, skeleton))} " in bones)
            or (name in known and re.search(rf"\b{re.escape(name.split()[-1])}\b", text))
        ]

    def having(self, name: str, language: str) -> tuple[str, ...]:
        """Return the reports that have all of a name, in their text or in what they say of themselves."""
        self.look_up([name], language)
        return self._having[name, language.partition("-")[0]]

    def look_up(self, names: Iterable[str], language: str) -> None:
        """Look for names in one pass over the reports, so that `having` knows them."""
        base = language.partition("-")[0]
        missing = [name for name in dict.fromkeys(names) if (name, base) not in self._having]
        if not missing:
            return
        wanted = {name: _words_of_name(name) for name in missing}
        found: dict[str, list[str]] = {name: [] for name in missing}
        for report in self.reports.values():
            stated = (report.publisher, report.title, *report.bylines)
            said = "\n".join([report.text, *(one.text for one in stated if one is not None)])
            across = self._base(report.id) != base
            for name, words in wanted.items():
                if words and _has(said, words, across=across):
                    found[name].append(report.id)
        self._having.update({(name, base): tuple(reports) for name, reports in found.items()})

    @cached_property
    def event_of(self) -> Mapping[str, Event]:
        """Return the event of each claim."""
        return {claim: event for event in self.events for claim in event.claims}

    @cached_property
    def _claims(self) -> Mapping[str, list[Claim]]:
        return {
            key: sorted(reading.claims, key=lambda claim: claim.span)
            for key, reading in self.readings.items()
        }

    def claims(self, report: str, span: Span) -> list[Claim]:
        """Return the claims of a report that begin in a stretch of it, or hold it."""
        every = self._claims.get(report, [])
        end = bisect_right(every, span.end - 1, key=lambda claim: claim.span.start)
        return [claim for claim in every[:end] if claim.span.end > span.start]

    def features(self, claim: Claim) -> Features:
        """Return what corroboration compares of a claim."""
        if claim.report not in self._contexts:
            report = self.reports[claim.report]
            self._contexts[claim.report] = context_of(report, self.readings[claim.report])
        return features(claim, self._contexts[claim.report])

    def words(self, report: str) -> tuple[str, list[Span]]:
        """Return the folded words of a report, each between two spaces, and where each stands."""
        if report not in self._words:
            text = self.reports[report].text
            words = words_of(text, Span(0, len(text)))
            self._words[report] = (
                f" {' '.join(word for word, _ in words)} ",
                [at for _, at in words],
            )
        return self._words[report]

    def around(self, report: str, span: Span) -> Span:
        """Return the paragraph of a report in which a stretch begins."""
        paragraphs = self.reports[report].paragraphs
        return next((p for p in paragraphs if p.start <= span.start < p.end), span)

    def sentence(self, report: str, span: Span) -> Span:
        """Return the sentence of a report in which a stretch begins."""
        return _whole(self.readings.get(report), span)

    def paragraph(self, passage: Passage) -> Span:
        """Return the paragraph in which a passage begins."""
        return self.around(passage.report.id, passage.span)


def _words_of_name(name: str) -> list[str]:
    """Return the words of a name that are looked for: no initials, nothing that is written small."""
    words = [word.strip(".,’'") for word in name.replace("-", " ").split() if word[:1].isupper()]
    return [word for word in words if len(word) > INITIAL]


def _has(text: str, words: Sequence[str], *, across: bool) -> bool:
    return all(
        any(has_word(text, form, across=across) for form in _spellings(word)) for word in words
    )


def _spellings(word: str) -> tuple[str, ...]:
    """Return a name as it is, and "Yelena" as "Elena" too: Cyrillic has one letter for both."""
    return (word, "E" + word[2:]) if word[:2] == "Ye" else (word,)


def _words(text: str, form: Callable[[str], str]) -> list[str]:
    return [form(word) for word in _WORD.findall(text)]


def passages(ground: Ground, draft: Report, sentences: Sequence[Span]) -> list[list[Passage]]:
    """Return for each sentence of a draft the passages that speak of the same, the nearest first."""
    found: list[list[Passage]] = [[] for _ in sentences]
    ours = cut(draft)
    starts = [sentence.start for sentence in sentences]
    at = [max(bisect_right(starts, unit.span.start) - 1, 0) for unit in ours.units]
    for report in ground.reports.values():
        if report.text.strip():
            for sentence, passage in _in_report(ground, draft, (ours, at), report):
                found[sentence].append(passage)
    for each in found:
        each.sort(key=lambda one: (-one.share, one.derived, one.across, one.report.id))
    return found


def _in_report(
    ground: Ground, draft: Report, ours: tuple[Cut, Sequence[int]], report: Report
) -> Iterator[tuple[int, Passage]]:
    """Yield the nearest passage of one report for each sentence of which it has one."""
    across = draft.language.partition("-")[0] != report.language.partition("-")[0]
    theirs = cut(report)
    totals: dict[int, int] = {}
    for ordinal, weight in enumerate(prepared(ours[0], across).weights):
        totals[ours[1][ordinal]] = totals.get(ours[1][ordinal], 0) + weight
    shared: dict[int, list[tuple[int, int]]] = {}
    for link in align(ours[0], theirs, across=across).free:
        shared.setdefault(ours[1][link.left], []).append((link.weight, link.right))
    for sentence, links in shared.items():
        weight = sum(one for one, _ in links)
        share = min(weight * 1000 // max(totals[sentence], _LEAST), 1000)
        if share >= _TOUCHES:
            place = theirs.units[max(links)[1]].paragraph
            near = {right for _, right in links if theirs.units[right].paragraph == place}
            whole = sum(prepared(theirs, across).weights[right] for right in near)
            back = min(weight * 1000 // max(whole, _LEAST), 1000)
            spans = [theirs.units[right].span for right in near]
            span = _whole(ground.readings.get(report.id), Span(min(spans).start, max(spans).end))
            derived = not ground.own_word(report.id, draft.language)
            yield sentence, Passage(report, span, share, back, derived, across)


def _whole(reading: Reading | None, span: Span) -> Span:
    """Return a stretch widened to whole sentences as they were read."""
    met = [
        one
        for one in (reading.sentences if reading else ())
        if one.start < span.end and span.start < one.end
    ]
    return Span(min(met).start, max(one.end for one in met)) if met else span
