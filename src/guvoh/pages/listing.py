"""The picture as a list, for narrow windows, and the sentences that say what the picture shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from guvoh.model.claim import SourceKind
from guvoh.model.event import Event
from guvoh.model.lineage import Family, MissingOrigin
from guvoh.model.report import Report
from guvoh.pages.labels import KINDS, day, label, language_of
from guvoh.pages.picture import anchor, outlet, text_name
from guvoh.pages.texts import Text, texts, told_in
from guvoh.words import Words


def listing(
    event: Event,
    families: Sequence[Family],
    reports: Mapping[str, Report],
    holders: Mapping[str, str],
    say: Words,
) -> list[dict[str, Any]]:
    """Return each text with its reports by day and the sources heard in it, each after what it was made from."""
    found = texts(event, families)
    named = {text.key: text_name(text, reports, say)[0] for text in found}
    names = {key: outlet(report) for key, report in reports.items()}
    heard: dict[str, list[str]] = {}
    for source in event.sources:
        for key in told_in(source, found, holders):
            heard.setdefault(key, []).append(source.name)
    return [
        {
            "name": named[text.key],
            "note": text_name(text, reports, say)[1],
            "lost": text.head is None and text.missing is not None,
            "above": named.get(text.above or ""),
            "how": say(KINDS[text.how]) if text.how in KINDS else "",
            "sources": heard.get(text.key, []),
            "reports": [
                {
                    "anchor": anchor(member.report),
                    "outlet": names[member.report],
                    "language": language_of(reports[member.report].language, say),
                    "day": day(reports[member.report], say, True),
                    "made": label(member, text, reports, names, say).parts(),
                }
                for member in sorted(
                    text.members.values(),
                    key=lambda one: (reports[one.report].published or "9", one.report),
                )
            ],
        }
        for text in _downward(found)
    ]


def _downward(found: Sequence[Text]) -> list[Text]:
    """Return texts so that each follows the one it was made from."""
    keys = {text.key for text in found}
    below: dict[str | None, list[Text]] = {}
    for text in found:
        below.setdefault(text.above if text.above in keys else None, []).append(text)
    waiting = list(reversed(below.get(None, [])))
    ordered: list[Text] = []
    while waiting:
        text = waiting.pop()
        ordered.append(text)
        waiting += reversed(below.get(text.key, []))
    return [*ordered, *(text for text in found if text not in ordered)]


def looks_confirmed(
    event: Event,
    families: Sequence[Family],
    reports: Mapping[str, Report],
    holders: Mapping[str, str],
    say: Words,
) -> list[str]:
    """Return a sentence for each family by which the event looks confirmed though it goes back to one text."""
    found = texts(event, families) if event.circular else []
    told = []
    for family in families if event.circular else ():
        mine = [text for text in found if text.family is family]
        heard = {r for text in mine for r in text.members if r in reports}
        outlets = {outlet(reports[report]) for report in heard}
        if len(outlets) < 2:
            continue
        keys = {text.key for text in mine}
        named = [s.name for s in event.sources if keys & set(told_in(s, found, holders))]
        origin = origin_name(family, reports) or say("an original not in the case")
        line = say("Told by {outlets}, all of which go back to one: {origin}.").format(
            outlets=say.count(len(outlets), "outlet", "outlets"), origin=origin
        )
        rests = say("They rest on the word of: {sources}.").format(sources="; ".join(named))
        told.append(f"{line} {rests if named else say('None of them names a source that counts.')}")
    return told


def origin_name(family: Family, reports: Mapping[str, Report]) -> str | None:
    """Return what the origin of a family is called, None where nothing names it."""
    missing = family.missing_origin or MissingOrigin(None, ())
    found = reports.get(family.origin or "")
    return outlet(found) if found else missing.publisher


def in_plain_words(event: Event, say: Words) -> str:
    """Return what the count means, for somebody who has never read one."""
    low, high = event.count.low, event.count.high
    if high == 0:
        text = say("No report names anyone on whose word this is said.")
    elif low == 0:
        text = say(
            "No report names anyone on whose word this is said; at most {n} may stand behind it."
        )
    elif low == high:
        text = say("It all rests on the word of {voices}.")
    else:
        text = say("It all rests on the word of {low} to {voices}.")
    alone = len(event.sources) == high and {s.kind for s in event.sources} <= {SourceKind.PERSON}
    voices = (
        say.count(high, "person", "people")
        if alone
        else say.count(high, "person or group", "people or groups")
    )
    told = text.format(n=high, low=low, voices=voices)
    if event.count.documents:
        seen = say.count(event.count.documents, "document", "documents")
        told += f" {say('Apart from that: {documents}.').format(documents=seen)}"
    if low and not event.count.firsthand:
        many = say("None of them is known to have been there.")
        told += f" {many if high > 1 else say('Whether they were there themselves is not said.')}"
    return told
