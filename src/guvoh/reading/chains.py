"""Chains: who heard it from whom, outermost first, for every saying of a text."""

from collections.abc import Sequence

from guvoh.model.claim import ClaimKind, SourceKind
from guvoh.reading.cast import (
    Cast,
    Entity,
    can_mean,
    last_other,
    last_subject,
    mentions_before,
    mentions_within,
)
from guvoh.reading.clauses import Phrase
from guvoh.reading.hearing import (
    as_outlet,
    handed_to,
    hearers,
    informed,
    private_hearer,
    who_has_seen,
)
from guvoh.reading.kin_meant import settle_kin
from guvoh.reading.layout import Layout, Range
from guvoh.reading.saying import Saying
from guvoh.reading.stretches import is_question
from guvoh.reading.voices import UNNAMED, Chained, Heard, Voice, same_voice, voice_meant

_TOLD_OF = 30  # tokens back to whom "говорит" means in somebody's mouth
_JUST = 8  # the same of "сказал", which can be the speaker's own
_NEAR = 3  # units back to who spoke last
_VENUE = 4  # tokens from a cue, or from where its sentence opens, to where one speaks in public


def find_chains(cast: Cast, sayings: list[Saying], turns: list[tuple[Voice, ...]]) -> list[Chained]:
    """Return every saying with its chain, in the same order.

    `turns` gives the voices of each turn of an interview. Chains are made twice: who informs whom
    may be told after it is needed, as where a son tells his father who tells an outlet.
    """
    _lift_speakers(cast, sayings)
    first = Heard()
    for saying in sayings:
        first.chains.append(_chain(cast, first, saying, turns))
    for item in reversed(
        first.chains
    ):  # what stands in a quotation of a quotation is settled first
        speaker = item.voices[-1].entity if item.voices else None
        if speaker is not None and item.saying.kind is ClaimKind.DIRECT:
            for piece in item.saying.pieces:
                settle_kin(cast, piece, speaker)
    second = Heard(informants=first.informants, open=_open_speakers(first.chains))
    for saying in sayings:
        second.chains.append(_chain(cast, second, saying, turns))
    return second.chains


def _lift_speakers(cast: Cast, sayings: Sequence[Saying]) -> None:
    """Take who speaks inside the marks ("«Мы ждали, — вспоминает она. — …»") out of his own words."""
    for saying in sayings:
        if saying.parent is None and saying.kind is ClaimKind.DIRECT and saying.source is not None:
            for k in range(*saying.source.head):
                cast.depths[k] = 0


def _chain(cast: Cast, state: Heard, saying: Saying, turns: list[tuple[Voice, ...]]) -> Chained:
    if saying.turn is not None:
        return Chained(saying, turns[saying.turn])
    if saying.kind is ClaimKind.NARRATED:
        return Chained(saying, (UNNAMED,) if saying.unnamed else ())
    base = () if saying.parent is None else state.chains[saying.parent].voices
    asked = _asked_of(cast, state, saying)
    if asked is not None:
        return Chained(saying, (*base, asked))
    if (
        saying.unnamed
        or _hearsay(cast.layout, saying)
        or _rumour(cast.layout, saying)
        or _thing(cast, saying)
    ):
        return Chained(saying, (*base, UNNAMED))
    if saying.source is None or saying.source.elided:
        return _left_out(cast, state, saying, base)
    speaker = base[-1].entity if base else None
    source = _source(cast, state, saying, speaker)
    if source is None:
        return Chained(saying, base)
    if base and (
        same_voice(source, base[-1]) or _several_themselves(cast.layout, saying, base[-1])
    ):
        return Chained(saying, base, same_speaker=True)
    outer = _outer_voices(cast, state, saying, source, speaker)
    voices = (*base, *outer, source)
    if saying.parent is None and not outer:
        voices = _with_outlet(cast.layout, state, saying, voices)
    _remember(cast.layout, state, saying, voices)
    return Chained(saying, voices)


def _left_out(cast: Cast, state: Heard, saying: Saying, base: tuple[Voice, ...]) -> Chained:
    """Return a saying whose speaker the words leave out with its chain."""
    if saying.carried is not None:
        return Chained(saying, state.chains[saying.carried].voices)
    if saying.source is None:
        return Chained(saying, base or (UNNAMED,))
    told = base[-1].entity if base else None
    if told is None:
        about = last_subject(cast, saying.source.head)
    elif cast.layout.lexicon.order.get("cases"):
        about = _third_told_of(cast, saying, told)
        if about is None:
            return Chained(saying, base, same_speaker=True)
    else:
        about = last_other(cast, saying.source.head, told)
    if about is None:
        return Chained(saying, (*base, UNNAMED) if base else (UNNAMED,))
    return Chained(saying, (*base, Voice(about.name, about.kind, about)))


