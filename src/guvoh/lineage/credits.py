"""Outlets that a report names as where it has something from."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from guvoh.languages.fold import fold
from guvoh.lineage.align import same_name
from guvoh.lineage.background import coarse
from guvoh.model.report import MakingKind, Report
from guvoh.model.text import Span

_WORD = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*")
_QUOTED_NAME = re.compile(r"[«“\"]([^\W\d_][^«»“”\"\n]{1,40})[»”\"]")
_MOST_WORDS = 5
_GENERIC = frozenset(
    {"the", "news", "online", "com", "org", "net", "www", "co", "service", "world"}
)
_BEFORE = 60  # characters in which the words stand that credit what follows
_SENTENCE = ".!?\n"
_MANY = 4  # consonants by which an outlet of one word is known in another script
_HEAD = 3  # lines in which an outlet's own name stands
_TOLD_APART = 5  # letters of a publisher's name that is looked for as it is written


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet as a report names it; `span` is None where it stands outside the text."""

    name: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    before: frozenset[str]
    after: frozenset[str]
    handed: frozenset[str]  # before the name of an outlet that is at hand
    words: frozenset[str]
    kinds: frozenset[str]  # "station", "gazeta": may stand before the name
    starts: frozenset[str]  # first words of known outlets
    known: Mapping[str, str]


@cache
def _lexicon() -> _Lexicon:
    source = files("guvoh.lineage").joinpath("data", "credits.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return _Lexicon(
        before=frozenset(phrase for phrases in data["before"].values() for phrase in phrases),
        after=frozenset(phrase for phrases in data["after"].values() for phrase in phrases),
        handed=frozenset(word for words in data["handed"].values() for word in words),
        words=frozenset(data["outlet"]["words"]),
        kinds=frozenset(data["outlet"]["kinds"]),
        starts=frozenset(name.split()[0] for name in data["known"]),
        known=dict(data["known"]),
    )


@lru_cache(maxsize=4096)
def outlet_key(name: str) -> str:
    """Return the form of an outlet's name that its spellings share: folded, without "the", "news"."""
    folded = fold(name).strip(" .\"'«»“”")
    known = _lexicon().known
    plain = folded.removeprefix("the ")
    if plain in known:
        return fold(known[plain])
    words = [word for word in re.findall(r"[a-z0-9/-]+", plain) if word not in _GENERIC]
    if len(words) == 1 and words[0] in known:
        return fold(known[words[0]])
    return " ".join(words) or plain


def same_outlet(one: str, other: str) -> bool:
    """Tell whether two names are of the same outlet."""
    left, right = outlet_key(one), outlet_key(other)
    if not left or not right:
        return False
    if left.replace(" ", "") == right.replace(" ", ""):
        return True
    # In another script and case ending: word by word, by consonants; one word by all of many.
    ours, theirs = left.split(), right.split()
    if len(ours) == len(theirs) == 1:
        bones = coarse(left)
        return len(bones) >= _MANY and bones == coarse(right)
    return 2 <= len(ours) == len(theirs) and all(
        same_name(f"k:{coarse(a)}", f"k:{coarse(b)}") for a, b in zip(ours, theirs, strict=True)
    )


def publisher_of(report: Report) -> str | None:
    """Return the publisher that a report states, or the name in its address."""
    if report.publisher and report.publisher.text.strip():
        return report.publisher.text.strip()
    host = urlsplit(report.url).hostname if report.url else None
    labels = [label for label in (host or "").split(".") if label not in ("www", "m", "amp")]
    return labels[-2] if len(labels) >= 2 else None


def credits_in(report: Report) -> tuple[Credit, ...]:
    """Return the outlets that a report credits, in its text and in what it says of its making."""
    found: dict[str, Credit] = {}
    for making in report.making:
        if making.kind in (MakingKind.CREDIT, MakingKind.AGENCY) and making.name:
            found.setdefault(outlet_key(making.name), Credit(making.name, None))
    for credit in _in_text(report.text):
        found.setdefault(outlet_key(credit.name), credit)
    return tuple(found.values())


@cache
def _capitalised() -> re.Pattern[str]:
    """Return the pattern of a word with a capital, cut as `_WORD` cuts words, in any script."""
    capitals = "".join(chr(code) for code in range(0x10000) if chr(code).isupper())
    return re.compile(rf"(?<![^\W_])(?<![^\W_][-/'’])[{capitals}][^\W_]*(?:[-/'’][^\W_]+)*")


@lru_cache(maxsize=1024)
def _in_text(text: str) -> tuple[Credit, ...]:
    found: list[Credit] = []
    run: list[re.Match[str]] = []
    for match in _capitalised().finditer(text):
        joined = (
            bool(run)
            and text[run[-1].end() : match.start()] in (" ", "-")
            and _is_latin(match.group()) == _is_latin(run[-1].group())
        )
        if joined and len(run) < _MOST_WORDS:
            run.append(match)
            continue
        _note(text, run, found)
        run = [match]
    _note(text, run, found)
    return tuple(found + _in_quotation_marks(text))


