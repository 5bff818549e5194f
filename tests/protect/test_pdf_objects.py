"""Names in a PDF that stand on none of its pages."""

import zlib

import pytest

from guvoh.protect.draft import check
from guvoh.protect.identity import Identity
from guvoh.protect.pdf_objects import texts_of
from guvoh.protect.registry import Registry

REGISTRY = Registry([Identity("P-ANVR", ("Anvar Karimov",))])
SHOWN = b"BT /F1 12 Tf 72 700 Td (Nothing here) Tj ET"
PACKET = b'<?xpacket begin=""?><rdf:RDF xmlns:rdf="r"><c>Karimov</c></rdf:RDF><?xpacket end="w"?>'


def stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), said, data)


def paper(catalogue: bytes = b"", page: bytes = b"", shown: bytes = SHOWN, *more: bytes) -> bytes:
    """Return a PDF of one page; `more` objects have the numbers from 6."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>%s>>" % page,
        stream(shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    made = b"%PDF-1.7\n"
    for number, one in enumerate(objects, 1):
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n0\n%%%%EOF\n" % (len(objects) + 1)


LINK = b"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/karimov)>>>>"
RAW = b" BI /W 3 /H 1 /BPC 8 /CS /G ID %s EI "
PLACED = b"BT 72 700 Td (No) Tj /Span <</ActualText(Karimov)>> BDC (thing) Tj EMC ET"
FIELD = b"<</Subtype/Widget/FT/Tx/T(a)/V(Karimov)/Rect[0 0 9 9]>>"


@pytest.mark.parametrize(
    "data",
    [
        paper(
            b"/Outlines 6 0 R", b"", SHOWN, b"<</First 7 0 R>>", b"<</Title(Karimov)/Parent 6 0 R>>"
        ),
        paper(
            b"/Metadata 6 0 R", b"", SHOWN, stream(zlib.compress(PACKET), b"/Filter/FlateDecode")
        ),
        paper(b"/Metadata 6 0 R", b"", SHOWN, stream(PACKET)),
        paper(b"", b"/Annots[6 0 R]", SHOWN, LINK),
        paper(b"/AcroForm<</Fields[6 0 R]>>", b"/Annots[6 0 R]", SHOWN, FIELD),
        paper(b"/OCProperties<</OCGs[6 0 R]>>", b"", SHOWN, b"<</Type/OCG/Name(Karimov)>>"),
        paper(b"", b"", b"/Span <</ActualText(Karimov)>> BDC " + SHOWN + b" EMC"),
        paper(
            b"", b"", SHOWN, b"<</Type/StructElem/S/Figure/Alt<FEFF041A043004400438043C043E0432>>>"
        ),
        paper(b'/OpenAction<</S/JavaScript/JS(var a="Kari\\155ov")>>'),
        paper(b"", b"", SHOWN + b" BT /F1 12 Tf 1 0 0 1 5000 5000 Tm (Karimov) Tj ET"),
        paper(b"", b"", b"BT /F1 12 Tf 72 700 Td (Nothing) Tj 3 Tr (Karimov) Tj ET"),
        paper(b"", b"", SHOWN, b"<</Type/Filespec/F(n.txt)/Desc(Karimov)>>"),
        paper(b"", b"", SHOWN + RAW % b"\xd0(\x9c" + PLACED + RAW % b"\x9c)\xd0"),
    ],
    ids=[
        "outline",
        "packed XMP",
        "XMP",
        "link",
        "field",
        "layer",
        "text put in place",
        "description",
        "script",
        "off the page",
        "invisible",
        "attached file",
        "text put in place between pictures",
    ],
)
def test_a_name_is_found_off_the_pages(data: bytes) -> None:
    assert check("a.pdf", data, REGISTRY).leaks


def test_earlier_versions_are_named() -> None:
    twice = paper() + b"4 0 obj\n" + stream(SHOWN) + b"\nendobj\n%%EOF\n"
    assert any(
        "earlier versions" in sentence for sentence in check("a.pdf", twice, REGISTRY).unchecked
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"(" * 1_000_000,
        b"(a" * 500_000,
        b"(" * 300_000 + b")" * 300_000,
        b"stream\n" + b"BT " * 300_000,
        b"stream\n" + b"BT /Alt( " * 100_000 + b" Tj",
        b"stream\n" + SHOWN + b"/Alt(" * 200_000 + b")" * 200_000,
        b"/Differences [" * 200_000,
        b"<<stream\n" * 10_000,
        b"/Fl stream\n\x78\x9c",
    ],
)
def test_hostile_objects_take_no_time(data: bytes) -> None:
    assert isinstance("".join(texts_of(data)), str)


LEFT = b"BT /F1 12 Tf 72 700 Td [(Kari) -20 (mov)] TJ ET"
REMOVED = b"<</Type/Page/Parent 2 0 R/Contents 7 0 R>>"


@pytest.mark.parametrize(
    "data",
    [
        paper(b"", b"", SHOWN, REMOVED, stream(LEFT)),
        paper(b"", b"", SHOWN, stream(zlib.compress(LEFT), b"/Filter/FlateDecode")),
        paper(b"/Metadata 6 0 R", b"", SHOWN, stream(PACKET.hex().encode(), b"/Filter/ASCIIHexDecode")),
        paper() + b"We met Karimov",
        b"We met Karimov\n" + paper(),
        paper().replace(b"5 0 obj", b"Karimov was here\n5 0 obj"),
    ],
    ids=["removed page", "stream of nobody", "hexadecimal", "after its end", "before it begins", "between objects"],
)  # fmt: skip
def test_a_name_is_found_in_what_no_page_refers_to(data: bytes) -> None:
    assert check("a.pdf", data, REGISTRY).leaks


def test_streams_packed_otherwise_are_named() -> None:
    packed = paper(b"/Metadata 6 0 R", b"", SHOWN, stream(b"\x80\x0b\x60", b"/Filter/LZWDecode"))
    assert any("streams" in one for one in check("a.pdf", packed, REGISTRY).unchecked)


def font(names: bytes, more: bytes = b"") -> bytes:
    """Return a PDF whose letters from "a" on bear these names."""
    told = b"/Encoding<</Differences[97 %s]>>%s" % (names, more)
    shown = b"BT /F1 12 Tf 72 700 Td (abcdefg) Tj ET"
    return paper(b"", b"", shown).replace(b"/BaseFont/Helvetica", b"/BaseFont/X" + told)


def test_letters_that_a_font_numbers_in_its_own_way_are_read_or_named() -> None:
    assert check("a.pdf", font(b"/K/a/r/i/m/o/v"), REGISTRY).leaks
    blind = [
        font(b"/g1/g2/g3/g4/g5/g6/g7"),
        paper(b"", b"", SHOWN, b"<</Type/Font/Subtype/Type0/Encoding/Identity-H>>"),
    ]
    for data in blind:
        said = check("a.pdf", data, REGISTRY).unchecked
        assert any("fonts that do not say which they are" in one for one in said)
    assert check("a.pdf", font(b"/g1/g2", b"/ToUnicode 6 0 R"), REGISTRY).unchecked == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"(a(b(c)d)e)", ["a(b(c)d)e"]),
        (b"(a (b) (c(d))", ["b", "c(d)"]),
        (rb"(a\) b\\)", ["a) b\\"]),
        (b") (a)", ["a"]),
    ],
)
def test_strings_stand_in_brackets(data: bytes, said: list[str]) -> None:
    whole = b"%PDF-1.7\n" + data + b"\n%%EOF"
    assert [text for text in texts_of(whole) if text] == said
