"""Every case of the battery by itself: taken apart, read and looked through within the time and memory stated."""

import json
import os
import resource
import sys
import time
from pathlib import Path

import pytest

from guvoh.clean.formats import clean
from guvoh.intake.arrivals import arrivals
from guvoh.intake.undeclared import suspicion
from guvoh.model.finding import Finding
from guvoh.reading.read import read

from .battery import BAD
from .battery_hostile import HOSTILE

ALL = BAD | HOSTILE
# What is stated of a case: seconds of processor, and MiB that it may add to a process that has all
# loaded. A case passes within twice that, for machines differ.
STATED = (1.5, 128)
MORE = {
    "one-line.txt": (15.0, 512),  # 50 MB in one line, of which what is read is cut and read whole
}  # fmt: skip


def used(path: Path) -> tuple[float, float]:
    """Return seconds of processor and MiB that it takes to take in, clean and read one source."""
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    for one in arrivals(path):
        if isinstance(one, Finding):
            continue
        data = one.stream.read()
        suspicion(data, one.media_type)
        reports, _ = clean(one.digest, one.file, one.media_type, data, "2031-05-01T00:00:00Z")
        for report in reports:
            read(report)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return time.process_time() - begun, grown / 1024


@pytest.fixture(scope="module")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load what is loaded once, so that no case pays for it."""
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is counted in KiB and processes are forked on Linux")
    for name in ("latin1.html", "nul.txt", "cp1251.html"):
        path = tmp_path_factory.mktemp("warm") / name
        path.write_bytes(ALL[name]().data)
        used(path)


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("name", ALL, ids=[ascii(name)[1:30] for name in ALL])
def test_it_takes_no_more_than_is_stated(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(ALL[name]().data)
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(theirs, json.dumps(used(path)).encode())
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    seconds, mebibytes = json.loads(told)
    stated = MORE.get(name, STATED)
    assert seconds <= 2 * stated[0]
    assert mebibytes <= 2 * stated[1]
