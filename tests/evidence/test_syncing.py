"""Two copies of a case, worked on apart, become the same; nothing is lost and nothing comes back."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import actor, captures, derived, journal, kept, merging, state, tables, vault
from guvoh.casefile.case import create, open_case
from guvoh.casefile.records import Observed
from guvoh.pipeline import keeping

AT = "2031-05-02T08:00:00Z"


def build(case: Path, name: str, text: str) -> None:
    (case.parent / name).write_text(text)
    assert cli.main(["build", str(case.parent / name), "--public", "--case", str(case)]) == 0


def digest(case: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert cli.main(["rebuild", "--case", str(case)]) == 0
    return capsys.readouterr().out.splitlines()[-1]


def sync(case: Path, other: Path, *more: str) -> int:
    return cli.main(["sync", "--case", str(case), str(other), *more])


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make, once, a case and its copy, each with a report and assessments that the other lacks."""
    folder = tmp_path_factory.mktemp("apart")
    here, there = folder / "here", folder / "there"
    homes = {here: folder / "home", there: folder / "colleague"}
    with pytest.MonkeyPatch.context() as patch:

        def at(case: Path) -> None:
            patch.setenv(actor.HOME_VARIABLE, str(homes[case]))

        at(here)
        build(here, "ferry.txt", "A ferry sank near Murmansk on 3 May 2031, the port said.\n")
        build(here, "doomed.txt", "This was sent by mistake.\n")
        assert sync(here, there) == 0
        at(there)
        build(there, "barge.txt", "A barge followed the ferry, its captain said on 4 May 2031.\n")
        with closing(derived.connect_reader(open_case(there))) as db:
            claims = [one for r in tables.every(db, tables.READING) for one in r.claims]
        (claim,) = [one.id for one in claims if "ferry sank" in one.text]
        judge = ["judge", claim, "credibility-2", "--reason", "known", "--case"]
        assert cli.main([*judge, str(there)]) == 0
        at(here)
        build(
            here, "tug.txt", "A tug came too late, sailors told the Harbour Post on 5 May 2031.\n"
        )
        judge[2] = "credibility-5"
        assert cli.main([*judge, str(here)]) == 0
    return folder


@pytest.fixture
def apart(worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Return copies of both that are this test's own, with the homes of those who made them."""
    shutil.copytree(worked, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv(actor.HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "here", tmp_path / "there"


def test_both_sides_come_to_the_same_and_show_where_people_differ(
    apart: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = apart
    capsys.readouterr()
    assert sync(here, there) == 0
    out = capsys.readouterr().out
    assert "To this case: 1 captures" in out
    assert "People decided differently about a claim in ferry.txt" in out
    assert "credibility-2" in out
    assert "credibility-5" in out
    assert digest(here, capsys) == digest(there, capsys)
    for case in apart:
        files = {one.file for one in state.fold(journal.read(open_case(case))).captures.values()}
        assert files == {"ferry.txt", "doomed.txt", "barge.txt", "tug.txt"}
        assert cli.main(["fsck", "--case", str(case)]) == 0
    capsys.readouterr()
    assert sync(there, here) == 0
    assert "0 captures, 0 records, 0 tombstones" in capsys.readouterr().out


def test_what_one_side_erased_is_gone_from_both(
    apart: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = apart
    known = state.fold(journal.read(open_case(here))).captures
    (doomed,) = [digest for digest, one in known.items() if one.file == "doomed.txt"]
    keeping.erase_capture(open_case(here), doomed)
    assert sync(there, here) == 0
    for case in apart:
        assert doomed not in set(captures.stored(open_case(case)))
        assert b"doomed.txt" not in b"".join(
            path.read_bytes() for path in (case / "journal").rglob("*.jsonl")
        )
        assert cli.main(["rebuild", "--case", str(case)]) == 0
        assert cli.main(["fsck", "--case", str(case)]) == 0
    assert digest(here, capsys) == digest(there, capsys)


def test_a_sealed_record_that_one_side_removed_does_not_come_back(
    apart: tuple[Path, Path],
) -> None:
    here, there = map(open_case, apart)
    stays, goes = vault.add(here, b"one"), vault.add(here, b"two")
    merging.merge(here, there)
    assert vault.names(there) == sorted([stays, goes])
    vault.remove(there, goes)
    changed = vault.put(here, stays, b"three")
    merging.merge(here, there)
    assert vault.names(here) == vault.names(there) == [changed]
    assert kept.rows(here) == kept.rows(there)


INTERRUPTED = """
import os, sys
from pathlib import Path
from guvoh.casefile import merging
from guvoh.casefile.case import open_case
stop, seen = int(sys.argv[3]), 0
def counted(name):
    plain = getattr(os, name)
    def run(*args, **more):
        global seen
        seen += 1
        if seen == stop:
            os._exit(9)
        return plain(*args, **more)
    setattr(os, name, run)
for name in ("write", "fsync", "replace", "mkdir"):
    counted(name)
merging.merge(open_case(Path(sys.argv[1])), open_case(Path(sys.argv[2])))
"""


def test_an_interrupted_sync_goes_on_where_it_was(
    apart: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = []
    for stop in (1, 4, 9, 16, 25, 36, 49):
        pair = [tmp_path / f"{stop}-{case.name}" for case in apart]
        for case, copy in zip(apart, pair, strict=True):
            shutil.copytree(case, copy)
        words = [sys.executable, "-c", INTERRUPTED, *map(str, pair), str(stop)]
        ended.append(subprocess.run(words, env=dict(os.environ), check=False).returncode)
        merging.merge(open_case(pair[0]), open_case(pair[1]))
        logs = [[r.id for r in journal.read(open_case(case))] for case in pair]
        plain = [one for one in logs[0] if one in logs[1]]
        assert plain == logs[0] == logs[1]
        assert set(captures.stored(open_case(pair[0]))) == set(captures.stored(open_case(pair[1])))
    assert ended[:4] == [9] * 4


def test_a_fork_is_told_and_nothing_is_changed(
    apart: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = apart
    me = actor.load()
    before = {path: path.read_bytes() for path in here.rglob("*.jsonl")}
    journal.append(open_case(there), me, [Observed(None, "t", "elsewhere")], AT)
    capsys.readouterr()
    assert sync(here, there) == 3
    err = capsys.readouterr().err
    assert "differ from record" in err
    assert len(err.splitlines()) == 1
    assert {path: path.read_bytes() for path in here.rglob("*.jsonl")} == before


def test_what_is_no_copy_is_told_in_one_sentence(
    apart: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, _ = apart
    stranger = create(tmp_path / "stranger")
    other = actor.load(tmp_path / "strangers-home")
    journal.append(stranger, other, [Observed(None, "t", "x")], AT)
    newer = tmp_path / "newer"
    newer.mkdir()
    (newer / "guvoh.toml").write_text('format = 99\ntitle = "x"\n')
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    cases = {
        stranger.root: "they are two cases",
        newer: "made by a newer guvoh",
        mine: "there is no case here",
        here: "the same folder",
    }
    for folder, said in cases.items():
        capsys.readouterr()
        assert sync(here, folder) == 1
        err = capsys.readouterr().err
        assert said in err
        assert len(err.splitlines()) == 1
    assert sync(here, stranger.root, "--join") == 0
