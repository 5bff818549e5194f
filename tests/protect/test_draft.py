"""Drafts as people have them: each hides a protected name in one of its parts."""

import io
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
import typst

from guvoh import cli
from guvoh.protect.draft import OVERLAP, check
from guvoh.protect.identity import Identity
from guvoh.protect.registry import Registry

REGISTRY = Registry([Identity("P-ANVR", ("Anvar Karimov",))])
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str = "", **others: str) -> bytes:
    """Return a DOCX with this body; `others` are further parts, "_" standing for "/" and "." in names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{types}"/>')
        main = f'<w:document xmlns:w="{WORD}"><w:body><w:p>{body}</w:p></w:body></w:document>'
        archive.writestr("word/document.xml", main)
        for name, content in others.items():
            archive.writestr(name, content)
    return made.getvalue()


def note(text: str) -> str:
    return f'<w:x xmlns:w="{WORD}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:x>'


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("a.txt", b"We met Karimov there."),
        ("a.txt", "We met Каримова there.".encode("cp1251")),
        ("a.txt", "We met Karimov there.".encode("utf-16")),
        ("interview-karimov.txt", b"Nothing here."),
        ("a.html", b"<p>We met Kari<b>mov</b> there.</p>"),
        (
            "a.html",
            b"<html><body><p>We met <img src='x.png' alt='Karimov at home'></p></body></html>",
        ),
        ("a.html", b"<html><head><meta name='author' content='Anvar Karimov'></head></html>"),
        ("a.html", b"<html><body><!-- Karimov --><p>Nothing</p></body></html>"),
        ("a.docx", document("<w:r><w:t>Kari</w:t></w:r><w:r><w:t>mov</w:t></w:r>")),
        ("a.docx", document("<w:del><w:r><w:delText>Karimov</w:delText></w:r></w:del>")),
        ("a.docx", document(**{"word/comments.xml": note("Karimov")})),
        ("a.docx", document(**{"word/footnotes.xml": note("Karimov")})),
        ("a.docx", document(**{"word/header1.xml": note("Karimov")})),
        ("a.docx", document(**{"docProps/core.xml": "<c><creator>A. Karimov</creator></c>"})),
        ("a.docx", document(**{"word/document2.xml": "<c><d author='Anvar Karimov'/></c>"})),
        ("a.docx", document(**{"word/media/karimov.png": "x"})),
    ],
)
def test_a_name_is_found_in_every_part(file: str, data: bytes) -> None:
    found = check(file, data, REGISTRY)
    assert found.leaks
    assert all(leak.codes == ("P-ANVR",) for _, leak in found.leaks)


def test_places_are_lines_and_characters() -> None:
    ((place, _),) = check("a.txt", b"One.\nTwo Karimov.\n", REGISTRY).leaks
    assert (place.part, place.line, place.first, place.last) == ("the text", 2, 5, 11)


def test_what_cannot_be_looked_at_is_named() -> None:
    assert check("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, REGISTRY).unchecked
    assert check("a.docx", document(**{"word/media/1.gif": "GIF89a"}), REGISTRY).unchecked
    assert check("a.docx", document("x" * 900)[:-40], REGISTRY).unchecked
    assert check("a.txt", b"", REGISTRY) == check("b.txt", b"", REGISTRY)


def test_a_name_on_the_edge_of_two_pieces_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guvoh.protect.draft.PIECE", 5_000)
    for shift in (0, OVERLAP // 2, OVERLAP):
        text = "x " * ((5_000 - shift) // 2 - 3) + "Karimov" + " y" * 500
        assert check("a.txt", text.encode(), REGISTRY).leaks, shift


def test_the_command_says_where_and_repeats_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("On 3 May Mr Odil Safarov left Naryn.", encoding="utf-8")
    assert cli.main(["check", str(draft)]) == 0
    out = capsys.readouterr().out
    assert "“name”" in out
    assert "Safarov" not in out
    assert cli.main(["check", str(tmp_path / "missing.txt")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def paged(text: str = "Nothing.", author: str = "") -> bytes:
    """Return a PDF as typst sets it."""
    source = f'#set document(author: "{author}")\n{text}'.encode()
    made = typst.compile(source)
    assert isinstance(made, bytes)
    return made


def mailed(subject: str, body: str, file: tuple[str, bytes] | None = None) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.org", "b@example.org", subject
    made["Date"] = "Fri, 02 May 2031 08:00:00 +0200"
    made.set_content(body, cte="base64")
    if file is not None:
        made.add_attachment(
            file[1], maintype="application", subtype="octet-stream", filename=file[0]
        )
    return bytes(made)


RICH = rb"{\rtf1\ansi {\info{\author Anvar Karimov}} Nothing here.}"
RICH_TEXT = rb"{\rtf1\ansi\uc1 We met \u1050?\u1072?\u1088?\u1080?\u1084?\u1086?\u1074? there.}"
SAVED = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nSubject: x\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<p>We met =4Barimov there.</p>\r\n--b--\r\n"
)

LETTER = (
    b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    b"--b\nContent-Type: text/plain\n\nx\n--b--\n"
)
KOI8 = "Каримов".encode("koi8-r")


@pytest.mark.parametrize(
    ("file", "data", "part"),
    [
        ("a.pdf", paged("We met Karimov there."), "page 1"),
        ("a.pdf", paged(author="Anvar Karimov"), "its properties"),
        ("a.pdf", paged("x #pagebreak() Ka#h(0pt)rimov"), "page 2"),
        ("a.rtf", RICH, "its source"),
        ("a.rtf", RICH_TEXT, "the text"),
        ("a.mhtml", SAVED, "part 1: the text"),
        ("a.eml", mailed("About Karimov", "Nothing."), "the headers"),
        ("a.eml", mailed("Nothing", "We met Каримова there."), "part 1: the text"),
        ("a.eml", mailed("x", "x", ("n.txt", b"We met Karimov.")), "n.txt: the text"),
        ("a.eml", LETTER.replace(b"--b", b"Karimov\n--b", 1), "what stands between its parts"),
        ("a.eml", LETTER + b"Karimov\n", "what stands between its parts"),
        ("a.eml", b"X-By: " + KOI8 + b"\n" + LETTER, "lines of another encoding"),
        ("a.txt", ("Мы ехали. " * 20).encode() + b"\n" + KOI8, "lines of another encoding"),
        ("a.eml", mailed("x", "x", ("karimov.bin", b"\0\1")), "karimov.bin (its name)"),
        (
            "a.eml",
            mailed("x", "x", ("n.docx", document("<w:r><w:t>Karimov</w:t></w:r>"))),
            "n.docx: word/document.xml",
        ),
    ],
)
def test_a_name_is_found_in_papers_and_mail(file: str, data: bytes, part: str) -> None:
    found = check(file, data, REGISTRY)
    assert part in {place.part for place, _ in found.leaks}


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.7\n1 0 obj", "damaged or asks for a password"),
        ("a.pdf", paged("#pagebreak()"), "without a text layer"),
        ("a.eml", mailed("x", "x", ("a.png", b"\x89PNG\r\n\x1a\n")), "a.png: It is damaged"),
    ],
)
def test_what_cannot_be_looked_at_is_said(file: str, data: bytes, said: str) -> None:
    found = check(file, data, REGISTRY)
    assert any(said in sentence for sentence in found.unchecked)


def test_a_part_too_long_is_looked_at_as_far_as_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guvoh.protect.draft.LOOKED", 1_000)
    found = check("a.txt", b" " * 1_001 + b"Karimov", REGISTRY)
    assert found.leaks == ()
    assert any("only the first 1,000" in sentence for sentence in found.unchecked)


def test_of_many_long_parts_those_beyond_the_limit_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("guvoh.protect.draft.IN_ALL", 2_000)
    others = {f"word/footer{at}.xml": note("Karimov " * 60) for at in range(9)}
    found = check("a.docx", document(**others), REGISTRY)
    assert any("these parts were not looked at" in sentence for sentence in found.unchecked)
    assert found.leaks


def test_a_long_part_is_read_as_far_as_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guvoh.protect.zipped.MARKED", 4 << 20)
    said = "<w:r><w:t>Kari</w:t></w:r><w:r><w:t>mov</w:t></w:r></w:p><w:p>" + "<w:r/>" * (1 << 20)
    found = check("a.docx", document(said), REGISTRY)
    assert [place.part for place, _ in found.leaks] == ["word/document.xml"]
    assert any("only the first 4 MiB" in sentence for sentence in found.unchecked)


def test_documents_in_a_zip_unpack_to_no_more_than_one_would(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("guvoh.protect.draft.UNPACKED", 3_000)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for at in range(3):
            archive.writestr(f"{at}.docx", document("x" * 600))
    found = check("all.zip", whole.getvalue(), REGISTRY)
    assert any("unpacks to more" in sentence for sentence in found.unchecked)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core files")
def test_no_command_leaves_a_core_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import resource

    draft = tmp_path / "draft.txt"
    draft.write_text("We met Karimov.", encoding="utf-8")
    assert cli.main(["check", str(draft)]) == 0
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
