"""Facets: what found things have in common, counted, and the address that narrows to one of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from guvoh.workbench.filters import address

OFFERED = 8  # choices of one facet; the rest are few of each


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many found things have it, and where pressing it leads."""

    label: str
    number: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of found things with its values, the most frequent first."""

    title: str
    choices: tuple[Choice, ...]


def facet(
    title: str,
    key: str,
    values: Iterable[str],
    kept: Mapping[str, str],
    label: Callable[[str], str],
) -> Facet:
    """Count `values` into a facet that narrows /search by `key`; what is chosen leads back out."""
    counted = Counter(one for one in values if one)
    chosen = kept.get(key, "")
    if chosen:
        counted.setdefault(chosen, 0)  # what narrows to nothing can be taken off, too
    ranked = sorted(counted, key=lambda one: (one != chosen, -counted[one], one))
    rest = {name: value for name, value in kept.items() if name != key}
    return Facet(
        title,
        tuple(
            Choice(
                label(one),
                counted[one],
                address("/search", rest, **({} if one == chosen else {key: one})),
                one == chosen,
            )
            for one in ranked[:OFFERED]
        ),
    )
