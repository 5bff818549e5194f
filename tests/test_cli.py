"""The command line as a user meets it: answers, exit status, and one clear sentence for what is wrong."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from guvoh import cli, show
from guvoh.cli import building, commands
from guvoh.cli.parser import NOUNS, command_line

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "seed"

PAGE = """<!doctype html><html lang="en"><head><title>Nine men taken from brickworks - Lantern Post</title>
<meta property="og:site_name" content="Lantern Post">
<meta property="article:published_time" content="2031-05-02T08:00:00+02:00"></head><body>
<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>Nine men taken from brickworks</h1><p class="byline">By Sefa Marlund</p>
<p>Nine men were taken from a brickworks near Osh in late April, the wife of one of them told the
Lantern Post. “They took my husband's passport first,” she said.</p>
<p>According to her, her husband had called from the road and said that soldiers were driving them
to the border. The regional police denied that anyone had been taken.</p></article></body></html>"""


def test_every_command_has_what_answers_it() -> None:
    assert tuple(show.NOUNS) == NOUNS
    modules = {"building": building, "commands": commands}
    parsers = command_line()._subparsers
    assert parsers is not None
    (choices,) = (action.choices for action in parsers._group_actions)
    for name, parser in dict(choices or {}).items():
        module, function, *_ = parser.get_default("run").args
        assert callable(getattr(modules[module], function)), name


def test_what_needs_no_case_loads_no_store() -> None:
    seen = "import sys, guvoh.cli.parser; print({'sqlite3', 'msgspec', 'babel'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "brickworks.html").write_text(PAGE, encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def rows(capsys: pytest.CaptureFixture[str], what: str, case: Path) -> list[dict[str, object]]:
    capsys.readouterr()
    assert run("show", what, "--case", case, "--json") == 0
    answer: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return answer


CONTRACT = {
    "captures": "capture file files media_type bytes arrived origin exposure parent",
    "reports": "report capture file language title publisher bylines published published_basis url "
    "words images debris",
    "claims": "claim report file start end spans text kind stance polarity within chain participants "
    "acts times quantities places",
    "people": "person name kind pseudonym exposure withheld mentions",
    "places": "place name kind country latitude longitude precision mentions",
}


def test_build_and_show_keep_the_contract(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    assert run("build", source, "--case", case) == 0
    out = capsys.readouterr()
    assert "1 report" in out.out
    assert out.err == ""
    assert (case / "pages" / "index.html").exists()
    for what, keys in CONTRACT.items():
        shown = rows(capsys, what, case)
        assert shown, what
        assert set(keys.split()) <= set(shown[0]), what
    for what in ("families", "events", "warnings", "findings"):
        rows(capsys, what, case)


def test_claims_are_where_they_say(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    run("build", source, "--case", case)
    (report,) = rows(capsys, "reports", case)
    text = str(report["text"])
    for claim in rows(capsys, "claims", case):
        spans = claim["spans"]
        assert isinstance(spans, list)
        assert (claim["start"], claim["end"]) == (spans[0][0], spans[-1][1])
        assert str(claim["text"]).startswith(text[spans[0][0] : spans[0][1]][:20])


def test_show_for_people_reads_well(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    run("build", source, "--case", case)
    capsys.readouterr()
    assert run("show", "claims", "--case", case) == 0
    assert " ← " in capsys.readouterr().out
    assert run("show", "warnings", "--case", case) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("build", "nowhere.html", "--case", "CASE"), 1, "nowhere.html: not found"),
        (("build", "SOURCE", "--case", "CASE", "--private"), 1, "needs a key"),
        (("show", "claims", "--case", "NOWHERE"), 1, "there is no case here"),
        (("rebuild", "--case", "NOWHERE"), 1, "there is no case here"),
        (("build", "SOURCE", "--case", "SOURCE"), 1, "the folder holds other files"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: tuple[str, ...],
    status: int,
    says: str,
    source: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"SOURCE": source, "CASE": tmp_path / "case", "NOWHERE": tmp_path / "nowhere"}
    assert run(*(places.get(argument, argument) for argument in arguments)) == status
    complaint = capsys.readouterr().err
    assert says in complaint
    assert complaint.count("\n") == 1
    assert "Traceback" not in complaint


def test_a_missing_source_beside_a_good_one_is_named_and_the_rest_is_built(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    assert run("build", tmp_path / "gone.html", source, "--case", case) == 1
    out = capsys.readouterr()
    assert "gone.html" in out.err
    assert "1 report" in out.out


def test_an_unknown_format_is_kept_and_named(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (source / "scan.djvu").write_bytes(b"AT&TFORM\x00\x00\x00\x08DJVUINFO")
    case = tmp_path / "case"
    assert run("build", source, "--case", case) == 1
    assert "scan.djvu" in capsys.readouterr().err
    assert {row["file"] for row in rows(capsys, "captures", case)} == {
        "brickworks.html",
        "scan.djvu",
    }
    assert "not-read" in {row["kind"] for row in rows(capsys, "findings", case)}


def test_what_looks_private_is_set_aside_until_declared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chat = tmp_path / "chat.txt"
    lines = [
        f"1{n % 10}/03/2031, 14:0{n % 10} - {'Malika' if n % 2 else 'Odina'}: word {n}"
        for n in range(30)
    ]
    chat.write_text("\n".join(lines), encoding="utf-8")
    case = tmp_path / "case"
    assert run("build", chat, "--case", case) == 1
    assert "set aside" in capsys.readouterr().err
    assert rows(capsys, "reports", case) == []
    assert [row["exposure"] for row in rows(capsys, "captures", case)] == ["undeclared"]
    assert "Malika" not in (case / "derived.sqlite").read_bytes().decode("latin-1")
    run("build", chat, "--case", case, "--public")
    assert [row["exposure"] for row in rows(capsys, "captures", case)] == ["public"]
    assert len(rows(capsys, "reports", case)) == 1
    assert "set-aside" not in {row["kind"] for row in rows(capsys, "findings", case)}


def test_a_damaged_capture_ends_with_status_three(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    run("build", source, "--case", case)
    (log,) = (case / "journal").glob("*/records/*.jsonl")
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 1
    log.write_bytes(data)
    capsys.readouterr()
    assert run("show", "captures", "--case", case) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_the_seed_is_taken_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not SEED.exists():
        pytest.skip("the seed's text stays out of the repository and is not here")
    case = tmp_path / "case"
    assert run("build", SEED, "--case", case) == 0
    (report,) = rows(capsys, "reports", case)
    assert report["title"] == "Foreigners forced to fight in Russia’s war in Ukraine"
    assert report["bylines"] == ["Abdujalil Abdurasulov"]
    assert report["publisher"] == "BBC News"
    images = report["images"]
    assert isinstance(images, list)
    (image,) = images
    assert image["credit"] == "Getty Images"
    assert image["caption"].startswith("These men were recruited")
    assert (image["alt"].split()[0], image["alt_language"]) == ("Estos", "es")
    assert str(report["text"]).count("\n\n") == 3
    chains = [
        [link["name"] for link in claim["chain"]]  # type: ignore[attr-defined]
        for claim in rows(capsys, "claims", case)
    ]
    assert ["BBC", "Anwar's father", "Anwar"] in chains
    assert len(chains) >= 8


def test_output_survives_a_reader_that_goes_away(source: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    run("build", source, "--case", case)
    command = f"{sys.executable} -m guvoh show claims --case {case} | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=True)
    assert done.stderr == b""


def test_the_example_case_goes_along_into_the_wheel() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"][
        "targets"
    ]["wheel"]
    folder = "examples/demo/reports"
    assert folder in wheel["only-include"]
    assert wheel["sources"][folder] == f"guvoh/{folder}"
    assert (ROOT / folder).is_dir()


def test_a_report_in_which_nothing_happened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    told, idle = tmp_path / "told.txt", tmp_path / "idle.txt"
    told.write_text("Two men were killed in Osh on 3 May 2023, a nurse told The Lamp.\n")
    idle.write_text("The river at Osh is wide and the bridges are old, a poet told The Lamp.\n")
    assert cli.main(["build", str(told), str(idle), "--public", "--case", str(tmp_path / "c")]) == 0
    said = capsys.readouterr().out
    assert "In no event, for nothing that happened was read there: idle.txt." in said


def test_how_many_fainted_is_not_how_many_were_beaten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    page = tmp_path / "yard.txt"
    page.write_text(
        "“Two men fainted in the yard at Osh. I saw the guards beat Serik with a hose,” Omar Said told The Lamp.\n"
    )
    case = str(tmp_path / "c")
    assert cli.main(["build", str(page), "--public", "--case", case]) == 0
    capsys.readouterr()
    assert cli.main(["show", "events", "--json", "--case", case]) == 0
    (event,) = json.loads(capsys.readouterr().out)
    assert event["acts"] == ["beat"]
    assert event["how_many"] == []
    assert {one["name"] for one in event["who"] if one["role"] == "affected"} == {"Serik"}
