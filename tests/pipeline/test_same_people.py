"""Who is whom across reports as people decide it: counts follow, a rebuild agrees, and it can be taken back."""

from contextlib import closing
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import derived, lists, tables
from guvoh.casefile.case import Case, open_case
from guvoh.casefile.following import Following
from guvoh.model.event import Event
from guvoh.pipeline import deriving, judging
from guvoh.progress import Silent
from guvoh.workbench import namesakes

TEXTS = {
    "harbour.txt": "Timur Qodirov, a driver, told the Harbour Post on Friday: “On 3 May 2023 twelve prisoners were taken "
    "from Penal Colony No. 4 in Tyumen by bus, and nobody asked them.” The road past the mill had been closed since "
    "morning, and shops on Canal Street kept their shutters down until the column was gone.",
    "lantern.txt": "Our correspondent spent a week among fishermen who mend nets behind the railway depot. One evening the "
    "talk came to the colony. Timur Kodirov said that guards had moved 12 inmates out of Penal Colony No. 4 in Tyumen "
    "on 3 May 2023. His neighbours spoke of the price of bread instead, of a school without heating and of the ferry "
    "that has not run since autumn.",
    "quay.txt": "In an interview with the Quay, Timur Qodirov said: “Forty sailors were detained in Murmansk on 9 August 2023.”",
}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    cli.main(["build", str(folder), "--case", str(tmp_path / "case"), "--public"])
    return open_case(tmp_path / "case")


def events(case: Case) -> dict[str, Event]:
    with closing(derived.connect_reader(case)) as db:
        return {event.id: event for event in tables.every(db, tables.EVENT)}


def people(case: Case) -> tuple[list[list[str]], int, str]:
    """Return the ids of people who may be one, the original sources of the case, and its digest."""
    with closing(derived.connect_reader(case)) as db:
        proposed = [[one.one.id, one.other.id] for one in namesakes.proposals(db, 9)]
        return proposed, lists.glance(db).sources, derived.digest(db)


def decide(case: Case, one: str, other: str, verdict: str) -> None:
    judging.judge(case, one, verdict, "read both", other)
    deriving.derive(case, Silent(), Following(case))
    assert deriving.rebuild(case, Silent())[0] == people(case)[2]


def test_one_person_counts_once_and_the_decision_is_taken_back(built: Case) -> None:
    before, (proposed, sources, digest) = events(built), people(built)
    main = next(e for e in before.values() if len(e.sources) == 2)
    assert (main.count.low, main.count.high) == (1, 2)
    ours, theirs = (source.people[0] for source in main.sources)
    assert any({ours, theirs} == set(pair) for pair in proposed)
    decide(built, ours, theirs, "same-person")
    after, (left, fewer, _) = events(built), people(built)
    assert (after[main.id].count.low, after[main.id].count.high) == (1, 1)
    assert fewer == sources - 1
    assert {key: one for key, one in after.items() if key != main.id} == {
        key: one for key, one in before.items() if key != main.id
    }
    assert len(left) < len(proposed)
    for one in Following(built).state().assessments:
        judging.withdraw(built, one)
    deriving.derive(built, Silent(), Following(built))
    assert people(built) == (proposed, sources, digest)


def test_people_of_two_events_are_one_in_the_case_and_no_event_changes(built: Case) -> None:
    before, (_, sources, _) = events(built), people(built)
    alone = next(e for e in before.values() if len(e.sources) == 1 and "quay" in _file(built, e))
    main = next(e for e in before.values() if len(e.sources) == 2)
    decide(built, alone.sources[0].people[0], main.sources[0].people[0], "same-person")
    assert events(built) == before
    assert people(built)[1] == sources - 1


def test_two_people_are_asked_about_no_more_and_nothing_joins_them(built: Case) -> None:
    main = next(e for e in events(built).values() if len(e.sources) == 2)
    ours, theirs = (source.people[0] for source in main.sources)
    decide(built, ours, theirs, "other-person")
    assert not any({ours, theirs} == set(pair) for pair in people(built)[0])
    count = events(built)[main.id].count
    assert (count.low, count.high) == (2, 2)


def test_nobody_is_the_same_as_someone_who_is_not_in_the_case(built: Case) -> None:
    main = next(e for e in events(built).values() if len(e.sources) == 2)
    with pytest.raises(judging.NotFoundError, match="fits 0 people"):
        judging.judge(built, main.sources[0].people[0], "same-person", "", "Nobody")


def _file(case: Case, event: Event) -> str:
    with closing(derived.connect_reader(case)) as db:
        return "".join(
            one.file for one in tables.several(db, tables.REPORT, event.reports).values()
        )
