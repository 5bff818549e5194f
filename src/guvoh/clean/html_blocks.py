"""What each block of a page is: text of the report, or something else with a reason."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from importlib.resources import files

from guvoh.clean import plain_dates, plain_words
from guvoh.clean.html_tokens import WHITE, Block, Element, Page, read_attributes

# A context that holds this share of the chosen text is the article's own, whatever it is called.
_OWN_SHARE = 0.3
_CLIMB = 40  # elements above a block whose names are asked what it is
_SHORT, _SHORT_LETTERS = 45, 600  # words and letters; a longer block is not a prompt
_LINK_WORDS = 6  # of a link in a menu
_BARS = re.compile(r"\s{1,4}[|•·]\s{1,4}")
_LINKED = 0.9  # share of a block inside links that makes it a link
_NAME_PART = re.compile(r"[A-Z]{0,40}[a-z]{1,40}|[A-Z]{1,40}")
_EDGES = " .:;,!?…|•*-–—()[]\u00a0\"'“”«»"
_TAGS = {
    "figcaption": "caption",
    "nav": "navigation",
    "menu": "navigation",
    "footer": "page furniture",
    "button": "page furniture",
    "label": "page furniture",
    "title": "head",
    "head": "head",
    "dialog": "page furniture",
}
_ITEMS = {"author": "byline", "datePublished": "date", "caption": "caption", "headline": None}
_ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "dialog": "page furniture",
    "complementary": "page furniture",
    "contentinfo": "page furniture",
}
_LONGEST_TEXT = 20_000  # characters of a block by which it is judged
_LONGEST_TAG = 2_000  # characters of a tag that are asked
_HIDING = re.compile(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of html_cues.toml, ready to ask."""

    contexts: dict[tuple[str, ...], str]
    begins: tuple[tuple[str, str], ...]
    starts: tuple[str, ...]  # of `begins`, to ask all at once
    whole: dict[str, str]
    making_begins: tuple[str, ...]
    making_inside: tuple[str, ...]


@cache
def cues() -> Cues:
    """Return what html_cues.toml says."""
    raw = tomllib.loads(files("guvoh.clean").joinpath("html_cues.toml").read_text("utf-8"))
    return Cues(
        {
            tuple(name.split()): reason
            for reason, names in raw["contexts"].items()
            for name in names
        },
        tuple((start, reason) for reason, starts in raw["begins"].items() for start in starts),
        tuple(start for starts in raw["begins"].values() for start in starts),
        {text: reason for reason, texts in raw["whole"].items() for text in texts},
        tuple(raw["making"]["begins"]),
        tuple(raw["making"]["inside"]),
    )


@lru_cache(maxsize=8192)
def context_of_name(name: str) -> str | None:
    """Return what a class name or id says its element is, None if it says nothing."""
    parts = [part.lower() for part in _NAME_PART.findall(name[:80])][:8]
    known = cues().contexts
    for at in range(len(parts)):
        for size in (2, 1):
            reason = known.get(tuple(parts[at : at + size]))
            if reason is not None:
                return reason
    return None


def context_of(element: Element, source: str) -> str | None:
    """Return what an element is by its tag, role, class and id, None if it says nothing."""
    if element.context == "?":
        element.context = _context(element, source)
    return element.context


def _context(element: Element, source: str) -> str | None:
    known = _TAGS.get(element.tag)
    if known is not None:
        return known
    end = min(element.end, element.start + _LONGEST_TAG)
    if end - element.start <= len(element.tag) + 2:
        return None
    return _context_of_tag(element.tag, source[element.start + 1 + len(element.tag) : end])


@lru_cache(maxsize=16_384)
def _context_of_tag(tag: str, said: str) -> str | None:
    """Return what the attributes of an opening tag say of its element; pages repeat their tags."""
    attributes = read_attributes(said, 0, len(said))
    if "hidden" in attributes or _HIDING.search(attributes.get("style", "")[:400]):
        return "hidden"
    if tag in ("html", "body", "main", "article"):
        return None
    if attributes.get("itemprop") in _ITEMS:
        return _ITEMS[attributes["itemprop"]]
    if attributes.get("role") in _ROLES:
        return _ROLES[attributes["role"]]
    for key in ("class", "id", "data-component", "data-module"):
        for name in attributes.get(key, "").split()[:12]:
            reason = context_of_name(name)
            if reason is not None:
                return reason
    return None


