"""Who speaks in the turns of an interview: by the label, or by the words that introduce it."""

from dataclasses import dataclass

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity, fold_name
from guvoh.reading.kin_meant import settle_kin
from guvoh.reading.layout import Layout
from guvoh.reading.turns import Turn
from guvoh.reading.voices import Voice
from guvoh.resolve.nominative import nominative

_NEAR = 3  # tokens from a preposition to the name of whom an interpreter speaks for


@dataclass(frozen=True, slots=True)
class Speakers:
    """The voices of each turn, outermost first, and the turns in which somebody speaks for another."""

    voices: list[tuple[Voice, ...]]
    relayed: frozenset[int]


def turn_units(layout: Layout, turns: tuple[Turn, ...]) -> dict[int, int]:
    """Return for each unit inside a turn the turn's index."""
    if not turns:
        return {}
    by_start = {turn.content.start: index for index, turn in enumerate(turns)}
    of_paragraph = {
        number: by_start[span.start]
        for number, span in enumerate(layout.paragraphs)
        if span.start in by_start
    }
    return {
        number: of_paragraph[unit.paragraph]
        for number, unit in enumerate(layout.units)
        if unit.paragraph in of_paragraph
    }


def speakers_of(cast: Cast, turns: tuple[Turn, ...], layout: Layout) -> Speakers:
    """Return who speaks in each turn; behind an interpreter whom he speaks for."""
    named = _introduced(cast, layout, turns)
    translating, translated = _translating(layout, turns, named)
    others = [one for one in named if one is not translating]
    answered = any(turn.role == "speaker" for turn in turns)
    if translated is None and (len(others) == 1 or (others and not answered)):
        translated = others[0]
    voices: dict[str, Voice] = {}
    for turn in turns:
        key = turn.label.casefold()
        if key in voices:
            continue
        entity = None
        if turn.role == "interpreter":
            entity = translating
        elif _says_nothing(layout, key):
            entity = _called(cast, layout, key, turns[0]) or (
                others[0] if len(others) == 1 else None
            )
        voices[key] = _labelled(cast, turn) if entity is None else _voice(entity)
    interpreter = Voice("interpreter", SourceKind.PERSON)
    found: list[tuple[Voice, ...]] = []
    relayed: set[int] = set()
    last = None if translated is None else _voice(translated)
    for index, turn in enumerate(turns):
        voice = voices[turn.label.casefold()]
        between = turn.role == "interpreter" or (
            translating is not None and voice.entity is translating
        )
        if between and turn.role != "interviewer":
            behind = last or _told_of(layout, turns)
            found.append((voice,) if behind is None else (voice, behind))
            relayed.add(index)
        else:
            found.append((interpreter, voice) if turn.through else (voice,))
            if turn.through and _passes_on(layout, turn):
                relayed.add(index)
            last = voice if turn.role == "speaker" else last
    return Speakers(found, frozenset(relayed))


def settle_asked(
    cast: Cast,
    layout: Layout,
    asking: dict[int, int],
    turns: tuple[Turn, ...],
    voices: list[tuple[Voice, ...]],
) -> None:
    """Make "your son" in a question the son of who answers; `asking` are the units of questions."""
    for unit, turn in asking.items():
        answering = next(
            (k for k in range(turn + 1, len(turns)) if turns[k].role == "speaker"), None
        )
        entity = None if answering is None else voices[answering][-1].entity
        if entity is not None:
            settle_kin(cast, layout.units[unit].tokens, entity, asked=True)


def _voice(entity: Entity) -> Voice:
    return Voice(entity.name, SourceKind.PERSON, entity)


def _says_nothing(layout: Layout, label: str) -> bool:
    """Return whether a label is that of whoever answers: "A", "Answer", a dash alone."""
    return any(
        label in layout.lexicon.words.get(group, ()) for group in ("answerers", "interviewee")
    )


def _called(cast: Cast, layout: Layout, label: str, first: Turn) -> Entity | None:
    """Return whom the words before the turns give a label: "The witness is Mr Rusu", "Guest: Dr Novak"."""
    for mention in cast.mentions:
        at = mention.tokens.first
        entity = cast.entities[mention.entity]
        if layout.tokens[at].start >= first.content.start:
            return None
        if not entity.named or entity.kind is not SourceKind.PERSON:
            continue
        while at and layout.has("titles", at - 1):
            at -= 1
        linked = at > 1 and (layout.has("be", at - 1) or layout.lows[at - 1] in (":", ","))
        if linked and layout.lows[at - 2] == label:
            return entity
    return None


