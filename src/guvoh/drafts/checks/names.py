"""People, kin and nationalities of a draft that no report of the case has, or only copies."""

import re
from collections.abc import Iterable, Iterator, Sequence

from guvoh.corroborate.descriptions import Description, describe
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.drafts.compared import Area, Compared, inside
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.set_aside import of_outlets
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import fold, skeleton
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.wording import words_of
from guvoh.model.claim import Claim, SourceKind
from guvoh.model.text import Span
from guvoh.protect.page import is_common

_WORD = re.compile(r"[^\W_]+")
_SURE = 600  # per mille that a passage shares before its own kin exclude those of its report
_CHILDREN = frozenset(("son", "daughter", "child"))
_PARENTS = frozenset(("mother", "father", "parent"))
_SIBLINGS = frozenset(("brother", "sister", "sibling"))
_OTHER_SIDE = {
    **dict.fromkeys(_PARENTS, _CHILDREN),
    **dict.fromkeys(_CHILDREN, _PARENTS),
    "brother": frozenset(("sister",)),
    "sister": frozenset(("brother",)),
    "sibling": _SIBLINGS,
    "husband": frozenset(("wife", "spouse")),
    "wife": frozenset(("husband", "spouse")),
    "spouse": frozenset(("husband", "wife")),
}
_KIN = frozenset(
    (
        *_OTHER_SIDE,
        "uncle",
        "aunt",
        "nephew",
        "niece",
        "cousin",
        "grandfather",
        "grandmother",
        "son-in-law",
        "father-in-law",
        "brother-in-law",
    )
)


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each name that is in copies alone or nowhere, and for each other kin or people."""
    for sentence in compared.sentences:
        unmasks = _unmasks(sentence)
        for span in _named(compared, sentence):
            yield from _name(compared, sentence, span, unmasks=unmasks)
        areas = () if of_outlets(sentence) else compared.areas(sentence)
        if any(area.own for area in areas) and (sentence.held or sentence.speaking):
            yield from _described(compared, sentence, areas)


def _named(compared: Compared, sentence: Sentence) -> Iterator[Span]:
    """Yield where a sentence names people, each once."""
    for person in compared.reading.people:
        if person.kind is not SourceKind.PERSON:
            continue
        for mention in person.mentions:
            if inside(mention, sentence.span) and _names(compared, sentence, mention):
                yield mention
                break


def _names(compared: Compared, sentence: Sentence, mention: Span) -> bool:
    """Tell whether a mention has a name, and not a capital from the sentence alone: "Another lawyer"."""
    code = compared.draft.language.partition("-")[0]
    text = compared.draft.text[mention.start : mention.end]
    words = [word for word in text.split() if word[:1].isupper()]
    if len(words) > 1 and all(_common(code, fold(word)) for word in words):
        return False  # "Open Gates" is an organisation, put into the draft's language
    first, _, rest = text.partition(" ")
    counts = any(one.span.start == mention.start for one in compared.reading.quantities)
    if counts or (mention.start == sentence.span.start and is_common(code, fold(first))):
        text = rest
    return describe(text, compared.draft.language).named


def _common(code: str, folded: str) -> bool:
    """Tell whether a word, or what it is a form of, is written in small letters too."""
    return any(is_common(code, one) for one in (folded, folded.removesuffix("s")))


def _unmasks(sentence: Sentence) -> bool:
    """Tell whether a sentence gives somebody's real name, and so had another one for safety."""
    draft = sentence.draft
    listed = wordlists().get(draft.language.partition("-")[0], {}).get("real_name", ())
    words = f" {' '.join(word for word, _ in words_of(draft.text, sentence.span))} "
    return any(f" {one} " in words for one in listed)


def _name(compared: Compared, sentence: Sentence, span: Span, *, unmasks: bool) -> Iterator[Remark]:
    text = compared.draft.text[span.start : span.end]
    if not any(word[:1].isupper() and len(word) > 2 for word in text.split()):
        return
    if _is_outlet(compared, sentence, text):
        return
    theirs = {skeleton(word) for name in sentence.outlets for word in _WORD.findall(name)}
    bare = [  # without "Lieutenant Colonel"
        word
        for name in describe(text, compared.draft.language).names
        for word in name.split()
        if skeleton(word) not in theirs
    ]
    having = compared.ground.having(" ".join(bare) or text, compared.draft.language)
    original = [one for one in having if one not in compared.ground.derived]
    # A name that no report shows is called the same, so that the remark does not confirm any.
    if unmasks and not any(_withheld(compared, one, text) for one in original):
        yield Remark(Kind.COPIES, span, reports=having, unmasks=True)
        return
    if original:
        return
    kind = Kind.COPIES if having else Kind.PERSON
    yield Remark(kind, span, reports=having)


