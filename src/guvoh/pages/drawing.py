"""Boxes, lines and type as SVG elements: sizes stand in the drawing, colours in the style sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from guvoh.pages.measure import width, wrapped

Line = tuple[str, str]  # what it is for, and what it says
# Size in pixels, whether bold, and height of a line of type in pixels, by what it is for.
TYPE = {
    "head": (15.0, True, 20.0),
    "name": (13.0, True, 17.0),
    "small": (11.5, False, 15.0),
    "how": (11.5, True, 15.0),
}
PAD, GAP = 7.0, 12.0  # inside a box, and between two
TOP = 66.0  # where columns begin, under headings of up to three lines


@dataclass(frozen=True, slots=True)
class Box:
    """A box with lines of type in it; `x` and `y` are its upper left corner."""

    x: float
    width: float
    lines: tuple[Line, ...]
    style: str
    title: str
    href: str | None = None
    y: float = 0.0

    @property
    def height(self) -> float:
        """Return how tall its lines make it."""
        return tall(self.lines) + 2 * PAD

    @property
    def middle(self) -> float:
        """Return the height at which lines meet it."""
        return self.y + self.height / 2


def tall(lines: Sequence[Line]) -> float:
    """Return the height of lines of type."""
    return sum(TYPE[kind][2] for kind, _ in lines)


def broken(parts: Iterable[Line], room: float) -> tuple[Line, ...]:
    """Break each part into lines that fit `room` pixels."""
    return tuple(
        (kind, line)
        for kind, text in parts
        for line in wrapped(text, room, TYPE[kind][0], TYPE[kind][1])
    )


def box(x: float, wide: float, parts: Iterable[Line], style: str, title: str) -> Box:
    """Return a box `wide` pixels across, as tall as its words need."""
    return Box(x, wide, broken(parts, wide - 2 * PAD), style, title)


def draw_box(one: Box) -> str:
    """Draw a box that says its whole name to a screen reader, and leads on where it has an address."""
    inner = (
        f'<g class="box {one.style}" role="img"><title>{escape(one.title)}</title>'
        f'<rect x="{one.x:g}" y="{one.y:g}" width="{one.width:g}" height="{one.height:g}" rx="3"/>'
        f"{draw_lines(one.lines, one.x + PAD, one.y + PAD)}</g>"
    )
    return linked(inner, one.href)


def linked(inner: str, href: str | None) -> str:
    """Wrap elements into a link, where there is somewhere to go."""
    return f'<a href="{escape(href)}">{inner}</a>' if href else inner


def draw_lines(lines: Sequence[Line], x: float, top: float, anchor: str = "") -> str:
    """Draw lines of type below one another, the first under `top`."""
    out = []
    for kind, text in lines:
        size, bold, high = TYPE[kind]
        weight = ' font-weight="700"' if bold else ""
        place = f' text-anchor="{anchor}"' if anchor else ""
        base = top + high / 2 + size * 0.36
        out.append(
            f'<text class="{kind}" x="{x:g}" y="{base:g}" font-size="{size:g}"{weight}{place}>'
            f"{escape(text)}</text>"
        )
        top += high
    return "".join(out)


def path(d: str, dash: str = "", weight: float = 1.4, style: str = "line") -> str:
    """Draw a line; dots have round ends, so that they are seen in grey and in print."""
    dots = f' stroke-dasharray="{dash}" stroke-linecap="{"round" if dash[:2] == "0." else "butt"}"'
    return f'<path class="{style}" d="{d}" stroke-width="{weight:g}"{dots if dash else ""}/>'


def arrow(x: float, y: float, toward: int = 1) -> str:
    """Draw the head of an arrow whose tip is at (x, y), pointing right or (`toward` -1) left."""
    back = x - 7 * toward
    return f'<path class="tip" d="M{x:g},{y:g} L{back:g},{y - 3.5:g} L{back:g},{y + 3.5:g} Z"/>'


def curve(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return the way of a line that leaves and arrives level."""
    middle = (x1 + x2) / 2
    return f"C{middle:g},{y1:g} {middle:g},{y2:g} {x2:g},{y2:g}"


def spread(
    wanted: Sequence[float], heights: Sequence[float], gap: float, top: float, floor: float
) -> list[float]:
    """Return upper edges near the wanted ones, in their order, that do not overlap.

    Boxes end above `floor` where they fit between it and `top`; where they don't, they go below it.
    """
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at] + heights[at] / 2, at))
    placed: list[float] = []
    edge = top
    for at in order:
        placed.append(max(wanted[at], edge))
        edge = placed[-1] + heights[at] + gap
    needed = top + sum(heights) + gap * (len(heights) - 1)
    edge = max(floor, needed)
    for index in range(len(order) - 1, -1, -1):
        placed[index] = min(placed[index], edge - heights[order[index]])
        edge = placed[index] - gap
    result = [0.0] * len(wanted)
    for at, found in zip(order, placed, strict=True):
        result[at] = round(found, 1)
    return result


def legend(samples: Sequence[tuple[str, str]], wide: float, top: float) -> tuple[list[str], float]:
    """Draw a key of line styles, as (dash, meaning), in rows; return it with its lower edge.

    A dash of "box" draws the outline of what is missing.
    """
    out: list[str] = []
    x, y = 0.0, top
    for dash, meaning in samples:
        room = width(meaning, TYPE["small"][0]) + 62
        if x and x + room > wide:
            x, y = 0.0, y + 20
        if dash == "box":
            out.append(
                f'<g class="box missing"><rect x="{x + 2:g}" y="{y - 6:g}" width="30" height="12" rx="3"/></g>'
            )
        else:
            out.append(path(f"M{x:g},{y:g} L{x + 34:g},{y:g}", dash))
        out.append(draw_lines([("small", meaning)], x + 40, y - 7.5))
        x += room
    return out, y + 12
