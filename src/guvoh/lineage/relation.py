"""What a report is of another that it was compared with: a copy, a version, a citation, nothing."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from guvoh.lineage.align import Alignment, align, prepared
from guvoh.lineage.direction import common_credit, credits_outlet
from guvoh.lineage.likeness import likelihood, measure
from guvoh.lineage.retold import common, other_numbers, retold, rewritten
from guvoh.lineage.side import Side
from guvoh.lineage.verbatim import NOTHING, Verbatim
from guvoh.lineage.voices import other_voices, own_hearings
from guvoh.model.lineage import Relation


@dataclass(frozen=True, slots=True)
class Compared:
    """All that was measured of a pair."""

    alignment: Alignment
    likelihood: int
    verbatim: Verbatim
    across: bool

    @property
    def shares(self) -> tuple[float, float]:
        """Return how much of each report stands in the other."""
        return (
            max(self.alignment.left_share, self.verbatim.left),
            max(self.alignment.right_share, self.verbatim.right),
        )


@cache
def thresholds() -> dict[str, float]:
    """Return the thresholds of data/relation.toml by name."""
    source = files("guvoh.lineage").joinpath("data", "relation.toml")
    return dict(tomllib.loads(source.read_text(encoding="utf-8")))


def share_few(words: Verbatim) -> bool:
    """Tell whether two texts have so few words in common that neither can be a version of the other."""
    limits = thresholds()
    return words.common < limits["common_words"] and words.longest < limits["common_run"]


def unrelated(left: Side, right: Side, words: Verbatim) -> bool:
    """Tell whether two reports of one language share too few words for any relation.

    Most candidates do, and are spared the alignment. Versions of one text share .49 and more of
    the distinct words of the poorer one (retranslations, copies with 40 % of words replaced),
    unrelated news at most .40 in 99 of 100 pairs (dev).
    """
    return share_few(words) and not (
        credits_outlet(left, right) or credits_outlet(right, left) or common_credit(left, right)
    )


def compare(left: Side, right: Side, words: Verbatim = NOTHING) -> Compared:
    """Return the measures of a pair; `words` is what they share word for word."""
    across = left.base != right.base
    alignment = align(left.cut, right.cut, across=across)
    measures = measure(
        alignment,
        prepared(left.cut, across),
        prepared(right.cut, across),
        runs=max(words.left, words.right),
    )
    likely = likelihood(measures, across=across)
    return Compared(alignment, likely, words, across)


def relation_of(compared: Compared, one: Side, other: Side) -> Relation | None:
    """Return what one of two reports is of the other, whichever came first, or None."""
    limits = thresholds()
    words = compared.verbatim
    low, high = sorted((words.left, words.right))
    if high >= limits["copy"] and (
        low >= limits["copy_other"] or _own_words(words, one, other) <= limits["copy_own"]
    ):
        return Relation.COPY
    likely = compared.likelihood >= limits["likely_across" if compared.across else "likely_within"]
    doubtful = compared.across and compared.likelihood < limits["numbers_heeded"]
    if likely and doubtful and other_numbers(one, other):
        return _weaker(compared, one, other)
    if likely and high < limits["edited"] and _told_by_others(one, other):
        return _weaker(compared, one, other)
    if likely and compared.across:
        return Relation.TRANSLATION
    shares = sorted(compared.shares)
    # Reports that share a passage while most of both is their own are no versions of one text.
    certain = compared.likelihood >= limits["certain"]
    likely = likely and (certain or shares[1] >= limits["one_text"])
    if likely or high >= limits["edited_part"]:
        if _adds(compared, one, other) or _adds(compared, other, one):
            return Relation.CITATION
        if high >= limits["edited"]:
            return Relation.EDITED
        if _retranslated(one) != _retranslated(other):
            return Relation.TRANSLATION
        return Relation.PARAPHRASE
    return _weaker(compared, one, other)


def _own_share(compared: Compared, child: Side, parent: Side) -> float:
    """Return how much of a child stands in its parent; `relate` compares reports in the order of their ids."""
    return compared.shares[0 if child.id < parent.id else 1]


def _adds(compared: Compared, child: Side, parent: Side) -> bool:
    """Tell whether a report credits another, of which much stands in it, and tells more of its own."""
    limit = thresholds()["cited_share"]
    own, theirs = _own_share(compared, child, parent), _own_share(compared, parent, child)
    return own < limit <= theirs and credits_outlet(child, parent)


def _abridges(compared: Compared, child: Side, parent: Side) -> bool:
    """Tell whether a report credits another and has next to nothing that does not stand there."""
    if not credits_outlet(child, parent):
        return False
    limits, found = thresholds(), common(child, parent)
    share = max(found.left, _own_share(compared, child, parent))
    return found.left_count >= limits["abridged_anchors"] and share >= limits["abridged_share"]


def _told_by_others(one: Side, other: Side) -> bool:
    """Tell whether two reports too short to be told apart by their text rest on other people's word."""
    shorter = min(one.fingerprint.words, other.fingerprint.words)
    if shorter > thresholds()["short_words"]:
        return False
    if credits_outlet(one, other) or credits_outlet(other, one):
        return False
    return other_voices(one, other) or own_hearings(one, other)


