"""Drafts as people have them: each hides a protected name in one of its parts."""

import io
import zipfile
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.protect.draft import OVERLAP, PIECE, check
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
    assert check("a.docx", document(**{"word/media/1.png": "x"}), REGISTRY).unchecked
    assert check("a.docx", document("x" * 900)[:-40], REGISTRY).unchecked
    assert check("a.txt", b"", REGISTRY) == check("b.txt", b"", REGISTRY)


def test_a_name_on_the_edge_of_two_pieces_is_found() -> None:
    for shift in (0, OVERLAP // 2, OVERLAP):
        text = "x " * ((PIECE - shift) // 2 - 3) + "Karimov" + " y" * 500
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
