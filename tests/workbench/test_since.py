"""What has changed of an event since it was first opened, and what is counted once for each state of a case."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from guvoh.casefile import derived
from guvoh.casefile.case import create
from guvoh.model.claim import Basis, SourceKind
from guvoh.model.event import Count, Event, EventStatus, Source
from guvoh.workbench.since import KEPT, Seen
from guvoh.workbench.totals import Totals

DRIVER = Source("a/p0", "the driver", SourceKind.PERSON, Basis.EYEWITNESS, (), ("a/1",))
SISTER = Source("b/p0", "the sister", SourceKind.PERSON, Basis.TOLD, (), ("b/1",))
EVENT = Event(
    "e", (), EventStatus.PAST, "", ("a/1", "b/1"), ("a", "b"), (), 2,
    count=Count(1, 2, 1, 0), sources=(DRIVER, SISTER),
)  # fmt: skip


def test_numbers_and_who_counts_are_told_before_and_after() -> None:
    seen = Seen()
    assert not seen.since(EVENT).anything
    after = replace(EVENT, count=Count(1, 1, 1, 0, checked=1), sources=(DRIVER,))
    since = seen.since(after)
    assert since.numbers == (
        ("Original sources", "1–2", "1"),
        ("Chains checked by a person", "0", "1"),
    )
    assert (since.come, since.gone) == ((), ("the sister",))
    assert not seen.since(EVENT).anything  # what was taken back has not changed


def test_no_more_events_are_remembered_than_fit() -> None:
    seen = Seen()
    for number in range(KEPT + 5):
        seen.since(replace(EVENT, id=str(number)))
    assert len(seen.first) == KEPT
    assert "0" not in seen.first


def test_totals_are_counted_once_for_each_state_of_the_store(tmp_path: Path) -> None:
    case = create(tmp_path / "case", "Harbour")
    asked: list[str] = []

    def answer() -> int:
        asked.append("")
        return len(asked)

    totals = Totals()
    with closing(derived.connect(case)) as writer:
        with derived.chunk(writer):
            pass
        for expected in (1, 2):
            with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
                assert [totals.get(db, "what", answer) for _ in range(3)] == [expected] * 3
                with derived.chunk(writer):  # a reader keeps what it began with
                    derived.remember(writer, "key", f"{expected}")
                assert totals.get(db, "what", answer) == expected
