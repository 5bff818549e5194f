"""A message's lines taken apart: what its writer says, and the messages that it repeats."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from guvoh.clean.mail_lines import Line
from guvoh.clean.rendering import Origin

_MOST_DEPTH = 30  # messages within messages that are told apart
_RULE = re.compile(r"[-_=*\s>]{2,}")
_LABEL = re.compile(r"\*?([^\W\d_][^:*\n]{0,25}?)\s?\*?[:：]\*?\s?(.*)", re.DOTALL)
_ADDRESS = re.compile(r"\s?[<(\[]\s?(?:mailto:)?[^<>()\[\]\s]{1,120}@[^<>()\[\]]{1,160}[>)\]]")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_HALF = re.compile(r"\s?[ap]\.?\s?m\b\.?", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d:.+]*")
_AT = re.compile(r",? (?:at|в|um|à|a las) (?=\d)|,(?= )")
_LONGEST = 400  # characters of a line that may head a message


class Value(NamedTuple):
    """Something that the head of a repeated message tells, with its place."""

    text: str
    at: Origin | None


@dataclass(slots=True)
class Letter:
    """One message: `head` by from, date, subject; `kind` is sent, forwarded or quoted."""

    kind: str = "sent"
    head: dict[str, Value] = field(default_factory=dict)
    own: list[Line] = field(default_factory=list)
    asides: list[tuple[Line, str]] = field(default_factory=list)
    within: list["Letter"] = field(default_factory=list)


class _Vocabulary(NamedTuple):
    forwarded: frozenset[str]
    labels: dict[str, str]
    ends: tuple[str, ...]
    starts: tuple[str, ...]
    before: frozenset[str]  # words that may stand before a name


@cache
def _vocabulary() -> _Vocabulary:
    data = tomllib.loads(files("guvoh.clean").joinpath("mail.toml").read_text("utf-8"))
    labels = {label: kind for kind, labels in data["labels"].items() for label in labels}
    return _Vocabulary(
        frozenset(data["forwarded"]),
        labels,
        tuple(data["quoted"]["ends"]),
        tuple(data["quoted"]["starts"]),
        frozenset({*labels, *data["quoted"]["before"]}),
    )


def letters(lines: Sequence[Line]) -> Letter:
    """Take a message apart; what is deeper than 30 messages stays with the one that repeats it."""
    return _taken_apart(Letter(), list(lines), 0, 0)


def _taken_apart(letter: Letter, lines: list[Line], depth: int, level: int) -> Letter:
    """Sort lines into what the writer says at `depth` and what is repeated."""
    at = 0
    quoted: Letter | None = None  # to which what is quoted further down belongs, too
    deeper: dict[int, list[Line]] = {}
    signature = False
    while at < len(lines):
        line = lines[at]
        if line.depth > depth:
            stop = _while_deeper(lines, at, depth)
            _quote(letter, quoted, lines[at:stop], deeper, level)
            at = stop
            continue
        head = _head(lines, at) if level < _MOST_DEPTH else None
        if head is not None:
            kind, told, begin = head
            _set_rule_apart(letter)
            inner = Letter(kind, told)
            letter.within.append(inner)
            follows = _first_said(lines, begin)
            if follows is None or lines[follows].depth <= depth or kind == "forwarded":
                base = lines[follows].depth if follows is not None else depth
                _taken_apart(inner, lines[begin:], base, level + 1)
                break
            quoted, at, signature = inner, begin, False
            continue
        signature = signature or line.text in ("--", "-- ")
        if signature:
            letter.asides.append((line, "signature"))
        else:
            letter.own.append(line)
        at += 1
    for inner in letter.within:
        if id(inner) in deeper:
            said = deeper[id(inner)]
            _taken_apart(inner, said, min(one.depth for one in said), level + 1)
    return letter


def _set_rule_apart(letter: Letter) -> None:
    """Take away the line that a mail program draws above what it repeats."""
    while letter.own and not _RULE.sub("", letter.own[-1].text.strip()):
        line = letter.own.pop()
        if line.text.strip():
            letter.asides.append((line, "line between messages"))


def _while_deeper(lines: Sequence[Line], at: int, depth: int) -> int:
    """Return where what is quoted ends; blank lines between two stretches belong to it."""
    stop = at
    for number in range(at, len(lines)):
        if lines[number].depth > depth:
            stop = number + 1
        elif lines[number].text:
            break
    return stop


def _quote(
    letter: Letter,
    quoted: Letter | None,
    lines: list[Line],
    deeper: dict[int, list[Line]],
    level: int,
) -> None:
    """Give quoted lines to the message whose head stood before, or to heads among themselves."""
    if quoted is not None and level < _MOST_DEPTH:
        held = deeper.setdefault(id(quoted), [])
        if held:
            held.append(Line((), lines[0].depth))
        held += lines
        return
    inner = Letter(own=lines)
    if level < _MOST_DEPTH:
        inner = _taken_apart(Letter(), lines, min(one.depth for one in lines), level + 1)
    letter.within += inner.within
    letter.asides += inner.asides
    for line in inner.own:
        if line.cited:
            letter.asides.append((line, "quoted, nothing says from whom"))
        else:
            letter.own.append(line)


def _first_said(lines: Sequence[Line], at: int) -> int | None:
    return next((number for number in range(at, len(lines)) if lines[number].text), None)


def _head(lines: Sequence[Line], at: int) -> tuple[str, dict[str, Value], int] | None:
    """Return kind, what it tells, and where the message begins, if a head begins at this line."""
    text = lines[at].text
    if not text or len(text) > _LONGEST:
        return None
    if _RULE.sub(" ", text).strip(" :").casefold() in _vocabulary().forwarded:
        told, begin = _labelled(lines, at + 1)
        return "forwarded", told, begin
    told, begin = _labelled(lines, at)
    if "from" in told and len(told) >= 2 and _kind_of(text) == "from":
        return "forwarded", told, begin
    return _attribution(lines, at)


def _kind_of(text: str) -> str | None:
    found = _LABEL.match(text)
    return _vocabulary().labels.get(found[1].casefold()) if found else None


def _labelled(lines: Sequence[Line], at: int) -> tuple[dict[str, Value], int]:
    """Read lines of label and value; blank lines before them, and the one after, are passed over."""
    told: dict[str, Value] = {}
    number = at
    while number < len(lines) and number < at + 40:
        line = lines[number]
        text = line.text
        found = _LABEL.match(text) if text and len(text) <= _LONGEST else None
        kind = _vocabulary().labels.get(found[1].casefold()) if found else None
        if found and kind:
            told.setdefault(kind, Value(found[2].strip(" *"), _place(line)))
        elif text:
            break
        number += 1
    return told, number if told else at


def _place(*lines: Line) -> Origin | None:
    """Return the place of lines of one part."""
    said = [origin for line in lines for _, origin in line.said]
    if not said or any(origin.part != said[0].part for origin in said):
        return None
    return Origin(said[0].part, said[0].first, said[-1].last)


def _attribution(lines: Sequence[Line], at: int) -> tuple[str, dict[str, Value], int] | None:
    """Read "On 5 March 2023, Anna Orlova <anna@…> wrote:", on one line or on two."""
    for count in (1, 2):
        held = lines[at : at + count]
        text = " ".join(line.text for line in held).strip()
        end = _attributes(text) if len(held) == count else None
        if end is None or any(line.depth != held[0].depth for line in held):
            continue
        follows = _first_said(lines, at + count)
        below = follows is not None and lines[follows].depth > held[0].depth
        # Where nothing marks what follows as quoted, an address or a time of day must stand there.
        if below or (follows is not None and (_ADDRESS.search(text) or _CLOCK.search(text))):
            return "quoted", _attributed(text[: -len(end)], _place(*held)), at + count
    return None


def _attributes(text: str) -> str | None:
    """Return the words with which a line ends that says who wrote when, None if it does not."""
    vocabulary = _vocabulary()
    low = text.casefold()
    if len(text) > _LONGEST or not text.endswith(":") or not any(c.isdigit() for c in text):
        return None
    addressed = _ADDRESS.search(text) is not None
    if addressed and text.endswith((">:", "):", "]:")):
        return ":"
    if not (addressed or low.startswith(vocabulary.starts) or text[0].isdigit()):
        return None
    return next((end for end in vocabulary.ends if low.endswith(end)), None)


def _attributed(text: str, at: Origin | None) -> dict[str, Value]:
    """Tell who wrote from when: the name is what stands last, after a comma or a figure."""
    address = _ADDRESS.search(text)
    whole = (text[: address.start()] if address else text).strip(" ,")
    begin = max(whole.rfind(","), max((m.end() for m in _FIGURE.finditer(whole)), default=0) - 1)
    half = _HALF.match(whole, begin + 1)  # of the day, which a clock of twelve hours names
    begin = half.end() - 1 if half else begin
    name = whole[begin + 1 :].strip(" ,(\"'«»“”")
    first, _, rest = name.partition(" ")
    while rest and first.casefold() in _vocabulary().before:
        first, _, rest = (name := rest).partition(" ")
    dated = whole[: begin + 1].strip(" ,")
    low = dated.casefold()
    start = next((one for one in _vocabulary().starts if low.startswith(one)), "")
    told = {"from": Value(name or (address[0].strip() if address else ""), at)}
    return {**told, "date": Value(_AT.sub(" ", dated[len(start) :]).strip(), at)}


def name_in(value: str) -> str:
    """Return the name in a sender's words, the address where there is no name."""
    name = _ADDRESS.sub("", value).strip(" \"'«»,;")
    return name or value.strip(" <>[]\"'")
