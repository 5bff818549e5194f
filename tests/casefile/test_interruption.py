"""Real processes: killed at work, and two at a time."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from guvoh.casefile import captures, case, journal, log
from guvoh.casefile.actor import Actor
from guvoh.casefile.folder import Case
from guvoh.casefile.records import Arrived, Observed

WRITER = """
import io, os, sys
from pathlib import Path
from guvoh.casefile import actor, captures, case, journal
from guvoh.casefile.records import Arrived
from guvoh.model.capture import Exposure

root, name, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
opened = case.open_case(root)
me = actor.load()
for turn in range(rounds):
    pieces = [f"{name} {turn} {part} ".encode() * 2000 for part in range(3)]
    with captures.batch(opened) as batch:
        stored = [batch.add(io.BytesIO(piece)) for piece in pieces]
    contents = [
        Arrived(s.digest, s.size, "text/plain", f"{name}-{turn}", "here", Exposure.PUBLIC)
        for s in stored
    ]
    journal.append(opened, me, contents, case.now())
    for s in stored:
        os.write(1, s.digest.encode() + b"\\n")
"""


# The system refuses to let any file grow beyond a size, in the middle of a line.
FILLER = """
import os, resource, signal, sys
from pathlib import Path
from guvoh.casefile import actor, case, journal
from guvoh.casefile.errors import CaseUnwritable
from guvoh.casefile.records import Observed

opened = case.open_case(Path(sys.argv[1]))
me = actor.load()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
try:
    for turn in range(1000):
        journal.append(opened, me, [Observed(None, "test", f"note {turn}")], case.now())
        print(turn, flush=True)
except CaseUnwritable as error:
    print(error, file=sys.stderr)
"""


def start(opened: Case, name: str, rounds: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(opened.root), name, str(rounds)],
        stdout=subprocess.PIPE,
        text=True,
    )


def arrivals(opened: Case) -> list[str]:
    return [
        record.content.capture
        for record in journal.read(opened)
        if isinstance(record.content, Arrived)
    ]


def test_nothing_acknowledged_is_lost_when_a_writer_is_killed(opened: Case) -> None:
    acknowledged: list[str] = []
    for turn in range(20):
        run = start(opened, f"run{turn}", 10_000)
        assert run.stdout is not None
        first = run.stdout.readline()
        # Spread over the milliseconds of a round, so that kills fall on all of its steps.
        time.sleep((turn * 7 % 20) / 1000)
        run.kill()
        acknowledged += [line.strip() for line in [first, *run.stdout] if len(line) == 65]
        run.wait()
        run.stdout.close()
    reopened = case.open_case(opened.root)
    journalled = arrivals(reopened)
    assert len(acknowledged) >= 20
    assert set(acknowledged) <= set(journalled)
    for digest in journalled:
        captures.verify(reopened, digest)
    for digest in captures.stored(reopened):
        captures.verify(reopened, digest)
    assert all(log.scan(reopened.journal / name).sound for name in journal.logs(reopened))
    with captures.batch(reopened):
        pass
    assert list((reopened.captures / "incoming").iterdir()) == []


def test_two_processes_at_once_lose_nothing(opened: Case) -> None:
    runs = [start(opened, name, 15) for name in ("one", "two")]
    said = [set(run.communicate()[0].split()) for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert [len(digests) for digests in said] == [45, 45]
    found = journal.read(case.open_case(opened.root))
    assert {record.content.capture for record in found if isinstance(record.content, Arrived)} == (
        said[0] | said[1]
    )
    assert [record.lamport for record in found] == list(range(1, 91))


def test_a_reader_beside_a_writer_sees_a_prefix(opened: Case, me: Actor) -> None:
    run = start(opened, "busy", 40)
    seen: list[list[str]] = []
    while run.poll() is None:
        seen.append(arrivals(case.open_case(opened.root)))
    assert run.stdout is not None
    run.stdout.close()
    final = arrivals(opened)
    assert len(final) == 120
    assert all(final[: len(part)] == part for part in seen)
    assert not any(isinstance(record.content, Observed) for record in journal.read(opened))


def test_the_case_may_move(opened: Case, me: Actor, tmp_path: Path) -> None:
    journal.append(opened, me, [Observed(None, "test", "a")], "2031-05-02T08:00:00Z")
    moved = tmp_path / "elsewhere"
    opened.root.rename(moved)
    assert len(journal.read(case.open_case(moved))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")
def test_a_write_that_the_system_refuses_half_way_leaves_a_sound_log(
    opened: Case, me: Actor
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FILLER, str(opened.root)], capture_output=True, text=True, check=True
    )
    assert run.stderr.startswith("writing failed")
    assert "000000.jsonl" in run.stderr
    said = len(run.stdout.split())
    assert said > 10
    assert log.scan(opened.journal / me.key_id).sound
    assert len(journal.read(case.open_case(opened.root))) == said
