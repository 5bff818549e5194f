"""What a page states of itself besides its text: title, bylines, publisher, dates, address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from guvoh.clean import plain_words
from guvoh.clean.dateline import dateline
from guvoh.clean.decode import Decoded
from guvoh.clean.html_blocks import context_of
from guvoh.clean.html_choice import Judged, folded, in_heading
from guvoh.clean.html_json import Said, read_json
from guvoh.clean.html_tokens import Block, Element, Page
from guvoh.model.text import ByteSpan, Stated

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article.published", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
    "dcterms.issued", "dcterms.date", "dc.date", "publish-date", "publish_date", "pubdate",
    "publication_date", "publishdate", "date", "citation_publication_date", "citation_date",
    "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "ptime",
    "sailthru_date", "article:published", "displaydate", "rnews:datepublished", "datecreated",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dc.author",
            "dcterms.creator", "byl", "citation_author", "article:author_name", "cxenseparse:author")  # fmt: skip
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name",
               "cxenseparse:recs:publisher", "apple-mobile-web-app-title")  # fmt: skip
_SAVED_FROM = re.compile(
    r"saved from url=\(\d{1,6}\)\s{0,4}(https?://[^\s<>\"]{3,2000})", re.IGNORECASE
)
_SAVED_BY = re.compile(r"^!--\s{0,20}(?:Page saved with SingleFile|HTTrack)", re.IGNORECASE)
_SAVED_URL = re.compile(r"\burl:\s{0,4}(https?://[^\s<>\"]{3,2000})", re.IGNORECASE)
_TITLE_PARTS = re.compile(r" [|\-–—•·:»] | \| | :: | — ")
_BARS = re.compile(r"\s{1,4}[|•·]\s{1,4}")
_BY = re.compile(
    r"^(?:(?:\w{1,20} ){0,2}by|por|par|von|di|da|de|door|yazan|автор(?:ы)?|текст|muallif|муаллиф|written by|story by)\b"
    r"[\s:]{1,8}",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s{0,4}(?:,|;|&|\||/|\band\b|\by\b|\bet\b|\bund\b|\bи\b|\bva\b|\bva\b|\bva\b)\s{1,4}",
    re.IGNORECASE,
)
_DATELINE_PARTS = re.compile(r"[|•·]")
_TIME_BEFORE = 400  # characters of markup between a <time> and the block it belongs to
_LONGEST_DATELINE = 160
_LONGEST_NAME = 90
_LONGEST_TITLE = 400


@dataclass(slots=True)
class Fields:
    """What was found; each with the bytes that say it where there are such."""

    title: Stated | None = None
    bylines: tuple[Stated, ...] = ()
    publisher: Stated | None = None
    dates: list[Stated] = field(default_factory=list)  # in order of trust
    url: Stated | None = None
    language: str | None = None  # declared


class Statements:
    """The statements of a page's head and markup, ready to be asked by name."""

    def __init__(self, page: Page, decoded: Decoded) -> None:
        self.page, self.decoded = page, decoded
        self.said: Said = read_json(page)
        self.metas: dict[str, list[tuple[str, Element]]] = {}
        self.links: dict[str, list[tuple[str, Element]]] = {}
        self.times: list[tuple[str, Element]] = []
        self.language: str | None = None
        for element in page.statements:
            self._take(element)

    def _take(self, element: Element) -> None:
        if element.tag not in ("meta", "link", "time", "html"):
            return
        attributes = element.attributes(self.page.source)
        if element.tag == "html":
            self.language = self.language or attributes.get("lang") or attributes.get("xml:lang")
        elif element.tag == "time" and attributes.get("datetime"):
            self.times.append((attributes["datetime"], element))
        elif element.tag == "link" and attributes.get("href"):
            for rel in attributes.get("rel", "").lower().split()[:4]:
                self.links.setdefault(rel, []).append((attributes["href"], element))
        elif element.tag == "meta" and attributes.get("content"):
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = attributes.get(key, "").strip().lower()
                if name:
                    self.metas.setdefault(name, []).append((attributes["content"], element))

    def meta(self, *names: str) -> Stated | None:
        """Return the first filled statement under one of the names, with the bytes of its value."""
        for name in names:
            for content, element in self.metas.get(name, ()):
                text = " ".join(content.split())
                if text:
                    return Stated(text, attribute_bytes(self.decoded, element, "content"))
        return None

    def script(self, text: str) -> Stated:
        """Return a value of JSON-LD with the bytes that say it, or those of its script."""
        start, end = self.said.script or (0, 0)
        at = self.page.source.find(text, start, end)
        span = (at, at + len(text)) if at >= 0 else (start, end)
        return Stated(text, self.decoded.bytes(*span))