def _own_words(words: Verbatim, one: Side, other: Side) -> float:
    """Return how many words of two reports, of which one stands in the other, that other has alone."""
    return max(
        (1 - words.left) * one.fingerprint.words, (1 - words.right) * other.fingerprint.words
    )


def _retranslated(side: Side) -> bool:
    return side.traces.borrowed


def _weaker(compared: Compared, one: Side, other: Side) -> Relation | None:
    """Return a citation or a brief that adds nothing, for reports that do not carry one text."""
    limits = thresholds()
    if compared.across and retold(one, other):
        return Relation.PARAPHRASE
    if _abridges(compared, one, other) or _abridges(compared, other, one):
        return Relation.TRANSLATION if compared.across else Relation.PARAPHRASE
    credited = credits_outlet(one, other) or credits_outlet(other, one)
    linked = compared.alignment.chain_weight >= limits["citation_weight"]
    if credited and (linked or _tells_of_the_same(one, other)):
        return Relation.CITATION
    if not compared.across and rewritten(one, other, compared.alignment):
        return Relation.PARAPHRASE
    if compared.verbatim.unquoted >= limits["citation_run"]:
        return Relation.CITATION
    told = linked and max(compared.shares) >= limits["common_share"]
    if told and common_credit(one, other):
        return Relation.CITATION
    shortest = min(one.fingerprint.words, other.fingerprint.words)
    if shortest <= limits["brief_words"] and _adds_nothing(compared, one, other):
        return Relation.NOTHING_NEW
    return None


def _tells_of_the_same(one: Side, other: Side) -> bool:
    """Tell whether most names, numbers and things of one of two reports stand in the other, in any order."""
    limits = thresholds()
    found = common(one, other)
    shares = (found.left, found.left_count), (found.right, found.right_count)
    return any(
        share >= limits["credited_share"] and count >= limits["credited_anchors"]
        for share, count in shares
    )


def _adds_nothing(compared: Compared, one: Side, other: Side) -> bool:
    """Tell whether all anchors of the shorter report stand in the longer one."""
    limits = thresholds()
    brief, full = sorted((one, other), key=lambda s: (s.fingerprint.words, s.id))
    if full.fingerprint.words < 2 * brief.fingerprint.words:
        return False
    found = align(brief.cut, full.cut, across=True)
    anchors = sum(len(unit.keys) for unit in brief.units)
    enough = anchors >= limits["brief_anchors"] and len(found.chain) >= 2
    words = compared.alignment
    share = words.left_share if brief is one else words.right_share
    return (
        enough
        and found.left_share >= limits["brief_share"]
        and (compared.across or share >= limits["brief_words_share"])
    )
