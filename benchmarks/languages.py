"""Scores the language of single sentences: accuracy a language on our own set."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guvoh.clean.language import language_of

SET = Path(__file__).resolve().parents[1] / "tests/cases/languages/sentences.tsv"


def sentences() -> list[tuple[str, str]]:
    """Return (language tag, sentence) of the set."""
    lines = SET.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(language, sentence) for language, sentence in rows]


def run() -> list[dict[str, Any]]:
    """Return a row for each language, and one for all."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for language, sentence in sentences():
        for name in (language, "all"):
            asked[name] += 1
            right[name] += language_of(sentence) == language
    return [
        {
            "language": name,
            "sentences": asked[name],
            "accuracy": round(right[name] / asked[name], 3),
        }
        for name in asked
    ]


def main(_: Sequence[str] | None = None) -> int:
    """Print the accuracies."""
    for row in run():
        print("\t".join(str(value) for value in row.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
