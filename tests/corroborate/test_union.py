from hypothesis import given
from hypothesis import strategies as st

from guvoh.corroborate.union import Union

KEYS = [f"k{at}" for at in range(8)]


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS))))
def test_joined_keys_have_one_first_key_whatever_the_order(pairs: list[tuple[str, str]]) -> None:
    one, other = Union(KEYS), Union(KEYS)
    for left, right in pairs:
        one.join(left, right)
    for left, right in reversed(pairs):
        other.join(right, left)
    assert [one.find(key) for key in KEYS] == [other.find(key) for key in KEYS]
    for left, right in pairs:
        assert one.find(left) == one.find(right)
        assert KEYS.index(one.find(left)) <= min(KEYS.index(left), KEYS.index(right))


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS))))
def test_what_is_apart_never_comes_together(pairs: list[tuple[str, str]]) -> None:
    sets = Union(KEYS, [("k0", "k7"), ("k1", "elsewhere")])
    for left, right in pairs:
        sets.join(left, right)
        assert sets.find("k0") != sets.find("k7")
