"""A private account in a real browser: unlocked, decided name by name, taken in; no name is left anywhere."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from guvoh import cli
from guvoh.protect import age
from tests.workbench.conftest import Browser, base, serving, window

PHRASE = "four plain words here"
NAMES = ("Qurbonali", "Sharofzoda", "qurbonali", "sharofzoda")
ACCOUNT = """My cousin Qurbonali Sharofzoda worked with me at the brickworks near Osh in April.
They took our passports and drove us to the border. Qurbonali called me from +992 55 501 2233.
"""
PUBLIC = """Men taken from a brickworks
2031-05-02

A group of men was taken from a brickworks near Osh in late April, their families said.
"""


@pytest.fixture(scope="module")
def serving_case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Browser]]:
    folder = tmp_path_factory.mktemp("private")
    (folder / "told.txt").write_text(ACCOUNT, encoding="utf-8")
    (folder / "public.txt").write_text(PUBLIC, encoding="utf-8")
    (folder / "phrase").write_text(PHRASE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUVOH_HOME", str(folder / "home"))
        case = ("--case", str(folder / "case"))
        assert cli.main(["build", str(folder / "public.txt"), "--public", *case]) == 0
        phrase = ("--new-passphrase-file", str(folder / "phrase"))
        key = ("--new-key", str(folder / "ann.key"))
        assert cli.main(["keyholder", "new", "ann", *key, *phrase, *case]) == 0
    with serving(folder / "case", folder / "home") as address:
        yield folder, Browser(address, folder / "case")


@pytest.fixture
def page(chromium: Chromium, serving_case: tuple[Path, Browser]) -> Iterator[Page]:
    with window(chromium, serving_case[1].address, allowed="409") as opened:
        yield opened


def open_account(page: Page, folder: Path, phrase: str = PHRASE) -> None:
    page.goto(base(page) + "/private")
    page.get_by_label("The account").set_input_files(folder / "told.txt")
    page.get_by_label("Your key file").set_input_files(folder / "ann.key")
    page.get_by_label("Its passphrase").fill(phrase)
    page.get_by_role("button", name="Open").click()


def test_a_wrong_passphrase_is_said_in_a_sentence(
    page: Page, serving_case: tuple[Path, Browser]
) -> None:
    open_account(page, serving_case[0], "not this one")
    page.get_by_text("the passphrase is wrong").wait_for()


def test_names_are_decided_with_the_keyboard_and_nothing_of_them_is_left(
    page: Page, serving_case: tuple[Path, Browser]
) -> None:
    folder, browser = serving_case
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_account(page, folder)
    page.get_by_role("heading", name="To decide").wait_for()
    assert stored(folder / "case") == []  # nothing is stored before all is decided
    assert Axe().run(page).violations_count == 0
    for _ in range(6):
        rows = page.locator("select[name^=what]")
        if not rows.count():
            break
        for at in range(rows.count()):
            row = rows.nth(at)
            said = row.get_attribute("aria-label") or ""
            row.focus()
            page.keyboard.type(
                "prot" if "Qurbonali" in said else "with" if "992" in said else "keep"
            )
        page.get_by_role("button", name="Decide so").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.get_by_role("heading", name="Nothing is left to decide").wait_for()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Whose account is it?").select_option(index=1)
    page.get_by_label("publication").check()
    page.get_by_role("button", name="Seal it and take it in").click()
    page.get_by_text("It was taken in and its original sealed").wait_for()
    assert not any(name in url for url in asked for name in NAMES)
    assert stored(folder / "case") == []
    assert browser.case == folder / "case"
    browser.come_in()
    answer = browser.get("/private")
    assert answer.headers["cache-control"] == "no-store"
    assert not any(name in answer.text for name in NAMES)
    listed = subprocess.run(
        [sys.executable, "-m", "guvoh", "show", "captures", "--case", str(folder / "case")],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert "A-" in listed.stdout


def test_what_was_decided_on_an_earlier_page_is_not_taken(
    page: Page, serving_case: tuple[Path, Browser]
) -> None:
    browser = serving_case[1]
    browser.come_in()
    assert browser.post("/private/names", ticket="old", what0="keep").status == 409
    assert browser.post("/private/account", ticket="old").status == 409
    assert browser.post("/private/away").status == 303


def test_what_is_added_beside_a_vault_is_set_aside_unread(
    page: Page, serving_case: tuple[Path, Browser]
) -> None:
    folder, _ = serving_case
    page.goto(base(page) + "/add")
    page.get_by_role("heading", name="Done").wait_for()  # the account is derived behind
    case = ("--case", str(folder / "case"))
    person = folder / "person.toml"
    person.write_text('names = ["Munavvar Tilloyeva"]', encoding="utf-8")
    unlocked = ("--key", str(folder / "ann.key"), "--passphrase-file", str(folder / "phrase"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUVOH_HOME", str(folder / "home"))
        assert cli.main(["seal", "--person", str(person), *case, *unlocked]) == 0
    news = folder / "news.txt"
    news.write_text("Munavvar Tilloyeva was seen near Osh, her brother said.", encoding="utf-8")
    page.goto(base(page) + "/add")
    page.locator("input[type=file]").first.set_input_files(news)
    page.get_by_role("button", name="Add").click()
    page.get_by_text("the vault is locked").wait_for()
    derived = [path.read_bytes() for path in (folder / "case").glob("derived.sqlite*")]
    assert not any(b"Tilloyeva" in data for data in derived)


def stored(case: Path) -> list[Path]:
    """Return the files of a case that hold one of the names."""
    return [
        path
        for path in case.rglob("*")
        if path.is_file() and any(name.encode() in path.read_bytes() for name in NAMES)
    ]


def test_a_key_made_elsewhere_is_no_key_holders(
    page: Page, serving_case: tuple[Path, Browser], tmp_path: Path
) -> None:
    folder, _ = serving_case
    stranger = tmp_path / "other.key"
    stranger.write_text(age.generate()[0], encoding="utf-8")
    page.goto(base(page) + "/private")
    page.get_by_label("The account").set_input_files(folder / "told.txt")
    page.get_by_label("Your key file").set_input_files(stranger)
    page.get_by_role("button", name="Open").click()
    page.get_by_text("This key is no key-holder's").wait_for()
