"""JSON walked with the place of each string, one value at a time, so that a large file stays flat."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"-?[0-9][0-9eE.+-]{0,400}|true|false|null|NaN|-?Infinity")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MOST_DEPTH = 60
_MOST_VALUES = 200_000  # of one value that is read whole
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class JsonError(Exception):
    """What is there is no JSON, or nests too deep; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string with the range of characters between its quotation marks."""

    text: str
    start: int
    end: int


Value = Text | str | list["Value"] | dict[str, "Value"]  # str: a number or a word of the format


def members(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield (key, where its value begins) of the object at `at`; raises JsonError where it breaks."""
    at = _after(text, at, "{")
    while not text.startswith("}", at):
        key, at = _string(text, at)
        at = _after(text, at, ":")
        yield key.text, at
        at = _next(text, skip(text, at), "}")


def elements(text: str, at: int) -> Iterator[int]:
    """Yield where each element of the array at `at` begins."""
    at = _after(text, at, "[")
    while not text.startswith("]", at):
        yield at
        at = _next(text, skip(text, at), "]")


def skip(text: str, at: int) -> int:
    """Return where the value at `at` ends."""
    try:
        return _DECODER.raw_decode(text, at)[1]
    except (ValueError, RecursionError) as problem:
        raise JsonError("It is damaged or cut short; what came before was read.") from problem


_DECODER = json.JSONDecoder(strict=False)


def value(text: str, at: int) -> Value:
    """Read one value whole, each string with its place."""
    left = [_MOST_VALUES]
    return _value(text, _space(text, at), 0, left)[0]


def _value(text: str, at: int, depth: int, left: list[int]) -> tuple[Value, int]:
    left[0] -= 1
    if depth > _MOST_DEPTH or left[0] < 0:
        raise JsonError("It nests deeper, or holds more, than any export does.")
    start = text[at : at + 1]
    if start == '"':
        return _string(text, at)
    if start == "{":
        found: dict[str, Value] = {}
        at = _after(text, at, "{")
        while not text.startswith("}", at):
            key, at = _string(text, at)
            found[key.text], at = _value(text, _after(text, at, ":"), depth + 1, left)
            at = _next(text, at, "}")
        return found, at + 1
    if start == "[":
        held: list[Value] = []
        at = _after(text, at, "[")
        while not text.startswith("]", at):
            one, at = _value(text, at, depth + 1, left)
            held.append(one)
            at = _next(text, at, "]")
        return held, at + 1
    scalar = _SCALAR.match(text, at)
    if scalar is None:
        raise JsonError("It is damaged or cut short; what came before was read.")
    return scalar[0], scalar.end()


def stretches(text: str, said: Text) -> Iterator[tuple[str, int, int]]:
    """Yield a string's words with their places: written out, or one escaped character each."""
    at = said.start
    high: tuple[int, int] | None = None  # first half of a character beyond 16 bits, its place
    for escape in _ESCAPE.finditer(text, said.start, said.end):
        if escape.start() > at:
            yield text[at : escape.start()], at, escape.start()
        at = escape.end()
        letter = escape[0][1]
        if letter != "u":
            yield _PLAIN.get(letter, letter), escape.start(), at
            continue
        code = int(text[at - 4 : at], 16)
        if 0xD800 <= code < 0xDC00:
            high = code, escape.start()
        elif 0xDC00 <= code < 0xE000 and high is not None:
            whole = 0x10000 + ((high[0] - 0xD800) << 10) + code - 0xDC00
            yield chr(whole), high[1], at
            high = None
        elif not 0xDC00 <= code < 0xE000:
            yield chr(code), escape.start(), at
    if said.end > at:
        yield text[at : said.end], at, said.end


def _string(text: str, at: int) -> tuple[Text, int]:
    at = _space(text, at)
    if not text.startswith('"', at):
        raise JsonError("It is damaged or cut short; what came before was read.")
    try:
        said, end = _DECODER.raw_decode(text, at)
    except ValueError as problem:
        raise JsonError("It is damaged or cut short; what came before was read.") from problem
    return Text(said, at + 1, end - 1), end


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _after(text: str, at: int, sign: str) -> int:
    """Return where something begins after a sign."""
    at = _space(text, at)
    if not text.startswith(sign, at):
        raise JsonError("It is damaged or cut short; what came before was read.")
    return _space(text, at + 1)


def _next(text: str, at: int, closing: str) -> int:
    """Return where the next member begins, or where the closing sign stands."""
    at = _space(text, at)
    if text.startswith(closing, at):
        return at
    return _after(text, at, ",")
