"""The picture: nothing is cut, nothing overlaps, and whoever can't see it is told the same."""

import re
from dataclasses import dataclass, replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guvoh.model.lineage import Relation
from guvoh.pages.labels import language_of
from guvoh.pages.listing import in_plain_words, listing
from guvoh.pages.measure import width
from guvoh.pages.picture import outlet, picture
from guvoh.pages.render import EventView, event_page
from guvoh.pages.strands import DRAWN
from guvoh.pages.texts import holders
from guvoh.words import words
from tests.pages.made import DERIVED, Made, chain_of, made

SAY = words("en")
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Area:
    what: str
    left: float
    top: float
    right: float
    bottom: float

    def over(self, other: "Area") -> bool:
        return (
            self.left < other.right - 0.5
            and other.left < self.right - 0.5
            and self.top < other.bottom - 0.5
            and other.top < self.bottom - 0.5
        )

    def within(self, other: "Area") -> bool:
        return (
            other.left - 0.5 <= self.left
            and self.right <= other.right + 0.5
            and other.top - 0.5 <= self.top
            and self.bottom <= other.bottom + 0.5
        )


def drawn(view: EventView, language: str = "en") -> ElementTree.Element:
    svg = picture(view.event, view.families, view.reports, holders(view.claims), words(language))
    return ElementTree.fromstring(svg)


def type_area(one: ElementTree.Element) -> Area:
    size = float(one.get("font-size", "0"))
    wide = width(one.text or "", size, one.get("font-weight") == "700")
    x, base = float(one.get("x", "0")), float(one.get("y", "0"))
    left = x - wide if one.get("text-anchor") == "end" else x
    return Area(one.text or "", left, base - 0.78 * size, left + wide, base + 0.22 * size)


def box_area(one: ElementTree.Element) -> Area:
    x, y, wide, high = (float(one.get(name, "0")) for name in ("x", "y", "width", "height"))
    return Area(one.get("class") or "box", x, y, x + wide, y + high)


def check(svg: ElementTree.Element) -> None:
    """Assert that all type lies in the picture and in its box, and covers no other type or box."""
    _, _, wide, high = map(float, svg.get("viewBox", "").split())
    sheet = Area("sheet", 0, 0, wide, high)
    boxes = [group for group in svg.iter(f"{SVG}g") if group.find(f"{SVG}rect") is not None]
    held = {text for group in boxes for text in group.iter(f"{SVG}text")}
    areas = []
    for group in boxes:
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        areas.append(box_area(rect))
        assert areas[-1].within(sheet), areas[-1]
        for text in group.iter(f"{SVG}text"):
            assert type_area(text).within(areas[-1]), type_area(text)
    loose = [type_area(text) for text in svg.iter(f"{SVG}text") if text not in held]
    for one in loose:
        assert one.within(sheet), one
    for one, other in combinations([*areas, *loose], 2):
        assert not one.over(other), (one, other)


@st.composite
def views(draw: st.DrawFn) -> EventView:
    number = draw(st.integers(1, 24))
    steps = []
    for at in range(number):
        parent = draw(st.none() | st.integers(0, at - 1)) if at else None
        relations = st.sampled_from(DERIVED) if parent is not None else st.just(Relation.ORIGIN)
        relation = draw(relations | st.sampled_from(DERIVED) if at else relations)
        day = draw(st.none() | st.integers(1, 200))
        steps.append(Made(parent, relation, draw(st.integers(0, 5)), day))
    sources = draw(st.lists(st.integers(0, number - 1), max_size=6))
    return made(steps, sources, draw(st.booleans()))


@settings(max_examples=60, deadline=None)
@given(views(), st.sampled_from(["en", "ru"]))
def test_no_label_is_cut_or_covered(view: EventView, language: str) -> None:
    check(drawn(view, language))


@pytest.mark.parametrize("number", [1, 3, 13, 60])
def test_pictures_of_any_size_are_whole(number: int) -> None:
    check(drawn(chain_of(number)))


