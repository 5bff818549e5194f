"""Average linkage: stars hold together, a single false link does not join families."""

from itertools import combinations

from guvoh.lineage.linkage import average_linkage, completed


def test_a_star_is_one_cluster() -> None:
    star = {(0, leaf): 1.0 for leaf in range(1, 12)}
    assert average_linkage(range(12), completed(star, 0.6), 0.3) == [list(range(12))]
    assert len(average_linkage(range(12), star, 0.3)) > 1


def test_one_false_link_joins_nothing() -> None:
    links = dict.fromkeys(combinations(range(6), 2), 1.0)
    links |= dict.fromkeys(combinations(range(6, 12), 2), 1.0)
    links[0, 6] = 0.7
    found = average_linkage(range(12), completed(links, 0.6), 0.3)
    assert found == [list(range(6)), list(range(6, 12))]


def test_nothing_is_lost() -> None:
    assert average_linkage(range(4), {}, 0.3) == [[0], [1], [2], [3]]
