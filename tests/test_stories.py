"""One story as a saved page in four languages: voices, stance, numbers, times, who is protected, what is warned of."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gold import as_report
from guvoh import cli
from guvoh.reading.read import read

STORIES = Path(__file__).parent / "cases/stories"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((STORIES / "expected.toml").read_text("utf-8"))
WHAT = ("reports", "claims", "people", "warnings")
Rows = list[dict[str, Any]]


@pytest.fixture(params=sorted(EXPECTED))
def language(request: pytest.FixtureRequest) -> str:
    code: str = request.param
    return code


@pytest.fixture
def shown(
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> dict[str, Rows]:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "en")
    case = tmp_path / "case"
    assert cli.main(["build", str(STORIES / f"{language}.txt"), "--case", str(case)]) == 0
    capsys.readouterr()
    answers: dict[str, Rows] = {}
    for what in WHAT:
        assert cli.main(["show", what, "--case", str(case), "--json"]) == 0
        answers[what] = json.loads(capsys.readouterr().out)
    return answers


def _names(claim: dict[str, Any]) -> list[str]:
    return [link["name"] for link in claim["chain"]]


def test_a_story_in_another_language_gives_its_voices_and_protects_its_source(
    language: str, shown: dict[str, Rows]
) -> None:
    story = EXPECTED[language]
    claims = {claim["text"]: claim for claim in shown["claims"]}
    voices = [story["outlet"], story["father"], story["son"]]
    assert shown["reports"][0]["language"] == language
    sent = claims[story["sent"]]
    assert _names(sent) == voices
    assert sent["stance"] == "asserted"
    assert (sent["quantities"][0]["low"], sent["quantities"][0]["high"]) == (2, None)
    feared = claims[story["feared"]]
    assert _names(feared) == voices
    assert feared["stance"] == "feared"
    if "planned" in story:
        planned = claims[story["planned"]]
        assert planned["stance"] == "planned"
        assert _names(planned)[:2] == voices[:2]
    if "late" in story:
        text = (STORIES / f"{language}.txt").read_text("utf-8")
        row = {"id": "story", "text": text, "published": "2031-02-15"}
        times = read(as_report(row, language)[0]).times
        assert story["late"] in [time.edtf for time in times]
    if "many" in story:
        numbers = [n for claim in shown["claims"] for n in claim["quantities"]]
        many = next(n for n in numbers if n["text"] == story["many"])
        assert (many["low"], many["high"]) == (20000, 99999)
    son = next(person for person in shown["people"] if person["name"] == story["son"])
    assert son["pseudonym"]
    assert son["exposure"] == "protected"
    assert son["withheld"] == story["withheld"]
    assert shown["warnings"]
