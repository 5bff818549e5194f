"""What is acknowledged survives a kill at every fault point, a full disk and I/O errors."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from guvoh.casefile import journal, log
from guvoh.casefile.actor import Actor
from guvoh.casefile.case import open_case
from guvoh.casefile.errors import CaseUnwritable
from guvoh.casefile.folder import Case
from guvoh.casefile.records import Observed

ROOT = Path(__file__).parents[2]
AT = "2031-05-02T08:00:00Z"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and kill")


def survival(*words: str, within: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    command = [*within, sys.executable, "-m", "tests.casefile.survival", *words]
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)


@posix
def test_nothing_acknowledged_is_lost_at_any_fault_point() -> None:
    done = survival("--kills", "30", "--full", "10", "--errors", "10")
    assert done.returncode == 0, done.stderr
    assert "nothing else went wrong" in done.stdout


@posix
def test_a_small_file_system_is_filled_for_real(tmp_path: Path) -> None:
    alone = ("unshare", "-r", "-m")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"]).returncode:
        pytest.skip("no file system may be mounted here")
    mount = f"mount -t tmpfs -o size=600k tmpfs {tmp_path} && exec "
    words = f"{sys.executable} -m tests.casefile.survival --fill {tmp_path}"
    done = survival_shell(alone, mount + words)
    assert done.returncode == 0, done.stderr
    assert "filled, nothing was lost" in done.stdout


def survival_shell(within: tuple[str, ...], script: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        [*within, "sh", "-c", script], cwd=ROOT, capture_output=True, text=True, env=environment
    )


@posix
def test_a_read_only_folder_is_read_and_never_written(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [Observed(None, "t", "a")], AT)
    alone = ("unshare", "-r", "-m")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"]).returncode:
        pytest.skip("no file system may be mounted here")
    script = f"""
mount --bind {opened.root} {opened.root} && mount -o remount,bind,ro {opened.root} || exit 77
exec {sys.executable} -c '
from pathlib import Path
from guvoh.casefile import actor, case, fsck, journal
from guvoh.casefile.errors import CaseUnwritable
from guvoh.casefile.records import Observed
opened = case.open_case(Path("{opened.root}"))
assert len(journal.read(opened)) == 1
assert not [f for f in fsck.check(opened).faults if f.repair]
try:
    journal.append(opened, actor.load(), [Observed(None, "t", "b")], "{AT}")
except CaseUnwritable as error:
    print(error)
'"""
    done = survival_shell(alone, script)
    if done.returncode == 77:
        pytest.skip("a folder cannot be mounted read-only here")
    assert done.returncode == 0, done.stderr
    assert "may not be written" in done.stdout or "Read-only" in done.stdout, done
    assert len(journal.read(opened)) == 1


def test_a_clock_set_back_changes_no_order(opened: Case, me: Actor) -> None:
    journal.append(opened, me, [Observed(None, "t", "first")], "2031-05-02T08:00:00Z")
    journal.append(opened, me, [Observed(None, "t", "second")], "1999-01-01T00:00:00Z")
    found = [r.content.text for r in journal.read(opened) if isinstance(r.content, Observed)]
    assert found == ["first", "second"]


def test_a_log_that_grows_past_a_limit_keeps_its_length(
    opened: Case, me: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append(opened, me, [Observed(None, "t", "a")], AT)

    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        with pytest.raises(CaseUnwritable, match="the disk is full"):
            journal.append(opened, me, [Observed(None, "t", "b")], AT)
    assert log.scan(opened.journal / me.key_id).sound
    assert len(journal.read(open_case(opened.root))) == 1
