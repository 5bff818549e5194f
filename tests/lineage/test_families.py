"""Families: parents, origins, missing origins, what people decided, and bad input."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from guvoh.lineage.clusters import cluster
from guvoh.lineage.families import build_families
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.assessment import Assessment, Target
from guvoh.model.finding import Finding
from guvoh.model.lineage import Family, Relation

# Told backwards, so that no order of the story is kept.
BRIEF = """Похожая акция на «Заря» длилась девять дней, пишет Tidal Report.

Деньги обещают к 15 февраля. Банк — в Перлове.

Глубина — 410 метров. Город — Великан."""
ELSEWHERE = """В порту Ардаган загорелся паром с туристами, пишет Tidal Report. Об этом изданию рассказала капитан \
Лейла Османова. Пожар начался утром. Спасатели из Тихвина вывели людей на берег за час.

Напомним, паром спустили на воду в 1974 году."""
MakeSide = Callable[..., Side]
Dev = dict[tuple[str, str], str]


def build(
    sides: Sequence[Side], assessments: Sequence[Assessment] = ()
) -> tuple[list[Family], list[Finding]]:
    derivations = [d for a, b in combinations(sides, 2) if (d := relate(a, b)) is not None]
    return build_families(cluster(sides, derivations, assessments), sides)


def decided(verdict: str, child: str, parent: str | None = None) -> Assessment:
    noun = "derivation" if parent else "capture"
    target = Target(noun, child, other=parent)
    return Assessment("1", target, verdict, "looked at both", "key", "2023-03-01T00:00:00Z")


def test_dates_give_parents_and_an_origin(make_side: MakeSide, dev: Dev) -> None:
    origin = make_side("o", dev["dam", "a.en"], published="2023-03-01")
    russian = make_side("r", dev["dam", "a.ru"], "ru", published="2023-03-02")
    back = make_side("b", dev["dam", "a2.en"], published="2023-03-05")
    other = make_side("x", dev["dam", "b.en"], published="2023-03-01")
    families, findings = build([back, origin, other, russian])
    assert findings == []
    assert len(families) == 1
    family = families[0]
    assert (family.id, family.origin) == ("b", "o")
    places = {member.report: (member.relation, member.parent) for member in family.members}
    assert places["o"] == (Relation.ORIGIN, None)
    assert places["r"] == (Relation.TRANSLATION, "o")
    assert set(places) == {"o", "r", "b"}


def test_without_dates_or_credits_the_direction_is_unknown(make_side: MakeSide, dev: Dev) -> None:
    families, _ = build(
        [make_side("a", dev["dam", "a.en"]), make_side("b", dev["dam", "a.ru"], "ru")]
    )
    assert families[0].origin is None
    assert families[0].missing_origin is None
    assert [member.parent for member in families[0].members] == [None, None]


def test_a_citation_between_versions_of_one_text_gives_a_parent(
    make_side: MakeSide, dev: Dev
) -> None:
    """A short version that only credits the origin has it for a parent once others hold it in the family."""
    origin = make_side("o", dev["dam", "a.en"], published="2023-03-01")
    short = make_side("s", dev["dam", "a.ru"], "ru", published="2023-03-02")
    third = make_side("t", dev["dam", "a2.en"], published="2023-03-02")
    found = [d for a, b in combinations([origin, short, third], 2) if (d := relate(a, b))]
    cited = [
        replace(d, relation=Relation.CITATION)
        if {d.parent, d.child} == {"o", "s"}
        else replace(d, directed=False)
        if "s" in (d.parent, d.child)
        else d
        for d in found
    ]
    sides = [origin, short, third]
    (family,), _ = build_families(cluster(sides, cited), sides)
    places = {member.report: (member.relation, member.parent) for member in family.members}
    assert places["s"] == (Relation.TRANSLATION, "o")
    assert family.citers == ()


def test_credit_outweighs_a_wrong_date(make_side: MakeSide, dev: Dev) -> None:
    text = dev["dam", "a.en"]
    source = make_side("s", text, publisher="Sarmat Today", published="2999-01-01")
    copy = make_side(
        "c", text, publisher="Harbour Post", credit="Sarmat Today", published="2023-03-01"
    )
    families, _ = build([copy, source])
    assert families[0].origin == "s"
    member = families[0].members[0]
    assert (member.report, member.parent) == ("c", "s")
    assert any(sentence.startswith("The other way round") for sentence in member.evidence)


def test_contradictory_credits_leave_the_direction_unknown(make_side: MakeSide, dev: Dev) -> None:
    text = dev["mine", "a.en"]
    one = make_side("a", text, publisher="Harbour Post", credit="Valley Herald")
    other = make_side("b", text + "\n\nMore.", publisher="Valley Herald", credit="Harbour Post")
    families, _ = build([one, other])
    assert [member.parent for member in families[0].members] == [None, None]


def test_the_credited_outlet_that_is_absent_is_the_missing_origin(
    make_side: MakeSide, dev: Dev
) -> None:
    sides = [
        make_side("a", dev["conscripts", "a.en"], publisher="Harbour Post"),
        make_side("b", dev["conscripts", "a.ru"], "ru", publisher="Вечерний порт"),
        make_side("c", dev["conscripts", "a2.en"], publisher="Valley Herald"),
    ]
    families, findings = build(sides)
    assert families[0].origin is None
    assert families[0].missing_origin is not None
    assert families[0].missing_origin.publisher == "Averin Courier"
    assert [finding.kind for finding in findings] == ["original-to-find"]
    present = make_side("d", dev["conscripts", "a.en"], publisher="Averin Courier")
    families, findings = build([*sides, present])
    assert families[0].missing_origin is None
    assert families[0].origin == "d"


def test_a_translated_copy_alone_lacks_its_original(make_side: MakeSide, dev: Dev) -> None:
    text = dev["conscripts", "a2.en"].replace("Averin Courier", "BBC")
    alone = make_side("a", text, publisher="BBC News", alt="es", garbled="Leave a Replay")
    families, findings = build([alone])
    assert families[0].missing_origin is not None
    assert families[0].missing_origin.publisher == "BBC"
    assert families[0].members[0].via_languages == ("es",)
    assert "BBC" in findings[0].text
    assert len(findings[0].for_) >= 3
    assert build([make_side("a", text, publisher="BBC News")]) == ([], [])


def test_printings_of_a_release_derive_from_it(make_side: MakeSide, dev: Dev) -> None:
    text = dev["mine", "a.en"]
    release = make_side("r", text, publisher="Norvik Coal", published="2023-02-01")
    prints = [
        make_side(f"p{n}", f"{text}\n\nPrinted in town {n}.", published="2023-02-02")
        for n in range(4)
    ]
    families, _ = build([*prints, release])
    assert families[0].origin == "r"
    assert {m.parent for m in families[0].members if m.report != "r"} == {"r"}


def test_who_prints_a_release_has_it_from_there_and_not_from_who_printed_it_before(
    make_side: MakeSide, dev: Dev
) -> None:
    text = dev["mine", "a.en"]
    release = make_side(
        "r", text, publisher="Norvik Coal Board", published="2023-02-01", title="Press release 7"
    )
    signed = "\n\nFrom the press office of the Norvik Coal Board."
    # The same words as in another print, and an hour after it: the release alone has what both have.
    first = make_side("f", text + signed, publisher="Hill Post", published="2023-02-01T14:00:00")
    second = make_side(
        "s", f"{text}{signed}\n\nUpdated.", publisher="Vale Herald", published="2023-02-01T15:00:00"
    )
    russian = make_side("t", dev["mine", "a.ru"], "ru", publisher="Горный край")
    for sides in ([first, second, russian, release], [release, russian, second, first]):
        (family,), _ = build(sides)
        assert (family.origin, family.missing_origin) == ("r", None)
        assert {m.parent for m in family.members if m.report != "r"} == {"r"}


def test_prints_of_a_release_that_is_not_at_hand_lack_it(make_side: MakeSide, dev: Dev) -> None:
    text = dev["mine", "a.en"]
    lead = "The press office of the Norvik Coal Board said so on Friday.\n\n"
    first = make_side("f", lead + text, publisher="Hill Post", published="2023-02-01")
    second = make_side("s", f"{text}\n\nFrom the press office of the Norvik Coal Board.", publisher="Vale Herald", published="2023-02-02")  # fmt: skip
    (family,), findings = build([first, second])
    assert [member.parent for member in family.members] == [None, None]
    assert family.origin is None
    assert family.missing_origin is not None
    assert family.missing_origin.publisher == "Norvik Coal"
    assert [finding.kind for finding in findings] == ["original-to-find"]


def test_a_translation_of_a_translation_names_the_languages_between(
    make_side: MakeSide, dev: Dev
) -> None:
    text = dev["dam", "a.ru"]
    origin = make_side("o", dev["dam", "a.en"], publisher="Sarmat Today", published="2023-03-01")
    russian = make_side("r", text, "ru", publisher="Речной голос", published="2023-03-02")
    back = make_side("b", dev["dam", "a2.en"], "en", published="2023-03-05", credit="Речной голос")
    (family,), _ = build([back, russian, origin])
    places = {m.report: (m.parent, m.via_languages) for m in family.members}
    assert places["r"] == ("o", ())
    assert places["b"] == ("r", ("ru",))


def test_a_day_that_holds_the_time_of_the_other_gives_no_direction(
    make_side: MakeSide, dev: Dev
) -> None:
    texts = dev["dam", "a.en"], dev["dam", "a2.en"]
    for dates, origin in (
        (("2023-03-01", "2023-03-01T09:00:00Z"), None),
        (("2023-03-01T08:00:00Z", "2023-03-01T09:00:00Z"), "a"),
    ):
        sides = [
            make_side(name, text, published=date)
            for name, text, date in zip("ab", texts, dates, strict=True)
        ]
        assert build(sides)[0][0].origin == origin


def test_hundreds_of_copies_are_one_family(make_side: MakeSide, dev: Dev) -> None:
    first = make_side("w0", dev["ferry", "a.en"])
    copies = [make_side(f"w{n}", dev["ferry", "a.en"]) for n in range(1, 300)]
    derivations = [d for copy in copies if (d := relate(first, copy)) is not None]
    families, _ = build_families(cluster([first, *copies], derivations), [first, *copies])
    assert [len(family.members) for family in families] == [300]


def test_a_citer_is_no_member_and_what_it_cites_is_the_origin(
    make_side: MakeSide, dev: Dev
) -> None:
    original = make_side("a", dev["conscripts", "a.en"], publisher="Averin Courier")
    quoted = dev["conscripts", "a.en"].split("\n\n")[0]
    citing = make_side("b", f"{dev['mine', 'b.en']}\n\n{quoted}", publisher="Harbour Post")
    families, _ = build([original, citing])
    assert [(m.report, m.relation) for m in families[0].members] == [("a", Relation.ORIGIN)]
    assert families[0].origin == "a"
    assert [m.report for m in families[0].citers] == ["b"]


def test_what_people_decide_is_respected(make_side: MakeSide, dev: Dev) -> None:
    one = make_side("a", dev["dam", "a.en"], published="2023-03-01")
    other = make_side("b", dev["dam", "a2.en"], published="2023-03-02")
    apart = make_side("c", dev["dam", "b.en"])
    assert build([one, other], [decided("reject", "b", "a")])[0] == []
    turned, _ = build([one, other], [decided("parent", "a", "b")])
    assert turned[0].origin == "b"
    named, _ = build([one, other], [decided("origin", "b")])
    assert named[0].origin == "b"
    joined, _ = build([one, other, apart], [decided("confirm", "c", "a")])
    assert {m.report for m in joined[0].members} == {"a", "b", "c"}


def test_no_report_is_its_own_ancestor(make_side: MakeSide, dev: Dev) -> None:
    sides = [make_side(name, dev["dam", "a.en"] + f"\n\n{name}.") for name in "abc"]
    circle = [decided("parent", "a", "b"), decided("parent", "b", "c"), decided("parent", "c", "a")]
    families, _ = build(sides, circle)
    parents = {m.report: m.parent for m in families[0].members}
    for report in parents:
        seen: set[str] = set()
        at: str | None = report
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parents[at]


def test_reports_that_retell_one_absent_outlet_are_a_family(make_side: MakeSide, dev: Dev) -> None:
    english = f"{dev['dam', 'a.en']}\n\nThe engineer spoke first, Radio Chashma reported on Monday."
    russian = f"Об этом сообщило «Радио Чашма».\n\n{dev['dam', 'c.ru']}"
    one = make_side("a", english, publisher="Harbour Post", published="2023-03-01")
    other = make_side("b", russian, "ru", publisher="Valley Herald", published="2023-03-04")
    families, _ = build([one, other])
    assert {member.report for member in families[0].members} == {"a", "b"}
    assert [member.parent for member in families[0].members] == [None, None]
    assert families[0].missing_origin is not None
    assert families[0].missing_origin.publisher in ("Radio Chashma", "Радио Чашма")
    apart = make_side("b", dev["dam", "c.ru"], "ru", publisher="Valley Herald")
    assert build([one, apart])[0] == []


def test_an_undated_page_that_credits_a_copy_is_not_the_origin(
    make_side: MakeSide, dev: Dev
) -> None:
    """Who credits an outlet at hand has it from there, and not before the page which that outlet credits."""
    origin = make_side("o", dev["mine", "a.en"], publisher="Long Herald", published="2023-03-01")
    russian = make_side(
        "r", dev["mine", "a.ru"], "ru", publisher="Valley News", published="2023-03-02",
        credit="Long Herald",
    )  # fmt: skip
    back = make_side("b", dev["mine", "a2.en"], credit="Valley News")
    for sides in ([origin, russian, back], [back, russian, origin]):
        (family,), _ = build(sides)
        assert family.origin == "o"
        assert {m.report: m.parent for m in family.members} == {"o": None, "r": "o", "b": "r"}


def test_the_credited_outlet_at_hand_is_the_origin_of_translations_too(
    make_side: MakeSide, dev: Dev
) -> None:
    origin = make_side("o", dev["mine", "a.en"], publisher="Tidal Report", published="2023-03-01")
    copies = [
        make_side("e", dev["mine", "a.en"] + "\n\nSource: Tidal Report", publisher="Harbour Post", published="2023-03-03"),
        make_side("r", dev["mine", "a.ru"] + "\n\nИсточник: Tidal Report", "ru", publisher="Вечерний порт", published="2023-03-03"),
        make_side("x", dev["mine", "a2.en"], publisher="Bay Ledger", published="2023-03-02"),
    ]  # fmt: skip
    (family,), _ = build([*copies, origin])
    assert (family.origin, family.missing_origin) == ("o", None)
    assert {m.parent for m in family.members if m.report in "er"} == {"o"}


def test_a_brief_that_names_the_outlet_cites_what_the_outlet_published(
    make_side: MakeSide, dev: Dev
) -> None:
    text = dev["mine", "a.en"]
    origin = make_side("o", text, publisher="Tidal Report", published="2023-03-01")
    copy = make_side("c", text + "\n\nMore.", publisher="Harbour Post", published="2023-03-02")
    brief = make_side("s", BRIEF, "ru", publisher="Инфо", published="2023-03-03")
    families, _ = build([origin, copy, brief])
    assert [[(one.report, one.parent) for one in family.citers] for family in families] == [
        [("s", "o")]
    ]
    other = make_side("s", ELSEWHERE, "ru", publisher="Инфо", published="2023-03-03")
    assert [family.citers for family in build([origin, copy, other])[0]] == [()]
