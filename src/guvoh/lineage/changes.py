"""Typed changes between a parent and a child: what aligned sentences say differently."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guvoh.languages.fold import fold
from guvoh.lineage.align import Aligned, Alignment, prepared, same_name
from guvoh.lineage.anchors import Unit
from guvoh.lineage.background import coarse
from guvoh.lineage.side import Side
from guvoh.model.claim import (
    Basis,
    Claim,
    Exposure,
    Person,
    Polarity,
    Quantity,
    Reading,
    SourceKind,
    Stance,
)
from guvoh.model.lineage import Change, ChangeKind
from guvoh.model.text import Span

# Changes of source and stance come first: they are what makes copies look like confirmation.
_ORDER = (
    ChangeKind.SOURCE,
    ChangeKind.STANCE,
    ChangeKind.NEGATION,
    ChangeKind.QUANTITY,
    ChangeKind.TIME,
    ChangeKind.PERSON,
    ChangeKind.ORGANISATION,
    ChangeKind.PLACE,
    ChangeKind.ADDED,
    ChangeKind.DROPPED,
)
_MOST_TEXT = 160
# Sentences that share less of the lighter one's weight stand beside each other by chance.
# One out of its order, that was merged into another or moved, has to share more.
_LEAST_SHARED = 0.3
_MERGED = 0.5
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = Basis.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Slot:
    """One value as compared: its kind, what a person reads, its span, and a key for equality."""

    kind: ChangeKind
    text: str
    span: Span
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose word a sentence stands on."""

    names: tuple[str, ...]
    basis: Basis
    stance: Stance
    polarity: Polarity
    hedges: tuple[str, ...]
    span: Span
    protected: bool
    claims: int


def changes(parent: Side, child: Side, alignment: Alignment, *, across: bool) -> tuple[Change, ...]:
    """Return what the child says otherwise than the parent, source and stance first.

    Slots (times, quantities, places, people, voices) are compared where both reports were read;
    added and dropped sentences need the alignment alone. Across languages, words are compared by
    their consonants, and what has none to compare is left out.
    """
    units = parent.units, child.units
    found: list[Change] = []
    weights = prepared(parent.cut, across).weights, prepared(child.cut, across).weights
    chain = [link for link in alignment.chain if _partners(link, weights, _LEAST_SHARED)]
    pairs = {(link.left, link.right) for link in chain}
    readings = parent.reading, child.reading
    if readings[0] is not None and readings[1] is not None:
        for left, right in sorted(pairs):
            spans = units[0][left].span, units[1][right].span
            found += _slots_changed((readings[0], readings[1]), spans, across=across)
            read = readings[0], readings[1]
            found += _voice_changed((parent, child), read, spans, across=across)
    else:
        for left, right in sorted(pairs):
            found += _numbers_changed(units[0][left], units[1][right], parent, child)
    near = [*chain, *(link for link in alignment.free if _partners(link, weights, _MERGED))]
    used = {link.left for link in near}, {link.right for link in near}
    # Across languages a sentence without names has no partner for want of anchors, not of sense.
    found += _unmatched(parent, units[0], used[0], ChangeKind.DROPPED, across=across)
    found += _unmatched(child, units[1], used[1], ChangeKind.ADDED, across=across)
    names = _protected(parent, child)
    kept = [_sealed(change, parent, child, names) for change in found]
    return _once(sorted(kept, key=_rank))


def _once(found: Sequence[Change]) -> tuple[Change, ...]:
    """Return each change of values once, at its first place; withheld ones at each of their places."""
    kept: dict[tuple[object, ...], Change] = {}
    for change in found:
        places = (change.from_span, change.to_span) if change.withheld else ()
        kept.setdefault((change.kind, change.from_, change.to, *places), change)
    return tuple(kept.values())


def _partners(link: Aligned, weights: tuple[Sequence[int], Sequence[int]], least: float) -> bool:
    """Tell whether two sentences share enough of either to be versions of each other."""
    lighter = min(weights[0][link.left], weights[1][link.right])
    return link.weight >= least * lighter


