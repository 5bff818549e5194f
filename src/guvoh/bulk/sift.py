"""Out of a crawl the reports on one theme, with all their copies: the stages in order."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from guvoh import __version__
from guvoh.bulk import queries
from guvoh.bulk.engine import Engine, EngineError
from guvoh.bulk.families import Sifted, families
from guvoh.bulk.matching import LINKS, REPORTS, clean_pages, relating
from guvoh.bulk.profile import Profile
from guvoh.bulk.scan import FILES, PAGES, scanning

# A version of a version of … is looked for this often; what was new in the last round is reported.
_ROUNDS = 4
# Reports belong together from this similarity on, per mille, as in lineage.families.
_LEAST = 300
_CLEANED_AT_ONCE, _RELATED_AT_ONCE = 64, 128


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sift is asked for; `archives` are in the order of their names."""

    archives: tuple[Path, ...]
    profile: Profile

    def digest(self) -> str:
        """Return a digest of all that the stages depend on, so that none is reused for another."""
        files = [[path.name, path.stat().st_size] for path in self.archives]
        asked = [__version__, self.profile.terms, self.profile.group_of, self.profile.least, files]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def begin(plan: Plan, out: Path) -> Path:
    """Return the folder of the stages in `out`; raises EngineError where another sift left its own."""
    stages = out / "stages"
    mark = stages / "plan"
    if mark.exists():
        if mark.read_text(encoding="ascii") != plan.digest():
            raise EngineError(
                f"{out} holds the stages of another sift (other archives, profile or version). Name"
                " a new folder, or delete it."
            )
        return stages
    stages.mkdir(parents=True, exist_ok=True)
    mark.write_text(plan.digest(), encoding="ascii")
    return stages


def sift(plan: Plan, engine: Engine) -> Sifted:
    """Run all stages; those that an earlier run finished are taken as they are."""
    rows = [
        {"file": number, "path": str(path), "bytes": path.stat().st_size}
        for number, path in enumerate(plan.archives)
    ]
    engine.put("files", pa.Table.from_pylist(rows, FILES))
    engine.map("pages", scanning(plan.profile), PAGES, "SELECT * FROM files ORDER BY file", 1)
    collapse_and_index(engine)
    rounds = _rounds(engine)
    return families(engine, plan.profile, rounds, _LEAST)


def collapse_and_index(engine: Engine) -> None:
    """Make of `pages` the texts that stand for others, those that fit the profile, and both indexes."""
    engine.select("twins", queries.TWINS)
    engine.select("sketches", queries.SKETCHES)
    engine.select("nears", queries.NEARS)
    engine.select("leads", queries.LEADS)
    engine.select("near_copies", queries.NEAR_COPIES)
    engine.select("seeds_0", queries.SEEDS)
    engine.select("salts", queries.SALTS)
    engine.select("posts", queries.posts(engine.flat("p.grams")))
    engine.select("marks", queries.marks(engine.flat("p.pairs")))
    engine.select("sizes", queries.SIZES)


def find_pairs(engine: Engine, number: int) -> None:
    """Make of `seeds_N` the pairs to compare, `pairs_N`, leaving out those of earlier rounds."""
    seeds = f"seeds_{number}"
    for index in ("posts", "marks"):
        wanted, hits = f"wanted_{index}_{number}", f"hits_{index}_{number}"
        frequencies = f"frequencies_{index}_{number}"
        engine.select(wanted, queries.wanted(seeds, index))
        engine.select(hits, queries.hits(index, wanted))
        engine.select(frequencies, queries.frequencies(hits))
        engine.select(f"asked_{index}_{number}", queries.asked(seeds, hits, frequencies))
    posts, marks = (f"hits_{index}_{number}" for index in ("posts", "marks"))
    met = queries.met(f"asked_posts_{number}", posts, f"asked_marks_{number}", marks)
    engine.select(f"met_{number}", met)
    before = _earlier("pairs", number, "one, other")
    engine.select(f"pairs_{number}", queries.pairs(f"met_{number}", seeds, before))


def _compare(engine: Engine, number: int) -> None:
    """Make of `pairs_N` the pages cleaned for it, `reports_N`, and what derives from what, `links_N`."""
    before = _earlier("reports", number, "page")
    asked = queries.to_clean(f"pairs_{number}", before)
    engine.map(f"reports_{number}", clean_pages, REPORTS, asked, _CLEANED_AT_ONCE)
    # Pairs are put in order without their reports, which would take far more memory: the step reads those.
    folders = [engine.folder / one for one in _names("reports", number + 1)]
    asked = f"SELECT one, other FROM pairs_{number} ORDER BY one, other"
    engine.map(f"links_{number}", relating(folders), LINKS, asked, _RELATED_AT_ONCE)


def _rounds(engine: Engine) -> int:
    """Look for versions of what is kept until no new text comes; return the number of rounds."""
    for number in range(_ROUNDS):
        find_pairs(engine, number)
        _compare(engine, number)
        reached = queries.reached(f"links_{number}", _names("seeds", number + 1), _LEAST)
        engine.select(f"reached_{number}", reached)
        grown = f"SELECT page, root FROM reached_{number} WHERE place <= {queries.FOLLOWED}"
        engine.select(f"seeds_{number + 1}", grown)
        if not engine.rows(f"SELECT page FROM seeds_{number + 1} LIMIT 1").num_rows:
            return number + 1
    return _ROUNDS


def _earlier(name: str, rounds: int, columns: str) -> str | None:
    """Return the query for what earlier rounds found under a name, None in the first."""
    each = [f"SELECT {columns} FROM {one}" for one in _names(name, rounds)]
    return f"({' UNION ALL '.join(each)})" if each else None


def _names(name: str, rounds: int) -> Sequence[str]:
    return [f"{name}_{number}" for number in range(rounds)]
