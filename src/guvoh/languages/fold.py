"""The fold: a Latin shadow of any text for search and comparison, with a map back to its characters."""

import codecs
import re
import string
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

# Letters whose plain decomposition or general transliteration would part spellings that belong
# together. Uzbek and Tajik letters go to the Latin letters of the Uzbek alphabet of 1995 without
# its apostrophes; й and ё are named because their decomposition loses what is written.
_LETTERS = {
    "ў": "o",
    "қ": "q",
    "ғ": "g",
    "ҳ": "h",
    "ҷ": "j",
    "ӯ": "u",
    "ӣ": "i",
    "ң": "ng",
    "ө": "o",
    "ү": "u",
    "ұ": "u",
    "һ": "h",
    "ә": "a",
    "й": "y",
    "ё": "yo",
    "є": "ye",
    "ї": "yi",
    "і": "i",
    "ґ": "g",
    "ъ": "",
    "ь": "",
    "щ": "shch",
    "ц": "ts",
    "х": "kh",
    "э": "e",
    "ы": "y",
    "ђ": "dj",
    "ћ": "c",
    "џ": "dz",
    "љ": "lj",
    "њ": "nj",
    "ß": "ss",
    "ı": "i",
    "ø": "o",
    "đ": "dj",
    "ł": "l",
    "ʻ": "",
    "ʼ": "",
    "ʹ": "",
    "ʺ": "",
    "\u0640": "",  # Arabic tatweel
    "\u00ad": "",  # soft hyphen
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\ufeff": "",
    "\u2018": "'",
    "\u2019": "'",
    "`": "'",
    "´": "'",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
}

# An apostrophe that belongs to the letters oʻ and gʻ, whatever sign was typed for it; "Chicago's"
# keeps its own. It is looked for in folded text, so that folding twice changes nothing more.
_TIED = re.compile(r"'(?<=[og]')(?=[a-z])(?!s(?![a-z0-9]))")
_SETTLED = re.compile(f"{_TIED.pattern}|dzh")


# Marks are put in order in quadratic time, and no letter of a language bears more (UAX 15, D4: stream-safe).
_MOST_MARKS = 30
_PILED = re.compile(rf"[^\w\x00-\x7f]{{{_MOST_MARKS + 1}}}")


@lru_cache(maxsize=16384)
def _character(character: str) -> str:
    """Return the fold of one character."""
    if character.isascii():
        return _LETTERS.get(character, character.lower())
    pieces: list[str] = []
    for small in unicodedata.normalize("NFC", character.casefold()):
        if small in _LETTERS:
            pieces.append(_LETTERS[small])
            continue
        plain = unicodedata.normalize("NFKD", small).casefold()
        pieces.extend(_LETTERS.get(sign, sign) for sign in plain if not unicodedata.combining(sign))
    # anyascii writes ayin and hamza as a grave accent, which would part spellings.
    return anyascii("".join(pieces)).replace("`", "").lower()


class _Table(dict[int, str]):
    """Fold of each code point, filled as code points are met; `str.translate` reads it."""

    def __missing__(self, code: int) -> str:
        folded = _character(chr(code))
        self[code] = folded
        return folded


_TABLE = _Table()


@lru_cache(maxsize=16384)
def _run(text: str) -> str:
    return text.translate(_TABLE)


