from pathlib import Path

import pytest

from guvoh.casefile import actor, case
from guvoh.casefile.actor import Actor
from guvoh.casefile.folder import Case


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    where = tmp_path / "home"
    monkeypatch.setenv(actor.HOME_VARIABLE, str(where))
    return where


@pytest.fixture
def opened(tmp_path: Path) -> Case:
    return case.create(tmp_path / "case", "Ferry at Lindmoor")


@pytest.fixture
def me(home: Path) -> Actor:
    return actor.load()


@pytest.fixture
def colleague(tmp_path: Path) -> Actor:
    return actor.load(tmp_path / "other-home")