def _rank(change: Change) -> tuple[int, int]:
    span = change.from_span or change.to_span
    return _ORDER.index(change.kind), span.start if span else 0


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start < outer.end


def _protected(parent: Side, child: Side) -> frozenset[str]:
    """Return the folded words of protected people's names in either report."""
    names: set[str] = set()
    for side in (parent, child):
        for person in side.reading.people if side.reading else ():
            if _is_protected(person):
                for name in (person.name, *person.aliases):
                    names |= {fold(word) for word in _WORD.findall(name) if len(word) > 2}
    return frozenset(names)


def _is_protected(person: Person) -> bool:
    return person.pseudonym or bool(person.withheld) or person.exposure is Exposure.PROTECTED


def _withholds(side: Side) -> bool:
    people = side.reading.people if side.reading else ()
    return any(person.pseudonym or person.withheld for person in people)


def _sealed(change: Change, parent: Side, child: Side, names: frozenset[str]) -> Change:
    """Return a change without its values where one of them may unmask somebody (DESIGN section 3).

    A value that names a protected person, and a private person where either report withholds one,
    keep kind and place only.
    """
    values = [value for value in (change.from_, change.to) if value]
    touches = any(names & {fold(word) for word in _WORD.findall(value)} for value in values)
    private = (
        change.kind in (ChangeKind.PERSON, ChangeKind.ADDED, ChangeKind.DROPPED)
        and (_withholds(parent) or _withholds(child))
        and (_names_private(parent, change.from_span) or _names_private(child, change.to_span))
    )
    if touches or private:
        return Change(change.kind, None, None, change.from_span, change.to_span, withheld=True)
    return change


def _names_private(side: Side, span: Span | None) -> bool:
    """Tell whether a stretch of a report mentions a person who is not public."""
    if span is None:
        return False
    if side.reading is None:
        return True
    return any(
        person.kind is SourceKind.PERSON and person.exposure is not Exposure.PUBLIC
        for person in side.reading.people
        if any(_inside(mention, span) for mention in person.mentions)
    )


def _name_key(name: str) -> tuple[str, ...]:
    """Return the consonants of the capitalised words of a name, else of all its words."""
    words = _WORD.findall(name)
    capitals = [word for word in words if word[0].isupper()] or words
    return tuple(bones for word in capitals if (bones := coarse(word)))


def _slots(reading: Reading, span: Span) -> Iterator[_Slot]:
    for time in reading.times:
        if _inside(time.span, span) and time.kind in ("date", "interval"):
            yield _Slot(ChangeKind.TIME, time.text, time.span, (time.edtf,))
    times = [time.span for time in reading.times]
    for quantity in reading.quantities:
        if _inside(quantity.span, span) and not any(_inside(quantity.span, t) for t in times):
            yield _Slot(ChangeKind.QUANTITY, quantity.text, quantity.span, _quantity_key(quantity))
    for place in reading.places:
        if _inside(place.span, span):
            key = (place.key,) if place.key else _name_key(place.name)
            yield _Slot(ChangeKind.PLACE, place.name, place.span, key)
    for person in reading.people:
        for mention in person.mentions:
            if _inside(mention, span) and person.name[:1].isupper():
                organisation = person.kind is not SourceKind.PERSON
                kind = ChangeKind.ORGANISATION if organisation else ChangeKind.PERSON
                yield _Slot(kind, person.name, mention, _name_key(person.name))
                break


def _quantity_key(quantity: Quantity) -> tuple[str, ...]:
    return (f"{quantity.low:g}", "" if quantity.high is None else f"{quantity.high:g}")


def _same(one: _Slot, other: _Slot) -> bool:
    if one.key == other.key:
        return True
    if one.kind is ChangeKind.TIME:
        return _same_time(one.key[0], other.key[0])
    if one.kind is ChangeKind.QUANTITY:
        return False
    return any(same_name(f"k:{a}", f"k:{b}") for a in one.key for b in other.key)


