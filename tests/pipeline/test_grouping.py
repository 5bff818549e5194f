"""Families in the store: the same however reports come, at the cost of what a report touches."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import derived, tables
from guvoh.casefile.case import create, open_case
from guvoh.model.assessment import Assessment, Target
from guvoh.model.claim import Reading
from guvoh.model.report import Report
from guvoh.model.text import CharacterMap, Stated
from guvoh.pipeline.grouping import Sides, regroup
from guvoh.pipeline.relating import relate_reports

DEV = Path(__file__).parents[1] / "cases" / "lineage" / "dev"


@pytest.fixture(autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path_factory.mktemp("home")))


def stock() -> list[str]:
    """Return the English paragraphs of the dev reports."""
    found: list[str] = []
    for path in sorted(DEV.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("== ")[1:]:
            name, text = part.split("\n", 1)
            if name.endswith(".en"):
                found += [p for p in text.strip().split("\n\n") if len(p.split()) > 20]
    return list(dict.fromkeys(found))


def state(case: Path) -> tuple[str, int]:
    """Return the digest of what is derived, and how many citations there are."""
    with closing(derived.connect_reader(open_case(case))) as db:
        (citations,) = db.execute("SELECT count(*) FROM derivation WHERE binds = 0").fetchone()
        return derived.digest(db), citations


def test_a_web_of_citations_and_copies_is_the_same_in_one_build_or_in_many(tmp_path: Path) -> None:
    chance, paragraphs = random.Random(3), stock()
    files: list[Path] = []
    bodies: list[list[str]] = []
    for number in range(21):
        copied = bodies and chance.random() < 0.3
        body = chance.choice(bodies) if copied else chance.sample(paragraphs, 4)
        bodies.append(body)
        dated = [f"Published {1 + number} March 2024"] if number % 2 else []
        credit = f"This was reported by {chance.choice(['Harbour Post', 'Valley Herald'])}."
        head = [f"Page {number}", f"  • {chance.choice(['Harbour Post', 'Bay Courier'])}", *dated]
        files.append(tmp_path / f"{number:02}.txt")
        files[-1].write_text("\n\n".join([*head, credit, *body]), encoding="utf-8")
    for case, step in ((tmp_path / "whole", len(files)), (tmp_path / "parts", 3)):
        for start in range(0, len(files), step):
            some = [str(file) for file in files[start : start + step]]
            cli.main(["build", *some, "--case", str(case), "--public"])
    whole, parts = state(tmp_path / "whole"), state(tmp_path / "parts")
    assert whole[1] >= 9
    assert whole == parts


def report(number: int, text: str) -> Report:
    identity = f"{number:064x}"
    return Report(
        id=identity,
        capture=identity,
        file=f"{number}.txt",
        text=text,
        map=CharacterMap("utf-8", ()),
        language="en",
        publisher=Stated(f"Outlet {number}"),
    )


def test_a_report_that_cites_does_not_touch_whom_others_cite(tmp_path: Path) -> None:
    words = sorted({word for one in stock() for word in one.split()})
    chance = random.Random(5)
    paragraphs = [" ".join(chance.sample(words, 40)) + "." for _ in range(81)]
    # Each report quotes one paragraph of the one before and adds four of its own.
    chain = [report(n, "\n\n".join(paragraphs[4 * n : 4 * n + 5])) for n in range(20)]
    with closing(derived.connect(create(tmp_path / "case"))) as db:
        touched: list[set[str]] = []
        for number, one in enumerate(chain):
            with derived.chunk(db):
                tables.put_reports(db, [(number, one)])
                related = relate_reports(db, [(number, one)], _unread([one]), ())
                touched.append(related.touched)
        citations = sum(d.relation == "citation" for d in tables.every(db, tables.DERIVATION))
    assert citations >= 10
    assert max(map(len, touched)) <= 4


def test_reports_are_put_together_anew_without_the_texts_of_families_that_stay(
    tmp_path: Path,
) -> None:
    words = sorted({word for one in stock() for word in one.split()})
    chance = random.Random(8)
    texts = [" ".join(chance.sample(words, 120)) + "." for _ in range(2)]
    both = "\n\n".join(texts)  # holds two texts that share nothing, and ties their copies
    copies = [report(n, text) for n, text in enumerate([texts[0]] * 4 + [texts[1]] * 4 + [both])]
    with closing(derived.connect(create(tmp_path / "case"))) as db:
        placed = list(enumerate(copies))
        with derived.chunk(db):
            tables.put_reports(db, placed)
            tables.put(db, tables.READING, _unread(copies))
            relate_reports(db, placed, _unread(copies), ())
        before = list(tables.every(db, tables.FAMILY))
        assert sum(len(family.members) for family in before) == len(copies)
        with derived.chunk(db):
            sides = Sides(db)
            assert regroup(db, sides, [copies[-1].id], (), ()) == set()
            assert sides.kept == {}
            target = Target("derivation", copies[1].id, other=copies[0].id)
            apart = Assessment("1", target, "reject", "no copy", "key", "2023-03-01T00:00:00Z")
            assert regroup(db, sides, [copies[0].id], (), [apart])
        assert list(tables.every(db, tables.FAMILY)) != before


def _unread(reports: list[Report]) -> list[Reading]:
    return [Reading(report=one.id) for one in reports]
