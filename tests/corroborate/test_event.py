import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

CASES = Path(__file__).parents[1] / "cases" / "corroborate"
FILES = sorted(CASES.glob("*.toml"))


def check(story: Any, expected: dict[str, Any]) -> None:
    event = story.event(expected["claim"])
    got: dict[str, Any] = {
        "status": event.status.value,
        "claims": sorted(event.claims),
        "low": event.count.low,
        "high": event.count.high,
        "firsthand": event.count.firsthand,
        "documents": event.count.documents,
        "checked": event.count.checked,
        "texts": event.texts,
        "sources": sorted(source.name for source in event.sources),
        "unconfirmed": sorted(one.name for one in event.unconfirmed),
        "joined": sorted(sorted(join.sources) for join in event.joined),
        "denied_by": sorted(denial.name for denial in event.denials),
        "contradictions": sorted(c.kind for c in event.contradictions),
        "copied": all("changed in copying" in c.because for c in event.contradictions),
        "circular": len(event.circular),
        "grade": event.grade,
        "excluded": sorted(one.reason for one in event.excluded),
    }
    risks = [w for r in story.results if r.event is event for w in r.warnings]
    got["warning"] = risks[0].status if risks else None
    got["where_at_risk"] = risks[0].where if risks else None
    for key, value in expected.items():
        if key in ("claim", "never", "claim_not", "value", "finding"):
            continue
        wanted = (
            sorted(sorted(x) if isinstance(x, list) else x for x in value)
            if isinstance(value, list)
            else value
        )
        assert got[key] == wanted, (key, got[key], wanted)
    for other in expected.get("claim_not", ()):
        assert other not in event.claims
    for value in expected.get("value", ()):
        found = next(v for v in getattr(event, value["of"]) if v.name == value["name"])
        assert [found.count.low, found.count.high] == value["bounds"], value
    for kind in expected.get("finding", ()):
        assert story.findings(kind), kind
    shown = msgspec.json.encode(
        [event, risks, [f for r in story.results for f in r.findings]]
    ).decode()
    for name in expected.get("never", ()):
        assert name not in shown


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_cases(file: Path, told: Callable[[dict[str, Any]], Any]) -> None:
    notes = tomllib.loads(file.read_text(encoding="utf-8"))
    story = told(notes)
    for expected in notes["expected"]:
        check(story, expected)


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_one_build_equals_ten(file: Path, batches: Callable[[dict[str, Any]], Any]) -> None:
    one, ten = batches(tomllib.loads(file.read_text(encoding="utf-8")))

    def rows(happenings: Any) -> list[bytes]:
        return sorted(msgspec.json.encode(row) for row in happenings)

    assert rows(one) == rows(ten)