def attribute_bytes(decoded: Decoded, element: Element, name: str) -> ByteSpan:
    """Return the bytes of an attribute's value, those of the tag where it is not found."""
    tag = decoded.text[element.start : min(element.end, element.start + 16_384)]
    found = re.search(
        rf"\b{name}\s{{0,8}}=\s{{0,8}}(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))",
        tag,
        re.IGNORECASE,
    )
    if found is None or found.lastindex is None:
        return decoded.bytes(element.start, element.end)
    start, end = found.span(found.lastindex)
    return decoded.bytes(element.start + start, element.start + end)


def block_bytes(decoded: Decoded, block: Block) -> ByteSpan:
    """Return the bytes from a block's first to its last filled piece, white space left out."""
    pieces = [piece for piece in block.pieces if not piece.line_break]
    start, end = pieces[0].start, pieces[-1].end
    text = decoded.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return decoded.bytes(start, end)


def read_fields(statements: Statements, judged: Sequence[Judged]) -> Fields:
    """Return what the page states of itself."""
    publisher = _publisher(statements, judged)
    title = _title(statements, judged, publisher)
    return Fields(
        title=title,
        publisher=publisher,
        bylines=_bylines(statements, judged, publisher),
        dates=_dates(statements, judged),
        url=_url(statements),
        language=statements.language or _first(statements.meta("og:locale", "content-language")),
    )


def _first(stated: Stated | None) -> str | None:
    return stated.text if stated is not None else None


def _publisher(statements: Statements, judged: Sequence[Judged]) -> Stated | None:
    found = statements.meta(_PUBLISHERS[0])
    if found is not None and len(found.text) <= _LONGEST_NAME and not found.text.startswith("@"):
        return found
    if statements.said.publisher:
        return statements.script(statements.said.publisher)
    found = statements.meta(*_PUBLISHERS[1:])
    if found is not None and len(found.text) <= _LONGEST_NAME and "://" not in found.text:
        return found
    return _site_in_title(statements, judged)


def _site_in_title(statements: Statements, judged: Sequence[Judged]) -> Stated | None:
    """Return the site's name out of "Site :: Title", where the page bears it alone somewhere as well."""
    window = next((one for one in judged if one.block.parent.tag == "title"), None)
    if window is None:
        return None
    parts = [part.strip() for part in _TITLE_PARTS.split(window.text) if part and part.strip()]
    headings = {folded(one.text) for one in judged if one.block.parent.tag == "h1"}
    alone = {
        folded(one.text) for one in judged if one is not window and len(one.text) <= _LONGEST_NAME
    }
    for at, other in ((0, -1), (-1, 0)):
        name = parts[at] if len(parts) > 1 else ""
        titled = name and folded(parts[other]) in headings
        if titled and folded(name) in alone - headings and len(name) <= _LONGEST_NAME:
            return Stated(name, block_bytes(statements.decoded, window.block))
    return None


