"""Pages, documents and pictures of a crawl's archive (WARC) as members of it."""

import re
from collections.abc import Iterator
from typing import IO, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from guvoh.intake.found import DamagedError, Limits, Member, Tally, TooMuchError
from guvoh.intake.warcs import Gap, WebRecord, records_in

WARC = "application/warc"
# Parts of pages that say nothing: they stay in the archive. Pictures are kept beside it, unread.
_PARTS = re.compile(r"text/css|(?:application/(?:x-)?)?font|(?:text|application)/(?:x-)?javascript")
_PICTURES = re.compile(r"(?:image|video|audio)/")
_NAMED = 3


def members(stream: IO[bytes], limits: Limits, tally: Tally) -> Iterator[Member]:
    """Yield the answers of a crawl in its order, named by their records.

    What was passed over because of damage is said by DamagedError after the last one; redirects,
    errors, styles and scripts go to `tally`.
    """
    gaps: list[Gap] = []
    count = 0
    for record in records_in(cast("BinaryIO", stream), gaps):
        if not record.url.strip("<>").startswith(("http://", "https://")):
            continue  # what the crawler says of itself
        left = _left(record)
        if left is not None:
            tally.add(left, record.url.strip("<>"))
            continue
        count += 1
        if count > limits.members:
            raise TooMuchError(
                f"It has more than {limits.members:,} answers; those before were kept."
            )
        yield _member(record)
    if gaps:
        raise DamagedError(_said_of(gaps))
    if not count:
        tally.add("no-answer", "0")


def _left(record: WebRecord) -> str | None:
    """Return why a record stays in the archive, None where it is taken out."""
    if record.status is not None and not 200 <= record.status < 300:
        return "no-page"
    if not record.body and not record.lost:
        return "no-page"
    return "page-part" if _PARTS.match(record.media_type) else None


def _member(record: WebRecord) -> Member:
    address = record.url.strip("<>")
    return Member(
        record.id or f"at-{record.offset}",
        _chunks(record),
        companion_of="" if _PICTURES.match(record.media_type) else None,
        joint="#",
        address=address,
        path=_last_part(address),
    )


def _last_part(address: str) -> str:
    try:
        return unquote(urlsplit(address).path.rpartition("/")[2])
    except ValueError:
        return ""


def _chunks(record: WebRecord) -> Iterator[bytes]:
    yield record.body
    if record.lost:
        raise DamagedError(f"It is not whole: {record.lost}.")


def _said_of(gaps: list[Gap]) -> str:
    size = sum(gap.end - gap.start for gap in gaps)
    first = ", ".join(f"{gap.start:,}–{gap.end:,}" for gap in gaps[:_NAMED])
    more = f" and {len(gaps) - _NAMED:,} more places" if len(gaps) > _NAMED else ""
    return f"It is damaged: {size:,} bytes could not be read (at {first}{more}); all else was."
