from collections.abc import Callable
from typing import Any

Tell = Callable[[dict[str, Any]], Any]


def test_what_is_told_before_it_happened(told: Tell) -> None:
    claim = {"text": "Men were taken.", "acts": ["transfer"], "when": ["2023-05-03"]}
    early = {"report": [{"id": "a", "published": "2023-04-01", "claims": [claim]}]}
    assert told(early).findings("told-before-it-happened")
    early["report"][0]["published"] = "2023-05-03"
    assert not told(early).findings("told-before-it-happened")


def test_freed_before_he_was_jailed(told: Tell) -> None:
    who = ["affected:person:Olim Saidov"]
    jailed = {
        "text": "Olim Saidov was jailed in 2021.",
        "acts": ["imprison"],
        "when": ["2021"],
        "who": who,
    }
    freed = {"text": "He was released in 2019.", "acts": ["release"], "when": ["2019"], "who": who}
    assert told({"report": [{"id": "a", "claims": [jailed, freed]}]}).findings("dates-out-of-order")
    freed["when"] = ["2022"]
    assert not told({"report": [{"id": "a", "claims": [jailed, freed]}]}).findings(
        "dates-out-of-order"
    )
