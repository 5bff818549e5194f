"""Sifting: the example's reports come out of a crawl with their copies, the same way each time."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from guvoh.cli import main
from guvoh.intake.warcs import web_records
from tests.bulk.crawl import DEMO, crawl, demo_pages, other_page, write
from tests.warc import number_of, response

ABOUT = Path(__file__).with_name("fish-plant.toml")
RESULTS = ("reports.parquet", "links.parquet", "run.json", "captures/sifted-0000.warc.gz")


def sift(out: Path, *archives: Path) -> int:
    """Run the command in this process."""
    names = [str(one) for one in archives]
    return main(["sift", *names, "--about", str(ABOUT), "--out", str(out)])


def results(out: Path) -> dict[str, bytes]:
    """Return the bytes of all that a sift leaves."""
    return {name: (out / name).read_bytes() for name in RESULTS}


@pytest.fixture(scope="module")
def sifted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], Path]:
    """Return archives and what a sift left of them."""
    folder = tmp_path_factory.mktemp("sift")
    archives = crawl(folder / "crawl", copies=30, editions=24)
    assert sift(folder / "out", *archives) == 0
    return archives, folder / "out"


def test_the_reports_on_the_theme_are_kept_and_no_others(
    sifted: tuple[list[Path], Path],
) -> None:
    kept = pq.read_table(sifted[1] / "reports.parquet").to_pylist()
    names = [name for name, _ in demo_pages()]
    found = {
        names[number_of(row["record"]) - 1000]: row["because"]
        for row in kept
        if number_of(row["record"]) < 5000
    }
    assert set(names) - set(found) == {"deux-rives-saratov.html", "quillmark-colony-17.html"}
    versions = {name for name, because in found.items() if because == "version"}
    assert versions == {"carnet-est-usine-poisson.html", "corriente-austral-planta-pesquera.html"}
    assert not any(number_of(row["record"]) < 1000 for row in kept)


def test_copies_are_kept_in_the_table_and_bounded_among_the_captures(
    sifted: tuple[list[Path], Path],
) -> None:
    kept = pq.read_table(sifted[1] / "reports.parquet").to_pylist()
    copies = [row for row in kept if row["because"] == "copy"]
    relations = [row["relation"] for row in copies]
    # Of 25 near copies, a page of the example among them, 20 are compared.
    assert (relations.count("copy"), relations.count("near copy")) == (30, 5)
    # The same words stand behind the first page that has them, near copies behind an earlier edit.
    assert len({(row["relation"], row["of"]) for row in copies}) == 2
    run = json.loads((sifted[1] / "run.json").read_text(encoding="utf-8"))
    assert run["copies left out of the captures"] == 10


def test_captures_are_the_records_as_they_were_crawled(sifted: tuple[list[Path], Path]) -> None:
    before = {one.id: one.body for path in sifted[0] for one in web_records(path)}
    after = list(web_records(sifted[1] / "captures" / "sifted-0000.warc.gz"))
    assert after
    assert all(before[one.id] == one.body for one in after)


def test_two_runs_leave_the_same_bytes(sifted: tuple[list[Path], Path], tmp_path: Path) -> None:
    assert sift(tmp_path / "again", *sifted[0]) == 0
    assert results(tmp_path / "again") == results(sifted[1])


def test_a_killed_run_goes_on_where_it_was(sifted: tuple[list[Path], Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable, "-m", "guvoh", "sift", *map(str, sifted[0]),
        "--about", str(ABOUT), "--out", str(out),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 120
    while not list(out.glob("stages/pages/part-0*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (out / "run.json").exists()
    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert results(out) == results(sifted[1])


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker in /proc")
def test_a_killed_worker_changes_nothing(sifted: tuple[list[Path], Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable, "-m", "guvoh", "sift", *map(str, sifted[0]),
        "--about", str(ABOUT), "--out", str(out),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    killed = False
    while process.poll() is None and not killed:
        for unfinished in out.glob("stages/pages/part-0*.unfinished-*"):
            os.kill(int(unfinished.name.rpartition("-")[2]), signal.SIGKILL)  # who writes it
            killed = True
            break
        time.sleep(0.005)
    _, said = process.communicate(timeout=120)
    assert killed
    assert (process.returncode, said) == (0, b"")
    assert results(out) == results(sifted[1])


def two_gigabytes() -> bytes:
    """Return blanks that gzip has packed into two megabytes."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    piece = packer.compress(b" " * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    head = gzip.compress(b"")[:10]
    return head + piece * 128 + b"\x03\0" + bytes(8)


def test_damage_and_what_is_too_large_are_counted_and_the_rest_is_sifted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [response(n, other_page(n)) for n in range(30)]
    records[20] = response(20, two_gigabytes(), "Content-Encoding: gzip")
    (path,) = write(tmp_path, [records])
    data = bytearray(path.read_bytes())
    offsets = [one.offset for one in web_records(path)]
    data[offsets[7] + 14] ^= 0xFF
    path.write_bytes(data[:-60])
    assert sift(tmp_path / "out", path) == 1
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["pages with text"] >= 27
    assert {"damaged stretches", "it is longer than 16 MB and was cut there"} <= set(run["lost"])
    said = capsys.readouterr().err
    assert "damaged stretches" in said
    assert "longer than 16 MB" in said


def test_an_archive_that_is_missing_or_empty_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sift(tmp_path / "out", tmp_path / "none.warc.gz") == 2
    assert "not found" in capsys.readouterr().err
    (tmp_path / "empty.warc").write_bytes(b"")
    assert sift(tmp_path / "out", tmp_path / "empty.warc") == 0


def test_results_of_another_sift_are_not_mixed_in(
    sifted: tuple[list[Path], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sift(sifted[1], sifted[0][0]) == 2
    assert "another sift" in capsys.readouterr().err


def test_a_full_disk_is_said_and_the_run_goes_on_once_there_is_room(
    sifted: tuple[list[Path], Path], tmp_path: Path
) -> None:
    alone = ("unshare", "-r", "-m")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"]).returncode:
        pytest.skip("no file system may be mounted here")
    names = " ".join(map(str, sifted[0]))
    sift = f"{sys.executable} -m guvoh sift {names} --about {ABOUT} --out {tmp_path}/disk/out"
    script = (
        f"mkdir {tmp_path}/disk && mount -t tmpfs -o size=120k tmpfs {tmp_path}/disk && {sift};"
        f"echo status $?; mount -o remount,size=9m {tmp_path}/disk && {sift} && cp -r {tmp_path}/disk/out {tmp_path}"
    )
    done = subprocess.run([*alone, "sh", "-c", script], capture_output=True, text=True)
    assert "the disk is full" in done.stderr
    assert "status 2" in done.stdout
    assert results(tmp_path / "out") == results(sifted[1])


def test_a_case_of_what_is_kept_is_that_of_the_pages_themselves(tmp_path: Path) -> None:
    archives = crawl(tmp_path / "crawl", archives=1, others=12)
    assert sift(tmp_path / "out", *archives) == 0
    kept = list(web_records(tmp_path / "out" / "captures" / "sifted-0000.warc.gz"))
    pages = demo_pages()
    files = [str(DEMO / pages[number_of(one.id) - 1000][0]) for one in kept]
    answers = []
    for sources in ([str(tmp_path / "out" / "captures")], files):
        case = tmp_path / f"case-{len(sources)}"
        build = ["-m", "guvoh", "build", *sources, "--public", "--case", str(case)]
        done = subprocess.run([sys.executable, *build], capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        answers.append(done.stdout.partition("Pages to read")[0])
    assert "12 reports → " in answers[0]
    assert answers[0] == answers[1]
