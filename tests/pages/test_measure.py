"""Breaking labels: every line fits its room, and nothing of the label is lost."""

from hypothesis import given
from hypothesis import strategies as st

from guvoh.pages.measure import width, wrapped

LABELS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=150)


@given(LABELS, st.floats(40, 400), st.booleans())
def test_lines_fit_and_hold_the_whole_label(label: str, room: float, bold: bool) -> None:
    lines = wrapped(label, room, 13, bold)
    assert all(width(line, 13, bold) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(label.split())


def test_a_label_without_end_is_cut_with_a_mark() -> None:
    assert "".join(wrapped("a" * 1000, 200, 13)).endswith("…")


def test_a_long_name_is_broken_after_a_mark() -> None:
    assert wrapped("globepulse-fishing-plant.txt", 146, 13, True)[0].endswith("-")


def test_wide_and_combining_signs_are_measured() -> None:
    assert width("港", 10) > width("a", 10)
    assert width("e\u0301", 10) == width("e", 10)
    assert width("Ж", 10, bold=True) > width("Ж", 10)
