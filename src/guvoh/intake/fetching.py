"""One page fetched by its address: every hop checked and pinned, bounded, kept as a web archive."""

import io
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from http.client import HTTPException, HTTPResponse
from typing import NamedTuple, cast
from urllib.parse import quote, urljoin, urlsplit
from uuid import uuid4

from guvoh.intake.addresses import is_public
from guvoh.intake.names import brief

_AGENT = "guvoh (one page, asked for by a person)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_LONGEST = 4_000  # characters of an address


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Fetching:
    """Bounds of one fetch, in bytes, seconds and hops; all hops together share the time.

    `permits` and `resolve` are there for tests, which have no public network; nothing that a user
    can say reaches them.
    """

    most: int = 32 << 20
    seconds: float = 60.0
    hops: int = 6
    permits: Callable[[str], bool] = is_public
    resolve: Callable[[str, int], Sequence[str]] = _resolve


class FetchError(Exception):
    """A page could not be fetched; the message is a sentence for the reader."""


class Fetched(NamedTuple):
    """What came of a fetch: a web archive of all that was sent and received, and a name for it.

    `trouble` says in a sentence why it ended before its end, "" where it did not.
    """

    file: str
    archive: bytes
    trouble: str


class _Hop(NamedTuple):
    url: str
    scheme: str
    host: str  # as in the Host header and the certificate
    port: int
    target: str  # path and query

    @property
    def authority(self) -> str:
        """Return host and port as a request names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(slots=True)
class _Tee(io.RawIOBase):
    """A socket read under a deadline and a size, keeping all that came."""

    connection: socket.socket
    until: float
    left: int
    kept: bytearray = field(default_factory=bytearray)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self.left <= 0:
            raise FetchError("It is longer than is fetched; what came before was kept.")
        self.connection.settimeout(left)
        count = self.connection.recv_into(view[: min(len(view), self.left)])
        self.kept += view[:count]
        self.left -= count
        return count

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Stand in for the socket where the parser of answers opens it."""
        return io.BufferedReader(self)


def fetch(url: str, at: str, how: Fetching | None = None) -> Fetched:
    """Fetch a page, following redirects, each to a public address alone; raises FetchError.

    `at` is the time (UTC, `Z`) that the archive states. A host is resolved once for each hop, and
    the connection goes to the very address that was checked.
    """
    how = how or Fetching()
    until = time.monotonic() + how.seconds
    records: list[bytes] = []
    left, trouble = how.most, ""
    first = hop = _hop(url)
    for number in range(how.hops):
        try:
            sent, got, location, trouble = _ask(hop, how, until, left)
            left -= len(got)
            records += _records(hop, at, sent, got)
            if location is None:
                break
            hop = _hop(urljoin(hop.url, location))
        except FetchError as problem:
            if not records:
                raise
            trouble = f"A redirect of it was not followed. {problem}"
            break
        if number + 1 == how.hops:
            trouble = f"It redirects more than {how.hops - 1} times; the last page was not reached."
    stamp = at.replace("-", "").replace(":", "")
    return Fetched(f"{first.host.replace(':', '-')}-{stamp}.warc", b"".join(records), trouble)


def _hop(url: str) -> _Hop:
    """Take an address apart; raises FetchError for anything that is none of the public web."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise FetchError("It is no address of a page. Copy it from the browser anew.") from None
    if parts.scheme not in _PORTS or not host or len(url) > _LONGEST or "%" in host:
        raise FetchError("It is no address of a page. Copy it from the browser anew.")
    if parts.username is not None or parts.password is not None:
        raise FetchError("It holds a name or password, which guvoh does not send. Leave them out.")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return _Hop(url, parts.scheme, host, port or _PORTS[parts.scheme], target)


def _ask(hop: _Hop, how: Fetching, until: float, left: int) -> tuple[bytes, bytes, str | None, str]:
    """Ask one host; return what was sent, what came, where it leads, and what went wrong."""
    address = _checked(hop, how)
    request = (
        f"GET {hop.target} HTTP/1.1\r\nHost: {hop.authority}\r\nUser-Agent: {_AGENT}\r\n"
        "Accept: text/html,application/xhtml+xml,*/*\r\nAccept-Encoding: identity\r\n"
        "Connection: close\r\n\r\n"
    ).encode("ascii")
    tee: _Tee | None = None
    try:
        with _connected(hop, address, until) as connection:
            connection.sendall(request)
            tee = _Tee(connection, until, left)
            answer = HTTPResponse(cast("socket.socket", tee))
            answer.begin()
            location = answer.getheader("Location") if answer.status in _REDIRECTS else None
            while answer.read(1 << 16):
                pass
            return request, bytes(tee.kept), location, ""
    except FetchError as problem:
        trouble = str(problem)
    except TimeoutError:
        trouble = f"It took longer than {how.seconds:g} s; what came before was kept."
    except ssl.SSLError:
        trouble = "Its certificate is not valid, so nothing of it was read."
    except (HTTPException, ValueError):
        trouble = "Its server's answer breaks off or is damaged; what came was kept."
    except OSError as problem:
        trouble = f"Its server could not be asked ({problem.strerror or type(problem).__name__})."
    if tee is None or not tee.kept:
        raise FetchError(trouble)
    return request, bytes(tee.kept), None, trouble


def _checked(hop: _Hop, how: Fetching) -> str:
    """Return the one address to be asked; all that the name has must be permitted."""
    try:
        found = how.resolve(hop.host, hop.port)
    except (OSError, UnicodeError):
        found = ()
    if not found:
        raise FetchError(f"“{brief(hop.host)}” is not known. Check the address and the connection.")
    if not all(how.permits(one) for one in found):
        raise FetchError(
            f"“{brief(hop.host)}” leads into a private or special network, which guvoh never asks. Save the "
            "page in a browser and add the file."
        )
    return found[0]


def _connected(hop: _Hop, address: str, until: float) -> socket.socket:
    """Connect to the address that was checked; the certificate must be the host's."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection = socket.create_connection((address, hop.port), timeout=left)
    if hop.scheme == "http":
        return connection
    try:
        return ssl.create_default_context().wrap_socket(connection, server_hostname=hop.host)
    except BaseException:  # whatever ends it, the connection is closed; raised again
        connection.close()
        raise


def _records(hop: _Hop, at: str, sent: bytes, got: bytes) -> list[bytes]:
    """Return request and answer as records of a web archive (ISO 28500)."""
    names = {kind: f"<urn:uuid:{uuid4()}>" for kind in ("request", "response")}
    made: list[bytes] = []
    for kind, block in (("request", sent), ("response", got)):
        fields = (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {names[kind]}\r\nWARC-Date: {at}\r\n"
            f"WARC-Target-URI: {quote(hop.url, safe=_URL_SAFE)}\r\n"
            f"Content-Type: application/http; msgtype={kind}\r\n"
            f"WARC-Block-Digest: sha1:{sha1(block, usedforsecurity=False).hexdigest()}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        made.append(fields.encode("ascii") + block + b"\r\n\r\n")
    return made


_URL_SAFE = ":/?#[]@!$&'()*+,;=%~-._"
