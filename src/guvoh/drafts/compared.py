"""A draft and a case side by side: what every check is given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guvoh.drafts.following import meant
from guvoh.drafts.ground import INITIAL, Ground, Passage
from guvoh.drafts.meanings import meant_in
from guvoh.drafts.sentence import Sentence
from guvoh.languages.fold import fold
from guvoh.lineage.values import has_word
from guvoh.lineage.wording import words_of
from guvoh.model.claim import Reading
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.protect.page import is_common

_ENOUGH = 600  # per mille that a passage in another language shares of names and numbers
_MOST = 2  # originals of which a sentence may speak


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of a report in which what a sentence says may stand; `near` where a passage is.

    `derived` where the report is made from another one; `own` where it is none or stands for one.
    """

    report: str
    span: Span
    derived: bool
    own: bool
    near: bool


@dataclass(eq=False)
class Compared:
    """A draft with its sentences, and the case they are compared with."""

    draft: Report
    reading: Reading
    sentences: list[Sentence]
    ground: Ground
    all_told: dict[tuple[Span, bool], list[Report]] = field(default_factory=dict)
    things: dict[tuple[str, Span], frozenset[object]] = field(default_factory=dict)

    def areas(self, sentence: Sentence) -> list[Area]:
        """Return where to look for what a sentence says: around its passages, then beside it.

        Of the reports beside it those that tell of its event; others may speak of something like it.
        What a copy says is looked for in its origin, too.
        """
        ground = self.ground
        weighty = [one for one in self._of_one_origin(sentence) if self._touches(sentence, one)]
        near = [self._area(one.report.id, ground.paragraph(one), near=True) for one in weighty]
        beside = dict.fromkeys([*(p.report.id for p in weighty), *sentence.beside])
        above: set[str] = set()
        for one in weighty:
            origin = (
                ground.family_of[one.report.id].origin if one.report.id in ground.derived else None
            )
            if origin in ground.reports:
                above.add(str(origin))
        event = sentence.event
        wide = [
            self._area(one, Span(0, len(ground.reports[one].text)), near=False)
            for one in [*beside, *sorted(above - beside.keys())]
            if event is None or one in event.reports or one in above
        ]
        return near + wide

    def _touches(self, sentence: Sentence, passage: Passage) -> bool:
        """Tell whether a passage in another language shares more than a number or a day: a meaning, a name, a place."""
        if not passage.across or passage.share >= _ENOUGH or not meant_in(passage.report.language):
            return True
        around = self.ground.paragraph(passage)
        if meant(self.draft, sentence.span) & meant(passage.report, around):
            return True
        text = passage.report.text[around.start : around.end]
        return any(has_word(text, name, across=True) for name in self.names[sentence.span])

    def _area(self, report: str, span: Span, *, near: bool) -> Area:
        own = self.ground.own_word(report, self.draft.language)
        return Area(report, span, report in self.ground.derived, own, near)

    def _of_one_origin(self, sentence: Sentence) -> list[Passage]:
        """Return the weighty passages without copies of other texts than the originals among them."""
        family_of = self.ground.family_of
        families = {
            family_of[one.report.id].id for one in sentence.nearest if one.report.id in family_of
        }
        return [
            one
            for one in sentence.weighty
            if not one.derived or family_of[one.report.id].id in families or not sentence.original
        ]

    def spoken_of(self, sentence: Sentence) -> list[Report]:
        """Return the one or two originals that a sentence goes on about or names; none if there are more."""
        among = sentence.beside if sentence.held else ()
        own = [one for one in among if self.ground.own_word(one, sentence.draft.language)]
        return [self.ground.reports[one] for one in own] if len(own) <= _MOST else []

    def telling(self) -> Iterator[Sentence]:
        """Yield the sentences of which the case speaks."""
        return (one for one in self.sentences if one.speaking)

    @cached_property
    def names(self) -> Mapping[Span, list[str]]:
        """Return the words of each sentence that name somebody or something, but for places and outlets."""
        return {one.span: self._names(one) for one in self.sentences}

    def _names(self, sentence: Sentence) -> list[str]:
        draft, code = self.draft, self.draft.language.partition("-")[0]
        reading = self.reading
        others = [one.span for one in reading.places] + [one.span for one in reading.times]
        others += [one.span for one in reading.quantities]
        return [
            draft.text[at.start : at.end]
            for word, at in words_of(draft.text, sentence.span)
            if draft.text[at.start].isupper()
            and at.end - at.start > INITIAL
            and not is_common(code, word)
            and not any(inside(at, one) for one in others)
            and not any(word in fold(outlet) for outlet in sentence.outlets)
        ]


def inside(span: Span, outer: Span) -> bool:
    """Return whether a stretch begins in another one."""
    return outer.start <= span.start < outer.end


def original_first(found: list[Passage]) -> tuple[Passage, ...]:
    """Return passages, those of reports that are no copies first."""
    return tuple(sorted(found, key=lambda one: one.derived))
