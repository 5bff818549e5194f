"""Hashed word 4-grams of folded text, finer inside quotation marks, by numpy and alike on every machine."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from guvoh.model.text import Span

Hashes = NDArray[np.uint64]

GRAM = 4
# Of ordinary text one 4-gram in eight is kept, inside quotation marks and in short texts more: a
# 60-word quotation has 57 of them, so that one in eight misses it once in 2,000 times. The
# sieves nest (a multiple of 8 is one of 2), so that a quotation meets its unquoted original.
_SIEVE = 8
_SIEVE_QUOTED = 2
_SHORT = 96
_IGNORED = 1  # marks and apostrophes inside words
_QUOTED = re.compile(r"[“«„\"][^“”«»„\"\n]{20,1200}[”»“\"]")
_PRIME = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9
_FINISH = 0x94D049BB133111EB


@cache
def _letters() -> NDArray[np.uint64]:
    """Return for each code point of the basic plane its base letter in lower case, 0 for a gap."""
    table = np.zeros(0x10000, dtype=np.uint64)
    for code in range(0x10000):
        sign = chr(code)
        if sign in "'’ʻʼ‘\u00ad\u200b\u200c\u200d" or unicodedata.combining(sign):
            table[code] = _IGNORED
        elif sign.isalnum():
            base = unicodedata.normalize("NFKD", sign.casefold())[:1]
            table[code] = ord(base) if base else 0
    return table


@cache
def _powers(size: int) -> tuple[Hashes, Hashes]:
    """Return the powers of the prime modulo 2**64, and those of its inverse, up to `size`."""
    inverse = pow(_PRIME, -1, 1 << 64)
    both = []
    for base in (_PRIME, inverse):
        row = np.full(size, base, dtype=np.uint64)
        row[0] = 1
        both.append(np.cumprod(row, dtype=np.uint64))
    return both[0], both[1]


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_MIX)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_FINISH)
    return values ^ (values >> np.uint64(31))


@lru_cache(maxsize=8)
def word_hashes(text: str) -> tuple[Hashes, NDArray[np.int64]]:
    """Return a 64-bit hash of each word of `text` and the offset of its first character."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.take(_letters(), points, mode="clip")
    heard = codes != _IGNORED
    offsets = None
    if not heard.all():
        offsets = np.flatnonzero(heard)
        codes = codes[offsets]
    inside = np.zeros(len(codes) + 2, dtype=bool)
    np.not_equal(codes, 0, out=inside[1:-1])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(1 << max(len(codes), 1).bit_length())
    # A word's polynomial is the difference of two running sums, brought back to its own start by
    # the inverse of the power there: all modulo 2**64, where an odd number has an inverse.
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverses[starts]
    return _mixed(hashes), starts if offsets is None else offsets[starts]


def grams(words: Hashes) -> Hashes:
    """Return the hash of each run of four words; of a shorter text one hash for all of it."""
    if len(words) == 0:
        return words
    size = min(GRAM, len(words))
    count = len(words) - size + 1
    total = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        total = total * np.uint64(_PRIME) + words[place : place + count]
    return _mixed(total)


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the ranges of `text` inside quotation marks, of 20 to 1,200 characters on one line."""
    return [match.span() for match in _QUOTED.finditer(text)]


def shingles(text: str) -> tuple[int, ...]:
    """Return the kept 4-grams of `text`, distinct, in rising order, as 63-bit integers."""
    words, offsets = word_hashes(text)
    hashes = grams(words)
    if len(hashes) == 0:
        return ()
    if len(hashes) > _SHORT:
        keep = hashes & np.uint64(_SIEVE - 1) == 0
        ranges = quoted(text)
        if ranges:
            fine = hashes & np.uint64(_SIEVE_QUOTED - 1) == 0
            for first, last in np.searchsorted(offsets, ranges).tolist():
                end = max(last - GRAM + 1, first)
                keep[first:end] |= fine[first:end]
        hashes = hashes[keep]
    return tuple(np.unique(hashes >> np.uint64(1)).tolist())


def digest(text: str) -> int:
    """Return one 63-bit hash of the words of `text` in order: equal for copies, spacing apart."""
    return _digest(word_hashes(text)[0])


def digests(text: str, spans: Sequence[Span]) -> list[int]:
    """Return the digest of each stretch of `text` that begins and ends between words."""
    words, offsets = word_hashes(text)
    ends = [(span.start, span.end) for span in spans]
    bounds = np.searchsorted(offsets, ends).tolist() if ends else []
    return [_digest(words[first:last]) for first, last in bounds]


def _digest(words: Hashes) -> int:
    if len(words) == 0:
        return 0
    places = _places(1 << len(words).bit_length())[: len(words)]
    return int(np.bitwise_xor.reduce(_mixed(words + places))) >> 1


@cache
def _places(size: int) -> Hashes:
    """Return the hash of each place that a word can have, up to `size`."""
    return _mixed(np.arange(1, size + 1, dtype=np.uint64) * np.uint64(_PRIME))
