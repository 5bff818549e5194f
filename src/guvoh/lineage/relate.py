"""Decides for two reports whether one derives from the other, how, and how sure that is."""

from collections.abc import Iterator
from dataclasses import replace

from guvoh.lineage.align import Alignment, align, passages
from guvoh.lineage.artefacts import NAMED
from guvoh.lineage.changes import changes
from guvoh.lineage.dating import later
from guvoh.lineage.direction import (
    ADDRESSED,
    CREDITED,
    TRANSLATED,
    Direction,
    common_credit,
    credits_outlet,
    direct,
    other_way,
    via,
)
from guvoh.lineage.fingerprint import without
from guvoh.lineage.likeness import sureness
from guvoh.lineage.relation import Compared, compare, relation_of, share_few, thresholds, unrelated
from guvoh.lineage.sealing import withholds
from guvoh.lineage.shingles import quoted
from guvoh.lineage.side import Side, leaving_out, left_out_beside
from guvoh.lineage.verbatim import NOTHING, Verbatim, verbatim
from guvoh.lineage.voices import quotations
from guvoh.model.lineage import ChangeKind, Derivation, Passage, Relation
from guvoh.model.text import Span

_RUN = 4  # words
# What reports that retell one absent outlet are linked by, per mille.
_RETOLD = 600
# How sure it is that a rewrite in another language and order derives, and an abridged one that credits
# the other, per mille.
_REWRITTEN = 700
_ABRIDGED = 900
# What credits another or has a passage of it word for word cites it: 171 of 175 on texts apart (benchmarks.calibration).
_CITED = 900
_BRIEF = 600
_MORE_OR_LESS = (ChangeKind.ADDED, ChangeKind.DROPPED)
# Of what derives in these ways the changes are found out when it is asked what changed.
_REWORDED = (Relation.EDITED, Relation.PARAPHRASE, Relation.TRANSLATION)


def relate(one: Side, other: Side) -> Derivation | None:
    """Return how one of two reports derives from the other, or None where neither does.

    The same whichever of them is named first: the order of arrival says nothing of who copied
    (direction.py does), and families must not hang on it. What changed on the way is found out for
    the derivations that make a family (`described`), and here only where one of the two withholds
    something, or where it tells a copy from an edited one.
    """
    one, other = sorted((one, other), key=lambda side: side.id)
    if not one.fingerprint.words or not other.fingerprint.words:
        return None
    if one.fingerprint.twin == other.fingerprint.twin:
        return _twin(one, other)
    words = NOTHING
    if one.base == other.base:
        words = verbatim(one.text, other.text)
        if unrelated(one, other, words) or _share_a_quotation_alone(one, other, words):
            return None
        if words.longest >= thresholds()["common_run"]:
            told = _without_common_end(one, other)
            if told is not None:
                found = relate(*told)
                return described(found, *told) if found else None
    compared = compare(one, other, words)
    relation = relation_of(compared, one, other)
    if relation is None:
        return None
    if relation in (Relation.CITATION, Relation.NOTHING_NEW):
        return _partial(relation, compared, one, other)
    return _derived(relation, compared, one, other)


def _told(side: Side) -> list[Span]:
    """Return the paragraphs of a report without what its publisher prints under everything."""
    left_out = set(side.fingerprint.boilerplate)
    last = max(left_out, default=Span(0, 0))  # a footer is one stretch of many paragraphs
    return [
        span
        for span in side.report.paragraphs
        if span not in left_out and not last.start <= span.start < last.end
    ]


