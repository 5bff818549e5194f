"""What an engine says where it cannot go on."""

from pathlib import Path

import pytest

from guvoh.bulk.engine import refused

duckdb = pytest.importorskip("duckdb")


def test_too_little_memory_is_not_called_a_full_disk(tmp_path: Path) -> None:
    places = {"memory_limit": "8MB", "temp_directory": str(tmp_path)}
    with (
        duckdb.connect(config={**places, "threads": 1}) as db,
        pytest.raises(duckdb.OutOfMemoryException) as caught,
    ):
        db.execute("SELECT list(range) FROM range(5000000)").fetchall()
    said = str(refused(tmp_path, caught.value))
    assert "more memory" in said
    assert "Make room" not in said
