"""Average linkage over sparse similarities, with what two reports have in common standing in."""

import heapq
from collections.abc import Iterable, Mapping

Pair = tuple[int, int]


def completed(similar: Mapping[Pair, float], discount: float) -> dict[Pair, float]:
    """Return similarities with those of pairs that were never compared, over one common neighbour.

    Two translations of one text may share too little to be compared; that nothing is known of
    them is no evidence against them. The better neighbour counts, discounted, so that a single
    false link between two families stays far below the mean that would join them.
    """
    neighbours: dict[int, dict[int, float]] = {}
    for (one, other), value in similar.items():
        neighbours.setdefault(one, {})[other] = value
        neighbours.setdefault(other, {})[one] = value
    found = dict(similar)
    for near in neighbours.values():
        around = sorted(near.items())
        for index, (one, first) in enumerate(around):
            for other, second in around[index + 1 :]:
                if (one, other) not in similar:
                    bridged = first * second * discount
                    if bridged > found.get((one, other), 0.0):
                        found[one, other] = bridged
    return found


def average_linkage(
    nodes: Iterable[int], similar: Mapping[Pair, float], least: float
) -> list[list[int]]:
    """Return clusters whose mean similarity to each other is below `least`, each in rising order.

    The most similar pair is joined first, ties by the smaller ordinals. `similar` has (smaller,
    larger) ordinals; what is missing is 0. O(E log E) heap operations for E similarities, each
    join moving the sums of the smaller cluster.
    """
    members = {node: [node] for node in nodes}
    sums: dict[int, dict[int, float]] = {node: {} for node in members}
    heap: list[tuple[float, int, int]] = []
    for (one, other), value in similar.items():
        sums[one][other] = value
        sums[other][one] = value
        heap.append((-value, one, other))
    heapq.heapify(heap)
    while heap:
        mean, one, other = heapq.heappop(heap)
        if -mean < least:
            break
        if one not in members or other not in members or _mean(sums, members, one, other) != -mean:
            continue
        keep, gone = min(one, other), max(one, other)
        members[keep] = sorted(members[keep] + members.pop(gone))
        moved = sums.pop(gone)
        moved.pop(keep)
        sums[keep].pop(gone)
        for third, value in moved.items():
            sums[third].pop(gone)
            sums[keep][third] = sums[third][keep] = sums[keep].get(third, 0.0) + value
        for third in sums[keep]:
            value = _mean(sums, members, keep, third)
            if value >= least:
                heapq.heappush(heap, (-value, min(keep, third), max(keep, third)))
    return sorted(members.values())


def _mean(
    sums: Mapping[int, Mapping[int, float]], members: Mapping[int, list[int]], one: int, other: int
) -> float:
    total = sums[one].get(other, 0.0)
    return round(total / (len(members[one]) * len(members[other])), 9)
