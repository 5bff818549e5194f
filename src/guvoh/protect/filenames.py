"""Names of people that the name of a file gives, of whom what is in it does not."""

import re
from collections.abc import Iterable, Iterator

from guvoh.languages.fold import fold, skeleton
from guvoh.protect.cues import cues
from guvoh.protect.page import is_common

# "RustamSattorzoda" is two words.
_WORD = re.compile(r"[^\W\d_a-zа-яё]*[^\W\d_A-ZА-ЯЁ]+|[^\W\d_]+")
_LEAST = 3  # letters of a word of a name
_MOST = 3  # words of a name
_BONES = 3  # consonants by which a word is known again in another script or case


def named(file: str, code: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the folded words of a name that follow a word like "interview" or "with" in a file's name.

    `known` are words that are nobody's secret: those of the reports of the family, of outlets and places.
    """
    stem = file.rpartition("!/")[2].replace("\\", "/").rpartition("/")[2].partition(".")[0]
    words = [fold(word) for word in _WORD.findall(stem)]
    first = next((at + 1 for at, word in enumerate(words) if word in cues("file")), None)
    if first is None:
        return
    bones = {skeleton(word) for word in known}
    told = 0
    for word in words[first:]:
        if word in cues("file") or len(word) < _LEAST:
            continue
        if is_common("en", word) or is_common(code, word) or _is_known(skeleton(word), bones):
            return
        yield word
        told += 1
        if told == _MOST:
            return


def _is_known(word: str, bones: set[str]) -> bool:
    return word in bones or any(
        len(one) >= _BONES
        and len(word) >= _BONES
        and (word.startswith(one) or one.startswith(word))
        for one in bones
    )
