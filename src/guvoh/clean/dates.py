"""The day on which a page says that it was published, and on what that rests; never a guess from the clock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from typing import NamedTuple

from guvoh.clean.plain_dates import edtf, in_address
from guvoh.model.report import PublishedBasis
from guvoh.model.text import Stated

_MARGIN = timedelta(days=1)  # the page's clock and ours may stand in different zones
_EARLIEST = 1900
_LONGEST = 70


def read_date(text: str) -> str | None:
    """Return a date in words or in a machine's form as EDTF, the offset as written; None if none."""
    text = " ".join(text[: _LONGEST + 1].split())
    if not text or len(text) > _LONGEST:
        return None
    compact = text.removesuffix("Z").replace("T", "")
    if compact.isdigit() and len(compact) in (8, 14):
        text = f"{compact[:4]}-{compact[4:6]}-{compact[6:8]}"
        if len(compact) == 14:
            text += f"T{compact[8:10]}:{compact[10:12]}:{compact[12:]}"
    return edtf(text) or _mail_date(text)


def _mail_date(text: str) -> str | None:
    """Read the form of RFC 5322 ("Tue, 19 Nov 2019 10:00:00 +0300")."""
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None  # parsedate_tz lets these out for odd input
    if parts is None or ":" not in text:
        return None
    year, month, day, hour, minute, second, *_, offset = parts
    try:
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    zone = ""
    if offset is not None and abs(offset) < 86_400:
        sign = "-" if offset < 0 else "+"
        hours, minutes = divmod(abs(offset) // 60, 60)
        zone = f"{sign}{hours:02d}:{minutes:02d}" if offset else "Z"
    return moment.isoformat() + zone


def possible(date: str, arrived: str) -> bool:
    """Tell whether a date may be one of publication: after 1900, and not after the arrival."""
    limit = _earliest_moment(arrived)
    moment = _earliest_moment(date)
    if moment is None or moment.year < _EARLIEST:
        return False
    return limit is None or moment <= limit + _MARGIN


def _earliest_moment(date: str) -> datetime | None:
    padded = (
        date
        if len(date) > 7
        else (date + "-01-01"[: 10 - len(date)] if len(date) == 4 else date + "-01")
    )
    try:
        moment = datetime.fromisoformat(padded)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Choice(NamedTuple):
    """A publication date as EDTF, on what it rests, and the words that state it."""

    date: str | None
    basis: PublishedBasis
    stated: Stated | None = None


def choose(stated: Sequence[Stated], addresses: Sequence[str], arrived: str) -> Choice:
    """Return the publication date and its basis.

    `stated` are statements of the page in order of trust, `addresses` its URLs. The most precise
    reading of the day that the first usable statement names is kept.
    """
    found = [
        (date, said)
        for said in stated
        if (date := read_date(said.text)) is not None and possible(date, arrived)
    ]
    if found:
        first = next((date for date, _ in found if len(date) >= 10), found[0][0])
        same = [(date, said) for date, said in found if date[:10] == first[:10]]
        date, said = max(same, key=lambda pair: _precision(pair[0]))
        return Choice(date, PublishedBasis.STATED, said)
    for address in addresses:
        guess = in_address(address)
        if guess is not None and possible(guess, arrived):
            return Choice(guess, PublishedBasis.GUESSED)
    return Choice(None, PublishedBasis.UNKNOWN)


def _precision(date: str) -> tuple[int, bool]:
    """Rank by length; on a tie the page's own offset goes before UTC."""
    return min(len(date), 20), not date.endswith("Z")
