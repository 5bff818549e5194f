"""Voices of a chain: whom a phrase that speaks means, with what describes it."""

from dataclasses import dataclass, field

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity, mentions_within
from guvoh.reading.clauses import Phrase
from guvoh.reading.coreference import meaning
from guvoh.reading.layout import Layout, Range, is_mark
from guvoh.reading.meant import Meant
from guvoh.reading.saying import Saying

_DESCRIBED = 3  # tokens from a document to who wrote it: "un informe policial elaborado"
_NAME = 8  # tokens of a voice behind what it wrote
_TRADE = 4  # words of what somebody does before his name


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a chain before its basis is known."""

    name: str
    kind: SourceKind
    entity: Entity | None = None
    tokens: Range | None = None
    resolved: bool = True


_TITLES = 3  # tokens of a title and its article before a name

UNNAMED = Voice("", SourceKind.UNNAMED)


@dataclass(frozen=True, slots=True)
class Chained:
    """A saying with its voices, outermost first; `folded` where the speaker speaks of himself."""

    saying: Saying
    voices: tuple[Voice, ...]
    same_speaker: bool = False


@dataclass(slots=True)
class Heard:
    """What has been heard so far, and from whom."""

    chains: list[Chained] = field(default_factory=list)
    outlets: dict[int, tuple[int, Voice]] = field(default_factory=dict)
    open: frozenset[int] = frozenset()  # who speaks to an outlet or to the report itself
    informants: dict[int, tuple[Voice, ...]] = field(default_factory=dict)


def voice_meant(cast: Cast, phrase: Phrase, speaker: Entity | None) -> Voice | None:
    """Return the voice that a phrase is in the mouth of `speaker`, None where it is the report itself."""
    layout = cast.layout
    head = _without_finder(layout, phrase.head)
    if head.last <= head.first:
        return None
    if any(layout.has("implied", k) for k in range(*head)) and (
        _implied(layout, head) or _own_outlet(cast, head)
    ):
        return None
    author = _author(cast, head, speaker) or _author_behind(cast, head, speaker)
    if author is not None:
        return author
    apposed = _apposed(cast, phrase) or _introduced(cast, phrase)
    if apposed is not None:
        return Voice(apposed.name, apposed.kind, apposed, head)
    meant: Meant = meaning(cast, head, speaker)
    return Voice(meant.name, meant.kind, meant.entity, head, meant.resolved)


def _without_finder(layout: Layout, head: Range) -> Range:
    """Cut "records obtained by the paper" to the records: who has them is a link of its own."""
    for k in range(head.first + 1, head.last - 1):
        seen = any(
            m.entry.section == "cues"
            and m.entry.info["class"] == "seen"
            and m.entry.form not in ("base", "pres")
            for m in layout.matches.get(k, ())
        )
        handed = layout.has("handed", k) and layout.has("handed_to", k + 1)
        if (seen and layout.has("by", k + 1)) or handed:
            return Range(head.first, k)
    return head


def _apposed(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the person whose name follows a description: "the consul in Warsaw, Inés Prada"."""
    at = phrase.head.last + 1
    if at >= phrase.whole.last or cast.layout.tokens[at - 1].text != ",":
        return None
    at = _past_trade(cast.layout, at, phrase.whole.last)
    at = _past_titles(cast.layout, at, phrase.whole.last)
    entity = cast.at(at)
    if entity is None or not entity.named or entity.kind is not SourceKind.PERSON:
        return None
    if not cast.layout.tokens[at].capital:
        return None  # "the mother of Bakyt, a student": it describes him
    described = next((cast.at(k) for k in range(*phrase.head) if k in cast.covered), None)
    office = any("person" in cast.layout.sections(k) for k in range(*phrase.head))
    known = described is not None and described.named and described.kind is SourceKind.PERSON
    if known and not office:
        return None
    mention = cast.covered[at]
    follow = mention.tokens.last
    return entity if follow >= phrase.whole.last or cast.layout.tokens[follow].text == "," else None


def _author(cast: Cast, head: Range, speaker: Entity | None) -> Voice | None:
    """Return who wrote the report that speaks: "a study by the Clean Air Institute"."""
    layout = cast.layout
    if not layout.lexicon.order.get("bare_content"):
        return None
    for k in range(head.first, head.last - 2):
        for match in layout.matches.get(k, ()):
            by = match.last
            if match.entry.section != "document":
                continue
            if layout.has("authored", match.last - 1) and layout.has("written_up", by):
                by = next((j for j in range(by, head.last) if layout.has("by", j)), by)
            if by + 1 >= head.last or not layout.has("by", by):
                continue
            last = next(
                (j for j in range(by + 2, head.last) if layout.has("written_up", j)), head.last
            )
            meant = meaning(cast, Range(by + 1, last), speaker)
            return Voice(meant.name, meant.kind, meant.entity, Range(by + 1, last), meant.resolved)
    return None


