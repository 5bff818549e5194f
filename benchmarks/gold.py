"""Scores reading on our own gold set: claims, chains, original sources, stance, times, quantities."""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.report import tell
from guvoh.encoder import weights
from guvoh.encoder.tagging import tag
from guvoh.model.claim import Claim, Reading
from guvoh.model.report import Report
from guvoh.model.tagging import Tagging
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span
from guvoh.reading.read import read

CASES = Path(__file__).resolve().parents[1] / "tests/cases/reading"
# A predicted claim is a gold one's where their words overlap by this much.
OVERLAP = 0.5
MEASURES = ("found", "chain", "source", "stance", "polarity", "kind", "basis", "within")
ITEMS = ("times", "quantities")
_WORD = re.compile(r"\w+")


@dataclass
class Tally:
    """What one paragraph scored: right and asked for each measure."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def add(self, measure: str, right: bool) -> None:
        """Count one answer."""
        self.right[measure] = self.right.get(measure, 0) + right
        self.asked[measure] = self.asked.get(measure, 0) + 1


def fold(name: str) -> str:
    """Return a name without case, article, quotation marks and double spaces."""
    words = re.sub(r"[“”«»\"‘’'‹›]", "'", name).casefold().split()
    while len(words) > 1 and words[0] in (
        "the",
        "a",
        "an",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "le",
        "les",
        "une",
    ):
        words = words[1:]
    return " ".join(words).strip("' ")


def as_report(row: dict[str, Any], language: str) -> tuple[Report, int]:
    """Return a gold paragraph as a report with what stands before it, and where it begins."""
    before = row.get("before")
    text = f"{before}\n\n{row['text']}" if before else row["text"]
    data = text.encode()
    whole = Run(Span(0, len(text)), ByteSpan(0, len(data)), RunKind.EXACT)
    report = Report(
        id=row["id"],
        capture="0" * 64,
        file=row["id"],
        text=text,
        map=CharacterMap("utf-8", (whole,)),
        language=language,
        published=row.get("published"),
    )
    return report, len(text) - len(row["text"])


def score(row: dict[str, Any], reading: Reading, start: int) -> Tally:
    """Return what a reading of a gold paragraph scores."""
    tally = Tally()
    text = row["text"]
    predicted = [claim for claim in reading.claims if claim.spans[0].start >= start]
    words = [_claim_words(claim, start) for claim in predicted]
    gold = _gold(text, row["claims"])
    pairs = _match(gold, words, row["claims"], predicted)
    for index, claim in enumerate(row["claims"]):
        other = predicted[pairs[index]] if index in pairs else None
        tally.add("found", other is not None)
        answers = _answers(claim, other, pairs, predicted)
        for measure, right in answers.items():
            tally.add(measure, right)
        if not all(answers.values()):
            tally.wrong.append(_line(claim, other, answers))
    used = set(pairs.values())
    for index, extra in enumerate(predicted):
        tally.add("precision", index in used)
        if index not in used:
            tally.wrong.append(f"  extra: {extra.text} | {_chain(extra)}")
    _score_items(row, reading, start, tally)
    return tally


def _claim_words(claim: Claim, start: int) -> set[int]:
    return {
        span.start - start + match.start()
        for span, piece in zip(claim.spans, _pieces(claim), strict=True)
        for match in _WORD.finditer(piece)
    }


def _pieces(claim: Claim) -> list[str]:
    if len(claim.spans) == 1:
        return [claim.text]
    pieces = claim.text.split(" … ")
    return pieces if len(pieces) == len(claim.spans) else [""] * len(claim.spans)


def _gold(text: str, claims: Sequence[dict[str, Any]]) -> list[set[int]]:
    """Return the words of each claim, which stands where the claim above it begins or behind."""
    found: list[set[int]] = []
    start = 0
    for claim in claims:
        found.append(_gold_words(text, claim["text"], start))
        start = min(found[-1], default=start)
    return found


def _gold_words(text: str, content: str | list[str], at: int) -> set[int]:
    found: set[int] = set()
    for piece in [content] if isinstance(content, str) else content:
        where = text.find(piece, at)
        where = where if where >= 0 else text.find(piece)
        if where < 0:
            continue
        found.update(where + match.start() for match in _WORD.finditer(piece))
        at = where + len(piece)
    return found


def _match(
    gold: list[set[int]],
    words: list[set[int]],
    claims: list[dict[str, Any]],
    predicted: list[Claim],
) -> dict[int, int]:
    """Return pairs of gold and predicted claims, those that overlap most first."""
    scored = []
    for g, left in enumerate(gold):
        for p, right in enumerate(words):
            both = len(left & right)
            f1 = 2 * both / (len(left) + len(right)) if both else 0.0
            if f1 >= OVERLAP:
                near = abs(len(claims[g]["chain"]) - len(_named(predicted[p])))
                scored.append((-f1, near, g, p))
    pairs: dict[int, int] = {}
    for _, _, g, p in sorted(scored):
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
    return pairs


def _named(claim: Claim) -> list[str]:
    return [link.name for link in claim.chain]


def _answers(
    gold: dict[str, Any],
    claim: Claim | None,
    pairs: dict[int, int],
    predicted: list[Claim],
) -> dict[str, bool]:
    if claim is None:
        return dict.fromkeys(MEASURES[1:], False)
    wanted = gold["chain"]
    named = _named(claim)
    chain = len(wanted) == len(named) and all(
        _same(link, name) for link, name in zip(wanted, named, strict=True)
    )
    source = _same(wanted[-1], named[-1]) if wanted and named else not wanted and not named
    basis = (
        wanted[-1].get("basis") == claim.chain[-1].basis
        if wanted and named
        else not wanted and not named
    )
    within = gold.get("within")
    holder = predicted[pairs[within]].id if within is not None and within in pairs else None
    return {
        "chain": chain,
        "source": source,
        "stance": gold["stance"] == claim.stance,
        "polarity": gold["polarity"] == claim.polarity,
        "kind": gold["kind"] == claim.kind,
        "basis": basis,
        "within": (within is None) == (claim.within is None) and holder == claim.within,
    }


def _same(link: dict[str, Any], name: str) -> bool:
    return fold(name) in {fold(each) for each in [link["name"], *link.get("also", [])]}


def _score_items(row: dict[str, Any], reading: Reading, start: int, tally: Tally) -> None:
    """Count times and quantities: a gold one is right where one of the same words and value is there."""
    times = {
        (t.text.casefold(), t.edtf if t.kind != "recurring" else "")
        for t in reading.times
        if t.span.start >= start
    }
    for item in row.get("times", []):
        right = (item["text"].casefold(), item["edtf"]) in times
        tally.add("times soft" if item.get("soft") else "times", right)
        if not right:
            tally.wrong.append(f"  time: {item['text']} {item['edtf']}")
    numbers = {
        (q.text.casefold(), q.low, q.high) for q in reading.quantities if q.span.start >= start
    }
    for item in row.get("quantities", []):
        right = (item["text"].casefold(), item["low"], item["high"]) in numbers
        tally.add("quantities soft" if item.get("soft") else "quantities", right)
        if not right:
            tally.wrong.append(f"  quantity: {item['text']} {item['low']}-{item['high']}")


def _chain(claim: Claim) -> str:
    return " <- ".join(f"{link.name}[{link.basis.value}]" for link in claim.chain)


def _line(gold: dict[str, Any], claim: Claim | None, answers: dict[str, bool]) -> str:
    failed = ",".join(name for name, right in answers.items() if not right)
    want = " <- ".join(f"{link['name']}[{link.get('basis')}]" for link in gold["chain"])
    if claim is None:
        return f"  missing: {gold['text']} | {want} {gold['stance']}"
    return (
        f"  {failed}: {gold['text']} | want {want} {gold['kind']} {gold['stance']} {gold['polarity']}"
        f" | got {_chain(claim)} {claim.kind.value} {claim.stance.value} {claim.polarity.value}"
    )


def interval(
    tallies: Sequence[Tally], measure: str, rounds: int = 1000
) -> tuple[float, float, float, int]:
    """Return the share right, its 95 % bootstrap interval over paragraphs, and how many were asked."""
    pairs = [
        (t.right.get(measure, 0), t.asked.get(measure, 0)) for t in tallies if t.asked.get(measure)
    ]
    asked = sum(pair[1] for pair in pairs)
    if not asked:
        return 0.0, 0.0, 0.0, 0
    draw = random.Random(20230305)
    shares = []
    for _ in range(rounds):
        sample = [pairs[draw.randrange(len(pairs))] for _ in pairs]
        shares.append(sum(s[0] for s in sample) / sum(s[1] for s in sample))
    shares.sort()
    return (
        sum(pair[0] for pair in pairs) / asked,
        shares[int(rounds * 0.025)],
        shares[int(rounds * 0.975)],
        asked,
    )


@dataclass(frozen=True)
class How:
    """How the gold set is read: with the trained reader or by rules alone, with or without capitals."""

    reader: bool = True
    lower: bool = False


def run(
    part: str, *, errors: bool = False, only: str | None = None, how: How = How()
) -> list[dict[str, Any]]:
    """Return a row for each language and measure of the half `part`."""
    rows: list[dict[str, Any]] = []
    for path in sorted((CASES / part).glob("*.jsonl")):
        language = path.stem
        if only is not None and language != only:
            continue
        tallies: list[Tally] = []
        words = 0
        begun = time.process_time()
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            row = lowered(row) if how.lower else row
            report, start = as_report(row, language)
            tallies.append(score(row, read(report, marked(report, how)), start))
            words += report.words
            if errors and tallies[-1].wrong:
                print(f"## {row['id']} {row['genre']}: {row['text']}")
                print("\n".join(tallies[-1].wrong))
        seconds = max(time.process_time() - begun, 1e-9)
        for measure in (
            *MEASURES,
            "precision",
            "times",
            "times soft",
            "quantities",
            "quantities soft",
        ):
            share, low, high, asked = interval(tallies, measure)
            if asked:
                rows.append(
                    {
                        "language": language,
                        "measure": measure,
                        "score": round(share, 3),
                        "low": round(low, 3),
                        "high": round(high, 3),
                        "n": asked,
                        "words/s": round(words / seconds),
                    }
                )
    return rows


def marked(report: Report, how: How) -> Tagging | None:
    """Return what the trained reader marks in an English report, None where it isn't asked."""
    if not how.reader or report.language != "en":
        return None
    return tag(weights.load(), report.text, report.paragraphs)