def _is_outlet(compared: Compared, sentence: Sentence, text: str) -> bool:
    """Tell whether a name is an outlet's, or all of it stands in those that its sentence names.

    "The Gazette" is one, "Zarya Karimova" none, though there be an outlet Zarya.
    """
    if any(same_outlet(text, name) for name in compared.ground.outlets):
        return True
    theirs = {skeleton(word) for name in sentence.outlets for word in _WORD.findall(name)}
    return all(skeleton(word) in theirs for word in _WORD.findall(text) if word[:1].isupper())


def _withheld(compared: Compared, report: str, name: str) -> bool:
    """Tell whether a name is what a report calls somebody whose own name it keeps back."""
    return any(
        one.pseudonym and set(one.name.split()) & set(name.split())
        for one in compared.ground.readings[report].people
    )


def _described(compared: Compared, sentence: Sentence, areas: Sequence[Area]) -> Iterator[Remark]:
    """Yield a remark where the originals speak of other kin or another people at this place.

    Kin on whose word the draft says something must be such a voice where the passages have any that is
    kin; other kin and peoples may be anywhere in the reports.
    """
    code = compared.draft.language
    said = describe(sentence.text, code)
    sure = [
        Area(one.report.id, one.span, one.derived, not one.derived, near=True)
        for one in sentence.nearest
        if one.share >= _SURE
    ]
    voices = {kin for name in _voices_here(sentence) for kin in describe(name, code).kin}
    near = [area for area in areas if area.near]
    for wanted, read, closest in (
        (set(said.kin) & _KIN - voices, _kin, sure),
        (set(said.peoples), _peoples, sure),
        (voices & _KIN, _kin_told, near),
    ):
        told = any(read(compared, area) for area in closest if area.own)
        if not told and read is _kin_told:
            continue
        among = closest if told and read is not _kin_told else areas
        there: dict[bool, set[str]] = {False: set(), True: set()}
        for area in among:
            there[not area.own].update(read(compared, area))
        missing = wanted - _widened(there[False])
        if missing != wanted:  # of the same people more may be told in the next sentence
            missing -= _widened(kin for area in areas if area.own for kin in read(compared, area))
        if missing and there[False]:
            copied = missing <= _widened(there[True])
            reports = tuple(dict.fromkeys(a.report for a in among if not a.own)) if copied else ()
            kind = Kind.COPIES if copied else Kind.PERSON
            yield Remark(kind, sentence.span, reports=reports, event=sentence.event)
            return


def _voices(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the innermost voice of each claim that has one."""
    for claim in claims:
        yield from (link.name for link in claim.chain[-1:])


def _voices_here(sentence: Sentence) -> Iterator[str]:
    """Yield the innermost voices that stand in a sentence itself; one carried over is only guessed."""
    for claim in sentence.claims:
        for link in claim.chain[-1:]:
            if link.span is not None and inside(link.span, sentence.span):
                yield link.name


def _kin_told(compared: Compared, area: Area) -> frozenset[str]:
    """Return the kin on whose word a stretch says something."""
    language = compared.ground.reports[area.report].language
    return frozenset(
        kin
        for name in _voices(compared.ground.claims(area.report, area.span))
        for kin in describe(name, language).kin
    )


def _kin(compared: Compared, area: Area) -> frozenset[str]:
    return frozenset(_described_in(compared, area).kin)


def _peoples(compared: Compared, area: Area) -> frozenset[str]:
    return frozenset(_described_in(compared, area).peoples)


def _described_in(compared: Compared, area: Area) -> Description:
    report = compared.ground.reports[area.report]
    return describe(report.text[area.span.start : area.span.end], report.language)


def _widened(keys: Iterable[str]) -> set[str]:
    """Return keys with the groups that hold a people, the peoples of a group, and the other side of kin.

    "The sister of a prisoner" is how his brother is spoken of, seen from her.
    """
    wider = vocabulary().wider
    found = set(keys)
    for key in list(found):
        found |= _OTHER_SIDE.get(key, frozenset())
    for key in list(found):
        found |= wider.get(key, frozenset())
        found |= {part for part, groups in wider.items() if key in groups}
    return found
