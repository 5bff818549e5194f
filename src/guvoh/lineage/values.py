"""Values that two aligned sentences give differently: times, quantities, people, organisations, places."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guvoh.lineage.align import beginning, same_name
from guvoh.lineage.anchors import Unit
from guvoh.lineage.background import coarse, folded_word
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.pair import Pair
from guvoh.lineage.side import Side
from guvoh.model.claim import Person, Quantity, SourceKind, Time
from guvoh.model.lineage import Change, ChangeKind
from guvoh.model.text import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’ʻʼ‘][^\W\d_]+)*")
_KINDS = (
    ChangeKind.TIME,
    ChangeKind.QUANTITY,
    ChangeKind.PERSON,
    ChangeKind.ORGANISATION,
    ChangeKind.PLACE,
)
_NAMED = {
    SourceKind.PERSON: ChangeKind.PERSON,
    SourceKind.ORGANISATION: ChangeKind.ORGANISATION,
}
_NAMES = tuple(_NAMED.values())
_COUNTED = {"n:": ChangeKind.QUANTITY, "m:": ChangeKind.TIME}
_SHORT = 3
# Characters of a line beside the date that it is there for: "Published on …, 14:05 GMT".
_BESIDE = 24
_DAY = len("2024-06-12")


@dataclass(frozen=True, slots=True)
class _Slot:
    """One value as compared: its kind, what a person reads, its span, and a key for equality.

    `sort` parts places that cannot stand for one another: a prison is no version of a region.
    """

    kind: ChangeKind
    text: str
    span: Span
    key: tuple[str, ...]
    sort: str = ""


def values_changed(pair: Pair) -> Iterator[Change]:
    """Yield values of one kind that stand on both sides and differ, in the order of the text.

    Only what is worded differently can be a change, whatever was read. A name is another one
    where the other report nowhere has it.
    """
    left = list(_slots(pair.parent, pair.left))
    right = list(_slots(pair.child, pair.right))
    for kind in _KINDS:
        ours = [slot for slot in left if slot.kind is kind]
        theirs = [slot for slot in right if slot.kind is kind]
        lost = [s for s in ours if _differs(s, pair, 0) and _missing(s, theirs, pair, 1)]
        new = [s for s in theirs if _differs(s, pair, 1) and _missing(s, ours, pair, 0)]
        paired = 0
        for one, other in zip(lost, new, strict=False):
            if one.sort == other.sort:
                yield Change(kind, one.text, other.text, one.span, other.span)
            paired += 1
        # A name that only one side has: across languages it may be there in another form.
        if kind in _NAMES and not pair.across:
            for slot in new[paired:]:
                yield Change(kind, None, slot.text, None, slot.span)


def _differs(slot: _Slot, pair: Pair, side: int) -> bool:
    """Tell whether a value is worded differently; a name that was taken out has no words to compare."""
    return is_masked(slot.text) or pair.differs(side, slot.span)


def _slots(side: Side, span: Span) -> Iterator[_Slot]:
    """Yield the values of a sentence in the order of the text, kind by kind."""
    reading = side.reading
    if reading is None:
        yield from _numbers(side, span)
        return
    text = side.report.text
    # The number of a year or of a name ("Channel 24") counts nothing.
    taken = [time.span for time in reading.times]
    taken += [m for p in reading.people if p.kind in _NAMED for m in p.mentions]
    for time in reading.times:
        told = time.kind in ("date", "interval") and not _dates_the_page(side, time, span)
        if _inside(time.span, span) and told:
            yield _Slot(ChangeKind.TIME, time.text, time.span, (time.edtf,))
    for quantity in reading.quantities:
        if _inside(quantity.span, span) and not any(_inside(quantity.span, t) for t in taken):
            yield _Slot(ChangeKind.QUANTITY, quantity.text, quantity.span, _bounds(quantity))
    for place in reading.places:
        if _inside(place.span, span):
            key = (place.key or "", folded_word(place.name))
            yield _Slot(ChangeKind.PLACE, place.name, place.span, key, place.kind)
    people: list[_Slot] = []
    for person in reading.people:
        kind = _NAMED.get(person.kind)
        for mention in person.mentions:
            name = text[mention.start : mention.end]
            named = kind is not None and _inside(mention, span) and _is_name(name, mention, span)
            masked = kind is not None and _inside(mention, span) and is_masked(name)
            if kind and (masked or (named and (" " in name or _names(name, person)))):
                people.append(_Slot(kind, name, mention, ()))
                break
    yield from sorted(people, key=lambda slot: slot.span)


def _dates_the_page(side: Side, time: Time, line: Span) -> bool:
    """Tell whether a line only says when its page was published: that every version says otherwise."""
    published = side.report.published
    return (
        published is not None
        and time.edtf == published[:_DAY]
        and line.end - line.start <= time.span.end - time.span.start + _BESIDE
        and side.report.text[line.end - 1] not in ".!?…"
    )


def is_masked(name: str) -> bool:
    """Tell whether a name was taken out of a report, since another withholds it."""
    return bool(name) and not set(name) - {"_", " "}


def _names(word: str, person: Person) -> bool:
    """Tell whether a word is part of somebody's name: "He" at the start of a sentence is none."""
    begins = folded_word(word)[:_SHORT]
    return any(
        folded_word(part)[:_SHORT] == begins
        for name in (person.name, *person.aliases)
        for part in _WORD.findall(name)
        if part[0].isupper()
    )


