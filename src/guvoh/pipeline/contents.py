"""What a person reads in a passage: proposed by the machine, taken from a form or a file, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from guvoh.corroborate.days import days
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.model.assessment import Content, Number, Party, Speaker, When
from guvoh.model.claim import Basis, Claim, Polarity, SourceKind, Stance
from guvoh.model.report import Report
from guvoh.model.text import Span

ROLES = ("affected", "perpetrator", "intervening", "involved")
PARTIES = ("person", "group", "organisation", "nationality")
LONGEST = 20_000  # characters of a passage that one claim may have
MOST = 50  # entries of one kind
_LONG = 500  # characters of one entry


class UnreadableError(Exception):
    """A content that no claim can have; the message says which part, and what to write instead."""


def content_of(claim: Claim) -> Content:
    """Return what a claim holds, as a person would write it."""
    return Content(
        chain=tuple(
            Speaker(link.name, link.kind.value, link.basis.value, link.pseudonym)
            for link in claim.chain
        ),
        stance=claim.stance.value,
        polarity=claim.polarity.value,
        acts=tuple(dict.fromkeys(act.name for act in claim.acts)),
        participants=tuple(Party(one.role, one.name, one.kind) for one in claim.participants),
        times=tuple(When(one.text, one.edtf) for one in claim.times),
        quantities=tuple(Number(one.text, one.low, one.high, one.of) for one in claim.quantities),
        places=tuple(one.text for one in claim.places),
    )


def propose(report: Report, span: Span) -> Content:
    """Return what the machine reads in a passage by itself, for a person to correct."""
    from guvoh.reading.read import read  # late: it loads the words of a language

    text = report.text[span.start : span.end]
    alone = replace(report, text=text, languages=(), images=(), debris=())
    claims = read(alone).claims
    if not claims:
        return Content((), Stance.ASSERTED.value)
    widest = max(claims, key=lambda one: (one.span.end - one.span.start, -one.span.start))
    inner = max(claims, key=lambda one: len(one.chain))
    return replace(content_of(widest), chain=content_of(inner).chain, stance=inner.stance.value)


def acts() -> list[str]:
    """Return the acts that a claim may have."""
    return sorted(vocabulary().phrases)


def taken(fields: Mapping[str, Any], before: Content) -> Content:
    """Return a content out of fields as `show claims --json` names them; what is left out stays.

    Raises UnreadableError.
    """
    whole: dict[str, Any] = msgspec.to_builtins(before)
    whole |= {key: _plain(key, fields[key]) for key in whole if key in fields}
    try:
        content = msgspec.convert(whole, Content)
    except msgspec.ValidationError as error:
        raise UnreadableError(f"These are no contents of a claim: {error}.") from None
    check(content)
    return content


def check(content: Content) -> None:
    """Raise UnreadableError for what no claim can hold; the message names it and what there is."""
    _one_of("stance", content.stance, [one.value for one in Stance])
    _one_of("polarity", content.polarity, [one.value for one in Polarity])
    for speaker in content.chain:
        _one_of("kind of source", speaker.kind, [one.value for one in SourceKind])
        _one_of("basis", speaker.basis, [one.value for one in Basis])
    for party in content.participants:
        _one_of("role", party.role, ROLES)
        _one_of("kind", party.kind, PARTIES)
    for act in content.acts:
        _one_of("act", act, acts())
    for time in content.times:
        if days(time.edtf) is None:
            raise UnreadableError(
                f"“{time.edtf}” is no time. Write it as EDTF: 2023-01-25, 2023-01, "
                "2023-01-21/2023-01-31, or XXXX-01 where the year is not known."
            )
    for number in content.quantities:
        if number.low < 0 or (number.high is not None and number.high < number.low):
            raise UnreadableError(
                f"“{number.text}” cannot be from {number.low} to {number.high}. Write the lower "
                "number first, and leave the upper one empty where it is open."
            )
    names = [one.name for one in content.chain] + [one.name for one in content.participants]
    texts = [one.text for one in content.times] + [one.text for one in content.quantities]
    for text in (*names, *texts, *content.places):
        if not text.strip() or len(text) > _LONG:
            raise UnreadableError(
                f"A name or word is empty, or longer than {_LONG} characters. Shorten it."
            )
    if max(map(len, (names, texts, content.places, content.acts))) > MOST:
        raise UnreadableError(f"A claim can have {MOST} names, times or numbers at most.")


def _one_of(what: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise UnreadableError(f"“{value}” is no {what}. There are: {', '.join(known)}.")


def _plain(key: str, value: Any) -> Any:
    """Return what `show` prints of one part with only what a person decides."""
    if key == "places" and isinstance(value, list):
        return [one.get("text", "") if isinstance(one, dict) else one for one in value]
    return value
