"""Pages of the working copy: those of what changed are written, and none stays that is not true."""

from pathlib import Path

import pytest

from guvoh import cli
from tests.conftest import Demo

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "examples" / "demo" / "reports"


@pytest.fixture(autouse=True)
def _own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path_factory.mktemp("home")))


def build(case: Path, *sources: Path) -> dict[str, str]:
    """Build and return the pages' texts by file name."""
    cli.main(["build", *map(str, sources), "--case", str(case), "--public"])
    return pages(case)


def pages(case: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (case / "pages").iterdir()}


def written(case: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (case / "pages").glob("event-*.html")}


def test_only_pages_of_what_changed_are_written_and_all_are_as_in_one_build(
    demo: Demo, tmp_path: Path
) -> None:
    files = sorted(path for path in DEMO.iterdir() if path.is_file())
    case = tmp_path / "case"
    build(case, *files[:-1])
    first = written(case)
    again = build(case, *files[:-1])
    assert written(case) == first
    more = build(case, *files)
    assert set(first.items()) & set(written(case).items()), "every page was written again"
    assert more == pages(demo.case)
    assert again.keys() - {"index.html"} == first.keys()


def test_a_page_that_was_lost_is_written_again(tmp_path: Path) -> None:
    case = tmp_path / "case"
    files = sorted(DEMO.glob("*.txt"))
    before = build(case, *files)
    lost = next(name for name in before if name.startswith("event-"))
    (case / "pages" / lost).unlink()
    (case / "pages" / "event-gone.html").write_text("stale", "utf-8")
    assert build(case, *files) == before
