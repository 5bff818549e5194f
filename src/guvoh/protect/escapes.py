"""A text as it reads once escapes, tags, encodings and disguised addresses in it are undone."""

import re
import unicodedata
from base64 import b32decode, b64decode
from binascii import Error, unhexlify
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

from guvoh.clean.mime import text_of

_LONGEST = 4 << 20  # characters of one encoded run that are decoded
_DEEP = 2  # encodings within encodings
_STARTS = 8  # places of a run at which what is encoded may begin, after a slash or a dash
_SHORT = 40  # characters of a run that may be an ordinary word or path
_ENCODED = re.compile(
    r"[A-Za-z0-9+][A-Za-z0-9+/_-]{7,}(?:\r?\n[ \t]*[A-Za-z0-9+/_-]{20,})*(?:\r?\n[ \t]*[A-Za-z0-9+/_-]{1,19}(?==))?"
)
# What windows-1251 has for the second byte of a Cyrillic letter in UTF-8; it has nothing for 0x98.
_SECOND = (
    re.escape(bytes(one for one in range(0x80, 0xC0) if one != 0x98).decode("cp1251")) + "\x98"
)
# Letters by their numbers, decimal or hexadecimal, in a row.
_CODES = re.compile(
    r"(?:(?:0x|U\+)?\b[0-9A-Fa-f]{2,8}(?:[,;:] ?| )){3,200}(?:0x|U\+)?[0-9A-Fa-f]{2,8}\b"
)
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_BACKWARDS = r"<[Bb][Dd][Oo]\b[^<>]{0,200}[Rr][Tt][Ll][^<>]{0,200}>([^<>]{1,400})</[^<>]{0,9}>"
# What TeX puts on a letter: \v{s}.
_ACCENTS = {
    "v": "\u030c",
    "'": "\u0301",
    '"': "\u0308",
    "c": "\u0327",
    "`": "\u0300",
    "^": "\u0302",
}
# Each begins with a sign of its own, so that a search passes over plain text quickly.
_ESCAPED = re.compile(
    rf"{_BACKWARDS}"
    r"|</?[A-Za-z][^<>]{0,500}>|<!--[^<>]{0,500}-->|&(?:amp;){0,2}#?[A-Za-z0-9]{1,31};"
    r"|(?:%(?:25){0,2}[0-9A-Fa-f]{2})+|%u[0-9A-Fa-f]{4}|(?:=[0-9A-F]{2}|=\r?\n)+"  # addresses, mail
    r"|=\?[\w-]{2,30}\?[BbQq]\?[^?\s]{1,200}\?="  # words of headers, RFC 2047
    r"|\\[v'\"c`^]\{[A-Za-z]\}"  # TeX
    r"|(?:\\'[0-9A-Fa-f]{2})+|(?:\\u[1-9]\d{3,4}\?)+|\\U[0-9A-Fa-f]{8}"  # RTF, scripts
    r"|\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[0-9A-Fa-f]{4}|\\u[0-9A-Fa-f]{4}|(?:\\x[0-9A-Fa-f]{2})+"  # JSON, scripts
    r"|\\u\{[0-9A-Fa-f]{1,6}\}"
    r"|&#\d{2,7}|&#[xX][0-9A-Fa-f]{2,6}"  # entities that want their semicolon
    r"|\\0[0-9A-Fa-f]{4,5} ?|(?:\\[0-3][0-7]{2})+|\\[0-9A-Fa-f]{2,6} ?"  # octal escapes, and those of style sheets
    r"|\[/?(?:b|i|u|s|color|font|quote|size|sub|sup|url)(?:=[^\]\n]{0,200})?\]"  # tags of forums
    r"|[\u2460-\u24ff\U0001f100-\U0001f1ff]+"  # letters in circles, squares and flags
    r"|xn--[a-z0-9-]{2,59}"  # names of hosts, RFC 3492
    r"|\u202e[^\u202c\n]{1,400}"  # shown from right to left
    r"|[\u00c0-\u00ff]{4,}|(?:[\u00d0\u00d1][^\u00d0\u00d1\s<]){2,}"  # Cyrillic read as Latin, twice
    rf"|(?:[РС][{_SECOND}]){{3,}}|(?:[╨╤].){{3,}}"  # UTF-8 read as windows-1251, as DOS Cyrillic
    r"|\b[а-яё][А-ЯЁ]{3,}"  # KOI8-R and windows-1251 taken for each other
    r"|[\[({]\s?(?:at|dot|собака|точка)\s?[\])}]"
)
_SPELT = re.compile(r" (?:at (?=[\w.-]{1,60} dot \w)|dot (?=\w))")  # "name at example dot org"
_UNIT = re.compile(r"[\\%][uxU]\{?([0-9A-Fa-f]{1,8})")
_UTF8 = re.compile(
    rb"(?:[\x20-\x7e\t\r\n]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){4,}"
)
_UTF16 = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00|[^\x00]\x04){4,}")  # Latin and Cyrillic
_BIG = re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]|\x04[\x00-\x5f\x90-\xff]){4,}")
_LINE_ENDS = re.compile(r"\s+")
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")  # one flag
_FLAG = 0x1F1E6 - ord("a")  # flags are pairs of letters that stand from here
_SQUARED = 0x1F170


