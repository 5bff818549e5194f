"""The example case, let out through the release gate once."""

import os
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile.case import open_case
from guvoh.pipeline.releasing import let_out
from guvoh.protect import Release

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    os.environ["GUVOH_HOME"] = str(folder / "home")
    reports = str(ROOT / "examples" / "demo" / "reports")
    assert cli.main(["build", reports, "--public", "--case", str(folder / "case")]) in (0, 1)
    return folder / "case"


@pytest.fixture(scope="session")
def release(case: Path) -> Release:
    made, _ = let_out(open_case(case), "dossier")
    assert made is not None
    return made
