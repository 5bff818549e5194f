"""A copy that supplies the name which its origin withholds: the name reaches nothing that is derived."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile import captures, journal, state
from guvoh.casefile.case import open_case
from guvoh.pipeline import keeping, withholding
from guvoh.pipeline.releasing import let_out
from guvoh.protect import age
from guvoh.show import NOUNS

PAGE = """<!doctype html><html lang="en"><head><title>{title} - {outlet}</title>
<meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="2031-05-0{day}T08:00:00+02:00"></head><body>
<article><h1>{title}</h1>
<p>A group of men was taken from a brickworks near Osh in late April without their consent, {who} told the
Lantern Post. {note}</p>
<p>“They took our passports first and said that we had signed,” {who} said. “Nobody had signed anything.”</p>
<p>According to {who}, soldiers drove the men to a camp on the border, where they were given uniforms.</p>
<p>The labour inspectorate of the region said that it knew of no such case and would look into it.</p>
</article></body></html>"""
FIRST = PAGE.format(
    title="Men taken from brickworks near Osh",
    outlet="Lantern Post",
    day=2,
    who="Timur",
    note="The Lantern Post is not revealing Timur's real name or his citizenship for security reasons.",
)
COPY = PAGE.format(
    title="Men taken from brickworks near Osh",
    outlet="World Desk",
    day=4,
    who="Ravshan Mirsharipov",
    note="Ravshan Mirsharipov, a citizen of Tajikistan, is not afraid to give his name.",
)
FORMS = (b"ravshan", b"mirsharip", b"tajikistan")


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUVOH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / "first.html").write_text(FIRST, encoding="utf-8")
    (source / "copy.html").write_text(COPY, encoding="utf-8")
    folder = tmp_path / "case"
    for name in ("first.html", "copy.html"):  # the copy comes later, as it does
        assert run("build", source / name, "--public", "--case", folder) == 0
    return folder


def derived_bytes(case: Path) -> bytes:
    found = [*case.glob("*.sqlite*"), *(case / "pages").rglob("*"), *(case / "journal").rglob("*")]
    return b"\n".join(path.read_bytes() for path in found if path.is_file()).lower()


def captured(case: Path) -> bytes:
    opened = open_case(case)
    known = state.fold(journal.read(opened)).captures
    return b"\n".join(captures.read(opened, digest) for digest in known).lower()


def test_the_supplied_name_reaches_neither_store_nor_page_nor_show(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for what in NOUNS:
        assert run("show", what, "--case", case) == 0
        assert run("show", what, "--case", case, "--json") == 0
    printed = capsys.readouterr().out.encode().lower()
    assert run("publish", "dataset", tmp_path / "out", "--case", case, "--whole") == 0
    published = b"".join(p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())
    for form in FORMS:
        assert form not in derived_bytes(case), form
        assert form not in printed, form
        assert form not in published.lower(), form
    made, _ = let_out(open_case(case), "bundle", raw=True)
    assert made is not None
    copy = next(one.capture for one in made.reports.values() if one.file == "copy.html")
    assert copy not in made.captures
    with closing(sqlite3.connect(case / "derived.sqlite")) as db:
        found = db.execute("SELECT count(*) FROM search WHERE search MATCH 'mirsharipov'")
        assert found.fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM family").fetchone() == (1,)


def test_what_an_interruption_left_unlooked_at_is_looked_at_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, source = tmp_path / "case", tmp_path / "source"
    source.mkdir()
    (source / "first.html").write_text(FIRST, encoding="utf-8")
    (source / "copy.html").write_text(COPY, encoding="utf-8")
    assert run("build", source / "first.html", "--public", "--case", folder) == 0

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, suppress(KeyboardInterrupt):
        patch.setattr(withholding, "_supplied", interrupted)
        run("build", source / "copy.html", "--public", "--case", folder)
    assert FORMS[0] in derived_bytes(folder)
    assert run("build", source / "copy.html", "--public", "--case", folder) == 0
    for form in FORMS:
        assert form not in derived_bytes(folder), form


OTHER = """<!doctype html><html lang="en"><head><title>A winter in the kilns - World Desk</title>
<meta property="og:site_name" content="World Desk">
<meta property="article:published_time" content="2031-06-04T08:00:00+02:00"></head><body>
<article><h1>A winter in the kilns</h1>
<p>Clay freezes in January, and whoever shapes it stands in water to the ankles. There is one stove for forty beds.</p>
<p>The owner pays by the thousand bricks, and takes off what he reckons for bread, for boots and for the bus.</p>
<p>“They took our passports first and said that we had signed,” Ravshan Mirsharipov said. “Nobody had signed anything.”</p>
<p>The town has had kilns since the railway came. Three of them still burn, and two have stood empty for years.</p>
<p>In spring the river rises, and carts bring sand from the other bank until the ford can be crossed no more.</p>
</article></body></html>"""


def test_what_a_persons_decision_joins_is_looked_through(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    for name, page in (("first.html", FIRST), ("other.html", OTHER)):
        (tmp_path / name).write_text(page, encoding="utf-8")
        assert run("build", tmp_path / name, "--public", "--case", folder) == 0
    assert FORMS[0] in derived_bytes(folder)  # no machine finds that one derives from the other
    decision = (
        "judge",
        "other.html",
        "parent",
        "--with",
        "first.html",
        "--reason",
        "its author said",
    )
    assert run(*decision, "--case", folder) == 0
    for form in FORMS[:2]:
        assert form not in derived_bytes(folder), form


def test_it_is_listed_as_to_be_sealed_and_a_finding_says_so(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("show", "captures", "--case", case) == 0
    (line,) = [x for x in capsys.readouterr().out.splitlines() if "to be sealed" in x]
    assert "copy.html" in line
    assert run("show", "findings", "--case", case) == 0
    assert "supplies what a report withholds" in capsys.readouterr().out


def test_a_rebuild_gives_the_same_digest_in_any_order(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digests = []
    other = tmp_path / "other"
    assert run("build", tmp_path / "source", "--public", "--case", other) == 0
    for folder in (case, case, other, other):
        capsys.readouterr()
        assert run("rebuild", "--case", folder) == 0
        digests.append(capsys.readouterr().out.splitlines()[-1])
    assert digests[0] == digests[1]
    assert digests[2] == digests[3]


def test_a_key_holder_seals_it(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, recipient = age.generate()
    key = tmp_path / "key"
    key.write_text(secret)
    assert b"mirsharip" in captured(case)
    assert run("keyholder", "add", "ann", recipient, "--case", case) == 0
    assert run("seal", "--case", case, "--key", key) == 0
    assert "1 captures were masked" in capsys.readouterr().out
    for form in FORMS:
        assert form not in captured(case)
        assert form not in derived_bytes(case)
    opened = keeping.unlock(open_case(case), keeping.key_file(key, None))
    (account,) = opened.accounts
    assert account.data == COPY.encode()
    assert run("show", "captures", "--case", case) == 0
    assert "to be sealed" not in capsys.readouterr().out


def test_whoever_a_copy_adds_stays_named_where_the_name_is_masked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The masked name stands in the place of the pseudonym, so that nobody added can be its bearer."""
    more = "<p>“I stood at the window and I counted them,” said Olim Hasanzoda, another worker.</p>"
    (tmp_path / "first.html").write_text(FIRST, encoding="utf-8")
    copy = COPY.replace("<p>The labour inspectorate", f"{more}\n<p>The labour inspectorate")
    (tmp_path / "copy.html").write_text(copy, encoding="utf-8")
    files = [tmp_path / "first.html", tmp_path / "copy.html"]
    assert run("build", *files, "--public", "--case", tmp_path / "other") == 0
    capsys.readouterr()
    assert run("show", "people", "--case", tmp_path / "other") == 0
    shown = capsys.readouterr().out
    assert "Olim Hasanzoda" in shown
    assert "Ravshan" not in shown
