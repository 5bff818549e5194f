"""Pictures alone: each event as SVG and PNG, readable in print, in grey and by a screen reader."""

import re
from collections.abc import Iterator
from importlib.resources import files

import typst

from guvoh.model.event import Event
from guvoh.pages.picture import picture
from guvoh.pages.render import event_order
from guvoh.pages.texts import holders
from guvoh.protect import Release
from guvoh.publish.ids import published_id
from guvoh.publish.roles import in_language
from guvoh.words import Words, words

_INCHES = 144.0  # pixels per inch of a PNG


def pictures(release: Release, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield event-<id>.svg and event-<id>.png for each event."""
    say = words(language)
    release = in_language(release, say)
    for event in sorted(release.events, key=event_order):
        name = f"event-{published_id(release, 'event', event.id)}"
        svg = drawn(event, release, say)
        yield f"{name}.svg", svg.encode()
        yield f"{name}.png", _pixels(svg)


def drawn(event: Event, release: Release, say: Words) -> str:
    """Return the picture of an event as an SVG document that needs no style of a page around it."""
    families = [family for family in release.families if family.id in event.families]
    return alone(picture(event, families, release.reports, holders(release.claims), say))


def alone(svg: str) -> str:
    """Return a drawing of a page as a document: with its style and size, and without links."""
    style = files("guvoh.publish").joinpath("templates", "picture.css").read_text("utf-8")
    head, rest = svg.split(">", 1)
    # Outside a page nothing else says how large it is, and links would lead nowhere.
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
    size = (
        f' width="{box.group(1)}" height="{box.group(2)}"' if box and " width=" not in head else ""
    )
    space = "" if "xmlns=" in head else ' xmlns="http://www.w3.org/2000/svg"'
    inside = re.sub(r"</?a\b[^>]*>", "", rest)
    return f"{head}{space}{size}><style>{style}</style>{inside}"


def _pixels(svg: str) -> bytes:
    page = '#set page(width: auto, height: auto, margin: 8pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    return bytes(typst.compile(page.encode(), format="png", ppi=_INCHES, sys_inputs={"svg": svg}))
