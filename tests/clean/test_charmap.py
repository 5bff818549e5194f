from hypothesis import given
from hypothesis import strategies as st

from guvoh.clean.charmap import TextBuilder, build_text
from guvoh.clean.decode import decode
from guvoh.model.text import CharacterMap, RunKind, Span


def check(text: str, map_: CharacterMap, data: bytes) -> None:
    """Assert that runs cover the text without gap and that exact ones equal the bytes."""
    at = 0
    for run in map_.runs:
        assert run.text.start == at < run.text.end
        at = run.text.end
        if run.kind is RunKind.EXACT:
            stretch = text[run.text.start : run.text.end]
            assert data[run.bytes.start : run.bytes.end].decode(map_.encoding) == stretch
        if run.kind is RunKind.SYNTHESISED:
            assert run.bytes.start == run.bytes.end
    assert at == len(text)


def test_white_space_references_and_bad_bytes_are_decoded_runs() -> None:
    data = "Ada  said:\n&laquo;na&iuml;ve&raquo; été".encode() + b"\xff!"
    decoded = decode(data)
    text, map_ = build_text(decoded, [[(0, len(decoded.text))]])
    assert text == "Ada said: «naïve» été\ufffd!"
    check(text, map_, data)
    start = text.index("«")
    span = map_.bytes_of(Span(start, start + 1), text)
    assert data[span.start : span.end] == b"&laquo;"


def test_paragraphs_are_parted_by_a_synthesised_empty_line() -> None:
    data = b"<p> one </p><p> two </p><p> </p>"
    text, map_ = build_text(decode(data), [[(3, 8)], [(15, 20)], [(27, 28)]])
    assert text == "one\n\ntwo"
    check(text, map_, data)
    assert [run.kind for run in map_.runs] == [
        RunKind.EXACT,
        RunKind.SYNTHESISED,
        RunKind.EXACT,
    ]


def test_a_line_break_stands_in_the_place_of_its_tag() -> None:
    data = b"one <br> two"
    builder = TextBuilder(decode(data))
    builder.paragraph([(0, 4), (4, 8), (8, 12)], frozenset({4}))
    text, map_ = builder.result()
    assert text == "one\ntwo"
    assert map_.bytes_of(Span(3, 4), text) == (4, 8)


def test_without_markup_references_are_text() -> None:
    data = b"a &amp; b"
    assert build_text(decode(data), [[(0, 9)]], markup=False)[0] == "a &amp; b"


@given(st.lists(st.text(alphabet="aé \n\t&;lt#39<>\u00a0\x00\x85ш", max_size=30), max_size=6))
def test_any_stretches_give_a_map_that_holds(parts: list[str]) -> None:
    head = "ordinary words so that the encoding is plain é "
    data = (head + "|".join(parts)).encode()
    decoded = decode(data)
    stretches, at = [], len(head)
    for part in parts:
        stretches.append([(at, at + len(part))])
        at += len(part) + 1
    text, map_ = build_text(decoded, stretches)
    check(text, map_, data)
    assert text == text.strip()
    assert "\n\n\n" not in text
