"""Words and marks of a text with their places, split so that lexicon entries can match them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from guvoh.model.text import Span

_PIECE = re.compile(
    r"\d+(?:[.,\u00a0\u202f]\d+)+|(?<!\w)@\w+|[^\W_]+(?:[-’'ʼʻ‘`.][^\W_]+)*|\n\n|''|``|_{3,}|[^\w\s]|_",
    re.UNICODE,
)
_POSSESSIVE = ("'s", "’s", "ʼs")
_APOSTROPHES = "’'ʼ`"
_ONE_APOSTROPHE = str.maketrans("’ʼʻ‘`", "'''''")
# Quotation marks typed as two signs, as agencies and old newsroom systems write them.
DOUBLED = ("''", "``")


class Token(NamedTuple):
    """One word or mark; `low` is its lower-case form with the apostrophes made one.

    A `capital` begins it, or it stands for a name taken out; `word` tells a word or number from a mark.
    """

    text: str
    low: str
    start: int
    end: int
    capital: bool
    word: bool


def _looks(text: str) -> tuple[bool, bool]:
    """Return whether a piece begins with a capital or stands for a name taken out, and is a word.

    "@selenga_live" is a name.
    """
    return (
        text[0].isupper() or text.startswith("___") or (text[0] == "@" and len(text) > 1),
        text[0].isalnum() or (len(text) > 1 and text not in DOUBLED),
    )


@lru_cache(maxsize=1 << 12)
def _known(piece: str) -> tuple[str, bool, bool, bool]:
    """Return a piece that is not of letters alone in lower case, how it looks, and whether it is one token in every language."""
    whole = not piece[0].isalnum() or piece[-1].isdigit()
    return (piece.lower(), *_looks(piece), whole)


@dataclass(frozen=True, slots=True)
class Splitting:
    """How a language's words are split: possessive endings off, elided words off the next one.

    A word of `titles` ("mr", "gen") keeps its full stop before a capital: "Mr. Karimov".
    `plain` asks for е in place of ё, as the common lists write it.
    """

    possessive: bool = False
    elided: frozenset[str] = frozenset()
    suffixed: tuple[str, ...] = ()
    titles: frozenset[str] = frozenset()
    plain: bool = False


def tokenize(text: str, splitting: Splitting, base: int = 0) -> list[Token]:
    """Return the tokens of `text`; `base` is added to every offset."""
    tokens: list[Token] = []
    new = tuple.__new__  # what a NamedTuple calls, without the arguments by name
    titles, elided = splitting.titles, splitting.elided
    skip = -1
    for match in _PIECE.finditer(text):
        piece, (start, end) = match[0], match.span()
        if piece.isalpha():
            low, capital, word = piece.lower(), piece[0].isupper(), True
            # The turned comma of "oʻ" counts as a letter for Python.
            whole = piece.isascii() or not ("ʻ" in piece or "ʼ" in piece)
        elif piece == "\n\n" or start == skip:
            continue
        else:
            low, capital, word, whole = _known(piece)
        start += base
        if low in titles and _titles_name(text, end):
            skip = end
            tokens.append(Token(piece + ".", low, start, end + base + 1, capital, word))
        elif low in elided and _elided_before_marks(text, end):
            skip = end
            shown = piece + text[end]
            tokens.append(Token(shown, low + "'", start, end + base + 1, capital, word))
        elif whole:
            tokens.append(new(Token, (piece, low, start, end + base, capital, word)))
        else:
            tokens.extend(_split(piece, start, splitting))
    return tokens


def _titles_name(text: str, dot: int) -> bool:
    return (
        text[dot : dot + 1] == "."
        and text[dot + 1 : dot + 2] in (" ", "\u00a0")
        and text[dot + 2 : dot + 3].isupper()
    )


def _elided_before_marks(text: str, at: int) -> bool:
    """Return whether an apostrophe and a quotation mark stand at `at`: "d'« intox »"."""
    return text[at : at + 1] in _APOSTROPHES and text[at + 1 : at + 2] in ("«", "“", "‹", '"')


def _split(piece: str, start: int, splitting: Splitting) -> list[Token]:
    pieces: list[str] = []
    if "." in piece and not _dotted(piece):
        head, _, tail = piece.partition(".")
        first = _split(head, start, splitting)
        dot = start + len(head)
        return [
            *first,
            Token(".", ".", dot, dot + 1, *_looks(".")),
            *_split(tail, dot + 1, splitting),
        ]
    if splitting.possessive and piece.endswith(_POSSESSIVE) and len(piece) > 2:
        pieces = [piece[:-2], piece[-2:]]
    elif splitting.elided:
        rest = piece
        while True:
            cut = next((i for i, c in enumerate(rest[:9]) if c in _APOSTROPHES), -1)
            if cut <= 0 or rest[:cut].lower() not in splitting.elided or cut + 1 == len(rest):
                break
            pieces.append(rest[: cut + 1])
            rest = rest[cut + 1 :]
        pieces.append(rest)
    else:
        pieces = [piece]
    last = pieces[-1]
    suffix = next(
        (s for s in splitting.suffixed if last.lower().endswith(s) and len(last) > len(s)), ""
    )
    if suffix:
        pieces[-1:] = [last[: -len(suffix)], last[-len(suffix) :]]
    tokens = []
    at = start
    for part in pieces:
        low = part.translate(_ONE_APOSTROPHE).lower()
        tokens.append(Token(part, low, at, at + len(part), *_looks(part)))
        at += len(part)
    return tokens


def _dotted(piece: str) -> bool:
    # "U.S", "p.m" and "3.5" are one word; "came.He", a space lost, is two.
    parts = piece.split(".")
    return all(len(part) == 1 for part in parts) or all(part.isdigit() for part in parts)


def span_of(tokens: list[Token], first: int, last: int) -> Span:
    """Return the span from token `first` up to but not including token `last`."""
    if first >= last:
        at = tokens[first].start if first < len(tokens) else (tokens[-1].end if tokens else 0)
        return Span(at, at)
    return Span(tokens[first].start, tokens[last - 1].end)
