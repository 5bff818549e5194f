"""Mail: each message a report of its own, what it repeats never in its writer's mouth."""

from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

import pytest

from guvoh.clean.formats import clean
from guvoh.clean.identify import identify
from guvoh.clean.mime import message_of, parts_of
from guvoh.clean.source import Outcome
from guvoh.model.report import Report
from guvoh.model.text import Span

NOBODY = "The mayor told us that nobody was asked.\r\n"


def _message(
    body: str, *, html: str | None = None, encoding: str = "utf-8", cte: str = ""
) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Анна Орлова <anna@ledger.example>"
    message["To"] = "desk@ledger.example"
    message["Subject"] = "Re: Паром ушёл"
    message["Date"] = "Mon, 06 Mar 2023 10:00:00 +0300"
    message["Message-ID"] = "<1@ledger.example>"
    message.set_content(body, charset=encoding, cte=cte or None)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return bytes(message)


def _clean(data: bytes, file: str = "letter.eml") -> Outcome:
    media_type = identify(data[:65_536], len(data), file)
    return clean(sha256(data).hexdigest(), file, media_type, data, "2026-01-01T00:00:00Z")


def _traced(report: Report, data: bytes) -> None:
    """Each word of a plain body is where its piece says: in the part, its transfer encoding undone."""
    parts = {f"part {part.path or 1}": part for part in parts_of(data, message_of(data))}
    at = 0
    for word in report.text.split():
        at = report.text.index(word, at)
        pieces = report.map.pieces_of(Span(at, at + len(word)), report.text)
        assert pieces
        part = parts[pieces[0].part]
        said = part.body(data)[pieces[0].first : pieces[-1].last].decode(part.charset or "utf-8")
        assert word in said
        at += len(word)


@pytest.mark.parametrize(
    ("encoding", "cte"),
    [("utf-8", "8bit"), ("utf-8", "base64"), ("koi8-r", "quoted-printable"), ("cp1251", "base64")],
)
def test_a_message_is_read_through_its_encodings(encoding: str, cte: str) -> None:
    text = "Капитан сказал мне, что паром вышел без разрешения.\r\n\r\nОн ждал до утра.\r\n"
    data = _message(text, encoding=encoding, cte=cte)
    (report,), findings = _clean(data)
    assert findings == ()
    assert report.text == text.replace("\r\n", "\n").strip()
    assert report.title is not None
    assert report.title.text == "Re: Паром ушёл"
    assert [one.text for one in report.bylines] == ["Анна Орлова"]
    assert report.published == "2023-03-06T10:00:00+03:00"
    assert report.language == "ru"
    _traced(report, data)
    (piece,) = (
        p for p in report.map.pieces if report.title.at and p.start == report.title.at.start
    )
    assert piece.part == "headers"
    assert data[piece.first : piece.last].startswith(b"Re: =?utf-8?b?")


def test_quoted_and_forwarded_messages_are_reports_of_their_own() -> None:
    body = (
        "He told me so himself.\r\n\r\n"
        'On Sun, 5 Mar 2023 at 18:00, "Daler R." <daler@x.example> wrote:\r\n'
        f"> {NOBODY}> \r\n> 04.03.2023, 09:12, Ольга Петрова <olga@x.example>:\r\n"
        ">> Спросил ли кто-нибудь семьи погибших?\r\n"
    )
    reports, findings = _clean(_message(body))
    assert findings == ()
    told = [(r.file, [b.text for b in r.bylines], r.published, r.text) for r in reports]
    assert told == [
        ("letter.eml", ["Анна Орлова"], "2023-03-06T10:00:00+03:00", "He told me so himself."),
        ("letter.eml#quoted-1", ["Daler R."], "2023-03-05T18:00:00", NOBODY.strip()),
        (
            "letter.eml#quoted-2",
            ["Ольга Петрова"],
            "2023-03-04T09:12:00",
            "Спросил ли кто-нибудь семьи погибших?",
        ),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\r\nFrom: Olga Petrova <olga@x.example>\r\n"
        "Date: Sun, 5 Mar 2023 18:00:00 +0300\r\nSubject: The ferry\r\nTo: <anna@x.example>\r\n\r\n",
        "-------- Пересылаемое сообщение --------\r\nОт: Olga Petrova <olga@x.example>\r\n"
        "Дата: 05.03.2023, 18:00\r\nТема: The ferry\r\n\r\n",
        "From: Olga Petrova <olga@x.example>\r\nSent: Sunday, March 5, 2023 18:00\r\n"
        "To: anna@x.example\r\nSubject: The ferry\r\n\r\n",
    ],
    ids=["gmail", "mail.ru", "outlook"],
)
def test_a_chain_passed_on_is_taken_apart(head: str) -> None:
    reports, _ = _clean(_message(f"See below.\r\n\r\n{head}{NOBODY}"))
    assert [one.text for one in reports] == ["See below.", NOBODY.strip()]
    inner = reports[1]
    assert inner.file == "letter.eml#forwarded-1"
    assert [one.text for one in inner.bylines] == ["Olga Petrova"]
    assert inner.title is not None
    assert inner.title.text == "The ferry"
    assert str(inner.published).startswith("2023-03-05T18:00")


