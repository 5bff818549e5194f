"""A Rich Text document to a report: its words by the control words that matter to a text."""

import re
from dataclasses import dataclass, field, replace

from guvoh.clean.docx import finished
from guvoh.clean.rendering import Origin, Rendering, noted, titled
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding

# Rich Text Format 1.9.1. A token is a control word with its number, a byte in hexadecimal, a
# control sign, a brace, or words.
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_MOST_DEPTH = 1_000
_SKIPPED = frozenset(
    {
        "colortbl", "stylesheet", "pict", "object", "themedata", "listtable", "listoverridetable",
        "rsidtbl", "generator", "xmlnstbl", "latentstyles", "datastore", "fldinst", "filetbl",
        "revtbl", "mmathPr", "colorschememapping", "bkmkstart", "bkmkend", "pntext", "listtext",
        "nonshppict", "atnid", "atnauthor", "atntime", "atndate", "atnref", "atnparent", "info",
    }
)  # fmt: skip
_ASIDES = {
    "header": "header or footer", "headerl": "header or footer", "headerr": "header or footer",
    "headerf": "header or footer", "footer": "header or footer", "footerl": "header or footer",
    "footerr": "header or footer", "footerf": "header or footer", "annotation": "comment",
    "author": "author in the file's properties", "operator": "author in the file's properties",
}  # fmt: skip
_CHARACTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "tab": " ",
}  # fmt: skip
# Notes, the texts of shapes, of today's programs and of old ones, and these doubled.
_PLACES = frozenset({"footnote", "shptxt", "dptxbxtext", "shprslt"})
# \fcharset to code page, from the same document.
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds within a pair of braces."""

    skipped: bool = False
    aside: str | None = None
    destination: str = ""
    font: int = -1
    after_unicode: int = 1  # characters that stand in for one that old programs cannot show
    starred: bool = False


@dataclass(slots=True)
class _Reading:
    rendering: Rendering
    data: bytes
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list)
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font_at: int = 0
    bytes_waiting: bytearray = field(default_factory=bytearray)
    waiting_from: int = 0
    waiting_to: int = 0
    unsaid: int = 0  # stand-ins that are still to be passed over
    high: int = 0  # first half of a character beyond 16 bits
    aside: list[tuple[str, int, int]] = field(default_factory=list)
    aside_reason: str | None = None
    notes: list[list[tuple[str, int, int]]] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    too_deep: bool = False


def read_rtf(source: Source) -> Outcome:
    """Read a Rich Text document; never raises."""
    rendering = Rendering()
    reading = _Reading(rendering, source.data)
    _walk(reading)
    findings: list[Finding] = []
    if reading.too_deep:
        text = "It nests too deep; what came before was read."
        findings.append(noted(source, "damaged-file", text))
    elif reading.stack:
        text = "It is cut short: groups are left open. What is there was read."
        findings.append(noted(source, "damaged-file", text))
    return titled(finished(source, rendering, findings, None), "".join(reading.title))


def _walk(reading: _Reading) -> None:
    at, data = 0, reading.data
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            break
        at = match.end()
        if match["hex"]:
            _byte(reading, bytes([int(match["hex"], 16)]), match.start(), at)
        elif match["text"]:
            _plain(reading, match["text"], match.start())
        elif match["word"]:
            word = match["word"].decode("ascii")
            number = int(match["number"]) if match["number"] else None
            if word == "bin" and number and number > 0:
                at += number
            elif word == "u" and number is not None:
                _unicode(reading, number, match.start(), at)
            else:
                _flush(reading)
                _control(reading, word, number, (match.start(), at))
        elif match["sign"] or match["brace"]:
            _flush(reading)
            reading.unsaid = 0 if match["brace"] else reading.unsaid
            if not _sign(reading, match["sign"] or match["brace"], match.start(), at):
                reading.too_deep = True
                break
    _flush(reading)
    _end_aside(reading)
    reading.rendering.end_paragraph()
    for note in reading.notes:
        for words, first, last in note:
            reading.rendering.say(words, Origin("file", first, last))
        reading.rendering.end_paragraph()


def _sign(reading: _Reading, sign: bytes, first: int, last: int) -> bool:
    """Take a brace or control sign; say whether reading may go on."""
    if sign == b"{":
        reading.stack.append(reading.group)
        reading.group = replace(reading.group, starred=False)
        return len(reading.stack) <= _MOST_DEPTH
    if sign == b"}":
        if reading.stack:
            left = reading.group
            reading.group = reading.stack.pop()
            if left.aside != reading.group.aside:
                _end_aside(reading)
            if left.destination == "box" != reading.group.destination:
                reading.rendering.close_box()
    elif sign == b"*":
        reading.group = replace(reading.group, starred=True)
    elif sign == b"~":
        _say(reading, "\u00a0", first, last)
    elif sign == b"_":
        _say(reading, "-", first, last)
    elif sign in b"\\{}":
        _say(reading, sign.decode("ascii"), first, last)
    elif sign in b"\r\n":
        _paragraph(reading)
    return True


def _control(reading: _Reading, word: str, number: int | None, at: tuple[int, int]) -> None:
    group = reading.group
    if group.destination == "fonttbl":
        _font(reading, word, number)
    elif word in _ASIDES:
        reading.group = replace(group, aside=_ASIDES[word], skipped=False)
    elif word == "title" and group.skipped:
        reading.group = replace(group, destination="title", skipped=False)
    elif word in _PLACES or word in _SKIPPED or (group.starred and word != "fldrslt"):
        reading.group = _entered(reading, word)
    elif word == "fonttbl":
        reading.group = replace(group, destination="fonttbl", skipped=True)
    elif word in _CHARACTERS:
        _say(reading, _CHARACTERS[word], *at)
    elif word in {"par", "sect", "row", "page", "nestrow"}:
        _paragraph(reading)
    elif word == "line" and not group.skipped and group.aside is None:
        reading.rendering.break_line()
    elif word in {"cell", "nestcell"} and not group.skipped and group.aside is None:
        reading.rendering.cell()
    else:
        _state(reading, word, number)
    if reading.group.starred:
        reading.group = replace(reading.group, starred=False)


def _entered(reading: _Reading, word: str) -> _Group:
    """Return the group of what a destination holds: a note, a box beside the text, or nothing to be read."""
    group = reading.group
    if word == "footnote":
        reading.notes.append([])
        return replace(group, destination=word)
    if word == "shprslt":  # a shape once more, for old programs
        return replace(group, destination=word, skipped=True)
    if word in _PLACES and group.destination not in {"shprslt", "box"}:
        reading.rendering.open_box()
        return replace(group, destination="box", skipped=False)
    return replace(group, skipped=True)


def _state(reading: _Reading, word: str, number: int | None) -> None:
    group = reading.group
    if word == "f" and number is not None:
        reading.group = replace(group, font=number)
    elif word == "uc" and number is not None:
        reading.group = replace(group, after_unicode=max(0, min(number, 9)))
    elif word == "ansicpg" and number is not None:
        reading.encoding = _known(f"cp{number}")
    elif word in {"v", "deleted"}:
        reason = "hidden text" if word == "v" else "deleted in tracked changes"
        reading.group = replace(group, aside=None if number == 0 else reason)
    elif word == "plain" and group.aside in {"hidden text", "deleted in tracked changes"}:
        reading.group = replace(group, aside=None)


def _known(encoding: str) -> str:
    try:
        b"a".decode(encoding)
    except (LookupError, ValueError):
        return "cp1252"
    return encoding


def _font(reading: _Reading, word: str, number: int | None) -> None:
    if word == "f" and number is not None:
        reading.font_at = number
    elif word == "fcharset" and number in _CHARSETS:
        reading.fonts[reading.font_at] = _CHARSETS[number]


def _paragraph(reading: _Reading) -> None:
    if reading.group.skipped:
        return
    if reading.group.aside is None and reading.group.destination != "footnote":
        reading.rendering.end_paragraph()


def _plain(reading: _Reading, text: bytes, first: int) -> None:
    passed = min(reading.unsaid, len(text))
    reading.unsaid -= passed
    if passed < len(text):
        _byte(reading, text[passed:], first + passed, first + len(text))


def _byte(reading: _Reading, text: bytes, first: int, last: int) -> None:
    if len(text) == 1 and reading.unsaid:
        reading.unsaid -= 1
        return
    # Bytes as they stand are said apart from bytes in hexadecimal, whose places are four long.
    exact = last - first == len(text)
    if reading.bytes_waiting and (exact or reading.waiting_to != first):
        _flush(reading)
    if not reading.bytes_waiting:
        reading.waiting_from = first
    reading.bytes_waiting += text
    reading.waiting_to = last
    if exact:
        _flush(reading)


def _flush(reading: _Reading) -> None:
    if reading.bytes_waiting:
        encoding = reading.fonts.get(reading.group.font, reading.encoding)
        words = bytes(reading.bytes_waiting).decode(encoding, "replace")
        reading.bytes_waiting.clear()
        _say(reading, words, reading.waiting_from, reading.waiting_to)


def _unicode(reading: _Reading, number: int, first: int, last: int) -> None:
    _flush(reading)
    code = number % 65_536
    if 0xD800 <= code < 0xDC00:
        reading.high = code
    else:
        if 0xDC00 <= code < 0xE000 and reading.high:
            code = 0x10000 + ((reading.high - 0xD800) << 10) + code - 0xDC00
        _say(reading, chr(code), first, last)
        reading.high = 0
    reading.unsaid = reading.group.after_unicode


def _say(reading: _Reading, words: str, first: int, last: int) -> None:
    group = reading.group
    if group.skipped:
        return
    if group.destination == "title":
        reading.title.append(words)
    elif group.aside is not None:
        if group.aside != reading.aside_reason:
            _end_aside(reading)
        reading.aside_reason = group.aside
        reading.aside.append((words, first, last))
    elif group.destination == "footnote" and reading.notes:
        reading.notes[-1].append((words, first, last))
    else:
        _end_aside(reading)
        reading.rendering.say(words, Origin("file", first, last))


def _end_aside(reading: _Reading) -> None:
    if reading.aside:
        said = "".join(words for words, _, _ in reading.aside)
        origin = Origin("file", reading.aside[0][1], reading.aside[-1][2])
        reading.rendering.aside(said, reading.aside_reason or "", origin)
    reading.aside, reading.aside_reason = [], None
