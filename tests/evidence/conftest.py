"""A case of the example reports with two actors' logs and an erased record, built once."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import actor, journal, state
from guvoh.casefile.case import open_case
from guvoh.pipeline import keeping
from tests.conftest import Demo
from tests.evidence.authority import Authority, serving


@pytest.fixture(scope="session")
def built(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    case = demo.copy(folder)
    before = os.environ.get(actor.HOME_VARIABLE)
    os.environ[actor.HOME_VARIABLE] = str(folder / "colleague")
    try:
        (folder / "more.txt").write_text("A ferry left Lindmoor on 3 May 2031, its captain said.\n")
        assert cli.main(["build", str(folder / "more.txt"), "--case", str(case)]) == 0
        (folder / "gone.txt").write_text("Nobody shall read this.\n")
        assert cli.main(["build", str(folder / "gone.txt"), "--case", str(case)]) == 0
        known = state.fold(journal.read(open_case(case))).captures
        (gone,) = [d for d, one in known.items() if one.file == "gone.txt"]
        keeping.erase_capture(open_case(case), gone)
        assert cli.main(["rebuild", "--case", str(case)]) == 0
    finally:
        if before is None:
            del os.environ[actor.HOME_VARIABLE]
        else:
            os.environ[actor.HOME_VARIABLE] = before
    return case


@pytest.fixture
def case(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that case, of the first actor."""
    shutil.copytree(built, tmp_path / "case")
    shutil.copytree(built.parent / "home", tmp_path / "home")
    monkeypatch.setenv(actor.HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "case"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make an authority with")
    return Authority(tmp_path_factory.mktemp("authority") / "ca")


@pytest.fixture
def authority(made: Authority) -> Iterator[Authority]:
    """A time authority that behaves, and serves."""
    made.instead, made.kind = None, "application/timestamp-reply"
    with serving(made) as one:
        yield one
