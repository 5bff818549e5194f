"""Chains that rise in both, and passages with offsets."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from guvoh.lineage.align import align, heaviest_increasing, passages
from guvoh.lineage.anchors import Cut

matches = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 9)), max_size=9, unique=True
)


def best_by_search(found: list[tuple[int, int, int]]) -> int:
    best = 0
    for mask in range(1 << len(found)):
        chain = sorted(m for i, m in enumerate(found) if mask >> i & 1)
        if all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(chain)):
            best = max(best, sum(m[2] for m in chain))
    return best


@given(matches)
def test_the_chain_is_the_heaviest(found: list[tuple[int, int, int]]) -> None:
    ordered = list(found)
    chain = [ordered[i] for i in heaviest_increasing(ordered)]
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(chain))
    assert sum(m[2] for m in chain) == best_by_search(found)


def test_passages_point_into_both_texts(dev: dict[tuple[str, str], str]) -> None:
    english, russian = dev["mine", "a.en"], dev["mine", "a.ru"]
    left, right = Cut(english, "en"), Cut(russian, "ru")
    found = passages(align(left, right, across=True), left, right, across=True)
    assert len(found) >= 4
    assert sum(p.weight for p in found) <= 1000
    by_start = {english[slice(*p.parent)][:15]: russian[slice(*p.child)][:12] for p in found}
    assert by_start["In 2019 a simil"] == "В 2019 году "


def test_one_line_repeated_costs_no_square() -> None:
    text = "Ninety divers searched Lake Orsun. " * 4000
    cut = Cut(text, "en")
    assert len(align(cut, cut, across=False).chain) <= 4000
