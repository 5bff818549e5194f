"""Claims out of sayings: identity, stance, basis, and what stands inside their words."""

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from guvoh.model.claim import (
    Basis,
    Claim,
    ClaimKind,
    Link,
    Participant,
    Place,
    Polarity,
    Quantity,
    SourceKind,
    Stance,
    Time,
)
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, Span
from guvoh.reading.acts import Doing, can_take_part, coerced, coerces, harms, role_kind
from guvoh.reading.basis import Known, acts_himself, basis_of
from guvoh.reading.cast import Cast, Entity, mentions_within
from guvoh.reading.layout import Layout, Range
from guvoh.reading.lived import asked_of_harm, lives, of_another
from guvoh.reading.negated import polarity_of, polarity_of_all
from guvoh.reading.own_words import OWN_STANCES, confessed, is_subject, is_surely_meant, own_stance
from guvoh.reading.saying import Saying
from guvoh.reading.stance import hedges_in, main_clause, of_untrue, stance_of
from guvoh.reading.stretches import is_question
from guvoh.reading.undergone import without_wrong
from guvoh.reading.voices import UNNAMED, Chained, Voice

_STOPS = (".", "!", "?")
_DEATHS = ("kill", "die", "execute", "bury")  # what nobody tells of himself
_OPENING = 8  # tokens in which a content's first verb stands
_FIRST = 3  # tokens in which its first subject stands
_HEDGE = 3  # tokens before a cue in which the report can hedge it
_SAID = ("say", "tell", "hear")
_BIDDEN = ("ask", "want")
_CLAUSE = 20  # tokens in which somebody else's call and words stand


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Everything found in a text beside the claims, each in order of the text."""

    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    doings: tuple[Doing, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What claims are made of."""

    report: Report
    layout: Layout
    cast: Cast
    mentions: Mentions
    person_ids: dict[int, str]


def make_claims(scene: Scene, chained: Sequence[Chained]) -> tuple[Claim, ...]:
    """Return the claims of a report in the order of the text, an enclosing one first."""
    kept = _kept(scene.layout, chained)
    lived = _lived(scene.layout, chained)
    hulls = {index: _hull(scene.layout, chained[index]) for index in kept}
    order = sorted(kept, key=lambda i: (hulls[i].start, -hulls[i].end, i))
    ids: dict[int, tuple[str, ByteSpan]] = {}
    taken: dict[str, int] = {}
    for index in order:
        ids[index] = _identity(scene, hulls[index], taken)
    claims = []
    for index in order:
        parent = chained[index].saying.parent
        while parent is not None and parent not in ids:
            parent = chained[parent].saying.parent
        claims.append(_claim(scene, chained, index, ids, parent, lived))
    return tuple(claims)


def _kept(layout: Layout, chained: Sequence[Chained]) -> list[int]:
    """Return the sayings that are claims: all but those in which a speaker speaks of himself."""
    kept = []
    for index, item in enumerate(chained):
        if not item.saying.pieces or (
            item.same_speaker and not _of_its_own(layout, chained, index)
        ):
            continue
        voice = item.voices[-1] if item.voices else None
        if (
            item.saying.parent is not None
            and voice is not None
            and voice.entity is None
            and not voice.resolved
            and item.saying.cue_class in ("think", "hear", "show")
        ):
            continue
        kept.append(index)
    return kept


def _of_its_own(layout: Layout, chained: Sequence[Chained], index: int) -> bool:
    """Return whether a speaker's own fear or plan stands in a sentence after the first of his quotation."""
    saying = chained[index].saying
    if saying.parent is None or saying.cue is None or saying.stance not in OWN_STANCES:
        return False
    above = chained[saying.parent].saying
    return (
        saying.stance != "believed"
        and above.kind is ClaimKind.DIRECT
        and any(
            layout.tokens[k].text in _STOPS for k in range(above.pieces[0].first, saying.cue.first)
        )
    )


@dataclass(frozen=True, slots=True)
class _Lived:
    """What voices say that they went through or saw: in each saying, and by voice anywhere in the report."""

    in_saying: Sequence[Basis | None]
    by_voice: Mapping[str, Basis]


