"""Who heard it from the source and passes it on: an outlet, a lawyer, a relative."""

import re
from dataclasses import replace

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Entity, fold_name
from guvoh.reading.clauses import Phrase
from guvoh.reading.coreference import meaning
from guvoh.reading.layout import Layout, Range, is_mark
from guvoh.reading.voices import Heard, Voice, end_of_voice, voice_meant
from guvoh.resolve.nominative import nominative

# An initial for a first name or a surname: no outlet has one.
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]\.(?:\s|$)")


def private_hearer(cast: Cast, state: Heard, hearer: Voice, source: Voice) -> tuple[Voice, ...]:
    """Return a relative through whom alone the words can have come: "the police told the families".

    Who speaks for himself elsewhere in the report needs nobody to pass it on.
    """
    entity = hearer.entity
    if entity is None or not hearer.resolved or entity.id in state.informants:
        return ()
    if source.entity is not None and source.entity.id in state.open:
        return ()
    layout = cast.layout
    near = any(
        "kin" in layout.sections(k) or layout.has("kin_groups", k)
        for mention in entity.mentions[:2]
        for k in range(*mention)
    )
    return (hearer,) if near or entity.relations else ()


def hearers(cast: Cast, state: Heard, hearer: Voice, phrase: Phrase) -> tuple[Voice, ...]:
    """Return the outer links that a hearer makes: an outlet, a lawyer, or one who passes it on."""
    layout = cast.layout
    entity = hearer.entity
    sections = {s for k in range(*phrase.head) for s in layout.sections(k)}
    owner = _owner(cast, phrase)
    if owner is not None:
        return (owner,)
    if any(layout.has("no_hearers", k) for k in range(*phrase.head)):
        return ()
    if entity is not None and entity.id in state.informants:
        return state.informants[entity.id]
    named = any(layout.tokens[k].capital for k in range(*phrase.head))
    papers = entity is not None and entity.named and hearer.kind is SourceKind.DOCUMENT
    guessed = entity is not None and entity.guessed and named and hearer.kind is SourceKind.PERSON
    if entity is not None and (papers or guessed):  # one tells nothing to a ledger
        # A bare name that one tells something is an outlet far more often than a friend; "told her" is none.
        entity.kind = SourceKind.ORGANISATION
        hearer = replace(hearer, kind=SourceKind.ORGANISATION)
    if any(layout.has("newsmen", k) for k in range(*phrase.head)):
        return _newsroom(cast, phrase)
    if hearer.kind in (SourceKind.PERSON, SourceKind.GROUP) and not entity_is_court(layout, phrase):
        employer = _employer(cast, phrase)
        if employer is not None:
            return (employer,)
    if (
        hearer.kind is SourceKind.ORGANISATION
        and hearer.resolved
        and not entity_is_court(layout, phrase)
    ):
        if entity is not None and entity.named:
            return (replace(hearer, name=entity.name),)
        return (hearer,) if sections & {"media", "organisation"} else ()
    if any(layout.has("lawyers", k) for k in range(*phrase.head)):
        return (hearer,)
    return ()


def informed(cast: Cast, phrase: Phrase | None) -> Voice | None:
    """Return the outlet of "источник «Шестой линии»", "собеседник издания «Пристань»"."""
    layout = cast.layout
    if phrase is None or layout.lexicon.language != "ru":
        return None
    first, last = phrase.head
    informer = next((k for k in range(first, last) if layout.has("informers", k)), None)
    if informer is None:
        return None
    mark = next((k for k in range(informer + 1, last) if is_mark(layout.tokens[k])), None)
    if mark is None or mark - informer > 3 or layout.has("prepositions", mark - 1):
        return None
    end = next((k for k in range(mark + 1, last) if is_mark(layout.tokens[k])), last)
    name = nominative(layout.said(Range(mark + 1, end)))
    known = cast.by_name.get(fold_name(name))
    entity = (
        cast.entities[known]
        if known is not None
        else cast.add(name, SourceKind.ORGANISATION, named=True)
    )
    return Voice(name, SourceKind.ORGANISATION, entity, Range(mark, end))


def _owner(cast: Cast, phrase: Phrase) -> Voice | None:
    """Return the organisation whose people hear: "told the group's researchers"."""
    layout = cast.layout
    first, last = phrase.head
    mark = next((k for k in range(first, last) if layout.tokens[k].low == "'s"), None)
    if mark is None or not any(layout.has("staff", k) for k in range(mark + 1, last)):
        return None
    meant = meaning(cast, Range(first, mark))
    entity = meant.entity
    if entity is None or meant.kind is not SourceKind.ORGANISATION or not entity.named:
        return None
    return Voice(meant.name, meant.kind, entity, Range(first, mark))


