"""Each export holds what a reader needs, in the form that its field's tools take."""

import csv
import io
import json
import re
import sqlite3
import zlib
from pathlib import Path

import openpyxl
import pytest

from guvoh import cli
from guvoh.cli.parser import PUBLICATIONS
from guvoh.protect import Release
from guvoh.publish.dataset import harmless
from guvoh.publish.exports import EXPORTS
from guvoh.publish.tables import SHEETS


def files(what: str, release: Release, language: str = "en") -> dict[str, bytes]:
    return dict(EXPORTS[what](release, language))


def test_the_command_line_offers_what_there_is() -> None:
    assert tuple(EXPORTS) == PUBLICATIONS


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_dossier_says_first_how_many_people_the_story_rests_on(
    release: Release, language: str
) -> None:
    page = files("dossier", release, language)["dossier.html"].decode()
    head = re.sub(r"<[^>]+>", "", page[page.index("<body>") :][:900])
    counted = {"en": r"original sources?", "ru": r"первоисточник"}[language]
    assert re.search(rf"\d+ {counted}", head), head


def test_the_page_needs_nothing_from_outside(release: Release) -> None:
    page = files("dossier", release)["dossier.html"].decode()
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "<script" not in page


def test_every_note_that_is_cited_is_there_once(release: Release) -> None:
    page = files("dossier", release)["dossier.html"].decode()
    cited = set(re.findall(r'href="#note-(\d+)"', page))
    there = re.findall(r'id="note-(\d+)"', page)
    assert cited
    assert cited <= set(there)
    assert len(there) == len(set(there))


def test_the_document_is_tagged_and_has_title_and_language(release: Release) -> None:
    document = files("dossier", release)["dossier.pdf"]
    assert document.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in inflated(document)
    assert b"/Lang" in inflated(document)
    assert b"pdfuaid" in inflated(document)


def inflated(document: bytes) -> bytes:
    """Return a PDF with its compressed streams opened, so that words in it can be looked for."""
    found = [document]
    for match in re.finditer(rb"stream\r?\n", document):
        try:
            found.append(zlib.decompressobj().decompress(document[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(found)


def test_a_picture_stands_alone_and_says_what_it_shows(release: Release) -> None:
    made = files("pictures", release)
    assert len(made) == 2 * len(release.events)
    for name, data in made.items():
        if name.endswith(".svg"):
            assert b"<title" in data
            assert b"<a " not in data
        else:
            assert data.startswith(b"\x89PNG")


def test_the_dataset_fits_its_own_description(release: Release) -> None:
    made = files("dataset", release)
    package = json.loads(made["datapackage.json"])
    assert [r["name"] for r in package["resources"]] == [sheet.name for sheet in SHEETS]
    tables: dict[str, list[dict[str, str]]] = {}
    for resource in package["resources"]:
        text = made[resource["path"]].decode()
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        tables[resource["name"]] = rows
        assert [f["name"] for f in resource["schema"]["fields"]] == text.splitlines()[0].split(",")
        keys = [tuple(row[k] for k in resource["schema"]["primaryKey"]) for row in rows]
        assert len(keys) == len(set(keys))
        assert all(all(key) for key in keys)
    for resource in package["resources"]:
        for foreign in resource["schema"].get("foreignKeys", ()):
            (column,), there = foreign["fields"], foreign["reference"]
            known = {row[there["fields"][0]] for row in tables[there["resource"]]}
            assert {row[column] for row in tables[resource["name"]]} <= known


def test_the_database_holds_the_same_rows(release: Release, tmp_path: Path) -> None:
    path = tmp_path / "dataset.sqlite"
    path.write_bytes(files("dataset", release)["dataset.sqlite"])
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    (events,) = db.execute("SELECT count(*) FROM events").fetchone()
    assert events == len(release.events)
    db.close()


def test_ids_are_random_and_the_same_in_the_next_release(release: Release, case: Path) -> None:
    from guvoh.casefile.case import open_case
    from guvoh.pipeline.releasing import let_out

    again, _ = let_out(open_case(case), "dataset")
    assert again is not None
    assert again.ids == release.ids
    assert not {event.id for event in release.events} & set(release.ids.values())


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2", "@SUM(A1)", "\t=1"])
def test_no_cell_is_run_by_a_spreadsheet(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_the_spreadsheet_holds_a_row_for_each_claim_behind_a_value(release: Release) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files("sheet", release)["values.xlsx"]))
    page = book["values"]
    values = [v for e in release.events for v in (*e.who, *e.when, *e.where, *e.how_many)]
    assert page.max_row - 1 == sum(c in release.claims for v in values for c in v.claims)
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_every_report_can_be_cited(release: Release) -> None:
    made = files("citations", release)
    entries = json.loads(made["reports.json"])
    assert len(entries) == len(release.reports)
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert made["reports.bib"].count(b"@article{") == len(entries)


def test_entities_are_joined_to_entities_that_are_there(release: Release) -> None:
    lines = files("ftm", release)["entities.ftm.json"].decode().splitlines()
    entities = {one["id"]: one for one in map(json.loads, lines)}
    assert len(entities) == len(lines)
    for one in entities.values():
        for name in ("document", "entity", "subject", "object", "involved"):
            assert set(one["properties"].get(name, ())) <= entities.keys()
    assert {"Article", "Event", "Documentation"} <= {one["schema"] for one in entities.values()}


@pytest.mark.parametrize("what", list(EXPORTS))
def test_what_one_version_withholds_is_in_no_export(case: Path, tmp_path: Path, what: str) -> None:
    """The plagiarised copy gives a man's real name, which the interview withholds."""
    assert cli.main(["publish", what, str(tmp_path), "--case", str(case)]) == 0
    for path in sorted(one for one in tmp_path.rglob("*") if one.is_file()):
        name, data = path.name, path.read_bytes()
        plain = inflated(data) if name.endswith(".pdf") else data
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(data))
            cells = [str(c.value) for row in book["values"].iter_rows() for c in row]
            plain = "\n".join(cells).encode()
        for word in (b"alandarzod", "аландарзод".encode()):
            assert word not in plain, name


def test_a_folder_that_holds_something_is_left_alone(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert cli.main(["publish", "citations", str(tmp_path), "--case", str(case)]) == 2
    assert "not an empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_case_publishes_pages_that_say_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    case = str(tmp_path / "case")
    cli.main(["build", str(tmp_path / "empty"), "--case", case])
    for what in EXPORTS:
        assert cli.main(["publish", what, str(tmp_path / what), "--case", case]) == 0