@settings(max_examples=60, deadline=None)
@given(views())
def test_whoever_hears_the_picture_is_told_all_of_it(view: EventView) -> None:
    svg = drawn(view)
    told = "\n".join(
        title.text or "" for group in svg.iter(f"{SVG}g") for title in group.findall(f"{SVG}title")
    )
    listed = repr(listing(view.event, view.families, view.reports, holders(view.claims), SAY))
    for report in view.reports.values():
        for said in (outlet(report), language_of(report.language, SAY)):
            assert said in told
            assert said in listed
    for source in view.event.sources:
        assert source.name in told
        assert source.name in listed
    texts = [group for group in svg.iter(f"{SVG}g") if "wording" in group.get("class", "")]
    lost = [group for group in svg.iter(f"{SVG}g") if "missing" in group.get("class", "")]
    assert len(texts) + len(lost) >= view.event.texts


def test_lines_bear_how_a_report_was_made_and_the_telling_changes_first() -> None:
    view = made([Made(None, Relation.ORIGIN), Made(0, Relation.TRANSLATION, 9, 3)], [0])
    parts = listing(view.event, view.families, view.reports, holders(view.claims), SAY)[0][
        "reports"
    ][1]["made"]
    assert parts[0] == "translated from Harbour Post 0"
    assert parts[1] == "English → Russian"
    assert parts[2].startswith("on whose word")
    assert parts[-1].startswith("and ")


def test_line_styles_differ_without_colour_and_are_explained() -> None:
    steps = [Made(None, Relation.ORIGIN), *(Made(0, relation, 0, 2) for relation in DERIVED)]
    svg = drawn(made(steps, [0]))
    dashes = {path.get("stroke-dasharray") for path in svg.iter(f"{SVG}path")}
    assert len(dashes) >= 5
    said = " ".join(text.text or "" for text in svg.iter(f"{SVG}text"))
    for word in ("copied", "copied with edits", "translated", "rewritten", "cites and adds"):
        assert word in said


def test_many_copies_share_a_row_and_are_counted_in_it() -> None:
    steps = [Made(None, Relation.ORIGIN), *(Made(0, Relation.COPY, 0, 2) for _ in range(299))]
    svg = drawn(made(steps, [0]))
    said = [text.text or "" for text in svg.iter(f"{SVG}text")]
    assert len(re.findall(r'class="box report"', ElementTree.tostring(svg, "unicode"))) == DRAWN + 1
    assert f"and {300 - DRAWN} more reports" in " ".join(said)
    check(svg)


def test_a_source_meets_the_text_in_which_it_is_heard() -> None:
    view = made([Made(None, Relation.ORIGIN), Made(None, Relation.ORIGIN, 0, 5)], [1])
    found = listing(view.event, view.families, view.reports, holders(view.claims), SAY)
    assert [text["sources"] for text in found] == [
        [],
        ["a sister of one of those who were sent away 0"],
    ]


def test_joined_sources_stand_in_one_frame_with_the_question() -> None:
    svg = drawn(made([Made(None, Relation.ORIGIN)], [0, 0], joined=True))
    frame = next(rect for rect in svg.iter(f"{SVG}rect") if rect.get("class") == "joined")
    inside = [
        text.text for text in svg.iter(f"{SVG}text") if type_area(text).within(box_area(frame))
    ]
    assert "the other?" in " ".join(filter(None, inside))


def test_every_link_of_the_picture_leads_somewhere_on_the_page() -> None:
    page = event_page(chain_of(13))
    svg = page[page.index("<svg") : page.index("</svg>")]
    ids = set(re.findall(r' id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', svg)
    assert len(links) > 13
    assert set(links) <= ids


@pytest.mark.parametrize(
    ("sources", "joined", "said"),
    [
        ([], False, "No report names anyone on whose word this is said."),
        ([0], False, "It all rests on the word of 1 person."),
        ([0, 1], False, "It all rests on the word of 2 people. None of them is known"),
        ([0, 1], True, "It all rests on the word of 1 to 2 people."),
    ],
)
def test_the_count_is_said_in_plain_words(sources: list[int], joined: bool, said: str) -> None:
    event = made([Made(None, Relation.ORIGIN), Made(None, Relation.ORIGIN)], sources, joined).event
    assert in_plain_words(event, SAY).startswith(said)
    with_one = replace(event, count=replace(event.count, documents=1))
    assert "Apart from that: 1 document." in in_plain_words(with_one, SAY)
    assert "document" not in in_plain_words(event, SAY)
