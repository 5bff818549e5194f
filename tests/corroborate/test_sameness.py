"""Who is proposed as one person, and who never is."""

from typing import Any

import pytest

from guvoh.corroborate.identity import Identity, known_as
from guvoh.corroborate.sameness import ONLY_NAME, PART_ALONE, PSEUDONYM, SAME_ROLE, sameness
from guvoh.model.claim import Person, SourceKind


def known(name: str, code: str = "en", **more: Any) -> list[Identity]:
    person = Person(f"{name}/p0", name, SourceKind.PERSON, **more)
    return [known_as(person, {person.id: person}, code)]


# Two people, and what speaks against them being one.
PROPOSED = [
    (
        known("Timur Qodirov", roles=("driver",)),
        known("Тимур Кодиров", "ru", roles=("водитель",)),
        [],
    ),
    (known("Timur Qodirov"), known("Timur Kodirov"), [ONLY_NAME]),
    (known("Timur Qodirov"), known("Qodirov"), [PART_ALONE, ONLY_NAME]),
    (
        known("Anor", pseudonym=True),
        known("Anor", pseudonym=True),
        [PART_ALONE, ONLY_NAME, PSEUDONYM],
    ),
]
NEVER = [
    (known("Timur Qodirov"), known("Olim Qodirov")),
    (known("Timur Qodirov", nationality="TJ"), known("Timur Qodirov", nationality="UZ")),
    (known("Anor", pseudonym=True), known("Anor Saidov")),
    (known("Timur", withheld=("name",)), known("Timur Qodirov")),
    (known("the driver"), known("a driver")),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "against"), PROPOSED)
def test_a_name_in_common_is_a_proposal_with_what_speaks_against_it(
    ours: list[Identity], theirs: list[Identity], against: list[str]
) -> None:
    found = sameness(ours, theirs)
    assert found is not None
    assert [reason for reason, *_ in found.against] == against
    assert ((SAME_ROLE,) in found.speaks_for) is not ((ONLY_NAME,) in found.against)


@pytest.mark.parametrize(("ours", "theirs"), NEVER)
def test_whoever_is_excluded_or_may_be_unmasked_is_never_proposed(
    ours: list[Identity], theirs: list[Identity]
) -> None:
    assert sameness(ours, theirs) is None


def test_what_one_of_many_reports_excludes_is_excluded() -> None:
    many = [*known("Timur Qodirov"), *known("Timur Qodirov", nationality="TJ")]
    assert sameness(many, known("Timur Qodirov", nationality="UZ")) is None
