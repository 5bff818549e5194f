"""Subtitles (SubRip, WebVTT) to a report: turns where speakers are named, else running words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from guvoh.clean.decode import Decoded, decode
from guvoh.clean.plain_turns import speaker
from guvoh.clean.rendering import About, Origin, Rendering, noted
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.model.report import ReportForm

_CLOCK = r"(?:\d{1,3}:)?\d\d:\d\d[.,]\d{1,3}"
_TIMES = re.compile(rf"[ \t]{{0,8}}({_CLOCK})[ \t]{{1,8}}-->[ \t]{{1,8}}({_CLOCK})[^\n]{{0,200}}")
# WebVTT (W3C, section 4): voices, classes, time stamps within a cue; SubRip: HTML tags and {\an8}.
_TAG = re.compile(
    r"<v(?:\.[^\s>]{0,80})?[ \t]{1,4}(?P<voice>[^>\n]{1,80})>|<[^<>\n]{0,200}>|\{\\[^{}\n]{0,60}\}"
)
_REFERENCE = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm|quot|#\d{1,6});")
_DASH = re.compile(r"(?:\{\\[^{}\n]{0,60}\}){0,5}(?:[-–—][ \t]{0,3})?")  # and where it is shown
_UNLABELLED = re.compile(r"[:\[\]()?!.,]")  # what no label of a turn holds
_SILENCE = 3_000  # milliseconds after which running words begin a new paragraph
_LONG = 600  # characters after which the end of a sentence ends a paragraph


@dataclass(slots=True)
class _Cue:
    """One cue: times in milliseconds, ranges of the decoded text for its time and its lines."""

    clock: tuple[int, int]
    start: int
    end: int
    lines: list[tuple[int, int]]


def read_subtitles(source: Source) -> Outcome:
    """Read subtitles; never raises. Each stretch is traced to its cue, named by the time it is said."""
    decoded = decode(source.data)
    cues, loose = _cues(decoded.text)
    rendering = Rendering()
    voices = _lay_out(rendering, decoded, cues)
    if rendering.is_empty:
        text = "It holds no words with the times at which they are said, so nothing was read."
        return (), (noted(source, "no-text", text),)
    findings: list[Finding] = []
    if loose:
        text = f"{loose:,} lines of it belong to no time and were left out."
        findings.append(noted(source, "lines-left-out", text, problem=False))
    form = ReportForm.TURNS if voices else ReportForm.ARTICLE
    reports, more = rendering.report(source, None, About(form=form))
    return reports, (*findings, *more)


def _cues(text: str) -> tuple[list[_Cue], int]:
    """Return the cues, and how many lines stand outside them that are no notes of the format."""
    cues: list[_Cue] = []
    at = loose = 0
    open_: _Cue | None = None
    skipping = text.startswith("WEBVTT")
    before = ""
    for raw in text.splitlines(keepends=True):
        line = raw.strip()
        times = _TIMES.match(raw)
        if times is not None:
            loose -= bool(before and open_ is None and not skipping)
            clock = (at + times.start(1), at + times.end(1))
            open_ = _Cue(clock, _milliseconds(times[1]), _milliseconds(times[2]), [])
            cues.append(open_)
            skipping = False
        elif not line:
            open_, skipping = None, False
        elif open_ is not None:
            start = at + len(raw) - len(raw.lstrip())
            dash = _DASH.match(line)
            bare = dash.end() if dash and dash[0] and speaker(line[dash.end() :]) is not None else 0
            open_.lines.append((start + bare, start + len(line)))
        elif line.startswith(("NOTE", "STYLE", "REGION")):
            skipping = True
        elif not skipping:
            loose += 1
        before = line
        at += len(raw)
    return cues, loose


def _milliseconds(clock: str) -> int:
    whole, _, parts = clock.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1_000 + int(parts.ljust(3, "0")[:3])


def _lay_out(rendering: Rendering, decoded: Decoded, cues: Sequence[_Cue]) -> bool:
    """Lay cues out; return whether speakers are named, so that it is read as turns."""
    text = decoded.text
    voiced = [_voice(text, line) for cue in cues for line in cue.lines]
    turns = sum(one is not None for one in voiced) >= 2
    said_by: str | None = None
    ended, length = 0, 0
    for cue in cues:
        part = f"at {text[cue.clock[0] : cue.clock[1]].replace(',', '.').partition('.')[0]}"
        if not turns and length and (cue.start - ended > _SILENCE or length > _LONG):
            rendering.end_paragraph()
            length = 0
        for line in cue.lines:
            voice = _voice(text, line)
            if turns and voice is not None and voice != said_by:
                rendering.end_paragraph()
                said_by, length = voice, 0
                _stamp(rendering, decoded, cue, part)
                if not text.startswith(voice, line[0]):
                    _voiced(rendering, decoded, line, part)
            if length:
                rendering.blank()
            skipped = len(voice) + 1 if voice and length and text.startswith(voice, line[0]) else 0
            length += _say(rendering, decoded, (line[0] + skipped, line[1]), part)
        ended = cue.end
    rendering.end_paragraph()
    return turns


def _voice(text: str, line: tuple[int, int]) -> str | None:
    """Return who speaks a line: the voice in its tag, or a label before a colon."""
    words = text[line[0] : min(line[1], line[0] + 200)]
    tag = _TAG.match(words)
    if tag is not None and tag["voice"]:
        return tag["voice"].strip()
    return speaker(words)


def _stamp(rendering: Rendering, decoded: Decoded, cue: _Cue, part: str) -> None:
    start = cue.clock[0]
    clock = re.split("[.,]", decoded.text[start : cue.clock[1]])[0]
    span = decoded.bytes(start, start + len(clock))
    rendering.say(clock, Origin(part, span.start, span.end))
    rendering.blank()


def _voiced(rendering: Rendering, decoded: Decoded, line: tuple[int, int], part: str) -> None:
    tag = _TAG.match(decoded.text, line[0], line[1])
    if tag is not None and tag["voice"]:
        span = decoded.bytes(tag.start("voice"), tag.end("voice"))
        name = " ".join(_UNLABELLED.sub(" ", tag["voice"]).split())
        rendering.say(name, Origin(part, span.start, span.end))
        rendering.say(":", Origin(part, span.end, span.end))
        rendering.blank()


def _say(rendering: Rendering, decoded: Decoded, line: tuple[int, int], part: str) -> int:
    length = 0
    for start, end, words in _words(decoded.text, line):
        span = decoded.bytes(start, end)
        rendering.say(words, Origin(part, span.start, span.end))
        length += len(words)
    return length


def _words(text: str, line: tuple[int, int]) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a line without its tags, references resolved."""
    at = line[0]
    marks = [*_TAG.finditer(text, *line), *_REFERENCE.finditer(text, *line)]
    for mark in sorted(marks, key=lambda one: one.start()):
        if mark.start() < at:
            continue
        if mark.start() > at:
            yield at, mark.start(), text[at : mark.start()]
        if mark.re is _REFERENCE:
            yield mark.start(), mark.end(), unescape(mark[0]).replace("\u00a0", " ")
        at = mark.end()
    if line[1] > at:
        yield at, line[1], text[at : line[1]]
