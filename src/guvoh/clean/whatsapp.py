"""Chats exported as text (WhatsApp on Android and iOS, Signal tools) to reports, one a day."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guvoh.clean.chat import Message, days, unread
from guvoh.clean.decode import Decoded, decode
from guvoh.clean.plain_words import flat
from guvoh.clean.rendering import Origin, noted
from guvoh.clean.source import Outcome, Source

# "[06.03.23, 10:04:05] Name: …" (iOS), "06/03/2023, 10:04 - Name: …" (Android), "3/6/23, 10:04 AM - …",
# "[2023-03-06 10:04] Name: …" (Signal). The marks of direction and narrow blanks are the programs' own.
_HEAD = re.compile(
    r"[\u200e\u200f\ufeff]{0,3}(?P<open>\[)?(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),?[ \u00a0\u202f]{1,2}"
    r"(?P<clock>\d{1,2}[:.]\d\d(?:[:.]\d\d)?)(?:[ \u00a0\u202f]?(?P<half>[apAP])\.?[ \u00a0]?[mM]\.?)?"
    r"(?(open)\]|[ \u00a0]?[-–—])[ \u00a0]{0,2}[\u200e\u200f]{0,3}"
)
_SENDER = re.compile(r"([^:\n]{1,80}): ?")
_ATTACHED = re.compile(
    r"[\u200e\u200f]{0,3}(?:<[^<>:\n]{2,30}: (?P<ios>[^<>\n]{1,120})>|(?P<android>[^\n<>/\\]{1,120}\.\w{2,5}) \([^()\n]{4,40}\))\s*$"
)
_EDITED = re.compile(
    r"[ \u200e]{0,4}<(?:this message was edited|se editó este mensaje\.?|сообщение изменено|данное сообщение изменено)>\s*$",
    re.IGNORECASE,
)
# What stands in place of a picture, recording or file that was left out, and of a message that was deleted.
_OMITTED = re.compile(
    r"<(?:media omitted|multimedia omitido|m.dias omis|без медиафайлов)>"
    r"|(?:image|photo|audio|video|gif|sticker|document|contact card) omitted"
    r"|(?:imagen|foto|audio|video|gif|sticker|documento|tarjeta de contacto) omitid[oa]"
    r"|(?:image|photo|audio|vid.o|gif|sticker|document|fiche contact) (?:absente?|omise?)"
    r"|(?:изображение|фото|аудио|видео|gif|стикер|документ|карточка контакта) (?:отсутствует|пропущен[оа]?)"
)
_DELETED = frozenset(
    {
        "this message was deleted", "you deleted this message", "данное сообщение удалено",
        "сообщение удалено", "вы удалили данное сообщение", "se eliminó este mensaje",
        "eliminaste este mensaje", "ce message a été supprimé", "vous avez supprimé ce message",
    }
)  # fmt: skip
_FIRST, _SAMPLE = 400, 40_000  # bytes
_LOOKED_AT = 200  # lines by which it is told whether a text is a chat
_FEWEST, _SHARE = 3, 5  # heads, and one of so many lines


class _Start(NamedTuple):
    """The head of one message in the decoded text."""

    found: re.Match[str]
    line: int  # where its line begins
    figures: tuple[int, int, int]


def is_chat(data: bytes) -> bool:
    """Say whether a text is a chat as these programs export it: its first line has a head, too."""
    if not _HEAD.match(decode(data[:_FIRST]).text.lstrip()):
        return False
    lines = [one for one in decode(data[:_SAMPLE]).text.splitlines() if one.strip()][:_LOOKED_AT]
    named = sum(_is_message(line) for line in lines)
    return named >= _FEWEST and named * _SHARE >= len(lines)


def _is_message(line: str) -> bool:
    head = _HEAD.match(line)
    return head is not None and _SENDER.match(line, head.end()) is not None


def read_chat(source: Source) -> Outcome:
    """Read an exported chat; never raises. Days and months that nothing tells apart stay open."""
    decoded = decode(source.data)
    starts = list(_starts(decoded.text))
    order = _order(starts)
    messages = list(_messages(decoded, starts, order))
    reports = tuple(days(source, messages))
    findings = unread(source, messages)
    if order is None:
        text = (
            "Its dates may be read with the day or the month first, and nothing in it decides which, so "
            "only the year was taken."
        )
        findings.append(noted(source, "dates-unclear", text, problem=False))
    if not reports:
        text = "It is a chat that holds no words of anybody, so nothing was read."
        return (), (*findings, noted(source, "no-text", text))
    return reports, tuple(findings)


def _starts(text: str) -> Iterator[_Start]:
    at = 0
    for raw in text.splitlines(keepends=True):
        head = _HEAD.match(text, at, at + min(len(raw), 200))
        if head is not None:
            figures = [int(part) for part in re.split(r"\D", head["date"])]
            yield _Start(head, at, (figures[0], figures[1], figures[2]))
        at += len(raw)


def _order(starts: Sequence[_Start]) -> str | None:
    """Return "ymd", "dmy" or "mdy", whichever alone makes dates, in order; None where two do."""
    if starts and starts[0].figures[0] > 31:
        return "ymd"
    if starts and "." in starts[0].found["date"]:
        return "dmy"  # no country writes the month first with full stops
    possible: list[str] = []
    for order in ("dmy", "mdy"):
        dates = [_date(start.figures, order) for start in starts]
        if all(one is not None for one in dates) and dates == sorted(map(str, dates)):
            possible.append(order)
    return possible[0] if len(possible) == 1 else None


def _date(figures: tuple[int, int, int], order: str) -> str | None:
    told = dict(zip(order, figures, strict=True))
    year = told["y"] + (2000 if told["y"] < 100 else 0)
    if not (1 <= told["m"] <= 12 and 1 <= told["d"] <= 31):
        return None
    return f"{year:04d}-{told['m']:02d}-{told['d']:02d}"


def _is_programs(line: str) -> bool:
    """Say whether the program says this in place of somebody."""
    said = flat(line).strip("\u200e .")
    return line.startswith("\u200e") or said in _DELETED or _OMITTED.fullmatch(said) is not None


def _messages(decoded: Decoded, starts: Sequence[_Start], order: str | None) -> Iterator[Message]:
    text = decoded.text
    for number, start in enumerate(starts):
        end = starts[number + 1].line if number + 1 < len(starts) else len(text)
        head = start.found
        sender = _SENDER.match(text, head.end(), min(end, head.end() + 100))
        if sender is None:
            continue  # what the program says: "joined", "messages are encrypted"
        name = sender[1].strip("\u200e\u200f\u202a\u202c\u2068\u2069 ~")
        message = Message(
            number=str(number + 1),
            at=_at(start, order),
            sender=(name, _origin(decoded, sender.start(1), sender.end(1))),
            clock=(head["clock"], _origin(decoded, head.start("clock"), head.end("clock"))),
        )
        _said(decoded, message, sender.end(), end)
        yield message


def _at(start: _Start, order: str | None) -> str | None:
    if order is None:
        year = start.figures[2] + (2000 if start.figures[2] < 100 else 0)
        return f"{year:04d}"
    day = _date(start.figures, order)
    clock = start.found["clock"].replace(".", ":").split(":")
    hour, half = int(clock[0]), (start.found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if day is None or hour > 23:
        return day
    seconds = clock[2] if len(clock) > 2 else "00"
    return f"{day}T{hour:02d}:{clock[1]}:{seconds}"


def _origin(decoded: Decoded, start: int, end: int) -> Origin:
    span = decoded.bytes(start, end)
    return Origin("file", span.start, span.end)


def _said(decoded: Decoded, message: Message, start: int, end: int) -> None:
    """Take the lines of a message; what the program puts in place of media is set apart."""
    at = start
    for raw in decoded.text[start:end].splitlines(keepends=True):
        line = raw.rstrip()
        edited = _EDITED.search(line)
        if edited is not None:
            place = _origin(decoded, at + edited.start(), at + len(line))
            message.edited = edited[0].strip(" \u200e"), place
            line = line[: edited.start()]
        attached = _ATTACHED.match(line)
        origin = _origin(decoded, at, at + len(line))
        if attached is not None:
            name = attached["ios"] or attached["android"]
            message.media.append((name.strip("\u200e "), origin))
        elif _is_programs(line):
            said = line.strip("\u200e ")
            message.asides.append((said, "said by the program", origin))
            message.left_out += _OMITTED.fullmatch(flat(said)) is not None
        elif line:
            message.said += [(line, origin), None]
        at += len(raw)
