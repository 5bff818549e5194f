import pytest

from guvoh.corroborate.outlets import outlet
from guvoh.model.report import Report
from guvoh.model.text import CharacterMap, Stated


@pytest.mark.parametrize(
    ("publisher", "url", "called"),
    [
        ("Pier Courier", "https://pier.example/a", "Pier Courier"),
        (None, "https://www.Pier.example:8080/a?b#c", "pier.example"),
        (None, "https://desk@pier.example", "pier.example"),
        (None, "not an address", "an unnamed outlet (file b.txt)"),
        (None, None, "an unnamed outlet (file b.txt)"),
    ],
)
def test_an_outlet_is_called_by_what_the_page_says(
    publisher: str | None, url: str | None, called: str
) -> None:
    stated = Stated(publisher) if publisher else None
    report = Report(
        "r", "r", "a/b.txt", "", CharacterMap("utf-8", ()), "en", publisher=stated, url=url
    )
    assert outlet(report) == called