def _lived(layout: Layout, chained: Sequence[Chained]) -> _Lived:
    in_saying = [lives(layout, item) if item.voices else None for item in chained]
    lived: dict[str, Basis] = {}
    for item, told in zip(chained, in_saying, strict=True):
        if not item.voices or item.saying.stance in OWN_STANCES:
            continue  # what is feared or planned has not been lived through
        found = Basis.VICTIM if _asked_of_harm(layout, item.saying) else told
        name = item.voices[-1].name
        if found is Basis.VICTIM or (found is not None and name not in lived):
            lived[name] = found
    return _Lived(in_saying, lived)


def _asked_of_harm(layout: Layout, saying: Saying) -> bool:
    if saying.turn is None or saying.unit == 0 or saying.parent is not None:
        return False
    question = layout.units[saying.unit - 1].tokens
    return is_question(layout, question) and asked_of_harm(layout, question)


def _hull(layout: Layout, item: Chained) -> Span:
    pieces = item.saying.pieces
    return Span(layout.span(pieces[0]).start, layout.span(pieces[-1]).end)


def _identity(scene: Scene, span: Span, taken: dict[str, int]) -> tuple[str, ByteSpan]:
    """Return the id of a claim, and its bytes, by which it is told."""
    at = scene.report.map.bytes_of(span, scene.report.text)
    place = f"{scene.report.id}:{at.start}-{at.end}"
    ordinal = taken.get(place, 0)
    taken[place] = ordinal + 1
    return hashlib.sha256(f"{place}:{ordinal}".encode()).hexdigest()[:16], at


def _claim(
    scene: Scene,
    chained: Sequence[Chained],
    index: int,
    ids: dict[int, tuple[str, ByteSpan]],
    parent: int | None,
    lived: _Lived,
) -> Claim:
    layout = scene.layout
    item = chained[index]
    saying = item.saying
    spans = tuple(layout.span(piece) for piece in saying.pieces)
    main = _before_inner(chained, index, main_clause(layout, saying.pieces[0]))
    own = is_subject(layout, scene.cast, item, main)
    stance = (
        own_stance(layout, chained, index, main)
        or confessed(layout, saying, main)
        or stance_of(layout, saying, main, own_subject=own, office=_answers_for(layout, item, main))
    )
    inside = [hedge for piece in saying.pieces for hedge in hedges_in(layout, piece)]
    hedges = [*_of_cue(layout, saying), *inside]
    voices = item.voices
    foremost = [hedge for hedge in inside if not hedge[1].get("conditional")]
    foremost += hedges_in(layout, main)
    if saying.kind is ClaimKind.NARRATED and any(info.get("unnamed") for _, info in foremost):
        voices = (UNNAMED,)
    doings = without_wrong(scene.cast, item, _inside(scene.mentions.doings, spans))
    return Claim(
        id=ids[index][0],
        report=scene.report.id,
        bytes=ids[index][1],
        spans=spans,
        text=" … ".join(scene.report.text[s.start : s.end] for s in spans),
        kind=saying.kind,
        stance=stance,
        polarity=_polarity(layout, item, stance, main, doings),
        chain=_links(
            scene,
            item,
            voices,
            stance,
            Known(
                *_known(layout, chained, index, doings, lived),
                acts=acts_himself(
                    layout, item, main, own and is_surely_meant(layout, scene.cast, item, main)
                ),
                own=own,
                named=_named(scene, item),
                bids=_bids(layout, chained, index),
            ),
        ),
        cue=layout.span(saying.cue) if saying.cue is not None else None,
        within=ids[parent][0] if parent is not None else None,
        hedges=tuple(words for words, _ in hedges),
        acts=coerced(doings),
        participants=_participants(scene, item, doings),
        times=_inside(scene.mentions.times, spans),
        quantities=_inside(scene.mentions.quantities, spans),
        places=_inside(scene.mentions.places, spans),
    )


def _office(item: Chained) -> bool:
    return bool(item.voices) and item.voices[-1].kind is SourceKind.ORGANISATION


def _answers_for(layout: Layout, item: Chained, main: Range) -> bool:
    """Return whether what will be done is for its speaker to say: an office, its spokesman, a lawyer of his client."""
    entity = item.voices[-1].entity if item.voices else None
    if entity is None or _office(item) or item.saying.kind is ClaimKind.DIRECT:
        return _office(item)
    clients = any(
        layout.has("clients", k) for k in range(main.first, min(main.last, main.first + 3))
    )
    return clients or (entity.office and not layout.has("subject_pronouns", main.first))


