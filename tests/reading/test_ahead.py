"""What is planned, feared, expected or threatened is read as ahead, with its act and its month, in five languages."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gold import as_report
from guvoh.corroborate.features import context_of, features
from guvoh.reading.read import read

CASES = Path(__file__).parents[1] / "cases" / "reading" / "ahead" / "sentences.toml"
SENTENCES: dict[str, list[dict[str, Any]]] = tomllib.loads(CASES.read_text("utf-8"))


@pytest.mark.parametrize(
    ("language", "wanted"),
    [(code, one) for code, those in SENTENCES.items() for one in those],
    ids=[f"{code}-{at}" for code, those in SENTENCES.items() for at in range(len(those))],
)
def test_a_sentence_tells_whether_it_is_ahead(language: str, wanted: dict[str, Any]) -> None:
    report, _ = as_report(
        {"id": "a" * 16, "text": wanted["text"], "published": "2024-09-18"}, language
    )
    reading = read(report)
    context = context_of(report, reading)
    told = [(claim, features(claim, context)) for claim in reading.claims]
    shown = [(c.text, str(c.stance), [a.name for a in c.acts]) for c in reading.claims]
    ahead = not wanted.get("past", False)
    fitting = [
        claim
        for claim, found in told
        if found.ahead is ahead and {*found.acts, *found.manner} & set(wanted["act"])
    ]
    assert fitting, shown
    if not ahead:
        assert not any(found.ahead for _, found in told), shown
    if "month" in wanted:
        months = {time.edtf[:7] for claim in fitting for time in claim.times}
        assert wanted["month"] in months, months
