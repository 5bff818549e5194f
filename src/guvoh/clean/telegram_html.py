"""Telegram's HTML export to reports, as its JSON export."""

import re
from collections.abc import Iterator

from guvoh.clean.chat import Message, Said, days, posts, unread
from guvoh.clean.decode import Decoded, decode
from guvoh.clean.html_fields import attribute_bytes
from guvoh.clean.html_tokens import Block, Element, Page, scan
from guvoh.clean.mail_lines import unescaped
from guvoh.clean.rendering import Origin, noted
from guvoh.clean.source import Outcome, Source
from guvoh.model.report import Report

# What messages.html holds as Telegram Desktop writes it (export_output_html.cpp).
_MARKS = (b'class="page_header', b'class="message ', b'class="history"')
_HEAD, _TOP = 262_144, 32_768  # bytes in which the marks stand; the first of them in the top
_MESSAGE = re.compile(r"message(-?\d{1,18})")
_TIME = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_MOST_ABOVE = 40


def is_export(data: bytes) -> bool:
    """Say whether a page is an export of a chat out of Telegram."""
    top, *others = _MARKS
    if data.find(top, 0, _TOP) < 0:
        return False
    return all(data.find(mark, 0, _HEAD) >= 0 for mark in others)


def read_export(source: Source) -> Outcome:
    """Read messages.html; never raises."""
    decoded = decode(source.data, source.charset)
    page = scan(decoded.text)
    name, messages = _messages(decoded, page)
    _media(decoded, page, messages)
    held = list(messages.values())
    senders = {one.sender[0] for one in held if one.sender}
    channel = name is not None and senders <= {name[0]}
    reports: list[Report] = list(posts(source, name, held) if channel else days(source, held))
    findings = unread(source, held)
    if not reports:
        text = "It is an export of a chat that holds no words, so nothing was read."
        return (), (*findings, noted(source, "no-text", text))
    return tuple(reports), tuple(findings)


def _messages(decoded: Decoded, page: Page) -> tuple[Said | None, dict[str, Message]]:
    name: Said | None = None
    found: dict[str, Message] = {}
    sender: Said | None = None
    for block in page.blocks:
        held = _holder(block.parent, page.source)
        if held is None:
            if name is None and _is(block.parent, page.source, "text") and _within(block, page):
                name = _joined(decoded, page, block)
            continue
        message = found.setdefault(held, Message(held, None, sender))
        sender = _take(decoded, page, block, message) or sender
    return name, found


def _take(decoded: Decoded, page: Page, block: Block, message: Message) -> Said | None:
    """Take a block of a message in; return its sender where the block names one."""
    element, source = block.parent, page.source
    forwarded = any(_is(one, source, "forwarded") for one in _above(element))
    if _is(element, source, "from_name"):
        named = _joined(decoded, page, block)
        if forwarded:
            message.forwarded = named
            return None
        message.sender = named
        return named
    if _is(element, source, "date"):
        title = element.attributes(source).get("title", "")
        at = attribute_bytes(decoded, element, "title")
        message.at = _time(title)
        if message.at and at is not None:
            message.clock = title, Origin("file", at.start, at.end)
    elif _is(element, source, "text"):
        message.said += _words(decoded, page, block)
    return None


def _words(decoded: Decoded, page: Page, block: Block) -> Iterator[Said | None]:
    for piece in block.pieces:
        if piece.line_break:
            yield None
        else:
            yield from unescaped(decoded, page.source, piece.start, piece.end, "file")
    yield None


def _joined(decoded: Decoded, page: Page, block: Block) -> Said | None:
    """Return the words of an element itself, without the date that stands in it."""
    said: list[tuple[str, Origin]] = []
    for piece in block.pieces:
        words = page.source[piece.start : piece.end]
        if piece.line_break or not words.strip() or _is(piece.parent, page.source, "date"):
            continue
        start = piece.start + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        said += unescaped(decoded, page.source, start, end, "file")
    words = "".join(one for one, _ in said)
    return (words, Origin("file", said[0][1].first, said[-1][1].last)) if words else None


def _media(decoded: Decoded, page: Page, messages: dict[str, Message]) -> None:
    """Name the pictures of messages by the files that the export keeps beside it."""
    for element in page.statements:
        held = _holder(element, page.source) if element.tag == "img" else None
        message = messages.get(held) if held else None
        if message is None:
            continue
        link = element.parent
        whole, key = (link, "href") if link is not None and link.tag == "a" else (element, "src")
        named = whole.attributes(page.source).get(key, "")
        at = attribute_bytes(decoded, whole, key)
        if named and at is not None:
            message.media.append((named, Origin("file", at.start, at.end)))


def _above(element: Element | None) -> Iterator[Element]:
    for _ in range(_MOST_ABOVE):
        if element is None:
            return
        yield element
        element = element.parent


def _is(element: Element, source: str, name: str) -> bool:
    return name in element.attributes(source).get("class", "").split()


def _within(block: Block, page: Page) -> bool:
    return any(_is(one, page.source, "page_header") for one in _above(block.parent))


def _holder(element: Element, source: str) -> str | None:
    """Return the number of the message that an element is part of; None for what the program says."""
    for one in _above(element):
        classes = one.attributes(source).get("class", "").split()
        if "message" in classes:
            number = _MESSAGE.fullmatch(one.attributes(source).get("id", ""))
            return number[1] if number and "service" not in classes else None
    return None


def _time(title: str) -> str | None:
    found = _TIME.match(title)
    if found is None:
        return None
    day, month, year, clock, zone = found.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return f"{year}-{month}-{day}T{clock}{'Z' if zone in ('+00:00', '-00:00') else zone or ''}"
