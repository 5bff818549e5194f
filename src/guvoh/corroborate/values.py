"""The details of an event: each value with the claims that carry it and the sources behind it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from guvoh.corroborate.counting import Ledger, count, stands_behind
from guvoh.corroborate.days import Days, days, overlap
from guvoh.corroborate.descriptions import describe, place_keys, who_keys
from guvoh.corroborate.distances import counted_from
from guvoh.corroborate.features import AHEAD, PEOPLE, counted
from guvoh.corroborate.parts import of_others, of_those
from guvoh.corroborate.peoples import peoples
from guvoh.corroborate.veil import WITHHELD
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, Voice, core_acts
from guvoh.corroborate.whence import home
from guvoh.languages.fold import fold
from guvoh.model.claim import Participant, Quantity, SourceKind
from guvoh.model.event import Count, Value
from guvoh.model.text import Span

Seen = tuple[tuple[object, ...], Value]  # what makes two values one, and the first of them


@dataclass(frozen=True, slots=True)
class Details:
    """The values of an event."""

    who: tuple[Value, ...]
    when: tuple[Value, ...]
    where: tuple[Value, ...]
    how_many: tuple[Value, ...]


_NOBODY = Count(0, 0, 0, 0)
_SENTENCES = "en"  # the language in which events are told
_SLACK = 1  # days by which two times may differ and be one: a night has two
_FEW = 3  # a bare number below may count anything
_MARKS = ("f:", "g:", "a:", "c:")  # what place keys begin with, the narrowest first


def details(book: Ledger) -> Details:
    """Return who, when, where and how many, each value once; those of denials are left out."""
    affected = affected_in(book.scene)
    dated = _told_days(book.scene)
    return Details(
        who=_people_as_such(book, _gather(book, lambda voice: _who(book.scene, voice, affected))),
        when=_gather(book, lambda voice: _when(book.scene, voice, dated)),
        where=_gather(book, lambda voice: _where(book.scene, voice), _not_beside)
        or _gather(book, lambda voice: _where(book.scene, voice))
        or _gather(book, lambda voice: _where(book.scene, voice, homes=True)),
        how_many=_gather(book, lambda voice: _how_many(book.scene, voice, affected)),
    )


def _people_as_such(book: Ledger, values: Sequence[Value]) -> tuple[Value, ...]:
    """Return values of who with people as such ("men", "люди") in those whom the event says what they are.

    Twenty-eight foreigners, about thirty men and the workers are one group, told in several words.
    """
    kept = list(values)
    for value in values:
        if value.terms or not _anyone(book.scene, value):
            continue
        known = (one for one in kept if one.role == value.role and _what_they_are(one))
        meant = next(known, None)
        if meant is not None:
            claims = dict.fromkeys((*meant.claims, *value.claims))
            kept[kept.index(meant)] = _backed(book, meant, list(claims))
            kept.remove(value)
    return tuple(sorted(kept, key=lambda value: -value.count.high))


def _what_they_are(value: Value) -> bool:
    return any(term[:2] == "r:" for term in value.terms)


def _anyone(scene: Scene, value: Value) -> bool:
    code = scene.of(value.claims[:1])[0].report.language
    return counted(value.name, code) == "people"


def _not_beside(voice: Voice) -> bool:
    """Return whether a claim tells of the thing itself, and not only of what went with it: a training camp."""
    return not voice.claim.acts or core_acts(voice)


def _gather(
    book: Ledger,
    read: Callable[[Voice], Iterator[Seen]],
    wanted: Callable[[Voice], bool] = lambda _: True,
) -> tuple[Value, ...]:
    found: dict[tuple[object, ...], tuple[Value, list[str]]] = {}
    original: set[tuple[object, ...]] = set()
    named: dict[tuple[object, ...], tuple[bool, bool]] = {}
    for voice in filter(wanted, book.scene.affirming):
        for key, value in read(voice):
            _, claims = found.setdefault(key, (value, []))
            if voice.claim.id not in claims:
                claims.append(voice.claim.id)
            english = voice.report.language == _SENTENCES
            if not voice.derived:
                original.add(key)
            better = (english, not voice.derived)
            if better > named.get(key, (False, False)):
                named[key] = better
                found[key] = (value, claims)  # as English has it, and a report that is no copy
    values = [_backed(book, value, claims) for value, claims in found.values()]
    # Values that stand outside copies come first, those with more sources before others, and what
    # is said more exactly before what is said roughly.
    ranks = {
        id(value): (key not in original, -value.count.low, -value.count.high, _roughness(key))
        for key, value in zip(found, values, strict=True)
    }
    return tuple(sorted(values, key=lambda value: ranks[id(value)]))


def _roughness(key: tuple[object, ...]) -> int:
    """Return how little a time or place narrows down: facility before town, a day before a month."""
    first = key[0]
    if isinstance(first, Days):
        return first.length + (not first.anchored)
    mark = first[:2] if isinstance(first, str) else ""
    return _MARKS.index(mark) if mark in _MARKS else len(_MARKS)


def _backed(book: Ledger, value: Value, claims: Sequence[str]) -> Value:
    behind = set(claims)
    sources = tuple(
        dict.fromkeys(
            cluster.name
            for cluster in book.everyone
            if cluster.standing == "counted" and stands_behind(book.scene, cluster, behind)
        )
    )
    behind_it = count(book, behind)
    return replace(value, claims=tuple(claims), sources=sources, count=behind_it)


def _who(scene: Scene, voice: Voice, affected: Collection[str]) -> Iterator[Seen]:
    code = voice.report.language
    for one in voice.claim.participants:
        if one.kind not in PEOPLE or not scene.own(voice.claim, one.span):
            continue
        if one.role == "affected" and one.kind == "organisation":
            continue
        if one.role == "perpetrator" and not _can_perpetrate(one, voice, (affected, scene.outlets)):
            continue
        if scene.veil.hides(voice.report.id, one.name):
            yield (one.role, WITHHELD), Value(WITHHELD, (), (), _NOBODY, role=one.role)
            continue
        yield _seen(one.role, one.name, one.kind, code)
    for _, span in peoples(voice.claim, voice.report):
        if scene.own(voice.claim, span) and not scene.veil.hides(
            voice.report.id, voice.report.text[span.start : span.end]
        ):
            yield _seen("affected", voice.report.text[span.start : span.end], "group", code)
    told = any(one.role == "affected" and one.kind in PEOPLE for one in voice.claim.participants)
    for quantity in voice.claim.quantities:
        of = counted(quantity.of, code)
        whom = quantity.of and (of == "people" or of[:2] == "n:") and not told
        if (
            whom
            and (core_acts(voice) or scene.gathered.ahead)
            and scene.own(voice.claim, quantity.span)
            and not _in_part(voice, quantity.span)
        ):
            yield _seen("affected", quantity.of or "", "group", code)


def _seen(role: str, name: str, kind: str, code: str) -> Seen:
    """Return someone by what he is, or else by name, and as a sentence calls him: without an article, without "more"."""
    keys = who_keys(name, kind, code)
    alike = vocabulary().alike
    key: object = frozenset(alike.get(k, k) for k in keys) if keys else counted(name, code)
    first, _, rest = name.partition(" ")
    light = first.lower() in vocabulary().empty or first.lower() in vocabulary().another
    plain = rest if rest and light else name
    return (role, key), Value(plain, (), (), _NOBODY, role=role, terms=keys)


def _can_perpetrate(
    one: Participant, voice: Voice, others: tuple[Collection[str], Collection[str]]
) -> bool:
    """Return whether someone may be named as having done it: a wrong name is worse than none.

    Only an organisation, someone named, or a role that has power over others; never a people as
    such, who is affected in the same event, who speaks, or who publishes.
    """
    affected, outlets = others
    code = voice.report.language
    name = fold(one.name)
    speaking = {fold(link.name) for link in voice.claim.chain}
    if one.kind == "nationality" or name in speaking or any(each in name for each in outlets):
        return False
    if name in affected or set(affected) & _words_of(one.name, code):
        return False
    said = describe(one.name, code)
    known = vocabulary()
    if set(said.roles) & known.perpetrators:
        return True
    return not said.roles and not said.kin and bool(said.names) and one.kind != "group"


def _words_of(name: str, code: str) -> set[str]:
    """Return by what people who are affected are known again: keys, or the folded name."""
    return {*who_keys(name, "group", code)} or {fold(name)}


def affected_in(scene: Scene) -> frozenset[str]:
    """Return who is affected in an event, as keys and folded names."""
    found: set[str] = set()
    for voice in scene.affirming:
        for one in voice.claim.participants:
            if one.role == "affected" and one.kind in PEOPLE:
                found |= _words_of(one.name, voice.report.language)
    return frozenset(found)


def _told_days(scene: Scene) -> list[Days]:
    """Return the times that claims outside copies name themselves."""
    own = (
        days(time.edtf)
        for voice in scene.affirming
        if not voice.derived
        for time in voice.claim.times
        if time.kind in ("date", "interval") and scene.own(voice.claim, time.span)
    )
    return [known for known in own if known is not None]


def _when(scene: Scene, voice: Voice, dated: Sequence[Days]) -> Iterator[Seen]:
    """Yield the times that a claim names, or else the one around it.

    That of a telling not where it excludes all that claims name themselves: "in an interview on 10 March, he said".
    """
    own = [t for t in voice.claim.times if scene.own(voice.claim, t.span)]
    acts = {(voice.report.id, act.name) for act in voice.claim.acts}
    counts = (
        not acts
        and voice.link is not None
        and any(_whole(voice, of) for of in voice.claim.quantities)
    )
    if not own and (core_acts(voice) or counts) and not acts & scene.timed:
        here = scene.around(voice.report.id)
        around = here.time(voice.claim)
        if around is not None and (
            voice.derived or here.covered.holds(around.span) or _may_be(days(around.edtf), dated)
        ):
            own = [around]
    for time in own:
        known = days(time.edtf) if time.kind in ("date", "interval") else None
        if known is not None:
            yield (_dated(scene, known),), Value(time.text, (), (), _NOBODY, edtf=time.edtf)


def _may_be(at: Days | None, dated: Sequence[Days]) -> bool:
    return at is None or not dated or any(overlap(at, told, _SLACK) for told in dated)


def _whole(voice: Voice, quantity: Quantity) -> bool:
    """Return whether a number is of people, and not of a part of those told of before."""
    of = counted(quantity.of, voice.report.language)
    return (of == "people" or of[:2] == "n:") and not _in_part(voice, quantity.span)


def _dated(scene: Scene, known: Days) -> Days:
    """Return the same days of a known year, where a claim of the event has them and this names none."""
    if known.anchored or known.low is None or known.high is None:
        return known
    ends = [date.fromordinal(end) for end in (known.low, known.high)]
    for voice in scene.affirming:
        for time in voice.claim.times:
            at = days(time.edtf)
            if at is None or not at.anchored or at.low is None or at.high is None:
                continue
            others = [date.fromordinal(end) for end in (at.low, at.high)]
            if [(d.month, d.day) for d in ends] == [(d.month, d.day) for d in others]:
                return at
    return known


def _where(scene: Scene, voice: Voice, *, homes: bool = False) -> Iterator[Seen]:
    """Yield the places that a claim names, or one around it; those from which people come only if `homes`."""
    text, code = voice.report.text, voice.report.language
    own = [
        place
        for place in voice.claim.places
        if scene.own(voice.claim, place.span) and not counted_from(text, place)
        if homes or not home(text, place, code)
    ]
    if voice.report.id not in scene.placed and (core_acts(voice) or scene.gathered.acts):
        around = scene.around(voice.report.id).place(voice.claim)
        own += [around] if around is not None else []
    for place in own:
        if scene.veil.hides(voice.report.id, place.name):
            continue
        keys = place_keys(place, code)
        key = keys[0] if keys else fold(place.name)
        yield (key,), Value(place.name, (), (), _NOBODY, terms=keys)


def _in_part(voice: Voice, span: Span) -> bool:
    """Return whether a number is of some of those concerned: of those told of before, or besides somebody."""
    text = voice.report.text
    return of_those(text, span) or (voice.claim.stance not in AHEAD and of_others(text, span))


def _of_another_sentence(scene: Scene, voice: Voice, quantity: Quantity) -> bool:
    """Return whether a number stands before all that was done, in a sentence of its own, and that befell one by name.

    "Two men fainted. I saw the guards beat Serik" beats nobody but Serik.
    """
    affected = [one for one in voice.claim.participants if one.role == "affected"]
    if not affected or any(one.kind != "person" for one in affected):
        return False
    sentence = scene.around(voice.claim.report).sentence(quantity.span)
    return not any(
        sentence.start <= act.span.start < sentence.end or act.span.start < quantity.span.start
        for act in voice.claim.acts
    )


def _how_many(scene: Scene, voice: Voice, affected: Collection[str]) -> Iterator[Seen]:
    """Yield the numbers of people; buses and contracts are no number of those concerned.

    Nor are people whom an outlet or an office counts without a word on what was done, where nobody is said to be
    `affected`: "where some forty were sleeping. The door was locked".
    """
    speaker = voice.link.kind if voice.link is not None else SourceKind.UNNAMED
    passing = speaker in (SourceKind.UNNAMED, SourceKind.ORGANISATION)
    if passing and not (affected or voice.claim.acts or scene.gathered.ahead):
        return
    code = voice.report.language
    people = [q for q in voice.claim.quantities if counted(q.of, code) == "people"]
    for quantity in voice.claim.quantities:
        of = counted(quantity.of, code)
        whom = of == "people" or of[:2] == "n:"
        if of == "" and not people:
            whom = quantity.low >= _FEW and core_acts(voice)
        if whom and _of_another_sentence(scene, voice, quantity):
            continue
        if whom and not _in_part(voice, quantity.span) and scene.own(voice.claim, quantity.span):
            yield (
                (float(quantity.low), quantity.high, "people" if of == "" else of),
                Value(
                    quantity.text[:1].lower() + quantity.text[1:],  # it may begin a sentence
                    (),
                    (),
                    _NOBODY,
                    low=quantity.low,
                    high=quantity.high,
                    of=quantity.of,
                    terms=who_keys(quantity.of or "", "group", code),
                ),
            )