def as_read(text: str) -> tuple[str, list[int]] | None:
    """Return a text without tags and escapes, and where each of its characters begins in it.

    None where there is nothing of the kind.
    """
    pieces: list[str] = []
    at: list[int] = []
    done = 0
    for start, end, put in _read_all(text):
        pieces += [text[done:start], put]
        at += range(done, start)
        at += [start] * len(put)
        done = end
    if not pieces:
        return None
    pieces.append(text[done:])
    at += range(done, len(text))
    return "".join(pieces), at


def _read_all(text: str) -> Iterator[tuple[int, int, str]]:
    matches: Iterable[re.Match[str]] = _ESCAPED.finditer(text)
    if " dot " in text:
        matches = sorted((*matches, *_SPELT.finditer(text)), key=lambda match: match.start())
    done = 0
    for match in matches:
        put = _read(match[0])
        if put != match[0] and match.start() >= done:
            done = match.end()
            yield match.start(), done, put


def inside(text: str, depth: int = 0) -> Iterator[tuple[int, int, str]]:
    """Yield what escapes in a tag read as, and what base64 or hexadecimal encodes; each with where it stands."""
    for match in _ESCAPED.finditer(text):
        if match[0][0] == "<":
            read = as_read(match[0][1:-1])
            if read is not None:
                yield match.start(), match.end(), read[0]
    for match in _CODES.finditer(text):
        yield match.start(), match.end(), "\n".join(_of_codes(match[0]))
    for match in _ENCODED.finditer(text) if depth < _DEEP else ():
        said = _decoded(match[0])
        if said is not None:
            read = as_read(said)
            yield match.start(), match.end(), f"{said}\n{read[0]}" if read else said
            deeper = [one for _, _, one in inside(said, depth + 1)]
            yield from ((match.start(), match.end(), one) for one in deeper)


def end_of(text: str, last: int) -> int:
    """Return the end of the escape that begins at `last`, or the next character's place."""
    match = _ESCAPED.match(text, last)
    return match.end() if match and match[0][0] != "<" else last + 1


def _read(escape: str) -> str:
    match escape[0]:
        case "<":
            backwards = re.match(_BACKWARDS, escape)
            return backwards[1][::-1] if backwards else ""
        case "&":
            return unescape(unescape(unescape(escape)))
        case "%" | "=" | "\\":
            return _of_numbers(escape)
        case "\u202e":
            return escape[:0:-1]
        case "[" | "(" | "{" | " ":
            return _between(escape)
        case "x":
            return _of_host(escape)
        case _ if escape[0].isalpha() or escape[0] in "╨╤":
            return _of_letters(escape)
    return _of_signs(escape)


def _of_signs(escape: str) -> str:
    """Return the letters in circles and the like; of one flag, its country as `kept_back` has it."""
    letters = "".join(map(_plain, escape))
    return f"flag{letters}" if _FLAGS.fullmatch(escape) else letters


def _of_numbers(escape: str) -> str:
    """Return the letters that an escape gives by their numbers."""
    if escape[:2] == "=?":
        return text_of(escape)
    if escape[0] == "=":
        return unquote(re.sub(r"=\r?\n", "", escape).replace("=", "%"))
    if escape[-1] == "}" and escape[1] in _ACCENTS:
        return escape[3] + _ACCENTS[escape[1]]
    if escape[-1] == "?":
        return "".join(chr(min(int(one), 0x10FFFF)) for one in re.findall(r"\d+", escape))
    if escape[1] in "uxU":
        return _of_units(escape)
    if escape[1] == "'":
        return _of_bytes(bytes.fromhex(escape.replace("\\'", "")))
    if escape[0] == "%":
        read = unquote(unquote(unquote(escape)))
        if "\ufffd" in read:
            read = f"{unquote(escape, 'cp1251')} {unquote(escape, 'koi8-r')}"
        return read
    octal = [one for one in escape.split("\\")[1:] if re.fullmatch("[0-3][0-7]{2}", one)]
    if len(octal) * 4 == len(escape):
        return _of_bytes(bytes(int(one, 8) for one in octal))
    return chr(min(int(escape[1:], 16), 0x10FFFF))


