"""The example case, let out through the release gate once."""

import os
from pathlib import Path

import pytest

from guvoh.casefile.case import open_case
from guvoh.pipeline.releasing import let_out
from guvoh.protect import Release
from tests.conftest import Demo


@pytest.fixture(scope="session")
def case(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    os.environ["GUVOH_HOME"] = str(folder / "home")
    return demo.copy(folder)


@pytest.fixture(scope="session")
def release(case: Path) -> Release:
    made, _ = let_out(open_case(case), "dossier")
    assert made is not None
    return made