def _without_common_end(one: Side, other: Side) -> tuple[Side, Side] | None:
    """Return two reports without the paragraphs in which both end, where nothing else is in common.

    A body's words about itself, a newsroom's about its sources: where all the rest of two reports is
    worded differently, the end that they share tells of neither.
    """
    spans = [_told(side) for side in (one, other)]
    count = 0
    for ours, theirs in zip(reversed(spans[0]), reversed(spans[1]), strict=False):
        if one.report.text[slice(*ours)].strip() != other.report.text[slice(*theirs)].strip():
            break
        count += 1
    if not count:
        return None
    ends = [Span(own[-count].start, own[-1].end) for own in spans]
    kept = [left_out_beside(side, end) for side, end in zip((one, other), ends, strict=True)]
    told = [without(side.report.text, out) for side, out in zip((one, other), kept, strict=True)]
    if not share_few(verbatim(told[0], told[1])):
        return None
    rest = [leaving_out(side, out) for side, out in zip((one, other), kept, strict=True)]
    for short, side in zip(rest, (one, other), strict=True):
        if 2 * short.fingerprint.words <= side.fingerprint.words:
            return None
    return rest[0], rest[1]


def _share_a_quotation_alone(one: Side, other: Side, words: Verbatim) -> bool:
    """Tell whether two reports quote one post or statement at length, and tell stories of their own around it.

    What is in quotation marks is left out of both; neither credits the other. A rewrite that keeps the quotations
    keeps most of the other words too.
    """
    limits = thresholds()
    if not words.unquoted < limits["common_run"] <= words.longest:
        return False
    if verbatim(quotations(one.text), quotations(other.text)).longest < words.longest - _RUN:
        return False  # one of the two quotes what the other tells itself
    told = [without(side.text, tuple(Span(*r) for r in quoted(side.text))) for side in (one, other)]
    for side, rest in zip((one, other), told, strict=True):
        count = len(rest.split())
        least = limits["narrated_share"] * side.fingerprint.words
        if count < max(least, limits["narrated_words"]):
            return False
    return unrelated(one, other, verbatim(told[0], told[1]))


def _twin(one: Side, other: Side) -> Derivation:
    found = direct(one, other, (1.0, 1.0))
    whole = Passage(
        Span(0, len(found.parent.report.text)), Span(0, len(found.child.report.text)), 1000
    )
    return Derivation(
        parent=found.parent.id,
        child=found.child.id,
        relation=Relation.COPY,
        directed=found.known,
        confidence=1000,
        passages=(whole,),
        for_=("Both have the same words in the same order.", *found.for_),
        against=found.against,
        similarity=1000,
    )


def _percent(share: float) -> str:
    return f"{round(100 * min(share, 1.0))} %"


def _evidence(relation: Relation, compared: Compared) -> list[str]:
    alignment, words = compared.alignment, compared.verbatim
    links = len(alignment.chain)
    if compared.across:
        text = (
            f"{links} sentences follow each other in both with the same names, numbers and dates."
        )
    else:
        text = f"{links} sentences follow each other in both with the same words."
    found = [text]
    if words.longest >= _RUN:
        high = max(words.left, words.right)
        found.append(
            f"{_percent(high)} of the words of one stand in the other in runs of four and more; "
            f"the longest run has {words.longest} words."
        )
    if relation is Relation.PARAPHRASE:
        found.append("The order of what is told is kept while the wording differs.")
    return found


def _traces(relation: Relation, found: Direction) -> Iterator[str]:
    """Yield the traces of translation of a child that may be one, but for what the direction rests on."""
    if relation in (Relation.TRANSLATION, Relation.PARAPHRASE):
        signs = {*found.for_, *found.against}
        told = TRANSLATED in signs or other_way(TRANSLATED) in signs
        yield from (trace for trace in found.child.traces.evidence if not (told and trace == NAMED))


def _counter_evidence(compared: Compared) -> list[str]:
    low = min(compared.shares)
    return [f"Only {_percent(low)} of what the fuller report tells is shared."] if low < 0.5 else []


