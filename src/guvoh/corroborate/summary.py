"""One plain sentence for an event, in the interface language, never more precise than the values."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guvoh.corroborate.veil import WITHHELD
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.fold import fold
from guvoh.model.event import Count, Event, EventStatus, Value
from guvoh.words import Words, words

_WORD = re.compile(r"[^\W\d_]+")
_QUOTES = str.maketrans("«»„", "“”“")
_BEYOND_LATIN = 0x250
_POINT = re.compile(r"(\d{4}|XXXX)(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
# Parts of a month, which stay as vague in words as they were; those up to 28 end with the month.
_PARTS = {
    (1, 10): "early {month}",
    (11, 20): "mid {month}",
    (21, 28): "late {month}",
    (1, 7): "the first week of {month}",
    (8, 14): "the second week of {month}",
    (15, 21): "the third week of {month}",
    (1, 15): "the first half of {month}",
    (16, 28): "the second half of {month}",
}
_NARROWEST = ("f", "g", "a", "c")  # marks of place keys
_ROUND = 0.34  # a range this wide about its middle is told by its middle: 24-36 is about 30
_MOST = 200  # characters of a name that a sentence bears


@dataclass(frozen=True, slots=True)
class Ahead:
    """What an event ahead is told by besides its values.

    `whom` is who is at risk, `another` whether it is another group than one that was told of before,
    `named` the places, but for countries, that its claims name themselves.
    """

    whom: str | None = None
    another: bool = False
    named: tuple[Value, ...] = ()


def headline(event: Event, say: Words, ahead: Ahead | None = None) -> str:
    """Return what is said to have happened or to be planned, with a hedge where sources are few.

    English is a sentence; in other languages, whose cases a table cannot give, it is a heading: the
    act, then whom, where and when.
    """
    whom = affected(event, say)
    core, forced = _core(event.acts)
    spot, notes = place(event.where, say), [_hedge(event.count, say)]
    if say.language != "en":
        text = _heading(whom, core, forced, (event.status, say))
    elif event.status in (EventStatus.PAST, EventStatus.ONGOING):
        text = _sentence(whom, core, forced, event)
    else:
        text, spot = _foretold(event, ahead or Ahead(whom), say)
        notes.insert(0, event.status.value)
    around = [part for part in (spot, _time(event.when, say)) if part]
    told = [note for note in notes if note]
    text += f": {', '.join(around)}" if around else ""
    text += f" ({', '.join(told)})" if told else ""
    return f"{_capital(text)}."


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _hedge(count: Count, say: Words) -> str:
    if count.low == 0:
        return say("unattributed")
    return say("by one account") if count.high == 1 else ""


def _core(acts: Sequence[str]) -> tuple[str | None, bool]:
    """Return the act of which an event is told, and whether it was without consent."""
    manner = [act for act in acts if act in vocabulary().manner]
    core = [act for act in acts if act not in vocabulary().manner] or manner
    core.sort(key=lambda act: act in vocabulary().purpose)  # "recruited to fight" tells no fighting
    forced = bool(core) and "coerce" in manner and core[0] in vocabulary().unwilling
    return (core[0] if core else None), forced


def _sentence(whom: str | None, core: str | None, forced: bool, event: Event) -> str:
    if core is None:
        return f"{whom or 'people'} {'is' if _single(whom, event) else 'are'} spoken of"
    doing = vocabulary().phrases.get(core, (core, core))[0]
    if _single(whom, event) and doing.startswith("were "):
        doing = f"was {doing.removeprefix('were ')}"
    return f"{whom or 'people'} {doing}{' without consent' if forced else ''}"


def _foretold(event: Event, ahead: Ahead, say: Words) -> tuple[str, str | None]:
    """Return what is ahead, and where: "another group of workers is to be taken away from Plant No. 9".

    Whoever is moved is moved from the works or town around what is told, to the place that it names.
    """
    core, forced = _core(event.acts)
    if core not in vocabulary().harm:  # "they would dig and be paid": the warning is of the digging
        core = next((act for act in event.acts if act in vocabulary().harm), core)
    people, single = _at_risk(event, ahead, say)
    to = "may" if event.status is EventStatus.FEARED else f"{'is' if single else 'are'} to"
    text = f"{people} {to} {_infinitive(core, forced)}"
    spot = place(ahead.named or event.where, say)
    around = [value for value in event.where if value not in ahead.named and _narrow(value)]
    if around and core in vocabulary().moving:
        text += f" from {place(around, say)}"
        spot = place(ahead.named, say)
    return text, spot


def _at_risk(event: Event, ahead: Ahead, say: Words) -> tuple[str, bool]:
    """Return who is at risk, and whether they take the singular."""
    number, kind = _number(event), ahead.whom or "people"
    if number is not None and not _is_group(number):
        kind = f"other {kind}" if ahead.another else kind
        return _counted(number, kind, say), number.low == number.high == 1
    if ahead.another:
        return f"another group of {kind}" if ahead.whom else "another group", True
    if number is not None:
        return _counted(number, kind, say), True
    return kind, kind == kind_of(event, say) and _single(kind, event)


def _infinitive(core: str | None, forced: bool) -> str:
    known = vocabulary()
    doing = known.phrases.get(core or "", ("", ""))[0]
    plain = known.infinitives.get(core or "")
    if plain is None and doing.startswith("were "):
        return f"be {doing.removeprefix('were ')}{' without consent' if forced else ''}"
    plain = plain or "come to harm"
    return f"be forced to {plain}" if forced else plain


def _narrow(value: Value) -> bool:
    return bool(value.terms) and value.terms[0][:2] in ("f:", "g:")


def _single(whom: str | None, event: Event) -> bool:
    """Return whether the people concerned take the singular: one person, or a group as one."""
    if whom is None:
        return False
    best = _number(event)
    if best is not None:
        return _is_group(best) or (best.low == best.high == 1)
    value = _group(event)
    return value is not None and not _plural_terms(value)


def _heading(
    whom: str | None, core: str | None, forced: bool, manner: tuple[EventStatus, Words]
) -> str:
    status, say = manner
    noun = say(vocabulary().phrases.get(core or "", ("", "events"))[1])
    who = whom or say("people")
    if forced:
        who = say("{whom} without consent").format(whom=who)
    if status is EventStatus.PLANNED:
        return say("planned: {act} of {whom}").format(act=noun, whom=who)
    if status is EventStatus.FEARED:
        return say("feared: {act} of {whom}").format(act=noun, whom=who)
    return say("{act} of {whom}").format(act=noun, whom=who)


def affected(event: Event, say: Words) -> str | None:
    """Return the people concerned, by number and kind as far as known: "about 30 workers"."""
    number, kind = _number(event), kind_of(event, say)
    return kind if number is None else _counted(number, kind or say("people"), say)


def kind_of(event: Event, say: Words) -> str | None:
    """Return what the people concerned are, without their number: "workers"."""
    number, group = _number(event), _group(event)
    named = _people(group, say) if group is not None else None
    if number is None:
        return named
    counted = _people(number, say) if number.terms else None
    return counted or (named if group is not None and _plural_terms(group) else None)


def _number(event: Event) -> Value | None:
    return next((value for value in event.how_many if value.low is not None), None)


def _group(event: Event) -> Value | None:
    """Return the best name for those affected: a people or role before a person, and that before others."""
    found = [v for v in event.who if v.role == "affected" and v.name != WITHHELD]
    ranked = sorted(found, key=lambda value: (not value.terms, _persons(value)))
    return next((value for value in ranked if value.terms), None)


def _persons(value: Value) -> bool:
    return any(term[0] in "pk" for term in value.terms)


def _plural_terms(value: Value) -> bool:
    return any(term[:2] in ("n:", "r:") for term in value.terms) and not _persons(value)


def _people(value: Value, say: Words) -> str | None:
    """Return people by the keys of their nationality and role in the plural, a person by his name."""
    if _persons(value) or any(term[0] == "o" for term in value.terms):
        return _readable(value.name, say)
    nouns = vocabulary().nouns
    found = [nouns[term] for term in value.terms if term in nouns]
    if found:
        # "Uzbek migrants": English puts the people's adjective first; a table has none, so one noun.
        return say(found[-1])
    countries = [term[2:] for term in value.terms if term.startswith("n:")]
    name = _country(countries[0], say) if countries else None
    return say("people from {country}").format(country=name) if name else None


def _country(code: str, say: Words) -> str | None:
    from babel import (
        Locale,
        UnknownLocaleError,
    )  # late, as in `_month`: it takes a tenth of a start

    try:
        return Locale.parse(say.language).territories.get(code)
    except UnknownLocaleError:
        return None


def _readable(name: str, say: Words) -> str:
    """Return a name in letters that the reader of this language knows."""
    if say.language != "en" or all(ord(sign) < _BEYOND_LATIN for sign in name if sign.isalpha()):
        return name[:_MOST]
    shown = _WORD.sub(lambda word: _romanised(word[0]), name).translate(_QUOTES)[:_MOST]
    return shown[:1].upper() + shown[1:]


def _romanised(word: str) -> str:
    """Return a word in Latin letters, with its capitals: "Кедровый" is "Kedrovyy", "ИК" is "IK"."""
    folded = fold(word)
    if word.isupper() and len(word) > 1:
        return folded.upper()
    return folded[:1].upper() + folded[1:] if word[:1].isupper() else folded


def _is_group(value: Value) -> bool:
    return value.high is None and value.low is not None and value.low <= _GROUP


_GROUP = 3
_SCALES = (
    (20, 99, "dozens"),
    (200, 999, "hundreds"),
    (2000, 9999, "thousands"),
    (20_000, 99_999, "tens of thousands"),
    (200_000, 999_999, "hundreds of thousands"),
)


def _counted(value: Value, people: str, say: Words) -> str:
    low, high = value.low or 0, value.high
    if _is_group(value):
        return say("a group of {people}").format(people=people)
    for least, most, word in _SCALES:
        if (low, high) == (least, most) or (low == least and high is None):
            return say(f"{word} of {{people}}").format(people=people)
    if high is None:
        return say("at least {number} {people}").format(number=f"{low:g}", people=people)
    if low == high:
        return say("{number} {people}").format(number=f"{low:g}", people=people)
    middle = (low + high) / 2
    if high - low <= 2 * _ROUND * middle:
        return say("about {number} {people}").format(number=f"{middle:g}", people=people)
    return say("{low} to {high} {people}").format(low=f"{low:g}", high=f"{high:g}", people=people)


def place(values: Sequence[Value], say: Words) -> str | None:
    """Return where: the narrowest kind of place that sources outside copies name, with its region."""
    known = [value for value in values if value.name != WITHHELD]
    backed = [value for value in known if value.count.high] or known
    for mark in _NARROWEST:
        for value in backed:
            if value.terms and value.terms[0].startswith(mark):
                return _readable(value.name, say)
    return _readable(known[0].name, say) if known else None


def _time(values: Sequence[Value], say: Words) -> str | None:
    """Return the first time in words, an interval that is closed before one that is open."""
    ordered = sorted(values, key=lambda value: ".." in (value.edtf or ".."))
    return next((found for v in ordered if (found := said(v.edtf or "", say))), None)


def said(edtf: str, say: Words | None = None) -> str | None:
    """Return a day, month, third of a month, year or interval in words; None for anything else."""
    say = say or words("en")
    written = _writer(say)
    head, slash, tail = edtf.partition("/")
    first, last = _point(head), _point(tail)
    if not slash:
        return written(first) if first else None
    if first and tail == "..":
        return say("since {time}").format(time=written(first))
    if last and head == "..":
        return say("by {time}").format(time=written(last))
    if not first or not last:
        return None
    if len(first) == len(last) == 3 and first[:2] == last[:2]:
        for (low, high), word in _PARTS.items():
            if int(first[2]) == low and high == min(int(last[2]), 28):
                return say(word).format(month=_month(first[:2], say, "format"))
        return f"{int(first[2])}–{written(last)}"
    return say("{first} to {last}").format(first=written(first), last=written(last))


def _point(text: str) -> tuple[str, ...] | None:
    found = _POINT.fullmatch(text)
    return tuple(part for part in found.groups() if part) if found else None


def _writer(say: Words) -> Callable[[tuple[str, ...]], str]:
    """Return what writes a point in words, without the year where it is unknown."""

    def written(point: tuple[str, ...]) -> str:
        if len(point) > 2:
            return f"{int(point[2])} {_month(point[:2], say, 'format')}"
        if len(point) > 1:
            return _month(point, say, "stand-alone")
        return point[0] if point[0].isdigit() else ""

    return written


def _month(point: tuple[str, ...], say: Words, form: str) -> str:
    """Return a month with its year, if that is known; "format" is its form beside a day."""
    from babel import Locale

    months = Locale.parse(say.language).months[form]["wide"]
    year = f" {point[0]}" if point[0].isdigit() else ""
    return f"{months[int(point[1])]}{year}"
