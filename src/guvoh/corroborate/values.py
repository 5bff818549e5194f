"""The details of an event: each value with the claims that carry it and the sources behind it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from guvoh.corroborate.counting import Ledger, count, stands_behind
from guvoh.corroborate.days import Days, days
from guvoh.corroborate.descriptions import place_keys, who_keys
from guvoh.corroborate.features import counted
from guvoh.corroborate.veil import WITHHELD
from guvoh.corroborate.voices import Scene, Voice
from guvoh.languages.fold import fold
from guvoh.model.event import Count, Value

Seen = tuple[tuple[object, ...], Value]  # what makes two values one, and the first of them


@dataclass(frozen=True, slots=True)
class Details:
    """The values of an event."""

    who: tuple[Value, ...]
    when: tuple[Value, ...]
    where: tuple[Value, ...]
    how_many: tuple[Value, ...]


_NOBODY = Count(0, 0, 0, 0)
_MARKS = ("f:", "g:", "a:", "c:")  # what place keys begin with, the narrowest first


def details(book: Ledger) -> Details:
    """Return who, when, where and how many, each value once; those of denials are left out."""
    return Details(
        who=_gather(book, lambda voice: _who(book.scene, voice)),
        when=_gather(book, lambda voice: _when(book.scene, voice)),
        where=_gather(book, lambda voice: _where(book.scene, voice)),
        how_many=_gather(book, lambda voice: _how_many(book.scene, voice)),
    )


def _gather(book: Ledger, read: Callable[[Voice], Iterator[Seen]]) -> tuple[Value, ...]:
    found: dict[tuple[object, ...], tuple[Value, list[str]]] = {}
    original: set[tuple[object, ...]] = set()
    for voice in book.scene.affirming:
        for key, value in read(voice):
            _, claims = found.setdefault(key, (value, []))
            if voice.claim.id not in claims:
                claims.append(voice.claim.id)
            if not voice.derived and key not in original:
                original.add(key)
                found[key] = (value, claims)  # named as a report that is no copy names it
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
            if cluster.standing == "counted" and stands_behind(cluster, behind)
        )
    )
    behind_it = count(book, behind)
    return replace(value, claims=tuple(claims), sources=sources, count=behind_it)


def _who(scene: Scene, voice: Voice) -> Iterator[Seen]:
    for one in voice.claim.participants:
        if not scene.own(voice.claim, one.span):
            continue
        if scene.veil.hides(voice.report.id, one.name):
            yield (one.role, WITHHELD), Value(WITHHELD, (), (), _NOBODY, role=one.role)
            continue
        keys = who_keys(one.name, one.kind, voice.report.language)
        key: object = frozenset(keys) if keys else counted(one.name, voice.report.language)
        yield (one.role, key), Value(one.name, (), (), _NOBODY, role=one.role)


def _when(scene: Scene, voice: Voice) -> Iterator[Seen]:
    for time in voice.claim.times:
        if time.kind in ("date", "interval") and scene.own(voice.claim, time.span):
            known = days(time.edtf)
            if known is not None:
                yield (known,), Value(time.text, (), (), _NOBODY, edtf=time.edtf)


def _where(scene: Scene, voice: Voice) -> Iterator[Seen]:
    for place in voice.claim.places:
        if scene.own(voice.claim, place.span):
            if scene.veil.hides(voice.report.id, place.name):
                yield (WITHHELD,), Value(WITHHELD, (), (), _NOBODY)
                continue
            keys = place_keys(place, voice.report.language)
            yield (keys[0] if keys else fold(place.name),), Value(place.name, (), (), _NOBODY)


def _how_many(scene: Scene, voice: Voice) -> Iterator[Seen]:
    for quantity in voice.claim.quantities:
        if scene.own(voice.claim, quantity.span):
            of = counted(quantity.of, voice.report.language)
            yield (
                (float(quantity.low), quantity.high, of),
                Value(
                    quantity.text,
                    (),
                    (),
                    _NOBODY,
                    low=quantity.low,
                    high=quantity.high,
                    of=quantity.of,
                ),
            )
