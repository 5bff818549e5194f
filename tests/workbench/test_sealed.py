"""Sealed identities in a real browser: shown after a key-holder unlocks them, noted, and gone once locked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from guvoh import cli
from guvoh.casefile import journal
from guvoh.casefile.case import open_case
from guvoh.casefile.records import Saved
from tests.workbench.conftest import Browser, base, serving, window
from tests.workbench.test_private import PHRASE

NAME = "Qurbonali Sharofzoda"
ACCOUNT = f"{NAME} worked at the brickworks near Osh. He said that men were driven to the border."
DECISIONS = f"""keep = ["Osh", "brickworks"]
teller = "he"
[people.he]
names = ["{NAME}"]
relatives = ["Dilorom Sharofzoda"]
[people.he.withheld]
citizenship = "Tajikistan"
[consent]
purposes = ["publication"]
"""


@pytest.fixture(scope="module")
def sealed_case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Browser]]:
    folder = tmp_path_factory.mktemp("sealed")
    texts = {"phrase": PHRASE, "decisions": DECISIONS, "told": ACCOUNT}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUVOH_HOME", str(folder / "home"))
        case = ("--case", str(folder / "case"))
        key = ("--key", str(folder / "ann.key"), "--passphrase-file", str(folder / "phrase.txt"))
        made = ("--new-key", key[1], "--new-passphrase-file", key[3])
        assert cli.main(["keyholder", "new", "ann", *made, *case]) == 0
        told = (str(folder / "told.txt"), "--private", "--decisions", str(folder / "decisions.txt"))
        assert cli.main(["build", *told, *case, *key]) == 0
    with serving(folder / "case", folder / "home") as address:
        yield folder, Browser(address, folder / "case")


@pytest.fixture
def page(chromium: Chromium, sealed_case: tuple[Path, Browser]) -> Iterator[Page]:
    with window(chromium, sealed_case[1].address, allowed="409") as opened:
        yield opened


def unlock(page: Page, folder: Path, phrase: str = PHRASE) -> None:
    page.goto(base(page) + "/people/sealed")
    page.get_by_label("Your key file").set_input_files(folder / "ann.key")
    page.get_by_label("Its passphrase").fill(phrase)
    page.get_by_role("button", name="Unlock").click()


def noted(case: Path) -> list[str]:
    return [r.content.text for r in journal.read(open_case(case)) if hasattr(r.content, "text")]


def test_nothing_of_it_is_told_while_it_is_locked(
    page: Page, sealed_case: tuple[Path, Browser]
) -> None:
    folder, browser = sealed_case
    browser.come_in()
    for view in ("/people", "/people/sealed", "/publish", "/private"):
        assert "Sharofzoda" not in browser.get(view).text
    assert browser.post("/publish", what="citations").status == 409
    assert browser.post("/people/sealed/consent", account="A-0000", withdraw="yes").status == 409
    assert "lie open" not in browser.post("/searches", name="he", address="/search?q=Osh").text
    unlock(page, folder, "not this one")
    page.get_by_text("the passphrase is wrong").wait_for()
    assert "was shown" not in " ".join(noted(browser.case))


def test_a_key_holder_sees_who_is_sealed_until_it_is_locked_again(
    page: Page, sealed_case: tuple[Path, Browser]
) -> None:
    folder, browser = sealed_case
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    unlock(page, folder)
    row = page.locator("tr", has_text=NAME)
    row.wait_for()
    code = row.get_attribute("id") or ""
    assert "Dilorom Sharofzoda" in row.inner_text()
    assert "Tajikistan" in row.inner_text()
    assert f"{code} was shown" in noted(browser.case)
    assert Axe().run(page).violations_count == 0
    page.reload()
    assert noted(browser.case).count(f"{code} was shown") == 1
    browser.come_in()
    for name, asked_for in ((NAME, "Osh"), ("he", "Qurbonali+Sharofzoda")):
        saved = browser.post("/searches", name=name, address=f"/search?q={asked_for}")
        assert saved.status == 409
        assert "lie open" in saved.text
    assert browser.post("/searches", name="place", address="/search?q=Osh").status == 303
    kept = [
        r.content for r in journal.read(open_case(browser.case)) if isinstance(r.content, Saved)
    ]
    assert kept[-1] == Saved("place", "/search?q=Osh")
    assert "Sharofzoda" not in repr(kept)
    page.goto(base(page) + "/publish")
    page.locator('input[value="citations"]').check()
    page.get_by_role("button", name="Make it").click()
    page.get_by_text("Ready to save").wait_for()
    page.goto(base(page) + "/people/sealed")
    page.get_by_role("button", name="Lock", exact=True).click()
    page.get_by_label("Your key file").wait_for()
    assert NAME not in page.content()
    assert not any("Sharofzoda" in one for one in asked)


def test_consent_is_recorded_and_withdrawn_where_the_vault_is_open(
    page: Page, sealed_case: tuple[Path, Browser]
) -> None:
    folder, browser = sealed_case
    unlock(page, folder)
    account = page.locator("article.claim-card")
    assert "publication" in account.locator("dl").inner_text()
    account.locator("summary").click()
    account.get_by_label("advocacy").check()
    account.get_by_label("Limits").fill("not before the trial")
    account.get_by_role("button", name="Save").click()
    page.locator("dl", has_text="publication, advocacy").wait_for()
    assert "not before the trial" in account.locator("dl").inner_text()
    account.get_by_role("button", name="Consent is withdrawn").click()
    page.locator("dl", has_text="withdrawn").wait_for()
    assert sum("consent of A-" in text for text in noted(browser.case)) == 2
    person = page.locator("tr td a").first.get_attribute("href") or ""
    page.goto(base(page) + person)
    page.locator("main td a").first.click()
    page.locator("dl", has_text="withdrawn").wait_for()
