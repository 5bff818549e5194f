import errno
import io
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guvoh.casefile import captures, case, journal, log
from guvoh.casefile.actor import Actor
from guvoh.casefile.errors import CaseDamaged, CaseTooNew, CaseUnwritable, NotACase
from guvoh.casefile.folder import Case
from guvoh.casefile.records import Arrived, Observed
from guvoh.model.capture import Exposure

AT = "2031-05-02T08:00:00Z"


@given(st.text(max_size=30))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
def test_a_title_comes_back(tmp_path: Path, title: str) -> None:
    root = tmp_path / "case"
    (root / "guvoh.toml").unlink(missing_ok=True)
    case.create(root, title)
    assert case.open_case(root).title == title.encode("utf-8", "backslashreplace").decode()


def test_a_new_case_holds_what_the_docs_say(tmp_path: Path) -> None:
    made = case.create(tmp_path / "deep" / "Lindmoor")
    assert made.title == "Lindmoor"
    assert made.marker.read_text() == 'format = 1\ntitle = "Lindmoor"\n'
    assert sorted(path.name for path in made.root.iterdir()) == [
        "captures",
        "guvoh.toml",
        "journal",
        "locks",
    ]
    assert case.open_or_create(made.root) == made


def test_a_relative_path_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert case.create(Path("x")).root == tmp_path / "x"


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(NotACase, match="other files"):
        case.create(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt"]


def test_what_is_no_case(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NotACase, match="no case here"):
            case.open_case(path)


def test_an_interrupted_creation_is_finished(tmp_path: Path) -> None:
    for name in ("captures", "journal", "locks"):
        (tmp_path / "case" / name).mkdir(parents=True)
    assert case.open_or_create(tmp_path / "case").title == "case"


def test_a_case_without_its_marker_is_not_overwritten(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [Observed(None, "test", "a")], AT)
    opened.marker.unlink()
    with pytest.raises(CaseDamaged, match=r"lost its guvoh\.toml"):
        case.open_or_create(opened.root)


def test_a_case_twice(opened: Case) -> None:
    with pytest.raises(NotACase, match="a case already"):
        case.create(opened.root)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('format = 2\ntitle = "x"\n', CaseTooNew),
        ('format = "1"\ntitle = "x"\n', CaseDamaged),
        ("format = 1\n", CaseDamaged),
        ('format = 1\ntitle = "x', CaseDamaged),
    ],
)
def test_a_marker_that_does_not_fit(opened: Case, text: str, error: type[Exception]) -> None:
    opened.marker.write_text(text)
    with pytest.raises(error, match=str(opened.root)):
        case.open_case(opened.root)


def test_opening_mends_an_interrupted_append_and_adds_nothing(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [Observed(None, "test", "a")], AT)
    folder = opened.journal / me.key_id
    with log.segment(folder, 0).open("ab") as stream:
        stream.write(b'{"salt":"00')
    case.open_case(opened.root)
    assert log.scan(folder).sound
    assert len(journal.read(opened)) == 1


def test_opening_finishes_erasing_and_spares_what_is_named(opened: Case, me: Actor) -> None:
    with captures.batch(opened) as batch:
        gone, stays = (batch.add(io.BytesIO(data)).digest for data in (b"gone", b"stays"))
    named = Arrived(stays, 5, "text/plain", "stays.txt", "here", Exposure.PUBLIC)
    journal.append(opened, me, [named], AT)
    captures.doom(opened, [gone, stays])
    case.open_case(opened.root)
    assert list(captures.stored(opened)) == [stays]
    assert captures.doomed(opened) == []


def test_a_case_that_cannot_be_locked_is_read_as_it_is(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [Observed(None, "test", "a")], AT)
    with log.segment(opened.journal / me.key_id, 0).open("ab") as stream:
        stream.write(b'{"salt":"00')
    shutil.rmtree(opened.locks)
    opened.locks.write_text("a file in the way")
    assert len(journal.read(case.open_case(opened.root))) == 1


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_nothing_can_be_locked_a_case_is_read_and_not_written(
    opened: Case, me: Actor, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    journal.append(opened, me, [Observed(None, "test", "a")], AT)

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(CaseUnwritable, match=r"network folders.*guvoh sync"):
        journal.append(opened, me, [Observed(None, "test", "b")], AT)
    assert len(journal.read(case.open_case(opened.root))) == 1


def test_now_is_utc() -> None:
    assert case.now().endswith("Z")
    assert len(case.now()) == 20
