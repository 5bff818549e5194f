from collections.abc import Callable
from typing import Any

import pytest

from guvoh.corroborate.vocabulary import vocabulary

Tell = Callable[[dict[str, Any]], Any]


def claim(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "acts": ["transfer"], **more}


def colony(number: int, day: str) -> dict[str, Any]:
    return {"when": [day], "where": [f"facility:Penal Colony No. {number}"]}


def test_a_claim_that_fits_two_makes_them_one(told: Tell) -> None:
    first = claim("Men were taken from Colony No. 4.", where=["facility:Penal Colony No. 4"])
    second = claim(
        "On 3 May Nigora Salimova was taken.",
        who=["affected:person:Nigora Salimova"],
        when=["2023-05-03"],
    )
    both = claim(
        "Nigora Salimova was taken from Colony No. 4 on 3 May.",
        who=["affected:person:Nigora Salimova"],
        **colony(4, "2023-05-03"),
    )
    reports = [
        {"id": name, "claims": [one]} for name, one in (("a", first), ("b", second), ("c", both))
    ]
    story = told({"report": reports})
    assert story.event("a/c0").claims == ("a/c0", "b/c0", "c/c0")
    assert [row.alias_of for row in story.rows if row.alias_of] == ["a/c0"]


def test_one_day_makes_one_happening_only_where_the_numbers_agree_too(told: Tell) -> None:
    on_the_day = {"when": ["2025-10-07"], "who": ["affected:group:people"]}
    first = claim("On 7 October at least forty people were taken.", many="40-open people")
    for many, when, events in (
        ("44-44 people", "2025-10-07", 1),
        ("44-44 people", "2025-10-10", 2),  # in one week: agreement to the month alone
        ("12-12 people", "2025-10-07", 2),
    ):
        other = claim("That day people were taken.", many=many)
        reports = [
            {"id": "a", "claims": [{**first, **on_the_day}]},
            {"id": "b", "claims": [{**other, **on_the_day, "when": [when]}]},
        ]
        assert len(told({"report": reports}).events) == events, (many, when)
    bare = {"id": "b", "claims": [claim("They were taken.", **on_the_day)]}
    told_both = told({"report": [{"id": "a", "claims": [{**first, **on_the_day}]}, bare]})
    assert len(told_both.events) == 2


def test_what_one_report_goes_on_to_tell_joins_without_place_or_time(told: Tell) -> None:
    story = told(
        {
            "report": [
                {
                    "id": "a",
                    "claims": [
                        claim(
                            "Men were taken from Colony No. 4 on 3 May.", **colony(4, "2023-05-03")
                        ),
                        claim("They were taken by bus.", who=["affected:group:they"]),
                        claim("Another group was taken.", who=["affected:group:a group"], new=True),
                    ],
                }
            ]
        }
    )
    assert story.event("a/c0").claims == ("a/c0", "a/c1")


def test_a_denial_without_content_goes_to_what_the_report_is_about(told: Tell) -> None:
    denial = {
        "text": "The ministry rejected the accusations.",
        "chain": ["the ministry:organisation"],
        "stance": "denied",
    }
    story = told(
        {
            "report": [
                {
                    "id": "a",
                    "claims": [
                        denial,
                        claim(
                            "Men were taken from Colony No. 4 on 3 May.", **colony(4, "2023-05-03")
                        ),
                        claim("The reporter was questioned.", acts=["interrogate"], new=True),
                    ],
                }
            ]
        }
    )
    assert [denial.name for denial in story.event("a/c1").denials] == ["the ministry"]


