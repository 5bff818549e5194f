import stat
import subprocess
import sys
from pathlib import Path

import pytest

from guvoh.casefile import actor
from guvoh.casefile.errors import KeyUnusable


def test_the_key_is_made_once_and_only_its_owner_may_read_it(home: Path) -> None:
    first = actor.load()
    assert actor.load().public == first.public
    assert actor.load().key_id == actor.key_id(first.public)
    assert len(first.key_id) == 32
    assert stat.S_IMODE((home / "actor.key").stat().st_mode) == 0o600


def test_key_ids_differ_between_homes(tmp_path: Path) -> None:
    assert actor.load(tmp_path / "a").key_id != actor.load(tmp_path / "b").key_id


def test_two_processes_at_first_use_get_one_key(home: Path) -> None:
    program = "from guvoh.casefile import actor; print(actor.load().key_id)"
    runs = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert len({run.communicate()[0] for run in runs}) == 1


def test_a_file_that_is_no_key_is_not_replaced(home: Path) -> None:
    home.mkdir()
    (home / "actor.key").write_text("not a key")
    with pytest.raises(KeyUnusable, match="not a key that guvoh wrote"):
        actor.load()
    assert (home / "actor.key").read_text() == "not a key"


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyUnusable, match="GUVOH_HOME"):
        actor.load(tmp_path / "file")