def _before_inner(chained: Sequence[Chained], index: int, main: Range) -> Range:
    """Cut a main clause before what somebody else says in it: "They told us we owed money and nobody would leave"."""
    for other in chained[index + 1 : index + 6]:
        cue = other.saying.cue
        if other.saying.parent != index or other.same_speaker or cue is None:
            continue
        if other.saying.cue_class not in ("say", "tell", "want"):
            continue  # "Ils n'ont demandé l'avis de personne"
        begins = other.saying.pieces[0].first if other.saying.pieces else main.last
        if main.first < cue.first < begins < main.last:
            return Range(main.first, begins)
    return main


def _of_cue(layout: Layout, saying: Saying) -> list[tuple[str, dict[str, object]]]:
    """Return the hedges with which the report tells that something was said: "have reportedly told inmates"."""
    if saying.cue is None:
        return []
    first = saying.cue.first
    while first > max(saying.cue.first - _HEDGE, 0) and layout.tokens[first - 1].word:
        first -= 1
    return hedges_in(layout, Range(first, saying.cue.first))


def _known(
    layout: Layout,
    chained: Sequence[Chained],
    index: int,
    doings: Sequence[Doing],
    lived: _Lived,
) -> tuple[Basis | None, Basis | None, Basis | None, bool]:
    """Return what a claim's innermost voice went through, says here of that, its part in the acts, and whether it relays."""
    item = chained[index]
    if not item.voices:
        return None, None, None, False
    voice = item.voices[-1]
    roles = {
        role
        for doing in doings
        for role, mention in doing.parties
        if voice.entity is not None
        and mention.entity == voice.entity.id
        and harms(doing)
        and doing.act.name not in _DEATHS
        and any(mention.tokens.first in range(*piece) for piece in item.saying.pieces)
    }
    if item.saying.kind is ClaimKind.DIRECT:
        inner = [
            piece
            for other in chained[index + 1 : index + 6]
            if other.saying.parent == index and not other.same_speaker
            for piece in other.saying.pieces
        ]
        roles |= {
            role
            for doing in doings
            if harms(doing) and not any(doing.tokens.first in range(*piece) for piece in inner)
            for role in doing.own
        }
    acted = Basis.VICTIM if "affected" in roles else None
    if acted is None and "perpetrator" in roles:
        acted = Basis.PARTICIPANT
    if of_another(layout, item):
        acted = None
    relays = _relays(layout, chained, index)
    return lived.by_voice.get(voice.name), lived.in_saying[index], acted, relays


def _named(scene: Scene, item: Chained) -> bool:
    """Return whether a content speaks of the one who says it: "three others were with him"."""
    entity = item.voices[-1].entity if item.voices else None
    return entity is not None and any(
        mention.entity == entity.id
        for piece in item.saying.pieces
        for mention in mentions_within(scene.cast, piece)
    )


def _bids(layout: Layout, chained: Sequence[Chained], index: int) -> bool:
    """Return whether somebody reports what another person bade or promised: "said a guard had ordered them to walk"."""
    item = chained[index]
    entity = item.voices[-1].entity if item.voices else None
    if item.saying.kind is ClaimKind.DIRECT or (entity is not None and entity.office):
        return False
    inside = (o for o in chained[index + 1 : index + 6] if o.saying.parent == index)
    people = all(not o.voices or not _office(o) for o in inside)  # a ministry bids in the open
    return people and not _office(item) and _relays(layout, chained, index, _BIDDEN)


def _relays(
    layout: Layout, chained: Sequence[Chained], index: int, classes: tuple[str, ...] = _SAID
) -> bool:
    """Return whether a claim begins with what somebody else has said: "He told me that …"."""
    content = chained[index].saying.pieces[0]
    for other in chained[index + 1 : index + 6]:
        inner = other.saying
        if inner.parent != index or inner.cue is None:
            continue
        said = inner.cue_class in classes and not other.same_speaker
        far = inner.cue.first - content.first
        if any(
            layout.has("subordinators", k) and not layout.has("complementizers", k)
            for k in range(content.first + 1, inner.cue.first)
        ):
            continue  # "I signed because they said …"
        opens = inner.source is not None and (
            inner.source.elided or inner.source.head.first - content.first < _FIRST
        )
        return said and (far < _OPENING or (opens and far < _CLAUSE))
    return False


