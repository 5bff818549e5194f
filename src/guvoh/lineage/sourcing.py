"""On whose word and how surely two aligned sentences say a thing: changes of source, stance, negation."""

from collections.abc import Iterator
from dataclasses import dataclass

from guvoh.lineage.credits import same_outlet
from guvoh.lineage.pair import Pair
from guvoh.lineage.side import Side
from guvoh.lineage.values import has_word
from guvoh.lineage.wording import Cue, Cued, Difference, complete, cues_in, words_of
from guvoh.model.lineage import Change, ChangeKind
from guvoh.model.text import Span

MOST_TEXT = 160


@dataclass(frozen=True, slots=True)
class _Shown:
    """The cues of two sentences, and of the stretches in which they differ."""

    left: frozenset[Cue]
    right: frozenset[Cue]
    lost: frozenset[Cue]
    new: frozenset[Cue]

    def swapped(self, *cues: Cue) -> bool:
        """Tell whether one side shows one of these in what differs, and the other nowhere."""
        return any(
            (cue in self.lost and cue not in self.right)
            or (cue in self.new and cue not in self.left)
            for cue in cues
        )


def sourcing_changed(pair: Pair) -> Iterator[Change]:
    """Yield changes of source, stance and negation between two sentences.

    Where the wording was kept the stretches that differ are looked at one by one; where a sentence
    was written anew, only what its whole shows.
    """
    left = cues_in(pair.parent.report.text, pair.left, pair.parent.base)
    right = cues_in(pair.child.report.text, pair.right, pair.child.base)
    if pair.differences is None:
        yield from _rewritten(pair, left, right)
        return
    for difference in pair.differences:
        shown = _Shown(
            frozenset(one.cue for one in left),
            frozenset(one.cue for one in right),
            frozenset(one.cue for one in left if _meet(one.span, difference.left)),
            frozenset(one.cue for one in right if _meet(one.span, difference.right)),
        )
        for kind in _kinds(pair, difference, shown):
            yield change_of(kind, pair, difference.left, difference.right)


def _kinds(pair: Pair, difference: Difference, shown: _Shown) -> Iterator[ChangeKind]:
    # "Eastlight Monitor has seen" → "we have seen"; "told his father" → "witnessed"; who speaks.
    own = Cue.OWN in shown.new and Cue.OWN not in shown.left
    if (
        own
        or shown.swapped(Cue.SAW, Cue.SPEECH, Cue.PAPERS)
        or _outlets(pair, difference)
        or _speakers(pair, difference)
    ):
        yield ChangeKind.SOURCE
    if shown.swapped(Cue.HEDGE):
        yield ChangeKind.STANCE
    if shown.swapped(Cue.DENIAL, Cue.NOT):
        yield ChangeKind.NEGATION


def _outlets(pair: Pair, difference: Difference) -> bool:
    """Tell whether an outlet that the parent names at this place gives way to something else."""
    named = _named_outlets(pair.parent, difference.left)
    return any(
        not any(same_outlet(one, other) for other in _named_outlets(pair.child, pair.right))
        for one in named
    )


def _named_outlets(side: Side, span: Span) -> list[str]:
    """Return the outlets that a stretch names: credited ones, and the report's own publisher."""
    text = side.report.text[span.start : span.end]
    found = [credit.name for credit in side.credits if credit.span and _meet(credit.span, span)]
    if side.publisher is not None and side.publisher.casefold() in text.casefold():
        found.append(side.publisher)
    return found


def _speakers(pair: Pair, difference: Difference) -> bool:
    """Tell whether a voice stands on either side of what differs, and not the same one."""
    ours = _voices(pair.parent, difference.left)
    theirs = _voices(pair.child, difference.right)
    if not ours or not theirs:
        return False
    return not any(ours[one] & theirs[other] for one in ours for other in theirs)


def _voices(side: Side, span: Span) -> dict[str, frozenset[str]]:
    """Return the folded words of the voices whose names stand in a stretch."""
    claims = side.reading.claims if side.reading else ()
    return {
        link.name: frozenset(word for word, _ in words_of(link.name, Span(0, len(link.name))))
        for claim in claims
        for link in claim.chain
        if link.span is not None and _meet(link.span, span)
    }


def _rewritten(pair: Pair, left: tuple[Cued, ...], right: tuple[Cued, ...]) -> Iterator[Change]:
    """Yield what a sentence written anew or translated shows otherwise.

    That a hedge or a denial is gone is said only of languages of which the lists hold them all.
    """
    ours, theirs = {one.cue for one in left}, {one.cue for one in right}
    if Cue.SAW in theirs - ours and Cue.SPEECH in ours - theirs:
        told = next(one.span for one in left if one.cue is Cue.SPEECH)
        saw = next(one.span for one in right if one.cue is Cue.SAW)
        yield change_of(ChangeKind.SOURCE, pair, told, saw)
    if not pair.across and Cue.PAPERS in theirs - ours:
        shown = next(one.span for one in right if one.cue is Cue.PAPERS)
        yield change_of(ChangeKind.SOURCE, pair, Span(pair.left.start, pair.left.start), shown)
    gone = _gone(pair)
    if gone is not None:
        yield change_of(ChangeKind.SOURCE, pair, gone, pair.right)
    if not complete(pair.parent.base) or not complete(pair.child.base):
        return
    for cue, kind in ((Cue.HEDGE, ChangeKind.STANCE), (Cue.DENIAL, ChangeKind.NEGATION)):
        lost = [one.span for one in left if one.cue is cue]
        reserved = {Cue.HEDGE, Cue.DENIAL} & theirs or (cue is Cue.HEDGE and Cue.SPEECH in theirs)
        if lost and not reserved:
            yield change_of(kind, pair, lost[0], Span(pair.right.start, pair.right.start))


def _gone(pair: Pair) -> Span | None:
    """Return where the parent names an outlet of which the child nowhere says a word."""
    text = pair.parent.report.text
    for name in _named_outlets(pair.parent, pair.left):
        own = pair.child.publisher
        known = [credit.name for credit in pair.child.credits] + ([own] if own else [])
        if any(same_outlet(name, other) for other in known):
            continue
        if any(
            has_word(pair.child.report.text, word, across=pair.across)
            for word, _ in words_of(name, Span(0, len(name)))
        ):
            continue
        at = text.casefold().find(name.casefold(), pair.left.start)
        if 0 <= at < pair.left.end:
            return Span(at, at + len(name))
    return None


def change_of(kind: ChangeKind, pair: Pair, left: Span, right: Span) -> Change:
    """Return a change with the words of both stretches; an empty one has neither words nor span."""
    sides = ((pair.parent, left), (pair.child, right))
    values = [shortened(side.report.text[slice(*span)]) or None for side, span in sides]
    spans = [span if span.start < span.end else None for _, span in sides]
    return Change(kind, values[0], values[1], spans[0], spans[1])


def shortened(text: str) -> str:
    """Return a text in at most 160 characters."""
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1].rstrip() + "…"


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
