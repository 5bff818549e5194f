"""Bringing two copies together is killed at its writes, fsyncs and renames, and then run again."""

import io
import os
import shutil
import sys
from pathlib import Path

import pytest

from guvoh.casefile import actor, captures, case, fsck, heads, journal, merging, vault
from guvoh.casefile.actor import Actor
from guvoh.casefile.faults import Code
from guvoh.casefile.folder import Case
from guvoh.casefile.records import Arrived
from guvoh.model.capture import Exposure
from tests.casefile.survival import Points

AT = "2031-05-02T08:00:00Z"
# CI kills at every eleventh point; GUVOH_STRIDE=1 at each, for both of the people who may run it again.
STRIDE = int(os.environ.get("GUVOH_STRIDE", "11"))
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and kill")


def add(opened: Case, who: Actor, name: str) -> str:
    """Take two captures in and return the first."""
    with captures.batch(opened) as batch:
        stored = [batch.add(io.BytesIO(f"{name}{part}".encode() * 50)) for part in range(2)]
    arrived = [
        Arrived(one.digest, one.size, "text/plain", f"{name}{part}", "here", Exposure.PUBLIC)
        for part, one in enumerate(stored)
    ]
    journal.append(opened, who, arrived, AT)
    return stored[0].digest


@pytest.fixture
def apart(tmp_path: Path, me: Actor, colleague: Actor) -> tuple[Path, Path]:
    """Two copies: each has what the other lacks, and one has erased what both had."""
    here, there = case.create(tmp_path / "here"), case.create(tmp_path / "there")
    doomed = add(here, me, "doomed")
    merging.merge(here, there)
    add(there, colleague, "theirs")
    add(here, me, "mine")
    add(here, me, "more")
    heads.renew(here, me)
    heads.renew(there, colleague)
    vault.add(here, b"sealed")
    named = lambda one: isinstance(one, Arrived) and one.capture == doomed  # noqa: E731
    journal.erase(there, named, colleague, AT)
    captures.remove(there, doomed)
    return here.root, there.root


def merged(pair: tuple[Path, Path], points: Points) -> int:
    """Merge in a process of its own; return how many points it passed, -1 where it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        points.install()
        merging.merge(case.open_case(pair[0]), case.open_case(pair[1]))
        os.write(writer, str(points.seen).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        said = stream.read()
    _, ended = os.waitpid(child, 0)
    return -1 if os.WIFSIGNALED(ended) else int(said)


def copied(pair: tuple[Path, Path], folder: Path) -> tuple[Path, Path]:
    here, there = (Path(shutil.copytree(one, folder / one.name)) for one in pair)
    return here, there


def told(opened: Case) -> tuple[object, ...]:
    """Return what must be the same on both sides: records, roots, captures, what is sealed."""
    roots = {name: journal.root(opened, name) for name in journal.logs(opened)}
    records = [record.id for record in journal.read(opened)]
    return records, roots, list(captures.stored(opened)), vault.names(opened)


@posix
@pytest.mark.parametrize("who", ["me", "colleague"])
def test_a_merge_killed_at_any_point_is_done_by_the_next_one(
    apart: tuple[Path, Path], tmp_path: Path, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = merged(copied(apart, tmp_path / "dry"), Points())
    assert number > 90
    for at in range(1, number + 1, STRIDE):
        pair = copied(apart, tmp_path / str(at))
        assert merged(pair, Points(at)) == -1
        if who == "colleague":  # someone else opens the other copy first
            monkeypatch.setenv(actor.HOME_VARIABLE, str(tmp_path / "other-home"))
            pair = pair[::-1]
        here, there = map(case.open_case, pair)
        merging.merge(here, there)
        assert told(here) == told(there)
        files = {r.content.file for r in journal.read(here) if isinstance(r.content, Arrived)}
        assert files == {
            f"{name}{part}" for name in ("theirs", "mine", "more") for part in "01"
        } | {"doomed1"}
        for one in (here, there):
            assert not [fault for fault in fsck.check(one).faults if fault.code is Code.DAMAGED], at
        shutil.rmtree(tmp_path / str(at))
