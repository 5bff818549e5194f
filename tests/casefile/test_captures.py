import io
import tracemalloc
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guvoh.casefile import captures
from guvoh.casefile.errors import CaseDamaged
from guvoh.casefile.folder import Case


@given(st.lists(st.binary(max_size=50), max_size=6))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
def test_bytes_come_back_under_their_digest(opened: Case, pieces: list[bytes]) -> None:
    with captures.batch(opened) as batch:
        stored = [batch.add(io.BytesIO(piece)) for piece in pieces]
    for piece, taken in zip(pieces, stored, strict=True):
        assert taken.digest == sha256(piece).hexdigest()
        assert taken.size == len(piece) == captures.verify(opened, taken.digest)
        assert captures.read(opened, taken.digest) == piece


def test_the_same_bytes_twice_are_one_file(opened: Case) -> None:
    for _ in range(2):
        with captures.batch(opened) as batch:
            first, second = (batch.add(io.BytesIO(b"ferry")) for _ in range(2))
        assert first == second
    assert list(captures.stored(opened)) == [first.digest]
    assert list((opened.captures / "incoming").iterdir()) == []


def test_nothing_is_kept_of_a_batch_that_fails(opened: Case) -> None:
    def fail() -> None:
        with captures.batch(opened) as batch:
            batch.add(io.BytesIO(b"ferry"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail()
    assert list(captures.stored(opened)) == []
    assert list((opened.captures / "incoming").iterdir()) == []


def test_a_large_stream_needs_no_memory(opened: Case) -> None:
    class Long(io.RawIOBase):
        left = 64 << 20

        def read(self, size: int = -1) -> bytes:
            size = min(size, self.left)
            self.left -= size
            return b"a" * size

    tracemalloc.start()
    with captures.batch(opened) as batch:
        stored = batch.add(Long())  # type: ignore[arg-type]
    captures.verify(opened, stored.digest)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert stored.size == 64 << 20
    assert peak < 8 << 20


def test_leftovers_go_with_the_next_batch_but_not_those_of_a_living_one(opened: Case) -> None:
    incoming = opened.captures / "incoming"
    (incoming / "dead").mkdir(parents=True)
    (incoming / "dead" / "half").write_bytes(b"half")
    (incoming / "dead.lock").write_bytes(b"")
    with captures.batch(opened) as first:
        assert not (incoming / "dead").exists()
        taken = first.add(io.BytesIO(b"one"))
        with captures.batch(opened) as second:
            second.add(io.BytesIO(b"two"))
    assert captures.read(opened, taken.digest) == b"one"
    assert list(incoming.iterdir()) == []


def test_an_altered_capture_is_named_and_healed_by_the_same_bytes(opened: Case) -> None:
    with captures.batch(opened) as batch:
        taken = batch.add(io.BytesIO(b"ferry"))
    path = captures.path_of(opened, taken.digest)
    path.write_bytes(b"fexry")
    for check in (captures.read, captures.verify):
        with pytest.raises(CaseDamaged, match=f"not what arrived.*{taken.digest}"):
            check(opened, taken.digest)
    with captures.batch(opened) as batch:
        batch.add(io.BytesIO(b"ferry"))
    assert captures.read(opened, taken.digest) == b"ferry"
    path.unlink()
    for check in (captures.read, captures.verify):
        with pytest.raises(CaseDamaged, match=f"missing.*{taken.digest}"):
            check(opened, taken.digest)


def test_no_name_leads_out_of_the_case(opened: Case) -> None:
    with pytest.raises(ValueError, match="not a digest"):
        captures.read(opened, "../guvoh.toml")
