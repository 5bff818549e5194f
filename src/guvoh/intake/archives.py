"""Archives taken apart, at any depth and within one budget: each member is an arrival of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from guvoh.clean.identify import identify
from guvoh.intake import crawls, mails, scans, sevenzips, tars, zips
from guvoh.intake.expand import COMPRESSED, expanded
from guvoh.intake.found import (
    SCANNED,
    Budget,
    DamagedError,
    Found,
    Limits,
    Member,
    Tally,
    noted,
    pour,
    read_chunks,
)
from guvoh.intake.names import LONGEST_ON_WINDOWS, is_plain
from guvoh.model.finding import Finding

_ZIP, _TAR = "application/zip", "application/x-tar"
# What lists the members of each kind of container.
_READERS = {
    _ZIP: zips.members,
    _TAR: tars.members,
    sevenzips.SEVENZIP: sevenzips.members,
    crawls.WARC: crawls.members,
    mails.MBOX: mails.messages,
    mails.MESSAGE: mails.attached,
}
CONTAINERS = frozenset({*_READERS, *COMPRESSED}) - {
    mails.MESSAGE
}  # a message says something itself
_ENDINGS = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".gz": "", ".bz2": "", ".xz": ""}


@dataclass(frozen=True, slots=True)
class _Inside:
    """What all members of one container share."""

    container: Found
    budget: Budget
    limits: Limits
    scratch: Path | None
    depth: int


def is_opened(found: Found, limits: Limits) -> bool:
    """Say whether something is looked into: a container, or a picture whose words are asked for."""
    if found.companion_of is not None:
        return False
    if found.media_type in CONTAINERS or found.media_type == mails.MESSAGE:
        return True
    return limits.ocr is not None and limits.ocr.reads(found.media_type, found.digest)


def taken_apart(
    container: Found, limits: Limits, scratch: Path | None
) -> Iterator[Found | Finding]:
    """Yield what a container holds, containers within it first as they are and then apart.

    The container's stream must stay open until the last value has been asked for. Raises
    TooMuchError where a limit is passed.
    """
    budget = Budget(limits, container.size)
    yield from _opened(_Inside(container, budget, limits, scratch, 1))


def _opened(inside: _Inside) -> Iterator[Found | Finding]:
    container = inside.container
    if inside.depth > inside.limits.depth:
        text = f"It lies {inside.limits.depth} archives deep and was kept without being opened."
        yield noted(container.file, "too-deep", text)
    elif container.media_type in COMPRESSED:
        yield from _decompressed(inside)
    else:
        yield from _members(inside, container)


def _members(inside: _Inside, archive: Found) -> Iterator[Found | Finding]:
    """Yield the members of `archive`, which is the container or the tar that it compresses."""
    container, tally = inside.container, Tally()
    read = scans.words if archive.media_type in SCANNED else _READERS[archive.media_type]
    try:
        for member in read(archive.stream, inside.limits, tally):
            yield from _arrived(inside, member)
    except DamagedError as damage:
        yield noted(container.file, damage.kind, str(damage))
    yield from tally.findings(container.file)


def _decompressed(inside: _Inside) -> Iterator[Found | Finding]:
    """Open a gz, bz2 or xz: a tar inside is the same container, anything else its one member."""
    container, limits = inside.container, inside.limits
    packed = read_chunks(container.stream, 0, container.size)
    chunks = inside.budget.metered(expanded(packed, container.media_type))
    name = _without_ending(container.file)
    poured = pour(chunks, limits, inside.scratch)
    with poured.stream:
        media_type = identify(poured.head, poured.size, name)
        inner = replace(
            container,
            file=f"{container.file}!/{name}",
            stream=poured.stream,
            digest=poured.digest,
            size=poured.size,
            media_type=media_type,
            parent=container.digest,
        )
        if media_type == _TAR:
            yield from _members(inside, inner)
        elif poured.size:
            yield inner
            if is_opened(inner, limits):
                yield from _opened(replace(inside, container=inner, depth=inside.depth + 1))
        if poured.damage is not None:
            yield noted(container.file, "damaged-archive", poured.damage)


def _without_ending(file: str) -> str:
    base = file.rpartition("/")[2]
    for ending, instead in _ENDINGS.items():
        if base.lower().endswith(ending) and len(base) > len(ending):
            return base[: -len(ending)] + instead
    return base


def _arrived(inside: _Inside, member: Member) -> Iterator[Found | Finding]:
    container = inside.container
    file = f"{container.file}{member.joint}{member.name}"
    poured = pour(inside.budget.metered(member.chunks), inside.limits, inside.scratch)
    with poured.stream:
        if poured.size or poured.damage is None:
            found = Found(
                file=file,
                origin=member.address or container.origin,
                stream=poured.stream,
                digest=poured.digest,
                size=poured.size,
                media_type=identify(poured.head, poured.size, member.path or file),
                parent=container.digest,
                companion_of=_companion_of(member, container),
            )
            yield from remarks(found)
            yield found
            if is_opened(found, inside.limits):
                yield from _opened(replace(inside, container=found, depth=inside.depth + 1))
        if poured.damage is not None:
            yield noted(file, "damaged-member", poured.damage)


def _companion_of(member: Member, container: Found) -> str | None:
    if member.companion_of is None:
        return container.companion_of
    page = member.companion_of
    return f"{container.file}!/{page}" if page else container.file


def remarks(found: Found) -> Iterator[Finding]:
    """Yield what is to be said of an arrival by its name and size alone."""
    if found.size == 0:
        text = "It is empty: there is nothing in it to read."
        yield noted(found.file, "empty", text)
    if not is_plain(found.file):
        text = (
            "Its name holds characters that act on a screen, or is longer than the "
            f"{LONGEST_ON_WINDOWS} that Windows allows; it is kept exactly and shown escaped."
        )
        yield noted(found.file, "unusual-name", text, problem=False)
