"""How often derivations are right that are said to be so sure, by relation, where the truth is known."""

import json
import random
import sqlite3
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from benchmarks.expected.case import build
from benchmarks.expected.comparison import expected
from benchmarks.lineage import NTREX, derive, edited, half, ntrex, report, texts_of
from benchmarks.report import ROOT, SHARED, tell
from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.lineage import Derivation, Relation
from guvoh.model.text import Stated
from guvoh.pipeline.grouping import Sides
from guvoh.reading.read import read

BINS = (0, 650, 800, 900, 990, 1001)  # per mille
LINEAGE = ROOT / "tests" / "cases" / "lineage"
CASES = (
    ROOT / "examples" / "demo",
    ROOT / "tests" / "cases" / "unseen",
    LINEAGE / "colony",
    LINEAGE / "sewing",
)
_OUTLET = "The Lowland Post"
_BRIEF = 50  # words


@dataclass(frozen=True, slots=True)
class Said:
    """A derivation that was found: how, how sure (per mille), and whether one report derives from the other.

    `apart` says that neither models nor thresholds were chosen on these texts. Of versions of one text many are
    found; those between the same texts (`about`) count once.
    """

    relation: Relation
    confidence: int
    right: bool
    apart: bool
    about: tuple[str, ...]


def side(identity: str, text: str, language: str = "en", publisher: str | None = None) -> Side:
    """Return a report of bare text as it is compared."""
    made = report(identity, text, language)
    if publisher:
        made = replace(made, publisher=Stated(publisher))
    return Side(made, fingerprint(made))


def _said(found: Derivation | None, right: bool, apart: bool, *about: str) -> Iterator[Said]:
    if found is not None:
        yield Said(found.relation, found.confidence, right, apart, about)


def retranslations() -> Iterator[Said]:
    """Yield what is found among re-translations and their Russian originals, whole and as briefs of their first words."""
    path = SHARED / "lineage" / "retranslations-ru-en.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    whole = [side(f"{r['family']}/{r['version']}", r["text"], r["language"]) for r in rows]
    briefs = [
        side(f"{r['family']}/brief", " ".join(r["text"].split()[:_BRIEF]))
        for r in rows
        if r["version"] == "ref-A" and len(r["text"].split()) > 3 * _BRIEF
    ]
    for found in derive([*whole, *briefs]):
        told = sorted({key.rpartition("/")[0] for key in (found.parent, found.child)})
        yield from _said(found, len(told) == 1, any(map(half, told)), "re-translations", *told)


