import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guvoh.model.text import Span
from guvoh.resolve.gazetteer import Known
from guvoh.resolve.places import Hints, Located, distance_km, locate, lookup, read_own


def located(text: str, *names: str, language: str = "en", own: str = "") -> list[Located]:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return list(locate(text, spans, language=language, own=read_own(own)[0]))


def known(found: Located) -> Known:
    assert found.place is not None
    return found.place


def test_great_circle() -> None:
    assert distance_km((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
    assert distance_km((55.75, 37.62), (56.13, 40.41)) == pytest.approx(178, abs=3)
    assert distance_km((10, 20), (10, 20)) == 0


@pytest.mark.parametrize(
    ("name", "language", "key"),
    [
        ("Russia", "en", "c:RU"),
        ("США", "ru", "c:US"),
        ("U.S.", "en", "c:US"),
        ("Владимирской области", "ru", "r:RU-VLA"),
        ("Vladimir region", "en", "r:RU-VLA"),
        ("Владимирской", "ru", "r:RU-VLA"),
        ("Toshkentda", "uz", "t:1512569"),
        ("Ташкенте", "ru", "t:1512569"),
        ("Бишкекте", "ky", "t:1528675"),
        ("Средней Азии", "ru", "a:central-asia"),
        ("Uzbek", "en", "c:UZ"),
        ("New York City", "en", "t:5128581"),
        ("Mexico City", "en", "t:3530597"),
        ("Чечне", "ru", "a:chechnya"),
    ],
)
def test_first_candidate(name: str, language: str, key: str) -> None:
    candidates = lookup(name, language=language)
    assert candidates
    assert candidates[0].place.key == key


def test_an_unknown_name_stays_unknown() -> None:
    assert lookup("Qwrtzplkh") == ()
    [found] = located("In Qwrtzplkh it rained.", "Qwrtzplkh")
    assert found.place is None
    assert found.candidates == ()


def test_shares_are_per_mille() -> None:
    scores = [candidate.score for candidate in lookup("Paris")]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1000, abs=len(scores))


def test_a_hint_decides() -> None:
    [first, *_] = lookup("Paris", hints=Hints(countries=frozenset({"US"})))
    assert first.place.country == "US"
    [first, *_] = lookup("Vladimir", hints=Hints(kind="region"))
    assert first.place.key == "r:RU-VLA"


def test_what_the_text_says_it_lies_in_decides() -> None:
    paris, texas = located("The mayor of Paris, Texas spoke.", "Paris", "Texas")
    assert known(paris).region == "r:US-TX"
    assert paris.within == "r:US-TX"
    assert known(texas).key == "r:US-TX"


def test_places_of_the_same_country_speak_for_each_other() -> None:
    alone = located("He left for Vladimir.", "Vladimir")
    assert known(alone[0]).country == "RU"
    text = "From Birmingham the march went to Montgomery and Mobile in Alabama."
    found = located(text, "Birmingham", "Montgomery", "Mobile", "Alabama")
    assert {known(place).country for place in found} == {"US"}


def test_a_name_means_one_place_in_a_text() -> None:
    text = "Paris, Texas. Paris again."
    spans = [Span(0, 5), Span(7, 12), Span(14, 19)]
    found = locate(text, spans, language="en")
    assert known(found[0]).key == known(found[2]).key


OWN = """name\tother names\tkind\tcountry\tlatitude\tlongitude
Camp Heron\tHeron camp, лагерь Цапля\tfacility\tRU\t56.1\t40.4
broken line
Nowhere\t\tfacility\tRU\t999\t0
"""


def test_a_users_own_places_go_first() -> None:
    own, problems = read_own(OWN)
    assert len(problems) == 2
    for name in ("Camp Heron", "heron camp", "лагерь Цапля"):
        assert lookup(name, own=own)[0].place.name == "Camp Heron"
    [found] = located("They were held at Camp Heron.", "Camp Heron", own=OWN)
    assert known(found).kind == "facility"


def test_candidates_do_not_depend_on_the_order_of_mentions() -> None:
    text = "Springfield lies far from Chicago and from Boston."
    spans = [Span(0, 11), Span(26, 33), Span(43, 49)]
    forward = locate(text, spans, language="en")
    backward = locate(text, spans[::-1], language="en")
    assert [found.place for found in forward] == [found.place for found in backward[::-1]]


@given(st.text(max_size=40))
def test_any_name_is_looked_up_without_complaint(name: str) -> None:
    for candidate in lookup(name, language="ru"):
        assert 0 <= candidate.score <= 1000


def test_time_does_not_explode() -> None:
    start = time.process_time()
    lookup("a " * 20_000, language="ru")
    lookup("sk" * 20_000, language="ru")
    text = "Paris, " * 400
    locate(text, [Span(at * 7, at * 7 + 5) for at in range(400)], language="en")
    assert time.process_time() - start < 5
