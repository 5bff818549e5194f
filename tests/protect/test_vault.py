"""Keys, sealing, masking, unsealing and erasing, through the command line and the plain `age` command."""

import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing, redirect_stdout
from pathlib import Path

import pyrage
import pytest

from guvoh import cli
from guvoh.casefile import captures, journal, state, vault
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import now, open_case
from guvoh.casefile.records import Published, Saved, Set, Withheld
from guvoh.model.capture import Exposure
from guvoh.pipeline import keeping
from guvoh.pipeline.releasing import let_out
from guvoh.protect import age

PAGE = """<!doctype html><html lang="en"><head><title>{title} - Lantern Post</title>
<meta property="og:site_name" content="Lantern Post"><meta name="author" content="Sefa Marlund">
<meta property="article:published_time" content="2031-05-02T08:00:00+02:00"></head><body>
<article><h1>{title}</h1><p>Nine men were taken from a brickworks near Osh in late April, {who} told the
Lantern Post. “They took my husband's passport first,” she said.</p><p>According to {who}, soldiers were
driving them to the border.</p></article></body></html>"""
SECRET = "Zarnigor Fayzulloyeva"
PERSON = f"""names = ["{SECRET}"]
contacts = ["+992 93 555 01 17"]
relatives = ["Shuhrat Fayzulloyev"]
pseudonym = "Nigina"
[withheld]
citizenship = "Tajik"
[consent]
purposes = ["publication"]
given = "2031-05-01"
"""


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build, once, a case in which one person is sealed, with its keys, source and home."""
    folder = tmp_path_factory.mktemp("vault")
    (folder / "keys").mkdir()
    for name in ("one", "two"):  # plain key files; a wrapped one takes seconds to make
        secret, _ = age.generate()
        (folder / "keys" / name).write_text(f"# a key\n{secret}\n")
    source = folder / "source"
    source.mkdir()
    (source / "zarnigor-fayzulloyeva.html").write_text(
        PAGE.format(title="Nine men taken", who=SECRET), encoding="utf-8"
    )
    (source / "other.html").write_text(
        PAGE.format(title="Nine men gone", who="the wife of one of them"), encoding="utf-8"
    )
    case, person = folder / "case", folder / "person.toml"
    person.write_text(PERSON, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUVOH_HOME", str(folder / "home"))
        assert run("build", source, "--public", "--case", case) == 0
        ann = recipient(folder / "keys", "one")
        assert run("keyholder", "add", "ann", ann, "--case", case) == 0
        key = folder / "keys" / "one"
        assert run("seal", "--person", person, "--case", case, "--key", key) == 0
    return folder


@pytest.fixture
def keys(made: Path, tmp_path: Path) -> Path:
    """Return a folder with the key files of two people."""
    return Path(shutil.copytree(made / "keys", tmp_path / "keys"))


def recipient(keys: Path, name: str) -> str:
    return age.recipient_of(age.unwrap((keys / name).read_bytes(), None)[0])


@pytest.fixture
def case(made: Path, keys: Path, tmp_path: Path) -> Path:
    """Return a copy of the case that is this test's own, with what stood beside it."""
    for name in ("source", "home", "case"):
        shutil.copytree(made / name, tmp_path / name)
    shutil.copy(made / "person.toml", tmp_path)
    known = vault.known_head(open_case(made / "case"))
    assert known is not None
    vault.remember_head(open_case(tmp_path / "case"), known)  # kept by the folder's path
    return tmp_path / "case"


def code_of(case: Path, keys: Path) -> str:
    secrets = keeping.key_file(keys / "one", None)
    (who,) = keeping.unlock(open_case(case), secrets).people
    return who.code