def _folded_run(fault: UnicodeError) -> tuple[str, int]:
    """Return the fold of what could not be encoded, and where it ends."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return _run(fault.object[fault.start : fault.end]), fault.end


# Through a codec only what is not ASCII is looked at one by one: seven times as fast for English.
_CODEC = "guvoh.fold"
codecs.register_error(_CODEC, _folded_run)
_MOSTLY_ASCII = 1.1  # bytes of UTF-8 a character, above which `translate` is the faster


def _translated(text: str) -> str:
    if len(text.encode("utf-8", "surrogatepass")) > _MOSTLY_ASCII * len(text):
        return text.translate(_TABLE)
    return text.encode("ascii", _CODEC).decode("ascii").lower().replace("`", "'")


def fold(text: str) -> str:
    """Return `text` in lower-case Latin letters without diacritics, alike for alike spellings.

    Free of context but for two rules: the apostrophe of oʻ and gʻ goes, and "dzh" becomes "j".
    White space, digits and ASCII punctuation stay; folding twice changes nothing more.
    """
    if text.isascii():
        folded = text.lower().replace("`", "'")
    elif is_composed(text):
        folded = _translated(text)
    else:
        folded = "".join(composed(cluster).translate(_TABLE) for cluster in _clusters(text))
    return _TIED.sub("", folded.replace("dzh", "j"))


def is_composed(text: str) -> bool:
    """Say whether a text is in NFC; of one that piles marks on a letter it is not asked."""
    return not _PILED.search(text) and unicodedata.is_normalized("NFC", text)


def composed(cluster: str) -> str:
    """Return a letter and its marks in NFC; marks beyond those of `_MOST_MARKS` are left out."""
    return unicodedata.normalize("NFC", cluster[: _MOST_MARKS + 1])


def _clusters(text: str) -> Iterator[str]:
    """Yield `text` cut into characters, each with the combining marks that follow it."""
    start = 0
    for at, character in enumerate(text):
        if at > start and not unicodedata.combining(character):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def fold_mapped(text: str) -> tuple[str, list[int]]:
    """Return `fold(text)` and, for each of its characters, the index in `text` it comes from.

    The list has one entry more, `len(text)`, so that `text[at[i]:at[j]]` is what folds to
    `folded[i:j]` wherever i and j are edges of characters. Indices never fall.
    """
    if text.isascii():
        folded, at = text.lower().replace("`", "'"), list(range(len(text)))
    elif is_composed(text):
        pieces = [_TABLE[ord(character)] for character in text]
        folded = "".join(pieces)
        at = [index for index, piece in enumerate(pieces) for _ in piece]
    else:
        folded, at = _fold_clusters(text)
    if "'" in folded or "dzh" in folded:
        folded, at = _settle_mapped(folded, at)
    at.append(len(text))
    return folded, at


def _fold_clusters(text: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    at: list[int] = []
    index = 0
    for cluster in _clusters(text):
        piece = composed(cluster).translate(_TABLE)
        pieces.append(piece)
        at.extend([index] * len(piece))
        index += len(cluster)
    return "".join(pieces), at


def _settle_mapped(folded: str, at: list[int]) -> tuple[str, list[int]]:
    pieces: list[str] = []
    settled: list[int] = []
    done = 0
    for match in _SETTLED.finditer(folded):
        pieces.append(folded[done : match.start()])
        settled += at[done : match.start()]
        if match.group() == "dzh":
            pieces.append("j")
            settled.append(at[match.start()])
        done = match.end()
    pieces.append(folded[done:])
    return "".join(pieces), settled + at[done:]


# Skeleton: one sign per consonant as the scripts and romanisations of one name share it. Longest
# spellings first; "x" stands for kh, h and x, "c" for ch, "w" for sh, "j" for zh, dzh and dj.
_CONSONANTS = (
    ("shch", "w"), ("tsch", "c"), ("sch", "w"), ("tch", "c"), ("dzh", "j"), ("dj", "j"),
    ("zh", "j"), ("sh", "w"), ("ch", "c"), ("kh", "x"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("ts", "s"), ("tz", "s"), ("ks", "x"),
)  # fmt: skip
_SPELLING = re.compile("|".join(spelling for spelling, _ in _CONSONANTS) + "|[^a-z]")
# What stands for several letters is a capital until single letters have their signs.
_SEVERAL = {spelling: sign.upper() for spelling, sign in _CONSONANTS}
_SINGLE = str.maketrans("hqw" + string.ascii_uppercase, "xkv" + string.ascii_lowercase, "aeiouy")
_GLIDE = re.compile(r"(?<=[aeiouy])u(?=[aeiouy])|(?<=[^aeiouygq])u(?=a)")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """Return the consonants of a name that its spellings in all scripts share.

    "Джўраев", "Juraev", "Djuraev" and "Jo'raev" give "jrv". A name that begins with a vowel keeps
    an "a" for it, so that short names stay apart ("Umar" "amr", "Mar" "mr"). The source is DESIGN
    section 8, Names.
    """
    return bones(fold(word))


def bones(folded: str) -> str:
    """Return the skeleton of a word that is folded."""
    folded = _GLIDE.sub("v", folded)
    signs = _SPELLING.sub(lambda match: _SEVERAL.get(match.group(), ""), folded)
    signs = signs.translate(_SINGLE)
    signs = _DOUBLED.sub(r"\1", signs)
    return "a" + signs if folded[:1] in tuple("aeiou") else signs
