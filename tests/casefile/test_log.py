"""Torn tails, and damage to every byte."""

import shutil
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guvoh.casefile import log
from guvoh.casefile.errors import CaseDamaged


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "log-folder" / "records").mkdir(parents=True)
    return tmp_path / "log-folder"


def payloads(folder: Path) -> list[bytes | None]:
    return [entry.payload for entry in log.scan(folder).entries]


def numbered(start: int, stop: int) -> list[bytes]:
    return [b'{"lamport":%d}' % number for number in range(start, stop)]


def test_batches_of_any_size_cross_segments(folder: Path) -> None:
    steps = (0, 1, 1023, 1024, 1030, 3100)
    for start, stop in pairwise(steps):
        log.append(folder, start, numbered(start, stop))
        assert log.tail(folder) == (stop, b'{"lamport":%d}' % (stop - 1))
    assert payloads(folder) == numbered(0, 3100)
    assert sorted(path.name for path in (folder / "records").iterdir()) == [
        "000000.jsonl",
        "000001.jsonl",
        "000002.jsonl",
        "000003.jsonl",
    ]
    assert (folder / "log").stat().st_size == 3100 * log.LEAF_LINE


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_payloads_come_back_byte_for_byte(folder: Path, texts: list[str]) -> None:
    shutil.rmtree(folder)
    (folder / "records").mkdir(parents=True)
    written = [text.encode() for text in texts]
    log.append(folder, 0, written)
    assert payloads(folder) == written


def test_a_tail_torn_at_any_byte_is_cut(folder: Path) -> None:
    log.append(folder, 0, numbered(0, 3))
    path, before = log.segment(folder, 0), log.segment(folder, 0).read_bytes()
    leaves = (folder / "log").read_bytes()
    log.append(folder, 3, [b'{"lamport":3,"text":"\\"\xc3\xa9"}'])
    whole = path.read_bytes()
    for length in range(len(before), len(whole)):
        path.write_bytes(whole[:length])
        (folder / "log").write_bytes(leaves)
        found = log.scan(folder)
        assert [entry.payload for entry in found.entries] == numbered(0, 3)
        assert found.sound == (length == len(before))
        log.mend(folder, found)
        assert log.scan(folder).sound
        log.append(folder, 3, numbered(3, 4))
        assert payloads(folder) == numbered(0, 4)


def test_leaves_torn_at_any_byte_are_made_again(folder: Path) -> None:
    log.append(folder, 0, numbered(0, 4))
    leaves = (folder / "log").read_bytes()
    for length in range(len(leaves)):
        for tail in (b"", bytes(len(leaves) - length), bytes(500)):
            (folder / "log").write_bytes(leaves[:length] + tail)
            assert log.tail(folder) is None
            log.mend(folder, log.scan(folder))
            assert (folder / "log").read_bytes() == leaves


def test_zeros_that_a_power_failure_left_are_cut_even_before_whole_lines(folder: Path) -> None:
    log.append(folder, 0, numbered(0, 3))
    path = log.segment(folder, 0)
    lines = path.read_bytes().splitlines(keepends=True)
    (folder / "log").write_bytes((folder / "log").read_bytes()[: log.LEAF_LINE])
    path.write_bytes(lines[0] + bytes(len(lines[1]) - 1) + b"\n" + lines[2])
    log.mend(folder, log.scan(folder))
    assert payloads(folder) == numbered(0, 1)


def test_a_batch_interrupted_between_segments(folder: Path) -> None:
    log.append(folder, 0, numbered(0, 1030))
    (folder / "log").unlink()
    log.segment(folder, 1024).write_bytes(b"")
    log.mend(folder, log.scan(folder))
    assert payloads(folder) == numbered(0, 1024)
    log.append(folder, 1024, numbered(1024, 1026))
    assert payloads(folder) == numbered(0, 1026)


def damaged_file(folder: Path) -> Path | None:
    """Return the file that a scan blames, None where it takes the log for interrupted."""
    try:
        found = log.scan(folder)
    except CaseDamaged as error:
        return error.path
    assert not found.sound
    return None


def test_any_flipped_bit_of_a_record_is_found_and_its_file_named(folder: Path) -> None:
    log.append(folder, 0, [b'{"lamport":1,"text":"tab \\t \x01"}', *numbered(1, 3)])
    path = log.segment(folder, 0)
    whole = path.read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[at] ^= 1 << bit
            path.write_bytes(changed)
            assert damaged_file(folder) == path, (at, bit)


def test_any_flipped_bit_of_a_leaf_is_found(folder: Path) -> None:
    log.append(folder, 0, numbered(0, 3))
    whole = (folder / "log").read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            changed = bytearray(whole)
            changed[at] ^= 1 << bit
            (folder / "log").write_bytes(changed)
            # A record and its leaf disagree: which of them changed cannot be known.
            assert damaged_file(folder) in {folder / "log", log.segment(folder, 0)}, (at, bit)


def test_missing_records_and_segments_are_damage(folder: Path) -> None:
    log.append(folder, 0, numbered(0, 2050))
    last = log.segment(folder, 2048)
    kept = last.read_bytes()
    last.unlink()
    with pytest.raises(CaseDamaged, match=r"record 2048 is missing.*000002\.jsonl"):
        log.scan(folder)
    last.write_bytes(kept)
    log.segment(folder, 1024).unlink()
    with pytest.raises(CaseDamaged, match=r"segment.*is missing.*000001\.jsonl"):
        log.scan(folder)


def test_an_erased_record_leaves_its_leaf_and_place(folder: Path) -> None:
    log.append(folder, 0, numbered(0, 3))
    path = log.segment(folder, 0)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = msgspec.json.encode(log.Line(erased=True, lamport=2)) + b"\n"
    path.write_bytes(b"".join(lines))
    assert lines[2] == b'{"erased":true,"lamport":2}\n'
    found = log.scan(folder)
    assert found.sound
    assert [entry.payload for entry in found.entries] == [*numbered(0, 2), None]
    assert found.entries[2].lamport == 2


def test_a_last_record_longer_than_any_block(folder: Path) -> None:
    long = b'"%s"' % (b"x" * 100_000)
    log.append(folder, 0, [b"1", long])
    assert log.tail(folder) == (2, long)


def test_a_committed_line_that_lost_its_end_is_damage(folder: Path) -> None:
    log.append(folder, 0, numbered(0, 2))
    path = log.segment(folder, 0)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CaseDamaged, match="record 1 is damaged"):
        log.scan(folder)
