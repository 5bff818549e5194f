from collections.abc import Callable
from typing import Any

import pytest

from guvoh.corroborate.summary import said

Tell = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            {"many": "2-open Central Asians", "words": "a group", "acts": ["deploy", "coerce"]},
            "A group of Central Asians was sent to fight without consent: Colony No. 6 (by one account).",
        ),
        (
            {"many": "28-28 men", "words": "twenty-eight", "acts": ["transfer"]},
            "28 people were taken away: Colony No. 6 (by one account).",
        ),
        (
            {"acts": ["transfer"], "chain": []},
            "People were taken away: Colony No. 6 (unattributed).",
        ),
        (
            {"acts": ["fight", "recruit"], "who": ["affected:group:prisoners"]},
            "Prisoners were recruited: Colony No. 6 (by one account).",
        ),
        (
            {"acts": ["deploy"], "stance": "feared", "who": ["affected:group:the inmates"]},
            "Prisoners may be sent to fight: Colony No. 6 (feared, by one account).",
        ),
        (
            {
                "acts": ["fight", "coerce"],
                "stance": "feared",
                "who": ["affected:group:many prisoners"],
            },
            "Prisoners may be forced to fight: Colony No. 6 (feared, by one account).",
        ),
        (
            {"acts": ["transfer"], "stance": "planned", "many": "22-22 men", "words": "twenty-two"},
            "22 people are to be taken away: Colony No. 6 (planned, by one account).",
        ),
        (
            {
                "acts": ["force-labour", "pay"],
                "stance": "planned",
                "who": ["affected:group:workers"],
            },
            "Workers are to be made to work: Colony No. 6 (planned, by one account).",
        ),
        (
            {"acts": ["withhold-pay"], "stance": "expected", "who": ["affected:group:workers"]},
            "Workers are to go unpaid: Colony No. 6 (planned, by one account).",
        ),
    ],
)
def test_one_plain_sentence(told: Tell, claim: dict[str, Any], sentence: str) -> None:
    base = {"text": "x", "chain": ["a guard:person"], "where": ["facility:Colony No. 6"]}
    story = told({"report": [{"id": "a", "claims": [{**base, **claim}]}]})
    assert story.event("a/c0").summary == sentence


def test_another_group_is_of_those_to_whom_it_was_done_before(told: Tell) -> None:
    base = {"chain": ["a guard:person"], "where": ["facility:Colony No. 6"], "acts": ["transfer"]}
    before = {
        **base,
        "text": "Foreign workers were taken.",
        "who": ["affected:group:foreign workers"],
    }
    ahead = {
        "text": "They will take another group in May.",
        "chain": ["a guard:person"],
        "acts": ["transfer"],
        "stance": "planned",
        "who": ["affected:group:another group"],
    }
    story = told({"report": [{"id": "a", "claims": [before, ahead]}]})
    assert story.event("a/c1").summary == (
        "Another group of foreign workers is to be taken away from Colony No. 6 (planned, by one account)."
    )


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-01-21/2024-01-31", "late January 2024"),
        ("2024-01-08/2024-01-14", "the second week of January 2024"),
        ("2023-03-16/2023-03-31", "the second half of March 2023"),
        ("2023-03-09/2023-03-14", "9–14 March 2023"),
        ("XXXX-02-21/XXXX-02-28", "late February"),
        ("2024-01-26/2024-01-27", "26–27 January 2024"),
        ("2024-01-26", "26 January 2024"),
        ("2023-03/2023-05", "March 2023 to May 2023"),
        ("2023/..", "since 2023"),
        ("2024-21", None),
    ],
)
def test_a_time_in_words(edtf: str, words: str | None) -> None:
    assert said(edtf) == words


def test_the_sentence_names_the_narrowest_place_and_a_closed_time(told: Tell) -> None:
    one = {
        "text": "x",
        "chain": ["a guard:person"],
        "acts": ["transfer"],
        "where": ["country:Russia", "facility:Colony No. 6"],
        "when": ["2024-01-21/..", "2024-01-21/2024-01-31"],
        "many": "28-28 workers",
        "words": "двадцать восемь",
    }
    story = told({"report": [{"id": "a", "claims": [one]}]})
    assert story.event("a/c0").summary == (
        "28 workers were taken away: Colony No. 6, late January 2024 (by one account)."
    )
