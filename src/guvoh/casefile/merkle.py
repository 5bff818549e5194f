"""Merkle trees after RFC 6962 section 2.1: roots, inclusion proofs and consistency proofs.

Verification follows RFC 9162 sections 2.1.3.2 and 2.1.4.2. Hashes and leaves are raw bytes.
"""

from collections.abc import Sequence
from hashlib import sha256


class Tree:
    """A tree whose levels are kept, so that many proofs cost one pass over the leaves."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [[leaf_hash(leaf) for leaf in leaves]]
        while len(self._levels[-1]) > 1:
            self._levels.append(_paired(self._levels[-1]))

    def inclusion_proof(self, index: int) -> list[bytes]:
        """Return the siblings of a leaf from the leaf up; IndexError where there is no such leaf."""
        if not 0 <= index < len(self._levels[0]):
            raise IndexError(index)
        proof: list[bytes] = []
        for level in self._levels[:-1]:
            if index ^ 1 < len(level):  # an odd last node has no sibling and moves up as it is
                proof.append(level[index ^ 1])
            index >>= 1
        return proof


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ leaf)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the tree's root, SHA-256 of nothing for an empty tree."""
    if not leaves:
        return sha256(b"").digest()
    return _fold([leaf_hash(leaf) for leaf in leaves])


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return PATH(index, leaves), the siblings from the leaf up.

    Raises IndexError where there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    return _path(index, [leaf_hash(leaf) for leaf in leaves])


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """Return PROOF(earlier, leaves), which shows that the first `earlier` leaves are a prefix.

    Raises IndexError unless 0 < earlier <= len(leaves).
    """
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof(earlier, [leaf_hash(leaf) for leaf in leaves], whole=True)


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes) -> bool:
    """Say whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    value = leaf_hash(leaf)
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            value = node_hash(sibling, value)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and value == root_hash


def is_consistent(
    earlier: tuple[int, bytes], later: tuple[int, bytes], proof: Sequence[bytes]
) -> bool:
    """Say whether `proof` shows that the tree (size, root) `earlier` is a prefix of `later`."""
    (first, first_root), (second, second_root) = earlier, later
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = list(proof)
    if (
        first & (first - 1) == 0
    ):  # A power of two: the earlier root is itself a node of the later tree.
        path.insert(0, first_root)
    if not path:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(size: int) -> int:
    """Return the largest power of two below `size`, for sizes above 1."""
    return 1 << ((size - 1).bit_length() - 1)


def _fold(hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes; level by level, an odd last one moves up as it is."""
    level = list(hashes)
    while len(level) > 1:
        level = _paired(level)
    return level[0]


def _paired(level: Sequence[bytes]) -> list[bytes]:
    paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    if len(level) & 1:
        paired.append(level[-1])
    return paired


def _path(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    middle = _split(len(hashes))
    if index < middle:
        return [*_path(index, hashes[:middle]), _fold(hashes[middle:])]
    return [*_path(index - middle, hashes[middle:]), _fold(hashes[:middle])]


def _subproof(earlier: int, hashes: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if earlier == len(hashes):
        return [] if whole else [_fold(hashes)]
    middle = _split(len(hashes))
    if earlier <= middle:
        return [*_subproof(earlier, hashes[:middle], whole=whole), _fold(hashes[middle:])]
    return [
        *_subproof(earlier - middle, hashes[middle:], whole=False),
        _fold(hashes[:middle]),
    ]
