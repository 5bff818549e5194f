"""Every container over real ones that chance has changed: nothing is raised, and none is silently empty.

`GUVOH_FUZZ=100000 pytest tests/intake/test_fuzz.py` looks longer; what it finds becomes a case of its own.
"""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from guvoh.intake.arrivals import arrivals
from guvoh.model.finding import Finding
from tests.clean.test_fuzz import edits
from tests.intake.test_archives import STORIES, tarred, zipped

FORMATS = Path(__file__).parents[1] / "cases" / "formats"


def _pax() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in ("a" * 200 + ".txt", "письмо.txt"):
            info = tarfile.TarInfo(name)
            info.size, info.pax_headers = 9, {"comment": "c" * 90}
            archive.addfile(info, io.BytesIO(b"nine here"))
    return out.getvalue()


REAL: dict[str, Callable[[], bytes]] = {
    "a.zip": lambda: zipped(STORIES),
    "stored.zip": lambda: zipped(STORIES, zipfile.ZIP_STORED),
    "a.tar": lambda: tarred(STORIES),
    "pax.tar": _pax,
    "a.tar.gz": lambda: gzip.compress(tarred(STORIES), mtime=0),
    "a.txt.bz2": lambda: bz2.compress(STORIES["a.txt"]),
    "a.txt.xz": lambda: lzma.compress(STORIES["a.txt"]),
    "nested.zip": lambda: zipped({"in.zip": zipped(STORIES), "in.tar": tarred(STORIES)}),
    "calder.warc.gz": (FORMATS / "calder.warc.gz").read_bytes,
    "calder.warc": lambda: gzip.decompress((FORMATS / "calder.warc.gz").read_bytes()),
    "Inbox": (FORMATS / "pile" / "Inbox").read_bytes,
    "letter.eml": (FORMATS / "pile" / "letter.eml").read_bytes,
}


@pytest.mark.parametrize("name", REAL)
@settings(
    max_examples=int(os.environ.get("GUVOH_FUZZ", "12")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="GUVOH_FUZZ" not in os.environ,
    database=None,
)
@given(change=edits())
def test_a_changed_container_is_taken_apart_or_named(
    name: str, change: Callable[[bytes], bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(change(REAL[name]()))
    came = 0
    for one in arrivals(path):
        came += 1
        if isinstance(one, Finding):
            assert one.text.endswith((".", "…"))
            assert "\n" not in one.text
        else:
            assert len(one.stream.read()) == one.size
    assert came
