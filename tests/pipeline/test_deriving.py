"""The pipeline: the same digest however a case came about, and nothing acknowledged is ever lost."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import captures, journal, state
from guvoh.casefile.case import open_case
from tests.conftest import Demo

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "examples" / "demo" / "reports"


@pytest.fixture(autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path_factory.mktemp("home")))


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def digest(case: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert run("rebuild", "--case", case) == 0
    return capsys.readouterr().out.splitlines()[-1]


def standing_digest(case: Path) -> str:
    """Return the digest of what is derived now, without deriving it again."""
    from contextlib import closing

    from guvoh.casefile import derived

    with closing(derived.connect_reader(open_case(case))) as db:
        return derived.digest(db)


def listed() -> list[Path]:
    return sorted(
        (path for path in DEMO.iterdir() if path.is_file()), key=lambda p: p.name.encode()
    )


def test_one_build_ten_builds_one_by_one_and_elsewhere_give_one_digest(
    demo: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = listed()
    whole, single = tmp_path / "whole", tmp_path / "deeper" / "single"
    single.parent.mkdir()
    run("build", *files[:10], "--case", whole, "--public")
    for file in files[:10]:
        run("build", file, "--case", single, "--public")
    assert standing_digest(whole) == standing_digest(single)
    run("build", *files[10:], "--case", single, "--public")
    for file in files[10:]:
        run("build", file, "--case", whole, "--public")
    assert standing_digest(whole) == standing_digest(single)
    assert digest(whole, capsys) == digest(whole, capsys) == standing_digest(single)
    moved = tmp_path / "moved"
    shutil.copytree(whole, moved)
    assert digest(moved, capsys) == standing_digest(whole)
    assert standing_digest(demo.case) == standing_digest(whole)


def test_building_the_same_folder_again_adds_nothing(demo: Demo, tmp_path: Path) -> None:
    case = demo.copy(tmp_path)
    before = len(journal.read(open_case(case)))
    run("build", DEMO, "--case", case, "--public")
    assert len(journal.read(open_case(case))) == before


def test_the_same_bytes_twice_are_one_capture_with_two_arrivals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    page = listed()[0].read_bytes()
    (source / "a.html").write_bytes(page)
    (source / "b.html").write_bytes(page)
    run("build", source, "--case", tmp_path / "case", "--public")
    capsys.readouterr()
    run("show", "captures", "--case", tmp_path / "case", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [row["files"] for row in rows] == [["a.html", "b.html"]]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_kills_at_random_lose_nothing_acknowledged(
    demo: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A few kills on every run; GUVOH_KILLS=100 for the figure in docs/formats/case.md."""
    kills = int(os.environ.get("GUVOH_KILLS", "4"))
    chance = random.Random(7)
    case = tmp_path / "case"
    command = [sys.executable, "-m", "guvoh", "build", str(DEMO), "--case", str(case), "--public"]
    for _ in range(kills):
        if chance.random() < 0.3 and case.exists():
            shutil.rmtree(case)
        acknowledged = _acknowledged(case)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert acknowledged <= _acknowledged(case)
    run("build", DEMO, "--case", case, "--public")
    assert standing_digest(case) == standing_digest(demo.case)
    assert digest(case, capsys) == standing_digest(demo.case)


def _acknowledged(folder: Path) -> set[str]:
    if not (folder / "guvoh.toml").exists():
        return set()
    case = open_case(folder)
    known = state.fold(journal.read(case)).captures
    for capture in known.values():
        assert captures.verify(case, capture.digest) == capture.size
    return set(known)
