"""What a page says of its own making: address, translator, credits, agency, copyright, links."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from guvoh.clean import plain_words
from guvoh.clean.dateline import dateline
from guvoh.clean.decode import Decoded
from guvoh.clean.html_blocks import is_making
from guvoh.clean.html_choice import Judged
from guvoh.clean.html_fields import attribute_bytes, block_bytes
from guvoh.clean.html_tokens import Element, Page
from guvoh.model.report import Making, MakingKind
from guvoh.model.text import ByteSpan, Stated

_MOST_LINKS = 40
_MOST = 120
_NEAR = 12  # blocks
_TRAILING_SLUG = re.compile(r"\(([^()]{2,40})\)\s{0,4}$")
_OF_LABELS = {
    "translator": MakingKind.TRANSLATOR,
    "credited": MakingKind.CREDIT,
    "url": MakingKind.CREDIT,
}
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b|&copy;)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s{1,4}|\s{1,4}[·•|]\s{1,4}")
_LONGEST_META = 300  # characters of a block of labels: "19:40 Translator: X Source: Y"
_COLON = re.compile(r":\s{1,4}")
# What follows the outlet's name in "first appeared in X and is republished with permission".
_BEHIND_NAME = re.compile(
    r"(?:,| (?:and|y|et|и|va|ва) (?:is|was|has|se|fue|ha|est|a été|bu)\b| with permission| con permiso"
    r"| avec l'autorisation| on \d| el \d| le \d| under | bajo | sous ).*"
)
# What stands before it: "in Eastlight Monitor", "en inglés por El Faro".
_BEFORE_NAME = re.compile(
    r"(?:(?:in|on|by|at|en|por|par|dans|sur|в|на|(?-i:the|la|el|le)|originally|first|initially) )*"
    r"(?:(?:in|en|auf|на)? ?(?:english|inglés|anglais|spanish|español|espagnol|french|francés|français|russian|ruso|russe"
    r"|английском(?: языке)?|русском(?: языке)?) (?:by|in|on|por|en|par|dans|sur|в) )?",
    re.IGNORECASE,
)


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
        filed = dateline(one.text)
        if filed is not None and filed.agency is not None:
            start, end = filed.agency
            text, name = one.text[: end + 1], one.text[start:end]
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
            name = _name_in(said[label.value :].strip(" .:()"))
            if kind is not None and 1 < len(name) < 160:
                out.append(Making(kind, said, name, at))
                break
    if not out and not one.kept and len(one.text) <= _LONGEST_META:
        out += _labelled(one.text, at)
    if not out and not one.kept and is_making(one.text) and len(one.text) < 400:
        name = one.text.partition(":")[2] if ":" in one.text[:30] else ""
        out.append(Making(MakingKind.CREDIT, one.text, name.strip(" .()") or None, at))
    return out


def _name_in(said: str) -> str:
    """Return the name in what follows a label: "in X and is republished here" names X."""
    name = _BEHIND_NAME.sub("", said, count=1)
    name = name[match.end() :] if (match := _BEFORE_NAME.match(name)) else name
    return name.strip(' .:()«»“”"') or said


def _labelled(text: str, at: ByteSpan) -> list[Making]:
    """Return what labels inside a block say of its making: "19:40 Translator: X Source: Y"."""
    heads = [head for colon in _COLON.finditer(text) if (head := _label_before(text, colon.end()))]
    ends = [*(start for start, _, _ in heads[1:]), len(text)]
    out: list[Making] = []
    for (start, value, kind), end in zip(heads, ends, strict=False):
        name = text[value:end].strip(" .:()|·•")
        if kind in _OF_LABELS and 1 < len(name) < 80 and "://" not in name:
            out.append(Making(_OF_LABELS[kind], text[start:end].strip(), name, at))
    return out


def _label_before(text: str, value: int) -> tuple[int, int, str] | None:
    """Return start, value and kind of the label that ends with the colon before `value`."""
    head = text[:value]
    for words in (3, 2, 1):
        parts = head.rstrip().rsplit(" ", words)
        start = len(head.rstrip()) - len(" ".join(parts[-words:]))
        for label in plain_words.labels(text[start:]):
            if start + label.value == value:
                return start, value, label.kind
    return None


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
