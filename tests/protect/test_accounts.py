"""Private accounts through the command line: pseudonymised at the door, sealed, released by consent alone."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import journal, state, vault
from guvoh.casefile.case import open_case
from guvoh.model.capture import Exposure
from guvoh.pipeline import accounts, keeping
from guvoh.pipeline.releasing import let_out
from guvoh.protect import Registry, Release, age
from guvoh.protect.identity import Identity
from guvoh.protect.pseudonyms import undecided

TELLER, BROTHER, NUMBER = "Zarnigor Fayzulloyeva", "Shuhrat", "+992 93 555 01 17"
ACCOUNT = f"""Interview, Uzgen, 3 May 2031

{TELLER} was working in the brickworks near Uzgen in late April when soldiers came.

"They took my passport first," Zarnigor said. "My brother {BROTHER} was driven away in a bus the same night."

According to {TELLER}, nine men were driven to the border. Call her at {NUMBER}.
"""
DECISIONS = f"""keep = ["Uzgen", "Interview", "brickworks"]
withhold = ["{NUMBER}"]
teller = "she"
[people.she]
names = ["{TELLER}"]
[people.brother]
names = ["{BROTHER} Fayzulloyev"]
[consent]
purposes = [{{purposes}}]
authorities = ["Prosecutor of Osh"]
limits = "not before the trial"
given = "2031-05-03"
"""
FORMS = ("zarnigor", "fayzulloy", "shuhrat", "555 01 17", "before the trial")


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def bytes_of(folder: Path) -> bytes:
    return b"\n".join(
        str(path.relative_to(folder)).encode() + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ).lower()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    secret, _ = age.generate()
    path = tmp_path / "key"
    path.write_text(f"# a key\n{secret}\n")
    return path


@pytest.fixture
def case(tmp_path: Path, key: Path) -> Path:
    folder = tmp_path / "case"
    recipient = age.recipient_of(age.unwrap(key.read_bytes(), None)[0])
    assert run("keyholder", "add", "ann", recipient, "--case", folder) == 0
    return folder


@pytest.fixture
def account(tmp_path: Path) -> Path:
    path = tmp_path / "zarnigor-2031.txt"
    path.write_text(ACCOUNT, encoding="utf-8")
    return path


def decisions(tmp_path: Path, purposes: str = '"publication", "authorities"') -> Path:
    path = tmp_path / "decisions.toml"
    path.write_text(DECISIONS.format(purposes=purposes), encoding="utf-8")
    return path


def take(case: Path, key: Path, account: Path, decided: Path) -> int:
    return run("build", account, "--private", "--decisions", decided, "--case", case, "--key", key)


def opened(case: Path, key: Path) -> keeping.Open:
    return keeping.unlock(open_case(case), keeping.key_file(key, None))


def released(case: Path, key: Path, purpose: str = "publication") -> Release:
    made, _ = let_out(open_case(case), "dossier", purpose=purpose, opened=opened(case, key))
    assert made is not None
    return made


def test_nothing_of_the_original_is_in_any_file(
    case: Path, key: Path, account: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(case, key, account, decisions(tmp_path)) == 0
    printed = capsys.readouterr().out.lower()
    assert "its original sealed" in printed
    for what in ("captures", "reports", "claims", "people", "events", "findings"):
        assert run("show", what, "--case", case, "--json") == 0
    printed += capsys.readouterr().out.lower()
    everything = bytes_of(case) + bytes_of(tmp_path / "home")
    for form in FORMS:
        assert form.encode() not in everything, form
        assert form not in printed, form
    known = state.fold(journal.read(open_case(case)))
    assert sorted(one.exposure for one in known.captures.values()) == [
        Exposure.PRIVATE,
        Exposure.SEALED,
    ]
    (code,) = [one.code for one in opened(case, key).people if TELLER in one.names]
    assert code.lower() in printed


def test_a_rebuild_without_keys_gives_the_same_digest(
    case: Path, key: Path, account: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(case, key, account, decisions(tmp_path)) == 0
    digests = []
    for _ in range(2):
        capsys.readouterr()
        assert run("rebuild", "--case", case) == 0
        digests.append(capsys.readouterr().out.splitlines()[-1])
    assert digests[0] == digests[1]


def test_a_key_holder_sees_the_original_and_the_journal_notes_it(
    case: Path, key: Path, account: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(case, key, account, decisions(tmp_path)) == 0
    (told,) = opened(case, key).told
    out = tmp_path / "original.txt"
    assert run("unseal", told.code, "--out", out, "--case", case, "--key", key) == 0
    assert out.read_bytes() == account.read_bytes()
    assert "limits: not before the trial" in capsys.readouterr().out
    texts = [getattr(one.content, "text", "") for one in journal.read(open_case(case))]
    assert f"{told.code} was shown" in texts
    text = out.read_text("utf-8")
    assert {text[s[0] : s[1]] for s in told.spans} >= {TELLER, "Zarnigor", BROTHER, NUMBER}


def test_what_nobody_decided_refuses_and_says_where_but_not_what(
    case: Path, key: Path, account: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "few.toml"
    path.write_text(f'[people.she]\nnames = ["{TELLER}"]\n', encoding="utf-8")
    assert take(case, key, account, path) == 1
    said = capsys.readouterr().err
    assert "nobody has decided: 4, on lines 1, 3, 5, 7" in said
    assert "Shuhrat" not in said
    assert run("build", account, "--private", "--case", case, "--key", key) == 1
    assert "--decisions" in capsys.readouterr().err
    assert not vault.names(open_case(case))
    assert run("build", account, "--private", "--case", case) == 1
    assert "needs a key" in capsys.readouterr().err


def test_consent_decides_whether_an_account_leaves(
    case: Path, key: Path, account: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(case, key, account, decisions(tmp_path, '"authorities"')) == 0
    assert not released(case, key).reports
    assert not released(case, key, "advocacy").reports
    assert not released(case, key, "Prosecutor of Bishkek").reports
    made = released(case, key, "Prosecutor of Osh")
    assert len(made.reports) == 1
    (told,) = opened(case, key).told
    agreed = tmp_path / "agreed.toml"
    agreed.write_text('purposes = ["publication"]\ngiven = "2031-06-01"\n', encoding="utf-8")
    seal = ("seal", "--account", told.code, "--case", case, "--key", key)
    assert run(*seal, "--consent", agreed) == 0
    assert len(released(case, key).reports) == 1
    assert run(*seal, "--withdraw") == 0
    assert "nothing calls that back" in capsys.readouterr().out
    made = released(case, key)
    assert not made.reports
    assert "private accounts, for want of consent" in repr(made.withheld)


def test_codes_of_an_account_are_new_in_each_release(
    case: Path, key: Path, account: Path, tmp_path: Path
) -> None:
    assert take(case, key, account, decisions(tmp_path)) == 0
    own = {one.code for one in opened(case, key).people}
    first, second = released(case, key), released(case, key)
    assert first.claims
    for made in (first, second):
        shown = repr((made.claims, made.reports, made.people, made.events))
        assert not any(code in shown for code in own)
        assert not any(form in shown.lower() for form in FORMS)
    codes = [{one.id for one in made.people if one.pseudonym} for made in (first, second)]
    assert codes[0]
    assert codes[0].isdisjoint(codes[1])


def test_two_codes_beside_each_other_leave_nothing_of_either(
    case: Path, key: Path, tmp_path: Path
) -> None:
    """A brother known by his given name alone, before a surname that his sister shares."""
    account = tmp_path / "a.txt"
    said = (
        f"{TELLER} said that her brother {BROTHER} Fayzulloyev was taken to the border by soldiers."
    )
    account.write_text(
        f"{said}\n\nEleven men were driven to the border on 2 March 2031.\n", "utf-8"
    )
    decided = decisions(tmp_path)
    decided.write_text(
        decided.read_text("utf-8").replace(f"{BROTHER} Fayzulloyev", BROTHER), "utf-8"
    )
    assert take(case, key, account, decided) == 0
    own = {one.code for one in opened(case, key).people}
    (told,) = opened(case, key).told
    made = released(case, key)
    assert made.reports
    shown = repr((made.claims, made.reports, made.people, made.events))
    for code in own:
        assert code[:-2] not in shown
    assert told.code not in shown


def test_an_authority_is_known_with_spaces_and_in_any_case(
    case: Path, key: Path, account: Path, tmp_path: Path
) -> None:
    assert take(case, key, account, decisions(tmp_path, '"authorities"')) == 0
    assert len(released(case, key, " prosecutor of osh ").reports) == 1


def test_that_a_teller_set_limits_is_said_and_not_which(
    case: Path, key: Path, account: Path, tmp_path: Path
) -> None:
    assert take(case, key, account, decisions(tmp_path)) == 0
    found = opened(case, key)
    _, findings = let_out(open_case(case), "dossier", opened=found)
    said = [one.text for one in findings if one.kind == "limits"]
    assert len(said) == 1
    assert found.told[0].code in said[0]
    assert "trial" not in said[0]


def test_a_given_name_before_a_known_surname_is_asked_about_with_it() -> None:
    registry = Registry([Identity("P-1111", (TELLER,))])
    text = f"The brother of {TELLER} is {BROTHER} Fayzulloyev. Interview {TELLER}."
    asked = [one.text for one in undecided(text, "en", registry, ())]
    assert f"{BROTHER} Fayzulloyev" in asked
    assert f"Interview {TELLER}" not in asked


def test_new_key_holders_open_originals_and_those_who_left_do_not(
    case: Path, key: Path, account: Path, tmp_path: Path
) -> None:
    assert take(case, key, account, decisions(tmp_path)) == 0
    secret, recipient = age.generate()
    other = tmp_path / "other"
    other.write_text(secret)
    assert run("keyholder", "add", "bo", recipient, "--case", case, "--key", key) == 0
    assert run("keyholder", "drill", "--case", case, "--key", other) == 0
    assert run("keyholder", "remove", "bo", "--case", case, "--key", key) == 0
    assert run("keyholder", "drill", "--case", case, "--key", key) == 0
    secrets = keeping.key_file(other, None)
    (told,) = opened(case, key).told
    with pytest.raises(keeping.VaultError):
        accounts.original_of(open_case(case), told, secrets)
    known = state.fold(journal.read(open_case(case))).captures.values()
    assert sum(one.exposure is Exposure.SEALED for one in known) == 1


def test_erasing_an_account_leaves_nothing_of_it(
    case: Path, key: Path, account: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(case, key, account, decisions(tmp_path)) == 0
    (told,) = opened(case, key).told
    assert run("erase", f"{told.code}.txt", "--case", case) == 1
    assert "needs --key" in capsys.readouterr().err
    assert run("erase", told.code, "--case", case, "--key", key) == 0
    assert not opened(case, key).told
    assert not state.fold(journal.read(open_case(case))).captures
    assert b"passport first" not in bytes_of(case)


def test_the_same_account_comes_in_once(
    case: Path, key: Path, account: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decided = decisions(tmp_path)
    assert take(case, key, account, decided) == 0
    assert take(case, key, account, decided) == 0
    assert "in the case already" in capsys.readouterr().out
    found = opened(case, key)
    assert (len(found.told), len(found.people)) == (1, 2)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("face.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "no text in it"),
        ("empty.txt", b" \n", "no text in it"),
        ("gone.txt", None, "not found"),
    ],
)
def test_what_has_no_text_is_refused(
    name: str,
    data: bytes | None,
    said: str,
    case: Path,
    key: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert take(case, key, tmp_path / name, decisions(tmp_path)) == 1
    assert said in capsys.readouterr().err
    assert not vault.names(open_case(case))


def test_an_interrupted_sealing_can_be_run_again(
    case: Path, key: Path, account: Path, tmp_path: Path
) -> None:
    command: list[str | Path] = [sys.executable, "-m", "guvoh", "build", account, "--private"]
    command += ["--decisions", decisions(tmp_path), "--case", case, "--key", key]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    records = case / "vault" / "records"
    for number in range(1, 4):  # killed as soon as one more record is in the vault
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None and len(list(records.glob("*.age"))) < number:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
        for form in FORMS:
            assert form.encode() not in bytes_of(case)
    assert take(case, key, account, decisions(tmp_path)) == 0
    found = opened(case, key)
    assert len(found.told) == 1
    assert sorted(one.names[0] for one in found.people) == [f"{BROTHER} Fayzulloyev", TELLER]
    known = state.fold(journal.read(open_case(case)))
    assert [one.digest for one in known.read] == [found.told[0].capture]


def test_a_person_at_the_terminal_confirms_each_name(
    case: Path, key: Path, account: Path, tmp_path: Path
) -> None:
    """A real terminal: the answers are typed, one to each question."""
    main, child = pty.openpty()
    command = [sys.executable, "-m", "guvoh", "build", str(account), "--private"]
    command += ["--case", str(case), "--key", str(key)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHON_COLORS": "0"}
    process = subprocess.Popen(command, env=environment, stdin=child, stdout=child, stderr=child)
    os.close(child)
    answers = {
        TELLER: "p",
        BROTHER: "p",
        NUMBER: "w",
        "pseudonym": "",
        "Whose account": "",
        "publication?": "yes",
        "advocacy?": "no",
        "authorities": "",
        "limits": "no faces",
        "before:": "nobody",
    }
    seen = ""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            piece = os.read(main, 65536).decode("utf-8", "replace")
        except OSError:  # the other end was closed
            break
        seen += piece
        question = seen.rpartition("\n")[2]
        if not question.endswith(": "):
            continue
        asked = seen[-400:].rpartition("to decide.")[2]
        keys = [one for one in answers if one in question] or [
            one for one in answers if f"“{one}”" in asked
        ]
        os.write(main, (answers[keys[-1]] if keys else "k").encode() + b"\n")
        seen += "\n"
    os.close(main)
    assert process.wait(60) == 0, seen
    found = opened(case, key)
    assert {one.names[0] for one in found.people} == {TELLER, BROTHER}, seen
    (told,) = found.told
    assert told.consent.purposes == ("publication",)
    assert told.consent.limits == "no faces"
    for form in ("zarnigor", "shuhrat", "555 01 17"):
        assert form.encode() not in bytes_of(case)
