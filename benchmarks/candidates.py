"""The index of a sift beside datasketch, rensa and Spark's MinHashLSH: which planted versions each finds."""

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.build import timed
from benchmarks.lineage import NTREX, edited, ntrex, texts_of
from benchmarks.report import ROOT
from guvoh.bulk.local import LocalEngine
from guvoh.bulk.profile import parse_profile
from guvoh.bulk.scan import FILES, PAGES, marks
from guvoh.bulk.sift import collapse_and_index, find_pairs
from guvoh.progress import Silent

TEXTS = 400
THRESHOLD = 0.5  # Jaccard similarity of word 4-grams, for all peers
PERMUTATIONS = 128
TABLES = 16  # of Spark's MinHashLSH
_SPARK = "--master local-cluster[2,1,1024] --conf spark.executor.memory=1g pyspark-shell"
Pairs = set[tuple[int, int]]


def _planted() -> tuple[list[str], dict[str, list[tuple[int, int]]]]:
    """Return texts, and by kind the pairs of them of which one is a version of the other."""
    texts = texts_of(TEXTS)
    chance, words = random.Random(4), " ".join(texts_of(100)).split()
    pairs: dict[str, list[tuple[int, int]]] = {}

    def add(kind: str, of: int, text: str) -> None:
        pairs.setdefault(kind, []).append((of, len(texts)))
        texts.append(text)

    for number, text in enumerate(texts[:TEXTS]):
        for share in (0.2, 0.4):
            add(f"edited {share:.0%}", number, edited(text, share, words, chance))
        own, plain = texts[(number + 101) % TEXTS].split(), text.split()
        start = chance.randrange(len(plain) - 60)
        quoted = " ".join(plain[start : start + 60])
        add("quotations", number, f"{' '.join(own[:200])} “{quoted}” {' '.join(own[200:300])}")
    english = ntrex("newstest2019-src.eng.txt")
    at = {key: len(texts) + place for place, key in enumerate(english)}
    texts += english.values()
    for language in ("es", "fr", "ru"):
        for key, text in ntrex(NTREX[language]).items():
            add(f"translations {language}", at[key], text)
    return texts, pairs


def _ours(texts: Sequence[str]) -> Pairs:
    """Return the pairs that a sift would compare if every text were relevant."""
    profile = parse_profile('least = 1\n[terms.any]\nen = ["zzzz"]', "none")
    rows = [
        {
            "page": page,
            "file": 0,
            "position": page,
            "record": "",
            "url": "",
            "host": "",
            "day": -1,
            "lost": "",
            **marks(profile, text),
            "relevant": True,
        }
        for page, text in enumerate(texts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        engine = LocalEngine(Path(folder), Silent(), 1)
        engine.put("files", pa.Table.from_pylist([], FILES))
        engine.put("pages", pa.Table.from_pylist(rows, PAGES))
        collapse_and_index(engine)
        find_pairs(engine, 0)
        found = {
            (one["one"], one["other"]) for one in engine.rows("SELECT * FROM pairs_0").to_pylist()
        }
        lead = {one["page"]: one["lead"] for one in engine.rows("SELECT * FROM leads").to_pylist()}
        engine.close()
    behind: dict[int, list[int]] = {}
    for page, one in lead.items():
        behind.setdefault(one, []).append(page)
    whole = {(a, b) for x, y in found for a in behind.get(x, ()) for b in behind.get(y, ())}
    whole |= {(a, b) for group in behind.values() for a in group for b in group}
    return {(min(pair), max(pair)) for pair in whole}


def _grams(text: str) -> list[str]:
    words = text.lower().split()
    return [" ".join(words[i : i + 4]) for i in range(len(words) - 3)]


def _datasketch(texts: Sequence[str]) -> Pairs:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    found: Pairs = set()
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([gram.encode() for gram in _grams(text)])
        found |= {(int(other), number) for other in index.query(sketch)}
        index.insert(str(number), sketch)
    return found


def _rensa(texts: Sequence[str]) -> Pairs:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=16)
    found: Pairs = set()
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(_grams(text))
        found |= {(int(other), number) for other in index.query(sketch)}
        index.insert(number, sketch)
    return found


def spark_pairs(source: Path, out: Path) -> None:
    """Write the pairs that Spark's MinHashLSH finds among the texts of a JSON file."""
    from pyspark.ml.feature import HashingTF, MinHashLSH
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.appName("minhash").config("spark.ui.enabled", "false").getOrCreate()
    )
    texts = json.loads(source.read_text(encoding="utf-8"))
    rows = [(number, _grams(text)) for number, text in enumerate(texts)]
    frame = spark.createDataFrame(rows, "id int, grams array<string>").where("size(grams) > 0")
    made = HashingTF(inputCol="grams", outputCol="features", numFeatures=1 << 20, binary=True)
    features = made.transform(frame).select("id", "features").cache()
    model = MinHashLSH(inputCol="features", outputCol="hashes", numHashTables=TABLES, seed=1)
    fitted = model.fit(features)
    joined = fitted.approxSimilarityJoin(features, features, 1 - THRESHOLD, "distance")
    found = joined.where("datasetA.id < datasetB.id").selectExpr("datasetA.id", "datasetB.id")
    out.write_text(json.dumps([list(row) for row in found.collect()]), encoding="utf-8")
    spark.stop()


def _spark(texts: Sequence[str]) -> tuple[Pairs, float]:
    """Return the pairs, and the CPU seconds of driver and executors, their start included."""
    with tempfile.TemporaryDirectory() as made:
        source, out = Path(made) / "texts.json", Path(made) / "pairs.json"
        source.write_text(json.dumps(list(texts)), encoding="utf-8")
        os.environ.update(PYSPARK_SUBMIT_ARGS=_SPARK, SPARK_LOCAL_IP="127.0.0.1")
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        took = timed([sys.executable, "-m", "benchmarks.candidates", str(source), str(out)])
        return {(a, b) for a, b in json.loads(out.read_text(encoding="utf-8"))}, took.cpu


def run() -> list[Mapping[str, Any]]:
    """Return a row a program: recall by kind of version, pairs a text, texts a CPU second."""
    texts, planted = _planted()
    programs: dict[str, Callable[[Sequence[str]], Pairs]] = {
        "guvoh sift": _ours,
        "datasketch": _datasketch,
        "rensa": _rensa,
    }
    for work in programs.values():
        work(texts[:5])  # models and tables are loaded once
    rows: list[Mapping[str, Any]] = []
    for name, work in programs.items():
        start = time.process_time()
        found = work(texts)
        rows.append(_row(name, found, time.process_time() - start, texts, planted))
    found, seconds = _spark(texts)
    return [*rows, _row("Spark MinHashLSH", found, seconds, texts, planted)]


def _row(
    name: str,
    found: Pairs,
    seconds: float,
    texts: Sequence[str],
    planted: Mapping[str, Sequence[tuple[int, int]]],
) -> Mapping[str, Any]:
    return {
        "program": name,
        **{
            k: round(sum(one in found for one in pairs) / len(pairs), 3)
            for k, pairs in planted.items()
        },
        "pairs a text": round(len([1 for a, b in found if a != b]) / len(texts), 1),
        "texts / cpu s": round(len(texts) / seconds),
    }


if __name__ == "__main__":
    spark_pairs(Path(sys.argv[1]), Path(sys.argv[2]))