def bytes_of(folder: Path) -> bytes:
    return b"\n".join(
        str(path.relative_to(folder)).encode() + path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


FORMS = ("zarnigor", "fayzulloy", "555 01 17", "nigina", "shuhrat")


def test_no_protected_string_is_left_in_any_file(case: Path, tmp_path: Path) -> None:
    everything = bytes_of(case) + bytes_of(tmp_path / "home")
    for form in FORMS:
        assert form.encode() not in everything.lower(), form
    with closing(sqlite3.connect(case / "derived.sqlite")) as db:
        for row in db.execute("SELECT title, text FROM searchable"):
            assert not any(form in cell for form in FORMS for cell in row)
        assert db.execute("SELECT count(*) FROM report").fetchone() == (2,)
        found = db.execute("SELECT count(*) FROM search WHERE search MATCH 'fayzulloyeva'")
        assert found.fetchone() == (0,)


def test_a_release_of_before_keeps_no_digest_of_what_is_erased(case: Path, keys: Path) -> None:
    opened = open_case(case)
    (gone, stays) = state.fold(journal.read(opened)).captures.values()
    codes = (
        ("event 15840658f828b079", "E-1"),
        (f"report {gone.digest}", "R-1"),
        (f"{gone.digest}/p1", "P-1"),
        (f"{stays.digest}/p1", "P-2"),
    )
    told = Published("dossier", True, codes, (("capture", gone.digest, "leaves", "asked"),))
    journal.append(opened, load_actor(), [told], "2031-01-01T00:00:00Z")
    assert run("erase", gone.digest, "--case", case, "--key", keys / "one") == 0
    (record,) = [one for one in journal.read(opened) if isinstance(one.content, Published)]
    assert record.content == Published("dossier", True, codes[3:], (), "2031-01-01T00:00:00Z")
    assert gone.digest.encode() not in bytes_of(case)


def test_what_was_written_beside_captures_is_unsaid_too(
    case: Path, keys: Path, tmp_path: Path
) -> None:
    """Reasons, saved searches, names of archives and of what could not be read, all from before."""
    late = "Robiya Nizomzoda"
    archive = tmp_path / "robiya-nizomzoda.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("one/RobiyaNizomzoda.txt", "A word from the brickworks near Osh.\n" * 4)
    (tmp_path / "robiya-nizomzoda.xlsx").write_bytes(b"PK\x03\x04 cut off")
    sources = (archive, tmp_path / "robiya-nizomzoda.xlsx")
    run("build", *sources, "--public", "--case", case, "--key", keys / "one")
    opened = open_case(case)
    claim = next(iter(json.loads(shown(case, "claims"))))["claim"]
    assert run("judge", claim, "checked", "--reason", f"{late} said so", "--case", case) == 0
    searches = [Saved("her", "/people?q=Nizomzoda"), Saved("Osh", "/events?q=Osh")]
    journal.append(opened, load_actor(), list(searches), now())
    kept = (("string", "Nizomzoda", "stays", f"{late} agreed"), ("capture", "a", "leaves", "asked"))
    released = Published("dossier", released=True, codes=(("a/p1", "P-1"),), decisions=kept)
    for day in ("2031-01-01T00:00:00Z", "2031-02-01T00:00:00Z"):
        journal.append(opened, load_actor(), [released], day)
    rows = (f"{late}'s house\t\tfacility\tKG\t40.5\t72.8", "Zarya\t\tfacility\tRU\t56.2\t40.4")
    head = "name\tother names\tkind\tcountry\tlatitude\tlongitude"
    journal.append(opened, load_actor(), [Set("places", (head, *rows))], now())
    person = tmp_path / "late.toml"
    person.write_text(f'names = ["{late}"]', encoding="utf-8")
    run("seal", "--person", person, "--case", case, "--key", keys / "one")
    everything = b"\n".join(
        path.read_bytes()
        for path in case.rglob("*")
        if path.is_file() and "captures" not in path.parts
    )
    assert b"nizomzoda" not in everything.lower()
    known = state.fold(journal.read(opened))
    assert [one.reason for one in known.assessments] == ["______ _________ said so"]
    assert list(known.searches) == ["Osh"]
    assert known.settings["places"] == (head, rows[1])
    told = [r.content for r in journal.read(opened) if isinstance(r.content, Published)]
    assert [one.released_at for one in told] == ["2031-01-01T00:00:00Z", "2031-02-01T00:00:00Z"]
    masked = ("string", "_________", "stays", "______ _________ agreed")
    assert all((one.codes, one.decisions) == (released.codes, (masked, kept[1])) for one in told)


def test_whoever_is_sealed_later_is_masked_in_accounts_and_in_what_was_set_aside(
    case: Path, keys: Path, tmp_path: Path
) -> None:
    late = "Гулрухсор Азизова"
    lines = "".join(f"[12.03.23, 14:05:0{n}] Ann: {late} was there.\n" for n in range(9))
    chat, account = tmp_path / "chat.txt", tmp_path / "account.txt"
    chat.write_text(lines, encoding="utf-8")
    told = (
        f"{SECRET} worked in the kitchen near Osh with {late}. In May {late} left, {SECRET} said."
    )
    account.write_text(told, encoding="utf-8")
    decisions = tmp_path / "decisions.toml"
    decisions.write_text(
        f'keep = ["{late}", "Osh", "May"]\n[consent]\npurposes = ["publication"]\n'
    )
    unlocked = ("--case", case, "--key", keys / "one")
    run("build", chat, *unlocked)
    assert run("build", account, "--private", "--decisions", decisions, *unlocked) == 0
    opened = open_case(case)
    (before,) = keeping.unlock(opened, keeping.key_file(keys / "one", None)).told
    left = Published("dossier", released=True, codes=((f"report {before.capture}", "R-1"),))
    journal.append(opened, load_actor(), [left], "2031-01-01T00:00:00Z")
    person = tmp_path / "late.toml"
    person.write_text(f'names = ["{late}"]', encoding="utf-8")
    run("seal", "--person", person, *unlocked)
    everything = bytes_of(case)
    assert late.encode() not in everything
    assert before.capture.encode() not in everything
    (after,) = keeping.unlock(opened, keeping.key_file(keys / "one", None)).told
    known = state.fold(journal.read(opened)).captures
    assert known[after.capture].exposure is Exposure.PRIVATE
    (aside,) = [one for one in known.values() if one.file == "chat.txt"]
    assert aside.exposure is Exposure.UNDECLARED
    text = captures.read(opened, after.capture).decode()
    assert text == told.replace(SECRET, "Nigina").replace(late, "_" * len(late))
    assert [told[one[0] : one[1]] for one in after.spans] == [SECRET, late, late, SECRET]
    assert {text[one[2] : one[3]] for one in after.spans} == {"Nigina", "_" * len(late)}
    (released,) = [r.content for r in journal.read(opened) if isinstance(r.content, Published)]
    assert released.codes == ((f"report {after.capture}", "R-1"),)
    run("seal", *unlocked)
    assert sum(
        len(one.arrivals) for one in state.fold(journal.read(opened)).captures.values()
    ) == len(known)


def test_a_name_withheld_in_the_name_of_a_picture_leaves_the_journal(
    case: Path, keys: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "interview-robiya-nizomzoda.png"
    shutil.copy(next(Path("examples/demo/reports").rglob("*.png")), picture)
    unlocked = ("--case", case, "--key", keys / "one")
    run("build", picture, "--public", *unlocked)
    opened = open_case(case)
    (made,) = [c for c in state.fold(journal.read(opened)).captures.values() if "robiya" in c.file]
    veil = Withheld(
        made.digest,
        (),
        tuple(mask_of(a, picture.stem) for a in (made.file, made.arrivals[0].origin)),
    )
    journal.append(opened, load_actor(), [veil], now())
    run("seal", *unlocked)
    assert b"nizomzoda" not in bytes_of(case / "journal").lower()
    written = len(journal.read(opened))
    run("seal", *unlocked)
    assert len(journal.read(opened)) == written


def mask_of(name: str, stem: str) -> str:
    return name.replace(stem, "interview-______-_________")


def shown(case: Path, what: str) -> str:
    with redirect_stdout(io.StringIO()) as said:
        run("show", what, "--json", "--case", case)
    return said.getvalue()


def test_a_rebuild_without_keys_gives_the_same_digest(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digests = []
    for _ in range(2):
        capsys.readouterr()
        assert run("rebuild", "--case", case) == 0
        digests.append(capsys.readouterr().out.splitlines()[-1])
    assert digests[0] == digests[1]
    known = state.fold(journal.read(open_case(case)))
    assert len(known.read) == 2


def test_new_reports_wait_while_the_vault_is_locked(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "copy.html").write_text(PAGE.format(title="Again", who="Зарнигор Файзуллоева"), "utf-8")
    (more / "clean.html").write_text(PAGE.format(title="Clean", who="a neighbour"), "utf-8")
    assert run("build", more, "--public", "--case", case) == 1
    assert "locked" in capsys.readouterr().err
    known = state.fold(journal.read(open_case(case)))
    assert len(known.read) == 2
    assert run("build", more, "--public", "--case", case, "--key", keys / "one") == 0
    known = state.fold(journal.read(open_case(case)))
    assert len(known.read) == 4
    assert "Файзуллоев" not in bytes_of(case).decode("utf-8", "replace")


def test_a_decision_about_a_page_outlives_the_name_of_its_file(
    case: Path, keys: Path, tmp_path: Path
) -> None:
    page = tmp_path / "account-of-robiya-nizomzoda.html"
    page.write_text(PAGE.format(title="Ten men", who="a cook who works there"), encoding="utf-8")
    assert run("build", page, "--public", "--case", case, "--key", keys / "one") == 0
    claim = next(
        one["claim"] for one in json.loads(shown(case, "claims")) if "account-of" in one["file"]
    )
    assert run("judge", claim, "checked", "--reason", "heard", "--case", case) == 0
    person = tmp_path / "late.toml"
    person.write_text('names = ["Robiya Nizomzoda"]', encoding="utf-8")
    assert run("seal", "--person", person, "--case", case, "--key", keys / "one") == 0
    assert b"nizomzoda" not in bytes_of(case).lower()
    known = state.fold(journal.read(open_case(case)))
    assert [one.reason for one in known.assessments] == ["heard"]
    assert len(known.captures) == 3
    assert any(one["claim"] == claim for one in json.loads(shown(case, "claims")))


def test_what_cannot_be_looked_through_is_named(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "zarnigor.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    assert run("build", picture, "--case", case, "--key", keys / "one") == 1
    assert "set aside" in capsys.readouterr().err
    assert run("seal", "--case", case, "--key", keys / "one") == 1
    said = capsys.readouterr().err
    assert "1 captures could not be looked through" in said
    assert "zarnigor" not in said


def test_a_document_read_before_is_set_aside_when_someone_is_sealed(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.rtf"
    letter.write_text("{\\rtf1 Baker Zarnigor Odilova was led away on Monday, her aunt said.}")

    def reports() -> str:
        capsys.readouterr()
        assert run("show", "reports", "--case", case, "--json") == 0
        return capsys.readouterr().out

    built = ("build", letter, "--public", "--case", case, "--key", keys / "one")
    run(*built)
    assert "letter.rtf" in reports()
    assert run("seal", "--case", case, "--key", keys / "one") == 1
    assert "unread from now on" in capsys.readouterr().err
    assert "letter.rtf" not in reports()
    assert not any(b"Zarnigor" in one.read_bytes() for one in case.glob("*.sqlite*"))
    run(*built)
    assert "letter.rtf" in reports()


def test_an_unlocked_build_stores_nothing_unmasked(case: Path, keys: Path, tmp_path: Path) -> None:
    page = tmp_path / "fresh.txt"
    page.write_text(f"Soldiers came in May, {SECRET} told us.\n\nNobody else spoke of it.", "utf-8")
    assert run("build", page, "--public", "--case", case, "--key", keys / "one") == 0
    assert run("build", page, "--public", "--case", case, "--key", keys / "one") == 0
    assert b"ayzulloy" not in bytes_of(case)
    opened = keeping.unlock(open_case(case), keeping.key_file(keys / "one", None))
    assert [one.file for one in opened.accounts].count("fresh.txt") == 1


def test_unsealing_gives_the_original_back_and_is_journalled(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = keeping.unlock(open_case(case), keeping.key_file(keys / "one", None))
    (account,) = opened.accounts
    assert account.data == (tmp_path / "source" / "zarnigor-fayzulloyeva.html").read_bytes()
    out = tmp_path / "out.html"
    command = ("unseal", account.masked, "--case", case, "--key", keys / "one", "--out", out)
    assert run(*command) == 0
    assert out.read_bytes() == account.data
    code = code_of(case, keys)
    capsys.readouterr()
    assert run("unseal", code, "--case", case, "--key", keys / "one") == 0
    assert SECRET in capsys.readouterr().out
    told = [getattr(r.content, "text", "") for r in journal.read(open_case(case))]
    assert f"{code} was shown" in told


def test_sealed_files_open_with_plain_age(case: Path, keys: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("the `age` command is not installed")
    opened = [
        json.loads(
            subprocess.run(
                ["age", "-d", "-i", keys / "one", path], check=True, capture_output=True
            ).stdout
        )
        for path in sorted((case / "vault" / "records").iterdir())
    ]
    assert sorted(one["type"] for one in opened) == ["account", "identity"]
    (who,) = (one for one in opened if one["type"] == "identity")
    assert who["names"] == [SECRET]


def test_a_wrapped_key_opens_with_its_passphrase_and_is_not_in_the_case(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("otter granite lantern seven\n", encoding="utf-8")
    new = ("keyholder", "new", "bo", "--case", case, "--key", keys / "one")
    given = ("--new-passphrase-file", words)
    assert run(*new, "--new-key", case / "bo.key", *given) == 1
    assert "may not lie in the case" in capsys.readouterr().err
    key = tmp_path / "bo.key"
    assert run(*new, "--new-key", key, *given) == 0
    assert b"AGE-SECRET" not in key.read_bytes() + bytes_of(case)
    drill = ("keyholder", "drill", "--case", case, "--key", key)
    assert run(*drill, "--passphrase-file", words) == 0
    assert "opens all 1 identities and 1 originals" in capsys.readouterr().out
    inside = case / "bo.key"
    inside.write_bytes(key.read_bytes())
    assert run("keyholder", "drill", "--case", case, "--key", inside) == 1
    assert "may not lie in the case" in capsys.readouterr().err
    inside.unlink()
    words.write_text("wrong\n", encoding="utf-8")
    assert run(*drill, "--passphrase-file", words) == 1
    assert "passphrase is wrong" in capsys.readouterr().err


def test_whoever_leaves_opens_nothing_sealed_anew(case: Path, keys: Path) -> None:
    add = ("keyholder", "add", "bo", recipient(keys, "two"), "--case", case, "--key", keys / "one")
    assert run(*add) == 0
    assert run("keyholder", "drill", "--case", case, "--key", keys / "two") == 0
    assert run("keyholder", "remove", "ann", "--case", case, "--key", keys / "two") == 0
    assert run("keyholder", "drill", "--case", case, "--key", keys / "one") == 1
    assert run("keyholder", "drill", "--case", case, "--key", keys / "two") == 0
    assert run("keyholder", "remove", "bo", "--case", case, "--key", keys / "two") == 1


def test_a_recipient_that_nobody_signed_is_refused(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.loads(vault.roster_lines(open_case(case))[0])
    line |= {"name": "eve", "recipient": recipient(keys, "two")}
    vault.append_to_roster(open_case(case), json.dumps(line).encode() + b"\n")
    assert run("keyholder", "list", "--case", case) == 1
    assert "not signed" in capsys.readouterr().err
    assert run("seal", "--person", tmp_path / "person.toml", "--case", case) == 1
    assert "eve" not in capsys.readouterr().out


def test_a_roster_put_in_anothers_place_is_refused(
    case: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (case / "vault" / "roster.jsonl").unlink()
    assert run("keyholder", "add", "eve", recipient(keys, "two"), "--case", case) == 1
    assert "not the one that this device knows" in capsys.readouterr().err


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-9],
        lambda data: b"",
        lambda data: data[:300] + bytes([data[300] ^ 1]) + data[301:],
    ],
)
def test_a_damaged_record_is_named(
    case: Path, keys: Path, damage: object, capsys: pytest.CaptureFixture[str]
) -> None:
    path = next((case / "vault" / "records").iterdir())
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert run("keyholder", "drill", "--case", case, "--key", keys / "one") == 1
    assert path.name in capsys.readouterr().err


def test_a_key_file_that_asks_for_too_much_work_is_refused(tmp_path: Path) -> None:
    header = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 40\nAAAA\n--- AAAA\n"
    with pytest.raises(age.SealError, match="more work"):
        age.unwrap(header, "x")


def test_identities_cannot_be_told_apart_by_size(case: Path, keys: Path, tmp_path: Path) -> None:
    long = "\n".join([f'contacts = ["{"1" * 900}"]', f'relatives = ["{"Lo Li " * 900}"]'])
    for number, text in enumerate(('names = ["Bo Li"]', f'names = ["Lola Karimova"]\n{long}')):
        file = tmp_path / f"{number}.toml"
        file.write_text(text, encoding="utf-8")
        assert run("seal", "--person", file, "--case", case) == 0
    records = case / "vault" / "records"
    # What follows the last line of the header is as long as what is sealed; the header itself has a
    # stanza of random length that age puts there on purpose.
    sizes = {len(path.read_bytes().partition(b"\n--- ")[2]) for path in records.iterdir()}
    assert len(sizes) == 1


def test_a_pseudonym_that_is_anothers_name_is_refused(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.toml"
    other.write_text('names = ["Lola Karimova"]\npseudonym = "Zarnigor"', encoding="utf-8")
    assert run("seal", "--person", other, "--case", case, "--key", keys / "one") == 1
    assert "pseudonym is a name of P-" in capsys.readouterr().err


def test_a_pseudonym_that_is_the_persons_own_name_is_refused(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('names = ["Lola Karimova"]\npseudonym = "Lola"', encoding="utf-8")
    assert run("seal", "--person", own, "--case", case, "--key", keys / "one") == 1
    assert "the pseudonym is the person's own name" in capsys.readouterr().err


def test_whose_pseudonym_a_newly_sealed_name_is_is_said(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = code_of(case, keys)
    other = tmp_path / "other.toml"
    other.write_text('names = ["Nigina Usmonova"]', encoding="utf-8")
    assert run("seal", "--person", other, "--case", case, "--key", keys / "one") == 1
    said = " ".join(capsys.readouterr().err.split())
    assert f"{code} bears a name of P-" in said


def test_erasing_leaves_a_tombstone_and_an_intact_log(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = open_case(case)
    captured = {c.file: c for c in state.fold(journal.read(opened)).captures.values()}
    digest = captured["other.html"].digest
    (name,) = journal.logs(opened)
    leaves = journal.leaves(opened, name)
    assert run("erase", "other.html", "--case", case) == 0
    out = capsys.readouterr().out
    assert "not shredded" in out
    assert "backups" in out
    assert journal.leaves(opened, name)[: len(leaves)] == leaves
    assert digest not in state.fold(journal.read(opened)).captures
    assert digest.encode() not in bytes_of(case / "journal") + bytes_of(case / "captures")
    assert run("rebuild", "--case", case) == 0
    assert run("erase", "nothing.html", "--case", case) == 1


def test_a_release_needs_the_key_and_holds_nothing_sealed(
    case: Path, keys: Path, tmp_path: Path
) -> None:
    with pytest.raises(keeping.VaultError, match="locked"):
        let_out(open_case(case), "dossier")
    opened = keeping.unlock(open_case(case), keeping.key_file(keys / "one", None))
    made, _ = let_out(open_case(case), "dossier", raw=True, opened=opened)
    assert made is not None
    assert not any(form in repr(made).lower() for form in FORMS)
    publish = ("publish", "dataset", tmp_path / "out", "--case", case)
    assert run(*publish) == 1
    assert run(*publish, "--key", keys / "one") == 0
    assert not any(form.encode() in bytes_of(tmp_path / "out").lower() for form in FORMS)
    draft = tmp_path / "draft.txt"
    draft.write_text("We thank Z. Fayzulloyeva.", encoding="utf-8")
    assert run("check", draft, "--case", case, "--key", keys / "one") == 1


def test_two_key_holders_override_a_refusal_and_the_journal_says_so(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add = ("keyholder", "add", "bo", recipient(keys, "two"), "--case", case, "--key", keys / "one")
    assert run(*add) == 0
    marker = case / "guvoh.toml"
    text = marker.read_text("utf-8")
    marker.write_text(text.replace('title = "case"', f'title = "Papers of {SECRET}"'), "utf-8")
    publish = ("publish", "dataset", tmp_path / "out", "--case", case, "--key", keys / "one")
    capsys.readouterr()
    assert run(*publish) == 1
    assert "is exposed (name) in title" in capsys.readouterr().err
    override = (*publish, "--override", "her own wish, in writing")
    assert run(*override) == 1
    assert run(*override, "--second-key", keys / "one") == 1
    assert "two key-holders" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert run(*override, "--second-key", keys / "two") == 1
    assert "Two key-holders let this leave all the same" in capsys.readouterr().err
    assert (tmp_path / "out").is_dir()
    decided = [
        (what, why)
        for record in journal.read(open_case(case))
        for _, _, what, why in getattr(record.content, "decisions", ())
    ]
    assert ("overridden by ann", "her own wish, in writing") in decided
    assert ("overridden by bo", "her own wish, in writing") in decided


def test_a_string_stays_for_a_reason_that_is_journalled(
    case: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish = ("publish", "dataset", tmp_path / "out", "--case", case, "--key", keys / "one")
    assert run(*publish, "--keep", "B.A.") == 1
    assert "only for a reason" in capsys.readouterr().err
    assert run(*publish, "--keep", "B.A.=the Board of Agriculture") == 0
    decided = [
        decision
        for record in journal.read(open_case(case))
        for decision in getattr(record.content, "decisions", ())
    ]
    assert ("string", "B.A.", "stays", "the Board of Agriculture") in decided


def test_erasing_an_identity_is_journalled(case: Path, keys: Path) -> None:
    code = code_of(case, keys)
    assert run("erase", code, "--case", case, "--key", keys / "one") == 0
    told = [getattr(r.content, "text", "") for r in journal.read(open_case(case))]
    assert f"{code} was erased" in told


def test_a_key_file_opens_on_a_busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = [pyrage.DecryptError("Excessive work parameter for passphrase.")] * 3

    def busy(data: bytes, passphrase: str) -> bytes:
        if opened:
            raise opened.pop()
        assert passphrase == "river stone"
        return secret.encode()

    secret, _ = age.generate()
    wrapped = b"age-encryption.org/v1\n-> scrypt c2FsdHNhbHRzYWx0c2FsdA 18\n"
    monkeypatch.setattr(pyrage.passphrase, "decrypt", busy)
    assert age.unwrap(wrapped, "river stone") == (secret,)
    opened += [pyrage.DecryptError("Excessive work parameter for passphrase.")] * 99
    with pytest.raises(age.SealError, match="too busy"):
        age.unwrap(wrapped, "river stone")
