"""Pages: what an investigator sees of an event, and that a hostile report stays text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from guvoh.corroborate.circular import SENTENCES, in_english
from guvoh.model.claim import Basis, Claim, ClaimKind, Link, Polarity, SourceKind, Stance
from guvoh.model.event import (
    Contradiction,
    Count,
    Denial,
    Event,
    EventStatus,
    Excluded,
    Joined,
    RiskWarning,
    Source,
    Unconfirmed,
    Value,
)
from guvoh.model.finding import TO_FIND, Finding
from guvoh.model.lineage import (
    Change,
    ChangeKind,
    Derivation,
    Family,
    Member,
    MissingOrigin,
    Passage,
    Relation,
)
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, CharacterMap, Span, Stated
from guvoh.pages.render import CaseView, EventView, event_page, index_page, marked

TEXT = "In late January a group of thirty was sent away, his sister told the Harbour Post."
_CIRCLE = (
    (SENTENCES[0], "2", "Harbour Post → Ninefold News"),
    ("They rest on {0} alone.", "his sister"),
)
COPY = "At the start of January a group of thirty was sent away, his sister told the Harbour Post."


def report(letter: str, outlet: str, text: str, published: str | None, title: str) -> Report:
    return Report(
        id=letter * 64,
        capture=letter * 64,
        file=f"{letter}.html",
        text=text,
        map=CharacterMap("utf-8", ()),
        language="en",
        title=Stated(title),
        publisher=Stated(outlet),
        published=published,
    )


def claim(identity: str, told: Report) -> Claim:
    chain = (
        Link("Harbour Post", SourceKind.ORGANISATION, Basis.TOLD),
        Link("his sister", SourceKind.PERSON, Basis.TOLD),
    )
    return Claim(
        id=identity,
        report=told.id,
        bytes=ByteSpan(10, 58),
        spans=(Span(0, 47),),
        text=told.text[:47],
        kind=ClaimKind.INDIRECT,
        stance=Stance.ASSERTED,
        polarity=Polarity.AFFIRMED,
        chain=chain,
    )


def view(title: str = "Thirty sent away", outlet: str = "Harbour Post") -> EventView:
    first = report("a", outlet, TEXT, "2023-02-03", title)
    second = report("b", "Copy Daily", COPY, "2023-02-05", "Thirty gone")
    change = Change(
        ChangeKind.TIME, "late January", "the start of January", Span(3, 15), Span(3, 23)
    )
    derivation = Derivation(
        first.id,
        second.id,
        Relation.EDITED,
        True,
        900,
        (Passage(Span(0, len(TEXT)), Span(0, len(COPY)), 900),),
        (change, Change(ChangeKind.PERSON, None, None, Span(50, 60), Span(60, 70), withheld=True)),
    )
    family = Family(
        "f1",
        (
            Member(first.id, Relation.ORIGIN, None, 1000),
            Member(second.id, Relation.EDITED, first.id, 900, (), ("same words",), derivation),
        ),
        origin=first.id,
    )
    count = Count(1, 2, 0, 0)
    source = Source(
        "s1",
        "his sister",
        SourceKind.PERSON,
        Basis.TOLD,
        (("Harbour Post", "his sister"),),
        ("c1", "c2"),
        ("f1",),
    )
    event = Event(
        id="e1",
        acts=("transfer",),
        status=EventStatus.PAST,
        summary="A group of thirty was sent away, late January 2023",
        claims=("c1", "c2"),
        reports=(first.id, second.id),
        families=("f1",),
        texts=1,
        how_many=(Value("thirty", ("c1",), ("his sister",), count, low=30, high=30),),
        count=count,
        sources=(source,),
        unconfirmed=(Unconfirmed("an official", second.id, "stands only in a copy"),),
        joined=(Joined(("his sister", "the guard"), "Did the guard inform the sister?"),),
        circular=(in_english(_CIRCLE),),
        circles=(_CIRCLE,),
    )
    return EventView(
        event,
        (family,),
        {first.id: first, second.id: second},
        {"c1": claim("c1", first), "c2": claim("c2", second)},
    )


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.targets: set[str] = set()
        self.sources: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name == "href" and value and value.startswith("#"):
                self.targets.add(value[1:])
            if name in {"src", "href"} and value and not value.startswith(("#", "index")):
                self.sources.add(value)
            assert not name.startswith("on"), (tag, name)


def parsed(page: str) -> _Tags:
    tags = _Tags()
    tags.feed(page)
    return tags


def test_the_count_comes_first_and_every_number_leads_to_its_passage() -> None:
    page = event_page(view())
    words = re.sub(r"<[^>]+>", "", page)
    assert words.index("2 reports → 1 text → 1–2 original sources") < words.index("On whose word")
    assert words.index("0 of 1 chain checked by a person") < words.index("On whose word")
    assert "It all rests on the word of 1 to 2 people or groups." in words
    assert "Looks confirmed by 2 outlets, but their reports go back to one" in words
    assert "Did the guard inform the sister?" in words
    assert "stands only in a copy" in words
    tags = parsed(page)
    assert {"c-c1", "c-c2"} <= tags.targets <= tags.ids
    assert "bytes 10–58" in words


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    tags = parsed(event_page(view()))
    assert tags.sources == set()
    assert "script" not in tags.tags


def test_hostile_titles_and_outlets_stay_text() -> None:
    page = event_page(view("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'))
    tags = parsed(page)
    assert "script" not in tags.tags
    assert "img" not in tags.tags


def test_changes_are_shown_side_by_side_and_withheld_values_are_not() -> None:
    page = event_page(view())
    assert "<mark>late January</mark>" in page
    assert "<mark>the start of January</mark>" in page
    assert "who: something withheld" in page


def test_values_that_rest_on_nobody_are_folded_and_who_is_not_counted_is_told_with_the_reason() -> (
    None
):
    shown = view()
    nobody = Value("forty", ("c2",), (), Count(0, 1, 0, 0), low=40, high=40)
    left_out = Excluded("Copy Daily", "c2", "narrates without naming a source")
    event = replace(shown.event, how_many=(*shown.event.how_many, nobody), excluded=(left_out,))
    page = event_page(replace(shown, event=event))
    folded = page[page.index("said only in copies or by narration") :]
    assert "forty" in folded[: folded.index("</details>")]
    assert "forty" not in page[: page.index("said only in copies or by narration")]
    reasons = page[page.index("Not counted, and why") :]
    assert "narrates without naming a source" in reasons[: reasons.index("</details>")]


def test_each_thing_that_speaks_against_stands_before_the_picture() -> None:
    shown = view()
    warned = RiskWarning("w", "", "thirty men", "Port", "2023-02-03", "open", (), ("c1",))
    event = replace(
        shown.event,
        denials=(Denial("the ministry", ("the ministry",), "c2"),),
        contradictions=(Contradiction("how_many", ("thirty", "forty"), "They differ."),),
    )
    page = event_page(replace(shown, event=event, warnings=(warned,)))
    before = re.sub(r"<[^>]+>", "", page[: page.index("<svg")])
    for said in (
        "People at risk, open: thirty men, Port",
        "Denied by the ministry",
        "thirty / forty",
    ):
        assert said in before


def test_a_missing_origin_is_a_dashed_box_and_listed_to_find() -> None:
    shown = view()
    members = (Member("b" * 64, Relation.COPY, None, 700),)
    family = Family("f1", members, None, MissingOrigin("Radio Lantern", ("Two reports cite it.",)))
    page = event_page(EventView(shown.event, (family,), shown.reports, shown.claims))
    assert 'class="box missing"' in page
    assert "Radio Lantern" in page
    outlets = {"b" * 64: "Copy Daily"}
    lost = "The report is likely a copy of a Radio Lantern story, translated by way of Spanish and translated back; the original is not in the case."
    found = Finding("lineage", TO_FIND, lost, "b" * 64)
    case = CaseView("Case", 2, (shown.event,), (family,), (), (found,), outlets, ("a\u202eb.txt",))
    index = index_page(case)
    assert "In no event" in index
    assert "\u202e" not in index
    assert "Originals to find" in index
    assert f"{lost} Two reports cite it." in index
    assert "What could not be done" not in index
    assert "переведённая через испанский и обратно" in index_page(case, "ru")


def test_marks_cut_a_passage_into_pieces() -> None:
    pieces = marked("0123456789", Span(2, 9), [Span(0, 4), Span(6, 7)])
    assert pieces == [("23", True), ("45", False), ("6", True), ("78", False)]
