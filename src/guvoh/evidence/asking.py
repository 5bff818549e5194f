"""Asks a time authority for a stamp: the only place that opens a connection, and only to an address that was named."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

SECONDS = 30
LARGEST = 1 << 20  # bytes of an answer; real ones have a few thousand


class AskingError(Exception):
    """The authority could not be asked or gave no answer; the message says why."""


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: what was named is asked, and nobody else."""

    def redirect_request(self, *_: object) -> None:
        return None


def ask(address: str, request: bytes) -> bytes:
    """Send a request after RFC 3161 section 3.4 and return the answer as it came, unchecked."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise AskingError("the address of an authority begins with http:// or https://")
    posted = urllib.request.Request(  # noqa: S310  # the scheme was looked at
        address, request, {"Content-Type": "application/timestamp-query"}, method="POST"
    )
    opener = urllib.request.build_opener(_Staying)
    try:
        with opener.open(posted, timeout=SECONDS) as answer:
            data: bytes = answer.read(LARGEST + 1)
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        raise AskingError(f"it answered {error.code}") from None
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise AskingError(f"it cannot be reached ({reason})") from None
    if kind != "application/timestamp-reply":
        raise AskingError(f"it answered with {kind} instead of a stamp")
    if len(data) > LARGEST:
        raise AskingError("its answer is too large for a stamp")
    return data
