"""Publishing in the browser: what the gate lets out is saved as one file, and what it refuses is said."""

import io
import re
import zipfile

import pytest

from guvoh.publish.exports import EXPORTS
from guvoh.words import words
from guvoh.workbench.publishing import KINDS
from tests.workbench.conftest import Browser


def saved(browser: Browser, page: str) -> zipfile.ZipFile:
    """Return the file that a page offers to save."""
    found = re.search(r'href="(/publications/[\w-]+)"', page)
    assert found is not None, page
    return zipfile.ZipFile(io.BytesIO(browser.fetch(found.group(1))))


def test_every_export_can_be_chosen_and_is_named_in_russian(browser: Browser) -> None:
    assert set(KINDS) == set(EXPORTS)
    assert not set(KINDS.values()) - words("ru").singular.keys()
    page = browser.get("/publish").text
    assert all(f'value="{name}"' in page for name in EXPORTS)


@pytest.mark.parametrize(("what", "file"), [("citations", "reports.bib"), ("dataset", "datapackage.json")])  # fmt: skip
def test_what_was_made_is_saved_as_one_file(browser: Browser, what: str, file: str) -> None:
    page = browser.post("/publish", what=what)
    assert page.status == 200
    names = saved(browser, page.text).namelist()
    assert any(name.endswith(file) for name in names), names


def test_only_the_events_that_were_chosen_leave(browser: Browser) -> None:
    listed = browser.get("/publish").text
    first = re.search(r'name="event" value="(\w+)"', listed)
    assert first is not None

    def events(page: str) -> int:
        archive = saved(browser, page)
        (name,) = [one for one in archive.namelist() if one.endswith("events.csv")]
        return len(archive.read(name).decode().splitlines()) - 1

    assert events(browser.post("/publish", what="dataset", event=first.group(1)).text) == 1
    assert events(browser.post("/publish", what="dataset").text) > 1


def test_what_nobody_offers_is_not_made(browser: Browser) -> None:
    assert browser.post("/publish", what="everything").status == 400
    assert browser.get("/publications/none").status == 404


def test_all_that_the_page_is_narrowed_to_leaves(browser: Browser) -> None:
    assert "None chosen: of all 6." in browser.get("/publish").text
    page = browser.get("/publish?act=transfer").text
    number = re.search(r"None chosen: of all (\d+) as narrowed above", page)
    assert number is not None
    assert page.count('name="event"') == int(number[1]) < 6
    assert 'name="act"' in page
