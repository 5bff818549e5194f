"""Workers: results come back, and a hanging or dying item costs itself alone."""

import os
import time
from pathlib import Path

import pytest

from guvoh.clean.language import identifier
from guvoh.pipeline import deriving
from guvoh.pipeline import workers as workers_
from guvoh.pipeline.workers import Lost, Workers


def behave(item: str) -> str:
    if item == "hang":
        time.sleep(60)
    if item == "die":
        os._exit(3)
    if item == "raise":
        raise ValueError("a fault of its own")
    if item == "eat":
        return str(len(bytearray(64 * 1024**3)))
    return item.upper()


def models_loaded(_: str) -> int:
    return identifier.cache_info().currsize


def test_what_all_need_is_loaded_before_workers_part() -> None:
    with Workers(models_loaded, 2, 30, deriving.STEPS) as workers:
        assert set(dict(workers.map(["x"] * 8)).values()) == {1}


def test_every_item_gets_its_own_result() -> None:
    items = [f"item {number}" for number in range(200)]
    with Workers(behave, 2, 10) as workers:
        results = dict(workers.map(items))
    assert [results[index] for index in range(200)] == [item.upper() for item in items]


def test_a_bad_item_costs_itself_alone(capfd: pytest.CaptureFixture[str]) -> None:
    items = ["a", "hang", "b", "die", "c", "raise", "eat", "d"] + ["e"] * 40
    started = time.monotonic()
    with Workers(behave, 2, 5) as workers:
        results = dict(workers.map(items))
        again = dict(workers.map(["x"]))
    assert time.monotonic() - started < 60
    assert len(results) == len(items)
    assert results[1] == Lost("it took longer than 5 s")
    assert results[3] == Lost("the reader ran out of memory or ended by a fault")
    assert str(results[5]).count("ValueError at test_workers.py:")
    assert "ran out of memory" in str(results[6])
    assert [results[i] for i in (0, 2, 4, 7)] == ["A", "B", "C", "D"]
    assert again == {0: "X"}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("shared", [True, False])
def test_no_worker_outlives_the_pool(shared: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shared:
        monkeypatch.setattr(workers_, "_shared", None)  # as in a process that has built nothing yet
    with Workers(behave, 2, 10) as workers:
        dict(workers.map(["a", "b", "c"]))
        pids = [worker.process.pid for worker in workers._workers]
    assert pids
    for pid in pids:
        assert not Path(f"/proc/{pid}").exists()
