"""The dossier: one page for a browser and one document for print, that say the same."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Literal

import typst
from jinja2 import Environment, PackageLoader, StrictUndefined

from guvoh.protect import Release
from guvoh.publish.account import account, told_of
from guvoh.publish.pictures import drawn
from guvoh.publish.roles import in_language
from guvoh.words import Words, words

_ENVIRONMENT = Environment(
    loader=PackageLoader("guvoh.publish"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# What the template of the document says itself; it cannot ask for words.
_PHRASES = (
    "On whose word",
    "Original source",
    "How they know",
    "Chain",
    "firsthand",
    "Firsthand",
    "Documents",
    "Chains checked by a person",
    "Status",
    "Grade",
    "original sources",
    "Counted as one in the lower bound",
    "Unconfirmed: counted in neither bound",
    "No report names anyone on whose word this is said.",
    "Value",
    "Who says so",
    "Where they differ",
    "Who denies it",
    "What changed in copying",
    "Same origin",
    "the original is not in the case",
    "People at risk",
    "Originals to find",
    "Whom nobody has asked",
    "Right of reply",
    "Ask before you publish whoever is said to have done harm and has no word of their own in these reports.",
    "Who answers",
    "No report says who did it.",
    "Told under event",
    "How this was made, and what it cannot say",
    "Left out",
    "What no check can see",
    "Passages",
    "Reports",
    "Original sources",
    "bytes",
    "negated",
    "since",
    "and more",
    "When it is said to have happened",
    "Numbers are those of the list above.",
    "Without a time",
    "In all",
    "No source that counts has",
    "credited by",
    "Since the last release",
    "Nothing in the counts has changed.",
    "Events that are not told here, for fewer reports carry them; publish them one by one:",
    "Where events are said to have happened",
    "A circle is as wide as its place is vague.",
    "Without a place on the map",
    "Outlines: Natural Earth, de facto borders; guvoh takes no side.",
)

_TALL = 400  # units of a picture; a taller one floats, so that no page stays half empty before it


def dossier(
    release: Release, language: str, before: Mapping[str, bytes] | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield dossier.html and dossier.pdf (PDF/UA-1); with an earlier dataset, what has changed since."""
    say = words(language)
    release = in_language(release, say)
    told = account(release, say, before)
    pictures = [drawn(event, release, say) for event in told_of(release)]
    yield "dossier.html", _page(told, pictures, say).encode("utf-8", "replace")
    yield "dossier.pdf", _document(told, pictures, say)


def _page(told: dict[str, Any], pictures: list[str], say: Words) -> str:
    return _ENVIRONMENT.get_template("dossier.html").render(say=say, pictures=pictures, **told)


def _document(told: dict[str, Any], pictures: list[str], say: Words) -> bytes:
    """Return the PDF; where a script has no font here, with boxes, which PDF/UA forbids, and told so."""
    shown = [{"drawing": one, "tall": _height(one) > _TALL} for one in pictures]
    data = {**told, "pictures": shown, "say": {phrase: say(phrase) for phrase in _PHRASES}}
    try:
        return _set(data, "ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    boxes = say("Some letters have no font on this machine and are boxes; the HTML page has them.")
    return _set({**data, "method": [*told["method"], boxes]}, None)


def _set(data: dict[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    source = files("guvoh.publish").joinpath("templates", "dossier.typ").read_bytes()
    made = typst.compile(
        source,
        sys_inputs={"told": json.dumps(data, ensure_ascii=False)},
        pdf_standards=standard,
        ignore_system_fonts=False,
    )
    return bytes(made)


def _height(svg: str) -> float:
    found = re.search(r' height="([\d.]+)"', svg.partition(">")[0])
    return float(found.group(1)) if found else 0.0
