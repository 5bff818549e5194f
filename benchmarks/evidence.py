"""What evidence costs: fsck beside sha256sum, appends beside raw fsyncs, signing and proving a large log."""

import io
import os
import random
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from guvoh.casefile import actor, captures, case, fsck, heads, journal, log, merkle
from guvoh.casefile.actor import Actor
from guvoh.casefile.folder import Case
from guvoh.casefile.records import Arrived, Observed
from guvoh.model.capture import Exposure

AT = "2031-05-02T08:00:00Z"
SMALL, LARGE = 2000, 20  # captures of 40 KB, and of 4 MB
APPENDS, BLOCK = 300, 20
RECORDS = 100_000


def run() -> list[Mapping[str, Any]]:
    """Return a row per measure; `ratio` is guvoh's rate over the peer's, in time of processors."""
    with tempfile.TemporaryDirectory() as name, _home(Path(name)):
        opened, me = case.create(Path(name) / "case"), actor.load()
        _fill(opened, me)
        return [_fsck(opened), *_append(opened, me), _prove(me)]


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    before = os.environ.get(actor.HOME_VARIABLE)
    os.environ[actor.HOME_VARIABLE] = str(folder / "home")
    try:
        yield
    finally:
        os.environ.pop(actor.HOME_VARIABLE)
        if before is not None:
            os.environ[actor.HOME_VARIABLE] = before


def _fill(opened: Case, me: Actor) -> None:
    rng = random.Random(1)
    pieces = [rng.randbytes(40_000) for _ in range(SMALL)]
    pieces += [rng.randbytes(4_000_000) for _ in range(LARGE)]
    with captures.batch(opened) as batch:
        stored = [batch.add(io.BytesIO(piece)) for piece in pieces]
    arrived = [
        Arrived(one.digest, one.size, "text/html", f"{at}.html", "here", Exposure.PUBLIC)
        for at, one in enumerate(stored)
    ]
    journal.append(opened, me, arrived, AT)
    heads.renew(opened, me)


def _timed(action: Callable[[], object], who: int = resource.RUSAGE_SELF) -> tuple[float, float]:
    """Return seconds by the clock and of processors that an action takes."""

    def used() -> float:
        found = resource.getrusage(who)
        return found.ru_utime + found.ru_stime

    wall, processors = time.perf_counter(), used()
    action()
    return time.perf_counter() - wall, used() - processors


def _fsck(opened: Case) -> Mapping[str, Any]:
    files = [path for path in opened.root.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    words = "\0".join(map(str, files)).encode()

    def peer() -> None:
        subprocess.run(
            ["xargs", "-0", "sha256sum"], input=words, stdout=subprocess.DEVNULL, check=True
        )

    peer()  # both read from memory
    theirs = _timed(peer, resource.RUSAGE_CHILDREN)
    ours = _timed(lambda: fsck.check(opened))
    return _row(f"fsck, {size >> 20} MB in {len(files)} files", ours, "sha256sum", theirs)


def _append(opened: Case, me: Actor) -> Iterator[Mapping[str, Any]]:
    note = Observed(None, "t", "x" * 150)
    file = os.open(opened.root.parent / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def raw() -> None:
        os.write(file, b"x" * 300)
        os.fsync(file)

    for number in (1, BLOCK):
        append = partial(journal.append, opened, me, [note] * number, AT)
        # In turns, and the median of each: the disk of a shared machine is now fast, now slow.
        pairs = [(_timed(append), _timed(raw)) for _ in range(APPENDS)]
        ours, theirs = (
            (median(one[side][0] for one in pairs), median(one[side][1] for one in pairs))
            for side in (0, 1)
        )
        theirs = (theirs[0] * number, theirs[1] * number)
        yield _row(f"{number} appended at a time", ours, f"{number} writes and fsyncs", theirs)
    os.close(file)


def _prove(me: Actor) -> Mapping[str, Any]:
    leaves = [log.leaf_of(at.to_bytes(16), b"payload") for at in range(RECORDS)]

    def sign() -> None:
        heads.sign([heads.head_of(me.key_id, leaves)], me)
        merkle.inclusion_proof(leaves, RECORDS // 2)

    wall, used = _timed(sign)
    return {
        "measure": f"checkpoint and proof, {RECORDS} records",
        "seconds": round(wall, 2),
        "CPU seconds": round(used, 2),
        "peer": "",
        "ratio by clock": "",
        "ratio by CPU": "",
    }


def _row(
    measure: str, ours: tuple[float, float], peer: str, theirs: tuple[float, float]
) -> Mapping[str, Any]:
    return {
        "measure": measure,
        "seconds": float(f"{ours[0]:.2g}"),
        "CPU seconds": float(f"{ours[1]:.2g}"),
        "peer": f"{peer} {theirs[0]:.2g} s, CPU {theirs[1]:.2g} s",
        "ratio by clock": round(theirs[0] / ours[0], 2),
        "ratio by CPU": round(theirs[1] / ours[1], 2),
    }
