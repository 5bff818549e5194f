"""The example case and the retold one, each built once for all drafts."""

import os
from pathlib import Path

import pytest

from guvoh import cli

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(ROOT / "examples" / "demo" / "reports", tmp_path_factory.mktemp("drafts"))


@pytest.fixture(scope="session")
def retold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = ROOT / "tests" / "cases" / "retold" / "reports"
    return _built(reports, tmp_path_factory.mktemp("retold"))


def _built(reports: Path, folder: Path) -> Path:
    os.environ["GUVOH_HOME"] = str(folder / "home")
    assert cli.main(["build", str(reports), "--public", "--case", str(folder / "case")]) in (0, 1)
    return folder / "case"
