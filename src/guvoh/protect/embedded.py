"""Files whose bytes stand in a text as data: addresses (RFC 2397): pictures, fonts, sounds of a saved page."""

import re
from base64 import b64decode
from binascii import Error

_SMALLEST = 200  # characters; shorter ones are read where they stand
_DATA = re.compile(
    r"data:(?!text/)[a-z]{3,20}/[\w.+-]{1,80}(?:;[\w=.-]{1,40}){0,4};base64,"
    rf"([A-Za-z0-9+/]{{{_SMALLEST},}}={{0,2}})"
)


def apart(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return a text without the bytes of files in it, and these files under names that number them.

    What is no base64 after all stays in the text. A file that stands there twice is given once.
    """
    files: dict[bytes, str] = {}

    def taken(match: re.Match[str]) -> str:
        try:
            data = b64decode(match[1] + "=" * (-len(match[1]) % 4), validate=True)
        except (Error, ValueError):
            return match[0]
        files.setdefault(data, f"file {len(files) + 1} in its text")
        return match[0][: match.start(1) - match.start()]

    kept = _DATA.sub(taken, text) if "data:" in text else text
    return kept, [(name, data) for data, name in files.items()]