def translations() -> Iterator[Said]:
    """Yield what is found among the texts of NTREX in English and another language, whole and by their first halves."""
    english = ntrex("newstest2019-src.eng.txt")
    for language, name in NTREX.items():
        sides = [side(f"en/{key}", text) for key, text in english.items()]
        for key, text in ntrex(name).items():
            parts = text.split("\n\n")
            sides.append(side(f"{language}/{key}", text, language))
            part = "\n\n".join(parts[: len(parts) // 2 + 1])
            sides.append(side(f"half/{key}", part, language))
        for found in derive(sides):
            if {"en", language} <= {found.parent[:2], found.child[:2]} or (
                "half" in (found.parent[:4], found.child[:4])
                and "en" in (found.parent[:2], found.child[:2])
            ):
                keys = sorted({key.partition("/")[2] for key in (found.parent, found.child)})
                yield from _said(found, len(keys) == 1, False, "NTREX", language, *keys)


def edits() -> Iterator[Said]:
    """Yield what is found of copies with words replaced, halves, passages in other texts, and credits for another story."""
    texts = texts_of(300)
    rng = random.Random(9)
    words = " ".join(texts).split()
    for ordinal, text in enumerate(texts):
        apart = half(f"edits/{ordinal}") == 1
        original = side(f"o{ordinal}", text, publisher=_OUTLET)
        plain, own = text.split(), texts[(ordinal + 101) % len(texts)].split()
        start = rng.randrange(len(plain) - 60)
        passage = " ".join(plain[start : start + 60])
        around = " ".join(own[:200]), " ".join(own[200:300])
        made = {
            **{f"{share:.0%}": edited(text, share, words, rng) for share in (0.02, 0.2, 0.4, 0.6)},
            "half": " ".join(plain[: len(plain) // 2]),
            "quoted": f'{around[0]} "{passage}" {around[1]}',
            "credited": f"{around[0]}\n\n{_OUTLET} reported on Monday: {passage}\n\n{around[1]}",
        }
        for name, changed in made.items():
            found = relate(original, side(f"{name}/{ordinal}", changed, publisher="Varden Courier"))
            yield from _said(found, True, apart, "edits", str(ordinal), name)
        for other in (f"{around[0]}\n\n{_OUTLET} reported the fire on Monday.", " ".join(own)):
            found = relate(original, side(f"other/{ordinal}", other, publisher="Varden Courier"))
            yield from _said(found, False, apart, "edits", str(ordinal))


def _told(name: str, told: Mapping[str, str]) -> Side:
    made = report(name, told["text"].strip(), told.get("language", "en"))
    named = {key: Stated(told[key]) for key in ("title", "publisher") if key in told}
    made = replace(made, **named)  # type: ignore[arg-type]
    return Side(made, fingerprint(made), read(made))


def _briefs(*reports: Mapping[str, str]) -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
    """Yield of two reports the first words of each beside the other, where it is long enough for a brief."""
    for one, other in (reports, reports[::-1]):
        words = one["text"].split()
        if len(words) > 1.5 * _BRIEF:
            yield {**one, "text": " ".join(words[:_BRIEF])}, other


def pairs() -> Iterator[Said]:
    """Yield what is found in pairs of reports of one event, most of which do not derive from each other."""
    for name in ("independent/pairs", "short/pairs", "short/witnesses"):
        for line in (LINEAGE / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            apart, right = name.startswith("independent"), row.get("derives", False)
            for one, other in ((row["a"], row["b"]), *_briefs(row["a"], row["b"])):
                found = relate(_told("a", one), _told("b", other))
                yield from _said(found, right, apart, name, row["id"])
    for row in tomllib.loads((LINEAGE / "uncredited/pairs.toml").read_text("utf-8"))["pair"]:
        found = relate(*(_told(str(at), one) for at, one in enumerate(row["report"])))
        yield from _said(found, row["retold"], False, "uncredited", row["id"])


def _stated(wanted: Mapping[str, Any]) -> dict[str, str]:
    """Return the families of the files of which an answer says to which they belong."""
    stated = {file: file for file in wanted["alone"]["files"]}
    for family in wanted["family"]:
        for member in family["member"]:
            if member.get("must", True) and not member.get("alone_allowed", False):
                stated[member["file"]] = family["id"]
    return stated


def cases() -> Iterator[Said]:
    """Yield what is found between any two reports of the cases whose families are stated."""
    for folder in CASES:
        stated = _stated(expected(folder))
        with tempfile.TemporaryDirectory() as place:
            case = Path(place) / "case"
            build(folder / "reports", case, Path(place) / "home")
            with closing(sqlite3.connect(case / "derived.sqlite")) as db:
                ids = [row[0] for row in db.execute("SELECT id FROM report ORDER BY ordinal")]
                sides = list(Sides(db).load(ids).values())
        known = [one for one in sides if one.report.file in stated]
        for one, other in combinations(known, 2):
            right = stated[one.report.file] == stated[other.report.file]
            files = one.report.file, other.report.file
            yield from _said(relate(one, other), right, False, folder.name, *files)


def everything() -> Iterator[Said]:
    """Yield all that is found in all corpora and cases."""
    for found in (retranslations, translations, edits, pairs, cases):
        yield from found()


def _bin(said: Said) -> int:
    return next(at for at, high in enumerate(BINS[1:]) if said.confidence < high)


def _once(found: Iterable[Said]) -> Iterator[Said]:
    """Yield of what is said between the same texts, of one relation and bin, the first."""
    seen: set[tuple[object, ...]] = set()
    for one in found:
        key = one.relation, _bin(one), one.right, one.about
        if key not in seen:
            seen.add(key)
            yield one


def rows_of(found: Iterable[Said]) -> list[dict[str, Any]]:
    """Return a row for each relation and bin of confidence: how many were found and how many are right."""
    said = list(_once(found))
    rows: list[dict[str, Any]] = []
    for relation in Relation:
        for at, (low, high) in enumerate(pairwise(BINS)):
            ours = [s for s in said if s.relation is relation and _bin(s) == at]
            if not ours:
                continue
            row: dict[str, Any] = {"relation": relation.value, "said": f"{low}–{high - 1}"}
            row["mean said"] = f"{sum(s.confidence for s in ours) / len(ours) / 1000:.3f}"
            for label, apart in (("dev", False), ("apart", True)):
                part = [s.right for s in ours if s.apart is apart]
                row[f"found, {label}"] = len(part)
                row[f"right, {label}"] = f"{sum(part) / len(part):.3f}" if part else ""
            rows.append(row)
    return rows


def run() -> list[dict[str, Any]]:
    """Return the table's rows."""
    return rows_of(everything())


def main(arguments: Sequence[str]) -> int:
    """Print the table, or with `wrong` what was said and is not so."""
    found = list(everything())
    if "wrong" in arguments:
        return tell([_shown(one) for one in found if not one.right], SHARED)
    return tell(rows_of(found), SHARED)


def _shown(said: Said) -> dict[str, Any]:
    return {
        "relation": said.relation.value,
        "said": said.confidence,
        "apart": said.apart,
        "about": " ".join(said.about),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
