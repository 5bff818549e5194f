"""A PDF to a report: its text layer in reading order, each line with its page and box."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pypdfium2
from pypdfium2 import PdfiumError

from guvoh.clean.pdf_headline import headline_in
from guvoh.clean.pdf_initials import with_initials
from guvoh.clean.pdf_lines import HYPHENS, Segment, segments_of
from guvoh.clean.pdf_margins import Margins, Page, margins_of
from guvoh.clean.pdf_order import Paragraph, goes_on, paragraphs_of
from guvoh.clean.rendering import Origin, Rendering, noted, titled
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.model.text import Box

NO_TEXT_LAYER = "no-text-layer"
MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
# PDFium's codes for a file that asks for a password and for one that it cannot read at all.
_PASSWORD = 4
_HYPHENED = f"{HYPHENS}-"  # what a line that is hyphened ends with
_NO_LETTER = re.compile("[\ufffd\ue000-\uf8ff]")


@dataclass(slots=True)
class _Pages:
    """What was drawn out of a PDF: pages with text, and the numbers of those without or broken."""

    pages: list[Page] = field(default_factory=list)
    without: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    left: int = 0  # pages beyond a limit


def read_pdf(source: Source) -> Outcome:
    """Read a PDF's text layer; never raises, and a page without one is a finding."""
    try:
        document = pypdfium2.PdfDocument(source.data)
    except PdfiumError as problem:
        return (), (_unopened(source, problem),)
    try:
        pages = _drawn(document)
        title = _property(document, "Title")
        attached = _attached(document)
    finally:
        document.close()
    findings = _findings(source, pages, attached)
    rendering = Rendering()
    margins = margins_of(pages.pages)
    _lay_out(rendering, pages.pages, margins, title)
    if rendering.is_empty:
        if not any(one.problem for one in findings):
            text = (
                "It holds nothing but page numbers or what stands in margins, so nothing was read."
            )
            findings.append(noted(source, "no-text", text))
        return (), tuple(findings)
    reports, more = titled(rendering.read(source), title)
    reports = tuple(replace(one, url=one.url or margins.address) for one in reports)
    return reports, (*findings, *more)


def _unopened(source: Source, problem: PdfiumError) -> Finding:
    if getattr(problem, "err_code", None) == _PASSWORD:
        text = "It is encrypted and asks for a password. Save it without one and build again."
        return noted(source, "encrypted", text)
    text = "It is damaged beyond what can be opened. Its bytes are kept, nothing was read."
    return noted(source, "damaged-file", text)


def _drawn(document: pypdfium2.PdfDocument) -> _Pages:
    found = _Pages()
    characters = 0
    count = len(document)
    for number in range(1, count + 1):
        if number > MOST_PAGES or characters > MOST_CHARACTERS:
            found.left = count - number + 1
            break
        try:
            page = document[number - 1]
            textpage = page.get_textpage()
        except PdfiumError:
            found.broken.append(number)
            continue
        segments = with_initials(segments_of(textpage))
        if segments:
            found.pages.append(Page(number, page.get_height(), segments))
            characters += sum(len(one.text) for one in segments)
        else:
            found.without.append(number)
        textpage.close()
        page.close()
    return found


def _property(document: pypdfium2.PdfDocument, key: str) -> str | None:
    try:
        return document.get_metadata_value(key) or None
    except (PdfiumError, UnicodeDecodeError, ValueError):
        return None


def _attached(document: pypdfium2.PdfDocument) -> int:
    try:
        return int(document.count_attachments())
    except PdfiumError:
        return 0


def _findings(source: Source, pages: _Pages, attached: int) -> list[Finding]:
    found: list[Finding] = []
    if pages.without:
        which = _listed(pages.without)
        text = f"{which} without a text layer: images of text, or empty. They are read with --ocr alone."
        found.append(noted(source, NO_TEXT_LAYER, text))
    if pages.broken:
        found.append(noted(source, "damaged-pages", f"{_listed(pages.broken)} could not be read."))
    if pages.left:
        text = f"Its last {pages.left:,} pages lie beyond what is read of one file; split it."
        found.append(noted(source, "too-much", text))
    if attached:
        text = f"{attached:,} files are attached inside and were not opened; save and add them."
        found.append(noted(source, "attachments-left", text))
    if not (pages.pages or pages.without or pages.broken or pages.left):
        found.append(noted(source, "no-text", "It has no pages, so nothing was read."))
    elif _is_garbled(pages.pages):
        text = (
            "Much of its text layer is not letters: its fonts do not say what they draw. Compare "
            "with the page, or make it searchable anew."
        )
        found.append(noted(source, "garbled-text", text))
    return found


