"""Independent reports of one event are not derivations of each other."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guvoh.lineage.fingerprint import fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.report import PublishedBasis, Report
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span, Stated

PAIRS = Path(__file__).parents[1] / "cases" / "lineage" / "independent" / "pairs.jsonl"
FALSE_DERIVATIONS_AT_MOST = 1


def pairs() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def report(name: str, told: Mapping[str, str]) -> Report:
    """Return the report that a case tells, as read from a plain UTF-8 capture of its text."""
    text = told["text"]
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    run = Run(Span(0, len(text)), ByteSpan(0, len(raw)), RunKind.EXACT)
    return Report(
        id=digest,
        capture=digest,
        file=name,
        text=text,
        map=CharacterMap("utf-8", (run,)),
        language=told["language"],
        title=Stated(told["title"]),
        publisher=Stated(told["publisher"]),
        published=told["published"],
        published_basis=PublishedBasis.STATED,
    )


def side(name: str, told: Mapping[str, str]) -> Side:
    whole = report(name, told)
    return Side(whole, fingerprint(whole), None)


def test_there_are_enough_pairs_in_two_languages_and_more() -> None:
    tongues = [(pair["a"]["language"], pair["b"]["language"]) for pair in pairs()]
    assert len(tongues) >= 40
    assert sum(a == b for a, b in tongues) >= 20
    assert sum(a != b for a, b in tongues) >= 10
    assert len({pair["id"] for pair in pairs()}) == len(tongues)
    lengths = [len(pair[key]["text"].split()) for pair in pairs() for key in ("a", "b")]
    assert min(lengths) >= 70
    assert max(lengths) <= 170


def test_independent_reports_are_seldom_taken_for_derivations() -> None:
    false = []
    for pair in pairs():
        name = pair["id"]
        told = [(f"{name}/{key}.txt", pair[key]) for key in ("a", "b")]
        earlier, later = sorted(told, key=lambda one: (one[1]["published"], one[0]))
        found = relate(side(*earlier), side(*later))
        if found is not None:
            false.append(f"{name} ({pair['a']['language']}-{pair['b']['language']}): {found}")
    print(f"{len(false)} false derivations in {len(pairs())} pairs", *false, sep="\n")
    assert len(false) <= FALSE_DERIVATIONS_AT_MOST, [line.split(":")[0] for line in false]