def _is_name(words: str, mention: Span, sentence: Span) -> bool:
    """Tell whether words are a name: "The foreman" has its capital from its place alone."""
    later = words.split()[1:]
    if mention.start <= sentence.start + 1 and later:
        return any(word[0].isupper() for word in later)
    return words[:1].isupper()


def _numbers(side: Side, span: Span) -> Iterator[_Slot]:
    """Yield numbers and months of a sentence of a report that was not read."""
    units = side.units
    at = bisect_left(units, span.start, key=_begins)
    if at == len(units) or units[at].span != span:
        return
    for token in units[at].anchors:
        kind = _COUNTED.get(token.key[:2])
        if kind is not None:
            place = Span(token.start, token.end)
            text = side.report.text[token.start : token.end]
            yield _Slot(kind, text, place, (token.key,))


def _begins(unit: Unit) -> int:
    return unit.span.start


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start < outer.end


def _bounds(quantity: Quantity) -> tuple[str, ...]:
    return (f"{quantity.low:g}", "" if quantity.high is None else f"{quantity.high:g}")


def _missing(slot: _Slot, others: Sequence[_Slot], pair: Pair, there: int) -> bool:
    """Tell whether the other side, 0 or 1, does not have a value."""
    if is_masked(slot.text):
        return not any(is_masked(other.text) for other in others)
    if slot.kind in _NAMES:
        return not _named(slot.text, pair, there)
    if slot.kind is ChangeKind.PLACE:
        # "Penal Colony No. 4" is translated: across languages only known places are told apart.
        known = (pair.across and not slot.key[0]) or any(
            set(slot.key) & set(o.key) - {""} for o in others
        )
        return not known and not _named(slot.text, pair, there)
    return not any(_same(slot, other, across=pair.across) for other in others)


def _same(one: _Slot, other: _Slot, *, across: bool) -> bool:
    if one.key == other.key:
        return True
    if one.kind is ChangeKind.TIME:
        # Of "two years after" nothing is known but by what it was reckoned from: no contradiction.
        return "" in (one.key[0], other.key[0]) or _same_time(one.key[0], other.key[0])
    if len(one.key) == 2 == len(other.key):
        # "Decenas de miles" and "oʻn minglab" are read with other bounds: what can be one number is.
        return across and _overlap(one.key, other.key)
    return False


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    lows = float(one[0]), float(other[0])
    highs = [float(key[1]) if key[1] else float("inf") for key in (one, other)]
    return max(lows) <= min(highs)


def _same_time(one: str, other: str) -> bool:
    """Tell whether two EDTF strings may be the same time: an open digit is any, a part is inside.

    "January" is no contradiction of "late January"; "early January" is one.
    """
    ours, theirs = ([p for p in edtf.split("/") if p not in ("", "..")] for edtf in (one, other))
    if len(ours) == len(theirs) == 2:
        return all(map(_fits, ours, theirs))
    short, long = sorted((ours, theirs), key=len)
    return len(short) == 1 and all(_fits(short[0], part) for part in long)


def _fits(short: str, long: str) -> bool:
    if len(short) > len(long):
        short, long = long, short
    whole = len(long) == len(short) or long[len(short)] in "-T"
    return whole and all(a == b or "X" in (a, b) for a, b in zip(short, long, strict=False))


def _named(name: str, pair: Pair, there: int) -> bool:
    """Tell whether a report has a name anywhere: its last capitalised word, or who publishes it."""
    for side in (pair.parent, pair.child):
        if side.publisher is not None and same_outlet(name, side.publisher):
            return True
    capitals = [word for word in _WORD.findall(name) if word[0].isupper()]
    if not capitals:
        return True
    other = (pair.parent, pair.child)[there]
    return has_word(other.report.text, capitals[-1], across=pair.across)


def has_word(text: str, word: str, *, across: bool) -> bool:
    """Tell whether a text has a word: as it is, in another form, or by its consonants in other scripts."""
    folded = folded_word(word)
    known, bones = _vocabulary(text)
    if folded in known:
        return True
    if not across:
        stem = folded[: max(len(folded) - 2, _SHORT)]
        return len(folded) > _SHORT + 2 and stem in bones.get(stem[:_SHORT], ())
    key = f"k:{coarse(word)}"
    return any(same_name(key, one) for one in _capitalised(text).get(beginning(key), ()))


@lru_cache(maxsize=128)
def _vocabulary(text: str) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Return the folded words of a text, and their beginnings by the first three letters."""
    known = frozenset(folded_word(word) for word in set(_WORD.findall(text)))
    beginnings: dict[str, set[str]] = {}
    for word in known:
        for cut in range(max(len(word) - 3, _SHORT), len(word) + 1):
            beginnings.setdefault(word[:_SHORT], set()).add(word[:cut])
    return known, {key: frozenset(found) for key, found in beginnings.items()}


@lru_cache(maxsize=128)
def _capitalised(text: str) -> dict[str, frozenset[str]]:
    """Return the anchor keys of the capitalised words of a text, by the beginning that the same names share."""
    found: dict[str, set[str]] = {}
    for word in {word for word in _WORD.findall(text) if word[0].isupper()}:
        key = f"k:{coarse(word)}"
        found.setdefault(beginning(key), set()).add(key)
    return {key: frozenset(keys) for key, keys in found.items()}
