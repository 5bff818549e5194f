"""An assessment changes what it speaks of and nothing else, survives a rebuild, and is listed when its passage is gone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from guvoh.casefile import derived, lookups, tables
from guvoh.casefile.case import open_case
from guvoh.casefile.following import Following
from guvoh.model.event import Event
from tests.workbench.conftest import Browser
from tests.workbench.test_claiming import fields
from tests.workbench.test_deciding import shown

Rows = dict[tuple[str, ...], bytes]


def rows(case: Path) -> Rows:
    """Return every row of every result by its table and key."""
    found: Rows = {}
    with closing(derived.connect_reader(open_case(case))) as db:
        for table, keys in derived.RESULTS:
            for *key, value in db.execute(f"SELECT {', '.join(keys)}, value FROM {table}"):
                found[(table, *key)] = value
    return found


def events(case: Path) -> list[Event]:
    with closing(derived.connect_reader(open_case(case))) as db:
        return list(tables.every(db, tables.EVENT))


def changed(before: Rows, after: Rows) -> set[tuple[str, ...]]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def hanging(case: Path, event: str) -> set[tuple[str, ...]]:
    """Return the rows that were derived with an event."""
    with closing(derived.connect_reader(open_case(case))) as db:
        return {
            (noun, one)
            for noun in ("warning", "finding")
            for one in lookups.hanging(db, event, noun)
        }


def rebuilt(browser: Browser, home: Path) -> str:
    said = subprocess.run(
        [sys.executable, "-m", "guvoh", "rebuild", "--case", str(browser.case)],
        capture_output=True, check=True, text=True,
        env={"PYTHONPATH": ":".join(sys.path), "GUVOH_HOME": str(home)},
    )  # fmt: skip
    return said.stdout.split()[-1]


def digest(case: Path) -> str:
    with closing(derived.connect_reader(open_case(case))) as db:
        return derived.digest(db)


@pytest.fixture
def taken_back(browser: Browser) -> Iterator[Browser]:
    """Give a workbench; whatever is decided in it is taken back, and leaves no trace in any row."""
    before = rows(browser.case)
    standing = {one.id for one in Following(open_case(browser.case)).state().assessments}
    yield browser
    while new := [
        one
        for one in Following(open_case(browser.case)).state().assessments
        if one.id not in standing
    ]:
        assert browser.post(f"/undo/{new[-1].id}").status == 303
    assert changed(before, rows(browser.case)) == set()


def decide(browser: Browser, target: str, verdict: str, other: str = "") -> set[tuple[str, ...]]:
    """Return the rows that a decision changes."""
    before = rows(browser.case)
    answer = browser.post("/decide", target=target, verdict=verdict, other=other, back="/")
    assert (answer.status, answer.headers.get("location")) == (303, "/"), answer.text
    return changed(before, rows(browser.case))


def test_a_source_that_is_rejected_changes_its_event_alone(taken_back: Browser) -> None:
    case = taken_back.case
    event = next(one for one in events(case) if one.count.high > 1)
    was = hanging(case, event.id)
    found = decide(taken_back, event.sources[0].claims[0], "reject-source")
    assert ("event", event.id) in found
    assert found - {("event", event.id)} <= was | hanging(case, event.id)


def test_two_who_are_one_change_the_event_in_which_both_speak_alone(taken_back: Browser) -> None:
    case = taken_back.case
    pair = re.search(
        r'name="target" value="([^"]+)"><input type="hidden" name="verdict" value="same-person">'
        r'<input type="hidden" name="other" value="([^"]+)"',
        taken_back.get("/people").text,
    )
    assert pair is not None
    told = {
        one.id
        for one in events(case)
        if all(
            any(_is(case, end, source.people) for source in one.sources) for end in pair.groups()
        )
    }
    was = {row for one in told for row in hanging(case, one)}
    found = decide(taken_back, pair[1], "same-person", pair[2])
    assert {key for table, key, *_ in found if table == "event"} <= told
    assert {row for row in found if row[0] == "person"}
    rest = {row for row in found if row[0] not in ("event", "person")}
    assert rest <= was | {row for one in told for row in hanging(case, one)}


def test_a_derivation_that_is_rejected_changes_its_family_and_who_tells_it_alone(
    taken_back: Browser,
) -> None:
    case = taken_back.case
    with closing(derived.connect_reader(open_case(case))) as db:
        families = list(tables.every(db, tables.FAMILY))
        member = next(
            m
            for f in families
            for m in f.members
            if len(f.members) > 2 and m.parent and m.derivation
        )
        family = next(f for f in families if member in f.members)
    inside = {m.report for m in (*family.members, *family.citers)}
    touched = {one.id for one in events(case) if inside & set(one.reports)}
    found = decide(taken_back, member.report, "reject", member.parent or "")
    after = {one.id for one in events(case) if inside & set(one.reports)}
    assert ("family", family.id) in found
    assert {key for table, key, *_ in found if table == "event"} <= touched | after
    assert not {row for row in found if row[0] in ("report", "reading", "derivation", "place")}
    untouched = {one.id for one in events(case)} - touched
    assert untouched
    with closing(derived.connect_reader(open_case(case))) as db:
        others = {key for table, key, *_ in found if table == "family"} - {family.id}
        for one in tables.several(db, tables.FAMILY, others).values():
            assert {m.report for m in one.members} <= inside


def test_decisions_survive_a_rebuild(taken_back: Browser, built: Path) -> None:
    event = next(one for one in events(taken_back.case) if one.count.high > 1)
    assert decide(taken_back, event.sources[0].claims[0], "reject-source")
    assert rebuilt(taken_back, built / "home") == digest(taken_back.case)
    page = taken_back.get(f"/events/{event.id}")
    assert "reject-source" in page.text
    assert page.status == 200


def test_a_decision_whose_passage_is_gone_is_listed_as_detached(taken_back: Browser) -> None:
    with closing(derived.connect_reader(open_case(taken_back.case))) as db:
        report, start, end = next(
            (reading.report, one.start, one.end)
            for reading in tables.every(db, tables.READING)
            for one in reading.sentences
            if not any(c.span.start < one.end and one.start < c.span.end for c in reading.claims)
            and one.end - one.start > 20
        )
    form = fields(taken_back.get(f"/reports/{report}/add?at={start}-{end}").text)
    answer = taken_back.post("/claims", **form)
    assert answer.status == 303, answer.text
    claim = answer.headers["location"].partition("#c-")[2]
    decide(taken_back, claim, "checked")
    assert "finds no place any more" not in taken_back.get("/").text
    added = next(
        one
        for one in Following(open_case(taken_back.case)).state().assessments
        if one.verdict == "add"
    )
    taken_back.post(f"/undo/{added.id}")
    listed = re.search(r'id="detached">.*?</section>', taken_back.get("/").text, re.DOTALL)
    assert listed is not None
    assert "<b>chain is right</b>" in listed[0]
    assert f'href="/reports/{report}"' in listed[0]
    assert "finds no place any more" in taken_back.get("/review").text
    assert "finds no place any more" in " ".join(
        one["text"] for one in shown(taken_back.case, "findings") if one["step"] == "assessment"
    )
    back = re.search(r'action="(/undo/[^"]+)"', listed[0])
    assert back is not None
    assert taken_back.post(back[1]).status == 303
    assert 'id="detached"' not in taken_back.get("/").text


def _is(case: Path, person: str, parts: tuple[str, ...]) -> bool:
    with closing(derived.connect_reader(open_case(case))) as db:
        return person in lookups.persons_of(db, parts).values()
