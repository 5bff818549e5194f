"""What a page says of itself in JSON-LD (schema.org)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from guvoh.clean.html_tokens import Page

_LONGEST = 2_000_000
_MOST_NODES = 5_000
_ARTICLES = frozenset(
    [
        "NewsArticle",
        "Article",
        "BlogPosting",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "LiveBlogPosting",
        "Report",
        "SocialMediaPosting",
        "TechArticle",
        "ScholarlyArticle",
    ]
)
_ORGANISATIONS = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})
_PAGES = frozenset({"WebPage", "ItemPage", "CollectionPage", "AboutPage"})


@dataclass(slots=True)
class Said:
    """Values of the page's article object in JSON-LD; `script` is where it stands in the source."""

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)  # authors that are no persons
    publisher: str | None = None
    published: list[str] = field(default_factory=list)
    url: str | None = None
    script: tuple[int, int] | None = None


def read_json(page: Page) -> Said:
    """Return what the first article object says, completed by a page object; empty if none."""
    said = Said()
    found: list[tuple[int, dict[str, Any], tuple[int, int]]] = []
    by_id: dict[str, dict[str, Any]] = {}
    for start, end in page.scripts[:40]:
        for node in _nodes(page.source[start:end]):
            identity = node.get("@id")
            if isinstance(identity, str) and len(node) > 1:
                by_id.setdefault(identity, node)
            rank = _rank(node)
            if rank is not None:
                found.append((rank, node, (start, end)))
    for _, node, script in sorted(found, key=lambda item: item[0])[:4]:
        _take(said, node, by_id, script)
    return said


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    if len(text) > _LONGEST:
        return
    text = text.strip().removeprefix("<!--").removesuffix("-->")
    text = text.strip().removeprefix("//<![CDATA[").removeprefix("<![CDATA[")
    text = text.strip().removesuffix("]]>").removesuffix("//").strip().rstrip(";")
    try:
        root = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    stack = [root]
    seen = 0
    while stack and seen < _MOST_NODES:
        seen += 1
        node = stack.pop(0)
        if isinstance(node, list):
            stack[:0] = node[:500]
        elif isinstance(node, dict):
            yield node
            stack.extend(
                node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "publisher", "author")
                if isinstance(node.get(key), dict | list)
            )  # fmt: skip


def _types(node: dict[str, Any]) -> set[str]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {item.rsplit("/", 1)[-1] for item in values if isinstance(item, str)}


def _rank(node: dict[str, Any]) -> int | None:
    types = _types(node)
    if types & _ARTICLES:
        return 0
    return 1 if types & _PAGES and ("datePublished" in node or "headline" in node) else None


def _take(
    said: Said, node: dict[str, Any], by_id: dict[str, dict[str, Any]], script: tuple[int, int]
) -> None:
    said.script = said.script or script
    said.title = said.title or _text(node.get("headline")) or None
    for key in ("datePublished", "dateCreated"):
        date = _text(node.get(key))
        if date and date not in said.published:
            said.published.append(date)
    if not said.authors and not said.organisations:
        for author in _named(node.get("author") or node.get("creator"), by_id):
            (said.authors if author[1] else said.organisations).append(author[0])
    if said.publisher is None:
        names = _named(node.get("publisher") or node.get("sourceOrganization"), by_id)
        said.publisher = names[0][0] if names else None
    said.url = said.url or _address(node.get("url")) or _address(node.get("mainEntityOfPage"))


def _named(value: Any, by_id: dict[str, dict[str, Any]]) -> list[tuple[str, bool]]:
    """Return the names in an author or publisher, each with whether it is a person's."""
    out: list[tuple[str, bool]] = []
    for item in (value if isinstance(value, list) else [value])[:20]:
        if isinstance(item, dict):
            known = by_id.get(item.get("@id", "")) if isinstance(item.get("@id"), str) else None
            name = _text(item.get("name")) or _text((known or {}).get("name"))
            types = _types(item) or _types(known or {})
            if name:
                out.append((name, not types & _ORGANISATIONS))
        elif isinstance(item, str) and _text(item) and "://" not in item:
            out.append((_text(item), True))
    return out


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str) or len(value) > 1_000:
        return ""
    return " ".join(unescape(value).split())


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    if isinstance(value, str) and value.startswith(("http://", "https://")) and len(value) < 2_000:
        return value
    return None
