"""The words by which lines of a plain-text scrape are told apart, out of `plain.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_CURLED = "’‘ʻʼ`´ʹ＇"
_APOSTROPHES = {ord(mark): "'" for mark in _CURLED}
# What may stand around the words of a line without being part of them.
MARKS = " \t\u00a0\u200b\ufeff•·●▪◦‣⁃*–—-|»«›‹>#☰✕×→←↑…_"
_EDGES = MARKS + ".,:;!?()[]\"'“”„"
_SIGNS = ":,：–—-|"


class Phrase(NamedTuple):
    """A phrase of the vocabulary: `match` is line, start or fuzzy; for labels sign or space."""

    text: str
    kind: str
    match: str
    reason: str = ""


class Label(NamedTuple):
    """A label found at the head of a line; the value begins at `value`, len(line) if it has none."""

    kind: str
    value: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All phrases, by their first word; `fuzzy` by their length."""

    lines: Mapping[str, tuple[Phrase, ...]]
    labels: Mapping[str, tuple[Phrase, ...]]
    fuzzy: Mapping[int, tuple[tuple[Phrase, frozenset[str]], ...]]  # with the letters of each
    outlets: frozenset[str]
    agencies: frozenset[str]
    roles: frozenset[str]
    particles: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    small: frozenset[str]
    written_for: tuple[str, ...]
    dates: frozenset[str]