def _title(
    statements: Statements, judged: Sequence[Judged], publisher: Stated | None
) -> Stated | None:
    """Prefer a first-level heading that the head confirms, then the head, then any heading."""
    decoded = statements.decoded
    headings = [one for one in judged if in_heading(one.block) and len(one.text) <= _LONGEST_TITLE]
    head = statements.meta("og:title", "twitter:title", "dc.title", "headline")
    window = next((one for one in judged if one.block.parent.tag == "title"), None)
    said = statements.said.title
    claims = [folded(text) for text in (_first(head), said, window and window.text) if text]
    site = folded(publisher.text) if publisher else ""
    for one in headings:
        words = folded(one.text)
        if words and words != site and any(_confirms(claim, words) for claim in claims):
            return Stated(one.text, block_bytes(decoded, one.block))
    if head is not None:
        return Stated(_without_site(head.text, publisher), head.at)
    if said:
        return statements.script(said)
    named = [one for one in headings if folded(one.text) not in ("", site)]
    if len(named) == 1:
        return Stated(named[0].text, block_bytes(decoded, named[0].block))
    if window is not None:
        return Stated(_without_site(window.text, publisher), block_bytes(decoded, window.block))
    return Stated(named[0].text, block_bytes(decoded, named[0].block)) if named else None


def _confirms(claim: str, words: str) -> bool:
    """Tell whether a statement says the same as a heading, with a little more or less."""
    if words in claim or claim in words:
        return len(words) * 3 >= len(claim) or len(words.split()) >= 4
    one, other = set(claim.split()), set(words.split())
    return 2 * len(one & other) > max(len(one), len(other))


def _without_site(text: str, publisher: Stated | None) -> str:
    """Cut the site's name off a window title: the last part where it is the publisher's or short."""
    cuts = list(_TITLE_PARTS.finditer(text))
    if not cuts:
        return text
    head, tail = text[: cuts[-1].start()].strip(), text[cuts[-1].end() :].strip()
    if publisher is not None and folded(publisher.text) in folded(text[cuts[0].end() :]):
        for cut in cuts:
            if folded(text[cut.end() :]).startswith(folded(publisher.text)):
                return text[: cut.start()].strip() or text
    return head if head and len(tail.split()) <= 4 and len(head) > 2 * len(tail) else text


def _bylines(
    statements: Statements, judged: Sequence[Judged], publisher: Stated | None
) -> tuple[Stated, ...]:
    said = statements.said
    found = [statements.script(name) for name in said.authors]
    if not found:
        for name in _AUTHORS:
            for content, element in statements.metas.get(name, ()):
                if "://" not in content and len(content) <= 2 * _LONGEST_NAME:
                    at = attribute_bytes(statements.decoded, element, "content")
                    found += [Stated(text, at) for text in split_names(content)]
            if found:
                break
    if not found:
        found = _visible_bylines(statements, judged)
    if not found:
        found = [statements.script(name) for name in said.organisations]
    site = folded(publisher.text) if publisher else ""
    seen: set[str] = {site} if any(folded(one.text) != site for one in found) else set()
    out: list[Stated] = []
    for one in found:
        if folded(one.text) not in seen and 2 <= len(one.text) <= _LONGEST_NAME:
            seen.add(folded(one.text))
            out.append(one)
    return tuple(out[:12])


def _visible_bylines(statements: Statements, judged: Sequence[Judged]) -> list[Stated]:
    """Read the blocks that are marked as bylines, and short ones before the text that begin like one."""
    found: list[Stated] = []
    source = statements.page.source
    body_seen = 0
    for one in judged:
        if one.kept and len(one.text) > 120:
            body_seen += 1
        if body_seen > 1 or len(found) >= 6:
            break
        if len(one.text) > 160:
            continue
        marked = _is_marked_byline(one.block, source)
        labelled = [
            part[label.value :]
            for part in _BARS.split(one.text)
            for label in plain_words.labels(part)
            if label.kind == "byline"
        ]
        if not marked and not labelled:
            continue
        text = labelled[0] if labelled else one.text
        at = block_bytes(statements.decoded, one.block)
        text = text.split("|")[0].split(" - ")[0].split(" — ")[0].split("•")[0].strip()
        spans = plain_words.names(text.rstrip(".,")) or plain_words.names(text.split(",")[0])
        found += [Stated(text[start:end], at) for start, end in spans]
    return found


