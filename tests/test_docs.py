"""The commands of README and guide are run as they stand, on the example case."""

import json
import os
import re
import shlex
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from guvoh import cli
from guvoh.casefile import derived, tables
from guvoh.casefile.case import open_case

ROOT = Path(__file__).parents[1]


def commands(page: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(r"^    (?:\.venv/bin/)?(guvoh .+?)(?:  +#.*)?$", text, flags=re.MULTILINE)


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "my-folder").symlink_to(ROOT / "examples" / "demo" / "reports")


def a_claim(case: Path) -> str:
    with closing(derived.connect_reader(open_case(case))) as db:
        return next(reading.claims[0].id for reading in tables.every(db, tables.READING))


def served(words: list[str]) -> str:
    """Start what serves until it is told to end, and return the first line that it says."""
    command = [sys.executable, "-m", "guvoh", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
    return line


@pytest.mark.parametrize("page", ["README.md", "docs/guide.md"])
def test_the_commands_do_what_the_page_says(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = commands(page)
    assert len(found) >= 5
    digests = []
    for command in found:
        words = shlex.split(command)[1:]
        words = [a_claim(Path("my-case")) if w == "CLAIM" else w for w in words]
        if words[0] == "serve":
            assert "http://127.0.0.1:" in served([*words, "--no-browser"])
            continue
        assert cli.main(words) == 0, command
        out = capsys.readouterr()
        assert out.err == "", command
        if words[0] == "rebuild":
            digests.append(out.out.splitlines()[-1])
        if "--json" in words:
            json.loads(out.out)
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in digests)


def test_the_export_of_the_page_on_extending_works(tmp_path: Path) -> None:
    """docs/extend.md: the code as it stands there makes a file out of the example case."""
    from guvoh.pipeline.releasing import let_out

    page = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8")
    (source,) = re.findall(r"^```python\n(.+?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    assert source.count("\n") <= 45
    made: dict[str, Any] = {}
    exec(compile(source, "extend.md", "exec"), made)  # our own page
    reports = ROOT / "examples" / "demo" / "reports" / "severny-peleng-voditel.html"
    assert cli.main(["build", str(reports), "--public", "--case", str(tmp_path / "case")]) == 0
    release, _ = let_out(open_case(tmp_path / "case"), "wiki")
    assert release is not None
    ((name, data),) = made["wiki"](release, "en")
    assert name == "events.wiki"
    assert "Original sources: 1" in data.decode()
