"""What the columns of a table hold, as a person has written it down; never guessed."""

import tomllib
from dataclasses import dataclass

from guvoh.clean.plain_words import flat

_WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Kind:
    """What the rows of a table are, and what their columns may hold.

    `needed` must be named; those of `several` may name several columns, which follow one another.
    """

    rows: str
    holds: tuple[str, ...]
    several: tuple[str, ...]
    needed: str
    example: str


REPORTS = Kind(
    "reports",
    ("text", "title", "publisher", "byline", "date", "url"),
    ("text",),
    "text",
    'text = "Body"',
)
PEOPLE = Kind(
    "people",
    ("name", "alias", "contact", "relative", _WITHHELD),
    ("name", "alias", "contact", "relative"),
    "name",
    'name = "Full name"',
)


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


def read_columns(written: str, kind: Kind = REPORTS) -> Columns:
    """Read a file of columns (TOML); raises ColumnsError.

    Of people, `withheld` is a table: what is kept back, and the column that holds it. It comes out
    as `withheld citizenship`, and so on.
    """
    try:
        data = tomllib.loads(written)
    except tomllib.TOMLDecodeError as problem:
        raise ColumnsError(f"It is not TOML ({problem}).") from None
    unknown = sorted(data.keys() - set(kind.holds))
    if unknown:
        raise ColumnsError(
            f"It says what “{unknown[0][:40]}” is, and {kind.rows} have none. Use {', '.join(kind.holds)}."
        )
    named: list[tuple[str, tuple[str, ...]]] = []
    for holds in (one for one in kind.holds if one in data):
        given = data[holds]
        if isinstance(given, dict):
            several = [(f"{holds} {what}", [column]) for what, column in given.items()]
        else:
            several = [(holds, given if isinstance(given, list) else [given])]
        for what, names in several:
            if (
                isinstance(given, dict) != (holds == _WITHHELD)
                or not names
                or not all(isinstance(name, str) and name.strip() for name in names)
            ):
                raise ColumnsError(f"{holds} must name a column, as in {kind.example}.")
            if len(names) > 1 and holds not in kind.several:
                raise ColumnsError(f"{holds} can name one column only.")
            named.append((what, tuple(folded(name) for name in names)))
    if kind.needed not in data:
        raise ColumnsError(
            f"It must say which column holds the {kind.needed}, as in {kind.example}."
        )
    return Columns(tuple(named))
