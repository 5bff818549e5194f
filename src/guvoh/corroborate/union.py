"""Disjoint sets of keys that are found to be one."""

from collections.abc import Sequence


class Union:
    """Disjoint sets of keys; the first key of a set stands for it."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._order = {key: at for at, key in enumerate(keys)}
        self._parent = {key: key for key in keys}

    def find(self, key: str) -> str:
        """Return the key that stands for the set of `key`."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make the sets of two keys one."""
        first, second = sorted((self.find(one), self.find(other)), key=self._order.__getitem__)
        self._parent[second] = first
