"""Every reader over real files that chance has changed: none raises, none is silently empty, all maps hold.

`GUVOH_FUZZ=100000 pytest tests/clean/test_fuzz.py` looks longer; what it finds becomes a case of its own.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guvoh.clean.columns import read_columns
from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.intake.undeclared import suspicion
from guvoh.model.report import Report

TESTS = Path(__file__).parents[1]
REAL = sorted(
    one
    for folder in ("clean/documents", "cases/formats", "cases/formats/chats", "cases/formats/pile")
    for one in (TESTS / folder).iterdir()
    if one.is_file() and one.name not in {"columns.toml", "Inbox", "calder.warc.gz"}
)
COLUMNS = (read_columns((TESTS / "cases/formats/pile/columns.toml").read_text()),)
# What the formats give a meaning to, besides what the files hold.
PIECES = (
    b"\0", b"\xff\xfe", b"\n\n", b"\r", b'"', b"\\", b"{", b"}", b"[", b"<", b">", b"&#1114112;", b"--", b"-->",
    b"\\ud800", b"\\u", b"PK\x03\x04", b"\xe2\x80\xae", b":", b"From ", b"\\bin9999999", b"=?utf-8?b?", b"99999999999999999999",
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Return a change: bytes replaced, left out, doubled, moved or cut."""
    many = draw(
        st.lists(
            st.tuples(
                st.sampled_from(("put", "leave", "double", "cut", "swap")),
                st.floats(0, 1, exclude_max=True),
                st.integers(1, 400),
                st.one_of(st.sampled_from(PIECES), st.binary(max_size=12)),
            ),
            min_size=1,
            max_size=6,
        )
    )

    def change(data: bytes) -> bytes:
        for what, where, size, piece in many:
            at = int(where * len(data))
            if what == "put":
                data = data[:at] + piece + data[at + len(piece) :]
            elif what == "leave":
                data = data[:at] + data[at + size :]
            elif what == "double":
                data = data[:at] + data[at : at + size] * 3 + data[at:]
            elif what == "swap":
                data = data[:at] + data[at : at + size][::-1] + data[at + size :]
            else:
                data = data[: max(at, 1)]
        return data

    return change


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
@settings(
    max_examples=int(os.environ.get("GUVOH_FUZZ", "12")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="GUVOH_FUZZ" not in os.environ,
    database=None,
)
@given(change=edits())
def test_a_changed_file_is_read_or_named(path: Path, change: Callable[[bytes], bytes]) -> None:
    data = change(path.read_bytes())
    media_type = identify(data[:65_536], len(data), path.name)
    suspicion(data, media_type)
    digest = sha256(data).hexdigest()
    reports, findings = clean(
        digest, path.name, media_type, data, "2026-01-01T00:00:00Z", columns=COLUMNS
    )
    assert reports or findings or not data.strip()
    for finding in findings:
        assert finding.text.endswith((".", "…"))
        assert "\n" not in finding.text
    assert len({report.id for report in reports}) == len(reports)
    for report in reports:
        _holds(report)


def _holds(report: Report) -> None:
    """The map covers the text from start to end, and its bytes never run backwards out of order."""
    at = 0
    for run in report.map.runs:
        assert run.text.start == at
        assert run.text.end > at
        assert 0 <= run.bytes.start <= run.bytes.end
        at = run.text.end
    assert at == len(report.text)
    ends = [0, *(piece.end for piece in report.map.pieces)]
    for before, piece in zip(ends, report.map.pieces, strict=False):
        assert before <= piece.start < piece.end
        assert 0 <= piece.first <= piece.last
