"""Formats through a whole build: set aside until someone declares them, then read and traced."""

import json
import mailbox
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guvoh import cli

DOCUMENTS = Path(__file__).parents[1] / "clean" / "documents"
Build = Callable[..., str]


@pytest.fixture
def build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Build:
    """Build sources into the test's case and return what was said of problems."""

    def built(*sources: Path | str, public: bool = False, status: int = 1) -> str:
        flags = ["--public"] if public else []
        case = str(tmp_path / "case")
        assert cli.main(["build", *map(str, sources), "--case", case, *flags]) == status
        return capsys.readouterr().err

    return built


@pytest.fixture
def show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], list[Any]]:
    def shown(noun: str) -> list[Any]:
        assert cli.main(["show", noun, "--case", str(tmp_path / "case"), "--json"]) == 0
        rows: list[Any] = json.loads(capsys.readouterr().out)
        return rows

    return shown


Show = Callable[[str], list[Any]]


def test_a_mailbox_is_set_aside_whole_then_read(tmp_path: Path, build: Build, show: Show) -> None:
    box = mailbox.mbox(tmp_path / "Inbox")
    message = EmailMessage()
    message["From"] = "Anna Orlova <anna@x.example>"
    message["Date"] = "Mon, 06 Mar 2023 10:00:00 +0300"
    message["Message-ID"] = "<1@x.example>"
    message.set_content(
        "The captain told me that twelve miners were taken.\n\n"
        "On Sun, 5 Mar 2023 at 18:00, Olga Petrova <olga@x.example> wrote:\n"
        "> The mayor said that nobody was taken on Monday.\n"
    )
    message.add_attachment(
        (DOCUMENTS / "two.docx").read_bytes(),
        maintype="application",
        subtype="octet-stream",
        filename="two.docx",
    )
    box.add(message)
    box.add(message)
    box.close()
    said = build(tmp_path / "Inbox")
    assert said.count("set aside") == 1
    assert {one["exposure"] for one in show("captures")} == {"undeclared"}
    assert show("reports") == []

    assert build(tmp_path / "Inbox", public=True, status=0) == ""
    files = {one["file"]: one for one in show("reports")}
    assert files.keys() == {"Inbox!/1.eml", "Inbox!/1.eml#quoted-1", "Inbox!/1.eml!/two.docx"}
    chains = {(one["file"], *(link["name"] for link in one["chain"])) for one in show("claims")}
    assert ("Inbox!/1.eml", "Anna Orlova", "the captain") in chains
    assert ("Inbox!/1.eml#quoted-1", "Olga Petrova", "the mayor") in chains
    assert not [one for one in chains if one[:2] == ("Inbox!/1.eml", "Olga Petrova")]


def test_subtitles_wait_for_a_word_then_are_turns(tmp_path: Path, build: Build, show: Show) -> None:
    talk = tmp_path / "talk.srt"
    talk.write_text(
        "1\n00:00:01,000 --> 00:00:04,000\nInterviewer: Who was taken?\n\n"
        "2\n00:00:05,000 --> 00:00:09,000\nDaler: I saw them take twelve miners on Monday.\n"
    )
    assert "looks like a transcript and was set aside" in build(talk)
    build(talk, public=True, status=0)
    (claim,) = [one for one in show("claims") if "twelve" in one["text"]]
    assert [link["name"] for link in claim["chain"]] == ["Daler"]
    assert claim["laid_out_from"] == ["at 00:00:05"]


def test_chats_wait_for_a_word_then_posts_and_days_are_reports(
    tmp_path: Path, build: Build, show: Show
) -> None:
    chats = Path(__file__).parents[1] / "cases" / "formats" / "chats"
    assert build(chats).count("looks like a chat and was set aside") == len(list(chats.iterdir()))
    assert show("reports") == []
    build(chats, public=True, status=0)
    reports = {one["file"]: one for one in show("reports")}
    assert reports["result.json#message-2"]["publisher"] == "Канал Долины"
    claims = show("claims")
    (told,) = [one for one in claims if one["file"] == "messages.html#message-12"]
    assert "mayor" in told["chain"][0]["name"]
    voices = {
        one["chain"][0]["name"]
        for one in claims
        if one["file"].startswith("_chat.txt") and one["chain"]
    }
    assert voices == {"Daler R"}  # Anna only asks


