"""Checkpoints for people outside, and stamps of a time authority on loopback."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import anchors, heads, journal, log, merkle, stamps
from guvoh.casefile.actor import load
from guvoh.casefile.case import create, open_case
from guvoh.casefile.records import Observed, encode
from guvoh.casefile.stamps import Standing
from tests.evidence.authority import Authority


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(list(words))
    out = capsys.readouterr()
    return status, out.out, out.err


def export(case: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "checkpoint", str(out), "--case", str(case))[0] == 0


def test_truncation_shows_by_a_checkpoint_that_someone_kept(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = tmp_path / "older"
    shutil.copytree(case, older)
    new = tmp_path / "new.txt"
    new.write_text("A barge followed the ferry.\n")
    assert cli.main(["build", str(new), "--case", str(case)]) == 0
    kept = tmp_path / "kept"
    export(case, kept, capsys)
    assert (tmp_path / "kept.tsq").exists()
    assert run(capsys, "fsck", "--case", str(case), "--against", str(kept), "--anchored")[0] == 0
    status, _, err = run(capsys, "fsck", "--case", str(older), "--against", str(kept))
    assert status == 3
    assert "cut short" in err


def test_a_checkpoint_of_another_case_or_another_hand_is_told(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = create(tmp_path / "other")
    journal.append(other, load(), [Observed(None, "t", "x")] * 3, "2031-05-02T08:00:00Z")
    kept = tmp_path / "kept"
    export(other.root, kept, capsys)
    status, _, err = run(capsys, "fsck", "--case", str(case), "--against", str(kept))
    assert status == 3
    assert "of another case" in err
    stranger = load(tmp_path / "stranger")
    kept.write_bytes(heads.sign([], stranger).note)
    status, _, err = run(capsys, "fsck", "--case", str(case), "--against", str(kept))
    assert status == 1
    assert "no log in this case" in err
    kept.write_text("<html>")
    assert run(capsys, "fsck", "--case", str(case), "--against", str(kept))[0] == 1


def test_the_logs_go_on_from_an_older_checkpoint_or_it_is_said_that_they_do_not(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = tmp_path / "older"
    export(case, older, capsys)
    (tmp_path / "new.txt").write_text("A barge followed the ferry.\n")
    cli.main(["build", str(tmp_path / "new.txt"), "--case", str(case)])
    capsys.readouterr()
    status, out, _ = run(capsys, "checkpoint", "--case", str(case), "--since", str(older))
    assert status == 0
    assert out.startswith("The logs go on from older")


def test_an_authority_stamps_a_checkpoint_and_openssl_agrees(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], authority: Authority
) -> None:
    out = tmp_path / "kept"
    words = ["checkpoint", str(out), "--case", str(case), "--authority", authority.address]
    status, said, err = run(capsys, *words, "--root", str(authority.root))
    assert (status, err) == (0, "")
    assert "Stamped at 20" in said
    reply = str(tmp_path / "kept.tsr")
    subprocess.run(
        [
            *("openssl", "ts", "-verify", "-data", str(out), "-in", reply),
            *("-CAfile", str(authority.root)),
        ],
        check=True,
        capture_output=True,
    )
    status, said, _ = run(capsys, "fsck", "--case", str(case), "--anchored")
    assert status == 0
    assert "has stamped" in said


def test_a_stamp_may_come_later_by_another_way_and_is_not_valid_before_it_is_checked(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], authority: Authority
) -> None:
    out = tmp_path / "kept"
    export(case, out, capsys)
    reply = tmp_path / "reply"
    reply.write_bytes(authority.answer((tmp_path / "kept.tsq").read_bytes()))
    status, said, _ = run(capsys, "checkpoint", "--case", str(case), "--stamp", str(reply))
    assert status == 0
    assert "not verified" in said
    status, said, _ = run(capsys, "fsck", "--case", str(case), "--anchored")
    assert status == 4
    assert "was not verified" in said
    words = [
        "checkpoint",
        "--case",
        str(case),
        "--stamp",
        str(reply),
        "--root",
        str(authority.root),
    ]
    assert "Stamped at" in run(capsys, *words)[1]
    assert run(capsys, "fsck", "--case", str(case), "--anchored")[0] == 0


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("text/html", b"<html>Welcome</html>", "text/html instead of a stamp"),
        ("application/timestamp-reply", b"<html>", "no RFC 3161 response"),
        ("application/timestamp-reply", None, "another nonce"),
    ],
)
def test_an_authority_that_answers_something_else_is_told(
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    authority: Authority,
    kind: str,
    body: bytes | None,
    said: str,
) -> None:
    authority.kind = kind
    if body is None:
        note = heads.renew(open_case(case), load()).note
        body = authority.answer(stamps.request(note))
    authority.instead = body
    words = ["checkpoint", "--case", str(case), "--authority", authority.address]
    status, _, err = run(capsys, *words)
    assert status == 1
    assert said in err
    assert "Traceback" not in err
    assert anchors.kept(open_case(case), anchors.RESPONSE) == []


def test_an_authority_that_is_not_there_is_told(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address in ("http://127.0.0.1:9/", "ftp://x/"):
        status, _, err = run(capsys, "checkpoint", "--case", str(case), "--authority", address)
        assert status == 1
        assert address in err


def test_a_stamp_signed_by_nobody_who_is_trusted_is_refused(
    tmp_path: Path, authority: Authority
) -> None:
    other = Authority(tmp_path / "other")
    data = b"a checkpoint"
    request = stamps.request(data)
    response = authority.answer(request)
    root, wrong = authority.root.read_bytes(), other.root.read_bytes()
    assert stamps.check(data, request, response, root).standing is Standing.HOLDS
    assert stamps.check(data, request, response, wrong).standing is Standing.REFUSED
    assert stamps.check(b"else", request, response, root).standing is Standing.REFUSED
    assert stamps.check(data, request, response, None).standing is Standing.UNCHECKED
    changed = bytearray(response)
    changed[-20] ^= 1  # in the signature
    assert stamps.check(data, request, bytes(changed), root).standing is Standing.REFUSED


def test_a_stamp_older_than_what_it_covers_is_told(
    case: Path, capsys: pytest.CaptureFixture[str], authority: Authority
) -> None:
    opened = open_case(case)
    journal.append(opened, load(), [Observed(None, "t", "late")], "2099-01-01T00:00:00Z")
    words = ["checkpoint", "--case", str(case), "--authority", authority.address]
    assert run(capsys, *words, "--root", str(authority.root))[0] == 0
    status, _, err = run(capsys, "fsck", "--case", str(case))
    assert status == 1
    assert "2099-01-01T00:00:00Z; one of the two clocks was wrong" in err


def test_a_log_of_100000_records_is_signed_and_proven_within_a_second(tmp_path: Path) -> None:
    """The issue's figure, in seconds of this process; the machine may be shared."""
    me = load(tmp_path / "me")
    payload = encode(Observed(None, "t", "x"), 1, "2031-05-02T08:00:00Z").encode()
    leaves = [log.leaf_of(number.to_bytes(16), payload) for number in range(100_000)]
    before = time.process_time()
    head = heads.head_of(me.key_id, leaves)
    note = heads.sign([head], me).note
    proof = merkle.inclusion_proof(leaves, 77_777)
    taken = time.process_time() - before
    assert heads.read(note, me.public).heads == (head,)
    assert merkle.includes(leaves[77_777], 77_777, head.size, proof, head.root)
    assert taken < 1