def test_what_is_quoted_from_nobody_and_the_signature_are_set_apart() -> None:
    body = f"> {NOBODY}\r\nI doubt it.\r\n\r\n-- \r\nAnna, night desk\r\n"
    (report,), _ = _clean(_message(body))
    assert report.text == "I doubt it."
    assert [one.reason for one in report.debris] == [
        "quoted, nothing says from whom",
        "signature",
        "signature",
    ]


def test_a_page_alone_is_read_with_its_quotation_taken_out() -> None:
    page = (
        "<html><head><style>p{}</style></head><body><p>He told <b>me</b> so &amp; left.</p>"
        "<div style='display:none'>tracking words</div>"
        "<div>On Sun, 5 Mar 2023 at 18:00 Daler &lt;daler@x.example&gt; wrote:<br></div>"
        f"<blockquote type=cite><p>{NOBODY}</p></blockquote></body></html>"
    )
    message = EmailMessage(policy=SMTP)
    message["From"], message["Message-ID"], message["To"] = "a@x.example", "<2@x>", "b@x.example"
    message.set_content(page, subtype="html", cte="quoted-printable")
    reports, _ = _clean(bytes(message))
    assert [one.text for one in reports] == ["He told me so & left.", NOBODY.strip()]
    assert [one.text for one in reports[1].bylines] == ["Daler"]


def test_words_that_a_writer_sets_apart_in_a_page_stay_hers() -> None:
    page = f"<p>The council wrote to us.</p><blockquote>{NOBODY}</blockquote>"
    (report,), _ = _clean(_message("See the page.", html=page * 3))
    assert report.text.count("nobody was asked") == 3


@pytest.mark.parametrize(
    "line",
    [
        "On Sun, Mar 5, 2023 at 9:12\u202fPM Daler Osk <d@a.example> wrote:",
        "On Sun, Mar 5, 2023 at 9:12 PM Daler Osk <\r\nd@a.example> wrote:",
        "On Sunday, March 5th, 2023 at 9:12 PM, Daler Osk <d@a.example> wrote:",
        "El dom, 5 mar 2023 a las 9:12 p. m., Daler Osk (<d@a.example>) escribió:",
        "Am So., 5. März 2023 um 21:12 Uhr schrieb Daler Osk <d@a.example>:",
        "Воскресенье, 5 марта 2023, 21:12 +03:00 от Daler Osk <d@a.example>:",
        "вс, 5 мар. 2023 г. в 21:12, Daler Osk <d@a.example>:",
    ],
)
def test_who_is_quoted_and_when_is_told_in_any_programs_words(line: str) -> None:
    data = _message(f"Thanks.\r\n\r\n{line}\r\n\r\n> The mayor told us nothing.\r\n")
    reports, _ = clean("d" * 64, "a.eml", "message/rfc822", data, "2031-06-01T00:00:00Z")
    quoted = reports[1]
    assert [one.text for one in quoted.bylines] == ["Daler Osk"]
    assert (quoted.published or "")[:16] == "2023-03-05T21:12"
    assert reports[0].text == "Thanks."


def test_a_charset_that_is_no_name_does_not_end_the_reading() -> None:
    data = _message(NOBODY).replace(b"From: =?utf-8?", b"From: =?utf\0008?")
    assert b"utf\0008" in data
    reports, _ = clean("d" * 64, "a.eml", "message/rfc822", data, "2031-06-01T00:00:00Z")
    assert "nobody was asked" in reports[0].text


def test_bad_mail_is_read_as_far_as_it_goes_or_named() -> None:
    data = _message(f"Look.\r\n\r\n> {NOBODY}", html="<p>Look.</p>")
    for tenth in range(1, 10):
        reports, findings = _clean(data[: len(data) * tenth // 10])
        assert reports or findings
    locked = b"From: a@x.example\nMessage-ID: <1>\nContent-Type: application/pkcs7-mime\n\nMIIB"
    assert [one.kind for one in _clean(locked)[1]] == ["encrypted"]
    deep = "".join(
        f"{'>' * n} On 5 Mar 2023 at 10:00, A <a@x.example> wrote:\n" for n in range(400)
    )
    assert _clean(_message(deep))
    parts = (
        b"Message-ID: <1>\nFrom: a\n"
        + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 4_000
    )
    assert _clean(parts)
