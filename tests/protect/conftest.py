"""A case built from pages that we wrote: a private person and an official."""

from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile.case import Case, open_case

PAGE = """<!doctype html><html lang="en"><head><title>{title} - Lantern Post</title>
<meta property="og:site_name" content="Lantern Post">
<meta property="article:published_time" content="2031-05-02T08:00:00+02:00"></head><body>
<article><h1>{title}</h1><p class="byline">By Sefa Marlund</p>{body}</article></body></html>"""

BRICKWORKS = """<p>Nine men were taken from a brickworks near Uzgen in late April, Dilnoza Hamroyeva told the
Lantern Post. “They took my husband's passport first,” Hamroyeva said.</p>
<p>According to Dilnoza Hamroyeva, soldiers were driving them to the border. The regional governor,
Bakyt Asanov, denied that anyone had been taken.</p>"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("protect")
    source = folder / "source"
    source.mkdir()
    page = PAGE.format(title="Nine men taken from brickworks", body=BRICKWORKS)
    (source / "brickworks-dilnoza-hamroyeva.html").write_text(page, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUVOH_HOME", str(folder / "home"))
        assert cli.main(["build", str(source), "--public", "--case", str(folder / "case")]) == 0
    return open_case(folder / "case")


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "en")
