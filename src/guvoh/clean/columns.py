"""What the columns of a table hold, as a person has written it down; never guessed."""

import tomllib
from dataclasses import dataclass

from guvoh.clean.plain_words import flat

# What a column may hold. `text` may name several, which follow one another.
HOLDS = ("text", "title", "publisher", "byline", "date", "url")
EXAMPLE = 'text = "Body"'


class ColumnsError(Exception):
    """A file of columns cannot be used; the message is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Columns:
    """For each thing that a report has, the names of the columns that hold it, folded."""

    named: tuple[tuple[str, tuple[str, ...]], ...]

    def places(self, header: tuple[str, ...]) -> dict[str, tuple[int, ...]] | None:
        """Return where the columns stand in a table's first row, None unless all are there."""
        heads = [folded(cell) for cell in header]
        try:
            return {
                holds: tuple(heads.index(name) for name in names) for holds, names in self.named
            }
        except ValueError:
            return None


def folded(name: str) -> str:
    """Return a column's name as it is compared: without case, blanks around it or doubled."""
    return " ".join(flat(name).split())


def read_columns(written: str) -> Columns:
    """Read a file of columns (TOML); raises ColumnsError."""
    try:
        data = tomllib.loads(written)
    except tomllib.TOMLDecodeError as problem:
        raise ColumnsError(f"It is not TOML ({problem}).") from None
    unknown = sorted(data.keys() - set(HOLDS))
    if unknown:
        raise ColumnsError(
            f"It says what “{unknown[0][:40]}” is, and reports have none. Use {', '.join(HOLDS)}."
        )
    named: list[tuple[str, tuple[str, ...]]] = []
    for holds in HOLDS:
        if holds not in data:
            continue
        names = data[holds] if isinstance(data[holds], list) else [data[holds]]
        if not names or not all(isinstance(name, str) and name.strip() for name in names):
            raise ColumnsError(f"{holds} must name a column, as in {EXAMPLE}.")
        if len(names) > 1 and holds != "text":
            raise ColumnsError(f"{holds} can name one column only.")
        named.append((holds, tuple(folded(name) for name in names)))
    if "text" not in data:
        raise ColumnsError(f"It must say which column holds the text, as in {EXAMPLE}.")
    return Columns(tuple(named))