def _derived(relation: Relation, compared: Compared, one: Side, other: Side) -> Derivation:
    found = direct(one, other, compared.shares)
    alignment = compared.alignment
    if found.parent is other:
        alignment = align(other.cut, one.cut, across=compared.across)
    words = compared.verbatim
    likely = max(compared.likelihood, round(1000 * max(words.left, words.right)))
    limits = thresholds()
    sure = sureness(likely)
    if compared.likelihood < limits["likely_across" if compared.across else "likely_within"]:
        likely = max(likely, _ABRIDGED if CREDITED in found.for_ else _REWRITTEN)
        if max(words.left, words.right) < limits["edited_part"]:
            sure = likely  # it is known by what it names and credits, not by its sentences
    # Copies stand out, for families.py puts them together before it links anything else.
    likely = 1000 if relation is Relation.COPY else min(likely, 990)
    edge = Derivation(
        parent=found.parent.id,
        child=found.child.id,
        relation=relation,
        directed=found.known,
        confidence=min(sure, 990),
        passages=passages(alignment, found.parent.cut, found.child.cut, across=compared.across),
        via_languages=via(relation, found.child),
        for_=(*_evidence(relation, compared), *found.for_, *_traces(relation, found)),
        against=(*_counter_evidence(compared), *found.against),
        similarity=likely,
    )
    if relation is Relation.COPY or withholds(one) or withholds(other):
        edge = _changed(edge, found.parent, found.child, alignment)
    return edge


def described(edge: Derivation, one: Side, other: Side) -> Derivation:
    """Return a derivation between two reports with what the child says otherwise than the parent.

    One that has changes keeps them; what is stated by a person alone has no passages to compare.
    """
    if edge.changes or not edge.passages or edge.relation not in _REWORDED:
        return edge
    parent, child = (one, other) if edge.parent == one.id else (other, one)
    alignment = align(parent.cut, child.cut, across=parent.base != child.base)
    return _changed(edge, parent, child, alignment)


def _changed(edge: Derivation, parent: Side, child: Side, alignment: Alignment) -> Derivation:
    found = changes(parent, child, alignment, across=parent.base != child.base)
    relation = edge.relation
    if relation is Relation.COPY and any(change.kind not in _MORE_OR_LESS for change in found):
        relation = Relation.EDITED
    return replace(edge, relation=relation, changes=found)


def _cites_another(found: Direction) -> bool:
    """Tell whether what is cited came later than who cites it, which cites what that outlet published before."""
    linked = ADDRESSED in found.for_
    return not linked and later(found.child.report, found.parent.report) == 1


def _partial(relation: Relation, compared: Compared, one: Side, other: Side) -> Derivation | None:
    """Return a citation or a brief: its direction is by credit, else by which is the part."""
    left, right = compared.shares
    found = direct(one, other, (left, right), cites=True)
    parent, child, known = found.parent, found.child, found.known
    if relation is Relation.CITATION and _cites_another(found):
        return None
    if relation is Relation.NOTHING_NEW:
        child, parent = sorted((one, other), key=lambda s: (s.fingerprint.words, s.id))
        known = False
    alignment = compared.alignment
    if parent is other:
        alignment = align(other.cut, one.cut, across=compared.across)
    lead = _evidence(relation, compared)
    shared = common_credit(parent, child)
    if shared is not None and not (credits_outlet(child, parent) or credits_outlet(parent, child)):
        lead.append(f"Both credit {shared}.")
        known = False
    if relation is Relation.NOTHING_NEW:
        lead = ["Every name, number and date of the shorter report stands in the longer one."]
    return Derivation(
        parent=parent.id,
        child=child.id,
        relation=relation,
        directed=known,
        confidence=_BRIEF if relation is Relation.NOTHING_NEW else _CITED,
        passages=passages(alignment, parent.cut, child.cut, across=compared.across),
        changes=tuple(
            change
            for change in changes(parent, child, alignment, across=compared.across)
            if change.kind is not ChangeKind.DROPPED
        ),
        for_=(*lead, *found.for_),
        against=(
            "Too little is said to tell a copy from the same public facts."
            if relation is Relation.NOTHING_NEW
            else f"{_percent(1 - max(left, right))} of the shorter overlap is its own.",
            *found.against,
        ),
        similarity=max(compared.likelihood, _RETOLD if shared else 0),
        both_credit=shared,
    )