def _listed(numbers: Sequence[int]) -> str:
    """Return "Page 3" or "Pages 1–4, 7" and how many more."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in runs[:6])
    more = " and others" if len(runs) > 6 else ""
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {named}{more}"


def _is_garbled(pages: Sequence[Page]) -> bool:
    texts = ["".join(one.text for one in page.segments) for page in pages]
    odd = sum(len(_NO_LETTER.findall(text)) for text in texts)
    return odd * 10 > sum(map(len, texts)) > 0


def _lay_out(
    rendering: Rendering, pages: Sequence[Page], margins: Margins, title: str | None
) -> None:
    laid: list[tuple[Paragraph, list[int]]] = []  # rows, and the page of each
    for page in pages:
        body: list[Segment] = []
        for one in page.segments:
            reason = margins.apart.get((page.number, one.first))
            if reason is None:
                body.append(one)
            else:
                rendering.aside(one.text, reason, _origin(page.number, one))
        for at, paragraph in enumerate(paragraphs_of(body)):
            if at == 0 and laid and goes_on(laid[-1][0], paragraph):
                laid[-1][0].extend(paragraph)
                laid[-1][1].extend([page.number] * len(paragraph))
            else:
                laid.append((list(paragraph), [page.number] * len(paragraph)))
    words: Counter[str] = Counter()
    for page in pages:
        words.update(" ".join(one.text for one in page.segments).split())
    begin = headline_in([paragraph for paragraph, _ in laid], title)
    for paragraph, numbers in laid[:begin]:
        for row, number in zip(paragraph, numbers, strict=True):
            for one in row.cells:
                rendering.aside(one.text, "menu above the headline", _origin(number, one))
    for paragraph, numbers in laid[begin:]:
        _say(rendering, paragraph, numbers, words)
        rendering.end_paragraph()


def _say(
    rendering: Rendering, paragraph: Paragraph, numbers: Sequence[int], words: Counter[str]
) -> None:
    for at, (row, number) in enumerate(zip(paragraph, numbers, strict=True)):
        *cells, end = row.cells
        for one in cells:
            rendering.say(one.text, _origin(number, one))
            rendering.cell()
        text, cut = end.text, 0
        hyphened = at + 1 < len(paragraph) and _ends_in_hyphen(text)
        if hyphened:
            cut = _hyphen_cut(text, paragraph[at + 1].cells[0].text, words)
            text = text[:-1] + ("" if cut else "-")
        rendering.say(text, _origin(number, end, cut))
        if not hyphened and at + 1 < len(paragraph):
            rendering.blank()


def _ends_in_hyphen(line: str) -> bool:
    """Say whether a word goes on after this line; a dash that stands alone is no hyphen."""
    return line[-1] in _HYPHENED and not line[-2:-1].isspace() and len(line) > 1


def _hyphen_cut(line: str, following: str, words: Counter[str]) -> int:
    """Return 1 where the hyphen that ends a line only parts a word, 0 where it belongs to it.

    Each is looked for elsewhere in the document: "well-known" is written so on other lines too.
    """
    head, tail = line.rsplit(maxsplit=1)[-1][:-1], following.split(maxsplit=1)[0]
    if not head or not head[-1].isalpha() or not tail[0].islower():
        return 0
    bare = tail.rstrip(".,;:!?…)»”\"'")
    whole, hyphened = words[head + bare], words[f"{head}-{bare}"]
    return 0 if hyphened > whole else 1


def _origin(number: int, one: Segment, cut: int = 0) -> Origin:
    _, first, last, left, bottom, right, top, _ = one
    box = Box(round(left * 100), round(bottom * 100), round(right * 100), round(top * 100))
    return Origin(f"page {number}", first, last - cut, box)