def lowered(row: dict[str, Any]) -> dict[str, Any]:
    """Return a gold paragraph as a transcript without capitals has it."""

    def low(text: str) -> str:
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)

    claims = [
        {**c, "text": low(c["text"]) if isinstance(c["text"], str) else [*map(low, c["text"])]}
        for c in row["claims"]
    ]
    before = {"before": low(row["before"])} if row.get("before") else {}
    return {**row, "text": low(row["text"]), **before, "claims": claims}


def paired(part: str, *, lower: bool = False, rounds: int = 2000) -> list[dict[str, Any]]:
    """Return for chain and source what the trained reader adds to the rules in English.

    The interval is a bootstrap over paragraphs of the difference on the same paragraphs.
    """
    path = CASES / part / "en.jsonl"
    both: list[tuple[Tally, Tally]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        row = lowered(row) if lower else row
        report, start = as_report(row, "en")
        alone, together = (
            score(row, read(report, marked(report, How(reader))), start) for reader in (False, True)
        )
        both.append((alone, together))
    rows = []
    for measure in ("found", "chain", "source", "stance", "precision"):
        draw = random.Random(20230305)
        gains = sorted(
            _gain([both[draw.randrange(len(both))] for _ in both], measure) for _ in range(rounds)
        )
        low, high = gains[int(rounds * 0.025)], gains[int(rounds * 0.975)]
        rows.append(
            {
                "measure": measure,
                "rules": round(_share([b[0] for b in both], measure), 3),
                "with reader": round(_share([b[1] for b in both], measure), 3),
                "gain": round(_gain(both, measure), 3),
                "low": round(low, 3),
                "high": round(high, 3),
            }
        )
    return rows


def opinion() -> list[dict[str, Any]]:
    """Return what the trained reader adds on the half set aside, as it is and without capitals."""
    return [
        {"text": name, **row}
        for name, lower in (("as written", False), ("lower", True))
        for row in paired("held", lower=lower)
    ]


def _share(tallies: Sequence[Tally], measure: str) -> float:
    asked = sum(t.asked.get(measure, 0) for t in tallies)
    return sum(t.right.get(measure, 0) for t in tallies) / max(asked, 1)


def _gain(both: Sequence[tuple[Tally, Tally]], measure: str) -> float:
    return _share([b[1] for b in both], measure) - _share([b[0] for b in both], measure)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks gold", description=__doc__)
    parser.add_argument("--part", choices=("dev", "later", "held"), default="dev")
    parser.add_argument("--language")
    parser.add_argument(
        "--errors", action="store_true", help="print what was wrong (not of the half set aside)"
    )
    parser.add_argument("--rules", action="store_true", help="without the trained reader")
    parser.add_argument("--lower", action="store_true", help="without capitals")
    parser.add_argument("--paired", action="store_true", help="what the reader adds in English")
    options = parser.parse_args(arguments)
    rows = (
        paired(options.part, lower=options.lower)
        if options.paired
        else run(
            options.part,
            errors=options.errors and options.part != "held",
            only=options.language,
            how=How(not options.rules, options.lower),
        )
    )
    return tell(rows, CASES / options.part)


if __name__ == "__main__":
    sys.exit(main())
