"""Chains: who heard it from whom, outermost first, for every saying of a text."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from guvoh.model.claim import ClaimKind, SourceKind
from guvoh.reading.attribution import Saying
from guvoh.reading.cast import (
    Cast,
    Entity,
    can_mean,
    fold_name,
    last_other,
    last_subject,
    mentions_before,
    mentions_within,
)
from guvoh.reading.clauses import Phrase
from guvoh.reading.coreference import Meant, meaning, settle_kin
from guvoh.reading.layout import Layout, Range, is_mark
from guvoh.resolve.nominative import nominative


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a chain before its basis is known."""

    name: str
    kind: SourceKind
    entity: Entity | None = None
    tokens: Range | None = None
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class Chained:
    """A saying with its voices, outermost first; `folded` where the speaker speaks of himself."""

    saying: Saying
    voices: tuple[Voice, ...]
    same_speaker: bool = False


@dataclass(slots=True)
class _State:
    """What has been heard so far, and from whom."""

    chains: list[Chained] = field(default_factory=list)
    outlets: dict[int, tuple[int, Voice]] = field(default_factory=dict)
    open: frozenset[int] = frozenset()  # who speaks to an outlet or to the report itself
    informants: dict[int, tuple[Voice, ...]] = field(default_factory=dict)


_NEAR = 3  # units back to who spoke last

UNNAMED = Voice("", SourceKind.UNNAMED)


def find_chains(cast: Cast, sayings: list[Saying], turns: list[tuple[Voice, ...]]) -> list[Chained]:
    """Return every saying with its chain, in the same order.

    `turns` gives the voices of each turn of an interview. Chains are made twice: who informs whom
    may be told after it is needed, as where a son tells his father who tells an outlet.
    """
    _lift_speakers(cast, sayings)
    first = _State()
    for saying in sayings:
        first.chains.append(_chain(cast, first, saying, turns))
    for item in reversed(
        first.chains
    ):  # what stands in a quotation of a quotation is settled first
        speaker = item.voices[-1].entity if item.voices else None
        if speaker is not None and item.saying.kind is ClaimKind.DIRECT:
            for piece in item.saying.pieces:
                settle_kin(cast, piece, speaker)
    second = _State(informants=first.informants, open=_open_speakers(first.chains))
    for saying in sayings:
        second.chains.append(_chain(cast, second, saying, turns))
    return second.chains


def _lift_speakers(cast: Cast, sayings: Sequence[Saying]) -> None:
    """Take who speaks inside the marks ("«Мы ждали, — вспоминает она. — …»") out of his own words."""
    for saying in sayings:
        if saying.parent is None and saying.kind is ClaimKind.DIRECT and saying.source is not None:
            for k in range(*saying.source.head):
                cast.depths[k] = 0


def _chain(cast: Cast, state: _State, saying: Saying, turns: list[tuple[Voice, ...]]) -> Chained:
    if saying.turn is not None:
        return Chained(saying, turns[saying.turn])
    if saying.kind is ClaimKind.NARRATED:
        return Chained(saying, ())
    base = () if saying.parent is None else state.chains[saying.parent].voices
    if (
        saying.unnamed
        or _hearsay(cast.layout, saying)
        or _rumour(cast.layout, saying)
        or _thing(cast, saying)
    ):
        return Chained(saying, (*base, UNNAMED))
    if saying.source is None or saying.source.elided:
        if saying.carried is not None:
            return Chained(saying, state.chains[saying.carried].voices)
        if saying.source is None:
            return Chained(saying, base or (UNNAMED,))
        told = base[-1].entity if base else None
        about = (
            last_subject(cast, saying.source.head)
            if told is None
            else last_other(cast, saying.source.head, told)
        )
        if about is None:
            return Chained(saying, (*base, UNNAMED) if base else (UNNAMED,))
        return Chained(saying, (*base, Voice(about.name, about.kind, about)))
    speaker = base[-1].entity if base else None
    source = _source(cast, state, saying, speaker)
    if source is None:
        return Chained(saying, base)
    if base and (_same(source, base[-1]) or _several_themselves(cast.layout, saying, base[-1])):
        return Chained(saying, base, same_speaker=True)
    outer = _outer_voices(cast, state, saying, source, speaker)
    voices = (*base, *outer, source)
    if saying.parent is None and not outer:
        voices = _with_outlet(state, saying, voices)
    _remember(state, saying, voices)
    return Chained(saying, voices)


