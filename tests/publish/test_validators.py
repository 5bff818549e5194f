"""What the field's own programs say of the exports: nothing against them."""

import asyncio
import io
import json
from pathlib import Path

import frictionless
import html5lib
import pikepdf
import pytest
from datasette.app import Datasette
from followthemoney import model

from guvoh.protect import Release
from guvoh.publish.exports import EXPORTS


def written(what: str, release: Release, folder: Path, language: str = "en") -> Path:
    for name, data in EXPORTS[what](release, language):
        (folder / name).write_bytes(data)
    return folder


def test_frictionless_finds_the_dataset_valid(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written("dataset", release, tmp_path))
    report = frictionless.validate("datapackage.json")
    assert report.flatten(["title", "note"]) == []
    assert report.stats["tasks"] > 5


def test_datasette_serves_every_table(release: Release, tmp_path: Path) -> None:
    path = written("dataset", release, tmp_path) / "dataset.sqlite"

    async def rows() -> dict[str, int]:
        served = Datasette([str(path)], settings={"num_sql_threads": 1})
        await served.invoke_startup()
        listed = (await served.client.get("/dataset.json")).json()["tables"]
        return {
            table["name"]: (await served.client.get(f"/dataset/{table['name']}.json")).status_code
            for table in listed
            if not table["hidden"]
        }

    found = asyncio.run(rows())
    assert {"events", "claims", "reports"} <= found.keys()
    assert set(found.values()) == {200}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_parser_of_html_finds_no_error(release: Release, tmp_path: Path, language: str) -> None:
    page = (written("dossier", release, tmp_path, language) / "dossier.html").read_bytes()
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(io.BytesIO(page), transport_encoding="utf-8")
    assert [(at, code) for at, code, _ in parser.errors] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_document_says_its_title_language_and_structure(
    release: Release, tmp_path: Path, language: str
) -> None:
    path = written("dossier", release, tmp_path, language) / "dossier.pdf"
    with pikepdf.open(path) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == language
        assert root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as told:
            assert told["dc:title"] == release.title
            assert told["pdfuaid:part"] == "1"
        kinds = set(structure(root.StructTreeRoot))
        assert {"/H1", "/P", "/Table", "/TH", "/Figure", "/Link"} <= kinds
        figures = [one for one in elements(root.StructTreeRoot) if one.get("/S") == "/Figure"]
        assert figures
        assert all(str(one.get("/Alt", "")).strip() for one in figures)


def elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            found.append(one)
            if "/K" in one:
                waiting.append(one.K)
    return found


def structure(node: pikepdf.Object) -> list[str]:
    return [str(one.S) for one in elements(node) if "/S" in one]


def test_followthemoney_takes_every_entity_and_value(release: Release, tmp_path: Path) -> None:
    lines = (
        (written("ftm", release, tmp_path) / "entities.ftm.json").read_text("utf-8").splitlines()
    )
    assert lines
    for line in lines:
        told = json.loads(line)
        schema = model.get(told["schema"])
        assert schema is not None
        schema.validate(told)
        taken = model.get_proxy(told, cleaned=False).to_dict()
        kept = {name: sorted(values) for name, values in taken["properties"].items()}
        assert kept == {name: sorted(values) for name, values in told["properties"].items()}
