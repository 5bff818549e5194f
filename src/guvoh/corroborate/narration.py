"""What a page narrates around the words of its only voice: it is told on that voice's word."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from guvoh.corroborate.descriptions import offices
from guvoh.corroborate.union import Union
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.languages.fold import fold
from guvoh.model.claim import Basis, Claim, ClaimKind, Link, Reading, SourceKind, Stance
from guvoh.model.report import Report

if TYPE_CHECKING:
    from guvoh.corroborate.around import Surroundings
    from guvoh.corroborate.voices import Scene, Voice

LIVED = (Basis.EYEWITNESS, Basis.VICTIM, Basis.PARTICIPANT)


class Spoken(NamedTuple):
    """Words of somebody: where they begin, their paragraph, whether he tells of the event or was there, who he is."""

    start: int
    paragraph: int
    knows: bool
    link: Link


def _start(one: Spoken) -> int:
    return one.start


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
    """Return the link of whoever speaks on both sides of each claim that a one-voiced page narrates, by claim.

    "On the morning of the 4th, Sherzod told his father, they were woken. About ninety pickers climbed
    into four buses. “They drove until it was dark,” the father reads." `voices` are those of one report
    in one event. His words stand in the same paragraph or the next to it, before and after, and on one
    side he tells of the event, or was there.
    """
    spoken = _spoken(voices, reading, around)
    found: dict[str, Link] = {}
    for voice in voices if spoken else ():
        seen_itself = voice.claim.chain and voice.claim.kind is not ClaimKind.NARRATED
        if voice.denies or seen_itself or not narrates(voice.claim, voice.report):
            continue
        start = voice.claim.span.start
        at = around.paragraph(start)
        near = [one for one in spoken if abs(at - one.paragraph) <= 1]
        before = max((one for one in near if one.start < start), key=_start, default=None)
        after = min((one for one in near if one.start > start), key=_start, default=None)
        link = next((one.link for one in (before, after) if one is not None and one.knows), None)
        if before is not None and after is not None and link is not None:
            found[voice.claim.id] = link
    return found


def _spoken(voices: Sequence["Voice"], reading: Reading, around: "Surroundings") -> list[Spoken]:
    """Return what people say in a report; an office or a trade that is to speak of it knows only what it tells."""
    of_it = {voice.claim.id for voice in voices if not voice.denies}
    speaking = vocabulary().deniers | vocabulary().advocates
    people = {person.id: person for person in reading.people}
    found: list[Spoken] = []
    for claim in reading.claims:
        link = claim.chain[-1] if claim.chain else None
        if link is None or not _someone(link):
            continue
        held = offices(link.name, people.get(link.person or ""), voices[0].report)
        there = link.basis in LIVED and not speaking & held
        start = claim.span.start
        found.append(Spoken(start, around.paragraph(start), there or claim.id in of_it, link))
    return found


def on_whose_word(voices: Sequence["Voice"], carrying: dict[str, Link]) -> list["Voice"]:
    """Return voices with what a page narrates given to whoever carries it."""
    return [
        replace(voice, link=carrying[voice.claim.id]) if voice.claim.id in carrying else voice
        for voice in voices
    ]


def lived(scene: "Scene", voices: Sequence["Voice"]) -> list["Voice"]:
    """Return voices with the basis of whoever says beside it, in plain words, that he was there.

    "The door was locked, Rustam said. “We broke the window and jumped.”" They name no act, and
    count in the same paragraph alone; those of whoever answers for others, "did not know of it", never.
    """
    found: list[Voice] = []
    for voice in voices:
        link = voice.link
        living = link is not None and link.basis not in LIVED and not _answering(scene, voice)
        if link is not None and link.person is not None and living:
            basis = next(_beside(scene, voice, link.person), link.basis)
            voice = replace(voice, link=replace(link, basis=basis))
        found.append(voice)
    return found


def _answering(scene: "Scene", voice: "Voice") -> bool:
    """Return whether an office or a trade answers for others."""
    link = voice.link
    if link is None:
        return False
    held = offices(link.name, scene.people.get(link.person or ""), voice.report)
    return bool(held & (vocabulary().deniers | vocabulary().advocates))


def _beside(scene: "Scene", voice: "Voice", person: str) -> Iterator[Basis]:
    around = scene.around(voice.report.id)
    at = around.paragraph(voice.claim.span.start)
    for claim in scene.material.readings[voice.report.id].claims:
        last = claim.chain[-1] if claim.chain else None
        plain = not claim.acts and claim.stance is Stance.ASSERTED
        if last is None or last.person != person or not plain or last.basis not in LIVED:
            continue
        if around.paragraph(claim.span.start) == at:
            yield last.basis
