"""7z archives: members in order, and what is damaged, locked or a bomb named without harm."""

import io
from pathlib import Path
from typing import Any

import py7zr
import pytest

from guvoh.intake import sevenzips
from tests.intake.conftest import Take

MEMBERS = {"a.txt": b"The ferry left at dawn.", "in/b.html": b"<p>two</p>" * 90, "empty.txt": b""}


def packed(members: dict[str, bytes], **how: Any) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", **how) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return out.getvalue()


def test_members_are_arrivals_of_their_own(tmp_path: Path, take: Take) -> None:
    (tmp_path / "a.7z").write_bytes(packed(MEMBERS))
    taken = take(tmp_path / "a.7z")
    assert taken.files == ["a.7z", *(f"a.7z!/{name}" for name in MEMBERS)]
    assert [one.data for one in taken.found[1:]] == list(MEMBERS.values())
    assert {one.parent for one in taken.found[1:]} == {taken.found[0].digest}


@pytest.mark.parametrize("header", [False, True])
def test_a_locked_one_is_named(tmp_path: Path, take: Take, header: bool) -> None:
    data = packed(MEMBERS, password="open sesame", header_encryption=header)
    (tmp_path / "a.7z").write_bytes(data)
    taken = take(tmp_path / "a.7z")
    assert taken.files == ["a.7z"]
    assert "encrypted" in taken.finding("damaged-archive").text


def test_one_that_is_cut_or_spoilt_is_named_at_any_place(tmp_path: Path, take: Take) -> None:
    data = packed(MEMBERS)
    spoilt = [data[: len(data) * part // 8] for part in range(1, 8)]
    spoilt += [data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :] for at in (12, 20, 40, -30)]
    for number, one in enumerate(spoilt):
        path = tmp_path / f"{number}.7z"
        path.write_bytes(one)
        assert "damaged" in take(path).finding("damaged-archive").text


def test_a_bomb_is_given_up(tmp_path: Path, take: Take) -> None:
    (tmp_path / "a.7z").write_bytes(packed({"zeros": bytes(100 << 20)}))
    assert "made to fill a disk" in take(tmp_path / "a.7z").finding("too-much").text


def test_without_the_library_a_sentence_says_what_to_do(
    tmp_path: Path, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sevenzips, "_LIBRARY", "no_such_library")
    (tmp_path / "a.7z").write_bytes(packed(MEMBERS))
    taken = take(tmp_path / "a.7z")
    assert taken.files == ["a.7z"]
    assert "pip install 'guvoh[7z]'" in taken.finding("not-opened").text