def _is_marked_byline(block: Block, source: str) -> bool:
    element: Element | None = block.pieces[0].parent
    for _ in range(4):
        if element is None or element.parent is None:
            return False
        attributes = element.attributes(source)
        if attributes.get("rel") == "author" or context_of(element, source) == "byline":
            return True
        element = element.parent
    return False


def split_names(text: str) -> list[str]:
    """Return the names in a statement of authors, without "By" before them."""
    text = _BY.sub("", " ".join(text.split()))
    parts = [part.strip(" .,;") for part in _AND.split(text)]
    return [part for part in parts if part and not part.isdigit() and not plain_words.is_role(part)]


def _dates(statements: Statements, judged: Sequence[Judged]) -> list[Stated]:
    decoded, source = statements.decoded, statements.page.source
    dates = [statements.script(date) for date in statements.said.published]
    for name in _PUBLISHED:
        for content, element in statements.metas.get(name, ()):
            dates.append(Stated(content, attribute_bytes(decoded, element, "content")))
    for value, element in statements.times:
        attributes = element.attributes(source)
        marked = "pubdate" in attributes or attributes.get("itemprop") == "datePublished"
        if marked or "published" in attributes.get("class", "").lower().split():
            dates.append(Stated(value, attribute_bytes(decoded, element, "datetime")))
    return dates + _visible_dates(statements, judged) + _filed(decoded, judged)


def _filed(decoded: Decoded, judged: Sequence[Judged]) -> list[Stated]:
    """Return the day of the dateline with which the text begins: "SAMARA, March 4, 2023 —"."""
    for one in [one for one in judged if one.kept][:2]:
        filed = dateline(one.text)
        if filed is not None and filed.day is not None:
            return [Stated(one.text[slice(*filed.day)], block_bytes(decoded, one.block))]
    return []


def _visible_dates(statements: Statements, judged: Sequence[Judged]) -> list[Stated]:
    """Return datelines: a date alone in a short block between title and text, and its <time>."""
    found: list[Stated] = []
    for one in _head(judged):
        labels = plain_words.labels(one.text)
        if len(one.text) > _LONGEST_DATELINE or any(label.kind == "updated" for label in labels):
            continue
        start, end = one.block.pieces[0].start, one.block.pieces[-1].end
        for value, element in statements.times:
            if start - _TIME_BEFORE <= element.start <= end:
                at = attribute_bytes(statements.decoded, element, "datetime")
                found.append(Stated(value, at))
                break
        values = [label.value for label in labels if label.kind == "published"]
        text = one.text[values[0] :] if values else one.text
        at = block_bytes(statements.decoded, one.block)
        parts = [part.strip() for part in _DATELINE_PARTS.split(text)[:4]]
        found += [Stated(part, at) for part in dict.fromkeys((text, *parts)) if part]
    return found


def _head(judged: Sequence[Judged]) -> Sequence[Judged]:
    """Return the blocks from a little before the title to the first paragraph of the text."""
    first = next(
        (at for at, one in enumerate(judged) if one.kept and len(one.text) > 80), len(judged)
    )
    title = next((at for at, one in enumerate(judged) if in_heading(one.block)), first - 12)
    return judged[max(0, min(title, first) - 6) : first + 1][:40]


def _url(statements: Statements) -> Stated | None:
    for href, element in statements.links.get("canonical", ()):
        if href.startswith(("http://", "https://")):
            return Stated(href.strip(), attribute_bytes(statements.decoded, element, "href"))
    found = statements.meta("og:url", "twitter:url")
    if found is not None and found.text.startswith(("http://", "https://")):
        return found
    for start, end in statements.page.comments[:40]:
        comment = statements.page.source[start : min(end, start + 4_000)]
        match = _SAVED_FROM.search(comment) or (
            _SAVED_URL.search(comment) if _SAVED_BY.search(comment[1:]) else None
        )
        if match is not None:
            at = statements.decoded.bytes(start + match.start(1), start + match.end(1))
            return Stated(match[1], at)
    return statements.script(statements.said.url) if statements.said.url else None
