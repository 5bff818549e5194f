"""The example case, built once for all drafts."""

import os
from pathlib import Path

import pytest

from guvoh import cli

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    os.environ["GUVOH_HOME"] = str(folder / "home")
    reports = str(ROOT / "examples" / "demo" / "reports")
    assert cli.main(["build", reports, "--public", "--case", str(folder / "case")]) in (0, 1)
    return folder / "case"
