"""Places from which a distance is counted are no places of what happened."""

import pytest

from guvoh.corroborate.distances import counted_from
from guvoh.reading.read import read
from tests.reading.reports import report_of


@pytest.mark.parametrize(
    ("language", "text", "counted"),
    [
        ("en", "He was held in the Vladimir region, 190 km from Moscow.", ["Moscow"]),
        ("en", "They were taken from Moscow to Ryazan, 180 kilometres south-east of Moscow.", ["Moscow"]),
        ("en", "A colony 190 km away. Moscow denies it.", []),
        ("ru", "Его держали во Владимирской области, в 190 км от Москвы.", ["Moscow"]),
        ("fr", "Il était détenu à Vladimir, à 190 km de Moscou.", ["Moscow"]),
        ("es", "Lo retuvieron en Vladímir, a 190 km de Moscú.", ["Moscow"]),
        ("uz", "U Moskvadan 190 km uzoqlikda saqlangan.", ["Moscow"]),
    ],
)  # fmt: skip
def test_a_distance_is_counted_from_the_place_behind_it(
    language: str, text: str, counted: list[str]
) -> None:
    places = read(report_of(text, language)).places
    assert [place.name for place in places if counted_from(text, place)] == counted
