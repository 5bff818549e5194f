"""Stretches of decoded source to a report's text, with a map from each character to its bytes."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from guvoh.clean.decode import REPLACEMENT, Decoded
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span

Stretch = tuple[int, int]  # half-open range of code points in the decoded source
BREAK = "\n"

# What cannot stand in the text as it stands in the source: white space other than one blank,
# character references, control characters and bytes that decode to nothing.
_SPECIAL = re.compile(
    r"(?P<space>[ \t\n\r\f\v]{2,}+|[\t\n\r\f\v])"
    r"|(?P<entity>&(?:\#[0-9]{1,8};?|\#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?))"
    rf"|(?P<bad>{REPLACEMENT}+)"
    r"|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+)"
)
_SPACES = " \t\n\r\f\v"


class TextBuilder:
    r"""Builds a text paragraph by paragraph out of stretches of one decoded source.

    White space runs become one blank, character references their character, line breaks "\n"; the
    characters are otherwise those of the source. `markup` False leaves references alone.
    """

    def __init__(self, decoded: Decoded, *, markup: bool = True) -> None:
        self._decoded = decoded
        self._markup = markup
        self._parts: list[str] = []
        self._length = 0
        self._runs: list[Run] = []
        self._pending: tuple[str, int, int] | None = None  # white space not yet needed
        self._paragraph_start = 0

    def paragraph(self, stretches: Iterable[Stretch], breaks: frozenset[int] = frozenset()) -> Span:
        """Add a paragraph; a stretch whose start is in `breaks` is a line break. Return its span."""
        before = self._length
        if before:
            self._synthesise("\n\n")
        self._paragraph_start = self._length
        self._pending = None
        for start, end in stretches:
            if start in breaks:
                self._white(BREAK, start, end)
            else:
                self._stretch(start, end)
        self._pending = None
        if self._length == self._paragraph_start and before:
            self._undo(before)
        return Span(min(self._paragraph_start, self._length), self._length)

    def result(self) -> tuple[str, CharacterMap]:
        """Return the text and its map."""
        return "".join(self._parts), CharacterMap(self._decoded.encoding, tuple(self._runs))

    def _undo(self, length: int) -> None:
        self._parts.pop()
        self._runs.pop()
        self._length = length

    def _stretch(self, start: int, end: int) -> None:
        source = self._decoded.text
        at = start
        for match in _SPECIAL.finditer(source, start, end):
            if match.start() > at:
                self._exact(at, match.start())
            at = match.end()
            kind = match.lastgroup
            if kind == "space":
                self._white(" ", match.start(), at)
            elif kind == "entity" and not self._markup:
                self._exact(match.start(), at)
            elif kind == "entity":
                self._reference(match[0], match.start(), at)
            elif kind == "bad":
                self._say(match[0], match.start(), at, RunKind.DECODED)
        if end > at:
            self._exact(at, end)

    def _reference(self, text: str, start: int, end: int) -> None:
        said = unescape(text)
        if said == text:
            self._exact(start, end)
        elif said and not said.strip():
            self._white(" " if said in _SPACES else said, start, end)
        elif said:
            self._say(said, start, end, RunKind.DECODED)

    def _exact(self, start: int, end: int) -> None:
        """Add source characters as they are; white space at the edges waits until it is needed."""
        stretch = self._decoded.text[start:end]
        inner = stretch.lstrip()
        first = end - len(inner)
        if first > start:
            self._white(stretch[0], start, start + 1)
        inner = inner.rstrip()
        if inner:
            self._say(inner, first, first + len(inner), RunKind.EXACT)
            if first + len(inner) < end:
                self._white(
                    stretch[first + len(inner) - start], first + len(inner), first + len(inner) + 1
                )

    def _white(self, text: str, start: int, end: int) -> None:
        if self._length == self._paragraph_start:
            return
        if self._pending is None or (text == BREAK and self._pending[0] != BREAK):
            self._pending = (text, start, end)

    def _say(self, text: str, start: int, end: int, kind: RunKind) -> None:
        if self._pending is not None:
            white, from_, to = self._pending
            self._pending = None
            exact = self._decoded.text[from_:to] == white
            self._add(white, from_, to, RunKind.EXACT if exact else RunKind.DECODED)
        self._add(text, start, end, kind)

    def _add(self, text: str, start: int, end: int, kind: RunKind) -> None:
        span = self._decoded.bytes(start, end)
        begin = self._length
        self._length += len(text)
        self._parts.append(text)
        last = self._runs[-1] if self._runs else None
        if (
            last is not None
            and kind is RunKind.EXACT
            and last.kind is RunKind.EXACT
            and last.bytes.end == span.start
        ):
            self._runs[-1] = Run(
                Span(last.text.start, self._length), ByteSpan(last.bytes.start, span.end), kind
            )
        else:
            self._runs.append(Run(Span(begin, self._length), span, kind))

    def _synthesise(self, text: str) -> None:
        at = self._runs[-1].bytes.end
        self._parts.append(text)
        self._runs.append(
            Run(Span(self._length, self._length + len(text)), ByteSpan(at, at), RunKind.SYNTHESISED)
        )
        self._length += len(text)


def build_text(
    decoded: Decoded, paragraphs: Sequence[Sequence[Stretch]], *, markup: bool = True
) -> tuple[str, CharacterMap]:
    """Return the text made of `paragraphs` (each a list of stretches of the source) and its map."""
    builder = TextBuilder(decoded, markup=markup)
    for stretches in paragraphs:
        builder.paragraph(stretches)
    return builder.result()