def _employer(cast: Cast, phrase: Phrase) -> Voice | None:
    """Return the organisation of "investigators from the group Open Door", "правозащитникам из «Дома»"."""
    layout = cast.layout
    first, last = phrase.head
    for k in range(first, last - 1):
        # "исследователям «Тихого дома»"
        office = "organisation" in layout.sections(k + 1)
        owned = layout.lexicon.order.get("cases") and (is_mark(layout.tokens[k + 1]) or office)
        linked = k > first and (layout.has("prepositions", k) or layout.has("of", k))
        if not (linked or owned):
            continue
        tail = Range(k + 1, last)
        named = next((cast.at(j) for j in range(*tail) if j in cast.covered), None)
        marked = any(is_mark(layout.tokens[j]) for j in range(*tail))
        if marked or (
            named is not None
            and any(
                (e := cast.at(j)) is not None
                and e.named
                and (e.kind is SourceKind.ORGANISATION or named.kind is SourceKind.ORGANISATION)
                for j in range(*tail)
            )
        ):
            meant = meaning(cast, tail)
            if meant.entity is not None and meant.entity.named:
                meant.entity.kind = SourceKind.ORGANISATION
                return Voice(meant.name, SourceKind.ORGANISATION, meant.entity, tail)
        return None
    return None


def _newsroom(cast: Cast, phrase: Phrase) -> tuple[Voice, ...]:
    """Return the outlet of "the correspondent of Vesnik-24", «корреспонденту „Северного пеленга“»."""
    marks = [k for k in range(*phrase.head) if is_mark(cast.layout.tokens[k])]
    if marks:
        tail = Range(marks[0], phrase.head.last)
        meant = meaning(cast, tail)
        if meant.entity is not None and meant.entity.named:
            meant.entity.kind = SourceKind.ORGANISATION
            return (Voice(meant.name, SourceKind.ORGANISATION, meant.entity, tail),)
    for k in range(phrase.head.last - 1, phrase.head.first, -1):
        entity = cast.at(k)
        if entity is not None and entity.named:
            entity.kind = SourceKind.ORGANISATION
            return (Voice(entity.name, entity.kind, entity, phrase.head),)
    return ()


def entity_is_court(layout: Layout, phrase: Phrase) -> bool:
    """Return whether the hearer is an authority before which one speaks."""
    return any(layout.has("authorities", k) for k in range(*phrase.head))


def who_has_seen(cast: Cast, phrase: Phrase | None, speaker: Entity | None) -> Voice | None:
    """Return who has the document that speaks, or quotes: "documents seen by the Herald", "witnesses quoted by X"."""
    if phrase is None or phrase.whole.last <= phrase.whole.first:
        return None
    layout = cast.layout
    for k in range(phrase.whole.first, phrase.whole.last):
        if any(
            m.entry.section == "cues"
            and m.entry.info["class"] in ("seen", "citing")
            and m.entry.form not in ("base", "pres")  # "a study by the institute"
            for m in layout.matches.get(k, ())
        ) or layout.has("interviewed", k):
            by = next(
                (j for j in range(k + 1, min(k + 4, phrase.whole.last)) if layout.has("by", j)),
                None,
            )
            medium = by is not None and layout.has("media_words", by + 1)
            if by is not None and by + 1 < phrase.whole.last and not medium:
                tokens = Range(by + 1, _end_of_name(layout, by + 1, phrase.whole.last))
                return as_outlet(voice_meant(cast, Phrase(tokens, tokens), speaker))
    return None


def handed_to(cast: Cast, phrase: Phrase | None, speaker: Entity | None) -> Voice | None:
    """Return the outlet that was given the document which speaks: "a memo leaked to Norrland Tidning"."""
    layout = cast.layout
    if phrase is None or phrase.elided:
        return None
    known = (m for k in range(*phrase.head) for m in layout.matches.get(k, ()))
    if not any(match.entry.section == "document" for match in known):
        return None
    for k in range(phrase.head.first + 1, min(phrase.head.last + 1, len(layout.tokens) - 2)):
        if layout.has("handed", k) and layout.has("handed_to", k + 1):
            tokens = Range(k + 2, end_of_voice(layout, k + 2))
            to = Phrase(tokens, tokens)
            if tokens.last <= tokens.first or entity_is_court(layout, to):
                return None
            voice = as_outlet(voice_meant(cast, to, speaker))
            named = voice is not None and voice.entity is not None and voice.entity.named
            return voice if named and voice and voice.kind is SourceKind.ORGANISATION else None
    return None


def as_outlet(voice: Voice | None) -> Voice | None:
    """Take a bare name that has seen a document or quotes others for that of an outlet."""
    entity = voice.entity if voice is not None else None
    if voice is None or entity is None or not (entity.guessed and entity.named):
        return voice
    if entity.kind is not SourceKind.PERSON or entity.roles or entity.relations:
        return voice
    if _INITIAL.search(entity.name):
        return voice  # "Anton R."
    entity.kind = SourceKind.ORGANISATION
    return replace(voice, kind=SourceKind.ORGANISATION)


def _end_of_name(layout: Layout, first: int, last: int) -> int:
    for k in range(first, last):
        if layout.tokens[k].text in ",)—" or layout.has("coordinators", k):
            return k
    return last
