"""Which blocks of a page are its text, from the extractors' votes and the blocks' own shape."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guvoh.clean.html_blocks import (
    Contexts,
    is_making,
    linked_share,
    plain,
    reason_by_words,
)
from guvoh.clean.html_tokens import WHITE, Block, Page
from guvoh.clean.html_vote import Votes

# Thresholds found on the scrapinghub pages, which are therefore this cleaner's development set.
_PROSE_WORDS = 12
_OUTSIDE_WORDS = 25
_PROSE_LINKED = 0.4
_LINKED = 0.9
_LINK_LETTERS = 15  # a shorter link alone in its block may be a name
_LINK_WORDS = 25  # a longer one is a paragraph that someone made a link
_TITLE_LETTERS = 15
_LEAST_TEXT = 140  # characters; a vote for less is asked again of the blocks themselves

PULL_QUOTE = "pull quote"
TITLE = "title"


@dataclass(slots=True, eq=False)
class Judged:
    """A block with its text on one line, and the reason why it is no text of the report, if any.

    `keep` are the numbers of its pieces that a voter wants, None for all. `chosen` tells that the
    votes were for it, whatever the reason says.
    """

    block: Block
    text: str
    keep: frozenset[int] | None = None
    reason: str | None = None
    chosen: bool = False

    @property
    def kept(self) -> bool:
        """Tell whether the block is text of the report."""
        return self.chosen and self.reason is None


def judge(page: Page, votes: Votes | None) -> tuple[list[Judged], bool]:
    """Return all filled blocks in page order, and whether the choice fell back on their shape."""
    filled = [block for block in page.blocks if any(piece.mark != WHITE for piece in block.pieces)]
    judged = [Judged(block, plain(block, page.source)) for block in filled]
    judged = [one for one in judged if _is_visible(one.text)]
    fell_back = votes is None
    if votes is not None:
        _by_votes(judged, votes)
        _give_reasons(page, judged)
        fell_back = sum(len(one.text) for one in judged if one.kept) < _LEAST_TEXT
    if fell_back:
        fell_back = _by_shape(page, judged) or votes is None
    return judged, fell_back


def _is_visible(text: str) -> bool:
    return any(char.isprintable() and char != " " for char in text[:400]) or len(text) > 400


def _by_votes(judged: Sequence[Judged], votes: Votes) -> None:
    """Choose the blocks that a majority of two carries; with one vote alone only where it is likely."""
    single: list[tuple[int, str]] = []
    for at, one in enumerate(judged):
        sizes = {
            piece.mark: piece.end - piece.start for piece in one.block.pieces if piece.mark >= 0
        }
        total = sum(sizes.values())
        for_: list[str] = []
        keep: set[int] = set()
        for name, marks in votes.by_voter:
            inside = marks.intersection(sizes)
            if inside:
                keep |= inside
                if 2 * sum(sizes[mark] for mark in inside) > total:
                    for_.append(name)
        one.keep = frozenset(keep)
        one.chosen = len(for_) >= min(2, len(votes.by_voter))
        if len(for_) == 1:
            single.append((at, for_[0]))
    if len(votes.by_voter) == 2:
        _add_single(judged, single)


def _add_single(judged: Sequence[Judged], single: Sequence[tuple[int, str]]) -> None:
    """With two voters, let one be enough for prose between carried blocks, or longer prose outside.

    The shape of a page alone carries nothing outside: it draws in neighbouring articles.
    """
    carried = [at for at, one in enumerate(judged) if one.chosen]
    first, last = (carried[0], carried[-1]) if carried else (0, len(judged))
    for at, name in single:
        one = judged[at]
        if not _is_prose(one):
            continue
        longer = len(one.text.split(None, _OUTSIDE_WORDS)) >= _OUTSIDE_WORDS
        one.chosen = first < at < last or (name != "shape" and longer) or not carried


def _is_prose(one: Judged) -> bool:
    return (
        len(one.text.split(None, _PROSE_WORDS)) >= _PROSE_WORDS
        and linked_share(one.block) < _PROSE_LINKED
    )


def _by_shape(page: Page, judged: Sequence[Judged]) -> bool:
    """Choose prose by its shape, else all that is no furniture; tell whether that gave more."""
    before = sum(len(one.text) for one in judged if one.kept)
    saved = [(one.chosen, one.keep, one.reason) for one in judged]
    for fits in (_is_prose, _is_anything):
        for one in judged:
            one.chosen, one.keep, one.reason = fits(one), None, None
        _give_reasons(page, judged)
        if sum(len(one.text) for one in judged if one.kept) > max(2 * before, before + 20):
            return True
    for one, (chosen, keep, reason) in zip(judged, saved, strict=True):
        one.chosen, one.keep, one.reason = chosen, keep, reason
    return False


def _is_anything(one: Judged) -> bool:
    return one.block.parent.tag not in ("title", "head")


def _give_reasons(page: Page, judged: Sequence[Judged]) -> None:
    chosen = [one.block for one in judged if one.chosen]
    contexts = Contexts(page, chosen)
    titles = {
        folded(one.text)
        for one in judged
        if one.block.parent.tag == "title" and len(one.text) < 400
    }
    for one in judged:
        if one.chosen:
            one.reason = _reason(one, contexts, titles)
    kept = [one for one in judged if one.kept or (one.chosen and one.reason == PULL_QUOTE)]
    _restore_quotes(kept)


def _reason(one: Judged, contexts: Contexts, titles: set[str]) -> str | None:
    if is_title(one, titles):
        return TITLE
    reason = reason_by_words(one.text) or contexts.reason(one.block)
    if reason is not None:
        return reason
    if (
        len(one.text) > _LINK_LETTERS
        and len(one.text.split(None, _LINK_WORDS)) <= _LINK_WORDS
        and "://" not in one.text
        and linked_share(one.block) >= _LINKED
    ):
        return "related"
    return None


def is_title(one: Judged, titles: Iterable[str]) -> bool:
    """Tell whether a block says the page's title: a first-level heading, or words of <title>."""
    if in_heading(one.block):
        return True
    if len(one.text) > 300:
        return False
    words = folded(one.text)
    return len(words) > _TITLE_LETTERS and any(title.startswith(words) for title in titles)


def in_heading(block: Block) -> bool:
    """Tell whether a block stands in a first-level heading."""
    element = block.parent
    for _ in range(3):
        if element.tag == "h1":
            return True
        if element.parent is None:
            return False
        element = element.parent
    return False


def folded(text: str) -> str:
    """Return the words of a text in lower case, one blank between them."""
    return " ".join("".join(char if char.isalnum() else " " for char in text.lower()).split())


def _restore_quotes(kept: Sequence[Judged]) -> None:
    """Let a quotation that is set off and said nowhere else be text: only a repeated one is none."""
    quotes = [one for one in kept if one.reason == PULL_QUOTE]
    if not quotes:
        return
    body = folded(" ".join(one.text for one in kept if one.reason is None)[:400_000])
    for one in quotes[:100]:
        if folded(one.text) not in body:
            one.reason = None


def credits_of(judged: Sequence[Judged]) -> list[Judged]:
    """Return the blocks that say who made the text."""
    return [one for one in judged if one.chosen and len(one.text) < 600 and is_making(one.text)]
