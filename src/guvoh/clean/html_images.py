"""The images of a page with what is written about them: address, credit, caption, alternative text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from guvoh.clean import plain_words
from guvoh.clean.html_blocks import context_of
from guvoh.clean.html_choice import Judged
from guvoh.clean.html_fields import Statements, attribute_bytes, block_bytes
from guvoh.clean.html_tokens import Element
from guvoh.clean.language import identify
from guvoh.model.report import Image
from guvoh.model.text import Stated

_MOST = 60
_AGENCY_WORDS = 6
_SMALL = 80  # pixels; a smaller image is an icon
_FRAMES = frozenset({"figure", "picture", "figcaption"})
_CREDIT_AT_END = re.compile(
    r"(?:\(|\[|(?<=[.!?…»”\"])\s)\s{0,4}(?:photo|foto|фото|image|picture|credit|crédit photo|imagen|crédito"
    r"|surat|сурат|акс)(?: by| de| von| credit|)\s{0,2}[:/]?\s{1,2}([^()\[\]]{2,80})[)\]]?\s{0,2}$",
    re.IGNORECASE,
)
_NAME_AT_END = re.compile(r"(?<=[.!?…])\s{1,4}\(([^()]{2,60})\)$")
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src", "data-srcset", "srcset")


@dataclass(slots=True)
class _Found:
    frame: Element | None
    url: Stated | None = None
    alt: Stated | None = None
    captions: list[Stated] = field(default_factory=list)
    credits: list[Stated] = field(default_factory=list)
    start: int = 0


def read_images(
    statements: Statements, judged: Sequence[Judged], language: str
) -> tuple[Image, ...]:
    """Return the images that stand in or before the text, in page order, with their languages."""
    kept = [one for one in judged if one.kept]
    if not kept:
        return ()
    begin, end = _reach(judged, kept)
    found: list[_Found] = []
    by_frame: dict[Element, _Found] = {}
    for element in statements.page.statements:
        if element.tag != "img" or len(found) >= _MOST:
            continue
        if begin <= element.start <= end and not _is_furniture(element, statements):
            _add(element, statements, found, by_frame)
    _captions(statements, judged, by_frame, found)
    images = [
        _image(one, language)
        for one in found
        if one.alt or one.captions or one.credits or one.frame
    ]
    return tuple(image for image in images if image is not None)


def _reach(judged: Sequence[Judged], kept: Sequence[Judged]) -> tuple[int, int]:
    """Return where an image may stand: from the title, or a little before the text, to its end."""
    first, last = kept[0].block.pieces[0].start, kept[-1].block.pieces[-1].end
    titles = [one.block.pieces[0].start for one in judged if one.block.parent.tag == "h1"]
    before = [at for at in titles if at < first]
    return (before[-1] if before else max(0, first - 6_000)) - 3_000, last + 2_000


def _is_furniture(element: Element, statements: Statements) -> bool:
    attributes = element.attributes(statements.page.source)
    for key in ("width", "height"):
        value = attributes.get(key, "").removesuffix("px")
        if value.isdigit() and int(value) < _SMALL:
            return True
    above = element.parent
    for _ in range(5):
        if above is None or above.parent is None:
            return False
        reason = context_of(above, statements.page.source)
        if reason in ("navigation", "related", "sharing", "byline", "advertisement", "comment prompt", "subscription", "cookie notice"):  # fmt: skip
            return True
        above = above.parent
    return False


def _add(
    element: Element, statements: Statements, found: list[_Found], by_frame: dict[Element, _Found]
) -> None:
    attributes = element.attributes(statements.page.source)
    frame = _frame(element, statements)
    image = by_frame.get(frame) if frame is not None else None
    if image is None:
        image = _Found(frame, start=element.start)
        found.append(image)
        if frame is not None:
            by_frame[frame] = image
    for key in _SOURCES:
        value = attributes.get(key, "").split(",")[0].split(" ")[0].strip()
        if image.url is None and value and not value.startswith("data:") and len(value) < 2_000:
            image.url = Stated(value, attribute_bytes(statements.decoded, element, key))
    alt = " ".join(attributes.get("alt", "").split())
    if image.alt is None and alt:
        image.alt = Stated(alt, attribute_bytes(statements.decoded, element, "alt"))


def _frame(element: Element, statements: Statements) -> Element | None:
    """Return the figure, or the nearest element that is named as holding an image and its caption."""
    above = element.parent
    best: Element | None = None
    for _ in range(6):
        if above is None or above.parent is None:
            break
        if above.tag == "figure":
            return above
        if above.tag in ("div", "span", "p", "aside", "section", "td") and best is None:
            names = above.attributes(statements.page.source).get("class", "").lower()
            if "caption" in names or "figure" in names or "image" in names or "photo" in names:
                best = above
        above = above.parent
    return best


def _captions(
    statements: Statements,
    judged: Sequence[Judged],
    by_frame: dict[Element, _Found],
    found: Sequence[_Found],
) -> None:
    """Give the blocks inside a frame, and captions right after an image, to that image."""
    for one in judged:
        if one.kept or len(one.text) > 1_500:
            continue
        image = _frame_of(one.block.pieces[0].parent, by_frame)
        if image is None and one.reason in ("caption", "credit"):
            start = one.block.pieces[0].start
            near = [item for item in found if 0 <= start - item.start < 6_000]
            image = near[-1] if near else None
        if image is not None:
            _write(image, one, statements)


def _frame_of(element: Element | None, by_frame: dict[Element, _Found]) -> _Found | None:
    for _ in range(8):
        if element is None:
            return None
        if element in by_frame:
            return by_frame[element]
        element = element.parent
    return None


def _write(image: _Found, one: Judged, statements: Statements) -> None:
    """Give a block's words to an image as its credit, its caption, or one after the other."""
    at = block_bytes(statements.decoded, one.block)
    text, credit = _parted(one, statements)
    if credit:
        image.credits.append(Stated(_unlabelled(credit, "credit").strip(" ()[]."), at))
    if not text:
        return
    kinds = {label.kind: label.value for label in plain_words.labels(text)}
    if "credit" in kinds and text[kinds["credit"] :].strip():
        image.credits.append(Stated(text[kinds["credit"] :].strip(" ."), at))
    elif len(text.split()) <= _AGENCY_WORDS and plain_words.is_agency(text):
        image.credits.append(Stated(text.strip(" ()[]"), at))
    elif one.reason not in ("sharing", "advertisement", "page furniture", "navigation"):
        text = _unlabelled(text, "caption")
        tail = max(0, len(text) - 200)
        match = _CREDIT_AT_END.search(text, tail) or _NAME_AT_END.search(text, tail)
        if match is not None:
            image.credits.append(Stated(match[1].strip(" ."), at))
            text = text[: match.start()].strip()
        if text:
            image.captions.append(Stated(text, at))


def _unlabelled(text: str, kind: str) -> str:
    for label in plain_words.labels(text):
        if label.kind == kind:
            return text[label.value :].strip()
    return text


def _parted(one: Judged, statements: Statements) -> tuple[str, str]:
    """Return a block's words outside and inside elements that are named as a credit."""
    source = statements.page.source
    parts: tuple[list[str], list[str]] = ([], [])
    for piece in one.block.pieces:
        if not piece.line_break:
            parts[_in_credit(piece.parent, source)].append(source[piece.start : piece.end])
    text, credit = (" ".join(unescape("".join(part)).split()) for part in parts)
    return text, credit


def _in_credit(element: Element | None, source: str) -> bool:
    for _ in range(4):
        if element is None or element.parent is None or element.tag in _FRAMES:
            return False
        if context_of(element, source) == "credit":
            return True
        element = element.parent
    return False


def _image(one: _Found, language: str) -> Image | None:
    caption = one.captions[0] if one.captions else None
    credit = one.credits[0] if one.credits else None
    if one.url is None and caption is None and one.alt is None:
        return None
    alt_language = identify(one.alt.text, language) if one.alt is not None else None
    return Image(
        url=one.url, credit=credit, caption=caption, alt=one.alt, alt_language=alt_language
    )
