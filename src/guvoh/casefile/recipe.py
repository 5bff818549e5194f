"""The recipe: a digest of all that, besides captures and assessments, decides what is derived."""

import sys
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from guvoh.casefile.records import SettingValue

# The distributions whose versions can change a result: those that decode, extract, identify
# languages, find dates, transliterate or know places, with what these rest on.
DISTRIBUTIONS = (
    "anyascii",
    "babel",
    "charset-normalizer",
    "courlan",
    "dateparser",
    "fastwarc",
    "htmldate",
    "justext",
    "lxml",
    "lxml-html-clean",
    "msgspec",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "pillow",
    "py3langid",
    "pymorphy3",
    "pymorphy3-dicts-ru",
    "pypdfium2",
    "python-dateutil",
    "rapidfuzz",
    "resiliparse",
    "tokenizers",
    "trafilatura",
)


# What takes in, seals, or shows results and takes part in none: a change here derives nothing anew. A test sees to it that
# no other file imports from these.
APART = (
    "__main__.py",
    "bulk/",
    "casefile/anchors.py",
    "casefile/faults.py",
    "casefile/fsck.py",
    "casefile/logcheck.py",
    "casefile/merging.py",
    "casefile/stamps.py",
    "cli/",
    "drafts/",
    "evidence/",
    "examples/",
    "locale/",
    "pages/",
    "papers.py",
    "pipeline/accounts.py",
    "pipeline/confirming.py",
    "pipeline/contents.py",
    "pipeline/drafting.py",
    "pipeline/judging.py",
    "pipeline/keeping.py",
    "pipeline/pages.py",
    "pipeline/proving.py",
    "pipeline/releasing.py",
    "pipeline/screening.py",
    "pipeline/taking.py",
    "pipeline/unsaying.py",
    "pipeline/withholding.py",
    "protect/",
    "publish/",
    "safety/",
    "show.py",
    "workbench/",
)


def recipe(settings: Mapping[str, SettingValue]) -> str:
    """Return the digest of what computes in guvoh, installed versions, and the case's settings."""
    parts = {
        "code": computing(),
        "versions": versions(),
        "settings": dict(settings),
    }
    return sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()


@cache
def versions() -> Mapping[str, str]:
    """Return the versions of what results rest on; "absent" for what is not installed."""
    found = {name: _version(name) for name in DISTRIBUTIONS}
    found["python"] = f"{sys.version_info.major}.{sys.version_info.minor}"
    found["unicode"] = unicodedata.unidata_version
    return found


@cache
def code() -> str:
    """Return the digest of the package's files, code and data, by their paths in the package."""
    return tree_digest(files("guvoh"))


@cache
def computing() -> str:
    """Return the digest of the package's files without those that only show results (`APART`)."""
    return tree_digest(files("guvoh"), APART)


def tree_digest(root: Traversable, apart: tuple[str, ...] = ()) -> str:
    """Return a digest of all files below a folder, leaving out what Python compiles and `apart`."""
    hasher = sha256()
    for path, file in sorted(_files(root, ""), key=lambda item: item[0]):
        if path.startswith(apart):
            continue
        hasher.update(msgspec.json.encode([path, sha256(file.read_bytes()).hexdigest()]) + b"\n")
    return hasher.hexdigest()


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith((".pyc", ".pyo")):
            yield f"{prefix}{entry.name}", entry


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
