"""People, kin and nationalities of a draft that no report of the case has, or only copies."""

from collections.abc import Iterable, Iterator, Sequence

from guvoh.corroborate.descriptions import describe
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.drafts.compared import Area, Compared, inside
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentences import Sentence
from guvoh.languages.fold import fold
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.values import has_word
from guvoh.model.claim import SourceKind
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.protect.page import is_common


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each name that is in copies alone or nowhere, and for each other kin or people."""
    for sentence in compared.sentences:
        for span in _named(compared, sentence):
            yield from _name(compared, span)
        areas = compared.areas(sentence)
        if any(not area.derived for area in areas):
            yield from _described(compared, sentence, areas)


def _named(compared: Compared, sentence: Sentence) -> Iterator[Span]:
    """Yield where a sentence names people, each once."""
    for person in compared.reading.people:
        if person.kind is not SourceKind.PERSON:
            continue
        for mention in person.mentions:
            text = compared.draft.text[mention.start : mention.end]
            if not inside(mention, sentence.span) or _only_begins(compared, sentence, mention):
                continue
            if describe(text, compared.draft.language).named:
                yield mention
                break


def _only_begins(compared: Compared, sentence: Sentence, mention: Span) -> bool:
    """Tell whether a word has its capital from the sentence that it begins: "Briefing: …"."""
    word = compared.draft.text[mention.start : mention.end]
    code = compared.draft.language.partition("-")[0]
    return mention.start == sentence.span.start and " " not in word and is_common(code, fold(word))


def _name(compared: Compared, span: Span) -> Iterator[Remark]:
    text = compared.draft.text[span.start : span.end]
    words = [word for word in text.split() if word[:1].isupper() and len(word) > 2]
    if not words:
        return
    own = compared.draft.language.partition("-")[0]
    having = [
        report.id
        for report in compared.ground.reports.values()
        if _has(report, words, across=report.language.partition("-")[0] != own)
    ]
    outlet = any(same_outlet(text, name) for name in compared.ground.outlets)
    if outlet or any(report not in compared.ground.derived for report in having):
        return
    kind = Kind.COPIES if having else Kind.PERSON
    yield Remark(kind, span, reports=tuple(having))


def _has(report: Report, words: Sequence[str], *, across: bool) -> bool:
    """Tell whether a report has all of a name, in its text or in what it says of itself."""
    stated = (report.publisher, report.title, *report.bylines)
    said = "\n".join([report.text, *(one.text for one in stated if one is not None)])
    return all(
        any(has_word(said, form, across=across) for form in _spellings(word.strip(".,’'")))
        for word in words
    )


def _spellings(word: str) -> tuple[str, ...]:
    """Return a name as it is, and "Yelena" as "Elena" too: Cyrillic has one letter for both."""
    return (word, "E" + word[2:]) if word[:2] == "Ye" else (word,)


def _described(compared: Compared, sentence: Sentence, areas: Sequence[Area]) -> Iterator[Remark]:
    code = compared.draft.language
    said = describe(sentence.text, code)
    kin = set(said.kin) - vocabulary().kin_general
    for wanted, read in ((kin, "kin"), (set(said.peoples), "peoples")):
        if not wanted:
            continue
        there: dict[bool, set[str]] = {False: set(), True: set()}
        for area in areas:
            there[area.derived].update(getattr(_of_area(compared, area), read))
        missing = wanted - _widened(there[False])
        if missing and there[False]:
            copied = missing <= _widened(there[True])
            reports = tuple(dict.fromkeys(a.report for a in areas if a.derived)) if copied else ()
            kind = Kind.COPIES if copied else Kind.PERSON
            yield Remark(kind, sentence.span, reports=reports, event=sentence.event)


def _of_area(compared: Compared, area: Area) -> "_Described":
    report = compared.ground.reports[area.report]
    found = describe(report.text[area.span.start : area.span.end], report.language)
    return _Described(found.kin, found.peoples)


class _Described:
    """Kin and peoples that a stretch names."""

    def __init__(self, kin: Iterable[str], peoples: Iterable[str]) -> None:
        self.kin = frozenset(kin)
        self.peoples = frozenset(peoples)


def _widened(keys: Iterable[str]) -> set[str]:
    """Return keys with the groups that hold a people, and the peoples of a group."""
    wider = vocabulary().wider
    found = set(keys)
    for key in list(found):
        found |= wider.get(key, frozenset())
        found |= {part for part, groups in wider.items() if key in groups}
    return found
