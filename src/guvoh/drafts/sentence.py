"""One sentence of a draft, with all that is compared of it."""

import re
from dataclasses import dataclass, field

from guvoh.drafts.ground import Passage
from guvoh.lineage.wording import Cue
from guvoh.model.claim import Claim
from guvoh.model.event import Event
from guvoh.model.report import Report
from guvoh.model.text import Span

_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 3  # words
_HEADING = 8  # words of a paragraph that may be a heading
_ENDS = '.!?…:;"”»'
_CLOSING = ' \n*_»”"’)'


@dataclass(slots=True)
class Sentence:
    """One sentence of a draft.

    `passages` speak of the same, the nearest first; `beside` are the reports of which the paragraph
    speaks, or else the one before it. `event` is that of most of them. `names` are the people it
    names, `outlets` the publishers; `held` where it goes on about what the one before told, and so speaks of the same reports.
    """

    span: Span
    paragraph: int
    draft: Report
    claims: list[Claim]
    names: tuple[str, ...]
    outlets: tuple[str, ...]
    cues: frozenset[Cue]
    passages: list[Passage] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    event: Event | None = None
    held: bool = False

    @property
    def text(self) -> str:
        """Return its words."""
        return self.draft.text[self.span.start : self.span.end]

    @property
    def says(self) -> bool:
        """Tell whether it says something; a question, a date over a draft or a heading of one word does not."""
        asks = self.text.rstrip(_CLOSING).endswith("?") and not any(c.chain for c in self.claims)
        if asks or len(_WORD.findall(self.text)) < _FEWEST:
            return False
        told = any(c.acts or c.chain or c.quantities for c in self.claims)
        return told or not (self.heads and any(char.isdigit() for char in self.text))

    @property
    def heads(self) -> bool:
        """Tell whether it is a short paragraph that no full stop ends."""
        text, end = self.draft.text, self.span.end
        alone = not text[: self.span.start].strip(" ")[-1:].strip() and not text[end:][:1].strip()
        short = len(self.text.split()) <= _HEADING
        return alone and short and self.text.strip()[-1:] not in _ENDS

    @property
    def speaking(self) -> list[Passage]:
        """Return the passages that share enough to speak of the same."""
        return [one for one in self.passages if one.speaks]

    @property
    def nearest(self) -> list[Passage]:
        """Return those of originals, else of copies, that share about as much as the first of them.

        Those in the draft's own language, where there are any: a reader can check them.
        """
        among = self.original or self.speaking
        same = [one for one in among if not one.across]
        if not same or same[0].share * 4 < among[0].share * 3:
            same = among
        return [p for p in same if p.share * 5 >= same[0].share * 4]

    @property
    def weighty(self) -> list[Passage]:
        """Return the nearest, and those of copies that share about as much as the first of all."""
        most = self.speaking[0].share if self.speaking else 0
        kept = self.nearest
        return kept + [
            p for p in self.speaking if p not in kept and p.derived and p.share * 5 >= most * 4
        ]

    @property
    def original(self) -> list[Passage]:
        """Return those of them that are no copies."""
        return [one for one in self.speaking if not one.derived]