def _of_bytes(data: bytes) -> str:
    """Return what bytes say that are given by their numbers: UTF-8, else Latin and Cyrillic."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return f"{data.decode('latin-1')} {data.decode('cp1251', 'replace')}"


def _between(escape: str) -> str:
    """Return what a word or tag between brackets stands for: "(at)", "[b]"."""
    word = escape.strip(" \t\r\n\u00a0[](){}")
    if word in ("at", "собака"):
        return "@"
    return "." if word in ("dot", "точка") else ""


def _of_letters(escape: str) -> str:
    """Return letters that were read in a wrong encoding, or that stand in circles and the like."""
    if "\u00c0" <= escape[0] <= "\u00ff":
        return _misread(escape)
    if escape[0] in "РС╨╤":
        return _read_as(escape, "cp1251" if escape[0] in "РС" else "cp866", "utf-8")
    if "\u0430" <= escape[0] <= "\u0451":
        return f"{_read_as(escape, 'cp1251', 'koi8-r')} {_read_as(escape, 'koi8-r', 'cp1251')}"
    return _of_signs(escape)


def _misread(escape: str) -> str:
    """Return what stands in a text of UTF-8 or of windows-1251 that was read as of windows-1252."""
    data = _bytes_in(escape, "cp1252")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _read_as(escape: str, wrong: str, right: str) -> str:
    """Return what was read in the wrong encoding as it is in the right one."""
    return _bytes_in(escape, wrong).decode(right, "replace")


def _bytes_in(text: str, encoding: str) -> bytes:
    return b"".join(
        letter.encode(encoding, "ignore") or letter.encode("latin-1", "ignore") for letter in text
    )


def _of_codes(row: str) -> Iterator[str]:
    """Yield what a row of numbers says as letters by their numbers, decimal and hexadecimal."""
    numbers = re.findall("[0-9A-Fa-f]{2,8}", re.sub(r"0x|U\+", "", row))
    for base in (2, 8, 10, 16):
        try:
            yield "".join(chr(int(one, base)) for one in numbers)
        except (ValueError, OverflowError):
            continue


def _of_units(escape: str) -> str:
    units = [int(one, 16) for one in _UNIT.findall(escape)]
    if escape[1] == "x" and len(units) > 1:
        return _of_bytes(bytes(units))
    if any(unit > 0xFFFF for unit in units):
        return "".join(chr(unit) for unit in units if unit <= 0x10FFFF)
    return b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be", "replace")


def _plain(letter: str) -> str:
    """Return the letter in a circle, a square or a flag."""
    code = ord(letter)
    if 0x1F1E6 <= code <= 0x1F1FF:
        return chr(code - _FLAG)
    if 0x1F150 <= code <= 0x1F169 or 0x1F170 <= code <= 0x1F189:
        return chr((code - 0x1F150) % 32 + ord("a"))
    return unicodedata.normalize("NFKC", letter)


def _of_host(escape: str) -> str:
    try:
        return escape[4:].encode().decode("punycode")
    except (UnicodeError, ValueError):
        return escape


def _decoded(run: str) -> str | None:
    """Return the texts that a run of letters and digits encodes, None where it encodes none."""
    found: list[str] = []
    for data in _bytes_of(run[:_LONGEST]):
        found += _texts(data, whole=len(run) < _SHORT)
        if found and len(run) < _SHORT:
            break
    return "\n".join(found) or None


def _bytes_of(run: str) -> Iterator[bytes]:
    """Yield the bytes that a run may stand for, hexadecimal or base64, from each place where it may begin."""
    joined = _LINE_ENDS.sub("", run).rstrip("=").removeprefix("0x")
    if len(joined) % 2 == 0 and not joined.strip("0123456789abcdefABCDEF"):
        yield unhexlify(joined)
    if not joined.strip(_BASE32) and len(joined) % 8 in (0, 2, 4, 5, 7):
        yield b32decode(joined + "=" * (-len(joined) % 8))
    starts = [0, *(m.end() for m in re.finditer("[+/_-]", joined[:200]))]
    if len(run) >= _SHORT:  # a stretch of text shows wherever the groups of four are cut aright
        starts = sorted({start % 4: start for start in reversed(starts)}.values())
    for start in starts[:_STARTS]:
        piece = joined[start:].replace("-", "+").replace("_", "/")
        piece = piece[: len(piece) - (len(piece) % 4 == 1)]
        try:
            yield b64decode(piece + "=" * (-len(piece) % 4))
        except (Error, ValueError):
            continue


def stretches(data: bytes) -> Iterator[str]:
    """Yield the stretches of four letters and more of text in bytes of any kind, in UTF-8 and UTF-16."""
    for pattern, encoding in ((_UTF8, "utf-8"), (_UTF16, "utf-16-le"), (_BIG, "utf-16-be")):
        yield from (match[0].decode(encoding, "replace") for match in pattern.finditer(data))


def _texts(data: bytes, *, whole: bool) -> Iterator[str]:
    """Yield the stretches of text in bytes; with `whole` only one that they begin with."""
    for pattern, encoding in ((_UTF16, "utf-16-le"), (_UTF8, "utf-8")):
        found = [pattern.match(data)] if whole else pattern.finditer(data)
        said = [one[0].decode(encoding, "replace") for one in found if one]
        if encoding == "utf-16-le" and data[:1] in (b"\0", b"\4"):
            said += [data[: len(data) & ~1].decode("utf-16-be", "replace")]
        yield from said
        if said and encoding == "utf-16-le":
            return
