"""The picture of an event: reports over time, run together into texts, and those into sources."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from guvoh.model.event import Event, Source
from guvoh.model.lineage import Family, Relation
from guvoh.model.report import Report
from guvoh.pages import drawing
from guvoh.pages.drawing import (
    GAP,
    TOP,
    Box,
    Line,
    arrow,
    box,
    broken,
    curve,
    draw_box,
    draw_lines,
    path,
    tall,
)
from guvoh.pages.labels import KINDS, anchor, how_known, original_sources, outlet, place
from guvoh.pages.strands import DASHES, REPORT, Row, axis, draw_row, rows_of, strand
from guvoh.pages.texts import Text, asked, joined_sets, texts, told_in
from guvoh.words import Words

__all__ = ["anchor", "outlet", "picture", "place", "text_name"]

WIDTH = 920
# Left edge and width of a column, in pixels.
_TEXT, _SOURCE = (544, 150), (750, 168)
# A taller picture would be unreadable on one printed sheet; there the list stands for it.
_SHEET = 1350


@dataclass(frozen=True, slots=True)
class _Stack:
    """Sources that stand together: several are joined, with the questions that would part them."""

    sources: tuple[Source, ...]
    boxes: tuple[Box, ...]
    questions: tuple[Line, ...] = ()
    y: float = 0.0

    @property
    def height(self) -> float:
        inner = sum(one.height for one in self.boxes) + GAP / 2 * (len(self.boxes) - 1)
        return inner + (tall(self.questions) + 3 * drawing.PAD if self.questions else 0)

    def placed(self) -> list[Box]:
        at = self.y + (drawing.PAD if self.questions else 0)
        found = []
        for one in self.boxes:
            found.append(replace(one, y=at))
            at += one.height + GAP / 2
        return found


def picture(
    event: Event,
    families: Sequence[Family],
    reports: Mapping[str, Report],
    holders: Mapping[str, str],
    say: Words,
) -> str:
    """Draw the event as one SVG element that needs no script and whose every part has its name.

    Left the reports by date, each with a line that says how it was made and what it changed; in the
    middle the texts, dashed where the case has not got them; right the original sources, unless the
    event has no claims, which is a family by itself.
    """
    found = [
        text
        for text in texts(event, families)
        if set(text.members) & reports.keys() or not text.members
    ]
    rows = rows_of(found, reports, say)
    floor = max([TOP, *(row.y + row.down for row in rows)])
    boxes = _texts_placed(found, rows, reports, floor, say)
    stacks = _stacks(event, found, boxes, holders, floor, say) if event.claims else []
    out = _headings(event, say)
    out += [_thread(boxes[key], end) for key, end in _threads(stacks, found, boxes, holders)]
    out += [_made_from(text, boxes) for text in found if text.above in boxes]
    out += [strand(row, boxes[row.text]) for row in rows]
    out += axis(rows, say)
    out += [draw_row(row) for row in rows]
    out += [draw_box(one) for one in boxes.values()]
    out += [element for stack in stacks for element in _draw_stack(stack)]
    ends = [floor, *(b.y + b.height for b in boxes.values()), *(s.y + s.height for s in stacks)]
    key, bottom = drawing.legend(_key(rows, found, say), WIDTH, max(ends) + 24)
    return _svg(out + key, bottom, event, say)


def _texts_placed(
    found: Sequence[Text],
    rows: Sequence[Row],
    reports: Mapping[str, Report],
    floor: float,
    say: Words,
) -> dict[str, Box]:
    boxes = [_text_box(text, reports, say) for text in found]
    heights: dict[str, list[float]] = {text.key: [] for text in found}
    above = {text.key: text.above for text in found}
    for row in rows:
        heights[row.text].append(row.y)
        if above[row.text] in heights:
            heights[above[row.text] or ""].append(row.y)
    wanted = [
        (sum(heights[t.key]) / len(heights[t.key]) if heights[t.key] else TOP) - one.height / 2
        for t, one in zip(found, boxes, strict=True)
    ]
    tops = drawing.spread(wanted, [one.height for one in boxes], GAP, TOP, floor)
    return {
        text.key: replace(one, y=top) for text, one, top in zip(found, boxes, tops, strict=True)
    }


def text_name(text: Text, reports: Mapping[str, Report], say: Words) -> tuple[str, str]:
    """Return what a text is called, and what is to be said of it."""
    told = say.count(len(text.members), "report", "reports")
    if text.head is not None:
        return outlet(reports[text.head]), told
    first = reports.get(text.key) or reports.get((text.family and text.family.origin) or "")
    if first is not None:
        return outlet(first), say("does not tell of this itself")
    if text.missing is None:
        return say("unknown original"), say("which page was first is open")
    return text.missing.publisher or say("unknown original"), say("original not in the case")


def _text_box(text: Text, reports: Mapping[str, Report], say: Words) -> Box:
    name, note = text_name(text, reports, say)
    style = "wording" if text.head is not None or text.missing is None else "missing"
    return box(*_TEXT, [("name", name), ("small", note)], style, f"{say('Text')}: {name} ({note})")


def _stacks(
    event: Event,
    found: Sequence[Text],
    boxes: Mapping[str, Box],
    holders: Mapping[str, str],
    floor: float,
    say: Words,
) -> list[_Stack]:
    heights = {
        source.id: _height(told_in(source, found, holders), boxes) for source in event.sources
    }
    stacks = [
        _stack(event, sorted(joined, key=lambda source: heights[source.id]), say)
        for joined in joined_sets(event.sources, event.joined)
    ]
    if not stacks:
        nobody = say("Nobody is named on whose word this is said")
        stacks = [_Stack((), (box(*_SOURCE, [("small", nobody)], "nobody", nobody),))]
    wanted = []
    for stack in stacks:
        middles = [heights[source.id] for source in stack.sources] or [TOP]
        wanted.append(sum(middles) / len(middles) - stack.height / 2)
    tops = drawing.spread(wanted, [one.height for one in stacks], GAP, TOP, floor)
    return [replace(stack, y=top) for stack, top in zip(stacks, tops, strict=True)]


def _height(keys: Sequence[str], boxes: Mapping[str, Box]) -> float:
    """Return the mean height of texts."""
    middles = [boxes[key].middle for key in keys if key in boxes]
    return sum(middles) / len(middles) if middles else TOP


def _stack(event: Event, sources: Sequence[Source], say: Words) -> _Stack:
    names = {source.name for source in sources}
    open_ = [("small", asked(one, say)) for one in event.joined if names & set(one.sources)]
    if len(sources) < 2:
        return _Stack(tuple(sources), (_source_box(sources[0], _SOURCE, say),))
    x, wide = _SOURCE
    boxes = tuple(_source_box(one, (x + 8, wide - 16), say) for one in sources)
    question = [("how", say("May be one. What would decide:")), *open_]
    return _Stack(tuple(sources), boxes, broken(question, wide - 16))


def _source_box(source: Source, column: tuple[float, float], say: Words) -> Box:
    longest = min(source.chains, key=lambda c: (-len(c), c), default=())
    through = " ← ".join(longest)
    knows = how_known(source, say)
    parts = [("name", source.name), ("small", knows)]
    if len(longest) > 1:
        parts.append(("small", through))
    style = "source firsthand" if source.firsthand else "source"
    return box(
        *column, parts, style, f"{say('Original source')}: {through or source.name} ({knows})"
    )


def _threads(
    stacks: Sequence[_Stack],
    found: Sequence[Text],
    boxes: Mapping[str, Box],
    holders: Mapping[str, str],
) -> list[tuple[str, Box]]:
    return [
        (key, end)
        for stack in stacks
        for source, end in zip(stack.sources, stack.placed(), strict=False)
        for key in told_in(source, found, holders)
        if key in boxes
    ]


def _headings(event: Event, say: Words) -> list[str]:
    heads = [
        (REPORT, say.count(len(event.reports), "report", "reports"), say("by day of publication")),
        (_TEXT, say.count(event.texts, "text", "texts"), say("which they repeat")),
    ]
    if event.claims:
        heads.append((_SOURCE, original_sources(event.count, say), say("on whose word it is said")))
    return [
        draw_lines(broken([("head", count), ("small", what)], wide), x, 0)
        for (x, wide), count, what in heads
    ]


def _made_from(text: Text, boxes: Mapping[str, Box]) -> str:
    """Draw the bow from a text to the one that it was made from, right of both."""
    start, end = boxes[text.key], boxes[text.above or ""]
    right = start.x + start.width
    bow = right + 14 + min(abs(end.middle - start.middle) / 20, 22)
    y1 = start.middle
    y2 = end.middle + (5 if start.middle > end.middle else -5)
    way = f"M{right:g},{y1:g} C{bow:g},{y1:g} {bow:g},{y2:g} {right + 6:g},{y2:g}"
    return path(way, DASHES.get(text.how or Relation.COPY, "")) + arrow(right + 1, y2, -1)


def _thread(start: Box, end: Box) -> str:
    x = start.x + start.width
    way = f"M{x:g},{start.middle:g} {curve(x, start.middle, end.x - 6, end.middle)}"
    return path(way, "", 2.2, "line sure") + arrow(end.x - 1, end.middle)


def _draw_stack(stack: _Stack) -> list[str]:
    out = [draw_box(one) for one in stack.placed()]
    if not stack.questions:
        return out
    x, wide = _SOURCE
    top = stack.y + stack.height - tall(stack.questions) - drawing.PAD
    frame = (
        f'<rect class="joined" x="{x:g}" y="{stack.y:g}" width="{wide:g}" height="{stack.height:g}" '
        'rx="6" stroke-dasharray="2 3"/>'
    )
    return [frame, *out, draw_lines(stack.questions, x + 8, top)]


def _key(rows: Sequence[Row], found: Sequence[Text], say: Words) -> list[tuple[str, str]]:
    """Return the line styles that this picture uses, each with what it means."""
    used = {row.relation for row in rows} | {text.how for text in found if text.how}
    named: dict[str, list[str]] = {}
    for relation, dash in DASHES.items():
        if relation in used:
            named.setdefault(dash, []).append(say(KINDS[relation]))
    samples = [(dash, ", ".join(words)) for dash, words in named.items()]
    if any(text.missing and text.head is None for text in found):
        samples.append(("box", say("original not in the case")))
    return samples


def _svg(elements: Sequence[str], bottom: float, event: Event, say: Words) -> str:
    name = say("Picture of how the reports run together")
    told = [
        say.count(len(event.reports), "report", "reports"),
        say.count(event.texts, "text", "texts"),
        *([original_sources(event.count, say)] if event.claims else []),
    ]
    head = (
        f'<svg class="picture{" tall" if bottom > _SHEET else ""}" '
        f'viewBox="0 0 {WIDTH} {math.ceil(bottom)}" role="group" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(name)}: {escape(" → ".join(told))}</title>'
    )
    return "\n".join([head, *elements, "</svg>"])
