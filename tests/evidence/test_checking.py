"""fsck names every damaged byte's file, says what it touches, and repairs only what is derivable."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from guvoh import cli

FLIPS = int(os.environ.get("GUVOH_FLIPS", "40"))


def files(case: Path) -> list[Path]:
    found = [path for path in sorted(case.rglob("*")) if path.is_file() and path.stat().st_size]
    return [path for path in found if path.suffix != ".sqlite-shm"]


def fsck(case: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    status = cli.main(["fsck", "--case", str(case), *more])
    out = capsys.readouterr()
    return status, out.out, out.err


def named(case: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    status, out, err = fsck(case, capsys, "--json")
    if not out:  # the case cannot even be opened
        return status, [path.name for path in case.iterdir() if str(path) in err]
    rows = [row["path"] for row in json.loads(out) if row["code"] != "foreign"]
    return status, list(dict.fromkeys(rows))  # one flip may break more than one promise of a file


def flip(path: Path, rng: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(data)


def test_a_sound_case_is_whole_and_said_to_be_without_an_anchor(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = fsck(case, capsys)
    assert (status, err) == (0, "")
    assert out.endswith("The case is whole.\n")
    assert "unanchored" in out
    assert fsck(case, capsys, "--anchored")[0] == 4


def test_every_flipped_byte_is_reported_with_its_file(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(11)
    there = files(case)
    for turn in range(FLIPS):
        path = rng.choice(there) if turn >= len(there) else there[turn]
        before = path.read_bytes()
        flip(path, rng)
        status, found = named(case, capsys)
        assert status in (1, 3), path
        assert found == [path.relative_to(case).as_posix()]
        path.write_bytes(before)


def test_a_damaged_capture_is_named_with_what_rests_on_it(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = [p for p in files(case) if p.read_bytes().startswith(b"A ferry left Lindmoor")]
    path.write_bytes(path.read_bytes().replace(b"ferry", b"Ferry"))
    status, out, err = fsck(case, capsys)
    assert status == 3
    assert "a capture is not what arrived" in err
    assert "the reports of more.txt" in err
    assert path.name in out.splitlines()[-1]


def test_a_record_that_is_lost_is_told_from_its_leaf_and_named_by_its_capture(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for segment in (case / "journal").rglob("000000.jsonl"):
        data = segment.read_bytes()
        if b"more.txt" in data:
            segment.write_bytes(data.replace(b"more.txt", b"mare.txt"))
            break
    status, out, _ = fsck(case, capsys, "--json")
    (row,) = json.loads(out)
    assert (status, row["path"]) == (3, segment.relative_to(case).as_posix())
    assert len(row["reports"]) == 1


@pytest.mark.parametrize("name", ["derived.sqlite", "kept.sqlite", "pages/index.html", "log"])
def test_what_is_derivable_is_made_anew_and_nothing_else(
    case: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = next(iter((case / "journal").rglob("log"))) if name == "log" else case / name
    assert cli.main(["rebuild", "--case", str(case)]) == 0
    digest = capsys.readouterr().out
    flip(path, random.Random(3))
    captures = {p: p.read_bytes() for p in (case / "captures").rglob("*") if p.is_file()}
    status, _, err = fsck(case, capsys)
    assert status == 3
    assert "fsck --repair" in err or name == "log"
    status, out, _ = fsck(case, capsys, "--repair")
    assert status == 0, out
    assert "Made anew" in out
    assert {p: p.read_bytes() for p in captures} == captures
    assert cli.main(["rebuild", "--case", str(case)]) == 0
    assert capsys.readouterr().out == digest


def test_a_page_that_changed_by_itself_still_shows_when_one_more_report_came(
    case: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["rebuild", "--case", str(case)]) == 0
    (tmp_path / "one.txt").write_text(
        "A bakery opened in Ostrava on 7 June 2031, its owner said.\n"
    )
    page = min(case.glob("pages/event-*.html"))
    flip(page, random.Random(5))
    assert cli.main(["build", str(tmp_path / "one.txt"), "--public", "--case", str(case)]) == 0
    capsys.readouterr()
    assert named(case, capsys) == (3, [page.relative_to(case).as_posix()])


def test_a_capture_is_never_made_anew(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = next(p for p in (case / "captures").rglob("*") if p.is_file())
    flip(path, random.Random(4))
    damaged = path.read_bytes()
    assert fsck(case, capsys, "--repair")[0] == 3
    assert path.read_bytes() == damaged


def test_an_interrupted_derivation_is_incomplete_not_damaged(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (case / "derived.sha256").unlink()
    status, out, err = fsck(case, capsys)
    assert status == 1
    assert err.startswith("guvoh: incomplete: derived.sqlite")
    assert "nothing is lost" in out
    assert fsck(case, capsys, "--repair")[0] == 0


def test_a_store_that_was_changed_is_not_carried_on(
    case: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    cli.main(["rebuild", "--case", str(case)])
    digest = capsys.readouterr().out
    store = bytearray((case / "derived.sqlite").read_bytes())
    at = store.rindex(b"ferry")
    store[at : at + 5] = b"barge"
    (case / "derived.sqlite").write_bytes(store)
    (tmp_path / "none").mkdir()
    assert cli.main(["build", str(tmp_path / "none"), "--case", str(case)]) == 0
    capsys.readouterr()
    assert fsck(case, capsys)[0] == 0
    cli.main(["rebuild", "--case", str(case)])
    assert capsys.readouterr().out == digest


def test_a_log_that_was_cut_shows_by_what_was_signed(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = max((case / "journal").rglob("log"), key=lambda path: path.stat().st_size)
    log.write_bytes(log.read_bytes()[:-65])
    segment = log.parent / "records" / "000000.jsonl"
    segment.write_bytes(b"".join(segment.read_bytes().splitlines(keepends=True)[:-1]))
    status, _, err = fsck(case, capsys)
    assert status == 3
    assert "was cut short" in err
    assert cli.main(["build", str(case / "guvoh.toml"), "--case", str(case)]) == 3
    assert "cut short" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no signal to end it by")
def test_a_workbench_that_is_ended_notes_what_it_derived(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-m", "guvoh", "serve", "--case", str(case), "--no-browser"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert cli.main(["rebuild", "--case", str(case)]) == 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        (case / "derived.sha256").unlink()  # as each assessment does, before it derives
        process.terminate()
    assert fsck(case, capsys)[0] == 0
