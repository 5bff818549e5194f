"""Messages of a mailbox, and the files attached to a message, as members of what holds them."""

import re
from collections.abc import Iterator
from typing import IO

from guvoh.clean.mime import Part, message_of, parts_of
from guvoh.intake.found import CHUNK, DamagedError, Limits, Member, Tally, TooMuchError, read_chunks
from guvoh.intake.names import safe_member

MBOX, MESSAGE = "application/mbox", "message/rfc822"
_MOST_BYTES = 256 << 20  # of one message taken apart; no server passes a fifth of it on
# A mailbox parts its messages by such a line after an empty one (RFC 4155); a header follows it.
_BEGINS = re.compile(rb"(?:\A|\n\r?\n)From [^\n]{0,400}\n(?=>?[A-Za-z][A-Za-z0-9-]{0,60}:)")
_OVERLAP = 1_024
_ENDINGS = {
    "message/rfc822": ".eml", "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics",
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif",
}  # fmt: skip
_SHOWN = frozenset({"text/plain", "text/html"})


def messages(stream: IO[bytes], limits: Limits, tally: Tally) -> Iterator[Member]:
    """Yield the messages of a mailbox in their order, named by their number."""
    del tally
    begins = _begins(stream, limits)
    end = _end(stream)
    for number, (_, start) in enumerate(begins, 1):
        stop = begins[number][0] if number < len(begins) else end
        yield Member(f"{number}.eml", read_chunks(stream, start, stop - start))
    if not begins:
        raise DamagedError("It holds no message where a mailbox has one; nothing was taken out.")


def _end(stream: IO[bytes]) -> int:
    """Return where the last message ends: before the empty line that closes a mailbox, if it does."""
    size = stream.seek(0, 2)
    stream.seek(max(size - 3, 0))
    closing = re.search(rb"\n(\r?\n)\Z", stream.read(3))
    return size - len(closing[1]) if closing else size


def _begins(stream: IO[bytes], limits: Limits) -> list[tuple[int, int]]:
    """Return for each message where its separator begins and where its own first byte stands."""
    found: list[tuple[int, int]] = []
    stream.seek(0)
    held, at = b"", 0
    while chunk := stream.read(CHUNK):
        held += chunk
        for match in _BEGINS.finditer(held):
            if match.start() == 0 and at > 0 and held[:1] != b"\n":
                continue
            start = at + match.start() + (match[0][:1] == b"\n")
            if not found or start > found[-1][0]:
                found.append((start, at + match.end()))
        if len(found) > limits.members:
            raise TooMuchError(f"It has more than {limits.members:,} messages; none was kept.")
        at += max(len(held) - _OVERLAP, 0)
        held = held[-_OVERLAP:]
    return found


def attached(stream: IO[bytes], limits: Limits, tally: Tally) -> Iterator[Member]:
    """Yield what is attached to a message, messages among it; what it shows itself is left to it."""
    del limits, tally
    stream.seek(0)
    data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise TooMuchError(
            f"It is a message of more than {_MOST_BYTES >> 20} MiB; what is attached was left in it."
        )
    names: set[str] = set()
    for part in parts_of(data, message_of(data)):
        if part.media_type in _SHOWN and not part.is_attached and not part.name:
            continue
        if part.media_type.startswith("multipart/"):
            continue
        body = part.body(data)
        if body:
            yield Member(_name(part, names), iter((body,)))


def _name(part: Part, names: set[str]) -> str:
    """Return a name for a part: its own, made safe, with its number where another has it already."""
    number = part.path or "1"
    own = (part.name or "").replace("\\", "/").rpartition("/")[2].strip()
    name = safe_member(own) if own else f"part-{number}{_ENDINGS.get(part.media_type, '')}"
    if name in names:
        name = f"{number}-{name}"
    names.add(name)
    return name
