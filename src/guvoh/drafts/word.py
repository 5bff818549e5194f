"""A draft in Word: body, tables and footnotes; remarks go in as real comments."""

import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from guvoh.clean.package import MOST_BYTES, PackageError, open_package, part
from guvoh.drafts.page import DraftError, Note, Page

_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), _FALLBACK}
_TEXT, _RUN, _PARAGRAPH = qn("w:t"), qn("w:r"), qn("w:p")
_REFERENCES = {qn("w:footnoteReference"): 0, qn("w:endnoteReference"): 1}
_AUTHOR, _INITIALS = "guvoh", "g"
# What python-docx and lxml raise for packages that are none.
_DAMAGE = (
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    OSError,
    zipfile.BadZipFile,
    etree.LxmlError,
)


class _Place(NamedTuple):
    """Where a character stands: a piece of a run and the offset in it; a note stands at its mark."""

    element: Any
    offset: int | None


def read(data: bytes) -> Page:
    """Return the text of a document; origins are numbers of its characters in order of reading."""
    return _laid_out(_opened(data), data)[0]


def _opened(data: bytes) -> Any:
    try:
        package = open_package(data)
        if sum(item.file_size for item in package.infolist()) > MOST_BYTES * 4:
            raise DraftError("It unpacks to more than any draft. Save it anew.")
        return Document(BytesIO(data))
    except PackageError as problem:
        raise DraftError(str(problem)) from problem
    except _DAMAGE as problem:
        raise DraftError("It is no Word document, or a damaged one. Save it anew.") from problem


def _laid_out(document: Any, data: bytes) -> tuple[Page, list[_Place]]:
    page, places = Page(), list[_Place]()
    notes = _notes(data)
    for paragraph in document.element.body.iter(_PARAGRAPH):
        if _left_out(paragraph):
            continue
        _add(
            page,
            places,
            [
                (char, _Place(t, at))
                for t, text in _texts(paragraph)
                for at, char in enumerate(text)
            ],
        )
        for run, kind, number in _references(paragraph):
            for text in notes.get((kind, number), ()):
                _add(page, places, [(char, _Place(run, None)) for char in text])
    return page, places


def _add(page: Page, places: list[_Place], chars: Sequence[tuple[str, _Place]]) -> None:
    first = len(places)
    places += [place for _, place in chars]
    page.add("".join(char for char, _ in chars), range(first, len(places)))


def _texts(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """Yield the pieces of a paragraph that are read, but for those of a text box in it."""
    for element in paragraph.iter(_TEXT, *_BREAKS):
        if next(element.iterancestors(_PARAGRAPH)) is not paragraph or _left_out(element):
            continue
        if element.getparent().tag == _RUN:
            text = element.text or "" if element.tag == _TEXT else _BREAKS[element.tag]
            yield element, text


def _left_out(element: Any) -> bool:
    return any(above.tag in _LEFT_OUT for above in element.iterancestors())


def _references(paragraph: Any) -> Iterator[tuple[Any, int, str]]:
    for element in paragraph.iter(*_REFERENCES):
        run = element.getparent()
        if run.tag == _RUN and not _left_out(element):
            yield run, _REFERENCES[element.tag], element.get(qn("w:id"), "")


def _notes(data: bytes) -> dict[tuple[int, str], list[str]]:
    """Return the paragraphs of each foot- or endnote by kind and id."""
    found: dict[tuple[int, str], list[str]] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    with open_package(data) as package:
        for kind, name in enumerate(_NOTES):
            try:
                content = part(package, name)
                root = etree.fromstring(content, parser) if content else None
            except (PackageError, etree.LxmlError):
                continue
            for note in root.iter(qn("w:footnote"), qn("w:endnote")) if root is not None else ():
                texts = ["".join(t for _, t in _texts(p)) for p in note.iter(_PARAGRAPH)]
                found[kind, note.get(qn("w:id"), "")] = texts
    return found


def write(data: bytes, page: Page, notes: Sequence[Note]) -> bytes:
    """Return the document with a comment at each stretch; the last come first, so that places hold."""
    document = _opened(data)
    if any(comment.author == _AUTHOR for comment in document.comments):
        raise DraftError("It has guvoh's comments already. Take the draft without them.")
    again, places = _laid_out(document, data)
    if again.text != page.text:
        raise DraftError("It reads otherwise than before. Run the command again.")
    anchored: list[tuple[Any, Any, Note]] = []
    for note in reversed(notes):
        start = places[page.origin[note.span.start]]
        end = places[page.origin[note.span.end - 1]]
        anchored.append((*_runs(start, end), note))
    for first, last, note in reversed(anchored):
        runs = [Run(first, document), Run(last, document)]
        comment = document.add_comment(
            runs, text=_safe(note.lines[0]), author=_AUTHOR, initials=_INITIALS
        )
        for line in note.lines[1:]:
            comment.add_paragraph(_safe(line))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _runs(start: _Place, end: _Place) -> tuple[Any, Any]:
    """Return the first and last run of a stretch, runs parted at its ends."""
    if start.offset is None or end.offset is None:
        mark = (start if start.offset is None else end).element
        return mark, mark
    one = start.element is end.element
    _part(end.element, end.offset + 1)
    moved = _part(start.element, start.offset)
    first = (moved if moved is not None else start.element).getparent()
    last = first if one else end.element.getparent()
    return first, last


def _part(element: Any, offset: int) -> Any | None:
    """Part a run before character `offset` of one of its pieces; return the piece that was moved out.

    What stands before stays where it is. None where the run begins there, so that nothing is parted.
    """
    run = element.getparent()
    text = (element.text or "") if element.tag == _TEXT else " "
    before = [one for one in element.itersiblings(preceding=True) if one.tag != qn("w:rPr")]
    if offset <= 0 and not before:
        return None
    if offset >= len(text) and element.getnext() is None:
        return None
    after = run.makeelement(run.tag, dict(run.attrib))
    look = run.find(qn("w:rPr"))
    if look is not None:
        after.append(deepcopy(look))
    following = list(element.itersiblings())
    moved = None
    if offset <= 0:
        following.insert(0, element)
        moved = element
    elif offset < len(text):
        moved = deepcopy(element)
        moved.text, element.text = text[offset:], text[:offset]
        for one in (moved, element):
            one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        following.insert(0, moved)
    for one in following:
        after.append(one)
    run.addnext(after)
    return moved if moved is not None else following[0]


def _safe(text: str) -> str:
    """Return text that XML can hold."""
    return "".join(
        char
        if char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff"
        else " "
        for char in text
    )