def _same_time(one: str, other: str) -> bool:
    """Tell whether two EDTF strings may be the same time: an open digit is any, a part is inside.

    "January" is no contradiction of "late January"; "early January" is one.
    """
    if "/" in one and "/" in other:
        return all(map(_fits, one.split("/"), other.split("/")))
    short, long = sorted((one, other), key=lambda edtf: ("/" in edtf, len(edtf)))
    return "/" not in short and all(_fits(short, part) for part in long.split("/"))


def _fits(short: str, long: str) -> bool:
    if len(short) > len(long):
        short, long = long, short
    whole = len(long) == len(short) or long[len(short)] in "-T"
    return whole and all(a == b or "X" in (a, b) for a, b in zip(short, long, strict=False))


def _slots_changed(
    readings: tuple[Reading, Reading], spans: tuple[Span, Span], *, across: bool
) -> Iterator[Change]:
    """Yield slots of one kind that stand on both sides and differ, in the order of the text."""
    left = sorted(_slots(readings[0], spans[0]), key=lambda slot: slot.span)
    right = sorted(_slots(readings[1], spans[1]), key=lambda slot: slot.span)
    for kind in _ORDER:
        ours = [slot for slot in left if slot.kind is kind]
        theirs = [slot for slot in right if slot.kind is kind]
        lost = [slot for slot in ours if not any(_same(slot, other) for other in theirs)]
        new = [slot for slot in theirs if not any(_same(slot, other) for other in ours)]
        for one, other in zip(lost, new, strict=False):
            yield Change(kind, one.text, other.text, one.span, other.span)
        # A name that only one side has: across languages it may be there in another form.
        if kind in (ChangeKind.PERSON, ChangeKind.ORGANISATION) and not across:
            for slot in new[len(lost) :]:
                yield Change(kind, None, slot.text, None, slot.span)


def _voice(side: Side, reading: Reading, span: Span) -> _Voice | None:
    """Return whose word a sentence stands on: all its named voices, and its innermost claim.

    A report's own publisher, where nobody is named, is no voice of the text.
    """
    claims = [claim for claim in reading.claims if _inside(claim.span, span) or _cued(claim, span)]
    if not claims:
        return None
    claim = max(claims, key=lambda c: (len(c.chain), -c.span.start))
    last = claim.chain[-1] if claim.chain else None
    cue = claim.cue or claim.span
    links = [link for one in claims for link in one.chain]
    own = side.report.publisher.text if side.report.publisher else None
    named = [link for link in links if link.span is not None or link.name != own]
    return _Voice(
        names=tuple(dict.fromkeys(link.name for link in named)),
        basis=last.basis if last else _PLAIN,
        stance=claim.stance,
        polarity=claim.polarity,
        hedges=claim.hedges,
        span=Span(min(cue.start, claim.span.start), max(cue.end, claim.span.end)),
        protected=any(link.pseudonym for link in links),
        claims=len(claims),
    )


def _cued(claim: Claim, span: Span) -> bool:
    return claim.cue is not None and _inside(claim.cue, span)


