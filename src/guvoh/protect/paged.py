"""A PDF as the parts of a draft: pages, what is beside them in its objects, attached files."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO

import pypdfium2
from pypdfium2 import PdfiumError, raw

from guvoh.protect.pdf_objects import texts_of

MOST_PAGES = 5_000
_NOTED = (b"Contents", b"T")  # what a note says and who wrote it
_PRIVATE = ("\ue000", "\uf8ff")  # letters that mean something in one font alone
_STRANGE = 50  # of so many letters one may mean nothing
_END = b"%%EOF"
_FAR = 1_000_000  # points; what lies outside a page's edges is in the file all the same

Piece = tuple[str, str, bool]  # the name of a part, its text, whether a person wrote that


def pdf_pieces(data: bytes) -> tuple[list[Piece], list[tuple[str, bytes]], list[str]]:
    """Return a PDF's texts by part, its attached files, and sentences on what cannot be looked at.

    Never raises. The text layer is all that is seen of a page.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError:
        return [], [], ["The PDF is damaged or asks for a password and could not be read."]
    unchecked: list[str] = []
    try:
        blind: set[str] = set()
        objects = "\n".join(dict.fromkeys(texts_of(_open(document, data), blind)))
        unchecked += sorted(blind)
        pieces = [
            ("its properties", "\n".join(_properties(document)), True),
            ("its objects", objects, False),
        ]
        files = list(_attached(document, unchecked))
        number = len(document)
        if number > MOST_PAGES:
            unchecked.append(f"Of its {number} pages only {MOST_PAGES} were looked at.")
        if data.count(_END) > 1 + (b"/Linearized" in data[:1024]):
            unchecked.append(
                "It holds earlier versions of itself, which could not be looked at: print it anew."
            )
        kinds: dict[str, list[int]] = {}
        for at in range(min(number, MOST_PAGES)):
            said, notes, pictured = _page(document, at)
            pieces += [(f"page {at + 1}", said, True), (f"notes on page {at + 1}", notes, True)]
            for kind in _blind(said, pictured=pictured):
                kinds.setdefault(kind, []).append(at + 1)
        unchecked += [f"{kind} could not be looked at: {_some(on)}." for kind, on in kinds.items()]
    finally:
        document.close()
    return [piece for piece in pieces if piece[1]], files, unchecked


def _properties(document: pypdfium2.PdfDocument) -> Iterator[str]:
    with suppress(PdfiumError, UnicodeDecodeError, ValueError):
        yield from (value for value in document.get_metadata_dict().values() if value)
        yield from (one.get_title() for one in document.get_toc())


def _open(document: pypdfium2.PdfDocument, data: bytes) -> bytes:
    """Return the bytes of a PDF that anyone may open without what encrypts them."""
    if b"/Encrypt" not in data:
        return data
    plain = BytesIO()
    document.save(plain, flags=raw.FPDF_REMOVE_SECURITY)
    return plain.getvalue()


def _blind(said: str, *, pictured: bool) -> Iterator[str]:
    """Yield what of a page cannot be looked at."""
    if not said.strip():
        yield "Pages without a text layer"
    elif pictured:
        yield "Pictures on pages"
    strange = sum(_PRIVATE[0] <= char <= _PRIVATE[1] or char in "\ufffd\ufffe" for char in said)
    if strange * _STRANGE > len(said):
        yield "Letters of fonts that do not say which they are, on pages"


def _some(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages[:8])) + (" …" if len(pages) > 8 else "")


def _attached(document: pypdfium2.PdfDocument, unchecked: list[str]) -> Iterator[tuple[str, bytes]]:
    try:
        for at in range(document.count_attachments()):
            one = document.get_attachment(at)
            yield one.get_name(), bytes(one.get_data())
    except (PdfiumError, UnicodeDecodeError, ValueError):
        unchecked.append("A file attached to it could not be looked at.")


def _page(document: pypdfium2.PdfDocument, at: int) -> tuple[str, str, bool]:
    """Return the text layer of a page, what lies outside its edges too, the notes on it, and whether it has pictures."""
    try:
        page = document[at]
    except PdfiumError:
        return "", "", False
    try:
        text = page.get_textpage()
        try:
            said = text.get_text_bounded(-_FAR, -_FAR, _FAR, _FAR)
        finally:
            text.close()
        pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
        return said, "\n".join(_notes(page)), any(True for _ in pictures)
    except PdfiumError:
        return "", "", False
    finally:
        page.close()


def _notes(page: pypdfium2.PdfPage) -> Iterator[str]:
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        try:
            for key in _NOTED:
                size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
                if size > 2:
                    buffer = (ctypes.c_ushort * (size // 2))()
                    raw.FPDFAnnot_GetStringValue(note, key, buffer, size)
                    yield bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
        finally:
            raw.FPDFPage_CloseAnnot(note)
