"""Records of web archives as a crawler writes them."""

import re

DATE = "2031-03-02T04:05:06Z"


def response(
    number: int,
    body: bytes,
    *headers: str,
    kind: str = "text/html; charset=utf-8",
    date: str = DATE,
    url: str = "",
) -> bytes:
    """Return the record of a page, its number in its name and address, answered with these headers."""
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", *headers]
    content = "\r\n".join([*lines, "", ""]).encode() + body
    head = [
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Target-URI: {url or address(number)}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>",
        f"WARC-Date: {date}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + content + b"\r\n\r\n"


def address(number: int) -> str:
    """Return the address of a page."""
    return f"https://outlet{number % 97}.example/{number}"


def own_address(page: bytes) -> str:
    """Return the address that a page says is its own, empty where it says none."""
    found = re.search(rb'rel="canonical" href="([^"]+)"', page)
    return found[1].decode() if found else ""


def number_of(record: str) -> int:
    """Return the number of a page from the name of its record."""
    return int(record[-12:])
