"""Whether a sentence reads alike in English and in translation: NTREX, 123 news texts sentence by sentence."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from benchmarks.lineage import NTREX as FILES
from benchmarks.report import SHARED
from guvoh.model.claim import Claim
from guvoh.reading.read import read
from tests.reading.reports import report_of

NTREX = SHARED / "lineage/ntrex"
ENGLISH = "newstest2019-src.eng.txt"
MEASURES = ("claims", "voices", "links", "stance", "polarity")


@dataclass(frozen=True)
class Pair:
    """One sentence and its translation, each with what was read from it."""

    text: str
    other: str
    english: list[Claim]
    translated: list[Claim]


def documents(language: str, limit: int | None = None) -> Iterator[list[Pair]]:
    """Yield the texts as pairs of sentences, read as whole reports in both languages."""
    names = (NTREX / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").splitlines()
    english = (NTREX / ENGLISH).read_text(encoding="utf-8").splitlines()
    other = (NTREX / FILES[language]).read_text(encoding="utf-8").splitlines()
    rows = zip(names, english, other, strict=False)
    for number, (_, lines) in enumerate(groupby(rows, key=lambda row: row[0])):
        if limit is not None and number >= limit:
            return
        _, first, second = zip(*lines, strict=True)
        pairs = zip(first, second, _read(first, "en"), _read(second, language), strict=True)
        yield [Pair(*pair) for pair in pairs]


def _read(lines: Sequence[str], language: str) -> list[list[Claim]]:
    """Return the claims of each line of one text."""
    text = "\n\n".join(lines)
    found: list[list[Claim]] = [[] for _ in lines]
    ends = [0]
    for line in lines:
        ends.append(ends[-1] + len(line) + 2)
    for claim in read(report_of(text, language)).claims:
        at = next(k for k in range(len(lines)) if claim.spans[0].start < ends[k + 1])
        found[at].append(claim)
    return found


def shape(claims: Sequence[Claim], measure: str) -> Counter[Any]:
    """Return what of the claims ought to be the same in every language."""
    if measure == "claims":
        return Counter({"claims": len(claims)})
    if measure == "voices":
        return Counter(bool(claim.chain) for claim in claims)
    if measure == "links":
        return Counter(tuple(link.kind.value for link in claim.chain) for claim in claims)
    if measure == "stance":
        return Counter(claim.stance.value for claim in claims)
    return Counter(claim.polarity.value for claim in claims)


def run(languages: Sequence[str] = tuple(FILES), limit: int | None = None) -> list[dict[str, Any]]:
    """Return for each language and measure the share of sentences that read alike."""
    rows: list[dict[str, Any]] = []
    for language in languages:
        pairs = [pair for document in documents(language, limit) for pair in document]
        row: dict[str, Any] = {"language": language, "sentences": len(pairs)}
        for measure in MEASURES:
            same = sum(
                shape(pair.english, measure) == shape(pair.translated, measure) for pair in pairs
            )
            row[measure] = round(same / max(len(pairs), 1), 3)
        row["voiced"] = sum(any(c.chain for c in pair.translated) for pair in pairs)
        row["in English"] = sum(any(c.chain for c in pair.english) for pair in pairs)
        rows.append(row)
    return rows


def _shown(claims: Sequence[Claim]) -> list[str]:
    return [
        f"   {c.stance.value[:4]}{'-' if c.polarity.value == 'negated' else '+'} "
        + (" <- ".join(f"{link.name or '∅'}({link.kind.value[:4]})" for link in c.chain) or "[]")
        + f" | {c.text}"
        for c in claims
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the sentences that read otherwise in a language, or the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translated", description=__doc__)
    parser.add_argument("language", choices=tuple(FILES))
    parser.add_argument("--measure", choices=MEASURES, default="links")
    parser.add_argument("--limit", type=int, help="texts")
    options = parser.parse_args(arguments)
    for document in documents(options.language, options.limit):
        for pair in document:
            if shape(pair.english, options.measure) != shape(pair.translated, options.measure):
                print(
                    "EN",
                    pair.text,
                    *_shown(pair.english),
                    "::",
                    pair.other,
                    *_shown(pair.translated),
                    sep="\n",
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
