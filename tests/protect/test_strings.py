"""Every string of a value is changed, but no code; a place that loses its name is nowhere."""

from guvoh.model.claim import Place
from guvoh.model.text import Span
from guvoh.protect.strings import changed, strings

PLACE = Place(
    "Region", Span(0, 6), "Region", "region", "TJ", 38.5, 68.8, "region", "r:1", candidates=("r:2",)
)


def test_a_place_that_loses_its_name_loses_its_coordinates() -> None:
    made = changed((PLACE,), lambda text: text.replace("Region", "[place]"))[0]
    assert (made.text, made.name, made.kind) == ("[place]", "[place]", "region")
    assert (made.latitude, made.longitude, made.key, made.candidates) == (None, None, None, ())


def test_codes_are_no_words_of_a_report() -> None:
    made = changed((PLACE,), str.upper)[0]
    assert (made.name, made.kind, made.country) == ("REGION", "region", "TJ")
    assert {text for _, text in strings(PLACE)} == {"Region"}


def test_what_does_not_change_is_the_same_object() -> None:
    assert changed(PLACE, str) is PLACE
