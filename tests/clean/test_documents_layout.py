"""One text with notes, columns, tables, boxes and hidden words, as LibreOffice and Chromium write it: the order people read."""

from pathlib import Path

import pytest

from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.model.report import Report

# LibreOffice 7.4 made the four of one flat file; Chromium printed quarry.pdf, as its users do.
RICH = Path(__file__).parents[1] / "cases" / "formats" / "rich"
ORDER = (
    "ALPHA1", "BETA2", "GAMMA3", "DELTA4", "EPSILON5", "ITEM1", "ITEM2", "ITEM3", "Name Born Last seen",
    "Anton Vell 1997 at the gate on Monday evening", "Sefa Mirel 1990 in a lorry", "Позже об этом сообщила", "FOOTNOTE1",
)  # fmt: skip


def read(name: str) -> Report:
    data = (RICH / name).read_bytes()
    media_type = identify(data[:65_536], len(data), name)
    (report,), _ = clean("d" * 64, name, media_type, data, "2031-06-01T00:00:00Z")
    return report


def paragraphs(report: Report) -> list[str]:
    return [report.text[start:end] for start, end in report.paragraphs]


@pytest.mark.parametrize("name", ["rich.odt", "rich.docx", "rich.rtf", "rich.pdf"])
def test_a_rich_document_is_read_in_order_and_whole(name: str) -> None:
    report = read(name)
    assert report.title is not None
    assert report.title.text == "Nine men missing near Tarvon"
    assert [one.text for one in report.bylines] == ["Ilse Harrow"]
    assert report.published == "2031-05-11"
    places = [report.text.index(words) for words in ORDER]
    assert places == sorted(places)
    told = paragraphs(report)
    assert any("guards had come with a list." in one for one in told)  # a line was broken in it
    assert "BOX1 Who is the owner of the quarry: a company of the governor's son." in told
    (zeta,) = (one for one in told if one.startswith("ZETA6"))
    assert zeta.endswith("has left the country since then.")


@pytest.mark.parametrize("name", ["rich.odt", "rich.docx", "rich.rtf"])
def test_hidden_and_deleted_words_and_comments_are_debris(name: str) -> None:
    report = read(name)
    apart = {one.reason: one.text for one in report.debris}
    assert apart["hidden text"].strip() == "HIDDEN1 his real name"
    assert apart["deleted in tracked changes"].strip() == "seventy"
    assert apart["comment"].strip() == "COMMENT1 check with the lawyer"
    assert "The Harbour Ledger, weekly" in {one.text for one in report.debris}
    assert "HIDDEN1" not in report.text


def test_what_a_browser_prints_around_a_page_is_no_part_of_it() -> None:
    report = read("quarry.pdf")
    assert report.title is not None
    assert report.title.text == "Nine men are missing near Tarvon"
    assert report.url == "http://127.0.0.1:8799/quarry.html"
    apart = {one.text: one.reason for one in report.debris}
    assert apart["1/1"] == "printed around the page by a browser"
    assert apart["Weather in Osk: 12 degrees, rain"] == "menu above the headline"
    assert [one.text for one in report.bylines] == ["Ilse Harrow"]
    assert report.published == "2031-05-03"


def test_initials_columns_and_boxes_of_a_printed_page_are_read_as_people_do() -> None:
    told = paragraphs(read("quarry.pdf"))
    assert [one.split(maxsplit=2)[0] for one in told] == [
        "Nine", "A", "Who", "By", "The", "A", "Seen", "Anton", "34", "Sefa", "Among",
    ]  # fmt: skip
    assert told[0].startswith("Nine men of the second shift were taken from the quarry near Tarvon")
    assert told[1].startswith("A group of guards had come with a list, said the brother, who asked")
    assert told[1].endswith("closed since Monday, he said to this newspaper.")
    assert told[3].endswith("in the autumn of the year before.")
    assert told[4].endswith("told the Ledger by telephone from Osk.")
    assert told[7] == "Anton Vell at the gate, on Monday evening, by a clerk of the office"
