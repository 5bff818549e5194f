"""What the command `guvoh sift` does, and what it prints."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guvoh.progress import Bar, Silent
from guvoh.words import shown

if TYPE_CHECKING:
    from guvoh.bulk.engine import Engine

_SUFFIXES = (".warc", ".warc.gz")


class SiftError(Exception):
    """A sift can't begin or go on; the message says what to do."""


def run_sift(arguments: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Sift; return what to print and the problems. Raises SiftError where nothing can be done."""
    try:
        from guvoh.bulk.engine import EngineError, refused
        from guvoh.bulk.outcome import write_outcome
        from guvoh.bulk.profile import ProfileError, read_profile
        from guvoh.bulk.sift import Plan, begin, sift
    except ModuleNotFoundError as missing:
        raise SiftError(
            f"sift needs {missing.name}. Install it with: pip install 'guvoh[bulk]'"
        ) from None
    archives, problems = _archives(arguments.warc)
    if not archives:
        raise SiftError("; ".join(problems) or "no web archive (.warc, .warc.gz) was named.")
    try:
        plan = Plan(tuple(archives), read_profile(arguments.about))
        stages = begin(plan, arguments.out)
        with Bar() as bar:
            engine = _engine(arguments.engine, stages, bar)
            try:
                sifted = sift(plan, engine)
                written = write_outcome(plan, engine, sifted, arguments.out)
                problems += [f"{shown(one.rows)}: was lost: {one.why}." for one in engine.lost]
            finally:
                engine.close()
    except (EngineError, ProfileError) as fault:
        raise SiftError(str(fault)) from None
    except OSError as fault:
        raise SiftError(str(refused(arguments.out, fault))) from None
    counts = sifted.counts
    problems += [
        f"{number:,} records: {why}. run.json counts them."
        for why, number in counts["lost"].items()
        if why not in {"not a page", "no text"}
    ]
    return _lines(counts, arguments.out, written), problems


def _engine(name: str, stages: Path, bar: Silent) -> "Engine":
    if name == "spark":
        from guvoh.bulk.spark import SparkEngine

        return SparkEngine(stages, bar)
    from guvoh.bulk.local import LocalEngine

    return LocalEngine(stages, bar)


def _archives(named: list[Path]) -> tuple[list[Path], list[str]]:
    """Return the archives of the files and folders named, by name, and what is missing."""
    found: dict[str, Path] = {}
    problems: list[str] = []
    for path in named:
        if not path.exists():
            problems.append(f"{shown(str(path))}: not found. Check the path.")
            continue
        inside = path.rglob("*") if path.is_dir() else [path]
        for one in inside:
            if path.is_dir() and not one.name.endswith(_SUFFIXES):
                continue
            if one.name in found and found[one.name] != one.absolute():
                problems.append(
                    f"{shown(str(one))}: another archive has this name; it was left out."
                )
                continue
            found[one.name] = one.absolute()
    return [found[name] for name in sorted(found)], problems


def _lines(counts: dict[str, Any], out: Path, written: list[Path]) -> list[str]:
    kept = counts["kept"]
    first = counts["rounds"][0]
    return [
        f"{counts['records']:,} records → {counts['pages with text']:,} pages with text →"
        f" {counts['different texts']:,} different texts",
        f"{counts['relevant pages']:,} pages fit the profile; {first['pairs compared']:,} pairs"
        " compared for copies, rewrites and translations",
        f"{kept['pages']:,} pages kept: {kept['texts']:,} texts in {kept['families']:,} families",
        *(f"  {shown(str(path))}" for path in written),
        f"Build a case of them with: guvoh build {shown(str(out / 'captures'))} --public --case DIR",
    ]
