"""Assessments: what stands after each is what a rebuild gives, and taking one back undoes it."""

from contextlib import closing
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import derived, tables
from guvoh.casefile.case import Case, open_case
from guvoh.casefile.following import Following
from guvoh.model.event import Event
from guvoh.pipeline import deriving, judging
from guvoh.progress import Silent

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "examples" / "demo" / "reports"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    sources = sorted(str(path) for path in DEMO.glob("*.txt"))
    cli.main(["build", *sources, "--case", str(tmp_path / "case"), "--public"])
    return open_case(tmp_path / "case")


def events(case: Case) -> list[Event]:
    with closing(derived.connect_reader(case)) as db:
        return sorted(tables.every(db, tables.EVENT), key=lambda event: event.id)


def digest(case: Case) -> str:
    with closing(derived.connect_reader(case)) as db:
        return derived.digest(db)


def test_each_assessment_leaves_what_a_rebuild_gives_and_can_be_taken_back(built: Case) -> None:
    following = Following(built)
    before, untouched = events(built), digest(built)
    assert len(before) >= 2
    one, other = before[0].id, before[1].id
    seen = [untouched]
    for target, verdict, second in (
        (one, "merge", other),
        (one, "checked", None),
        (other, "checked", None),
    ):
        judging.judge(built, target, verdict, "read both", second)
        deriving.derive(built, Silent(), following)
        standing = digest(built)
        assert deriving.rebuild(built, Silent())[0] == standing
        seen.append(standing)
    assert len(events(built)) == len(before) - 1
    assert len(set(seen)) >= 3
    for assessment in reversed(following.state().assessments):
        judging.withdraw(built, assessment)
        deriving.derive(built, Silent(), following)
        assert deriving.rebuild(built, Silent())[0] == digest(built)
    assert events(built) == before
    assert digest(built) == untouched


def test_what_no_event_holds_is_not_moved_and_nothing_is_moved_to_no_event(built: Case) -> None:
    with closing(derived.connect_reader(built)) as db:
        held = {one for event in events(built) for one in event.claims}
        idle = next(
            claim.id
            for reading in tables.every(db, tables.READING)
            for claim in reading.claims
            if claim.id not in held and not claim.acts
        )
    event = events(built)[0]
    for target, other in ((idle, event.id), (event.id, "abcdefgh"), (event.id, None)):
        with pytest.raises(judging.NotFoundError):
            judging.judge(built, target, "pin", "read both", other)


def test_a_source_is_the_same_as_somebody_of_its_event_alone(built: Case) -> None:
    event = next(one for one in events(built) if len({s.name for s in one.sources}) > 1)
    one, other = event.sources[:2]
    claim = one.claims[0]
    with pytest.raises(judging.NotFoundError) as nobody:
        judging.judge(built, claim, "same-source", "read both", f"{other.name}zzz")
    assert other.name in str(nobody.value).partition("most like it")[2]
    with pytest.raises(judging.NotFoundError, match="--with NAME"):
        judging.judge(built, claim, "same-source", "read both", None)
    for named in (other.name, other.id, other.claims[0]):
        assert judging.judge(built, claim, "same-source", "read both", named)
        assert judging.judge(built, claim, "withdraw-same-source", "no", named)
