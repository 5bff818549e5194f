"""Small values of the model for tests of the store."""

from guvoh.model.claim import Claim, ClaimKind, Polarity, Reading, Stance
from guvoh.model.event import Event, EventStatus
from guvoh.model.lineage import Family, Member, Relation
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span, Stated


def report(
    name: str, text: str = "The ferry left Lindmoor.", publisher: str | None = None
) -> Report:
    whole = Run(Span(0, len(text)), ByteSpan(0, len(text.encode())), RunKind.EXACT)
    return Report(
        name,
        name.partition("#")[0],
        f"{name}\n.txt",
        text,
        CharacterMap("utf-8", (whole,)),
        "en",
        title=Stated("Ferry"),
        publisher=Stated(publisher) if publisher else None,
    )


def claim(name: str, of: str) -> Claim:
    return Claim(
        name,
        of,
        ByteSpan(0, 9),
        (Span(0, 9),),
        "The ferry",
        ClaimKind.NARRATED,
        Stance.ASSERTED,
        Polarity.AFFIRMED,
        (),
    )


def reading(of: str, *claims: str) -> Reading:
    return Reading(of, tuple(claim(name, of) for name in claims))


def family(name: str, *members: str) -> Family:
    return Family(
        name, tuple(Member(member, Relation.COPY, None, 900) for member in members), members[0]
    )


def event(name: str, *claims: str) -> Event:
    return Event(name, ("depart",), EventStatus.PAST, "A ferry left.", claims, ("a",), (), 1)