def _author_behind(cast: Cast, head: Range, speaker: Entity | None) -> Voice | None:
    """Return who wrote what speaks where that stands behind it: "un décompte établi par l'association Retour"."""
    layout = cast.layout
    wrote = next((k for k in range(*head) if layout.has("authored", k)), None)
    if wrote is None:
        return None
    written = next(
        (k for k in range(wrote + 1, head.last + 1) if layout.has("written_up", k)), None
    )
    if written is None or written > wrote + _DESCRIBED:
        return None
    by = written
    while layout.has("written_up", by):
        if layout.has("handed", by) or any(
            c.entry.info["class"] == "seen" for c in layout.cues[by]
        ):
            return None
        by += 1
    end = end_of_voice(layout, by + 1)
    if not layout.has("by", by) or end <= by + 1 or layout.has("media_words", by + 1):
        return None
    meant = meaning(cast, Range(by + 1, end), speaker)
    return Voice(meant.name, meant.kind, meant.entity, Range(by + 1, end), meant.resolved)


def end_of_voice(layout: Layout, first: int) -> int:
    """Return the token after the name or description that begins at token `first`."""
    for k in range(first, min(first + _NAME, len(layout.tokens))):
        cue = k > first and not layout.capitals[k] and bool(layout.cues[k])
        ended = not (layout.tokens[k].word or is_mark(layout.tokens[k]))
        if ended or cue or layout.has("coordinators", k) or layout.has("relatives", k):
            return k
    return first


def _past_trade(layout: Layout, at: int, last: int) -> int:
    """Return the name behind what its bearer does: "its author, toxicologist Drita Gashi"."""
    cased = bool(layout.lexicon.order.get("cases"))
    if not (layout.lexicon.order.get("bare_content") or cased) or layout.tokens[at].capital:
        return at
    for k in range(at, min(at + _TRADE, last)):
        if layout.tokens[k].capital:
            return k
        if cased and (layout.tokens[k].text.isdigit() or layout.tokens[k].text == "-"):
            continue  # "67-летняя Мария"
        groups = ("determiners", "prepositions", "pronouns", "relatives", "auxiliaries")
        if not layout.tokens[k].word or any(layout.has(group, k) for group in groups):
            return at
    return at


def _past_titles(layout: Layout, at: int, last: int) -> int:
    """Return the token after a title before a name: "le porte-parole, le colonel Abessolo"."""
    k = at + layout.has("definite", at)
    while k < min(at + _TITLES, last) and layout.has("titles", k) and not layout.capitals[k]:
        k += 1
    return k if k > at and k < last and layout.capitals[k] else at


def _introduced(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return whom a description gives a name to: "one of them, who gave his name as Ruslan"."""
    layout = cast.layout
    naming = layout.lexicon.words.get("naming", ())
    people = {
        mention.entity
        for mention in mentions_within(cast, phrase.head)
        if cast.entities[mention.entity].kind is not SourceKind.ORGANISATION
    }
    if len(people) > 1:
        return None  # "the father of a prisoner whom we call Anwar"
    for k in range(phrase.head.last + 1, phrase.whole.last):
        entity = cast.at(k)
        if entity is None or not entity.named or entity.kind is not SourceKind.PERSON:
            continue
        first = k
        while first > phrase.head.last and (
            layout.tokens[first - 1].low in naming
            or (first == k and layout.tokens[first - 1].text == ",")  # "his first name, Otabek"
        ):
            first -= 1
        if any(layout.has("callers", j) or layout.has("name_words", j) for j in range(first, k)):
            described = _described_person(cast, phrase.head)
            if described is not None:
                cast.merge(described, entity)
            return entity
    return None


def _described_person(cast: Cast, head: Range) -> Entity | None:
    """Return the person whom a phrase describes and does not name."""
    found = next((cast.at(k) for k in range(*head) if k in cast.covered), None)
    person = found is not None and found.kind is SourceKind.PERSON and not found.named
    return found if person and found is not None and not found.relations else None


def _implied(layout: Layout, head: Range) -> bool:
    """Return whether a phrase means the report's own outlet: "this newspaper", "us"."""
    return layout.has("nearby", head.first) or (
        head.last - head.first == 1 and layout.has("pronouns", head.first)
    )


def _own_outlet(cast: Cast, head: Range) -> bool:
    """Return whether "изданию" alone means the report's own outlet: no other is named before."""
    if cast.layout.lexicon.order.get("articles", True) or head.last - head.first != 1:
        return False
    return not any(
        entity.named and entity.kind is SourceKind.ORGANISATION and entity.mentions[0] < head
        for entity in cast.entities
        if entity.mentions
    )


def same_voice(one: Voice, other: Voice) -> bool:
    """Return whether two voices are those of one person, group or document."""
    if one.entity is not None and other.entity is not None:
        return one.entity.id == other.entity.id
    return one.name == other.name and one.resolved