def _several_themselves(layout: Layout, saying: Saying, speaker: Voice) -> bool:
    """Return whether "they" are some of whom nothing more is known: "several said they believed"."""
    head = saying.source.head if saying.source is not None else Range(0, 0)
    many = speaker.entity is None and speaker.kind is SourceKind.GROUP and speaker.resolved
    return many and head.last - head.first == 1 and layout.has("they", head.first)


def _source(cast: Cast, state: _State, saying: Saying, speaker: Entity | None) -> Voice | None:
    """Return the voice of a saying's source, a pronoun resolved as far as can be."""
    if saying.source is None:
        return None
    source = _self(cast, state, saying, speaker, saying.source) or _voice(
        cast, saying.source, speaker
    )
    if source is None or saying.parent is not None:
        return source
    if saying.cue_class in ("say", "tell"):
        told_of = _spoken_of(cast, state, saying, source)
        source = _last_speaker(cast, state, saying, source, within=_NEAR if told_of else 1)
    return source if source.resolved else _last_speaker(cast, state, saying, source)


def _spoken_of(cast: Cast, state: _State, saying: Saying, source: Voice) -> bool:
    """Return whether whom a pronoun seems to mean was only told of by who spoke last: "the foreman has orders, Sanjar said"."""
    if source.entity is None or source.tokens is None:
        return False
    last = next(
        (c for c in reversed(state.chains[-6:]) if c.voices and c.saying.parent is None), None
    )
    if last is None or last.saying.kind is ClaimKind.NARRATED:
        return False
    if cast.layout.units[last.saying.unit].paragraph != cast.layout.units[saying.unit].paragraph:
        return False
    mentioned = [
        m for m in mentions_before(cast, source.tokens.first) if m.entity == source.entity.id
    ]
    named = [m for m in mentioned if not cast.layout.has("pronouns", m.tokens.first)]
    return bool(named) and any(
        piece.first <= named[0].tokens.first < piece.last for piece in last.saying.pieces
    )


def _hearsay(layout: Layout, saying: Saying) -> bool:
    """Return whether "they say that" names nobody."""
    if saying.source is None or saying.cue is None:
        return False
    head = saying.source.head
    if head.last - head.first == 1 and layout.has("impersonal_subjects", head.first):
        return True
    return (
        head.last - head.first == 1
        and saying.parent is not None
        and layout.has("hearsay_subjects", head.first)
        and any(m.entry.form == "base" for m in layout.matches.get(saying.cue.first, ()))
        and saying.cue_class == "say"
    )


def _thing(cast: Cast, saying: Saying) -> bool:
    """Return whether a verb that needs no subject has a thing before it: "Телефоны велели бросить"."""
    layout = cast.layout
    if saying.source is None or saying.source.elided or saying.cue is None:
        return False
    head = saying.source.head
    they = layout.lexicon.endings.get("they", ())
    said = layout.tokens[saying.cue.first].low
    if head.last - head.first == 1 and layout.has("datives", head.first):
        return bool(they) and said.endswith(they)  # "Ему велели быть готовым"
    return (
        bool(they)
        and bool(layout.lexicon.order.get("prodrop"))
        and head.last - head.first == 1
        and head.first not in cast.covered
        and not layout.has("pronouns", head.first)
        and not layout.sections(head.first)
        and layout.tokens[saying.cue.first].low.endswith(they)
    )


def _rumour(layout: Layout, saying: Saying) -> bool:
    """Return whether "reports suggest that", "some accounts say that" names nobody."""
    if saying.source is None or saying.source.elided:
        return False
    ends = layout.lexicon.endings.get("participle", ("\0",))
    head = [
        k
        for k in range(*saying.source.head)
        if not (
            layout.has("quantifiers", k)
            or layout.has("adjectives", k)
            or (ends != ("\0",) and layout.tokens[k].low.endswith(ends))
        )
    ]
    return len(head) == 1 and layout.has("rumours", head[0])


def _self(
    cast: Cast, state: _State, saying: Saying, speaker: Entity | None, phrase: Phrase | None
) -> Voice | None:
    """Return the speaker of indirect speech where its "he", "she", "it" or "they" can mean him."""
    if saying.parent is None or speaker is None or phrase is None:
        return None
    if state.chains[saying.parent].saying.kind is ClaimKind.DIRECT:
        return None
    head = phrase.head
    if head.last - head.first != 1 or not can_mean(cast.layout, head.first, speaker):
        return None
    return Voice(speaker.name, speaker.kind, speaker, head)


