import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guvoh.casefile import records
from guvoh.casefile.errors import CaseDamaged, CaseTooNew
from guvoh.casefile.records import Arrived, Assessed, Content, Declared, Observed, Set
from guvoh.model.assessment import Target
from guvoh.model.capture import Exposure
from guvoh.model.text import ByteSpan

AT = "2031-05-02T08:00:00Z"
PLACE = (Path("journal/x"), "ab" * 16, 7)

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
exposures = st.sampled_from(Exposure)
spans = st.tuples(st.integers(0, 9), st.integers(10, 99)).map(lambda pair: ByteSpan(*pair))
targets = st.builds(
    Target,
    text,
    digests,
    st.none() | spans,
    st.none() | text,
    st.none() | text,
    st.none() | digests,
)
contents: st.SearchStrategy[Content] = st.one_of(
    st.builds(
        Arrived,
        digests,
        st.integers(0, 2**60),
        text,
        text,
        text,
        exposures,
        st.none() | digests,
        st.none() | text,
    ),
    st.builds(Declared, digests, exposures),
    st.builds(Assessed, targets, text, text),
    st.builds(
        Set,
        text,
        st.none() | st.booleans() | st.integers(-(2**60), 2**60) | text | st.tuples(text, text),
    ),
    st.builds(Observed, st.none() | digests, text, text),
)


@given(contents, st.integers(1, 2**60))
def test_round_trip(content: Content, lamport: int) -> None:
    payload = records.encode(content, lamport, AT).encode()
    record = records.decode(payload, PLACE)
    assert record.content == content
    assert (record.lamport, record.at, record.key_id, record.index) == (lamport, AT, PLACE[1], 7)
    assert records.lamport_of(payload) == lamport


def test_a_file_name_that_is_not_utf8_is_kept_as_escapes() -> None:
    arrived = Arrived("0" * 64, 1, "text/plain", "caf\udce9.txt", "x", Exposure.PUBLIC)
    record = records.decode(records.encode(arrived, 1, AT).encode(), PLACE)
    assert isinstance(record.content, Arrived)
    assert record.content.file == "caf\\udce9.txt"


@pytest.mark.parametrize("at", ["2031-05-02T08:00:00", "2031-05-02T08:00:00+00:00", "today"])
def test_times_are_utc_with_z(at: str) -> None:
    with pytest.raises(ValueError, match="UTC"):
        records.encode(Observed(None, "x", "y"), 1, at)


def payload(**changes: object) -> bytes:
    fields = {"type": "observation", "v": 1, "lamport": 1, "at": AT}
    rest = {"capture": None, "step": "clean", "text": "stopped"}
    return json.dumps({**fields, **rest, **changes}).encode()


def test_newer_types_and_versions_are_refused() -> None:
    for changed in ({"type": "erasure"}, {"v": 2}):
        with pytest.raises(CaseTooNew, match="record 7"):
            records.decode(payload(**changed), PLACE)


@pytest.mark.parametrize(
    "changed", [{"capture": "../../secret"}, {"step": 3}, {"lamport": 0}, {"at": "late"}]
)
def test_what_its_type_does_not_allow_is_damage(changed: dict[str, object]) -> None:
    with pytest.raises(CaseDamaged, match="record 7"):
        records.decode(payload(**changed), PLACE)


def test_older_versions_are_upcast_step_by_step() -> None:
    upcasts = {
        ("observation", -1): lambda fields: {**fields, "words": fields["said"]},
        ("observation", 0): lambda fields: {"capture": None, "step": "x", "text": fields["words"]},
    }
    record = records.decode(payload(v=-1, said="killed"), PLACE, upcasts)
    assert record.content == Observed(None, "x", "killed")


def test_an_arrival_of_the_first_version_is_read_as_one_without_a_tool() -> None:
    arrived = Arrived("0" * 64, 1, "text/plain", "a.txt", "x", Exposure.PUBLIC, tool="guvoh 0.1.0")
    fields = json.loads(records.encode(arrived, 3, AT))
    assert fields.pop("tool") == "guvoh 0.1.0"
    payload = json.dumps({**fields, "v": 1}).encode()
    assert records.decode(payload, PLACE).content == replace(arrived, tool=None)
