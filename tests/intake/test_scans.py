"""Words of pictures: read by tesseract where asked for, bounded, and named where they can't be."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from guvoh.clean.formats import clean
from guvoh.intake import arrivals as intake
from guvoh.intake import scans
from guvoh.intake.found import Limits
from tests.intake.conftest import Take

AT = "2026-11-30T00:00:00Z"
LINES = ["The ferry left the harbour at dawn.", "Nobody saw who was on board of it."]

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)


def drawn(lines: list[str]) -> Image.Image:
    picture = Image.new("L", (1100, 120 + 70 * len(lines)), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(40)
    for number, line in enumerate(lines):
        draw.text((60, 60 + number * 70), line, fill=0, font=font)
    return picture


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def asked() -> intake.Taking:
    return intake.Taking(Limits(ocr=scans.asked("eng")))


@needs_tesseract
def test_the_words_of_a_picture_are_a_capture_of_their_own(tmp_path: Path, take: Take) -> None:
    (tmp_path / "a.png").write_bytes(saved(drawn(LINES), "PNG"))
    taken = take(tmp_path / "a.png", asked())
    assert taken.files == ["a.png", "a.png!/words.hocr"]
    picture, words = taken.found
    assert (words.media_type, words.parent) == ("text/vnd.hocr+html", picture.digest)
    (report,), findings = clean(words.digest, words.file, words.media_type, words.data, AT)
    assert report.text == " ".join(LINES)
    assert [one.kind for one in findings] == ["ocr"]
    for piece in report.map.pieces:  # every word is found again in the bytes that tesseract gave
        assert words.data[piece.first : piece.last].decode() in report.text


@needs_tesseract
def test_only_pages_without_a_text_layer_are_read(tmp_path: Path, take: Take) -> None:
    first = drawn(LINES)
    (tmp_path / "a.pdf").write_bytes(
        saved(
            first,
            "PDF",
            resolution=250,
            save_all=True,
            append_images=[drawn(["Page two says little."])],
        )
    )
    taken = take(tmp_path / "a.pdf", asked())
    (_, words) = taken.found
    assert b"ppageno 1" in words.data
    assert b"id='page_2'" in words.data
    assert [words.data.count(f">{one}<".encode()) for one in ("ferry", "two")] == [1, 1]


@needs_tesseract
def test_what_was_read_before_is_not_read_again(tmp_path: Path, take: Take) -> None:
    (tmp_path / "a.png").write_bytes(saved(drawn(LINES), "PNG"))
    how = asked()
    done = frozenset({take(tmp_path / "a.png", how).found[0].digest})
    assert how.limits.ocr is not None
    again = intake.Taking(Limits(ocr=replace(how.limits.ocr, done=done)))
    assert take(tmp_path / "a.png", again).files == ["a.png"]


@needs_tesseract
def test_a_picture_without_words_gives_none(tmp_path: Path, take: Take) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(Image.new("L", (300, 300), 200), "JPEG"))
    assert take(tmp_path / "a.jpg", asked()).files == ["a.jpg"]


@needs_tesseract
def test_one_that_is_cut_or_too_large_is_named(tmp_path: Path, take: Take) -> None:
    whole = saved(drawn(LINES), "PNG")
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "vast.png").write_bytes(saved(Image.new("1", (9000, 9000)), "PNG"))
    taken = take(tmp_path, asked())
    assert taken.files == ["cut.png", "vast.png"]
    told = {one.file: one.text for one in taken.findings if one.kind == "page-not-read"}
    assert "damaged" in told["cut.png"]
    assert "page 1" in told["vast.png"]


def test_nothing_is_read_unless_asked_for(tmp_path: Path, take: Take) -> None:
    (tmp_path / "a.png").write_bytes(saved(drawn(LINES), "PNG"))
    assert take(tmp_path / "a.png").files == ["a.png"]


def test_without_tesseract_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_PROGRAM", "no-such-program")
    with pytest.raises(scans.OcrError, match="is not installed"):
        scans.asked("eng")


@needs_tesseract
@pytest.mark.parametrize("languages", ["xyz", "eng+xyz", "../eng", "-l", ""])
def test_a_language_that_is_not_there_is_named(languages: str) -> None:
    with pytest.raises(scans.OcrError):
        scans.asked(languages)
