"""A saying: a stretch of content, and who is said to have said it."""

from dataclasses import dataclass

from guvoh.model.claim import ClaimKind
from guvoh.reading.clauses import Phrase
from guvoh.reading.layout import Range


@dataclass(frozen=True, slots=True)
class Saying:
    """Content and who is said to have said it; `parent` is the index of the saying it stands in.

    `relayed` marks what an interpreter says, in whose words the speaker is "he" or "she".
    `frame` is None for narration and for a quotation that nobody is named for; such a one has
    `carried`, the index of the saying whose speaker goes on. `source` and the rest are token ranges.
    """

    pieces: tuple[Range, ...]
    kind: ClaimKind
    unit: int
    parent: int | None = None
    stance: str = "asserted"
    cue: Range | None = None
    cue_class: str = ""
    source: Phrase | None = None
    outer: Phrase | None = None
    addressee: Phrase | None = None
    unnamed: bool = False
    negated: bool = False
    carried: int | None = None
    turn: int | None = None
    relayed: bool = False
    dangling: bool = False
    noun_content: bool = False


@dataclass(frozen=True, slots=True)
class Sayings:
    """The sayings of a text, and the cues at which the encoder was followed.

    `added` are those of which rules made nothing, `dropped` those that only rules took for cues,
    `bounded` those whose content ends elsewhere.
    """

    found: list[Saying]
    added: tuple[Range, ...] = ()
    dropped: tuple[Range, ...] = ()
    bounded: tuple[Range, ...] = ()
