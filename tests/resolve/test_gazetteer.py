import subprocess
import sys
from importlib.resources import files

from guvoh.languages.fold import fold
from guvoh.resolve import gazetteer


def test_the_table_is_small_and_carries_its_licence() -> None:
    folder = files("guvoh.resolve")
    with folder.joinpath("gazetteer.npz").open("rb") as stream:
        assert len(stream.read()) < 8_000_000
    assert "Open Database License" in folder.joinpath("gazetteer.LICENSE.txt").read_text("utf-8")


def test_loading_takes_little_time() -> None:
    # Against the start of numpy in the same run, for machines differ.
    code = (
        "import time; a = time.process_time(); import numpy; b = time.process_time();"
        "from guvoh.resolve import gazetteer; gazetteer.rules(); c = time.process_time();"
        "gazetteer.named('tashkent'); d = time.process_time(); print((d - c) / max(b - a, 0.02))"
    )
    ratio = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(ratio.stdout) < 8


def test_names_in_many_languages_lead_to_one_place() -> None:
    for name in (
        "Uzbekistan",
        "Узбекистан",
        "Ўзбекистон",
        "Oʻzbekiston",
        "Ouzbékistan",
        "أوزبكستان",
    ):
        assert "c:UZ" in {place.key for place, _ in gazetteer.named(fold(name))}
    for name in ("Khujand", "Худжанд", "Хуҷанд"):
        assert any(place.country == "TJ" for place, _ in gazetteer.named(fold(name)))


def test_a_town_knows_its_region_and_country() -> None:
    towns = [place for place, main in gazetteer.named("vladimir") if main and place.kind == "town"]
    largest = max(towns, key=lambda place: place.population)
    assert (largest.country, largest.region) == ("RU", "r:RU-VLA")


def test_an_unknown_name_gives_nothing() -> None:
    assert gazetteer.named("qwrtzplkh") == ()
    assert gazetteer.inflected("qwrtzplkh") == ()


def test_oblique_cases_are_found() -> None:
    for name, key in (("moskve", "Moscow"), ("tule", "Tula"), ("chechne", "Chechnya")):
        assert key in {place.name for place in gazetteer.inflected(name)}


def test_generic_words_are_taken_off() -> None:
    assert gazetteer.plain_name("vladimir oblast") == "vladimir"
    assert gazetteer.plain_name("the region") == "the region"
    assert gazetteer.whole_name("southern california") == "california"
