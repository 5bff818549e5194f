"""Telegram's JSON export to reports: each post of a channel, each day of a chat."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from guvoh.clean.chat import Message, Said, days, posts, unread
from guvoh.clean.decode import Decoded, decode
from guvoh.clean.json_places import (
    JsonError,
    Text,
    Value,
    elements,
    members,
    stretches,
    value,
)
from guvoh.clean.rendering import Origin, noted
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.model.report import Report

# Keys of result.json as Telegram Desktop writes it (export_output_json.cpp).
_CHATS = ("chats", "left_chats")
_MEDIA = ("photo", "file", "contact_vcard")


@dataclass(slots=True)
class _Chat:
    """One chat of an export."""

    identity: str = ""
    type: str = ""
    name: Said | None = None
    messages: list[Message] = field(default_factory=list)


def read_json(source: Source) -> Outcome:
    """Read a Telegram export; any other JSON is named and not read. Never raises."""
    decoded = decode(source.data)
    chats: list[_Chat] = []
    findings: list[Finding] = []
    try:
        for at in _chats(decoded.text):
            chats.append(_Chat())
            _read_chat(decoded, at, chats[-1])
    except JsonError as problem:
        if any(chat.messages for chat in chats):
            findings.append(noted(source, "damaged-file", str(problem)))
    reports: list[Report] = []
    for chat in chats:
        prefix = f"{chat.identity}-" if len(chats) > 1 else ""
        channel = chat.type.endswith("_channel")
        make = posts(source, chat.name, chat.messages, prefix) if channel else None
        reports += make if make is not None else days(source, chat.messages, prefix)
        findings += unread(source, chat.messages)
    if not reports:
        text = "It is JSON, and no export of a chat that guvoh reads: the bytes are kept. "
        return (), (*findings, noted(source, "not-read", f"{text}{_ADVICE}"))
    return tuple(reports), tuple(findings)


_ADVICE = "Export chats from Telegram Desktop as JSON or HTML; save other data as text or CSV."


def _chats(text: str) -> Iterator[int]:
    """Yield where each chat of an export begins: the whole file is one, or holds lists of them."""
    top = dict(_first_of(text, 0))
    if "messages" in top:
        yield 0
        return
    for key in _CHATS:
        if key in top:
            listed = dict(_first_of(text, top[key])).get("list")
            if listed is not None:
                yield from elements(text, listed)


def _first_of(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield the members of an object as far as it can be read."""
    try:
        yield from members(text, at)
    except JsonError:
        return


def _read_chat(decoded: Decoded, at: int, chat: _Chat) -> None:
    text = decoded.text
    for key, start in members(text, at):
        if key == "messages":
            for one in elements(text, start):
                found = value(text, one)
                if isinstance(found, dict):
                    _keep(decoded, found, chat)
        elif key in ("name", "type", "id"):
            said = value(text, start)
            if isinstance(said, Text):
                if key == "name":
                    chat.name = _said(decoded, said)
                chat.type = said.text if key == "type" else chat.type
            elif isinstance(said, str) and key == "id":
                chat.identity = said[:40]


def _keep(decoded: Decoded, told: dict[str, Value], chat: _Chat) -> None:
    """Keep a message; what the program itself says ("joined the group") is none."""
    kind = told.get("type")
    dated = told.get("date")
    if not isinstance(kind, Text) or kind.text != "message" or not isinstance(dated, Text):
        return
    identity = told.get("id")
    message = Message(
        number=identity[:40] if isinstance(identity, str) else str(len(chat.messages) + 1),
        at=_time(dated.text, told.get("date_unixtime")),
        sender=_text_of(decoded, told.get("author")) or _text_of(decoded, told.get("from")),
        clock=_said(decoded, dated),
        forwarded=_text_of(decoded, told.get("forwarded_from")),
        edited=_text_of(decoded, told.get("edited")),
        media=[one for key in _MEDIA if (one := _text_of(decoded, told.get(key)))],
    )
    entities = told.get("text_entities")
    message.said = list(_words(decoded, entities or told.get("text")))
    chat.messages.append(message)


def _words(decoded: Decoded, said: Value | None) -> Iterator[Said | None]:
    """Yield the words of a text that is a string, or a list of strings and marked strings."""
    if isinstance(said, Text):
        for words, start, end in stretches(decoded.text, said):
            span = decoded.bytes(start, end)
            if words == "\n":
                yield None
            else:
                yield words, Origin("file", span.start, span.end)
    elif isinstance(said, list):
        for one in said:
            yield from _words(decoded, one.get("text") if isinstance(one, dict) else one)


def _text_of(decoded: Decoded, said: Value | None) -> Said | None:
    return _said(decoded, said) if isinstance(said, Text) and said.text.strip() else None


def _said(decoded: Decoded, said: Text) -> Said:
    span = decoded.bytes(said.start, said.end)
    return said.text, Origin("file", span.start, span.end)


def _time(local: str, unix: Value | None) -> str | None:
    """Return the exporter's local time, with the offset that the time in seconds gives away."""
    try:
        moment = datetime.fromisoformat(local)
    except ValueError:
        return None
    seconds = unix.text if isinstance(unix, Text) else unix if isinstance(unix, str) else ""
    if not seconds.isdecimal() or len(seconds) > 11 or moment.tzinfo is not None:
        return moment.isoformat(timespec="seconds")
    ahead = moment.replace(tzinfo=UTC) - datetime.fromtimestamp(int(seconds), UTC)
    minutes = round(ahead.total_seconds() / 60)
    if abs(minutes) > 15 * 60:
        return moment.isoformat(timespec="seconds")
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    zone = f"{sign}{hours:02d}:{rest:02d}" if minutes else "Z"
    return moment.isoformat(timespec="seconds") + zone
