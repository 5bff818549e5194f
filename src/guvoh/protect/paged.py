"""A PDF as the parts of a draft: pages, notes on them, properties, attached files."""

import ctypes
from collections.abc import Iterator
from contextlib import suppress

import pypdfium2
from pypdfium2 import PdfiumError, raw

MOST_PAGES = 5_000
_NOTED = (b"Contents", b"T")  # what a note says and who wrote it
_PACKET = (b"<?xpacket begin", b"<?xpacket end")

Piece = tuple[str, str]  # the name of a part and its text


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
        pieces = [("its properties", "\n".join(_properties(document, data)))]
        files = list(_attached(document, unchecked))
        number = len(document)
        if number > MOST_PAGES:
            unchecked.append(f"Of its {number} pages only {MOST_PAGES} were looked at.")
        without: list[int] = []
        for at in range(min(number, MOST_PAGES)):
            said, notes = _page(document, at)
            pieces += [(f"page {at + 1}", said), (f"notes on page {at + 1}", notes)]
            if not said.strip():
                without.append(at + 1)
        if without:
            some = ", ".join(map(str, without[:8])) + (" …" if len(without) > 8 else "")
            unchecked.append(f"Pages without a text layer could not be looked at: {some}.")
    finally:
        document.close()
    return [piece for piece in pieces if piece[1]], files, unchecked


def _properties(document: pypdfium2.PdfDocument, data: bytes) -> Iterator[str]:
    with suppress(PdfiumError, UnicodeDecodeError, ValueError):
        yield from (value for value in document.get_metadata_dict().values() if value)
    start = data.find(_PACKET[0])
    while start >= 0:
        end = data.find(_PACKET[1], start)
        if end < 0:
            return
        yield data[start:end].decode("utf-8", "replace")
        start = data.find(_PACKET[0], end)


def _attached(document: pypdfium2.PdfDocument, unchecked: list[str]) -> Iterator[tuple[str, bytes]]:
    try:
        for at in range(document.count_attachments()):
            one = document.get_attachment(at)
            yield one.get_name(), bytes(one.get_data())
    except (PdfiumError, UnicodeDecodeError, ValueError):
        unchecked.append("A file attached to it could not be looked at.")


def _page(document: pypdfium2.PdfDocument, at: int) -> tuple[str, str]:
    try:
        page = document[at]
    except PdfiumError:
        return "", ""
    try:
        text = page.get_textpage()
        try:
            said = text.get_text_bounded()
        finally:
            text.close()
        return said, "\n".join(_notes(page))
    except PdfiumError:
        return "", ""
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