def plain(block: Block, source: str) -> str:
    """Return a block's text on one line, the head of it where it is very long."""
    parts: list[str] = []
    left = _LONGEST_TEXT
    for piece in block.pieces:
        part = " " if piece.line_break else source[piece.start : min(piece.end, piece.start + left)]
        parts.append(part)
        left -= len(part)
        if left <= 0:
            break
    text = "".join(parts)
    return " ".join((unescape(text) if "&" in text else text).split())


def linked_share(block: Block) -> float:
    """Return the share of a block's characters that stand inside links."""
    total = inside = 0
    for piece in block.pieces:
        if piece.mark == WHITE:
            continue
        size = piece.end - piece.start
        total += size
        if _in_link(piece.parent, block.parent):
            inside += size
    return inside / total if total else 0.0


def _in_link(element: Element | None, top: Element) -> bool:
    for _ in range(8):
        if element is None:
            return False
        if element.tag == "a":
            return True
        if element is top:
            break
        element = element.parent
    while element is not None and element.tag in ("span", "strong", "b", "em", "i", "u", "h2", "h3", "h4", "h5", "h6", "a"):  # fmt: skip
        if element.tag == "a":
            return True
        element = element.parent
    return False


def is_making(text: str) -> bool:
    """Tell whether a block's text says who made the page's text."""
    lowered = text.lower()
    known = cues()
    return lowered.startswith(known.making_begins) or any(
        inside in lowered for inside in known.making_inside
    )


def reason_by_words(text: str) -> str | None:
    """Return what a short block is by its own words, None if it may be text."""
    lowered = text.lower().lstrip(" \u00a0►▶»•*-–—>|")
    if len(lowered) > _SHORT_LETTERS or len(lowered.split(None, _SHORT)) > _SHORT:
        return None
    known = cues()
    whole = known.whole.get(lowered.strip(_EDGES))
    if whole is not None:
        return whole
    menu = _menu(text)
    if menu is not None:
        return menu
    if lowered.startswith(known.starts):
        return next(reason for start, reason in known.begins if lowered.startswith(start))
    return "making" if is_making(lowered) else None


def _menu(text: str) -> str | None:
    """Return what a short line of parts between bars is: links of a menu, or who wrote it and when."""
    if not _BARS.search(text):
        return None
    parts = [part.strip() for part in _BARS.split(text.strip())]
    short = all(
        part and len(part.split()) <= _LINK_WORDS and part[-1] not in ".!?…" for part in parts
    )
    if len(parts) < 2 or not short:
        return None
    dated = any(plain_dates.edtf(part) for part in parts)
    named = any(plain_words.names(part) for part in parts)
    if dated and named and len(parts) <= 4:
        return "byline"
    return "navigation" if len(parts) > 2 or dated else None


class Contexts:
    """What the elements around blocks are, given which blocks were chosen as text."""

    def __init__(self, page: Page, chosen: list[Block]) -> None:
        self._source = page.source
        self._nearest: dict[Element, str | None] = {}
        self._mass: dict[Element, int] = {}
        self._total = 0
        for block in chosen:
            size = sum(piece.end - piece.start for piece in block.pieces)
            self._total += size
            for element in _above(block.parent):
                self._mass[element] = self._mass.get(element, 0) + size

    def reason(self, block: Block) -> str | None:
        """Return the nearest reason around a block, unless it holds the article itself."""
        path: list[Element] = []
        found: str | None = None
        element: Element | None = block.pieces[0].parent if block.pieces else block.parent
        while element is not None and element.parent is not None and len(path) < _CLIMB:
            if element in self._nearest:
                found = self._nearest[element]
                break
            path.append(element)
            element = element.parent
        for passed in reversed(path):
            reason = context_of(passed, self._source)
            if reason is not None and reason != "head" and self._is_part(passed):
                found = reason
            self._nearest[passed] = found
        return found

    def _is_part(self, element: Element) -> bool:
        return self._mass.get(element, 0) <= self._total * _OWN_SHARE


def _above(element: Element | None) -> list[Element]:
    out: list[Element] = []
    while element is not None and element.parent is not None and len(out) < _CLIMB:
        out.append(element)
        element = element.parent
    return out
