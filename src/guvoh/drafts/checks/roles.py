"""What named people are called in a draft, and nowhere where the case speaks of them."""

import re
from collections.abc import Iterator

from guvoh.corroborate.descriptions import describe
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.meanings import meanings
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.languages.fold import fold
from guvoh.lineage.values import has_word
from guvoh.model.claim import SourceKind
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.protect.page import is_common

_BEFORE = re.compile(r"(?:^|[.,;:“”\"]\s+)((?:[\w’'-]+\s+){1,8}?[\w’'-]+),?\s+$")
_AFTER = re.compile(
    r",\s+((?:an?|the|his|her|its|their|who (?:is|was|heads|runs|leads|directs|chairs))\s+[^,.;:]{3,70})[,.;]"
)
_REACH = 70  # characters before and after a name in which it is said what somebody is
_DRIVEN = "vehicle"
# Where somebody works, by meanings: whoever is of one is not of another.
_HOUSES = frozenset(
    (
        "commissar",
        "prosecutor",
        "embassy",
        "consulate",
        "court",
        "minister",
        "police_station",
        "school",
        "bank",
        "radio",
    )
)
# What anyone may be called: none of them parts two people.
GENERAL = frozenset(
    ("migrant", "worker", "resident", "victim", "witness", "official", "head", "man")
)


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark where a named person has a role that no paragraph about that name has."""
    for sentence in compared.sentences:
        for person in compared.reading.people:
            if person.kind is not SourceKind.PERSON:
                continue
            for mention in person.mentions:
                if inside(mention, sentence.span) and _names(sentence, mention):
                    yield from _role(compared, sentence, mention)
                    break


def _names(sentence: Sentence, mention: Span) -> bool:
    """Tell whether a mention has a name: "Its head" has none but a capital."""
    text = _text(sentence.draft, mention)
    first, _, rest = text.partition(" ")
    begins = mention.start == sentence.span.start
    common = begins and is_common(sentence.draft.language.partition("-")[0], fold(first))
    return describe(rest if common else text, sentence.draft.language).named


def _role(compared: Compared, sentence: Sentence, mention: Span) -> Iterator[Remark]:
    draft = compared.draft
    name = _last(draft.text[mention.start : mention.end])
    said = _said(sentence, mention)
    roles = [r for one in said for r in describe(_text(draft, one), draft.language).roles]
    houses = {m.name for one in said for m in meanings(draft.text, one, draft.language)} & _HOUSES
    if name is None or not (roles or houses):
        return
    yield from _beside(compared, sentence, said, name)
    known: set[str] = set()
    meant: set[str] = set()
    told: list[tuple[str, Span]] = []
    for report in _naming(compared, name):
        across = report.language.partition("-")[0] != draft.language.partition("-")[0]
        for paragraph in report.paragraphs:
            text = report.text[paragraph.start : paragraph.end]
            if not has_word(text, name, across=across):
                continue
            told.append((report.id, paragraph))
            for one in _called(compared, report, name, across=across):
                known.update(describe(one, report.language).roles)
                whole = Span(0, len(one))
                meant.update(m.name for m in meanings(one, whole, report.language))
            known.update(describe(text, report.language).roles)
            meant.update(one.name for one in meanings(report.text, paragraph, report.language))
    if not told or not (known - GENERAL or (houses and meant)):
        return
    for span in said:
        means = {one.name for one in meanings(draft.text, span, draft.language)}
        if means & _HOUSES and not means & _HOUSES & meant:
            yield Remark(Kind.PERSON, span, tuple(told[:1]), event=sentence.event)
            return
        own = set(describe(_text(draft, span), draft.language).roles) - GENERAL
        if own and not own & known and not means & meant:
            yield Remark(Kind.PERSON, span, tuple(told[:1]), event=sentence.event)
            return


def _naming(compared: Compared, name: str) -> Iterator[Report]:
    """Yield the reports that have a name."""
    for one in compared.ground.having(name, compared.draft.language):
        yield compared.ground.reports[one]


def _called(compared: Compared, report: Report, name: str, *, across: bool) -> Iterator[str]:
    """Yield what a report calls people of that name anywhere in it."""
    for person in compared.ground.readings[report.id].people:
        if has_word(" ".join([person.name, *person.aliases]), name, across=across):
            yield from (*person.roles, *person.aliases)


def _beside(
    compared: Compared, sentence: Sentence, said: list[Span], name: str
) -> Iterator[Remark]:
    """Yield a remark for "a bus driver" where all sentences with the name that have a vehicle have a tractor."""
    draft, ground = compared.draft, compared.ground
    for one in (one for span in said for one in meanings(draft.text, span, draft.language)):
        if one.rivals != _DRIVEN:
            continue
        shown: list[tuple[str, Span]] = []
        for report in _naming(compared, name):
            across = report.language.partition("-")[0] != draft.language.partition("-")[0]
            for at in ground.readings[report.id].sentences:
                if has_word(report.text[at.start : at.end], name, across=across):
                    there = meanings(report.text, at, report.language)
                    if any(other.name == one.name for other in there):
                        return
                    shown += [(report.id, at) for other in there if other.rivals == one.rivals]
        if shown:
            yield Remark(Kind.DETAIL, one.span, tuple(shown[:1]), event=sentence.event)


def _said(sentence: Sentence, mention: Span) -> list[Span]:
    """Return where a sentence says what somebody is: before the name, or between commas after it."""
    text = sentence.draft.text
    found: list[Span] = []
    start = max(sentence.span.start, mention.start - _REACH)
    before = _BEFORE.search(text[start : mention.start])
    if before:
        found.append(Span(start + before.start(1), start + before.end(1)))
    after = _AFTER.match(text, mention.end, min(sentence.span.end, mention.end + _REACH))
    if after:
        found.append(Span(*after.span(1)))
    return found


def _text(report: Report, span: Span) -> str:
    return report.text[span.start : span.end]


def _last(name: str) -> str | None:
    """Return the last word of a name, by which people of one name are found again."""
    words = [word for word in name.split() if word[:1].isupper() and len(word) > 2]
    return words[-1] if words else None
