"""What tells of the same: alike in whatever order the reports of a case arrive, one by one or together."""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from guvoh.casefile import derived, tables
from guvoh.casefile.case import create, open_case
from guvoh.model.event import Value
from guvoh.model.report import Report
from guvoh.model.text import CharacterMap
from guvoh.pipeline import assigning
from guvoh.pipeline.deriving import Outcome, _derive_chunk
from tests.conftest import Demo


@pytest.fixture(scope="module")
def outcomes(demo: Demo) -> list[Outcome]:
    """Return what each page of the example gave by itself."""
    assert demo.status == 0, demo.said
    with closing(derived.connect_reader(open_case(demo.case))) as db:
        readings = {one.report: one for one in tables.every(db, tables.READING)}
        return [Outcome((r,), (readings[r.id],)) for r in tables.every(db, tables.REPORT)]


@pytest.fixture(autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path_factory.mktemp("home")))


def derive(root: Path, outcomes: Sequence[Outcome], step: int) -> tuple[str, Any]:
    """Return the digest and the answer of a case to which these come, so many at a time."""
    with closing(derived.connect(create(root))) as db:
        for start in range(0, len(outcomes), step):
            with derived.chunk(db):
                _derive_chunk(db, outcomes[start : start + step], ())
        reports = {report.id: report for report in tables.every(db, tables.REPORT)}
        claims = {
            claim.id: (reports[reading.report].file, claim.span)
            for reading in tables.every(db, tables.READING)
            for claim in reading.claims
        }
        return derived.digest(db), {
            frozenset(claims[one] for one in event.claims): (
                event.count,
                event.summary,
                event.status,
                [source.name for source in event.sources],
                event.unconfirmed,
                event.joined,
                [denial.name for denial in event.denials],
                list(values((*event.who, *event.when, *event.where, *event.how_many))),
            )
            for event in tables.every(db, tables.EVENT)
        }


def values(of: Sequence[Value]) -> Iterator[tuple[Any, ...]]:
    for value in of:
        yield type(value), value.count, {claim.partition("/")[0] for claim in value.claims}


def test_the_answer_is_the_same_in_whatever_order_reports_arrive(
    outcomes: list[Outcome], tmp_path: Path
) -> None:
    _, answer = derive(tmp_path / "first", outcomes, len(outcomes))
    assert len(answer) > 3
    for seed in range(6):
        other = (
            list(reversed(outcomes))
            if seed == 0
            else random.Random(seed).sample(outcomes, len(outcomes))
        )
        _, found = derive(tmp_path / f"case-{seed}", other, 5)
        assert found == answer, [outcome.reports[0].file for outcome in other]


def test_one_build_equals_many_beyond_what_is_brought_together_anew(
    outcomes: list[Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assigning, "ANEW", sum(len(o.readings[0].claims) for o in outcomes) // 2)
    whole, _ = derive(tmp_path / "whole", outcomes, len(outcomes))
    parts, _ = derive(tmp_path / "parts", outcomes, 1)
    assert whole == parts


def test_undated_reports_come_last() -> None:
    def report(name: str, published: str | None) -> Report:
        return Report(name, name, name, "", CharacterMap("utf-8", ()), "en", published=published)

    dated = [report("b", "2024-03-01"), report("c", "2024-02"), report("a", None)]
    assert [one.id for one in sorted(dated, key=lambda one: one.by_date)] == ["c", "b", "a"]
