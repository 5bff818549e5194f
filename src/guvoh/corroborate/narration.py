"""What a page narrates around the words of its only voice: it is told on that voice's word."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from guvoh.corroborate.descriptions import describe, titles
from guvoh.corroborate.union import Union
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.fold import fold
from guvoh.model.claim import Basis, Claim, Link, Reading, SourceKind
from guvoh.model.report import Report

if TYPE_CHECKING:
    from guvoh.corroborate.around import Surroundings
    from guvoh.corroborate.voices import Voice

_LIVED = (Basis.EYEWITNESS, Basis.VICTIM, Basis.PARTICIPANT)


class Spoken(NamedTuple):
    """Words of somebody: where they begin, their paragraph, whose they are, and whether they tell of the event."""

    start: int
    paragraph: int
    link: Link
    of_it: bool


def narrates(claim: Claim, report: Report) -> bool:
    """Return whether the outlet itself tells something: nobody is named, or only it."""
    if not claim.chain:
        return True
    publisher = report.publisher.text if report.publisher is not None else ""
    return len(claim.chain) == 1 and fold(claim.chain[0].name) == fold(publisher)


def one_voice(reading: Reading) -> bool:
    """Return whether all that people say in a report is one chain, or comes through kin of one another."""
    heard: dict[str, set[str]] = {}
    kin = {person.id: {other for _, other in person.relations} for person in reading.people}
    for claim in reading.claims:
        chain = {link.person or fold(link.name) for link in claim.chain if _someone(link)}
        for one in chain:
            heard.setdefault(one, set()).update(chain, kin.get(one, ()))
    roots = Union(list(heard))
    for one, others in heard.items():
        for other in others & heard.keys():
            roots.join(one, other)
    return len({roots.find(one) for one in heard}) == 1


def _someone(link: Link) -> bool:
    known = link.resolved or link.person is not None
    return known and link.kind in (SourceKind.PERSON, SourceKind.GROUP)


def carried(voices: Sequence["Voice"], reading: Reading, around: "Surroundings") -> dict[str, Link]:
    """Return the link of whoever speaks beside each claim that a one-voiced page narrates, by claim.

    "On the morning of the 4th, Sherzod told his father, they were woken. About ninety pickers climbed
    into four buses." `voices` are those of one report in one event. He speaks of it in the same
    paragraph, or in the one before; or he was there, whatever his words in the same paragraph are.
    """
    spoken = [*_of_it(voices, around), *_there(voices[0].report, reading, around)]
    found: dict[str, Link] = {}
    for voice in voices if spoken else ():
        if voice.denies or not narrates(voice.claim, voice.report):
            continue
        start = voice.claim.span.start
        at = around.paragraph(start)
        near = [one for one in spoken if 0 <= at - one.paragraph <= int(one.of_it)]
        if near:
            nearest = min(near, key=lambda one: (at - one.paragraph, abs(one.start - start)))
            found[voice.claim.id] = nearest.link
    return found


def _of_it(voices: Sequence["Voice"], around: "Surroundings") -> list[Spoken]:
    """Return what is said of the event."""
    return [
        Spoken(voice.claim.span.start, around.paragraph(voice.claim.span.start), voice.link, True)
        for voice in voices
        if not voice.denies and voice.link is not None and _someone(voice.link)
    ]


def _there(report: Report, reading: Reading, around: "Surroundings") -> list[Spoken]:
    """Return what those say who lived through something: nobody whose office or trade it is to speak of it."""
    found: list[Spoken] = []
    speaking = vocabulary().deniers | vocabulary().advocates
    people = {person.id: person for person in reading.people}
    for claim in reading.claims:
        link = claim.chain[-1] if claim.chain else None
        if link is None or not _someone(link) or link.basis not in _LIVED:
            continue
        person = people.get(link.person or "")
        roles = titles(person, report) if person is not None else ()
        if not speaking.intersection((*describe(link.name, report.language).roles, *roles)):
            start = claim.span.start
            found.append(Spoken(start, around.paragraph(start), link, False))
    return found


def on_whose_word(voices: Sequence["Voice"], carrying: dict[str, Link]) -> list["Voice"]:
    """Return voices with what a page narrates given to whoever carries it."""
    return [
        replace(voice, link=carrying[voice.claim.id]) if voice.claim.id in carrying else voice
        for voice in voices
    ]
