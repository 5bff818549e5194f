"""Profiles: terms in many languages, compared folded, from the package or from a file."""

from pathlib import Path

import pytest

from guvoh.bulk.profile import (
    ProfileError,
    groups_in,
    parse_profile,
    read_profile,
    shipped_profiles,
)


@pytest.mark.parametrize("name", shipped_profiles())
def test_what_ships_can_be_read(name: str) -> None:
    profile = read_profile(name)
    assert 1 <= profile.least <= len(profile.groups)
    assert all(len(term) >= 5 for term in profile.terms)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("They RECRUITED prisoners and sent them to the front.", 3),
        ("Осуждённых заставляли подписать контракт и отправляли на фронт.", 4),
        ("Mahkumlarni urushga majburlab yuborishdi.", 3),
        ("Маҳкумларни урушга мажбурлаб юборишди.", 3),
        ("Маҳбусонро маҷбур карда, ба ҷанг фиристоданд.", 3),
        ("The apricot trees are flowering.", 0),
    ],
)
def test_terms_are_found_in_any_script(text: str, groups: int) -> None:
    assert groups_in(read_profile("coerced-recruitment"), text).bit_count() == groups


def test_a_full_stop_asks_for_a_whole_word() -> None:
    profile = parse_profile('least = 1\n[terms.a]\nen = ["war."]', "mine")
    assert groups_in(profile, "War, again.") == 1
    assert groups_in(profile, "A warm day.") == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("least = ", "not a profile in TOML"),
        ("least = 1", "no groups of terms"),
        ('least = 4\n[terms.a]\nen = ["x"]', "`least` must be a number from 1 to 1"),
        ('least = 1\n[terms.a]\nen = "x"', "no list of words"),
        ('least = 1\n[terms]\na = "x"', "must have a list of words"),
    ],
)
def test_a_faulty_profile_is_said_to_be_one(text: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        parse_profile(text, "mine.toml")


def test_a_missing_profile_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="coerced-recruitment"):
        read_profile(str(tmp_path / "none.toml"))
