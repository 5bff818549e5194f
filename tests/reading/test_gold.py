"""The gold set as the rules read it: no measure falls below its floor in benchmarks/floors.toml."""

import json
import tomllib

import pytest

from benchmarks.gold import CASES, as_report, score
from benchmarks.report import FLOORS
from guvoh.reading.read import read

WANTED = tomllib.loads(FLOORS.read_text("utf-8"))["reading"]


@pytest.mark.parametrize("language", WANTED)
def test_claims_chains_and_stances_are_read_as_well_as_before(language: str) -> None:
    right: dict[str, int] = {}
    asked: dict[str, int] = {}
    for part in ("dev", "later"):
        for line in (CASES / part / f"{language}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            report, start = as_report(row, language)
            tally = score(row, read(report), start)
            for measure in WANTED[language]:
                right[measure] = right.get(measure, 0) + tally.right.get(measure, 0)
                asked[measure] = asked.get(measure, 0) + tally.asked.get(measure, 0)
    shares = {measure: right[measure] / asked[measure] for measure in asked}
    assert all(shares[measure] >= floor for measure, floor in WANTED[language].items()), shares
