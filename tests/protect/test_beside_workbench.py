"""Sealing and erasing while a workbench is open: what it shows afterwards holds no name any more."""

import os
from pathlib import Path

from guvoh import cli
from guvoh.protect import age
from tests.protect.conftest import BRICKWORKS, PAGE
from tests.workbench.conftest import Browser, serving

VIEWS = ("/", "/reports", "/people", "/events", "/search?q=brickworks", "/review")


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def shown(browser: Browser) -> str:
    """Return all that the views say."""
    answers = [browser.get(view) for view in VIEWS]
    assert any(answer.status == 200 for answer in answers)
    return "\n".join(answer.text for answer in answers).lower()


def test_an_open_workbench_forgets_who_is_sealed_and_what_is_erased(tmp_path: Path) -> None:
    source, case, key = tmp_path / "source", tmp_path / "case", tmp_path / "key"
    source.mkdir()
    page = PAGE.format(title="Nine men taken from brickworks", body=BRICKWORKS)
    (source / "brickworks.html").write_text(page, encoding="utf-8")
    other = PAGE.format(
        title="Ferry late", body="<p>The ferry was late, Odina Rahmatzoda told us on Monday.</p>"
    )
    (source / "ferry.html").write_text(other, encoding="utf-8")
    assert run("build", source, "--public", "--case", case) == 0
    secret, recipient = age.generate()
    key.write_text(secret)
    assert run("keyholder", "add", "ann", recipient, "--case", case) == 0
    person = tmp_path / "person.toml"
    person.write_text('names = ["Dilnoza Hamroyeva"]\n', encoding="utf-8")
    with serving(case, Path(os.environ["GUVOH_HOME"])) as address:
        browser = Browser(address, case)
        browser.come_in()
        before = shown(browser)
        assert "dilnoza" in before
        assert "rahmatzoda" in before
        assert run("seal", "--person", person, "--case", case, "--key", key) == 0
        assert run("erase", "ferry.html", "--case", case) == 0
        after = shown(browser)
        assert "asanov" in after
        for name in ("dilnoza", "hamroyeva", "rahmatzoda"):
            assert name not in after
