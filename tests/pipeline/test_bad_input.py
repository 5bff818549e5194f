"""One build over everything that can be wrong with input: each named once, and the rest goes on."""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from guvoh.casefile import captures
from guvoh.casefile.case import open_case
from guvoh.words import is_harmless

from .battery import BAD, ENGLISH, article, page
from .battery_hostile import HOSTILE

ALL = BAD | HOSTILE

LINUX = sys.platform == "linux"
MOST_SECONDS = 600.0  # wall clock, on a slow and busy machine
MOST_MEMORY = 1_500_000_000  # bytes of the largest process


@dataclass(frozen=True)
class Built:
    case: Path
    errors: str
    reports: dict[str, Any]
    findings: list[dict[str, Any]]
    captures: dict[str, set[str]]  # by name


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build one folder that holds them all, a good page among them, in a process of its own."""
    if not LINUX:
        pytest.skip("other systems refuse some of these names")
    source, case = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("made") / "case"
    for name, make in ALL.items():
        (source / name).write_bytes(make().data)
    (source / "good.html").write_text(page(article(ENGLISH)), "utf-8")
    (source / "sub").mkdir()
    (source / "sub" / "loop").symlink_to(source)
    home = str(tmp_path_factory.mktemp("home"))
    guvoh = [sys.executable, "-m", "guvoh"]
    environment = {"GUVOH_HOME": home, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(
        [*guvoh, "build", str(source), "--case", str(case), "--public"],
        env=environment, capture_output=True, text=True, timeout=MOST_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MOST_MEMORY

    def shown(what: str) -> list[dict[str, Any]]:
        told = subprocess.run(
            [*guvoh, "show", what, "--case", str(case), "--json"],
            env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found: list[dict[str, Any]] = json.loads(told.stdout)
        return found

    reports = {row["file"]: row for row in shown("reports")}
    kept: dict[str, set[str]] = {}
    for row in shown("captures"):
        for file in row["files"]:
            kept.setdefault(file, set()).add(row["capture"])
    return Built(case, " ".join(done.stderr.split()), reports, shown("findings"), kept)


@pytest.mark.parametrize("name", ALL, ids=[ascii(name)[1:30] for name in ALL])
def test_bytes_are_kept_one_sentence_is_said_and_the_rest_goes_on(name: str, built: Built) -> None:
    bad = ALL[name]()
    case = open_case(built.case)
    assert {captures.read(case, digest) for digest in built.captures[name]} == {bad.data}
    about = bad.about if len(bad.about) > 1 else name
    said = [row for row in built.findings if row["file"] == about and row["step"] != "reading"]
    assert (name in built.reports) == (bad.read and not name.endswith(".zip"))
    if not bad.says:
        assert bad.problem or not said
        return
    hits = [bad.says in row["text"] for row in said]
    assert any(hits) if bad.about else hits == [True]
    assert (bad.says in built.errors) == bad.problem


def test_the_battery_has_sixty_cases_and_more() -> None:
    assert len(ALL) >= 90


class _Acts(HTMLParser):
    """Collects what would act in a page: scripts, handlers, addresses that run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "base", "form", "link"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(name)
            scheme = (value or "").strip().casefold().partition(":")[0]
            if name in {"href", "src", "action", "srcset"} and scheme in {
                "javascript", "data", "vbscript", "file",
            }:  # fmt: skip
                self.found.append(f"{name}={value}")


def test_no_written_page_acts_and_no_shown_line_moves_a_screen(built: Built) -> None:
    written = sorted((built.case / "pages").rglob("*.html"))
    assert written
    for path in written:
        parser = _Acts()
        parser.feed(path.read_text(encoding="utf-8"))
        assert parser.found == [], path.name
    acting = {char for char in built.errors if not is_harmless(char)}
    assert not acting
    for noun in ("captures", "reports", "claims", "findings"):
        done = subprocess.run(
            [sys.executable, "-m", "guvoh", "show", noun, "--case", str(built.case)],
            env={"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert not {char for char in done.stdout if not is_harmless(char)} - {"\n"}, noun


def test_the_good_page_and_what_lies_in_archives_are_read(built: Built) -> None:
    assert built.reports["good.html"]["text"].startswith("The miners of the upper valley")
    assert {"slip.zip!/slipped.txt", "links.tar!/inside.txt"} <= built.reports.keys()
    assert "sub/loop" in built.errors
    assert "miners" not in built.errors
    assert "Шахтёры" not in built.errors
    assert built.reports["utf16.txt"]["text"].startswith("Шахтёры верхней долины")
    assert built.reports["utf16.txt"]["language"] == "ru"
