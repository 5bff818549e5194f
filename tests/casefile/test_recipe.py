import ast
import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

from guvoh.casefile.recipe import (
    APART,
    DISTRIBUTIONS,
    code,
    computing,
    recipe,
    tree_digest,
    versions,
)

PACKAGE = Path(__file__).parents[2] / "src" / "guvoh"
ROOT = Path(__file__).parents[2]


def test_the_recipe_follows_the_settings() -> None:
    assert recipe({"x": 1, "y": ("a",)}) == recipe({"y": ("a",), "x": 1})
    assert recipe({"x": 1}) != recipe({"x": 2})


def test_the_tree_digest_follows_files_and_names_but_not_what_python_makes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.py").write_text("1")
    first = tree_digest(tmp_path)
    (tmp_path / "a" / "__pycache__").mkdir()
    (tmp_path / "a" / "__pycache__" / "x.pyc").write_text("compiled")
    assert tree_digest(tmp_path) == first
    (tmp_path / "a" / "x.py").write_text("2")
    second = tree_digest(tmp_path)
    assert second != first
    (tmp_path / "a" / "x.py").rename(tmp_path / "a" / "y.py")
    assert tree_digest(tmp_path) not in (first, second)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "z.py").write_text("shows")
    assert tree_digest(tmp_path, ("pages/",)) != tree_digest(tmp_path)
    (tmp_path / "pages" / "z.py").write_text("shows otherwise")
    apart = tree_digest(tmp_path, ("pages/",))
    (tmp_path / "pages" / "z.py").unlink()
    assert tree_digest(tmp_path, ("pages/",)) == apart


def test_nothing_that_computes_imports_what_only_shows() -> None:
    shown = {f"guvoh.{path.rstrip('/').removesuffix('.py').replace('/', '.')}" for path in APART}
    wrong = []
    for file in PACKAGE.rglob("*.py"):
        if file.relative_to(PACKAGE).as_posix().startswith(APART):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            elif isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            wrong += [(file.name, name) for name in names if name in shown]
    assert wrong == []


def test_all_listed_distributions_are_installed() -> None:
    assert "absent" not in versions().values()
    assert re.fullmatch("[0-9a-f]{64}", code())
    assert computing() != code()


def test_the_list_holds_all_that_guvoh_needs_but_what_cannot_change_a_result() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    direct = {re.split("[^A-Za-z0-9_-]", line)[0].lower() for line in declared}
    # Locks, keys, folders, pages, the terminal, the workbench and publications.
    harmless = {"cryptography", "filelock", "jinja2", "platformdirs", "rich"}
    harmless |= {
        "ahocorasick-rs",
        "asn1crypto",
        "python-docx",
        "openpyxl",
        "pyrage",
        "python-multipart",
        "rfc3161-client",
        "starlette",
        "typst",
        "uvicorn",
    }
    assert direct - harmless <= set(DISTRIBUTIONS)
    reached = set(direct)
    for name in direct:
        reached |= {re.split("[^A-Za-z0-9_.-]", line)[0].lower() for line in requires(name) or ()}
    normal = {name.replace("_", "-") for name in reached}
    deeper = {"charset-normalizer", "fastwarc", "dateparser", "python-dateutil", "justext"}
    assert set(DISTRIBUTIONS) - normal <= deeper
