"""The picture of an event: reports over time, run together into texts, and those into sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from guvoh.model.event import Event, Source
from guvoh.model.lineage import Family, Member, Relation
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan
from guvoh.words import Words

ROW = 34
BOX = 26
WIDTH = 1080
REPORT_X, REPORT_W = 112, 290
TEXT_X, TEXT_W = 548, 190
SOURCE_X, SOURCE_W = 832, 240
# Mean advance of a 13 px system sans glyph in pixels, measured in Chromium on Latin and Cyrillic text;
# labels that would not fit are cut and carry the whole in a <title>.
ADVANCE = 6.9

RELATION_DASH = {
    Relation.COPY: "",
    Relation.EDITED: "",
    Relation.TRANSLATION: "7 3",
    Relation.PARAPHRASE: "2 3",
    Relation.CITATION: "1 4",
    Relation.NOTHING_NEW: "1 4",
}


@dataclass(frozen=True, slots=True)
class _Box:
    x: int
    y: int
    width: int
    label: str
    full: str
    style: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: tuple[int, int]
    end: tuple[int, int]
    label: str
    dash: str


def place(at: ByteSpan, report: Report) -> str:
    """Return where bytes of a report stand: numbers, and the part they were laid out from."""
    parts = report.map.places_of(at)
    numbers = f"{at.start}–{at.end}"
    return f"{numbers} ← {', '.join(parts)}" if parts else numbers


def outlet(report: Report) -> str:
    """Return the shortest name by which a person knows a report: its publisher, else its file."""
    return report.publisher.text if report.publisher else report.file.rsplit("/", 1)[-1]


def picture(
    event: Event, families: Sequence[Family], reports: Mapping[str, Report], say: Words
) -> str:
    """Draw the event as one SVG element with a title and a description for screen readers.

    Reports that belong to no family of `families` stand as texts of their own.
    """
    groups = _groups(event, families)
    ordered = sorted(
        ((group, member) for group in groups for member in group.members),
        key=lambda pair: (reports[pair[1].report].published or "9", pair[1].report),
    )
    rows = {member.report: index for index, (_, member) in enumerate(ordered)}
    boxes: list[_Box] = []
    lines: list[_Line] = []
    height = max(len(ordered), 2 * len(groups), 2 * len(event.sources), 2) * ROW + 34
    for index, (_, member) in enumerate(ordered):
        boxes.append(_report_box(reports[member.report], index))
    text_y = _spread([_mean(rows, group) for group in groups], height)
    for group, y in zip(groups, text_y, strict=True):
        boxes.append(_text_box(group, reports, y, say))
        lines += [_report_line(member, rows[member.report], y, say) for member in group.members]
    sources_y = _spread([_source_y(s, groups, text_y) for s in event.sources], height)
    for source, y in zip(event.sources, sources_y, strict=True):
        boxes.append(_source_box(source, y, say))
        lines += [
            _Line((TEXT_X + TEXT_W, ty), (SOURCE_X, y), "", "")
            for group, ty in zip(groups, text_y, strict=True)
            if group.id in source.families
        ]
    dates = [
        (index * ROW + 30, (reports[member.report].published or say("undated"))[:10])
        for index, (_, member) in enumerate(ordered)
    ]
    return _svg(boxes, lines, dates, height, (_headings(say), _description(event, groups, say)))


def _groups(event: Event, families: Sequence[Family]) -> list[Family]:
    known = {m.report for f in families for m in f.members}
    alone = [
        Family(f"alone-{r}", (Member(r, Relation.ORIGIN, None, 1000),), origin=r)
        for r in event.reports
        if r not in known
    ]
    mine = set(event.reports)
    kept = [
        Family(f.id, tuple(m for m in f.members if m.report in mine), f.origin, f.missing_origin)
        for f in families
        if any(m.report in mine for m in f.members)
    ]
    return kept + alone


def _report_box(report: Report, row: int) -> _Box:
    label = f"{outlet(report)} · {report.language}"
    title = report.title.text if report.title else report.file
    return _Box(
        REPORT_X,
        row * ROW + 30,
        REPORT_W,
        label,
        f"{label}: {title}",
        "report",
        f"#{anchor(report.id)}",
    )


def _text_box(group: Family, reports: Mapping[str, Report], y: int, say: Words) -> _Box:
    if group.origin and group.origin in reports:
        name = outlet(reports[group.origin])
        return _Box(TEXT_X, y, TEXT_W, name, f"{say('first text')}: {name}", "text")
    missing = group.missing_origin.publisher if group.missing_origin else None
    label = f"{missing or say('unknown')} ({say('missing')})"
    return _Box(TEXT_X, y, TEXT_W, label, f"{say('original not in the case')}: {label}", "missing")


def _source_box(source: Source, y: int, say: Words) -> _Box:
    chain = min(source.chains, key=lambda c: (-len(c), c), default=(source.name,))
    full = " ← ".join(chain)
    style = "source firsthand" if source.firsthand else "source"
    return _Box(
        SOURCE_X, y, SOURCE_W, source.name, f"{full} ({say.term(source.basis.value)})", style
    )


def _report_line(member: Member, row: int, y: int, say: Words) -> _Line:
    start = (REPORT_X + REPORT_W, row * ROW + 30)
    if member.relation is Relation.ORIGIN:
        return _Line(start, (TEXT_X, y), "", "")
    via = f" ({'→'.join(member.via_languages)})" if member.via_languages else ""
    changes = len(member.derivation.changes) if member.derivation else 0
    note = f", {say.count(changes, 'change', 'changes')}" if changes else ""
    label = f"{say.term(member.relation.value)}{via}{note}"
    return _Line(start, (TEXT_X, y), label, RELATION_DASH[member.relation])


def _mean(rows: Mapping[str, int], group: Family) -> float:
    at = [rows[m.report] for m in group.members]
    return sum(at) / len(at) * ROW + 30


def _source_y(source: Source, groups: Sequence[Family], text_y: Sequence[int]) -> float:
    at = [y for group, y in zip(groups, text_y, strict=True) if group.id in source.families]
    return sum(at) / len(at) if at else 30.0


def _spread(wanted: Sequence[float], height: int) -> list[int]:
    """Return positions near the wanted ones, in the same order, at least one and a half rows apart."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    gap = ROW * 1.5
    placed = [wanted[i] for i in order]
    for index, _ in enumerate(placed[1:], 1):
        placed[index] = max(placed[index], placed[index - 1] + gap)
    over = placed[-1] - (height - BOX) if placed else 0
    if over > 0:
        placed = [max(at - over, 30 + gap * index) for index, at in enumerate(placed)]
    result = [0] * len(wanted)
    for index, at in zip(order, placed, strict=True):
        result[index] = round(at)
    return result


