"""A short story copied, translated, rewritten and cited, as a whole case: families and what changed."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.expected.case import Answer, answer_of, build
from benchmarks.expected.checks import Check
from benchmarks.expected.comparison import expected
from benchmarks.expected.families import check_families

COLONY = Path(__file__).parents[1] / "cases" / "lineage" / "colony"
ORIGINAL = ("tidewater-news-colony.html", "heron-mirror-colony.txt")
# Of the checks that count this many pass. What is missed: an office that reading does not know
# ("rapporteur"), so that its holder's name is kept back; a quantity in a sentence that was turned round;
# the parent of a French rewrite, for which a copy of the same text is taken.
FLOOR = 78  # since reading gives "сотни" of another noun, and a chain names its languages: wrong with its parent
MISSED = ("lettre-du-fleuve-kostroma.txt: parent", "lettre-du-fleuve-kostroma.txt: via_languages")


def built(folder: Path, without: Iterable[str] = ()) -> Answer:
    reports = folder / "reports"
    shutil.copytree(COLONY / "reports", reports, ignore=shutil.ignore_patterns(*without))
    status, said = build(reports, folder / "case", folder / "home")
    assert (status, said) == (0, "")
    return answer_of(folder / "case", folder / "home")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    return built(tmp_path_factory.mktemp("colony"))


@pytest.fixture(scope="module")
def checks(whole: Answer) -> list[Check]:
    return list(check_families(whole, expected(COLONY)))


def missed(checks: Iterable[Check], *about: str) -> list[str]:
    return [
        f"{check.what}: wanted {check.expected}, got {check.got}"
        for check in checks
        if check.must and not check.passed and any(check.what.endswith(each) for each in about)
    ]


def test_relations_parents_languages_and_origins_are_those_of_an_analyst(
    checks: list[Check],
) -> None:
    wanted = ("member", "relation", "parent", "via_languages", "origin", "no others", "evidence")
    assert [one for one in missed(checks, *wanted) if not one.startswith(MISSED)] == []


def test_other_pages_on_the_theme_and_independent_accounts_stand_alone(
    checks: list[Check],
) -> None:
    assert missed(checks, "stands alone") == []


def test_changes_do_not_fall_below_their_floor(checks: list[Check]) -> None:
    failed = [check.what for check in checks if check.must and not check.passed]
    assert sum(check.passed for check in checks if check.must) >= FLOOR, failed


def test_a_real_name_that_a_copy_supplies_stands_in_no_family(whole: Answer) -> None:
    assert "Yuldoshev" not in json.dumps(whole.rows["families"], ensure_ascii=False)


def test_without_the_original_the_outlet_that_all_name_is_missing(tmp_path: Path) -> None:
    families: list[dict[str, Any]] = built(tmp_path, ORIGINAL).rows["families"]
    assert len(families) == 1
    assert families[0]["origin"] is None
    assert families[0]["missing_origin"]["publisher"] == "Tidewater News"
    parents = {member["file"]: member["parent"] for member in families[0]["members"]}
    assert parents["pageflash-foreigners.txt"] == "estuario-digital-presos.txt"
    assert parents["global-eye-exclusive.txt"] == "daily-torch-dozens.txt"
    assert parents["novyi-kray-sotni.txt"] == "volna-segodnya-inostrantsy.html"
    # Nothing tells which of those that name the outlet was there first.
    assert parents["estuario-digital-presos.txt"] is None
    assert parents["volna-segodnya-inostrantsy.html"] is None
