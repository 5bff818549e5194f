import errno
import os
import stat
from pathlib import Path

import pytest

from guvoh.casefile import disk
from guvoh.casefile.errors import CaseUnreadable, CaseUnwritable


def test_a_whole_file_replaces_the_former_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "key"
    for data in (b"first\r\n", b"second\n"):
        disk.write_whole(path, data, mode=0o600)
        assert path.read_bytes() == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_whole_file_that_cannot_take_its_name_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="directory"):
        disk.write_whole(tmp_path / "taken", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_appending_and_cutting(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for sync in (True, False):
        disk.append(path, b"one\n", sync=sync)
    disk.cut(path, 5)
    assert path.read_bytes() == b"one\no"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "may not be written"),
        (errno.EIO, "writing failed"),
    ],
)
def test_refusals_name_the_file_and_what_to_do(tmp_path: Path, number: int, words: str) -> None:
    path = tmp_path / "log"
    with pytest.raises(CaseUnwritable, match=words) as caught, disk.writing(path):
        raise OSError(number, os.strerror(number))
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith(caught.value.advice + ".")


def test_what_cannot_be_read_and_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CaseUnreadable, match="reading failed"), disk.reading(tmp_path):
        tmp_path.read_bytes()
    with pytest.raises(FileNotFoundError), disk.reading(tmp_path / "x"):
        (tmp_path / "x").read_bytes()
