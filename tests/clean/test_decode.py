from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guvoh.clean.decode import REPLACEMENT, decode
from guvoh.model.text import ByteSpan

RU = "Шахтёры спустились в забой ещё до рассвета, и никто не спросил их согласия. "
EN = "The miners went down before dawn, and nobody asked them. "


def meta(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body>'


@pytest.mark.parametrize(
    ("text", "written", "encoding", "mislabelled"),
    [
        (meta("iso-8859-1") + RU, "utf-8", "utf-8", True),
        (meta("utf-8") + RU, "utf-8", "utf-8", False),
        (meta("utf-8") + RU * 3, "cp1251", "cp1251", True),
        (meta("windows-1251") + RU * 3, "koi8-r", "koi8-r", True),
        (meta("windows-1251") + RU * 3, "cp1251", "cp1251", False),
        (meta("utf-16") + EN, "utf-8", "utf-8", False),
        (RU * 3, "cp1251", "cp1251", False),
        (meta("x") + RU, "utf-16-le", "utf-16-le", False),
        (meta("x") + EN, "utf-16-be", "utf-16-be", False),
        (RU, "utf-16", "utf-16-le", False),
        ("\ufeff" + RU, "utf-8", "utf-8", False),
        (meta("gb2312") + "矿工们在黎明前下井。" * 4, "gb18030", "gb18030", False),
        (meta("iso-2022-jp") + "鉱山の労働者は坑道へ降りた。", "iso-2022-jp", "iso2022_jp", False),
    ],
)
def test_content_outweighs_the_declaration(
    text: str, written: str, encoding: str, mislabelled: bool
) -> None:
    decoded = decode(text.encode(written))
    assert decoded.text == text.removeprefix("\ufeff")
    assert decoded.encoding == encoding
    assert decoded.mislabelled is mislabelled
    assert decoded.bad == 0


def test_two_bad_bytes_in_utf8_do_not_spoil_the_rest() -> None:
    data = RU[:30].encode() + b"\xff\xfe" + RU[30:].encode()
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.bad == 2
    assert decoded.text.replace(REPLACEMENT, "") == RU


def test_lone_surrogates_and_nul_never_reach_the_text() -> None:
    data = EN.encode() + b"\xed\xa0\x80\0" + "é".encode()
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text == EN + REPLACEMENT * 4 + "é"


def test_an_undeclared_legacy_encoding_is_called_guessed() -> None:
    assert decode((RU * 3).encode("cp1251")).guessed
    assert not decode(RU.encode()).guessed
    assert not decode(EN.encode()).guessed


def test_broken_utf16_keeps_its_last_byte_apart() -> None:
    decoded = decode((meta("x") + EN).encode("utf-16-le") + b"x")
    assert decoded.text == meta("x") + EN + REPLACEMENT
    assert decoded.byte(len(decoded.text) - 1) == 2 * len(meta("x") + EN)


@given(st.binary(max_size=400))
def test_any_bytes_decode_and_every_character_has_its_place(data: bytes) -> None:
    decoded = decode(data)
    places = [decoded.byte(at) for at in range(len(decoded.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(data)
    assert not any("\ud800" <= char <= "\udfff" for char in decoded.text)


@given(st.text(max_size=3000), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_bytes_of_a_stretch_decode_to_it(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding, "replace"))
    for start in range(0, len(decoded.text), 97):
        span = decoded.bytes(start, start + 1)
        char = decoded.text[start]
        if char != REPLACEMENT:
            data = text.encode(encoding, "replace")
            assert data[span.start : span.end].decode(decoded.encoding) == char


@given(st.text(max_size=40), st.integers(1, 90), st.sampled_from(["utf-8", "utf-16", "cp1251"]))
def test_rising_stretches_have_the_bytes_of_each(text: str, times: int, encoding: str) -> None:
    decoded = decode((f"{text} ё" * times).encode(encoding, "replace"))
    ends = sorted({len(decoded.text) * part // 7 for part in range(8)})
    ranges = [*pairwise(ends)][::2]
    assert list(decoded.rising(ranges)) == [decoded.bytes(*one) for one in ranges]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Они пошли на фронт не по своей воле.",
        "They did not go of their own will.",
        "ذهبوا إلى الجبهة",
    ],
)
def test_utf16_without_a_mark_is_known_by_its_higher_bytes(text: str, encoding: str) -> None:
    decoded = decode((text * 3).encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.bad) == (text * 3, encoding, 0)


def test_a_lone_half_of_a_pair_takes_its_own_bytes_and_no_more() -> None:
    data = b"\x00\t\xd8\t\x00 \x00"
    decoded = decode(data)
    assert decoded.text == "\t\ufffd \ufffd"
    spans = [decoded.bytes(at, at + 1) for at in range(4)]
    assert spans == [ByteSpan(0, 2), ByteSpan(2, 4), ByteSpan(4, 6), ByteSpan(6, 7)]
