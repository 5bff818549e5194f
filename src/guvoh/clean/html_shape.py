"""The part of a page where its prose is densest: a vote from the token stream alone."""

from guvoh.clean.html_blocks import context_of, linked_share
from guvoh.clean.html_tokens import Block, Element, Page

# After the idea of Arc90's Readability (2009): paragraphs vote for the elements around them. The
# figures below were found on the scrapinghub pages.
_LEAST = 60  # characters of source; a shorter block says little
_MOST = 600
_LINKED = 0.4
_LEVELS = 3
_DECAY = 0.7
_SIBLING = 0.25  # of the best score, from which its siblings belong to it too
_CLIMB = 60
_NO_PROSE = frozenset({"nav", "footer", "figcaption", "title", "head", "button", "h1"})
_PARAGRAPHS = frozenset({"p", "li", "blockquote"})


def densest(page: Page) -> frozenset[int]:
    """Return the piece numbers inside the element that holds most prose, and its like siblings."""
    scores = _scores(page)
    if not scores:
        return frozenset()
    best = max(scores, key=lambda element: (scores[element], -element.depth, -element.start))
    least = scores[best] * _SIBLING
    tops = {
        element
        for element, score in scores.items()
        if element is best or (score >= least and element.parent is best.parent)
    }
    inside: dict[Element, bool] = {}
    return frozenset(
        piece.mark
        for block in page.blocks
        if _is_inside(block.parent, tops, inside)
        for piece in block.pieces
        if piece.mark >= 0
    )


def _scores(page: Page) -> dict[Element, float]:
    scores: dict[Element, float] = {}
    for block in page.blocks:
        weight = _weight(block)
        if not weight:
            continue
        element: Element | None = block.parent
        if element is not None and element.tag in _PARAGRAPHS:
            element = element.parent
        for _ in range(_LEVELS):
            if element is None or element.tag in ("body", "html"):
                break
            if context_of(element, page.source) not in (None, "pull quote"):
                break
            scores[element] = scores.get(element, 0.0) + weight
            weight *= _DECAY
            element = element.parent
    return scores


def _weight(block: Block) -> float:
    size = sum(piece.end - piece.start for piece in block.pieces if piece.mark >= 0)
    if size < _LEAST or block.parent.tag in _NO_PROSE:
        return 0.0
    linked = linked_share(block)
    return min(size, _MOST) * (1 - linked) if linked <= _LINKED else 0.0


def _is_inside(element: Element | None, tops: set[Element], known: dict[Element, bool]) -> bool:
    path: list[Element] = []
    found = False
    while element is not None and len(path) < _CLIMB:
        if element in known:
            found = known[element]
            break
        path.append(element)
        if element in tops:
            found = True
            break
        element = element.parent
    for passed in path:
        known[passed] = found
    return found