def _last_speaker(
    cast: Cast, state: _State, saying: Saying, source: Voice, within: int = 2
) -> Voice:
    """Return who spoke last in the paragraph, for a pronoun without another antecedent."""
    if source.tokens is None or source.tokens.last - source.tokens.first != 1:
        return source
    if not cast.layout.has("pronouns", source.tokens.first):
        return source
    hearer = saying.addressee
    if hearer is not None and cast.layout.has("objects_of_third", hearer.head.first):
        return source
    for chained in reversed(state.chains[-6:]):
        if (
            not chained.voices
            or saying.unit - chained.saying.unit > within
            or chained.saying.parent is not None
        ):
            continue
        last = chained.voices[-1].entity
        described = last is not None and not last.gender and not last.named
        if described and source.entity is not None and source.entity.gender == "f":
            continue  # "Военком пообещал матери …, говорит она"
        if last is not None and can_mean(cast.layout, source.tokens.first, last):
            return Voice(last.name, last.kind, last, source.tokens)
    return source


def _voice(cast: Cast, phrase: Phrase, speaker: Entity | None) -> Voice | None:
    layout = cast.layout
    head = _without_finder(layout, phrase.head)
    if head.last <= head.first:
        return None
    if any(layout.has("implied", k) for k in range(*head)) and (
        _implied(layout, head) or _own_outlet(cast, head)
    ):
        return None
    apposed = _apposed(cast, phrase) or _introduced(cast, phrase)
    if apposed is not None:
        return Voice(apposed.name, apposed.kind, apposed, head)
    meant: Meant = meaning(cast, head, speaker)
    return Voice(meant.name, meant.kind, meant.entity, head, meant.resolved)


def _without_finder(layout: Layout, head: Range) -> Range:
    """Cut "records obtained by the paper" to the records: who has them is a link of its own."""
    for k in range(head.first + 1, head.last - 1):
        seen = any(
            m.entry.section == "cues" and m.entry.info["class"] == "seen"
            for m in layout.matches.get(k, ())
        )
        if seen and layout.has("by", k + 1):
            return Range(head.first, k)
    return head