def flat(text: str) -> str:
    """Return `text` in lower case with straight apostrophes, character for character."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower()[:1] for char in text)
    if low.isascii():
        return low.replace("`", "'")
    # A look for each mark costs a tenth of a table look-up for each character.
    for mark in _CURLED:
        if mark in low:
            low = low.replace(mark, "'")
    return low


def bare(text: str) -> str:
    """Return the words of a line alone: flat, without marks around them or a counter at the end."""
    words = flat(text).strip(_EDGES).split()
    while len(words) > 1 and words[-1].strip("()[]").isdigit():
        words.pop()
    if len(words) > 1 and words[0].isdigit() and not words[1][:1].isdigit():
        words = words[1:]
    return " ".join(words).strip(_EDGES)


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, read once."""
    source = files("guvoh.clean").joinpath("plain.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    lines = list(_phrases(data["lines"]))
    outlet = data["outlet"]
    fuzzy: dict[int, list[Phrase]] = {}
    for phrase in lines:
        if phrase.match == "fuzzy":
            fuzzy.setdefault(len(phrase.text), []).append(phrase)
    return Vocabulary(
        lines=_by_first_word(lines),
        labels=_by_first_word(_phrases(data["labels"])),
        fuzzy={
            length: tuple((phrase, frozenset(phrase.text)) for phrase in phrases)
            for length, phrases in fuzzy.items()
        },
        outlets=frozenset(map(flat, outlet["words"])),
        agencies=frozenset(map(flat, outlet["agencies"])),
        roles=frozenset(map(flat, outlet["roles"])),
        particles=frozenset(map(flat, outlet["particles"])),
        joins=frozenset(outlet["joins"]),
        articles=frozenset(outlet["articles"]),
        small=frozenset(outlet["small"]),
        written_for=tuple(f" {words} " for words in outlet["for"]),
        dates=frozenset(outlet["dates"]),
    )


def _phrases(groups: Iterable[Mapping[str, Any]]) -> Iterable[Phrase]:
    for group in groups:
        for texts in group["words"].values():
            for text in texts:
                match = group.get("match") or group["mark"]
                yield Phrase(flat(text), group["kind"], match, group.get("reason", ""))


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Index phrases by their first word, the longest first so that it is preferred."""
    index: dict[str, dict[str, list[Phrase]]] = {}
    for phrase in phrases:
        same = index.setdefault(phrase.text.split()[0], {}).setdefault(phrase.text, [])
        if all((one.kind, one.match) != (phrase.kind, phrase.match) for one in same):
            same.append(phrase)
    return {
        word: tuple(one for text in sorted(texts, key=_longest_first) for one in texts[text])
        for word, texts in index.items()
    }


def _longest_first(text: str) -> tuple[int, str]:
    return -len(text), text


@lru_cache(maxsize=1024)
def prompt(text: str) -> Phrase | None:
    """Return the phrase of a page's furniture that a short line is, None where it is none."""
    index = vocabulary().lines
    start = text.lstrip(_EDGES).split(maxsplit=1)
    if not start:
        return None
    first = flat(start[0]).rstrip(_EDGES)
    if first not in index and not first.isdigit():
        return None
    words = bare(text)
    for phrase in index.get(words.split(" ", 1)[0], ()):
        if words == phrase.text:
            return phrase
        if phrase.match == "start" and words.startswith(phrase.text) and len(words) <= 160:
            return phrase
        if phrase.kind == "share" and words.startswith(f"{phrase.text}:") and len(words) <= 80:
            return phrase
    return None


def garbled_prompt(text: str) -> Phrase | None:
    """Return the prompt from which a short line differs by a letter or, in a long one, two."""
    words = bare(text)
    index = vocabulary().fuzzy
    letters, head, tail = set(words), words[:3], words[-3:]
    best: tuple[int, str, Phrase] | None = None
    for length in range(len(words) - 2, len(words) + 3):
        allowed = 0 if length < 7 else 1 if length < 11 else 2
        for phrase, its_letters in index.get(length, ()):
            # Two letters wrong leave one of two ends whole, and change few letters of the alphabet.
            if head != phrase.text[:3] and tail != phrase.text[-3:]:
                continue
            if len(letters ^ its_letters) > 2 * allowed:
                continue
            wrong = distance(words, phrase.text, allowed)
            if wrong <= allowed and (best is None or (wrong, phrase.text) < best[:2]):
                best = wrong, phrase.text, phrase
    return best[2] if best else None


def distance(a: str, b: str, most: int) -> int:
    """Return how many letters must be put in, left out, changed or swapped; `most` + 1 for more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return abs(len(a) - len(b))
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (char != other))
            if i > 1 and j > 1 and char == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


@lru_cache(maxsize=1024)  # several readers ask it of the same line
def labels(text: str) -> tuple[Label, ...]:
    """Return the labels that a line may begin with, longest first; `value` is an index into it."""
    start = 0 if text[:1].isalpha() else len(text) - len(text.lstrip(MARKS + "("))
    words = text[start : start + 60].split(maxsplit=1)
    phrases = vocabulary().labels.get(flat(words[0]).rstrip(_EDGES)) if words else None
    if phrases is None:
        return ()
    head = flat(text[start : start + 60])
    found: list[Label] = []
    for phrase in phrases:
        if head.startswith(phrase.text):
            value = _value(text, start + len(phrase.text), phrase.match)
            if value is not None:
                found.append(Label(phrase.kind, value))
    return tuple(found)


def _value(text: str, end: int, match: str) -> int | None:
    rest = text[end:]
    if rest[:1].isalnum():
        return None
    value = rest.lstrip(" \t\u00a0*_")
    signed = value[:1] in _SIGNS if value else True
    if match == "sign" and not signed:
        return None
    if match == "sign" and value and value[0] in "–—-" and rest[0] in "–—-":
        return None  # a compound: "photo-finish"
    return len(text) - len(value.lstrip(_SIGNS + " \t\u00a0*_"))


def is_outlet(text: str) -> bool:
    """Say whether a short line reads as the name of an outlet: by a word in it, or as a domain."""
    words = text.split()
    if not 1 <= len(words) <= 6 or text[-1] in ".?!:;" or len(text) > 60:
        return False
    known = vocabulary()
    folded = [flat(word).strip(_EDGES) for word in words]
    if " ".join(folded) in known.agencies or is_domain(text):
        return True
    if not _is_upper(words[0]):
        return False
    return folded[0] in known.outlets or folded[-1] in known.outlets


def is_agency(text: str) -> bool:
    """Say whether a text is the name of a known agency, alone or with another by a slash or "via"."""
    known = vocabulary().agencies
    whole = flat(text).strip(_EDGES + "©").strip()
    return whole in known or any(part.strip() in known for part in whole.split("/")[:4])


def is_domain(text: str) -> bool:
    """Say whether a text is a host name: two or more parts, the last one of letters."""
    parts = text.split(".")
    return (
        2 <= len(parts) <= 4
        and 2 <= len(parts[-1]) <= 12
        and parts[-1].isalpha()
        and all(part and part.replace("-", "").isalnum() for part in parts)
        and text == text.lower()
    )


def is_role(text: str) -> bool:
    """Say whether a short line names the work of the one who wrote: "Staff reporter"."""
    words = [flat(word).strip(_EDGES) for word in text.split()]
    known = vocabulary().roles
    return 1 <= len(words) <= 7 and any(
        " ".join(words[at : at + size]) in known for size in (1, 2) for at in range(len(words))
    )


def names(text: str) -> list[tuple[int, int]]:
    """Return where the names of people stand in a byline, none where it is no list of names.

    A name is two to five words with capitals (in scripts that have them) and without digits.
    """
    known = vocabulary()
    spans: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    at = 0
    for raw in text.split():
        start = text.index(raw, at)
        at = start + len(raw)
        word = raw.rstrip(",;&/")
        joins = flat(word) in known.joins or not word
        if not joins:
            if not _in_name(word, known):
                return []
            run.append((start, start + len(word)))
        if joins or word != raw:
            spans.append((run[0][0], run[-1][1])) if run else None
            run = []
    if run:
        spans.append((run[0][0], run[-1][1]))
    good = all(2 <= len(text[start:end].split()) <= 5 for start, end in spans)
    return spans if good and len(spans) <= 6 else []


def _in_name(word: str, known: Vocabulary) -> bool:
    letters = word.replace(".", "").replace("-", "").translate(_APOSTROPHES).replace("'", "")
    if not letters.isalpha():
        return False
    return _is_upper(word) or flat(word) in known.particles


def _is_upper(word: str) -> bool:
    """Begins with a capital, or is written in a script without them."""
    first = word.lstrip("“\"'«(@")[:1]
    return bool(first) and (first.isupper() or first.isdigit() or first.lower() == first.upper())
