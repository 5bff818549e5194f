"""Documents as LibreOffice and Chromium write them, and damaged ones; the text is ours."""

from pathlib import Path

import pytest

from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.clean.source import Outcome
from guvoh.model.text import Span

HERE = Path(__file__).parent / "documents"
NAMES = sorted(path.name for path in HERE.iterdir())


def read(data: bytes, name: str) -> Outcome:
    return clean(
        "d" * 64, name, identify(data[:65_536], len(data), name), data, "2031-06-01T00:00:00Z"
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_document_gives_its_title_author_date_and_paragraphs(name: str) -> None:
    (report,), findings = read((HERE / name).read_bytes(), name)
    assert findings == ()
    assert report.title is not None
    assert report.title.text == "Seven quarry workers missing near Tarvon"
    assert [one.text for one in report.bylines] == ["Ilse Harrow"]
    assert (report.published, report.language) == ("2031-05-12", "en")
    said = [report.text[start:end] for start, end in report.paragraphs]
    told = [one for one in said if one.startswith("Paragraph ")]
    assert [one.split()[1] for one in told] == list("12345678")
    assert all(one.endswith("had been confiscated.") for one in told)
    assert "Sefa M. 2031 Brod mill" in said


@pytest.mark.parametrize("name", NAMES)
def test_every_word_leads_to_its_place_in_the_file(name: str) -> None:
    (report,), _ = read((HERE / name).read_bytes(), name)
    at = report.text.index("passports")
    (piece,) = report.map.pieces_of(Span(at, at + 9), report.text)
    if name.endswith(".pdf"):
        assert piece.part == "page 1"
        assert piece.box is not None
        assert piece.box.left < piece.box.right
    elif name.endswith(".rtf"):
        assert (HERE / name).read_bytes()[piece.first : piece.last] == b"passports"
    else:
        assert piece.part in {"word/document.xml", "content.xml"}
        assert piece.last - piece.first == 9


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [2, 3, 10])
def test_a_file_cut_short_says_so_and_does_not_raise(name: str, share: int) -> None:
    data = (HERE / name).read_bytes()
    _, findings = read(data[: len(data) * (share - 1) // share], name)
    assert any(one.problem for one in findings)
    assert all("passports" not in one.text for one in findings)


def test_a_page_saved_as_one_file_is_read_with_its_address() -> None:
    page = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://lantern.example/a\r\n"
        b"MIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--x"\r\n\r\n'
        b"----x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><h1>Men taken</h1><p>The brother of one of them told the Lantern Post=\r\n"
        b" that nine men had been taken from a brickworks near Osh =E2=80=94 in April.</p>"
        b"</body></html>\r\n----x--\r\n"
    )
    (report,), _ = read(page, "a.mhtml")
    assert report.url == "https://lantern.example/a"
    assert "Lantern Post that nine men" in report.text
    at = report.text.index("brickworks")
    (piece,) = report.map.pieces_of(Span(at, at + 10), report.text)
    assert piece.part == "part 1"
