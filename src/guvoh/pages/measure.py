"""How wide a label will be, and where it must be broken, without asking a font."""

import unicodedata
from functools import cache

# Advances in ems, rounded up to .05, of DejaVu Sans 2.37 (Bitstream Vera licence), the widest of the
# faces that a system's sans-serif is likely to be: what fits in it fits in the others.
_ADVANCES = {
    0.3: "'IJijlії",
    0.35: " ,./:;\\|‘’·",
    0.4: "()-[]ft",
    0.45: "!r",
    0.5: '"*_`–',
    0.55: "?cszгзсэ“”єґ",
    0.6: "FLkvxyвтухчьўғҳҷӯ",
    0.65: "$0123456789EPSTYabdeghnopqu{}ГЕЗРТУабеийклоряЁё«»қЎӮ",
    0.7: "ABCKRVXZАБВСХЧЬЭЯднпцҒҲҶ",
    0.75: "NUИЙКъҚ",
    0.8: "&DGHOQДЛНОПЦмы",
    0.85: "#+<=>^w~Ъю→←×",
    0.9: "MМФЫф",
    0.95: "жшщ",
    1.0: "%@Wm—…",
    1.05: "№",
    1.1: "ЖШЩЮ",
}
_KNOWN = {sign: width for width, signs in _ADVANCES.items() for sign in signs}
_BOLD = 1.15  # DejaVu Sans Bold beside the regular face, over words of any length
_OTHER = 1.05  # scripts that the table does not know: Armenian ա is .97, Arabic ښ 1.22
_WIDE = 1.1
_LONGEST = 160  # characters of a label that are drawn; the whole stands in the title


@cache
def _advance(sign: str) -> float:
    if sign in _KNOWN:
        return _KNOWN[sign]
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    base = unicodedata.normalize("NFD", sign)[0]
    if base in _KNOWN:
        return _KNOWN[base]
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" else _OTHER


def width(text: str, size: float, bold: bool = False) -> float:
    """Return at most how many pixels `text` takes at `size` pixels, in any common sans-serif."""
    return sum(map(_advance, text)) * size * (_BOLD if bold else 1)


def wrapped(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Break `text` into lines that fit `room` pixels: at spaces, and inside a word too long for a line."""
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1].rstrip() + "…"
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined, size, bold) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, room, size, bold)
        lines += full
    return [*lines, line] if line else lines


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Cut a word that is wider than a line, after a mark where there is one in its second half."""
    found: list[str] = []
    while width(word, size, bold) > room and len(word) > 1:
        end = 1
        while end < len(word) and width(word[: end + 1], size, bold) <= room:
            end += 1
        marks = [at + 1 for at in range(end // 2, end) if word[at] in "-/._–—"]
        end = marks[-1] if marks else end
        found.append(word[:end])
        word = word[end:]
    return [*found, word]
