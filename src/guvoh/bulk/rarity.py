"""Pairs of rare names and numbers of a page: what a translation keeps, hashed for an index."""

import re
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from guvoh.lineage.anchors import number_key
from guvoh.lineage.background import coarse, skeleton_weight
from guvoh.lineage.fingerprint import posted_key

MOST = 10  # rare anchors of a page; they make 45 pairs
_RARE = 24
_NUMBER = re.compile(r"\d[\d.,]*\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_WORDS = 4000
_TRIMMED = "\"'«»“”„‘’()[]{}.,;:!?…–—-"
_MIX = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=262144)
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


@cache
def _couples(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    left, right = np.triu_indices(count, 1)
    return left, right


def rare_pairs(text: str) -> list[int]:
    """Return the hashes (63 bits) of all pairs of a text's rarest anchors, in rising order.

    Of capitals at the beginning of sentences the background table leaves only what is rare, so
    that sentences need not be found.
    """
    anchors: dict[int, int] = {}
    for word in text.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]:
        if word.islower():
            continue  # most are: neither a name nor a number
        bare = word.strip(_TRIMMED)
        if bare and (bare[0].isupper() or bare[0].isdigit()):
            found = _anchor(bare)
            if found is not None:
                anchors[found[1]] = found[0]
    rarest = sorted(anchors, key=lambda key: (-anchors[key], key))[:MOST]
    if len(rarest) < 2:
        return []
    keys = np.sort(np.array(rarest, dtype=np.uint64))
    left, right = _couples(len(keys))
    mixed = (keys[left] * _MIX) ^ (keys[right] + (keys[left] >> np.uint64(7)))
    hashes: list[int] = np.unique(mixed >> np.uint64(1)).tolist()
    return hashes
