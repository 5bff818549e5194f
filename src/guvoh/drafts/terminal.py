"""The remarks on a draft as lines for a terminal."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from guvoh.drafts.page import Note
from guvoh.drafts.telling import MARK
from guvoh.words import shown, words

_BEGINNING = 60  # characters of a sentence by which it is found again
_WIDTH = 96


def summary(text: str, notes: Sequence[Note], language: str) -> Iterator[str]:
    """Yield each sentence with something to look at, by its paragraph, and a count."""
    say = words(language)
    doubtful = [note for note in notes if note.lines[0].startswith(MARK)]
    for note in doubtful:
        paragraph = text.count("\n\n", 0, note.span.start) + 1
        said = text[note.span.start : note.span.end]
        short = said if len(said) <= _BEGINNING else said[:_BEGINNING].rstrip() + "…"
        yield f"{paragraph}: {shown(short)}"
        for line in note.lines:
            if line.startswith(MARK):
                yield from wrap(
                    shown(line), _WIDTH, initial_indent="   ", subsequent_indent="     "
                )
    if doubtful:
        yield ""
    look = say("sentences were compared; to look at:")
    yield f"{len(notes)} {look} {len(doubtful)}"
    yield say("What is not marked may be wrong all the same: read it against its passages.")
