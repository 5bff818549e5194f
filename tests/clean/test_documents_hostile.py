"""Documents made to harm or to lie: each is read as far as it goes, or named in one sentence."""

import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import typst

from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.clean.source import Outcome

HERE = Path(__file__).parent
REAL = (
    *sorted((HERE / "documents").iterdir()),
    HERE.parent / "cases" / "formats" / "ferry.mhtml",
)


def _clean(data: bytes, file: str) -> Outcome:
    media_type = identify(data[:65_536], len(data), file)
    digest = sha256(data).hexdigest()
    return clean(digest, file, media_type, data, "2026-01-01T00:00:00Z")


def _zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def _docx(body: bytes) -> bytes:
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    return _zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": start + b"<w:body>" + body + b"</w:body></w:document>",
        }
    )


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_file_cut_anywhere_is_read_or_named(path: Path) -> None:
    data = path.read_bytes()
    for tenth in range(1, 10):
        cut = data[: len(data) * tenth // 10]
        reports, findings = _clean(cut, f"cut{path.suffix}")
        assert reports or findings
        assert all(one.text and one.file == f"cut{path.suffix}" for one in findings)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_file_with_spoilt_bytes_is_read_or_named(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(40, len(data), len(data) // 40):
        data[at] ^= 0xFF
    reports, findings = _clean(bytes(data), f"spoilt{path.suffix}")
    assert reports or findings


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("lie.pdf", b"%PDF-1.7\nthis is no PDF"),
        ("lie.rtf", b"{\\rtf1 }"),
        ("lie.docx", b"PK\x03\x04[Content_Types].xml word/document.xml"),
        ("lie.docx", _docx(b"")),
        ("lie.odt", _zipped({"mimetype": b"application/vnd.oasis.opendocument.text"})),
        (
            "lie.mhtml",
            b"MIME-Version: 1.0\r\nSnapshot-Content-Location: http://a.example/\r\n"
            b'Content-Type: multipart/related; boundary="x"\r\n\r\n--x--\r\n',
        ),
    ],
)
def test_a_lying_file_gets_one_sentence(file: str, data: bytes) -> None:
    reports, findings = _clean(data, file)
    assert reports == ()
    (finding,) = findings
    assert finding.problem
    assert finding.text.endswith(".")


def test_a_page_without_text_layer_is_named() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.new_page(200, 200)
    stream = BytesIO()
    document.save(stream)
    reports, findings = _clean(stream.getvalue(), "scan.pdf")
    assert reports == ()
    assert [one.kind for one in findings] == ["no-text-layer"]
    assert findings[0].text.startswith("Pages 1–2")


def test_pages_that_hold_their_numbers_alone_are_named() -> None:
    drawn = b"#set page(margin: 10pt)\n#place(bottom + center)[17]"
    reports, (finding,) = _clean(typst.compile(drawn), "a.pdf")
    assert (reports, finding.kind, finding.problem) == ((), "no-text", True)


def test_a_bomb_in_a_document_is_refused_by_its_size() -> None:
    bomb = _docx(b"<w:p><w:r><w:t>" + b" " * (65 << 20) + b"</w:t></w:r></w:p>")
    assert len(bomb) < 1 << 20
    reports, findings = _clean(bomb, "bomb.docx")
    assert reports == ()
    assert "unpacks to more than 64 MiB" in findings[0].text


def test_entities_and_deep_nesting_are_refused() -> None:
    deep = b"<w:p>" * 500 + b"<w:r><w:t>x</w:t></w:r>" + b"</w:p>" * 500
    assert "nests too deep" in _clean(_docx(deep), "deep.docx")[1][0].text
    laughs = b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    bomb = _zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": laughs})
    assert "declares entities" in _clean(bomb, "laughs.docx")[1][0].text
    nested = b"{\\rtf1 " + b"{" * 100_000
    assert "nests too deep" in _clean(nested, "deep.rtf")[1][0].text


def test_deleted_words_and_comments_are_no_part_of_the_report() -> None:
    body = (
        b"<w:p><w:r><w:t>The mayor of Port Calder spoke on Monday.</w:t></w:r>"
        b"<w:del><w:r><w:delText> He lied to all of us.</w:delText></w:r></w:del></w:p>"
    )
    (report,), _ = _clean(_docx(body), "draft.docx")
    assert "He lied" not in report.text
    assert [(one.text, one.reason) for one in report.debris] == [
        ("He lied to all of us.", "deleted in tracked changes")
    ]