def _voice_changed(
    sides: tuple[Side, Side],
    readings: tuple[Reading, Reading],
    spans: tuple[Span, Span],
    *,
    across: bool,
) -> Iterator[Change]:
    one = _voice(sides[0], readings[0], spans[0])
    other = _voice(sides[1], readings[1], spans[1])
    if one is None or other is None:
        return
    lost = [n for n in one.names if not any(_alike(n, m, across=across) for m in other.names)]
    new = [n for n in other.names if not any(_alike(m, n, across=across) for m in one.names)]
    # Across languages two names may be told apart, but not that a voice is missing.
    parted = lost and new and all(_capital(name) for name in (*lost, *new))
    one_sided = (lost and not other.names) or (new and not one.names)
    if parted if across else (lost and new) or one_sided:
        if one.protected or other.protected:
            yield Change(ChangeKind.SOURCE, None, None, one.span, other.span, withheld=True)
        else:
            shown = ", ".join(lost) or None, ", ".join(new) or None
            yield Change(ChangeKind.SOURCE, *shown, one.span, other.span)
    if one.basis is not other.basis and _PLAIN not in (one.basis, other.basis):
        yield Change(ChangeKind.SOURCE, one.basis.value, other.basis.value, one.span, other.span)
    if across and (one.claims, other.claims) != (1, 1):
        return  # which claim of one is which of the other cannot be told
    if one.stance is not other.stance and Stance.UNKNOWN not in (one.stance, other.stance):
        yield Change(ChangeKind.STANCE, one.stance.value, other.stance.value, one.span, other.span)
    elif bool(one.hedges) != bool(other.hedges) and not across:
        hedges = ", ".join(one.hedges) or None, ", ".join(other.hedges) or None
        yield Change(ChangeKind.STANCE, *hedges, one.span, other.span)
    if one.polarity is not other.polarity:
        values = one.polarity.value, other.polarity.value
        yield Change(ChangeKind.NEGATION, *values, one.span, other.span)


def _alike(one: str, other: str, *, across: bool) -> bool:
    """Tell whether two names of voices may be the same one: a name or a word in common.

    "his sister" is "Daler's sister". Across languages, descriptions cannot be compared and are
    taken to be the same.
    """
    if across and not (_capital(one) and _capital(other)):
        return True
    words = [{fold(word) for word in _WORD.findall(name) if len(word) > 3} for name in (one, other)]
    if words[0] & words[1] or fold(one) == fold(other):
        return True
    keys = _name_key(one), _name_key(other)
    return any(same_name(f"k:{a}", f"k:{b}") for a in keys[0] for b in keys[1])


def _capital(name: str) -> bool:
    return any(word[0].isupper() for word in _WORD.findall(name))


def _numbers(unit: Unit) -> dict[str, Span]:
    return {
        token.key: Span(token.start, token.end)
        for token in unit.anchors
        if token.key.startswith(("n:", "m:"))
    }


def _numbers_changed(left: Unit, right: Unit, parent: Side, child: Side) -> Iterator[Change]:
    """Yield numbers and months that differ, for reports that were not read."""
    ours, theirs = _numbers(left), _numbers(right)
    for prefix, kind in (("n:", ChangeKind.QUANTITY), ("m:", ChangeKind.TIME)):
        lost = [item for item in ours.items() if item[0] not in theirs and item[0][:2] == prefix]
        new = [item for item in theirs.items() if item[0] not in ours and item[0][:2] == prefix]
        for (_, one), (_, other) in zip(lost, new, strict=False):
            texts = parent.report.text[slice(*one)], child.report.text[slice(*other)]
            yield Change(kind, *texts, one, other)


def _unmatched(
    side: Side, units: Sequence[Unit], used: Iterable[int], kind: ChangeKind, *, across: bool
) -> Iterator[Change]:
    """Yield stretches of sentences that have no partner in the other report."""
    partners = set(used)
    run: list[Unit] = []
    for ordinal, unit in enumerate((*units, None)):
        alone = unit is not None and ordinal not in partners and _tells(unit, across=across)
        if alone and unit is not None and (not run or run[-1].paragraph == unit.paragraph):
            run.append(unit)
            continue
        if run:
            yield _stretch(side, Span(run[0].span.start, run[-1].span.end), kind)
        run = [unit] if alone and unit is not None else []


def _tells(unit: Unit, *, across: bool) -> bool:
    return len(unit.anchors) >= 3 if across else len(unit.words) >= 4


def _stretch(side: Side, span: Span, kind: ChangeKind) -> Change:
    text = side.report.text[span.start : span.end]
    short = text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1].rstrip() + "…"
    if kind is ChangeKind.ADDED:
        return Change(kind, None, short, None, span)
    return Change(kind, short, None, span, None)
