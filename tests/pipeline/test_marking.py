"""The trained reader in a build: kept by text and model, declined elsewhere, done without if need be."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from guvoh.casefile import kept
from guvoh.casefile.case import create
from guvoh.clean.formats import clean
from guvoh.encoder import weights
from guvoh.encoder.weights import load_from
from guvoh.model.report import Report
from guvoh.pipeline.marking import mark

ENGLISH = (
    "The harbour master said on Monday that two crews had been locked in the cannery overnight. "
    * 4
)
SPANISH = (
    "El capitán del puerto dijo el lunes que dos tripulaciones pasaron la noche encerradas. " * 4
)


def report(text: str) -> Report:
    reports, _ = clean("0" * 64, "page.txt", "text/plain", text.encode(), "2024-01-01T00:00:00Z")
    return reports[0]


def test_what_was_marked_once_is_kept_and_not_marked_again(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    first = mark(case, report(ENGLISH))
    assert first.tagging is not None
    assert first.fresh is not None
    assert kept.keep(case, [(first.fresh, first.tagging)]) == 0
    second = mark(case, report(ENGLISH))
    assert (second.tagging, second.fresh) == (first.tagging, None)
    again = mark(case, report(ENGLISH), again=True)
    assert again.fresh == first.fresh
    assert kept.keep(case, [(first.fresh, first.tagging)]) == 0


def test_other_languages_are_declined(tmp_path: Path) -> None:
    assert mark(create(tmp_path / "case"), report(SPANISH)).tagging is None


def test_a_damaged_store_of_marks_costs_time_and_nothing_else(tmp_path: Path) -> None:
    case = create(tmp_path / "case")
    (case.root / "kept.sqlite").write_bytes(b"not a database at all" * 100)
    first = mark(case, report(ENGLISH))
    assert first.tagging is not None
    assert first.fresh is not None
    kept.keep(case, [(first.fresh, first.tagging)])
    assert kept.find(case, first.fresh, weights.digest()) == first.tagging


def test_with_weights_cut_off_the_rules_read_and_one_finding_says_so(tmp_path: Path) -> None:
    with as_file(files("guvoh.encoder").joinpath("weights")) as folder:
        shutil.copytree(folder, tmp_path / "weights")
    (tmp_path / "weights" / "model.onnx").write_bytes(b"cut off")
    case = create(tmp_path / "case")
    found = [
        mark(case, report(text), load=lambda: load_from(tmp_path / "weights")).findings
        for text in (ENGLISH, ENGLISH + "More.")
    ]
    assert found[0] == found[1]
    assert [finding.kind for finding in found[0]] == ["reader-missing"]
