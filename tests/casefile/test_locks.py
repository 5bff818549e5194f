"""Locks: one process at a time, one thread at a time, again for whoever holds it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from guvoh.casefile.locks import lock_on

TAKE = "import sys; from filelock import FileLock; FileLock(sys.argv[1]).acquire(timeout=0)"


def others_may(path: Path) -> bool:
    """Say whether another process, with filelock's own lock, gets it."""
    run = subprocess.run([sys.executable, "-c", TAKE, str(path)], capture_output=True)
    return run.returncode == 0


def test_who_holds_it_takes_it_again_and_other_processes_wait(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = lock_on(path)
    lock.acquire(timeout=0)
    lock.acquire(timeout=0)
    lock.release()
    assert not others_may(path)
    lock.release()
    assert others_may(path)


def test_what_another_program_holds_is_waited_for_and_given_up(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = lock_on(path)
    with FileLock(path), pytest.raises(TimeoutError):
        lock.acquire(timeout=0.02)
    lock.acquire(timeout=0)
    lock.release()


def test_another_thread_waits(tmp_path: Path) -> None:
    lock = lock_on(tmp_path / "lock")
    taken: list[bool] = []

    def take() -> None:
        try:
            lock.acquire(timeout=0.05)
        except TimeoutError:
            taken.append(False)
        else:
            taken.append(True)
            lock.release()

    for held in (True, False):
        if held:
            lock.acquire(timeout=0)
        thread = threading.Thread(target=take)
        thread.start()
        thread.join()
        if held:
            lock.release()
    assert taken == [False, True]


def test_a_folder_that_is_missing_is_told_and_leaves_it_free(tmp_path: Path) -> None:
    lock = lock_on(tmp_path / "none" / "lock")
    with pytest.raises(FileNotFoundError):
        lock.acquire(timeout=0)
    (tmp_path / "none").mkdir()
    lock.acquire(timeout=0)
    lock.release()