def test_a_hot_key_takes_no_more_and_finer_ones_still_find(told: Tell) -> None:
    days = [f"2023-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 8, 15, 22)]
    assert len(days) > vocabulary().limits["hot"]
    reports = [
        {"id": f"r{at:02}", "claims": [claim(f"Men were taken on {day}.", **colony(4, day))]}
        for at, day in enumerate(days)
    ]
    reports.append({"id": "late", "claims": [claim("Men were taken.", **colony(4, days[-1]))]})
    story = told({"report": reports})
    assert set(story.event("late/c0").claims) == {"r47/c0", "late/c0"}


def test_events_without_place_or_time_stay_apart(told: Tell) -> None:
    one = claim("Men were beaten.", acts=["beat"], who=["affected:group:men"])
    story = told({"report": [{"id": "a", "claims": [one]}, {"id": "b", "claims": [one]}]})
    assert len(story.events) == 2


def test_questions_demands_and_negations_tell_of_nothing(told: Tell) -> None:
    story = told(
        {
            "report": [
                {
                    "id": "a",
                    "claims": [
                        claim("Release them.", stance="asked", **colony(4, "2023-05-03")),
                        {"text": "Nobody asked them.", "polarity": "negated"},
                    ],
                }
            ]
        }
    )
    assert story.rows == ()


def test_hundreds_of_claims_on_one_event(told: Tell) -> None:
    one = claim("Men were taken from Colony No. 4.", **colony(4, "2023-05-03"))
    reports = [{"id": f"r{at:03}", "claims": [one, one, one]} for at in range(100)]
    event = told({"report": reports}).event("r000/c0")
    assert len(event.claims) == 300
    assert (event.count.low, event.count.high) == (0, 100)


def test_a_lone_act_makes_no_event_beside_what_the_report_is_about(told: Tell) -> None:
    main = claim("Men were taken from Colony No. 4 on 3 May.", **colony(4, "2023-05-03"))
    came = {"text": "When he came back, the beds were empty.", "acts": ["return"], "new": True}
    more = {"text": "They had been sent off.", "acts": ["deploy"], "new": True}
    story = told({"report": [{"id": "a", "claims": [came, main, more]}]})
    assert [event.claims for event in story.events] == [("a/c1", "a/c2")]


def test_a_lone_act_is_an_event_where_the_report_tells_nothing_else(told: Tell) -> None:
    story = told({"report": [{"id": "a", "claims": [{"text": "Taken.", "acts": ["transfer"]}]}]})
    assert [event.claims for event in story.events] == [("a/c0",)]


def test_the_same_act_told_again_far_below_is_one_event_unless_its_town_differs(
    told: Tell,
) -> None:
    first = claim("Men were taken from Perm.", where=["town:Perm"], who=["affected:group:men"])
    filler = {"text": "Nothing else is known.", "new": True}
    again = claim("The men were driven off at night.", who=["affected:group:men"], new=True)
    other = claim("In Omsk men were taken.", where=["town:Omsk"], new=True)
    story = told({"report": [{"id": "a", "claims": [first, filler, again, other]}]})
    assert story.event("a/c0").claims == ("a/c0", "a/c2")
    assert story.event("a/c3").claims == ("a/c3",)


def test_a_denial_with_an_act_of_that_kind_goes_to_what_the_report_is_about(told: Tell) -> None:
    main = claim("Men were taken from Colony No. 4 on 3 May.", **colony(4, "2023-05-03"))
    denial = {
        "text": "The office denied that anybody had been called up.",
        "chain": ["the office:organisation"],
        "acts": ["recruit"],
        "stance": "denied",
        "new": True,
    }
    story = told({"report": [{"id": "a", "claims": [main, denial]}]})
    assert [denial.name for denial in story.event("a/c0").denials] == ["the office"]


def test_since_a_day_does_not_bring_two_transfers_together(told: Tell) -> None:
    late = {"when": ["2024-01-21/2024-01-31"], "where": ["facility:Mill No. 3"]}
    since = {"when": ["2024-01-21/.."], "where": ["facility:Mill No. 3"]}
    march = {"when": ["2024-03-01"], "where": ["facility:Mill No. 3"]}
    first = [claim("Men were taken.", **late), claim("Men have been gone since.", **since)]
    reports = [
        {"id": "a", "claims": first},
        {"id": "b", "claims": [claim("Men were taken.", **march)]},
    ]
    story = told({"report": reports})
    assert [event.claims for event in story.events] == [("a/c0", "a/c1"), ("b/c0",)]


@pytest.mark.parametrize(("place", "one"), [("region:Tambov", True), ("region:Osh", False)])
def test_one_act_on_one_day_in_one_region_is_one_event(told: Tell, place: str, one: bool) -> None:
    day = {"when": ["2031-05-04"]}
    first = claim("Men were taken in Tambov on 4 May.", where=["region:Tambov"], **day)
    other = claim("Wives say they were taken on 4 May.", where=[place], **day)
    story = told({"report": [{"id": "a", "claims": [first]}, {"id": "b", "claims": [other]}]})
    assert (len(story.events) == 1) is one


def test_what_lies_before_its_report_came_out_is_no_plan(told: Tell) -> None:
    """A conditional that tells hearsay looks like a future: "on les ferait creuser"."""
    there = {"where": ["facility:Usine No. 9"], "tense": "future"}
    past = claim("Ils seraient emmenés.", when=["2031-05-04"], **there)
    to_come = claim("Ils seront emmenés.", when=["2031-06-04"], **there, new=True)
    report = {"id": "a", "language": "fr", "published": "2031-05-10", "claims": [past, to_come]}
    story = told({"report": [report]})
    assert story.event("a/c0").status == "past"
    assert story.event("a/c1").status == "planned"


def test_a_report_sets_what_it_tells_on_the_day_that_it_names_with_its_works(told: Tell) -> None:
    """ "Three buses stopped at Mill No. 3 on 7 May": that is the day on which, far above, men were taken."""
    first = claim("Forty-five workers were taken.", who=["affected:group:workers"])
    buses = {
        "text": "Three buses stopped at Mill No. 3 on 7 May.",
        "where": ["facility:Mill No. 3"],
        "when": ["2031-05-07"],
        "new": True,
    }
    other = {**buses, "text": "Workers were taken from Mill No. 3 on 7 May.", "acts": ["transfer"]}
    later = {**other, "text": "Workers were taken in June.", "when": ["2031-06-09"]}
    stories = [
        told({"report": [{"id": "a", "claims": [first, buses]}, {"id": "b", "claims": [one]}]})
        for one in (other, later)
    ]
    assert "b/c0" in stories[0].event("a/c0").claims
    assert len(stories[1].event("b/c0").reports) == 1


def test_what_a_report_tells_beside_is_not_set_on_the_day_of_its_works(told: Tell) -> None:
    """Those hurt in a fire at the works who were taken to hospital are not those who were taken from there that day."""
    there = {"where": ["facility:Mill No. 3"], "when": ["2031-05-07"]}
    hurt = claim("Three workers were burnt.", acts=["injure"], many="3-3 workers", **there)
    hospital = claim("The injured were driven to hospital.", who=["affected:group:the injured"])
    raid = claim("Forty men were taken.", many="40-40 men", **there)
    story = told(
        {"report": [{"id": "a", "claims": [hurt, hospital]}, {"id": "b", "claims": [raid]}]}
    )
    assert story.event("b/c0").reports == ("b",)
