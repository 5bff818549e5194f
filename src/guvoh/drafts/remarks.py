"""What is noticed about a sentence of a draft, before it is put into words."""

from dataclasses import dataclass
from enum import StrEnum

from guvoh.drafts.ground import Passage
from guvoh.model.event import Event
from guvoh.model.text import Span


class Kind(StrEnum):
    """What may be wrong with a sentence."""

    UNSUPPORTED = "unsupported"
    TIME = "time-differs"
    NUMBER = "number-differs"
    PLACE = "place-differs"
    PERSON = "person-differs"
    DETAIL = "detail-differs"
    COPIES = "only-in-copies"
    QUOTATION = "quotation-differs"
    SPEAKER = "other-speaker"
    WITNESS = "not-witnessed"
    HEDGE = "hedge-dropped"
    NEGATION = "negation"
    AHEAD = "not-yet"
    OUTLETS = "outlets-counted"
    DENIAL = "denial-left-out"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that may be wrong, at a stretch of the draft.

    `shown` are stretches of reports (report id, span) whose words say what the case has instead;
    `passages` what it rests on. Neither holds a word of a report itself. `unmasks` where a name is given
    as the real one of somebody who goes by another.
    """

    kind: Kind
    span: Span
    shown: tuple[tuple[str, Span], ...] = ()
    passages: tuple[Passage, ...] = ()
    event: Event | None = None
    reports: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    unmasks: bool = False