def _apposed(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the person whose name follows a description: "the consul in Warsaw, Inés Prada"."""
    at = phrase.head.last + 1
    if at >= phrase.whole.last or cast.layout.tokens[at - 1].text != ",":
        return None
    entity = cast.at(at)
    if entity is None or not entity.named or entity.kind is not SourceKind.PERSON:
        return None
    if not cast.layout.tokens[at].capital:
        return None  # "the mother of Bakyt, a student": it describes him
    described = next((cast.at(k) for k in range(*phrase.head) if k in cast.covered), None)
    if described is not None and described.named and described.kind is SourceKind.PERSON:
        return None
    mention = cast.covered[at]
    follow = mention.tokens.last
    return entity if follow >= phrase.whole.last or cast.layout.tokens[follow].text == "," else None


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
        while first > phrase.head.last and layout.tokens[first - 1].low in naming:
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


def _same(one: Voice, other: Voice) -> bool:
    if one.entity is not None and other.entity is not None:
        return one.entity.id == other.entity.id
    return one.name == other.name and one.resolved


def _outer_voices(
    cast: Cast, state: _State, saying: Saying, source: Voice, speaker: Entity | None
) -> tuple[Voice, ...]:
    """Return the voices between the frame and its source: who cites, has seen or was told."""
    voices: list[Voice] = []
    if saying.outer is not None:
        relay = _self(cast, state, saying, speaker, saying.outer) or _voice(
            cast, saying.outer, speaker
        )
        if relay is not None and cast.layout.has("first_plural", saying.outer.head.first):
            relay = None  # "we have seen" is the report's own outlet
        if relay is not None and saying.parent is None:
            relay = _last_speaker(cast, state, saying, relay, within=1)
        if saying.parent is None:
            relay = _outlet(relay)
        own = relay is not None and speaker is not None and relay.entity is speaker
        if relay is not None and not own and not _same(relay, source):
            before = state.informants.get(relay.entity.id, ()) if relay.entity is not None else ()
            voices.extend(before[:-1] if saying.parent is None else ())
            voices.append(relay)
    outlet = _informed(cast, saying.source) if saying.parent is None else None
    if outlet is not None and not voices:
        voices.append(outlet)
    seen = _seen_by(cast, saying.source, speaker)
    if seen is not None and not _same(seen, source):
        voices.append(seen)
    if saying.parent is None and saying.addressee is not None and saying.cue_class != "ask":
        hearer = _voice(cast, saying.addressee, speaker)
        if hearer is not None and not _same(hearer, source):
            private = _private_hearer(cast, state, hearer, source)
            voices = [
                *(private or _hearers(cast, state, hearer, saying.addressee)),
                *voices,
            ]
    return tuple(voices)


def _open_speakers(chains: Sequence[Chained]) -> frozenset[int]:
    """Return who says something in the report to nobody in private."""
    return frozenset(
        chained.voices[-1].entity.id
        for chained in chains
        if chained.saying.parent is None
        and chained.voices
        and chained.voices[-1].entity is not None
        and (
            chained.saying.addressee is None
            or (len(chained.voices) > 1 and chained.voices[0].kind is SourceKind.ORGANISATION)
        )
    )


def _private_hearer(cast: Cast, state: _State, hearer: Voice, source: Voice) -> tuple[Voice, ...]:
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


def _hearers(cast: Cast, state: _State, hearer: Voice, phrase: Phrase) -> tuple[Voice, ...]:
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
    if entity is not None and entity.guessed and named and hearer.kind is SourceKind.PERSON:
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


def _informed(cast: Cast, phrase: Phrase | None) -> Voice | None:
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
    for k in range(first + 1, last):
        if not (layout.has("prepositions", k) or layout.has("of", k)) or k + 1 >= last:
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
    """Return the outlet of "the correspondent of Vesnik-24"."""
    for k in range(phrase.head.last - 1, phrase.head.first, -1):
        entity = cast.at(k)
        if entity is not None and entity.named:
            entity.kind = SourceKind.ORGANISATION
            marked = is_mark(cast.layout.tokens[cast.covered[k].tokens.first - 1])
            if cast.layout.lexicon.language == "ru" and marked:
                entity.name = nominative(entity.name)
            return (Voice(entity.name, entity.kind, entity, phrase.head),)
    return ()


def entity_is_court(layout: Layout, phrase: Phrase) -> bool:
    """Return whether the hearer is an authority before which one speaks."""
    return any(layout.has("authorities", k) for k in range(*phrase.head))


def _seen_by(cast: Cast, phrase: Phrase | None, speaker: Entity | None) -> Voice | None:
    """Return who has the document that speaks, or quotes: "documents seen by the Herald", "witnesses quoted by X"."""
    if phrase is None or phrase.whole.last <= phrase.whole.first:
        return None
    layout = cast.layout
    for k in range(phrase.whole.first, phrase.whole.last):
        if any(
            m.entry.section == "cues" and m.entry.info["class"] in ("seen", "citing")
            for m in layout.matches.get(k, ())
        ) or layout.has("interviewed", k):
            by = next(
                (j for j in range(k + 1, min(k + 4, phrase.whole.last)) if layout.has("by", j)),
                None,
            )
            if by is not None and by + 1 < phrase.whole.last:
                tokens = Range(by + 1, _end_of_name(layout, by + 1, phrase.whole.last))
                return _outlet(_voice(cast, Phrase(tokens, tokens), speaker))
    return None


def _outlet(voice: Voice | None) -> Voice | None:
    """Take a bare name that has seen a document or quotes others for that of an outlet."""
    entity = voice.entity if voice is not None else None
    if voice is None or entity is None or not (entity.guessed and entity.named):
        return voice
    if entity.kind is not SourceKind.PERSON or entity.roles or entity.relations:
        return voice
    entity.kind = SourceKind.ORGANISATION
    return replace(voice, kind=SourceKind.ORGANISATION)


def _end_of_name(layout: Layout, first: int, last: int) -> int:
    for k in range(first, last):
        if layout.tokens[k].text in ",)—" or layout.has("coordinators", k):
            return k
    return last


def _with_outlet(state: _State, saying: Saying, voices: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Keep the outlet to which the same one has spoken in this paragraph."""
    entity = voices[-1].entity
    if entity is None:
        return voices
    known = state.outlets.get(entity.id)
    if known is None and entity.among is not None:
        known = state.outlets.get(entity.among)
    if known is not None and saying.unit - known[0] <= 6:
        return (known[1], *voices)
    known_chain = state.informants.get(entity.id)
    if known_chain is not None and len(known_chain) > 1 and known_chain[-1].entity is entity:
        return known_chain
    return voices


def _remember(state: _State, saying: Saying, voices: tuple[Voice, ...]) -> None:
    if saying.parent is not None or not voices:
        return
    last = voices[-1]
    if last.entity is None:
        return
    told = saying.addressee is not None or last.kind is SourceKind.DOCUMENT
    if told and len(voices) == 2 and voices[0].kind is SourceKind.ORGANISATION:
        state.outlets[last.entity.id] = (saying.unit, voices[0])
    if (
        (told or len(voices) == 1)
        and last.kind in (SourceKind.PERSON, SourceKind.GROUP)
        and (
            last.entity.id not in state.informants
            or len(voices) > len(state.informants[last.entity.id])
        )
    ):
        state.informants[last.entity.id] = voices
