"""Names of files leave like any other string, also where they look like an id or name somebody nobody knows."""

from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import derived, journal, state
from guvoh.casefile.case import open_case
from guvoh.model.capture import Exposure
from guvoh.model.finding import Finding
from guvoh.pipeline.releasing import hold
from guvoh.protect import Held, Registry, Release, Terms, release
from guvoh.protect.identity import Consent, Identity
from guvoh.protect.inspection import ID, refusals
from guvoh.protect.strings import strings

STAMPED = "20310502080000-dilnoza-hamroyeva.txt"
TEXT = """Nine men were taken from a brickworks near Uzgen in late April, Dilnoza Hamroyeva said.

According to Dilnoza Hamroyeva, soldiers were driving them to the border.
"""


def released(folder: Path, file: str) -> tuple[Held, Release]:
    (folder / "in").mkdir()
    (folder / "in" / file).write_text(TEXT, encoding="utf-8")
    assert cli.main(["build", str(folder / "in"), "--public", "--case", str(folder / "case")]) == 0
    case = open_case(folder / "case")
    known = state.fold(journal.read(case))
    with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
        held = hold(case.title, known, db, None)
    numbers = count(1)
    made, findings = release(held, Registry(()), Terms(lambda: f"P-{next(numbers):04d}"))
    assert made is not None, findings
    return held, made


def test_a_file_named_after_a_time_and_a_person_leaves_with_her_code(tmp_path: Path) -> None:
    held, made = released(tmp_path, STAMPED)
    assert [report.file for report in held.reports.values()] == [STAMPED]
    assert made.claims
    assert [report.file for report in made.reports.values()] == ["20310502080000-person P-0001.txt"]
    assert "hamroyeva" not in "\n".join(text for _, text in strings(made)).lower()


def test_no_piece_of_the_name_of_an_account_is_in_a_release(tmp_path: Path) -> None:
    held, _ = released(tmp_path, "a.txt")
    (report,) = held.reports.values()
    noted = Finding("clean", "cut", "A-EFM6.txt was cut.", report=report.id, file="A-EFM6.txt")
    account = replace(
        held,
        reports={report.id: replace(report, file="A-EFM6.txt")},
        captures={
            key: replace(one, exposure=Exposure.PRIVATE) for key, one in held.captures.items()
        },
        findings=(noted,),
    )
    consents = {report.capture: Consent(("publication",))}
    made, _ = release(account, Registry(()), Terms(lambda: "P-0001", consents=consents))
    assert made is not None
    assert [one.file for one in made.reports.values()] == ["a private account"]
    assert [(one.file, one.text) for one in made.findings] == [
        ("a private account", "a private account was cut.")
    ]


def test_a_protected_name_in_such_a_file_name_refuses() -> None:
    assert list(refusals(STAMPED, Registry([Identity("P-TK93", ("Dilnoza Hamroyeva",))])))


def test_a_file_named_after_somebody_nobody_knows_is_blacked_out(tmp_path: Path) -> None:
    _, made = released(tmp_path, "Interview Jamila Qodirova.txt")
    said = "\n".join(text for _, text in strings(made))
    assert "Jamila" not in said
    assert "Qodirova" not in said
    assert "Interview" in said


@pytest.mark.parametrize(
    "suffix", ["", "/p3", "#row-3", "#Sheet 1-row-3/p12", "#2031-05-02-7", "#quoted-1"]
)
def test_ids_of_reports_and_people_stay(suffix: str) -> None:
    assert ID.fullmatch("0f3a" * 16 + suffix)


@pytest.mark.parametrize("text", ["0f3a" * 4, "0f3a" * 4 + "/warning", "0f3a" * 4 + "/source"])
def test_ids_of_events_claims_and_warnings_stay(text: str) -> None:
    assert ID.fullmatch(text)


@pytest.mark.parametrize(
    "text", [STAMPED, "0f3a" * 4 + "-hamroyeva", "0f3a" * 16 + ".hamroyeva", "0f3a" * 16 + "/hamroyeva"]
)  # fmt: skip
def test_what_begins_like_an_id_and_goes_on_in_words_is_none(text: str) -> None:
    assert not ID.fullmatch(text)