def _third_told_of(cast: Cast, saying: Saying, speaker: Entity) -> Entity | None:
    """Return whom a verb without a subject means in somebody's mouth: "Позвонил друг. Говорит, увели"; None for himself.

    "Говорит" is never his own, "сказала" a man's neither; else somebody must have been told of just before.
    """
    layout = cast.layout
    at = saying.source.head.first if saying.source is not None else 0
    verb = layout.lows[at]
    past = verb.endswith(layout.lexicon.endings.get("past", ("\0",)))
    hers = verb.endswith(layout.lexicon.endings.get("hers", ("\0",)))
    apart = not past or speaker.gender == ("m" if hers else "f")
    reach = _TOLD_OF if apart else _JUST
    for mention in mentions_before(cast, at):
        entity = cast.entities[mention.entity]
        if at - mention.tokens.first > reach:
            return None
        fits = entity.gender in (None, "f" if hers else "m") or not past
        if entity.kind is SourceKind.PERSON and entity.id != speaker.id and fits:
            return entity
    return None


def _several_themselves(layout: Layout, saying: Saying, speaker: Voice) -> bool:
    """Return whether "they" are some of whom nothing more is known: "several said they believed"."""
    head = saying.source.head if saying.source is not None else Range(0, 0)
    many = speaker.entity is None and speaker.kind is SourceKind.GROUP and speaker.resolved
    return many and head.last - head.first == 1 and layout.has("they", head.first)


def _source(cast: Cast, state: Heard, saying: Saying, speaker: Entity | None) -> Voice | None:
    """Return the voice of a saying's source, a pronoun resolved as far as can be."""
    if saying.source is None:
        return None
    source = _self(cast, state, saying, speaker, saying.source) or voice_meant(
        cast, saying.source, speaker
    )
    if source is None or saying.parent is not None:
        return source
    if saying.cue_class in ("say", "tell", "according"):
        told_of = _spoken_of(cast, state, saying, source)
        source = _last_speaker(cast, state, saying, source, within=_NEAR if told_of else 1)
    return source if source.resolved else _last_speaker(cast, state, saying, source)


def _spoken_of(cast: Cast, state: Heard, saying: Saying, source: Voice) -> bool:
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
    located = head.first > 0 and layout.has("source_prepositions", head.first - 1)
    town = head.first in cast.places and not layout.tokens[head.first].text.isupper()
    if (located and not town) or layout.has("office_there", head.first):
        return False  # "в СИЗО ответили", but nobody in "в Бейруте сказали"
    return (
        bool(they)
        and bool(layout.lexicon.order.get("prodrop"))
        and head.last - head.first == 1
        and head.first not in cast.covered
        and not layout.has("pronouns", head.first)
        and not layout.sections(head.first)
        and layout.tokens[saying.cue.first].low.endswith(they)
    )


def _asked_of(cast: Cast, state: Heard, saying: Saying) -> Voice | None:
    """Return those of whom a question asks where "they" answers it: "And the unions?", "They say that …"."""
    layout = cast.layout
    above = None if saying.parent is None else state.chains[saying.parent].saying
    if above is None or above.turn is None or above.unit == 0 or saying.source is None:
        return None
    head = saying.source.head
    if head.last - head.first != 1 or not layout.has("they", head.first):
        return None
    question = layout.units[above.unit - 1].tokens
    if not is_question(layout, question):
        return None
    for mention in reversed(mentions_within(cast, question)):
        entity = cast.entities[mention.entity]
        anybody = entity.name.lower() in layout.lexicon.words.get("hearsay_subjects", ())
        several = entity.plural or entity.kind in (SourceKind.GROUP, SourceKind.ORGANISATION)
        if not anybody and several:
            return Voice(entity.name, entity.kind, entity, head)
    return None


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
    cast: Cast, state: Heard, saying: Saying, speaker: Entity | None, phrase: Phrase | None
) -> Voice | None:
    """Return the speaker of indirect speech where its "he", "she", "it" or "they" can mean him."""
    if saying.parent is None or speaker is None or phrase is None:
        return None
    held = state.chains[saying.parent].saying
    if held.kind is ClaimKind.DIRECT and not held.relayed:
        return None
    head = phrase.head
    if head.last - head.first != 1 or not can_mean(cast.layout, head.first, speaker):
        return None
    return Voice(speaker.name, speaker.kind, speaker, head)