def _labelled(cast: Cast, turn: Turn) -> Voice:
    """Return whom a label names, by the fuller of its name and the one that the text has."""
    name = turn.label.title() if turn.label.isupper() and len(turn.label) > 1 else turn.label
    words = name.split()
    while len(words) > 1 and words[0].casefold().strip(".") in cast.layout.lexicon.words["titles"]:
        words = words[1:]
    known = cast.by_name.get(name.casefold())
    known = cast.by_name.get(fold_name(" ".join(words))) if known is None else known
    known = _by_word(cast, words) if known is None else known
    if known is None:
        return _voice(cast.add(name, SourceKind.PERSON, named=True))
    entity = cast.entities[known]
    entity.name = max(entity.name, name, key=len)
    return _voice(entity)


def _by_word(cast: Cast, words: list[str]) -> int | None:
    """Return who is known by a word of a label: "Thapa" by his full name, "Claire Petit" addressed as Claire."""
    for word in map(fold_name, words):
        found = cast.by_word.get(word)
        entity = None if found is None else cast.entities[found]
        if entity is None or not entity.named or entity.kind is not SourceKind.PERSON:
            continue
        if len(words) == 1 or fold_name(entity.name) == word:
            return found
    return None


def _introduced(cast: Cast, layout: Layout, turns: tuple[Turn, ...]) -> list[Entity]:
    """Return the people whom the words before the first turn name, in the nominative."""
    if not turns:
        return []
    found: list[Entity] = []
    for mention in cast.mentions:
        entity = cast.entities[mention.entity]
        before = layout.tokens[mention.tokens.first].start < turns[0].content.start
        before = before and mention.tokens.first not in cast.signed
        if not (before and entity.named and entity.kind is SourceKind.PERSON) or entity in found:
            continue
        at = mention.tokens.first
        if at and (layout.has("of", at - 1) or layout.has("by", at - 1)):
            continue  # "exminero de La Rinconada", "Interview by Katya Brandt"
        if layout.lexicon.language == "ru" and at and layout.has("prepositions", at - 1):
            name, initial, rest = entity.name.partition(" ")
            whole = not rest.endswith(".")  # "с Алексеем Т."
            entity.name = (
                nominative(entity.name, oblique=True)
                if whole
                else nominative(name, oblique=True) + initial + rest
            )
        found.append(entity)
    return found


def _translating(
    layout: Layout, turns: tuple[Turn, ...], named: list[Entity]
) -> tuple[Entity | None, Entity | None]:
    """Return who translates and for whom: "Mme Haddad traduit pour Tigist", "Беседу с Лан переводит Вера"."""
    if not turns:
        return None, None
    opening = layout.range_of(layout.paragraphs[0])
    if not any(layout.has("translates", k) for k in range(*opening)):
        return None, None
    behind = [one for one in named if _behind_preposition(layout, one)]
    ahead = [one for one in named if one not in behind]
    translating = ahead[0] if len(ahead) == 1 else None
    return translating, behind[0] if len(behind) == 1 else None


def _behind_preposition(layout: Layout, entity: Entity) -> bool:
    """Return whether a name stands behind "with" or "for", at most the word for who it is between them."""
    at = entity.mentions[0].first - 1
    for k in range(at, max(at - _NEAR, -1), -1):
        if layout.has("prepositions", k):
            return True
        if not layout.tokens[k].word or layout.has("translates", k):
            return False
    return False


def _passes_on(layout: Layout, turn: Turn) -> bool:
    """Return whether an interpreter tells in a speaker's turn what that one says: "She says that …", never "I"."""
    said = range(*layout.range_of(turn.content))
    third = any(
        (layout.has("he", k) or layout.has("she", k))
        and any(cue.entry.info["class"] in ("say", "tell") for cue in layout.cues[k + 1])
        for k in said
    )
    return third and not any(layout.has("first_person", k) for k in said)


def _told_of(layout: Layout, turns: tuple[Turn, ...]) -> Voice | None:
    """Return "he" or "she" of whom an interpreter tells where nobody is named: "Il dit qu’il a été vendu"."""
    for turn in turns:
        if turn.role == "interviewer":
            continue
        for k in range(*layout.range_of(turn.content)):
            if layout.has("subject_pronouns", k) and (layout.has("he", k) or layout.has("she", k)):
                return Voice(layout.tokens[k].low, SourceKind.PERSON, None, resolved=False)
    return None
