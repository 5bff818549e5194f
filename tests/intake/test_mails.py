"""Mailboxes and attachments, as Python's own mail library and mailbox writer make them."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

from guvoh.intake.arrivals import Taking
from guvoh.intake.found import Limits

from .conftest import Take


def _message(number: int, attached: EmailMessage | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"w{number}@x.example"
    message["Subject"] = f"Number {number}"
    message["Message-ID"] = f"<{number}@x.example>"
    message.set_content("From the quay we saw it leave.\n\nFrom here on nobody spoke.\n")
    message.add_attachment(
        b"%PDF-1.7 ...", maintype="application", subtype="pdf", filename="a/../список.pdf"
    )
    if attached is not None:
        message.add_attachment(attached)
    return message


def test_a_mailbox_gives_each_message_and_each_attachment(tmp_path: Path, take: Take) -> None:
    box = mailbox.mbox(tmp_path / "Inbox")
    for number in range(1, 4):
        box.add(_message(number, _message(9) if number == 3 else None))
    box.close()
    taken = take(tmp_path / "Inbox")
    assert taken.findings == []
    assert taken.files == [
        "Inbox",
        "Inbox!/1.eml",
        "Inbox!/1.eml!/список.pdf",
        "Inbox!/2.eml",
        "Inbox!/2.eml!/список.pdf",
        "Inbox!/3.eml",
        "Inbox!/3.eml!/список.pdf",
        "Inbox!/3.eml!/part-3.eml",
        "Inbox!/3.eml!/part-3.eml!/список.pdf",
    ]
    assert taken.data("Inbox!/1.eml") in taken.data("Inbox")
    assert b"Number 1" in taken.data("Inbox!/1.eml")
    assert b"Number 2" not in taken.data("Inbox!/1.eml")
    assert b"Number 9" in taken.data("Inbox!/3.eml!/part-3.eml")
    assert taken.data("Inbox!/2.eml!/список.pdf") == b"%PDF-1.7 ..."
    parents = {one.file: one.parent for one in taken.found}
    digests = {one.file: one.digest for one in taken.found}
    assert parents["Inbox!/1.eml!/список.pdf"] == digests["Inbox!/1.eml"]


def test_a_mailbox_of_many_is_parted_wherever_its_chunks_end(tmp_path: Path, take: Take) -> None:
    one = (
        b"From - Mon Mar  6 10:00:00 2023\nX-Mozilla-Status: 0001\nMessage-ID: <1>\n\n"
        + b"word " * 1_990
    )
    path = tmp_path / "Sent"
    path.write_bytes((one + b"\n\n") * 400)
    found = [got for got in take(path).found if got.parent]
    assert len(found) == 400
    assert {got.data for got in found} == {one.partition(b"\n")[2] + b"\n"}


def test_too_many_messages_and_too_deep_ones_are_named(tmp_path: Path, take: Take) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(b"From x\nMessage-ID: <1>\nFrom: a\n\nword\n\n" * 50)
    assert "more than 9 messages" in take(path, Taking(Limits(members=9))).finding("too-much").text
    deep = _message(0)
    for number in range(1, 8):
        deep = _message(number, deep)
    (tmp_path / "deep.eml").write_bytes(bytes(deep))
    assert take(tmp_path / "deep.eml").finding("too-deep")
