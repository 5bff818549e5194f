"""The source of an RTF as plain text: with what its reader leaves out, properties and notes, and no control words."""

import re

_LONGEST = 64 << 10  # bytes of properties
_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_BYTES = re.compile(rb"(?:\\'[0-9A-Fa-f]{2})+")
_UNIT = re.compile(r"\\u(-?\d{1,5}) ?(?:\\'[0-9A-Fa-f]{2}|\?)?")
_LINE = re.compile(r"\\(?:par|line|cell|row|tab)\b ?|[{}]+")
_CONTROL = re.compile(r"\\\*|\\[A-Za-z]+-?\d* ?|\\~|\\-|\\_|\r?\n")


def plain_of(data: bytes) -> str:
    """Return what is written anywhere in an RTF (Microsoft, version 1.9.1), groups parted by line ends."""
    found = _PAGE.search(data)
    encoding = f"cp{found[1].decode()}" if found else "cp1252"
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "cp1252"
    pieces: list[str] = []
    done = 0
    for match in _BYTES.finditer(data):
        before = data[done : match.start()]
        if re.search(rb"\\u-?\d{1,5} ?$", before):
            continue  # stands for a letter that is given by its number before it
        read = bytes.fromhex(match[0].replace(b"\\'", b"").decode()).decode(encoding, "replace")
        pieces += [before.decode("latin-1"), read]
        done = match.end()
    text = "".join([*pieces, data[done:].decode("latin-1")])
    text = _UNIT.sub(lambda one: chr(int(one[1]) & 0xFFFF), text)
    return _CONTROL.sub("", _LINE.sub("\n", text))


def properties_of(data: bytes) -> str:
    """Return what an RTF says of itself: title, author, comment."""
    start = data.find(b"{\\info")
    if start < 0:
        return ""
    depth = 0
    for match in re.finditer(rb"\\.|[{}]", data[start : start + _LONGEST]):
        depth += {b"{": 1, b"}": -1}.get(match[0], 0)
        if depth == 0:
            return plain_of(data[start : start + match.end()])
    return plain_of(data[start : start + _LONGEST])
