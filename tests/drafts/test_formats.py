"""Each form of draft comes back as it was, with what was noticed beside its sentences."""

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from guvoh.drafts import markdown, web, word
from guvoh.drafts.formats import format_of
from guvoh.drafts.page import DraftError, Note
from guvoh.model.text import Span

FIRST, SECOND = "The first thing happened.", "The second thing happened twice."


def notes_at(text: str, *sentences: str) -> list[Note]:
    return [
        Note(Span(text.index(s), text.index(s) + len(s)), (f"of {s[4:9]}", "more"))
        for s in sentences
    ]


def document(tmp_path: Path) -> bytes:
    """Return a document with parted runs, a link, a table, a comment, a deletion and a footnote."""
    made = docx.Document()
    paragraph = made.add_paragraph("The fir")
    paragraph.add_run("st thing").bold = True
    paragraph.add_run(" happened. The second")
    paragraph.add_run(" thing happened twice. Cut")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = " NEVER READ"
    run.append(text)
    deleted.append(run)
    inside: Any = paragraph._p
    inside.append(deleted)
    made.add_comment(paragraph.runs[1], text="an older comment", author="Editor")
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "A cell that says something."
    table.cell(0, 1).text = "Another cell."
    reference = OxmlElement("w:r")
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), "7")
    reference.append(mark)
    inside.append(reference)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    content = (
        f'<w:footnotes {space}><w:footnote w:id="7"><w:p><w:r><w:t>A note that says more.'
        "</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    notes = Part(
        PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, content.encode(), made.part.package
    )
    made.part.relate_to(notes, RT.FOOTNOTES)
    path = tmp_path / "draft.docx"
    made.save(str(path))
    return path.read_bytes()


def test_a_document_keeps_its_words_and_gets_comments(tmp_path: Path) -> None:
    data = document(tmp_path)
    page = word.read(data)
    assert "NEVER READ" not in page.text
    assert page.text.count("\n\n") == 3
    wanted = (FIRST, SECOND, "A cell that says something.", "A note that says more.")
    notes = sorted(notes_at(page.text, *wanted))
    made = word.write(data, page, notes)
    assert word.read(made).text == page.text
    again = docx.Document(io.BytesIO(made))
    assert [c.author for c in again.comments] == ["Editor", *["guvoh"] * 4]
    assert {c.text for c in again.comments if c.author == "guvoh"} == {
        "\n".join(n.lines) for n in notes
    }
    marked = commented(again)
    assert set(marked.values()) >= {FIRST, SECOND, "A cell that says something."}
    with pytest.raises(DraftError, match="already"):
        word.write(made, word.read(made), notes)


def commented(document: "docx.document.Document") -> dict[str, str]:
    """Return the words that each of guvoh's comments spans."""
    found: dict[str, str] = {}
    opened: set[str] = set()
    own = {str(c.comment_id) for c in document.comments if c.author == "guvoh"}
    for element in document.element.body.iter():
        key = element.get(qn("w:id"), "")
        if element.tag == qn("w:commentRangeStart") and key in own:
            opened.add(key)
            found[key] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            opened.discard(key)
        elif element.tag == qn("w:t"):
            for one in opened:
                found[one] += element.text or ""
    return found


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_document_gets_one_sentence(data: bytes) -> None:
    with pytest.raises(DraftError) as raised:
        word.read(data)
    assert str(raised.value).endswith(".")


def test_a_form_that_cannot_be_marked_says_so() -> None:
    with pytest.raises(DraftError, match="Save it as DOCX"):
        format_of("draft.pdf", b"%PDF-1.7\n1 0 obj\n")


MARKDOWN = f"""---
title: not read
---
# A heading

*{FIRST[:9]}* {FIRST[10:]} [The second](https://example.org/a_b) thing happened twice.[^1]

- an item that says something
- another

| head | head |
|---|---|
| a cell that says something | other |

```
code is not read
```

> A quotation
> over two lines.

[^1]: A note that says more.
"""


def test_markdown_keeps_its_source_and_gets_footnotes() -> None:
    page = markdown.read(MARKDOWN.encode())
    paragraphs = page.text.split("\n\n")
    assert paragraphs[:2] == ["A heading", f"{FIRST} {SECOND}"]
    assert {"an item that says something", "a cell that says something", "other"} <= set(paragraphs)
    assert {"A quotation over two lines.", "A note that says more."} <= set(paragraphs)
    assert "not read" not in page.text
    made = markdown.write(MARKDOWN.encode(), page, notes_at(page.text, FIRST, SECOND)).decode()
    assert "happened.[^guvoh-1] [The second]" in made
    assert "twice.[^guvoh-2][^1]" in made
    assert "[^guvoh-2]: of secon" in made
    assert re.sub(r"\[\^guvoh-\d\](?!:)", "", made).startswith(MARKDOWN.rstrip())


HTML = f"""<!doctype html><html><head><title>not read</title><style>p{{}}</style></head><body>
<p>{FIRST.replace("thing", "<b>th&#105;ng</b>")} {SECOND}<script>not("read")</script></p>
<table><tr><td>A cell that says something.</td><td>other</td></tr></table></body></html>
"""


def test_html_keeps_its_source_and_gets_numbers() -> None:
    page = web.read(HTML.encode())
    assert page.text.split("\n\n") == [f"{FIRST} {SECOND}", "A cell that says something.", "other"]
    made = web.write(HTML.encode(), page, notes_at(page.text, FIRST, SECOND)).decode()
    assert 'happened.<sup id="guvoh-at-1">' in made
    without = re.sub(
        r'<sup id="guvoh-at.*?</sup>|<section id="guvoh-notes">.*?</section>\n',
        "",
        made,
        flags=re.DOTALL,
    )
    assert without == HTML


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(text: str) -> None:
    for form in (markdown, web):
        page = form.read(text.encode("utf-8", "replace"))
        assert len(page.text) == len(page.origin)
        assert page.origin == sorted(page.origin)
        if page.text:
            form.write(
                text.encode("utf-8", "replace"), page, [Note(Span(0, len(page.text)), ("x",))]
            )
