"""The heads and their labels, in the order of the network's scores."""

HEADS: dict[str, tuple[str, ...]] = {
    "attribution": ("source", "cue", "content"),
    "names": ("person", "organisation", "place", "nationality", "weapon"),
    "times": ("time",),
    "quantities": ("quantity",),
    "events": (
        "REPORTING",
        "PERCEPTION",
        "I_STATE",
        "I_ACTION",
        "ASPECTUAL",
        "STATE",
        "OCCURRENCE",
    ),
}


def columns() -> dict[str, tuple[int, int]]:
    """Return for each head the columns of its scores: O, then B and I of each label in turn."""
    found = {}
    at = 0
    for head, labels in HEADS.items():
        found[head] = (at, at + 1 + 2 * len(labels))
        at += 1 + 2 * len(labels)
    return found


def width() -> int:
    """Return how many scores a piece has."""
    return sum(1 + 2 * len(labels) for labels in HEADS.values())


def allowed(labels: int) -> list[list[bool]]:
    """Return which label may follow which: an I only after B or I of its own."""
    size = 1 + 2 * labels
    return [[b % 2 == 1 or b == 0 or a in (b - 1, b) for b in range(size)] for a in range(size)]


def tags(spans: list[tuple[int, int, str]], head: str, words: list[tuple[int, int]]) -> list[int]:
    """Return a tag for each word; a word belongs to a span that it touches."""
    names = HEADS[head]
    found = [0] * len(words)
    for start, end, label in sorted(spans):
        code = 1 + 2 * names.index(label)
        inside = [k for k, (s, e) in enumerate(words) if s < end and e > start]
        for order, k in enumerate(inside):
            if found[k] == 0:
                found[k] = code if order == 0 else code + 1
    return _mended(found)


def _mended(found: list[int]) -> list[int]:
    last = 0
    for k, tag in enumerate(found):
        if tag and tag % 2 == 0 and last not in (tag - 1, tag):
            found[k] = tag - 1
        last = found[k]
    return found
