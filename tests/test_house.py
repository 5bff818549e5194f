"""The house: registries match their folders, and computing packages reach for nothing outside."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "guvoh"
COMPUTING = (
    "model",
    "languages",
    "resolve",
    "clean",
    "reading",
    "lineage",
    "corroborate",
    "pages",
    "protect",
    "drafts",
)
REACHING = {"urllib.request", "urllib.robotparser", "http.client", "asyncio"}
CLOCK = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today")}


def modules() -> list[Path]:
    return [path for package in COMPUTING for path in sorted((SOURCE / package).rglob("*.py"))]


def test_computing_packages_open_no_connection_and_read_no_clock() -> None:
    """import-linter knows whole external packages only; these are parts of some, and calls."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not REACHING & {alias.name for alias in node.names}, path
            if isinstance(node, ast.ImportFrom):
                assert node.module not in REACHING, path
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in CLOCK, (path, node.lineno)


def test_the_map_of_the_code_names_every_package() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)[/.]", row)}
    there = {path.stem for path in SOURCE.glob("*.py") if not path.stem.startswith("_")}
    there |= {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert there <= named


def test_links_in_the_docs_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, flags=re.MULTILINE | re.DOTALL)
    assert listed is not None
    names = set(re.findall(r'"([a-z0-9-]+)', listed.group(1)))
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert names == set(re.findall(r"^\| ([a-z0-9-]+) \|", reasons, flags=re.MULTILINE)) - {
        "package"
    }