@lru_cache(maxsize=4096)
def credits_by_name(text: str, publisher: str) -> bool:
    """Tell whether a text credits a publisher that is at hand, whatever words its name is made of.

    Outlets that are not at hand are known by words such as "Herald" alone; one whose name is known
    is credited as well by "told Northlight", "Via La Lanterne du Port". Under its own name at the head
    of a page an outlet credits itself.
    """
    if any(same_outlet(line, publisher) for line in text.split("\n", _HEAD)[:_HEAD]):
        return False
    return _credited_as_written(text, publisher) or any(
        same_outlet(name, publisher) for name in _credited_names(text)
    )


def _credited_as_written(text: str, publisher: str) -> bool:
    words = _WORD.findall(publisher)
    if words[:1] and fold(words[0]) == "the":
        del words[0]
    if sum(map(len, words)) < _TOLD_APART:
        return False
    ending = r"\w{0,5}" if len(words) > 1 else r"(?!\w)"  # Uzbek and Russian add cases to it
    written = r"\W{1,3}".join(map(re.escape, words))
    for match in re.finditer(rf"(?<!\w){written}{ending}", text, re.IGNORECASE):
        found = list(_WORD.finditer(text, match.start(), match.end()))
        near = list(_WORD.finditer(text, max(match.start() - _BEFORE, 0), match.start()))[-3:]
        handed = any(_folded(word.group()) in _lexicon().handed for word in near[-1:])
        if match.group()[0].isupper() and (handed or _credited(text, near, found)):
            return True
    return False


@lru_cache(maxsize=1024)
def _credited_names(text: str) -> tuple[str, ...]:
    """Return the names of two words and more that a text credits with something, people's among them."""
    found: list[str] = []
    run: list[re.Match[str]] = []
    for match in (*_capitalised().finditer(text), None):
        if match and run and text[run[-1].end() : match.start()] in (" ", "-"):
            run.append(match)
            continue
        if 2 <= len(run) <= _MOST_WORDS:
            start = run[0].start()
            near = list(_WORD.finditer(text, max(start - _BEFORE, 0), start))[-3:]
            if _credited(text, near, run):
                found.append(text[start : run[-1].end()])
        run = [match] if match else []
    return tuple(found)


def _is_latin(word: str) -> bool:
    """Tell whether a word is written as Latin: no name goes on in another script."""
    return word[0] < "\u0370"


def _in_quotation_marks(text: str) -> list[Credit]:
    """Return outlets whose names stand in quotation marks, as Russian and Uzbek write them."""
    lexicon = _lexicon()
    found: list[Credit] = []
    for match in _QUOTED_NAME.finditer(text):
        words = list(_WORD.finditer(text, match.start(1), match.end(1)))
        if not words or len(words) > 4 or not words[0].group()[0].isupper():
            continue
        folded = [fold(word.group()) for word in words]
        outlet = any(
            w == o or (len(o) > 4 and w.startswith(o)) for w in folded for o in lexicon.words
        )
        if not outlet and " ".join(folded) not in lexicon.known:
            continue
        near = list(_WORD.finditer(text, max(match.start() - _BEFORE, 0), match.start()))[-4:]
        # The quotation marks lie between the name and what comes before and after.
        if _credited(text, near, words):
            found.append(Credit(match.group(1), Span(match.start(1), match.end(1))))
    return found


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    return fold(word)


def _note(text: str, run: list[re.Match[str]], found: list[Credit]) -> None:
    """Add the outlet that a run of capitalised words names, if it does and is credited."""
    if not run:
        return
    lexicon = _lexicon()
    heard = [_folded(word.group()) for word in run]
    if lexicon.words.isdisjoint(heard) and lexicon.starts.isdisjoint(heard):
        return
    for first in range(len(run)):
        words = run[first:]
        name = text[words[0].start() : words[-1].end()]
        folded = fold(name).removeprefix("the ")
        listed = folded in lexicon.known or heard[first] in lexicon.known
        if not listed and (len(words) == 1 or lexicon.words.isdisjoint(heard[first:])):
            continue
        if listed and folded not in lexicon.known:
            words = words[:1]
            name = words[0].group()
        begins = run[0].start()
        recent = list(_WORD.finditer(text, max(begins - _BEFORE, 0), begins))[-3:]
        context = [*recent, *run[:first]]
        if _credited(text, context, words):
            found.append(Credit(_shown(name), Span(words[0].start(), words[-1].end())))
        return


def _shown(name: str) -> str:
    return _lexicon().known.get(fold(name).removeprefix("the "), name.removeprefix("The "))


def _credited(text: str, context: list[re.Match[str]], words: list[re.Match[str]]) -> bool:
    lexicon = _lexicon()
    start, end = words[0].start(), words[-1].end()
    near = [word for word in context if not set(text[word.end() : start]) & set(_SENTENCE)]
    before = [_folded(word.group()) for word in near]
    if before[-1:] and before[-1] in lexicon.kinds and " ".join(before[-1:]) not in lexicon.before:
        before.pop()
    if any(" ".join(before[-count:]) in lexicon.before for count in (1, 2, 3) if before[-count:]):
        return True
    after = [_folded(match.group()) for match in _following(text, end)]
    return any(" ".join(after[:count]) in lexicon.after for count in (1, 2, 3, 4) if after[:count])


def _following(text: str, at: int) -> list[re.Match[str]]:
    stretch = _WORD.finditer(text, at, at + 60)
    found = [match for match, _ in zip(stretch, range(4), strict=False)]
    return [match for match in found if not set(text[at : match.start()]) & set(_SENTENCE)]
