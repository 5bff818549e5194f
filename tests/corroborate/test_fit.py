from dataclasses import replace

from guvoh.corroborate.days import Days, days
from guvoh.corroborate.features import Features
from guvoh.corroborate.fit import Profile, fit, numbers_agree, times_differ
from guvoh.corroborate.keys import PSEUDONYM
from guvoh.corroborate.vocabulary import vocabulary

PLAIN = Features((), (), (), False, False, False, (), (), (), (), (), 0)
TRANSFER = replace(PLAIN, acts=("transfer",), families=("move",))


def profile(*claims: Features) -> Profile:
    found = Profile(ahead=claims[0].ahead)
    for claim in claims:
        found.take(claim)
    return found


def joins(claim: Features, other: Features) -> bool:
    found, weights = fit(claim, profile(other)), vocabulary().weights
    return (
        found.barred is None
        and found.total >= weights["threshold"]
        and found.specific >= weights["specific"]
    )


def test_what_is_common_to_many_stories_never_suffices() -> None:
    common = replace(
        TRANSFER,
        who=("n:UZ", "r:prisoner", "o:wgnr"),
        places=("c:RU",),
        numbers=((2.0, None, "n:UZ"),),
    )
    assert not joins(common, common)


def test_facility_and_act_suffice() -> None:
    assert joins(
        replace(TRANSFER, places=("f:prison:6",)), replace(TRANSFER, places=("f:prison:6",))
    )


def test_another_facility_bars() -> None:
    one = replace(
        TRANSFER, places=("f:prison:6",), times=(Days(1, 1),), numbers=((30.0, 30.0, "n:UZ"),)
    )
    assert fit(one, profile(replace(one, places=("f:prison:9",)))).barred == "another facility"


def test_a_month_apart_bars() -> None:
    one = replace(TRANSFER, places=("f:prison:6",), times=(Days(100, 100),))
    assert fit(one, profile(replace(one, times=(Days(131, 131),)))).barred == "another time"


def test_a_page_without_a_year_makes_no_two_years_one() -> None:
    """An undated copy's "late January" is of the year that the rest has: that of 2031 is another time."""
    one, undated, later = (
        replace(TRANSFER, places=("f:prison:6",), times=(at,))
        for at in map(days, ("2024-01-21/2024-01-31", "XXXX-01-21/XXXX-01-31", "2031-01-21"))
        if at is not None
    )
    assert fit(undated, profile(one)).barred is None
    assert fit(later, profile(undated)).barred is None
    assert fit(later, profile(one, undated)).barred == "another time"


def test_years_told_only_around_it_bar() -> None:
    one = replace(TRANSFER, places=("f:prison:6",), near_times=(Days(100, 110),))
    later = replace(one, near_times=(Days(2657, 2667),))
    assert fit(later, profile(one)).barred == "another year"
    assert fit(replace(one, near_times=(Days(131, 140),)), profile(one)).barred is None


def test_what_is_ahead_is_another_happening() -> None:
    one = replace(TRANSFER, places=("f:prison:6",))
    assert fit(replace(one, ahead=True), profile(one)).barred is not None


def test_other_acts_are_another_happening() -> None:
    one = replace(TRANSFER, places=("f:prison:6",))
    other = replace(PLAIN, acts=("rape",), families=("hurt",), places=("f:prison:6",))
    assert fit(other, profile(one)).barred is not None


def test_a_people_inside_a_wider_group_agrees() -> None:
    wide, narrow, other = (
        replace(TRANSFER, who=(f"n:{who}",)) for who in ("central-asian", "UZ", "NP")
    )
    assert fit(wide, profile(narrow)).total > fit(wide, profile(other)).total


def test_numbers_agree_under_their_bounds() -> None:
    assert numbers_agree((24.0, 36.0, ""), (28.0, 28.0, ""))
    assert numbers_agree((2.0, None, ""), (300.0, 300.0, ""))
    assert not numbers_agree((24.0, 36.0, ""), (300.0, 300.0, ""))


def test_a_month_told_beside_its_days_does_not_make_another_day_of_it_agree() -> None:
    early, month, later = Days(700_001, 700_010), Days(700_001, 700_028), Days(700_020, 700_020)
    assert times_differ([later], [early, month])
    assert times_differ([early, month], [later])
    assert not times_differ([later], [month])


def test_one_act_on_one_day_in_one_town_suffices_though_both_are_named_around_it() -> None:
    band = ((48.0, 72.0, "people"),)
    one = replace(TRANSFER, near=("g:lmvk",), near_times=(Days(100, 100),), numbers=band)
    assert joins(one, one)
    assert not joins(one, replace(one, near_times=(Days(131, 131),)))
    assert not joins(one, replace(one, near=("g:glnn",)))
    region = replace(one, near=(), places=("a:r:RU-KOS",))
    assert not joins(region, region)
    assert not joins(one, replace(one, numbers=((300.0, 300.0, "people"),)))


def test_a_pseudonym_is_no_other_name() -> None:
    held = replace(PLAIN, acts=("detain",), families=("hold",), places=("g:dubai",))
    named = replace(held, who=("p:nilufar yusupova",))
    other, veiled = (replace(held, who=("p:sitora", *more)) for more in ((), (PSEUDONYM,)))
    assert fit(named, profile(veiled)).total > fit(named, profile(other)).total
