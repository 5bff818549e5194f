"""Files whose bytes stand in a page: they are looked at as files, or named."""

import io
from base64 import b64encode

import pytest
from PIL import Image

from guvoh.protect.draft import Room, check, parts_of
from guvoh.protect.embedded import apart
from guvoh.protect.identity import Identity
from guvoh.protect.registry import Registry

REGISTRY = Registry([Identity("P-ANVR", ("Anvar Karimov",))])


def picture(comment: bytes) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG", comment=comment)
    return made.getvalue()


def page(kind: str, data: bytes) -> bytes:
    return b"<p>One</p><img src='data:%s;base64,%s'><p>Two</p>" % (kind.encode(), b64encode(data))


def test_a_picture_in_a_page_is_named_and_its_notes_are_read() -> None:
    found = check("a.html", page("image/jpeg", picture(b"We met Karimov.")), REGISTRY)
    assert "file 1 in its text: its notes" in {place.part for place, _ in found.leaks}
    assert found.unchecked == (
        "file 1 in its text: What it shows could not be looked at, only what is noted beside it.",
    )


def test_a_font_in_a_page_is_named() -> None:
    (said,) = check("a.html", page("font/woff2", b"wOF2" + bytes(200)), REGISTRY).unchecked
    assert said.startswith("file 1 in its text: Nothing of it could be looked at")


@pytest.mark.parametrize(
    "text", ["data:", "data:image/png;base64,AAAA", "data:image/png;base64," + "A" * 201]
)
def test_what_is_no_file_stays(text: str) -> None:
    assert apart(text) == (text, [])


def test_a_file_that_stands_there_twice_is_given_once() -> None:
    data = bytes(300)
    one = f"data:image/png;base64,{b64encode(data).decode()}"
    text, files = apart(f"{one} {one}")
    assert text == "data:image/png;base64, data:image/png;base64,"
    assert files == [("file 1 in its text", data)]


@pytest.mark.parametrize(
    ("within", "said"),
    [(3, ()), (4, ("Files in its text were not looked at: they lie too deep.",))],
)
def test_files_that_lie_too_deep_are_named(within: int, said: tuple[str, ...]) -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><text>Karimov</text>%s</svg>" % (b" " * 200)
    parts, told = parts_of("a.html", page("image/svg+xml", drawing), Room(1 << 20), within)
    assert told == said
    assert any("Karimov" in part.text for part in parts) is not bool(said)
    assert parts_of("a.html", b"<p>One</p>", Room(1 << 20), within)[1] == ()
