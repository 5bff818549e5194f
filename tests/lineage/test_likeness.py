"""How sure a derivation is said to be rises with how likely it is, and is never certain."""

from guvoh.lineage.likeness import sureness


def test_sureness_rises_with_likelihood_and_is_never_certain() -> None:
    said = [sureness(likely) for likely in range(0, 1000, 10)]
    assert said == sorted(said)
    assert all(sure >= likely for likely, sure in zip(range(0, 1000, 10), said, strict=False))
    assert said[0] > 0
    assert said[-1] < 1000
    assert 780 <= sureness(500) <= 820