def _polarity(
    layout: Layout, item: Chained, stance: Stance, main: Range, doings: Sequence[Doing]
) -> Polarity:
    if stance is Stance.UNKNOWN:
        return Polarity.AFFIRMED
    if stance is Stance.THREATENED and any(
        layout.has(group, main.first) for group in ("if", "whoever", "anyone")
    ):
        return Polarity.AFFIRMED
    if item.saying.negated and stance in (Stance.BELIEVED, Stance.EXPECTED):
        return Polarity.NEGATED
    if item.saying.noun_content or of_untrue(layout, item.saying.pieces[0]):
        return Polarity.AFFIRMED
    unwilling = [doing.tokens for doing in doings if coerces(doing)]
    if layout.lexicon.order.get("cases") and stance not in (Stance.FEARED, Stance.BELIEVED):
        of_all = polarity_of_all(layout, item.saying.pieces, unwilling)
        if of_all is not None:
            return of_all
    return polarity_of(layout, item.saying.pieces, main, unwilling)


def _links(
    scene: Scene,
    item: Chained,
    voices: Sequence[Voice],
    stance: Stance,
    known: Known,
) -> tuple[Link, ...]:
    if not voices:
        publisher = scene.report.publisher
        if publisher is None or not publisher.text.strip():
            return ()
        return (Link(publisher.text.strip(), SourceKind.ORGANISATION),)
    links = []
    for position, voice in enumerate(voices):
        if position + 1 < len(voices):
            following = voices[position + 1]
            basis = Basis.DOCUMENT if following.kind is SourceKind.DOCUMENT else Basis.TOLD
        elif item.voices is voices or tuple(voices) == item.voices:
            basis = basis_of(scene.layout, item, stance, known)
        else:
            basis = Basis.UNKNOWN
        links.append(_link(scene, voice, basis))
    return tuple(links)


def _link(scene: Scene, voice: Voice, basis: Basis) -> Link:
    person = scene.person_ids.get(voice.entity.id) if voice.entity is not None else None
    return Link(
        name=voice.name,
        kind=voice.kind,
        basis=basis,
        pseudonym=voice.entity is not None and voice.entity.pseudonym,
        person=person,
        span=scene.layout.span(voice.tokens) if voice.tokens is not None else None,
        resolved=voice.resolved,
    )


def _participants(scene: Scene, item: Chained, doings: Sequence[Doing]) -> tuple[Participant, ...]:
    found: dict[tuple[str, int], Participant] = {}
    speaker = _speaker(item)
    for doing in doings:
        tokens = [(role, mention.entity, mention.tokens) for role, mention in doing.parties]
        if speaker is not None:
            tokens += [(role, speaker.id, doing.tokens) for role in doing.own]
        for role, number, words in tokens:
            entity = scene.cast.entities[number]
            key = (role, entity.id)
            if key not in found and (can_take_part(entity, role) or entity is speaker):
                kind = "nationality" if entity.ethnic else role_kind(entity.kind)
                person = scene.person_ids.get(entity.id)
                found[key] = Participant(role, entity.name, kind, person, scene.layout.span(words))
    affected = {entity for role, entity in found if role == "affected"}
    # Nobody does to himself what was done to him: then the text has not told who did it.
    return tuple(
        one
        for (role, entity), one in found.items()
        if role != "perpetrator" or entity not in affected
    )


def _speaker(item: Chained) -> Entity | None:
    """Return whom "us" and "me" mean in a quotation: its speaker, if he is a person or some people."""
    if item.saying.kind is not ClaimKind.DIRECT or not item.voices:
        return None
    entity = item.voices[-1].entity
    people = (SourceKind.PERSON, SourceKind.GROUP)
    return entity if entity is not None and entity.kind in people else None


def _inside(things: Sequence[T], spans: Sequence[Span]) -> tuple[T, ...]:
    """Return the things of an ordered sequence that lie in one of the spans."""
    found: list[T] = []
    for span in spans:
        at = bisect_left(things, span.start, key=lambda thing: thing.span.start)
        while at < len(things) and things[at].span.start < span.end:
            if things[at].span.end <= span.end:
                found.append(things[at])
            at += 1
    return tuple(found)
