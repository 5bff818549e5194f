"""Which pieces of a page several extractors take for its main text."""

import logging
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring
from resiliparse.extract.html2text import extract_plain_text

from guvoh.clean.html_shape import densest
from guvoh.clean.html_tokens import Page, marks_in

# Beyond these the libraries take too long or fall silent (measured: nothing past 250 nested
# elements, hours on 300,000 attributes, nothing on an 11 MB text node).
MOST_TAGS = 60_000
LONGEST_REDUCED = 4_000_000


@dataclass(frozen=True, slots=True)
class Votes:
    """The piece numbers that each extractor chose; one that failed is absent."""

    by_voter: tuple[tuple[str, frozenset[int]], ...]
    failed: tuple[str, ...] = ()


def too_big(page: Page) -> bool:
    """Tell whether a page must be kept from the libraries."""
    return page.tags > MOST_TAGS or len(page.reduced) > LONGEST_REDUCED


def vote(page: Page, *, fast: bool) -> Votes:
    """Ask three voters about a page; in fast mode only the two cheap ones.

    trafilatura in precision mode and resiliparse see the page with each piece of text carrying its
    number; the third voter is the densest part of the token stream.
    """
    votes = [("shape", densest(page))]
    failed: list[str] = []
    voters = (("resiliparse", _resiliparse), ("trafilatura", _trafilatura))
    for name, ask in voters[:1] if fast else voters:
        try:
            text = ask(page.reduced)
        except (ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError,
                RecursionError, etree.LxmlError):  # fmt: skip
            # Third-party extractors raise these on malformed trees; the others still vote.
            failed.append(name)
        else:
            votes.append((name, frozenset(marks_in(text))))
    return Votes(tuple(votes), tuple(failed))


def _resiliparse(reduced: str) -> str:
    found = extract_plain_text(reduced, main_content=True)
    return found if isinstance(found, str) else ""


def _trafilatura(reduced: str) -> str:
    import trafilatura  # a quarter of a second, which other formats are spared

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = _tree(reduced)
    if tree is None:
        return ""
    found = trafilatura.extract(tree, favor_precision=True, include_comments=False)
    return found if isinstance(found, str) else ""


def _tree(reduced: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = fromstring(reduced.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree if isinstance(tree, HtmlElement) else None
