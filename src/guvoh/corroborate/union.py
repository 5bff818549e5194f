"""Disjoint sets of keys that are found to be one."""

from collections.abc import Iterable, Sequence


class Union:
    """Disjoint sets of keys; the first key of a set stands for it. `apart` are pairs that never join."""

    def __init__(self, keys: Sequence[str], apart: Iterable[tuple[str, str]] = ()) -> None:
        self._order = {key: at for at, key in enumerate(keys)}
        self._parent = {key: key for key in keys}
        self._apart = [pair for pair in apart if set(pair) <= self._order.keys()]

    def find(self, key: str) -> str:
        """Return the key that stands for the set of `key`."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make the sets of two keys one, unless one of each set are apart."""
        ends = {self.find(one), self.find(other)}
        if any({self.find(here), self.find(there)} == ends for here, there in self._apart):
            return
        first, second = sorted((self.find(one), self.find(other)), key=self._order.__getitem__)
        self._parent[second] = first
