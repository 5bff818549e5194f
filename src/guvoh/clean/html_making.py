"""What a page says of its own making: address, translator, credits, agency, copyright, links."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from guvoh.clean import plain_words
from guvoh.clean.decode import Decoded
from guvoh.clean.html_blocks import is_making
from guvoh.clean.html_choice import Judged
from guvoh.clean.html_fields import attribute_bytes, block_bytes
from guvoh.clean.html_tokens import Element, Page
from guvoh.model.report import Making, MakingKind
from guvoh.model.text import Stated

_MOST_LINKS = 40
_MOST = 120
_NEAR = 12  # blocks
# "MOSCOW, March 5 (Reuters) -", "МОСКВА, 5 марта. /ТАСС/.", "(AP) —"
_SLUG = re.compile(
    r"^[^()/]{0,70}?(?:\(([^()]{2,40})\)\s{0,3}[-–—:]|/([^/]{2,30})/\s{0,2}[.,:–—-])"
)
_TRAILING_SLUG = re.compile(r"\(([^()]{2,40})\)\s{0,4}$")
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b|&copy;)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s{1,4}")


def read_making(
    page: Page, decoded: Decoded, judged: Sequence[Judged], url: Stated | None
) -> tuple[Making, ...]:
    """Return what the page says of how it was made, in page order after its address."""
    out: list[Making] = []
    if url is not None:
        out.append(Making(MakingKind.CANONICAL, url.text, url.text, url.at))
    kept = [one for one in judged if one.kept]
    edges = {id(one) for one in (*kept[:2], *kept[-3:])}
    out += _agency(decoded, kept)
    for one in _around(judged):
        if len(out) >= _MOST:
            break
        if len(one.text) > 700 or (one.kept and id(one) not in edges and len(one.text) > 200):
            continue
        out += _statements(decoded, one)
    return (*out, *_links(page, decoded, kept, url))


def _around(judged: Sequence[Judged]) -> Sequence[Judged]:
    """Return the blocks from a little before the text to a little after it, and the page's last ones."""
    places = [at for at, one in enumerate(judged) if one.kept]
    if not places:
        return (*judged[:_NEAR], *judged[max(_NEAR, len(judged) - _NEAR) :])
    first, last = max(0, places[0] - _NEAR), places[-1] + 1 + _NEAR
    return (*judged[first:last], *judged[max(last, len(judged) - _NEAR) :])


def _agency(decoded: Decoded, kept: Sequence[Judged]) -> list[Making]:
    for one in kept[:2]:
        match = _SLUG.match(one.text[:160])
        if match is not None:
            name = (match[1] or match[2]).strip()
            if plain_words.is_agency(name):
                text = match[0].strip()
                return [Making(MakingKind.AGENCY, text, name, block_bytes(decoded, one.block))]
    if kept:
        match = _TRAILING_SLUG.search(kept[-1].text[-60:])
        if match is not None and plain_words.is_agency(match[1]):
            at = block_bytes(decoded, kept[-1].block)
            return [Making(MakingKind.AGENCY, match[0].strip(), match[1].strip(), at)]
    return []


def _statements(decoded: Decoded, one: Judged) -> list[Making]:
    """Return the statements among the sentences of a block."""
    at = block_bytes(decoded, one.block)
    if one.reason in ("caption", "credit"):
        return []
    if _COPYRIGHT.match(one.text) and len(one.text) < 400:
        return [Making(MakingKind.COPYRIGHT, one.text, _holder(one.text), at)]
    out: list[Making] = []
    for sentence in _SENTENCE.split(one.text)[:12]:
        said = sentence.strip(" ()[]*_–—-")
        for label in plain_words.labels(said):
            kind = {"translator": MakingKind.TRANSLATOR, "credited": MakingKind.CREDIT}.get(
                label.kind
            )
            name = said[label.value :].strip(" .:()")
            if kind is not None and 1 < len(name) < 160:
                out.append(Making(kind, said, name, at))
                break
    if not out and not one.kept and is_making(one.text) and len(one.text) < 400:
        name = one.text.partition(":")[2] if ":" in one.text[:30] else ""
        out.append(Making(MakingKind.CREDIT, one.text, name.strip(" .()") or None, at))
    return out


def _holder(text: str) -> str | None:
    words = [
        word
        for word in text.replace("©", " ").split()
        if plain_words.flat(word).strip(".,:") not in {"(c)", "copyright", "by"}
    ]
    name = " ".join(words).partition(".")[0].strip(" ,|–—-0123456789")
    return name[:160] or None


def _links(
    page: Page, decoded: Decoded, kept: Sequence[Judged], url: Stated | None
) -> list[Making]:
    """Return links in the text that lead to another host: pages it speaks of."""
    own = _host(url.text) if url is not None else None
    out: list[Making] = []
    seen: set[str] = set()
    for one in kept:
        for piece in one.block.pieces:
            link = _link_of(piece.parent) if piece.mark >= 0 else None
            if link is None:
                continue
            href = link.attributes(page.source).get("href", "").strip()
            if not href.startswith(("http://", "https://")) or href in seen or len(href) > 2_000:
                continue
            seen.add(href)
            host = _host(href)
            if host is None or host == own:
                continue
            text = " ".join(page.source[piece.start : piece.end].split())
            out.append(Making(MakingKind.LINK, text, href, attribute_bytes(decoded, link, "href")))
            if len(out) >= _MOST_LINKS:
                return out
    return out


def _link_of(element: Element | None) -> Element | None:
    for _ in range(6):
        if element is None or element.tag == "a":
            return element
        element = element.parent
    return None


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