def test_a_crawl_gives_its_pages_with_their_addresses(build: Build, show: Show) -> None:
    crawl = Path(__file__).parents[1] / "cases" / "formats" / "calder.warc.gz"
    build(crawl, status=0)
    reports = {one["url"]: one for one in show("reports")}
    assert reports.keys() == {"http://127.0.0.1:8765/index.html", "http://127.0.0.1:8765/two.html"}
    assert all(one["file"].startswith("calder.warc.gz#") for one in reports.values())
    chains = [[link["name"] for link in one["chain"]] for one in show("claims")]
    assert ["Calder Ledger", "Olga Petrova"] in chains  # she told it


def test_a_table_is_read_once_its_columns_are_named(
    tmp_path: Path, build: Build, show: Show, capsys: pytest.CaptureFixture[str]
) -> None:
    table, columns = tmp_path / "press.csv", tmp_path / "columns.toml"
    table.write_text(
        "Outlet;When;Story\nCalder Ledger;2023-03-06;The mayor said that nobody was taken.\n"
    )
    assert "--columns FILE" in build(table)
    assert show("reports") == []
    columns.write_text('text = "Story"\npublisher = "Outlet"\ndate = "When"\n')
    case = str(tmp_path / "case")
    assert cli.main(["build", str(table), "--columns", str(columns), "--case", case]) == 0
    capsys.readouterr()
    (report,) = show("reports")
    assert (report["file"], report["publisher"], report["published"]) == (
        "press.csv#row-2",
        "Calder Ledger",
        "2023-03-06",
    )
    columns.write_text('witness = "Story"\n')
    assert cli.main(["build", str(table), "--columns", str(columns), "--case", case]) == 2
    assert "can't be used" in capsys.readouterr().err


def test_the_same_picture_and_a_transcript_are_known_in_one_build_or_two(
    tmp_path: Path, build: Build, show: Show
) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    picture = Image.effect_mandelbrot((400, 300), (-2, -1.2, 1, 1.2), 60)
    picture.save(pile / "a.png")
    picture.resize((200, 150)).convert("RGB").save(pile / "b.jpg", quality=50)
    (pile / "talk.mp3").write_bytes(b"ID3\x04" + bytes(400))
    assert "talk.mp3: It is a recording" in build(pile)
    (pile / "talk.txt").write_text(
        "The mayor said that nobody was taken on Monday from the town.\n"
    )
    build(pile, public=True, status=0)
    ties = {
        (one["kind"], one["file"], *one["for"])
        for one in show("findings")
        if one["step"] == "media"
    }
    assert ("same-picture", "b.jpg", "a.png") in ties
    assert ("transcript", "talk.mp3", "talk.txt") in ties


def test_an_address_in_this_network_is_never_asked(build: Build) -> None:
    said = build(Path("never-there.html"), "http://localhost:9/secret")
    assert "http://localhost:9/secret: “localhost” leads into a private or special network" in said
    assert "never-there.html: It does not exist." in said


def test_a_letter_is_its_writers_word_and_her_name_is_not_published(
    tmp_path: Path, build: Build, show: Show
) -> None:
    box = Path(__file__).parents[1] / "cases" / "formats" / "pile" / "Inbox"
    build(box, public=True, status=0)
    chains = [[link["name"] for link in one["chain"]] for one in show("claims")]
    assert ["Mirela Osk", "the gatekeeper of the Tarvon quarry"] in chains
    exposures = {one["name"]: one["exposure"] for one in show("people")}
    assert exposures["Mirela Osk"] == "private"
    out = tmp_path / "out"
    cli.main(["publish", "dataset", str(out), "--case", str(tmp_path / "case")])
    told = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert told
    assert b"Mirela" not in told
