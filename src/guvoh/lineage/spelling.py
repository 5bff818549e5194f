"""Names that one version spells as another, in a second script, writes them: which of two was made from the other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from guvoh.languages.fold import fold
from guvoh.lineage.align import beginning, same_name
from guvoh.lineage.anchors import bare
from guvoh.lineage.inherited import turned
from guvoh.lineage.side import Side
from guvoh.model.lineage import Derivation

# Names spelled anew that are no chance, and more than those spelled as in the earlier version.
_LEAST = 2
_ENDING = 3  # letters of a case that a name may have in one of two languages
# The spellings of a report's names by their consonants, in groups of those that may be the same.
_Names = Mapping[str, Mapping[str, str]]


def spelled(edges: Sequence[Derivation], sides: Mapping[str, Side]) -> list[Derivation]:
    """Return the derivations with a direction for those that the spelling of names decides.

    Kulob and Qodirov are Куляб and Кодиров in Russian, and Kulyab and Kodirov when that is translated
    back: a version that has them so was made from the Russian, which was made from one that has not.
    """
    made: dict[str, list[str]] = {}
    for edge in edges:
        if edge.directed:
            made.setdefault(edge.child, []).append(edge.parent)
    known: dict[str, _Names] = {}
    found: list[Derivation] = []
    for edge in edges:
        ways = () if edge.directed else ((edge.parent, edge.child), (edge.child, edge.parent))
        for parent, child in ways:
            names = _respelled(sides[parent], sides[child], made, sides, known)
            if names:
                way = edge if edge.child == child else turned(edge)
                why = f"It spells {names} names as they are written in the other."
                edge = replace(way, directed=True, for_=(*way.for_, why))
                break
        found.append(edge)
    return found


def _respelled(
    parent: Side,
    child: Side,
    made: Mapping[str, Sequence[str]],
    sides: Mapping[str, Side],
    known: dict[str, _Names],
) -> int:
    """Return how many names a child spells as its parent in another script, unlike what that was made from."""
    for first in made.get(parent.id, ()):
        if sides[first].base != child.base or child.id in made.get(first, ()):
            continue
        ours, theirs = _names(child, known), _names(parent, known)
        before = _names(sides[first], known)
        anew = kept = 0
        for key, name in ((key, name) for group in ours.values() for key, name in group.items()):
            old, other = _same(key, before), _same(key, theirs)
            if old is None or other is None or name == old:
                kept += old is not None and other is not None and not _alike(name, other)
            else:
                anew += _alike(name, other)
        if anew >= _LEAST and anew > kept:
            return anew
    return 0


def _same(key: str, names: _Names) -> str | None:
    """Return the spelling that a report has of a name, by its consonants."""
    near = names.get(beginning(key), {})
    return near.get(key) or next((n for one, n in near.items() if same_name(key, one)), None)


def _alike(one: str, other: str) -> bool:
    """Tell whether two spellings are one, case endings apart."""
    short, long = sorted((bare(one), bare(other)), key=len)
    return long.startswith(short) and len(long) - len(short) <= _ENDING


def _names(side: Side, known: dict[str, _Names]) -> _Names:
    """Return the names of a report, folded, by their consonants; of each the first spelling."""
    if side.id not in known:
        text = side.report.text
        found: dict[str, dict[str, str]] = {}
        for unit in side.units:
            for token in unit.anchors:
                if token.key.startswith("k:") and text[token.start].isupper():
                    spelling = fold(text[token.start : token.end])
                    found.setdefault(beginning(token.key), {}).setdefault(token.key, spelling)
        known[side.id] = found
    return known[side.id]
