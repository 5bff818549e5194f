from hypothesis import given
from hypothesis import strategies as st

from guvoh.casefile.records import Arrived, Assessed, Content, Declared, Observed, Record, Set
from guvoh.casefile.state import fold, prefix_digest
from guvoh.model.assessment import Target
from guvoh.model.capture import Exposure
from guvoh.model.text import ByteSpan

A, B = "a" * 64, "b" * 64


def arrived(capture: str, exposure: Exposure = Exposure.PUBLIC, file: str = "x.txt") -> Arrived:
    return Arrived(capture, 5, "text/plain", file, "folder", exposure)


def records(*contents: Content) -> list[Record]:
    return [
        Record(place + 1, "k" * 32, place, f"2031-05-02T08:00:{place:02d}Z", content)
        for place, content in enumerate(contents)
    ]


def test_arrivals_of_the_same_bytes_are_one_capture_named_by_the_first() -> None:
    state = fold(records(arrived(B, file="b.txt"), arrived(A), arrived(B, file="again.txt")))
    assert list(state.captures) == [B, A]
    assert [arrival.file for arrival in state.captures[B].arrivals] == ["b.txt", "again.txt"]
    assert state.captures[B].file == "b.txt"
    assert state.now == "2031-05-02T08:00:02Z"


def test_a_later_arrival_restricts_but_never_opens() -> None:
    exposures = (Exposure.PUBLIC, Exposure.PRIVATE, Exposure.PUBLIC, Exposure.UNDECLARED)
    state = fold(records(*(arrived(A, exposure) for exposure in exposures)))
    assert state.captures[A].exposure is Exposure.PRIVATE


def test_the_last_declaration_decides_wherever_it_stands() -> None:
    state = fold(
        records(
            Declared(A, Exposure.PRIVATE),
            arrived(A, Exposure.UNDECLARED),
            Declared(A, Exposure.PUBLIC),
            arrived(A, Exposure.UNDECLARED),
            Declared(B, Exposure.PUBLIC),
        )
    )
    assert state.captures[A].exposure is Exposure.PUBLIC
    assert B not in state.captures


def test_an_assessment_is_superseded_by_the_next_about_the_same_target() -> None:
    target = Target("claim", A, ByteSpan(3, 9), "quote", "value")
    other = Target("claim", A, ByteSpan(3, 10), "quote", "value")
    state = fold(
        records(
            Assessed(target, "reject-source", "first look"),
            Assessed(other, "independent", "checked"),
            Assessed(target, "confirm-source", "second look"),
        )
    )
    assert [(a.target, a.reason) for a in state.assessments] == [
        (other, "checked"),
        (target, "second look"),
    ]
    assert [a.reason for a in state.superseded] == ["first look"]
    assert state.assessments[0].id == f"{'k' * 32}:1"


def test_a_grade_and_a_check_of_one_passage_hold_side_by_side() -> None:
    target = Target("claim", A, ByteSpan(3, 9), "quote")
    state = fold(
        records(
            Assessed(target, "checked", "spoke to her"),
            Assessed(target, "reliability-B", "long known"),
            Assessed(target, "reliability-C", "less so now"),
        )
    )
    assert [a.verdict for a in state.assessments] == ["checked", "reliability-C"]


def test_a_withdrawal_leaves_nothing_in_force_and_forgets_nothing() -> None:
    target = Target("claim", A, ByteSpan(3, 9), "quote")
    state = fold(
        records(
            Assessed(target, "checked", "spoke to her"),
            Assessed(target, "reject-source", "a slip"),
            Assessed(target, "withdraw-reject-source", "was a slip"),
        )
    )
    assert [a.verdict for a in state.assessments] == ["checked"]
    assert [a.reason for a in state.superseded] == ["a slip", "was a slip"]


def test_settings_and_observations() -> None:
    seen = Observed(A, "clean", "stopped after 30 s")
    state = fold(records(Set("x", 1), seen, Set("x", ("a", "b"))))
    assert state.settings == {"x": ("a", "b")}
    assert state.observations == (seen,)
    assert state.now is None


@given(st.lists(st.sampled_from([A, B, "c" * 64]), min_size=1, max_size=8))
def test_captures_keep_their_places_as_records_are_added(digests: list[str]) -> None:
    made = records(*(arrived(digest) for digest in digests))
    whole = list(fold(made).captures)
    for length in range(len(made)):
        part = list(fold(made[:length]).captures)
        assert part == whole[: len(part)]


def test_the_prefix_digest_tells_what_deriving_depends_on() -> None:
    base = fold(records(arrived(A), arrived(B)))
    captures = list(base.captures.values())
    again = fold(records(arrived(A), arrived(B), arrived(A)))
    assert prefix_digest(captures) == prefix_digest(list(again.captures.values()))
    assert prefix_digest(captures) != prefix_digest(captures[:1])
    assert prefix_digest(captures) != prefix_digest(captures[::-1])
    hidden = fold(records(arrived(A), arrived(B), Declared(A, Exposure.PRIVATE)))
    assert prefix_digest(captures) != prefix_digest(list(hidden.captures.values()))
