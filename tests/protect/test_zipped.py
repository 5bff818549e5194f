"""Names in the parts of a DOCX, XLSX, ODT or EPUB that are no text on a page."""

import io
import zipfile

import pytest

from guvoh.protect.draft import check
from guvoh.protect.identity import Identity
from guvoh.protect.registry import Registry
from guvoh.protect.zipped import zipped_pieces

REGISTRY = Registry([Identity("P-ANVR", ("Anvar Karimov",))])
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts: dict[str, str | bytes], comment: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": "<d/>",
            **parts,
        }.items():
            archive.writestr(name, content)
        archive.comment = comment
    return made.getvalue()


def within(body: str, begun: str = "") -> str:
    return f'{begun}<w:x xmlns:w="{WORD}"><w:p>{body}</w:p></w:x>'


SHEET = zipped({"xl/workbook.xml": '<w><definedName name="Karimov_range"/></w>'})
PARTS: list[tuple[str, str, str | bytes]] = [
    ("an entity", "word/a.xml", within("&k;", '<!DOCTYPE w [<!ENTITY k "Karimov">]>')),
    ("part of an entity", "word/a.xml", within("&k;mov", '<!DOCTYPE w [<!ENTITY k "Kari">]>')),
    ("who changed it", "word/a.xml", within('<w:ins w:author="Karimov"><w:t>x</w:t></w:ins>')),
    (
        "a property of one's own",
        "docProps/custom.xml",
        '<p><property name="by">Karimov</property></p>',
    ),
    ("a variable", "word/settings.xml", within('<w:docVar w:val="Karimov"/>')),
    (
        "where a link leads",
        "word/_rels/a.xml.rels",
        '<R><r Target="https://example.org/karimov"/></R>',
    ),
    ("the name of an element", "customXml/item1.xml", "<karimov/>"),
    ("the name of an attribute", "customXml/item1.xml", '<x karimov="1"/>'),
    ("a name space", "customXml/item1.xml", '<x xmlns="urn:karimov"/>'),
    ("a part's name", "customXml/karimov.xml", "<x/>"),
    ("a folder", "karimov/", ""),
    ("a drawing of old", "word/vmlDrawing1.vml", '<xml><v title="Karimov"/></xml>'),
    ("a damaged part", "word/a.xml", within("Karimov")[:-9]),
    ("an e-book's page", "a.xhtml", "<html><body>&nbsp;Karimov</body></html>"),
    ("an e-book's contents", "toc.ncx", "<p>Karimov</p>"),
    ("style sheets", "a.css", ".karimov{}"),
    ("a macro", "Basic/Standard/m.xba", "<m>Karimov</m>"),
    ("settings", "settings.xml", '<m><c name="PrinterName">karimov-pc</c></m>'),
    (
        "beside another text",
        "xl/comments1.xml",
        "<c><author>Karimov</author><author>x</author></c>",
    ),
    ("a sheet in it", "word/embeddings/a.xlsx", SHEET),
    (
        "letters by their numbers in a font",
        "word/a.xml",
        within("".join(f'<w:sym w:char="F0{one:02X}"/>' for one in b"Karimov")),
    ),
    (
        "how a word is read aloud",
        "xl/sharedStrings.xml",
        "<sst><si><t>x</t><rPh><t>Karimov</t></rPh></si></sst>",
    ),
    (
        "over runs",
        "word/a.xml",
        within("<w:r><w:t>Kari</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>mov</w:t></w:r>"),
    ),
]


@pytest.mark.parametrize(
    ("name", "content"), [row[1:] for row in PARTS], ids=[row[0] for row in PARTS]
)
def test_a_name_is_found_wherever_a_document_holds_it(name: str, content: str | bytes) -> None:
    assert check("a.docx", zipped({name: content}), REGISTRY).leaks


def test_the_remark_on_a_zip_is_read_and_what_follows_it_named() -> None:
    assert check("a.docx", zipped({}, b"Karimov"), REGISTRY).leaks
    (sentence,) = check("a.docx", zipped({}) + b"more", REGISTRY).unchecked
    assert "there is more" in sentence


def test_names_of_styles_are_nobodys() -> None:
    pieces, _, unchecked = zipped_pieces(
        zipped({"word/a.xml": within('<w:s w:style="Colourful"/>Text')})
    )
    written = [text for _, text, wrote in pieces if wrote]
    assert not unchecked
    assert any("Text" in text for text in written)
    assert not any("Colourful" in text for text in written)


def test_what_lies_between_the_parts_is_named() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.fp.write(b"We met Karimov there")  # type: ignore[union-attr]
        archive.start_dir += 20
        archive.writestr("word/document.xml", "<d/>")
    assert any("between" in one for one in check("a.docx", made.getvalue(), REGISTRY).unchecked)
    assert check("a.docx", zipped({}), REGISTRY).unchecked == ()
