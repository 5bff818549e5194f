"""Claims that people add or correct count at once, stand through a rebuild, and can be taken back."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import derived, journal, lookups, tables
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, now, open_case
from guvoh.casefile.following import Following
from guvoh.casefile.records import Declared, Withheld
from guvoh.model.capture import Exposure
from guvoh.model.claim import Claim
from guvoh.model.event import Event
from guvoh.model.report import Report
from guvoh.pipeline import amending, deriving, judging
from guvoh.pipeline.contents import UnreadableError
from guvoh.progress import Silent

FIRST = """Quarry workers taken from Tolmin

30 March 2024

Twenty quarry workers were taken away by armed men in Tolmin on 12 March 2024, the clerk Olga Terzic told us.

The kettle in the office stood cold that day, and old Besim shrugged when asked who had come.
"""
SECOND = """The quarry is empty

2 April 2024

Pavel Hrast, a driver, told our reporter that he saw how twenty workers from the quarry in Tolmin were taken away on 12 March 2024.

Since then nobody breaks stones there.
"""
WORDS = "old Besim shrugged when asked who had come"
READ = {
    "chain": [{"name": "Besim Hodak", "kind": "person", "basis": "eyewitness"}],
    "stance": "asserted",
    "acts": ["transfer"],
    "participants": [{"role": "affected", "name": "quarry workers", "kind": "group"}],
    "times": [{"text": "that day", "edtf": "2024-03-12"}],
    "quantities": [{"text": "twenty", "low": 20, "high": 20, "of": "workers"}],
}


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    sources = [str(tmp_path / name) for name in ("first.txt", "second.txt")]
    cli.main(["build", *sources, "--case", str(tmp_path / "case"), "--public"])
    return open_case(tmp_path / "case")


def held(case: Case) -> tuple[list[Report], list[Claim], list[Event]]:
    with closing(derived.connect_reader(case)) as db:
        reports = list(tables.every(db, tables.REPORT))
        claims = [c for reading in tables.every(db, tables.READING) for c in reading.claims]
        return reports, claims, sorted(tables.every(db, tables.EVENT), key=lambda event: event.id)


def digest(case: Case) -> str:
    with closing(derived.connect_reader(case)) as db:
        return derived.digest(db)


def passage(case: Case, words: str = WORDS) -> str:
    (report,) = [one for one in held(case)[0] if words in one.text]
    at = report.text.index(words)
    return f"{report.id}:{at}-{at + len(words)}"


def abduction(case: Case) -> Event:
    return next(e for e in held(case)[2] if len(e.reports) == 2)


def same_after_rebuild(case: Case) -> bool:
    standing = digest(case)
    return deriving.rebuild(case, Silent())[0] == standing


def test_a_claim_that_was_missed_counts_where_it_belongs_and_stands_through_a_rebuild(
    built: Case,
) -> None:
    following = Following(built)
    untouched, before = digest(built), abduction(built)
    assert before.count.high == 2
    judging.judge(built, passage(built), "add", "heard the tape", before.claims[0], READ)
    deriving.derive(built, Silent(), following)
    (added,) = [claim for claim in held(built)[1] if claim.text == WORDS]
    after = abduction(built)
    assert added.id in after.claims
    assert "Besim Hodak" in [source.name for source in after.sources]
    assert after.count.high == 3
    assert same_after_rebuild(built)

    read = {"chain": [{"name": "Besim Hodak", "kind": "person", "basis": "told"}]}
    judging.judge(built, added.id, "correct", "he was told", None, read)
    deriving.derive(built, Silent(), following)
    (corrected,) = [claim for claim in held(built)[1] if claim.text == WORDS]
    assert corrected.chain[0].basis == "told"
    assert corrected.times == added.times
    assert same_after_rebuild(built)

    judging.judge(built, added.id, "checked", "listened twice", None)
    deriving.derive(built, Silent(), following)
    assert abduction(built).count.checked == 1
    for one in reversed(following.state().assessments):
        judging.withdraw(built, one)
        deriving.derive(built, Silent(), following)
        assert same_after_rebuild(built)
    assert digest(built) == untouched


def test_one_without_an_event_stands_alone(built: Case) -> None:
    before = held(built)[2]
    judging.judge(built, passage(built), "add", "heard the tape", None, READ)
    deriving.derive(built, Silent())
    after = held(built)[2]
    (own,) = [event for event in after if event not in before]
    assert own.acts == ("transfer",)
    assert [event for event in after if event != own] == before
    assert same_after_rebuild(built)


def test_a_correction_changes_the_event_of_its_claim_and_no_other(built: Case) -> None:
    event = abduction(built)
    claims = {claim.id: claim for claim in held(built)[1]}
    target = next(claims[one] for one in event.claims if claims[one].times)
    others = [one for one in held(built)[2] if one.id != event.id]
    read = {"times": [{"text": target.times[0].text, "edtf": "2024-03-13"}]}
    judging.judge(built, target.id, "correct", "misprint", None, read)
    deriving.derive(built, Silent())
    assert {value.edtf for value in abduction(built).when} == {"2024-03-12", "2024-03-13"}
    assert [one for one in held(built)[2] if one.id != abduction(built).id] == others
    assert same_after_rebuild(built)
    judging.judge(built, target.id, "withdraw-correct", "no misprint", None)
    deriving.derive(built, Silent())
    assert abduction(built) == event


def test_a_denial_that_the_machine_saw_can_be_corrected(built: Case) -> None:
    event = abduction(built)
    judging.judge(built, event.claims[0], "correct", "he denies it", None, {"stance": "denied"})
    deriving.derive(built, Silent())
    assert abduction(built).count.high == 1
    judging.judge(built, event.claims[0], "correct", "he does not", None, {"stance": "asserted"})
    deriving.derive(built, Silent())
    assert abduction(built).count == event.count
    assert same_after_rebuild(built)


def test_reports_that_come_later_see_the_case_as_a_rebuild_does(
    built: Case, tmp_path: Path
) -> None:
    judging.judge(built, passage(built), "add", "heard it", abduction(built).claims[0], READ)
    judging.judge(
        built, abduction(built).claims[1], "correct", "told", None, {"stance": "reported"}
    )
    (tmp_path / "third.txt").write_text(SECOND.replace("2 April", "3 April"), encoding="utf-8")
    cli.main(["build", str(tmp_path / "third.txt"), "--public", "--case", str(built.root)])
    assert same_after_rebuild(built)


def test_one_whose_passage_is_gone_is_listed_as_detached(built: Case, tmp_path: Path) -> None:
    cli.main(["judge", passage(built), "add", "--reason", "heard it", "--case", str(built.root)])
    assert WORDS in [claim.text for claim in held(built)[1]]
    with closing(derived.connect_reader(built)) as db:
        (report,) = [one for one in tables.every(db, tables.REPORT) if WORDS in one.text]
    at = FIRST.encode().index(b"old Besim")
    # What another report withholds is masked in this one, and is then read as underscores.
    masked = Withheld(report.capture, ((at, at + len("old Besim")),))
    journal.append(built, load_actor(), [masked], now())
    deriving.derive(built, Silent())
    assert WORDS not in [claim.text for claim in held(built)[1]]
    with closing(derived.connect_reader(built)) as db:
        told = [f for f in tables.every(db, tables.FINDING) if f.kind == "detached"]
    assert len(told) == 1
    assert "“add”" in told[0].text
    assert same_after_rebuild(built)


def test_decisions_about_a_report_that_is_set_aside_are_listed_as_detached(
    built: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(derived.connect_reader(built)) as db:
        first, second = tables.every(db, tables.REPORT)
        own = next(e for e in tables.every(db, tables.EVENT) if first.id in e.reports)
        apart = lookups.claims_of(db, [second.id])[0]
    judging.judge(built, second.id, "reject", "not so", first.id)
    judging.judge(built, own.claims[0], "merge", "one thing", apart)
    journal.append(built, load_actor(), [Declared(second.capture, Exposure.UNDECLARED)], now())
    deriving.derive(built, Silent())
    with closing(derived.connect_reader(built)) as db:
        lost = set(amending.detached(db))
    known = {one.id: one.verdict for one in Following(built).state().assessments}
    assert sorted(known[one] for one in lost) == ["merge", "reject"]
    assert same_after_rebuild(built)
    capsys.readouterr()
    cli.main(["build", str(built.root.parent / "first.txt"), "--case", str(built.root)])
    assert "no place any more: 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"stance": "shouted"}, "no stance"),
        ({"times": [{"text": "then", "edtf": "soon"}]}, "no time"),
        ({"acts": ["juggle"]}, "no act"),
        ({"chain": [{"name": "x", "kind": "ghost"}]}, "no kind of source"),
        ({"chain": [{"name": " ", "kind": "person"}]}, "empty"),
        ({"quantities": [{"text": "ten", "low": 10, "high": 2}]}, "lower"),
        ({"quantities": "many"}, "no contents"),
    ],
)
def test_what_no_claim_can_hold_is_refused(
    built: Case, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(UnreadableError, match=said):
        judging.judge(built, passage(built), "add", "try", None, fields)


def test_the_command_line_takes_contents_from_a_file(
    built: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "claim.json"
    path.write_text(json.dumps(READ), encoding="utf-8")
    event = abduction(built).claims[0]
    told = ["judge", passage(built), "add", "--with", event, "--content", str(path)]
    assert cli.main([*told, "--reason", "heard it", "--case", str(built.root)]) == 0
    assert "3 original sources" in capsys.readouterr().out
    path.write_text("[]", encoding="utf-8")
    assert cli.main([*told, "--reason", "heard it", "--case", str(built.root)]) != 0
    assert "no JSON object" in capsys.readouterr().err
    report = passage(built).partition(":")[0]
    far = ["judge", f"{report}:9000-9001", "add", "--reason", "r", "--case", str(built.root)]
    assert cli.main(far) == 2
    assert "no passage" in capsys.readouterr().err
