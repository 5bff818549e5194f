"""When two names, times and texts count as the same in a comparison with expected.toml."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from benchmarks.expected.case import Row
from guvoh.corroborate.days import days
from guvoh.languages.fold import fold, skeleton

_ARTICLES = {"the", "a", "an", "el", "la", "los", "las", "le", "les", "un", "une"}
# "A worker at Fish Plant No. 17 in Tyulenikha" is "a worker at Fish Plant No. 17"; "Daler's
# sister" and "the sister of Daler" are not Daler. A name may go on with a place, and only so.
_PLACING = {"at", "in", "from", "iz", "v", "na", "s"}


def words(text: str | None) -> list[str]:
    """Return the folded words of a text, without punctuation and leading article."""
    plain = "".join(c if c.isalnum() else "" if c in "'’‘ʻ`" else " " for c in fold(text or ""))
    found = plain.split()
    return found[1:] if len(found) > 1 and found[0] in _ARTICLES else found


def same_name(got: str | None, names: Iterable[str]) -> bool:
    """Return whether a name is one of `names`, or one of them followed by a place."""
    mine = words(got)
    for name in names:
        other = words(name)
        if mine == other and mine:
            return True
        if other and mine[: len(other)] == other and mine[len(other)] in _PLACING:
            return True
    return False


def holds(text: str | None, part: str) -> bool:
    """Return whether the folded words of `part` stand in `text` one after the other."""
    return f" {' '.join(words(part))} " in f" {' '.join(words(text))} "


def inside(edtf: str | None, within: str) -> bool:
    """Return whether an EDTF time lies in an interval, both of a known year or both of none."""
    mine, other = days(edtf or ""), days(within)
    if mine is None or other is None or mine.anchored != other.anchored:
        return False
    low, high = mine.low, mine.high
    if low is None or high is None or other.low is None or other.high is None:
        return False
    return other.low <= low <= high <= other.high


def names_it(text: str | None, name: str) -> bool:
    """Return whether a text names someone or some place in any script and case ending.

    Wider than `same_name`, for rules on what must not be there: a part of a word will do, and so
    will the consonants of the words.
    """
    if fold(name) in fold(text or ""):
        return True
    signs, mine = ([skeleton(word) for word in words(each)] for each in (name, text))
    return len("".join(signs)) > 4 and f" {' '.join(signs)} " in f" {' '.join(mine)} "


def moment(text: str | None) -> str | None:
    """Return a date as it is, and a date with time in one spelling: seconds written, Z as +00:00."""
    if text is None or "T" not in text:
        return text
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return text


def paired(
    left: Sequence[Row], right: Sequence[Row], score: Callable[[Row, Row], float]
) -> dict[int, int]:
    """Return pairs of indices, each used once, highest scores first; 0 is no pair."""
    scored = sorted(
        (-score(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right)
    )
    pairs: dict[int, int] = {}
    for points, i, j in scored:
        if points < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def names_of(item: Row) -> list[str]:
    """Return the name of an item of expected.toml and those that are as good."""
    return [item["name"], *item.get("aliases", [])]


def all_names(wanted: Row) -> list[list[str]]:
    """Return the names that stand for one person or source, for all of expected.toml."""
    items = [*wanted["person"]]
    for event in wanted["event"]:
        items += [*event["source"], *event["denied_by"]]
    return [names_of(item) for item in items]


def called(name: str, names: Iterable[list[str]]) -> list[str]:
    """Return every name of the one whom `name` means, of all groups of names."""
    return [name, *(each for group in names if group[0] == name for each in group)]
