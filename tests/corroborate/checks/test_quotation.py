from collections.abc import Callable
from typing import Any

Tell = Callable[[dict[str, Any]], Any]


QUOTE = "They came at night and took twelve men away from the plant without telling anybody where."


def report(name: str, speaker: str, text: str) -> dict[str, Any]:
    claim = {
        "text": text,
        "kind": "direct",
        "chain": [f"{speaker}:person:eyewitness"],
        "acts": ["transfer"],
        "when": ["2023-05-03"],
        "where": ["facility:Fish Plant No. 2"],
    }
    return {"id": name, "claims": [claim]}


def test_one_quotation_in_two_mouths(told: Tell) -> None:
    story = told({"report": [report("a", "Olim Saidov", QUOTE), report("b", "Vera Lind", QUOTE)]})
    assert story.findings("one-quotation-two-mouths")
    assert story.event("a/c0").count.low == 1


def test_short_or_other_words(told: Tell) -> None:
    other = "Twelve of our men are gone since that night, and the plant says it knows nothing of them at all."
    for left, right in (("They took them.", "They took them."), (QUOTE, other)):
        story = told(
            {"report": [report("a", "Olim Saidov", left), report("b", "Vera Lind", right)]}
        )
        assert not story.findings("one-quotation-two-mouths")
