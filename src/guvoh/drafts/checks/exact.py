"""Numbers that a draft has exactly, and its reports only about: forty-five for "about forty-five"."""

from collections.abc import Iterator

from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.counting import same_count
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.model.claim import Quantity
from guvoh.model.text import Span

_LEAST = 10  # from which a number may be about right
_SLACK = 20  # a twentieth by which the middle of "about" may miss the number itself
_SHOWN = 3


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each exact number that originals have only with an "about", and none exactly."""
    for sentence in compared.sentences:
        for quantity in compared.reading.quantities:
            exact = not quantity.approximate and quantity.low == quantity.high
            if exact and quantity.low >= _LEAST and inside(quantity.span, sentence.span):
                about = _only_about(compared, sentence, quantity)
                if about:
                    yield Remark(Kind.NUMBER, quantity.span, about, event=sentence.event)


def _only_about(
    compared: Compared, sentence: Sentence, value: Quantity
) -> tuple[tuple[str, Span], ...]:
    """Return where originals have about as many, nowhere if any has as many exactly."""
    shown: dict[tuple[str, Span], None] = {}
    areas = compared.areas(sentence)
    if not sentence.held and not any(area.near for area in areas):
        return ()
    for area in (one for one in areas if one.own):
        languages = compared.draft.language, compared.ground.reports[area.report].language
        for other in compared.ground.readings[area.report].quantities:
            if not inside(other.span, area.span) or other.high is None:
                continue
            if other.low == other.high == value.low:
                return ()
            middle = (other.low + other.high) / 2
            alike = abs(middle - value.low) * _SLACK <= value.low
            if other.approximate and alike and same_count(value, other, languages):
                shown[area.report, other.span] = None
    return tuple(shown)[:_SHOWN]