def _cut(label: str, width: int) -> str:
    budget = (width - 14) / ADVANCE
    used = 0.0
    for index, character in enumerate(label):
        used += 2 if east_asian_width(character) in "WF" else 1
        if used > budget:
            return label[: max(index - 1, 1)].rstrip() + "…"
    return label


def _headings(say: Words) -> list[tuple[int, str]]:
    return [
        (REPORT_X, say("Reports")),
        (TEXT_X, say("Texts")),
        (SOURCE_X, say("Original sources")),
    ]


def _description(event: Event, groups: Sequence[Family], say: Words) -> str:
    parts = [
        f"{say.count(len(event.reports), 'report', 'reports')}, "
        f"{say.count(len(groups), 'origin', 'origins')}, "
        f"{say('original sources')}: {event.count.low}–{event.count.high}."
    ]
    parts += [" ← ".join(chain) + "." for source in event.sources for chain in source.chains[:1]]
    return " ".join(parts)


def _svg(
    boxes: Sequence[_Box],
    lines: Sequence[_Line],
    dates: Sequence[tuple[int, str]],
    height: int,
    words: tuple[list[tuple[int, str]], str],
) -> str:
    headings, description = words
    out = [
        f'<svg class="picture" viewBox="0 0 {WIDTH} {height + 14}" role="group" '
        f'aria-labelledby="picture-desc" xmlns="http://www.w3.org/2000/svg">',
        f'<desc id="picture-desc">{escape(description)}</desc>',
    ]
    out += [f'<text class="head" x="{x}" y="10">{escape(label)}</text>' for x, label in headings]
    out += [_draw_line(line) for line in lines]
    out += [f'<text class="date" x="4" y="{y + 5}">{escape(date)}</text>' for y, date in dates]
    out += [_draw_box(box) for box in boxes]
    out.append("</svg>")
    return "\n".join(out)


def _draw_line(line: _Line) -> str:
    (x1, y1), (x2, y2) = line.start, line.end
    middle = (x1 + x2) // 2
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    path = f'<path class="line" d="M{x1},{y1} C{middle},{y1} {middle},{y2} {x2},{y2}"{dash}/>'
    if not line.label:
        return path
    return f'{path}<text class="label" x="{x1 + 6}" y="{y1 - 4}">{escape(_cut(line.label, 150))}</text>'


def _draw_box(box: _Box) -> str:
    top = box.y - BOX // 2
    inner = (
        f"<title>{escape(box.full)}</title>"
        f'<rect x="{box.x}" y="{top}" width="{box.width}" height="{BOX}" rx="3"/>'
        f'<text x="{box.x + 7}" y="{box.y + 5}">{escape(_cut(box.label, box.width))}</text>'
    )
    if box.href:
        return f'<a href="{escape(box.href)}" class="box {box.style}">{inner}</a>'
    return f'<g class="box {box.style}">{inner}</g>'


def anchor(report: str) -> str:
    """Return the fragment that names a report on a page."""
    return "r-" + report[:16] + report[64:].replace("#", "-")
