"""Outlets that a draft presents as witnesses, while their reports go back to one another."""

import re
from collections.abc import Iterator, Mapping

from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import fold
from guvoh.lineage.wording import Cue
from guvoh.model.event import Event

_SIMPLE = re.compile(r"[^\W_]+")
_SEVERAL = 2
_FIRST = 4  # words of a sentence in which it says who confirms
_MANY = 3  # outlets in one sentence that look like as many witnesses where it does not say that they copy


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark where a sentence offers outlets, or a number of sources, and not as copies of one another."""
    for sentence in compared.sentences:
        words = [fold(word) for word in _SIMPLE.findall(sentence.text)]
        known = wordlists().get(compared.draft.language.partition("-")[0], {})
        confirms = _any(words, known.get("confirming", ()))
        if not confirms and (_any(words, known.get("repeating", ())) or not known.get("repeating")):
            continue
        named = _outlets(compared, sentence)
        families = {
            compared.ground.family_of[r].id for r in named if r in compared.ground.family_of
        }
        many = len(named) >= (_SEVERAL if confirms else _MANY) and len(families) == 1
        everyone = (
            confirms
            and Cue.NOT not in sentence.cues
            and bool(words[:_FIRST])
            and _any(words[:_FIRST], known.get("newsrooms", ()))
            and _relayed(_event(compared, sentence))
        )
        if many or everyone or _overcounted(compared, sentence, known, confirms=confirms):
            yield Remark(
                Kind.OUTLETS, sentence.span, event=_event(compared, sentence), reports=tuple(named)
            )


def _relayed(event: Event | None) -> bool:
    """Tell whether more reports than texts stand behind an event: some of them only repeat."""
    return event is not None and event.texts < len(event.reports)


def _outlets(compared: Compared, sentence: Sentence) -> list[str]:
    """Return a report of each outlet that a sentence names."""
    ground = compared.ground
    return [ground.outlets[name][0] for name in sentence.outlets]


def _overcounted(
    compared: Compared,
    sentence: Sentence,
    known: Mapping[str, tuple[str, ...]],
    *,
    confirms: bool,
) -> bool:
    """Tell whether a sentence counts more sources than stand behind the event."""
    event = _event(compared, sentence)
    if event is None:
        return False
    for quantity in compared.reading.quantities:
        if inside(quantity.span, sentence.span) and quantity.low > event.count.high:
            end = min(quantity.span.end + 40, sentence.span.end)
            after = compared.draft.text[quantity.span.end : end]
            of = [fold(word) for word in _SIMPLE.findall(f"{quantity.of or ''} {after}")][:5]
            told = _any(of, known.get("told", ()))  # a draft may count accounts that it sums up
            if _any(of, known.get("sources", ())) and (confirms or not told):
                return True
    return False


def _event(compared: Compared, sentence: Sentence) -> Event | None:
    if sentence.event is not None:
        return sentence.event
    told = [one.event for one in compared.sentences if one.event is not None]
    return max(told, key=lambda event: (told.count(event), event.id)) if told else None


def _any(words: list[str], stems: tuple[str, ...]) -> bool:
    return any(word.startswith(stems) for word in words) if stems else False