def _last_speaker(
    cast: Cast, state: Heard, saying: Saying, source: Voice, within: int = 2
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
        told = source.entity is not None and source.entity.gender == "f"
        if described and told and not _split_by_cue(cast, saying, source):
            continue  # "Военком пообещал матери …, говорит она"
        if last is not None and can_mean(cast.layout, source.tokens.first, last):
            return Voice(last.name, last.kind, last, source.tokens)
    return source


def _split_by_cue(cast: Cast, saying: Saying, source: Voice) -> bool:
    """Return whether a voice is the subject that its own cue would part from its verb: "The employer, she says, warned them"."""
    if source.entity is None or len(saying.pieces) < 2:
        return False
    before = saying.pieces[0]
    return any(
        mention.entity == source.entity.id and mention.tokens.last >= before.last
        for mention in mentions_within(cast, before)
    )


def _outer_voices(
    cast: Cast, state: Heard, saying: Saying, source: Voice, speaker: Entity | None
) -> tuple[Voice, ...]:
    """Return the voices between the frame and its source: who cites, has seen or was told."""
    voices: list[Voice] = []
    if saying.outer is not None:
        relay = _self(cast, state, saying, speaker, saying.outer) or voice_meant(
            cast, saying.outer, speaker
        )
        nobody = ("first_plural", "impersonal_subjects")
        if any(cast.layout.has(group, saying.outer.head.first) for group in nobody):
            relay = None  # "we have seen" is the report's own outlet, "on a appris" nobody
        if relay is not None and saying.parent is None:
            spoke = _last_speaker(cast, state, saying, relay, within=1)
            relay = relay if same_voice(spoke, source) else spoke  # "He was told by a guard that"
        if saying.parent is None:
            relay = as_outlet(relay)
        own = relay is not None and speaker is not None and relay.entity is speaker
        if relay is not None and not own and not same_voice(relay, source):
            before = state.informants.get(relay.entity.id, ()) if relay.entity is not None else ()
            voices.extend(before[:-1] if saying.parent is None else ())
            voices.append(relay)
    outlet = informed(cast, saying.source) if saying.parent is None else None
    if outlet is not None and not voices:
        voices.append(outlet)
    seen = who_has_seen(cast, saying.source, speaker) or handed_to(cast, saying.source, speaker)
    if seen is not None and not same_voice(seen, source):
        voices.append(seen)
    if saying.parent is None and saying.addressee is not None and saying.cue_class != "ask":
        hearer = voice_meant(cast, saying.addressee, speaker)
        if hearer is not None and not same_voice(hearer, source):
            private = private_hearer(cast, state, hearer, source)
            heard = private or hearers(cast, state, hearer, saying.addressee)
            media = hearer.entity is not None and hearer.entity.media
            heard = () if seen is not None and not media else heard  # "in a letter to X, seen by Y"
            known = [one for one in heard if not any(same_voice(one, other) for other in voices)]
            voices = [*known, *voices]
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


def _with_outlet(
    layout: Layout, state: Heard, saying: Saying, voices: tuple[Voice, ...]
) -> tuple[Voice, ...]:
    """Keep the outlet to which the same one has spoken in this paragraph, unless he now speaks elsewhere."""
    entity = voices[-1].entity
    if entity is None or _elsewhere(layout, saying):
        return voices
    known = state.outlets.get(entity.id)
    if known is None and entity.among is not None:
        known = state.outlets.get(entity.among)
    if known is not None and saying.unit - known[0] <= 6:
        return (known[1], *voices)
    if saying.stance == "denied":
        return voices  # who denies what another told answers the report
    through = _through_kin(layout, state, saying, voices[-1])
    if through:
        return (*through, *voices)
    known_chain = state.informants.get(entity.id)
    if known_chain is not None and len(known_chain) > 1 and known_chain[-1].entity is entity:
        return known_chain
    return voices


def _through_kin(layout: Layout, state: Heard, saying: Saying, source: Voice) -> tuple[Voice, ...]:
    """Return the voices through whom a relative's words came: "Her son had phoned, she told X. According to him, …"."""
    entity = source.entity
    last = next((c for c in reversed(state.chains) if c.saying.parent is None), None)
    if entity is None or entity.named or last is None or not last.voices:
        return ()
    tokens = source.tokens
    pronoun = tokens is not None and tokens.last - tokens.first == 1
    pronoun = pronoun and tokens is not None and layout.has("pronouns", tokens.first)
    near = saying.unit - last.saying.unit == 1
    teller = last.voices[-1].entity
    own = teller is not None and any(other == teller.id for _, other in entity.relations)
    return last.voices if pronoun and near and own else ()


def _elsewhere(layout: Layout, saying: Saying) -> bool:
    """Return whether a saying is told to have been said in public: "on Twitter, Karim said", "told the court"."""
    if saying.cue is None:
        return False
    unit, cue = layout.units[saying.unit].tokens, saying.cue
    opening = Range(unit.first, min(unit.first + _VENUE, unit.last))
    beside = Range(max(cue.first - _VENUE, unit.first), min(cue.last + _VENUE, unit.last))
    return any(
        not any(p.first <= k < p.last for p in saying.pieces)
        for near in (opening, beside)
        for k in layout.those("venues", near)
    )


def _cites(layout: Layout, saying: Saying) -> bool:
    """Return whether an outlet cites somebody in a saying's sentence, and was not only told by him."""
    return any(
        match.entry.section == "cues" and match.entry.info["class"] == "citing"
        for k in range(*layout.units[saying.unit].tokens)
        for match in layout.matches.get(k, ())
    )


def _remember(layout: Layout, state: Heard, saying: Saying, voices: tuple[Voice, ...]) -> None:
    if saying.parent is not None or not voices:
        return
    last = voices[-1]
    if last.entity is None:
        return
    told = saying.addressee is not None or last.kind is SourceKind.DOCUMENT
    # "In messages that the Herald has read, a recruiter writes"
    bare = bool(layout.lexicon.order.get("bare_content")) and last.kind is SourceKind.PERSON
    told = told or (saying.outer is not None and bare)
    cited = saying.outer is not None and last.kind is not SourceKind.ORGANISATION
    told = told or (cited and _cites(layout, saying))
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
