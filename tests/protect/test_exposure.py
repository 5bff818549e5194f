"""Under which code people leave: nobody's relatives under his, and nobody of an account under a lasting one."""

from itertools import count

import pytest

from guvoh.protect.exposure import Cover, Leaving, lasts, leaving
from guvoh.reading.read import read
from tests.reading.reports import report_of

ACCOUNT = """P-7QK2 said that soldiers came to the brickworks near Uzgen in late April. His brother said
that nine men were driven to the border. The wife of P-7QK2 told a neighbour that buses came at night.

"They took my passport first," P-7QK2 said.
"""
PEOPLE = tuple(one for one in read(report_of(ACCOUNT)).people if "P-7QK2" in one.name)


def cast_of(backwards: bool, codes: dict[str, str]) -> dict[str, Leaving]:
    numbers = count(1)
    people = PEOPLE[::-1] if backwards else PEOPLE
    cast = leaving(people, frozenset(), codes, lambda: f"P-AAA{next(numbers)}")
    return {one.person.name: one for one in cast}


@pytest.mark.parametrize("backwards", [False, True])
def test_relatives_of_an_account_teller_leave_under_codes_of_their_own(backwards: bool) -> None:
    cast = cast_of(backwards, {one.id: f"P-FFF{number}" for number, one in enumerate(PEOPLE)})
    assert {name: one.label.split()[0] for name, one in cast.items()} == {
        "P-7QK2": "person",
        "P-7QK2's brother": "brother",
        "wife of P-7QK2": "wife",
    }
    assert len({one.code for one in cast.values()}) == 3
    assert all(one.label.endswith(str(one.code)) for one in cast.values())
    for one in cast.values():  # a code that lasts would join this release with the one before
        assert not str(one.code).startswith("P-FFF")
        assert not lasts(one.person)


@pytest.mark.parametrize("backwards", [False, True])
def test_in_a_text_the_code_of_an_account_stays_the_tellers(backwards: bool) -> None:
    cast = cast_of(backwards, {})
    cover = Cover(cast.values(), ())
    teller = cast["P-7QK2"].code
    assert cover.text(ACCOUNT) == ACCOUNT.replace("P-7QK2", str(teller))
    assert cover.blacked(ACCOUNT) == ACCOUNT.replace("P-7QK2", str(teller))
    relatives = [one for name, one in cast.items() if name != "P-7QK2"]
    assert "P-7QK2" not in Cover(relatives, ()).text(ACCOUNT)
    assert not any(str(one.code) in Cover(relatives, ()).text(ACCOUNT) for one in relatives)
