"""The left of the picture: the reports by day, each with what is said of its line."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from guvoh.model.lineage import Member, Relation
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
from guvoh.pages.labels import KINDS, Label, anchor, day, label, language_of, outlet, published
from guvoh.pages.texts import Text, weighty
from guvoh.words import Words

# Left edge and width of a column, in pixels; what is said of a line stands above and below it.
REPORT, _SAID = (92, 160), (262, 212)
_AXIS = 80
# A picture draws at most this many reports by themselves; further copies of a text share a row.
DRAWN = 60
DASHES = {
    Relation.COPY: "",
    Relation.EDITED: "15 4",
    Relation.TRANSLATION: "7 5",
    Relation.PARAPHRASE: "0.1 4",
    Relation.CITATION: "10 4 2 4",
    Relation.NOTHING_NEW: "10 4 2 4",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A report, or further copies of a text, with what is said of its line, which lies at `y`."""

    report: Report | None
    text: str
    relation: Relation
    box: Box
    above: tuple[Line, ...]
    below: tuple[Line, ...]
    said: str
    y: float = 0.0

    @property
    def up(self) -> float:
        """Return how far it reaches above its line."""
        return max(self.box.height / 2, tall(self.above) + 3)

    @property
    def down(self) -> float:
        """Return how far it reaches below its line."""
        return max(self.box.height / 2, tall(self.below) + 5)


def rows_of(found: Sequence[Text], reports: Mapping[str, Report], say: Words) -> list[Row]:
    """Return a row for each report by day; where there are too many, one for the rest of each text."""
    names = {key: outlet(report) for key, report in reports.items()}
    every = [
        (text, member)
        for text in found
        for member in text.members.values()
        if member.report in reports
    ]
    telling = sorted(every, key=lambda one: _telling(one[0], one[1], reports))
    alone, rest = (telling, []) if len(every) <= DRAWN else (telling[:DRAWN], telling[DRAWN:])
    alone.sort(key=lambda one: (reports[one[1].report].published or "9", one[1].report))
    rows = [
        _row(text, member, reports[member.report], label(member, text, reports, names, say), say)
        for text, member in alone
    ]
    rows += [_rest(text, rest, reports, say) for text in found if any(t is text for t, _ in rest)]
    return _timed(rows)


def _telling(
    text: Text, member: Member, reports: Mapping[str, Report]
) -> tuple[bool, int, str, str]:
    """Return what puts the reports first that say most: heads of texts, then those that changed much."""
    weight = min(len(weighty(member.derivation)), 9)
    return (
        member.report != text.head,
        -weight,
        reports[member.report].published or "9",
        member.report,
    )


def _row(text: Text, member: Member, report: Report, said: Label, say: Words) -> Row:
    name = outlet(report)
    title = report.title.text if report.title else report.file
    whole = [name, language_of(report.language, say), day(report, say, True), f"“{title}”"]
    parts = [("name", name), ("small", language_of(report.language, say))]
    drawn = replace(box(*REPORT, parts, "report", ", ".join(whole)), href=f"#{anchor(report.id)}")
    above = broken([("how", said.short)] if said.short else [], _SAID[1])
    under = [("small", part) for part in (*said.changes, said.more) if part]
    told = f"{name}: {'; '.join(said.parts())}" if said.parts() else ""
    return Row(report, text.key, member.relation, drawn, above, broken(under, _SAID[1]), told)


def _rest(
    text: Text, rest: Sequence[tuple[Text, Member]], reports: Mapping[str, Report], say: Words
) -> Row:
    members = [member for one, member in rest if one is text]
    tags = dict.fromkeys(reports[member.report].language for member in members)
    parts = [
        (
            "name",
            say("and {reports}").format(
                reports=say.count(len(members), "more report", "more reports")
            ),
        ),
        ("small", ", ".join(language_of(tag, say) for tag in list(tags)[:6])),
    ]
    drawn = box(*REPORT, parts, "report", ", ".join(words for _, words in parts))
    kinds = dict.fromkeys(say(KINDS[m.relation]) for m in members if m.relation in KINDS)
    above = broken([("how", ", ".join(kinds))], _SAID[1])
    return Row(None, text.key, members[0].relation, drawn, above, (), "")


def _timed(rows: Sequence[Row]) -> list[Row]:
    """Return the rows below one another, further apart where more days lie between them."""
    placed: list[Row] = []
    edge = TOP
    for row in rows:
        days = _days(placed[-1].report, row.report) if placed else 0
        edge += min(5 * math.log2(1 + days), 24)
        placed.append(replace(row, y=edge + row.up))
        edge = placed[-1].y + row.down + GAP
    return [replace(row, box=replace(row.box, y=row.y - row.box.height / 2)) for row in placed]


def _days(before: Report | None, after: Report | None) -> int:
    first = published(before) if before else None
    last = published(after) if after else None
    if first is None or last is None:
        return 0 if first is last else 7
    return max((last - first).days, 0)


def strand(row: Row, end: Box) -> str:
    """Draw the line from a report to its text: level under what is said of it, then bent."""
    x, level, to = REPORT[0] + REPORT[1], _SAID[0] + _SAID[1], end.x - 1
    dash = DASHES.get(row.relation, "")
    if row.report and row.report.id == row.text:
        dash = ""  # the report is the text's own head; how that text was made stands beside it
    way = f"M{x:g},{row.y:g} L{level:g},{row.y:g} {curve(level, row.y, to - 5, end.middle)}"
    return path(way, dash) + arrow(to, end.middle)


def axis(rows: Sequence[Row], say: Words) -> list[str]:
    """Draw the days down the left: a dot for each row, the day where it changes, and the year."""
    out = [
        path(
            f"M{_AXIS:g},{a.y:g} L{_AXIS:g},{b.y:g}", "" if _days(a.report, b.report) < 7 else "2 4"
        )
        for a, b in pairwise(rows)
    ]
    before, era = None, None
    for row in rows:
        out.append(f'<circle class="dot" cx="{_AXIS:g}" cy="{row.y:g}" r="3"/>')
        if row.report is None:
            continue
        told, date = day(row.report, say), published(row.report)
        if told != before:
            lines: list[Line] = [("small", told)]
            if date is not None and date.year != era:
                era = date.year
                lines.append(("small", str(era)))
            out.append(draw_lines(lines, _AXIS - 9, row.y - 7.5, "end"))
        before = told
    return out


def draw_row(row: Row) -> str:
    """Draw a report's box, and what is said of its line, with where both lead."""
    x = _SAID[0]
    inner = draw_lines(row.above, x, row.y - tall(row.above) - 3)
    inner += draw_lines(row.below, x, row.y + 4)
    if not inner:
        return draw_box(row.box)
    inner = f'<g class="made" role="img"><title>{escape(row.said)}</title>{inner}</g>'
    changed = row.report is not None and row.relation is not Relation.ORIGIN
    href = f"#d-{anchor(row.report.id)}" if changed and row.report else None
    return draw_box(row.box) + drawing.linked(inner, href)
