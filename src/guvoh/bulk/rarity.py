"""Pairs of rare names and numbers of a page: what a translation keeps, hashed for an index."""

import re
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from guvoh.lineage.anchors import number_key
from guvoh.lineage.background import coarse, skeleton_weight
from guvoh.lineage.fingerprint import posted_key

MOST = 12  # rare anchors of a page; they make 66 pairs
_RARE = 24
_NUMBER = re.compile(r"\d[\d.,]*\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_WORDS = 4000
_ENDS = frozenset(".!?…:")  # of a sentence, as far as that can be told without finding sentences
_CLOSING = "\"'»”’)"
_TRIMMED = "\"'«»“”„‘’()[]{}.,;:!?…–—-"
_MIX = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=65536)
def _anchor(word: str) -> tuple[int, int] | None:
    """Return the rarity and hash of a name or number, None where it is common."""
    if word[0].isdigit():
        if len(word) < 3 or not _NUMBER.fullmatch(word) or _YEAR.fullmatch(word):
            return None
        key, weight = f"n:{number_key(word)}", 25 + 5 * min(len(word), 6)
    else:
        bones = coarse(word)
        if len(bones) < 3 or len(bones) > 16:
            return None
        key, weight = posted_key(f"k:{bones}"), min(skeleton_weight(bones), 12 * len(bones))
    if weight < _RARE:
        return None
    return weight, int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


def _ends(word: str) -> bool:
    """Say whether a word seems to be the last of its sentence."""
    return word.rstrip(_CLOSING)[-1:] in _ENDS


@cache
def _couples(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    left, right = np.triu_indices(count, 1)
    return left, right


def rare_pairs(text: str) -> list[int]:
    """Return the hashes (63 bits) of all pairs of a text's rarest anchors, in rising order.

    A capital at the beginning of a sentence counts for half, so that a name comes before a word
    that is rare in this form alone; in languages with many forms such words would take all places.
    """
    anchors: dict[int, int] = {}
    words = text.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    for place, word in enumerate(words):
        if word.islower():
            continue  # most are: neither a name nor a number
        bare = word.strip(_TRIMMED)
        if bare and (bare[0].isupper() or bare[0].isdigit()):
            found = _anchor(bare)
            if found is not None:
                weight, key = found
                if bare[0].isupper() and _ends(words[place - 1] if place else "."):
                    weight //= 2
                anchors[key] = max(anchors.get(key, 0), weight)
    rarest = sorted(anchors, key=lambda key: (-anchors[key], key))[:MOST]
    if len(rarest) < 2:
        return []
    keys = np.sort(np.array(rarest, dtype=np.uint64))
    left, right = _couples(len(keys))
    mixed = (keys[left] * _MIX) ^ (keys[right] + (keys[left] >> np.uint64(7)))
    hashes: list[int] = np.unique(mixed >> np.uint64(1)).tolist()
    return hashes
