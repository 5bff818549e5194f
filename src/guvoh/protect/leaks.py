"""Finds the protected strings of a registry in any text, however they are written."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from guvoh.languages.fold import fold, skeleton
from guvoh.model.text import Span
from guvoh.protect.escapes import as_read, end_of, inside
from guvoh.protect.forms import Token, seen_of, tokens
from guvoh.protect.registry import LONG, Form, Part, Registry, is_alike, is_counted
from guvoh.protect.unvowelled import is_unvowelled, stands_alone

# What `find` is blind to; whoever relies on it must be told.
UNSEEN = (
    "faces, number plates, voices, and writing inside pictures, sound and video",
    "descriptions that lead to a person without naming anyone",
    "initials without full stops, pet names, misspelt names, and names with letters left out",
    "names spelt in Chinese, Japanese, Korean or Thai",
    "names written backwards, upside down, in cipher or in a rare encoding, digests of them, and data that is compressed or encrypted",
    "names cut in pieces that stand apart, letters for digits in numbers",
)
_BETWEEN = 3  # characters between two parts of one name
_YEAR = 4  # digits of a withheld number that is surely meant; an age may be any number
_WORD = 3  # letters of a common word with which a name may be written together
_NEAR = 4  # words between which parts belong to one name
_INITIALS = re.compile(
    r"(?<![^\W\d_])([^\W\d_])\.[ \u00a0]?(?:([^\W\d_])\.[ \u00a0]?)?([^\W\d_])\."
)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")
_NUMBER = re.compile(r"\+?\d(?:[\s()._\u2010-\u2015/-]{0,3}\d){5,20}")


@dataclass(frozen=True, slots=True)
class Leak:
    """A protected string in a text. `codes` are those whom it may mean, never a name.

    `certain` is False where it may well be something else: initials, a name that is a common word.
    """

    span: Span
    form: Form
    codes: tuple[str, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Hit:
    """A word that can be a part of names."""

    at: int
    parts: tuple[Part, ...]


def find(registry: Registry, text: str) -> tuple[Leak, ...]:
    """Return every protected string in a text, in order; spans are of code points.

    What web addresses and HTML escape, and what tags part, is looked at once more as it reads; the
    span is then that of the escapes and tags with it.
    """
    found = set(_find(registry, text))
    read = as_read(text)
    if read is not None:
        plain, at = read
        again = as_read(plain) if "&#" in plain else None  # escapes of one kind within another
        if again is not None:
            plain, at = again[0], [at[place] for place in again[1]]
        for leak in _find(registry, plain):
            span = Span(at[leak.span.start], end_of(text, at[leak.span.end - 1]))
            found.add(Leak(span, leak.form, leak.codes, leak.certain))
    for start, end, said in inside(text):
        found |= {replace(leak, span=Span(start, end)) for leak in _find(registry, said)}
    return tuple(sorted(found, key=lambda leak: (leak.span, leak.form, leak.codes)))


def together(leaks: Iterable[Leak]) -> list[tuple[Span, tuple[str, ...]]]:
    """Return spans and whose they are, parts of one name together, none overlapping."""
    out: list[tuple[Span, tuple[str, ...]]] = []
    for span, group in groupby(leaks, key=lambda leak: leak.span):
        codes = tuple(sorted({code for leak in group for code in leak.codes}))
        if out:
            before, whose = out[-1]
            shared = tuple(code for code in whose if code in codes)
            if span.start < before.end or (shared and span.start - before.end <= _BETWEEN):
                out[-1] = (Span(before.start, max(before.end, span.end)), shared or whose)
                continue
        out.append((span, codes))
    return out


def _find(registry: Registry, text: str) -> Iterator[Leak]:
    words = tokens(text)
    lower = not any(map(str.isupper, text))
    hits = [
        _Hit(at, found)
        for at, word in enumerate(words)
        if (found := tuple(p for p in registry.of_word(word) if lower or not is_alike(word, p)))
    ]
    yield from _names(words, hits, lower=lower)
    yield from _across(registry, words, {hit.at for hit in hits})
    yield from _initials(registry, text)
    yield from _numbers(registry, text)
    yield from _withheld(registry, text, words, hits)


def _names(words: Sequence[Token], hits: Sequence[_Hit], *, lower: bool) -> Iterator[Leak]:
    for index, hit in enumerate(hits):
        joined = _joined(words, hits, index)
        word = words[hit.at]
        if joined:
            form = Form.RELATIVE if all(p.form is Form.RELATIVE for p in joined) else Form.NAME
            yield Leak(word.span, form, _codes(joined))
            continue
        capital = not word.text[:1].islower()
        apart = is_unvowelled(word.text)
        parts = [p for p in hit.parts if not apart or stands_alone(p.folded)]
        sure = [p for p in parts if capital or not (p.common or is_alike(word, p))]
        if sure:
            whole = [p for p in sure if p.whole and p.form is Form.PART]
            form = Form.NAME if whole else sure[0].form
            yield Leak(word.span, form, _codes(sure))
        elif lower and parts:
            yield Leak(word.span, parts[0].form, _codes(parts), certain=False)


def _joined(words: Sequence[Token], hits: Sequence[_Hit], index: int) -> list[Part]:
    """Return the parts that a word is of a name of which another part stands near it.

    Two everyday words in small letters are a name only side by side.
    """
    own = {(p.code, p.name, p.place): p for p in hits[index].parts}
    small = words[hits[index].at].text[:1].islower()
    found: dict[tuple[str, int, int], Part] = {}
    for other in _beside(hits, index):
        apart = abs(other.at - hits[index].at) > 1
        for part in other.parts:
            found |= {
                key: mine
                for key, mine in own.items()
                if key[:2] == (part.code, part.name)
                and key[2] != part.place
                and not (apart and small and mine.common and part.common)
            }
    return list(found.values())


def _beside(hits: Sequence[_Hit], index: int) -> Iterator[_Hit]:
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(hits) and abs(hits[other].at - hits[index].at) <= _NEAR:
            yield hits[other]
            other += step


def _codes(found: Iterable[Part]) -> tuple[str, ...]:
    return tuple(sorted({part.code for part in found}))


def _across(registry: Registry, words: Sequence[Token], known: set[int]) -> Iterator[Leak]:
    """Yield what stands in the letters alone: glued, spaced out, or parted by lines and tags."""
    starts: list[int] = []
    pieces: list[str] = []
    length = 0
    for word in words:
        starts.append(length)
        pieces.append("" if word.disguised else word.folds[-1])
        length += len(pieces[-1])
    letters = "".join(pieces)
    ends = [start + len(piece) for start, piece in zip(starts, pieces, strict=True)]
    first_at = {start: at for at, start in enumerate(starts)}
    for start, end, whose in registry.glue.find(letters):
        first, last = _covering(starts, start), _covering(starts, end - 1)
        met = any(at in known for at in range(first, last + 1))
        # A single part must be made of whole pieces; only an ending may follow it.
        entire = start in first_at and last > first and ends[last] - end <= 3
        for code, form in sorted(whose):
            joined = first == last and _is_joined(letters, starts[first], ends[first], start, end)
            if form is Form.PART and not entire and not joined:
                continue
            if met and form is not Form.CONTACT:
                continue
            shown = Form.HIDDEN if form is Form.PART else form
            yield Leak(Span(words[first].span.start, words[last].span.end), shown, (code,))
    for at, word in enumerate(words):
        if at in known or len(word.text) < LONG:
            continue
        for folded in word.folds:
            for _, _, whose in registry.bones.find(skeleton(folded).removeprefix("a")):
                for code, form in sorted(whose):
                    yield Leak(word.span, form, (code,))


def _is_joined(letters: str, first: int, last: int, start: int, end: int) -> bool:
    """Say whether a part of a name stands in one word with common ones, or twice: "interviewkarimov"."""
    part = letters[start:end]
    around = (letters[first:start], letters[end:last])
    return not is_counted(part) and all(
        piece in ("", part) or (len(piece) >= _WORD and is_counted(piece)) for piece in around
    )


def _covering(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _initials(registry: Registry, text: str) -> Iterator[Leak]:
    for match in _INITIALS.finditer(text):
        letters = "".join(fold(letter)[:1] for letter in match.groups() if letter)
        codes = registry.initials.get(letters)
        if codes:
            yield Leak(Span(*match.span()), Form.INITIALS, tuple(sorted(codes)), certain=False)


def _numbers(registry: Registry, text: str) -> Iterator[Leak]:
    if not registry.numbers:
        return
    lengths = sorted({len(digits) for digits in registry.numbers})
    seen, at_ = seen_of(text)
    for match in _NUMBER.finditer(seen):
        digits = "".join(fold(char) for char in match[0] if char.isdigit())
        span = Span(at_(match.start()), at_(match.end()))
        local = registry.local.get(digits)
        if local:
            yield Leak(span, Form.CONTACT, tuple(sorted(local)))
        for length in lengths:
            for at in range(len(digits) - length + 1):
                codes = registry.numbers.get(digits[at : at + length])
                if codes:
                    yield Leak(span, Form.CONTACT, tuple(sorted(codes)))


def _withheld(
    registry: Registry, text: str, words: Sequence[Token], hits: Sequence[_Hit]
) -> Iterator[Leak]:
    """Yield the values of what is withheld in the paragraphs that speak of whom it is withheld of."""
    if not registry.has_values:
        return
    named = {hit.at: {part.code for part in hit.parts} for hit in hits}
    for paragraph in _paragraphs(text, words):
        spoken: set[str] = set()
        for number in paragraph:
            spoken |= named.get(number, set())
            spoken |= {part.code for part in registry.anchors(words[number])}
        if not spoken:
            continue
        for number in paragraph:
            values = [part for part in registry.values(words[number]) if part.code in spoken]
            if values:
                text_ = words[number].text
                sure = not text_.isdigit() or len(text_) >= _YEAR
                yield Leak(words[number].span, Form.WITHHELD, _codes(values), sure)


def _paragraphs(text: str, words: Sequence[Token]) -> Iterator[range]:
    """Yield the numbers of the words of each paragraph."""
    starts = [word.span.start for word in words]
    first = 0
    for match in _PARAGRAPH.finditer(text):
        last = bisect_right(starts, match.start(), lo=first)
        yield range(first, last)
        first = last
    yield range(first, len(words))
