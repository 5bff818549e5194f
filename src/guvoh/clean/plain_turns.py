"""Turns of speech in a text: lines that begin with who speaks."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

# A label is short and ends in a colon; what a clock or an address writes with a colon is none.
_LABEL = re.compile(
    r"[*_\[(]{0,3}([^\W\d_][^:\n\[\]]{0,40}?)[\])*_]{0,3}\s?[:：](?!//)[*_]{0,2}(?:\s|$)"
)
_STAMP = re.compile(r"[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s{0,3}[-–—]?\s{0,3}")
_FEW_WORDS = 5


class Turns(NamedTuple):
    """How much of a text is turns: lines seen, those with a speaker, and how often each speaks."""

    lines: int
    labelled: int
    speakers: tuple[tuple[str, int], ...]  # most frequent first, then by name


def speaker(line: str) -> str | None:
    """Return the label of the speaker with which a line begins, None where it has none."""
    head = line[:80]
    if ":" not in head and "：" not in head:
        return None
    stamp = _STAMP.match(line[:20])
    rest = line[stamp.end() : stamp.end() + 60] if stamp else line[:60]
    found = _LABEL.match(rest)
    if found is None:
        return None
    label = found[1].strip()
    return label if len(label.split()) <= _FEW_WORDS else None


def turns(lines: Iterable[str]) -> Turns:
    """Count turns over the lines of a text that are not blank."""
    count = 0
    speakers: Counter[str] = Counter()
    for line in lines:
        count += 1
        label = speaker(line)
        if label is not None:
            speakers[label.casefold()] += 1
    ranked = sorted(speakers.items(), key=lambda one: (-one[1], one[0]))
    return Turns(count, sum(speakers.values()), tuple(ranked))


def is_dialogue(seen: Turns) -> bool:
    """Say whether a text is an interview or a transcript: speakers that come back, line for line.

    Two labels that return at least three times and at least two fifths of the lines; a page of
    facts ("Date:", "Place:") has labels that do not return.
    """
    returning = [times for _, times in seen.speakers if times >= 2]
    return len(returning) >= 2 and sum(returning) >= 4 and sum(returning) * 5 >= seen.lines * 2
