"""What all tests share: the example case, and the process from which workers part."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from benchmarks.demo import DEMO
from benchmarks.expected.case import build

# How fast examples come tells of the machine's load, not of the code.
settings.register_profile("guvoh", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("guvoh")
SHARED = ("guvoh.bulk.matching",)  # what some tests' workers need beside those of a build


@dataclass(frozen=True)
class Demo:
    """The example case as it was built; tests read it, and change copies."""

    case: Path
    home: Path
    status: int
    said: str

    def copy(self, folder: Path) -> Path:
        """Copy case and home into a folder, and return the case there."""
        shutil.copytree(self.case, folder / "case")
        shutil.copytree(self.home, folder / "home")
        return folder / "case"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Demo:
    """Build the example case once, for all processes that run tests."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "demo"
    said = folder / "said.json"
    with FileLock(folder.with_suffix(".lock")):
        if not said.exists():
            told = build(DEMO / "reports", folder / "case", folder / "home")
            said.write_text(json.dumps(told), encoding="utf-8")
    status, words = json.loads(said.read_text(encoding="utf-8"))
    return Demo(folder / "case", folder / "home", status, words)


@pytest.fixture(scope="session", autouse=True)
def _sharing() -> None:
    """Have the workers of all builds in this process part from one that has loaded what they need."""
    from guvoh.pipeline import deriving, workers

    workers.share([*SHARED, *deriving.STEPS])
