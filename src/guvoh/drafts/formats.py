"""The forms in which a draft comes, and in which it goes back."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from guvoh.clean.identify import identify
from guvoh.drafts import markdown, web, word
from guvoh.drafts.page import DraftError, Note, Page


class Format(NamedTuple):
    """How a form of draft is read, and written with notes; both raise DraftError."""

    read: Callable[[bytes], Page]
    write: Callable[[bytes, Page, Sequence[Note]], bytes]


FORMATS: dict[str, Format] = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format(
        word.read, word.write
    ),
    "text/html": Format(web.read, web.write),
    "application/xhtml+xml": Format(web.read, web.write),
    "text/markdown": Format(markdown.read, markdown.write),
    "text/plain": Format(markdown.read, markdown.write),
}


def format_of(file: str, data: bytes) -> Format:
    """Return the form of a draft by its bytes and name; raises DraftError for one that is not read."""
    media_type = identify(data[:65_536], len(data), file)
    if media_type not in FORMATS:
        raise DraftError(f"{media_type} is no form of draft that can be marked. Save it as DOCX.")
    return FORMATS[media_type]
