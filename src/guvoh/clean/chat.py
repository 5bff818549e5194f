"""Messages of chats and channels to reports: a post each, or the turns of one day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from guvoh.clean.plain_turns import speaker
from guvoh.clean.rendering import About, Origin, Rendering
from guvoh.clean.source import Source
from guvoh.model.finding import Finding
from guvoh.model.report import Image, Making, MakingKind, Report, ReportForm

_UNLABELLED = str.maketrans(dict.fromkeys(":[]()?!.,", " "))  # what no label of a turn holds
Said = tuple[str, Origin]


@dataclass(slots=True)
class Message:
    """One message: `at` is its local time as EDTF with the offset where one is known.

    `forwarded` names where it was passed on from, `edited` the time of its last change, `left_out` how
    many pictures, recordings or files it had that were not exported.
    """

    number: str
    at: str | None
    sender: Said | None
    said: list[Said | None] = field(default_factory=list)  # None: the line ends
    clock: Said | None = None
    forwarded: Said | None = None
    edited: Said | None = None
    media: list[Said] = field(default_factory=list)
    asides: list[tuple[str, str, Origin]] = field(default_factory=list)
    left_out: int = 0

    @property
    def is_said(self) -> bool:
        """Say whether it holds any words."""
        return any(one is not None and one[0].strip() for one in self.said)

    @property
    def day(self) -> str:
        """Return the day on which it was sent, "undated" where that is not known."""
        return (self.at or "undated")[:10]


def posts(
    source: Source, channel: Said | None, messages: Sequence[Message], prefix: str = ""
) -> Iterator[Report]:
    """Yield a report for each message of a channel, published by the channel."""
    for message in messages:
        if message.is_said:
            yield _post(source, message, f"{prefix}message-{message.number}", channel)


def days(source: Source, messages: Sequence[Message], prefix: str = "") -> Iterator[Report]:
    """Yield a report for the turns of each day; what was passed on from elsewhere is one of its own."""
    said = [one for one in messages if one.is_said or one.media]
    for day, group in groupby(said, key=lambda one: one.day):
        held = list(group)
        turns = [one for one in held if one.forwarded is None]
        if any(one.is_said for one in turns):
            yield _day(source, turns, f"{prefix}{day}-{turns[0].number}")
        for message in held:
            if message.forwarded is not None and message.is_said:
                yield _post(source, message, f"{prefix}message-{message.number}", None)


def unread(source: Source, messages: Sequence[Message]) -> list[Finding]:
    """Return a finding where pictures, sound or files belong to messages, and where they were left out."""
    found: list[Finding] = []
    if count := sum(bool(one.media) for one in messages):
        text = f"{count:,} of its messages have pictures, sound or files with them, which were not read."
        found.append(Finding("clean", "media-unread", text, file=source.file))
    if count := sum(one.left_out for one in messages):
        text = (
            f"{count:,} pictures, recordings or files were left out when it was exported. Ask whoever has the chat to "
            "export it again with media."
        )
        found.append(Finding("clean", "media-left-out", text, file=source.file))
    return found


def _post(source: Source, message: Message, part: str, channel: Said | None) -> Report:
    rendering = Rendering()
    for one in message.said:
        if one is None:
            rendering.end_line()
        else:
            rendering.say(*one)
    _set_apart(rendering, message)
    rendering.end_paragraph()
    making: list[Making] = []
    if message.forwarded is not None:
        credit = rendering.stated(*message.forwarded)
        making.append(Making(MakingKind.CREDIT, credit.text, credit.text, credit.at))
    signed = message.sender if message.sender and message.sender != channel else None
    about = About(
        publisher=rendering.stated(*channel) if channel else None,
        bylines=(rendering.stated(*signed),) if signed and not message.forwarded else (),
        published=message.at,
        published_stated=rendering.stated(*message.clock) if message.clock else None,
        images=_images(rendering, [message]),
        making=tuple(making),
    )
    return _only(rendering, source, part, about)


def _day(source: Source, messages: Sequence[Message], part: str) -> Report:
    rendering = Rendering()
    for message in messages:
        if message.is_said:
            _turn(rendering, message)
        _set_apart(rendering, message)
    first = messages[0].at
    about = About(
        published=first[:10] if first else None,
        form=ReportForm.TURNS,
        images=_images(rendering, messages),
    )
    return _only(rendering, source, part, about)


def _turn(rendering: Rendering, message: Message) -> None:
    """Lay a message out as one turn: no line of it may look like another's label."""
    clock = message.at[11:16] if message.at and len(message.at) > 15 else ""
    if clock and message.clock:
        rendering.say(clock, message.clock[1])
        rendering.blank()
    if message.sender is not None:
        name, origin = message.sender
        rendering.say(" ".join(name.translate(_UNLABELLED).split()) or "?", origin)
        rendering.say(":", Origin(origin.part, origin.last, origin.last))
        rendering.blank()
    for number, line in enumerate(_lines(message.said)):
        if number and speaker("".join(words for words, _ in line)) is not None:
            rendering.blank()
        elif number:
            rendering.end_line()
        for words, place in line:
            rendering.say(words, place)
    rendering.end_paragraph()


def _lines(said: Sequence[Said | None]) -> Iterator[list[Said]]:
    """Yield the lines that are not blank."""
    line: list[Said] = []
    for one in (*said, None):
        if one is not None:
            line.append(one)
            continue
        if "".join(held for held, _ in line).strip():
            yield line
        line = []


def _set_apart(rendering: Rendering, message: Message) -> None:
    if message.edited is not None:
        rendering.aside(message.edited[0], "time at which it was changed", message.edited[1])
    for words, reason, origin in message.asides:
        rendering.aside(words, reason, origin)


def _images(rendering: Rendering, messages: Sequence[Message]) -> tuple[Image, ...]:
    return tuple(Image(url=rendering.stated(*one)) for message in messages for one in message.media)


def _only(rendering: Rendering, source: Source, part: str, about: About) -> Report:
    (report,), _ = rendering.report(source, part, about)
    return report
