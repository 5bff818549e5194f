"""Exported chats: a post of a channel or a day of a chat is a report, each word traced."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.clean.source import Outcome
from guvoh.model.report import MakingKind, Report, ReportForm
from guvoh.model.text import Span
from guvoh.reading.read import read

CHATS = Path(__file__).parents[1] / "cases" / "formats" / "chats"


def _clean(data: bytes, file: str) -> Outcome:
    media_type = identify(data[:65_536], len(data), file)
    return clean(sha256(data).hexdigest(), file, media_type, data, "2026-01-01T00:00:00Z")


def _read(file: str) -> Outcome:
    return _clean((CHATS / file).read_bytes(), file)


def _bytes_of(report: Report, words: str, data: bytes) -> bytes:
    at = report.text.index(words)
    pieces = report.map.pieces_of(Span(at, at + len(words)), report.text)
    assert {one.part for one in pieces} == {"file"}
    return data[pieces[0].first : pieces[-1].last]


def test_a_channels_post_is_a_report_with_what_it_was_passed_on_from() -> None:
    (post,), findings = _read("result.json")
    assert [one.kind for one in findings] == ["media-unread"]
    assert post.file == "result.json#message-2"
    assert (
        post.text == 'The mayor told reporters that "nobody" was taken.\n\nA second 😀 paragraph.'
    )
    assert post.publisher is not None
    assert post.publisher.text == "Канал Долины"
    assert post.published == "2023-03-06T10:00:00+03:00"
    assert [(one.kind, one.name) for one in post.making] == [(MakingKind.CREDIT, "River Times")]
    assert [(d.text, d.reason) for d in post.debris] == [
        ("2023-03-06T11:00:00", "time at which it was changed")
    ]
    assert [one.url.text for one in post.images if one.url] == [
        "photos/photo_1@06-03-2023_10-00-00.jpg"
    ]
    data = (CHATS / "result.json").read_bytes()
    assert _bytes_of(post, 'that "nobody" was', data) == b'that \\"nobody\\" was'
    assert _bytes_of(post, "😀", data) == b"\\ud83d\\ude00"
    assert _bytes_of(post, "reporters", data) == b"reporters"


def test_a_chat_as_pages_is_read_by_days_and_what_is_passed_on_apart() -> None:
    reports, findings = _read("messages.html")
    assert [one.kind for one in findings] == ["media-unread"]
    monday, passed_on, tuesday = reports
    assert monday.form is ReportForm.TURNS
    assert (
        monday.text
        == '10:04 Daler: The guard told me that "twelve" miners were taken. Note: he was sure.'
    )
    assert (monday.published, tuesday.published) == ("2023-03-06", "2023-03-07")
    assert passed_on.text == "The mayor said that nobody was taken on Monday."
    assert [one.name for one in passed_on.making] == ["River Times"]
    assert passed_on.bylines == ()
    assert tuesday.text == "08:00 Anna: I saw it myself."
    assert [one.url.text for one in tuesday.images if one.url] == [
        "photos/photo_1@07-03-2023_08-00-00.jpg"
    ]
    data = (CHATS / "messages.html").read_bytes()
    assert _bytes_of(monday, '"twelve"', data) == b"&quot;twelve&quot;"
    assert _bytes_of(monday, "Daler", data) == b"Daler"
    names = {claim.chain[0].name for claim in read(monday).claims if claim.chain}
    assert names == {"Daler"}


def test_text_of_ios_is_read_with_the_programs_words_apart() -> None:
    reports, _ = _read("_chat.txt")
    assert [(one.published, one.text) for one in reports] == [
        (
            "2023-03-06",
            "10:04 Daler R: The guard told me that twelve miners were taken. Note: he was sure.",
        ),
        ("2023-03-16", "10:06 Anna: Who saw it?"),
    ]
    assert [one.reason for one in reports[1].debris] == ["time at which it was changed"]
    data = (CHATS / "_chat.txt").read_bytes()
    assert _bytes_of(reports[0], "twelve miners", data) == b"twelve miners"


def test_text_of_android_whose_days_may_be_months_keeps_the_year_alone() -> None:
    (report,), findings = _read("WhatsApp Chat with Miners.txt")
    assert report.published == "2023"
    assert {one.kind for one in findings} == {"dates-unclear", "media-unread"}


@pytest.mark.parametrize(
    "said",
    ["<Media omitted>", "\u200eimage omitted", "Video omitted", "audio omitido", "vidéo absente", "<Без медиафайлов>"],
)  # fmt: skip
def test_media_that_were_not_exported_are_counted(said: str) -> None:
    lines = [
        f"16/03/2023, 21:0{n} - Anna: {words}" for n, words in enumerate((said, "Look.", said))
    ]
    (report,), findings = _clean("\n".join(lines).encode(), "chat.txt")
    assert report.text == "21:01 Anna: Look."
    assert [(one.kind, one.text[:1]) for one in findings] == [("media-left-out", "2")]


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("06.03.23, 21:04 - {}: word", "2023-03-06"),
        ("3/16/23, 9:04\u202fPM - {}: word", "2023-03-16"),
        ("16/03/2023, 21:04 - {}: word", "2023-03-16"),
        ("[2023-03-06 21:04] {}: word", "2023-03-06"),
        ("\u200e[06.03.23, 21:04:05] {}: word", "2023-03-06"),
    ],
)
def test_forms_of_dates(line: str, at: str) -> None:
    text = "\n".join(line.format(name) for name in ("Anna", "Daler", "Anna", "Olga"))
    (report,), _ = _clean(text.encode(), "chat.txt")
    assert report.published == at
    assert report.text.startswith("21:04 Anna: word")


def test_a_whole_export_keeps_its_chats_apart() -> None:
    def chat(number: int, kind: str) -> dict[str, object]:
        message = {
            "id": 7, "type": "message", "date": "2023-03-06T10:00:00", "date_unixtime": "1678096800",
            "from": "Daler", "from_id": "user1", "text": "I saw it myself.",
        }  # fmt: skip
        return {"name": "Daler", "type": kind, "id": number, "messages": [message]}

    export = {
        "about": "x",
        "chats": {"about": "y", "list": [chat(1, "personal_chat"), chat(2, "private_channel")]},
    }
    reports, findings = _clean(json.dumps(export).encode(), "result.json")
    assert findings == ()
    assert [(one.file, one.text, one.published) for one in reports] == [
        ("result.json#1-2023-03-06-7", "10:00 Daler: I saw it myself.", "2023-03-06"),
        ("result.json#2-message-7", "I saw it myself.", "2023-03-06T10:00:00Z"),
    ]


def test_bad_exports_are_read_as_far_as_they_go_or_named() -> None:
    for path in CHATS.iterdir():
        data = path.read_bytes()
        for tenth in range(1, 10):
            reports, findings = _clean(data[: len(data) * tenth // 10], path.name)
            assert reports or findings, (path, tenth)
    deep = (
        b'{"messages": ['
        + b'{"id":1,"type":"message","date":"2023-01-01T00:00:00","text":'
        + b"[" * 100_000
    )
    assert _clean(deep, "result.json")[1][0].problem
    assert _clean(b'{"messages": 5, "chats": "x"}', "a.json")[1][0].kind == "not-read"
    huge = b'{"id":1,"messages":[{"type":"message","id":1,"date":"2023-13-45T99:99:99","date_unixtime":"9999999999999","text":"word"}]}'
    (report,), _ = _clean(huge, "result.json")
    assert (report.text, report.published) == ("word", None)
