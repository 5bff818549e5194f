"""Subtitles: who says what at which time, each word traced to its cue."""

from hashlib import sha256

import pytest

from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.clean.source import Outcome
from guvoh.model.report import ReportForm
from guvoh.model.text import Span
from guvoh.reading.read import read

VOICES = """WEBVTT - made by a recorder

NOTE
checked by nobody

1
00:00:01.000 --> 00:00:04.200 align:start
<v Interviewer>Where were you &amp; your brother</v>
<v Interviewer>on Monday?

2
00:05.000 --> 00:09.000
<v Daler R.>The guard told me that <i>twelve</i> miners were taken.

00:00:09.500 --> 00:00:12.000
<v Daler R.>I saw it.
"""
LABELS = """1
00:00:01,000 --> 00:00:04,200
{\\an8}Вопрос: Где вы были?

2
01:00:05,000 --> 01:00:09,000
Ответ: Охранник сказал мне,
что двенадцать человек забрали.

3
01:00:10,000 --> 01:00:12,000
- Вопрос: Когда?
- Ответ: В понедельник.
"""
SPEECH = """1
00:00:01,000 --> 00:00:04,200
The ferry left the quay

2
00:00:04,300 --> 00:00:06,000
before the storm.

3
00:01:00,000 --> 00:01:02,000
Nobody came back.
"""


def _clean(data: bytes, file: str) -> Outcome:
    media_type = identify(data[:65_536], len(data), file)
    return clean(sha256(data).hexdigest(), file, media_type, data, "2026-01-01T00:00:00Z")


def test_voices_are_turns_with_their_times() -> None:
    data = VOICES.encode()
    (report,), findings = _clean(data, "talk.vtt")
    assert findings == ()
    assert report.form is ReportForm.TURNS
    assert report.text == (
        "00:00:01 Interviewer: Where were you & your brother on Monday?\n\n"
        "00:05 Daler R: The guard told me that twelve miners were taken. I saw it."
    )
    at = report.text.index("twelve")
    (piece,) = report.map.pieces_of(Span(at, at + 6), report.text)
    assert piece.part == "at 00:05"
    assert data[piece.first : piece.last] == b"twelve"
    claims = read(report).claims
    assert {claim.chain[0].name for claim in claims if claim.chain} == {"Daler R"}
    chains = [[link.name for link in claim.chain] for claim in claims]
    assert any(len(chain) == 2 and chain[1].endswith("guard") for chain in chains)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_labels_are_turns_in_any_encoding(encoding: str) -> None:
    (report,), _ = _clean(LABELS.replace("\n", "\r\n").encode(encoding), "беседа.srt")
    assert report.text.split("\n\n") == [
        "00:00:01 Вопрос: Где вы были?",
        "01:00:05 Ответ: Охранник сказал мне, что двенадцать человек забрали.",
        "01:00:10 Вопрос: Когда?",
        "01:00:10 Ответ: В понедельник.",
    ]


def test_words_without_speakers_run_on_until_a_silence() -> None:
    (report,), _ = _clean(SPEECH.encode(), "film.srt")
    assert report.form is ReportForm.ARTICLE
    assert report.text == "The ferry left the quay before the storm.\n\nNobody came back."


def test_bad_subtitles_are_read_as_far_as_they_go_or_named() -> None:
    for text, file in ((VOICES, "a.vtt"), (LABELS, "a.srt")):
        data = text.encode()
        for size in range(1, len(data), 17):
            reports, findings = _clean(data[:size], file)
            assert reports or findings
    assert _clean(b"WEBVTT\n\n", "a.vtt")[1][0].kind == "no-text"
    lost = b"1\n00:00:01,000 --> 00:00:02,000\nyes\n\nstray\nwords\n"
    (report,), (finding,) = _clean(lost, "a.srt")
    assert (report.text, finding.kind) == ("yes", "lines-left-out")
    assert _clean(b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<v " * 200_000, "a.srt")
