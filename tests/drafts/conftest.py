"""The cases that drafts are compared with, each built once."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from guvoh import cli
from tests.conftest import Demo

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def case(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    os.environ["GUVOH_HOME"] = str(folder / "home")
    return demo.copy(folder)


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what builds a case of tests/cases by its name, once."""

    @cache
    def built(name: str) -> Path:
        under = ROOT / "tests" / "cases"
        folder = under / "lineage" / name if name == "colony" else under / name
        return _built(folder / "reports", tmp_path_factory.mktemp(name))

    return built


def _built(reports: Path, folder: Path) -> Path:
    os.environ["GUVOH_HOME"] = str(folder / "home")
    assert cli.main(["build", str(reports), "--public", "--case", str(folder / "case")]) in (0, 1)
    return folder / "case"
