"""Copies that supply a withheld name in every place where a page can hold one: it reaches nothing derived."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from guvoh import cli
from guvoh.show import NOUNS

PAGE = """<!doctype html><html lang="{lang}"><head><title>{title} - {outlet}</title>{head}
<meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="2031-05-0{day}T08:00:00+02:00"></head><body>
<article><h1>{title}</h1>{by}{body}</article></body></html>"""
TITLE = "Men taken from brickworks near Osh"
ENGLISH = """<p>A group of men was taken from a brickworks near Osh in late April without their consent, {who} told the
Lantern Post. {note}</p>{extra}
<p>“They took our passports first and said that we had signed,” {who} said. “Nobody had signed anything.”</p>
<p>According to {who}, soldiers drove the men to a camp on the border, where they were given uniforms.</p>
<p>The labour inspectorate of the region said that it knew of no such case and would look into it.</p>"""
RUSSIAN = """<p>Группу мужчин увезли с кирпичного завода под Ошем в конце апреля без их согласия, рассказал {who} изданию
Lantern Post. {note}</p>{extra}
<p>«Сначала у нас забрали паспорта и сказали, что мы подписались, — сказал {who}. — Никто ничего не подписывал».</p>
<p>По словам {of}, солдаты отвезли мужчин в лагерь на границе, где им выдали форму.</p>
<p>Инспекция труда области заявила, что ей о таком случае не известно и что она проверит сообщение.</p>"""
NOTE = (
    "The Lantern Post is not revealing Timur's real name or his citizenship for security reasons."
)


@dataclass(frozen=True)
class Copy:
    """A page, and the words that no reader of the case may find."""

    forms: tuple[str, ...]
    page: str
    file: str = ""


def english(title: str = TITLE, head: str = "", by: str = "", day: int = 4, **body: str) -> str:
    told = ENGLISH.format(**{"who": "Timur", "note": "", "extra": ""} | body)
    return PAGE.format(
        lang="en", title=title, outlet="World Desk", day=day, head=head, by=by, body=told
    )


def russian(**body: str) -> str:
    told = RUSSIAN.format(**{"who": "Тимур", "of": "Тимура", "note": "", "extra": ""} | body)
    title = "Мужчин увезли с кирпичного завода под Ошем"
    return PAGE.format(
        lang="ru", title=title, outlet="Мировой стол", day=5, head="", by="", body=told
    )


def figure(alt: str, caption: str) -> str:
    return f'<figure><img src="a.jpg" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


SIGNED = '<p class="byline">By Petra Holloway</p>'
FIRST = english(note=NOTE, day=2, by=SIGNED).replace("World Desk", "Lantern Post")
COPIES = {
    "alt text": Copy(
        ("ravshan", "mirsharip"),
        english(extra=figure("Ravshan Mirsharipov at the brickworks", "The brickworks")),
    ),
    "caption": Copy(
        ("bakhodir", "usmonzod"),
        english(extra=figure("brickworks", "Bakhodir Usmonzoda, who was taken with the others")),
    ),
    "title": Copy(
        ("jahongir", "tillaev"),
        english(title="Jahongir Tillaev: how they took us from the brickworks near Osh"),
    ),
    "address": Copy(
        ("sherali", "gafforov"),
        english(head='<link rel="canonical" href="https://w.example/5/sherali-gafforov-brickworks">'),
    ),
    "byline": Copy(
        ("nodirbek", "haknazar"),
        english(by='<p class="byline">By Nodirbek Haknazarov</p>', who="Nodirbek Haknazarov"),
    ),
    "description": Copy(
        ("pirmatov",), english(head='<meta name="description" content="Umed Pirmatov tells all">')
    ),
    "a sentence more": Copy(
        ("farrukh", "daniyarov"),
        english(extra="<p>World Desk has learned that his real name is Farrukh Daniyarov.</p>"),
    ),
    "an aside": Copy(
        ("ilhom", "boboev"), english(note="Timur, whose real name is Ilhom Boboev, is not afraid.")
    ),
    "the surname alone": Copy(("ergashev",), english(who="Ergashev")),
    "initial and surname": Copy(("qosimov",), english(who="D. Qosimov")),
    "small letters": Copy(("valihonov",), english(who="murodali valihonov")),
    "data for machines": Copy(
        ("olimjon", "yuldoshev"),
        english(
            who="Olimjon Yuldoshev",
            head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"Olimjon Yuldoshev"}</script>',
        ),
    ),
    "his mother": Copy(
        ("oysha", "kenjaev", "lutfullo"),
        english(extra="<p>His mother, Oysha Kenjaeva, said that her son Lutfullo had not come home.</p>"),
    ),
    "the country": Copy(
        ("tajikistan",), english(extra="<p>Timur is a citizen of Tajikistan, World Desk has learned.</p>")
    ),
    "in a translation": Copy(
        ("зафар", "низомов", "zafar", "nizomov"),
        russian(note="Настоящее имя Тимура — Зафар Низомов."),
    ),
    "inflected": Copy(
        ("собиржон", "рахматов", "sobirjon", "rahmatov"),
        russian(of="Собиржона Рахматова", extra="<p>С Собиржоном Рахматовым мы говорили позже.</p>"),
    ),
    "put in its place in a translation": Copy(
        ("фирдавс", "холмирзо", "firdavs", "holmirzo"),
        russian(who="Фирдавс Холмирзоев", of="Фирдавса Холмирзоева"),
    ),
    "a sentence of its own": Copy(
        ("bobur", "tursunzod"), english(extra="<p>His name is Bobur Tursunzoda.</p>")
    ),
    "identified": Copy(
        ("davlat", "sharipzod"),
        english(extra="<p>The man has been identified as Davlat Sharipzoda, a welder.</p>"),
    ),
    "quoted as another": Copy(
        ("erkin", "olimboev"),
        english(extra="<p>“I was beaten for refusing,” Erkin Olimboev said on Friday.</p>"),
    ),
    "with an age": Copy(
        ("furqat", "gulomzod"),
        english(extra="<p>Furqat Gulomzoda, 34, was among the men who were taken from the brickworks.</p>"),
    ),
    "under a quotation": Copy(
        ("elyor", "farhodzod"),
        english(extra="<blockquote><p>We were sold.</p><cite>Elyor Farhodzoda</cite></blockquote>"),
    ),
    "called by his wife": Copy(
        ("golibshoh",), english(extra="<p>His wife says that Golibshoh has not phoned since.</p>")
    ),
    "address of a picture": Copy(
        ("kamol", "latifzod"),
        english(extra='<img src="/img/kamol-latifzoda.jpg" alt="a brickworks">'),
    ),
    "a sentence of its own in a translation": Copy(
        ("бахриддин", "мироншоев", "bahriddin", "mironshoev"),
        russian(extra="<p>Его зовут Бахриддин Мироншоев.</p>"),
    ),
    "name of the file": Copy(
        ("hamza", "iskandarzod"),
        english(who="Hamza Iskandarzoda"),
        "told by HamzaIskandarzoda.html",
    ),
    "name of the file alone": Copy(
        ("rustam", "sattorzod"), english(), "interview with Rustam Sattorzoda.html"
    ),
}  # fmt: skip


OPEN = (
    "<p>“They beat me too,” said Zulfiya Yormatova, 41, another worker.</p>"
    "<p>Timur came to Kazakhstan in 2027 and speaks little Kazakh.</p>"
)
SOURCES = ("first", "copies", "again")
AGAIN = "ilhom-boboev-speaks.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("supplying")
    (folder / "first").mkdir()
    (folder / "copies").mkdir()
    (folder / "first" / "first.html").write_text(FIRST, encoding="utf-8")
    for number, copy in enumerate(COPIES.values()):
        file = copy.file or f"{number:02}.html"
        (folder / "copies" / file).write_text(copy.page, encoding="utf-8")
    reprint = english(extra=OPEN, by='<p class="by">Petra Holloway, Lantern Post</p>')
    (folder / "copies" / "open.html").write_text(reprint, encoding="utf-8")
    (folder / "again" / "Boboev").mkdir(parents=True)
    (folder / "again" / "Boboev" / AGAIN).write_text(COPIES["an aside"].page, encoding="utf-8")
    for source in (*SOURCES, "again"):
        run("build", folder / source, "--public", "--case", folder / "case")
    return folder


def run(*arguments: str | Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGUAGE", "en")
        assert cli.main([str(argument) for argument in arguments]) == 0


@pytest.fixture(scope="module")
def told(built: Path) -> str:
    """Return all that the case says of its own: store, pages, a publication."""
    run("publish", "dataset", built / "out", "--case", built / "case", "--whole")
    case = built / "case"
    every = [*case.glob("*.sqlite*"), *(case / "pages").rglob("*"), *(built / "out").rglob("*")]
    read = b"\n".join(path.read_bytes() for path in every if path.is_file())
    return read.decode("utf-8", "replace").lower()


@pytest.mark.parametrize("place", COPIES)
def test_a_name_that_is_withheld_elsewhere_is_nowhere(
    place: str, built: Path, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in COPIES[place].forms:
        assert form not in told, form
    with closing(sqlite3.connect(built / "case" / "derived.sqlite")) as db:
        for form in COPIES[place].forms:
            found = db.execute("SELECT count(*) FROM search WHERE search MATCH ?", (form,))
            assert found.fetchone() == (0,)


def test_nothing_shown_has_one_either(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for noun in NOUNS:
        run("show", noun, "--case", built / "case")
        run("show", noun, "--case", built / "case", "--json")
    shown = capsys.readouterr().out.lower()
    assert "timur" in shown
    assert not [form for copy in COPIES.values() for form in copy.forms if form in shown]


def test_a_build_of_all_at_once_gives_the_same_digest(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once = tmp_path / "case"
    run("build", *(built / one for one in SOURCES), "--public", "--case", once)
    capsys.readouterr()
    digests = []
    for case in (built / "case", once):
        run("rebuild", "--case", case)
        digests.append(capsys.readouterr().out.splitlines()[-1])
    assert digests[0] == digests[1]


def test_whoever_is_said_to_be_another_keeps_their_name(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run("show", "people", "--case", built / "case")
    assert "Zulfiya Yormatova" in capsys.readouterr().out


def test_the_author_of_the_page_that_withholds_keeps_the_name(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run("show", "reports", "--case", built / "case", "--json")
    signed = {row["file"]: row["bylines"] for row in json.loads(capsys.readouterr().out)}
    assert signed["first.html"] == ["Petra Holloway"]


def test_a_country_to_which_somebody_goes_is_read(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run("show", "places", "--case", built / "case")
    assert "Kazakhstan" in capsys.readouterr().out


def test_what_comes_in_again_under_the_name_is_shown_without_it(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run("show", "captures", "--case", built / "case", "--json")
    rows = json.loads(capsys.readouterr().out)
    twice = [row["files"] for row in rows if len(row["files"]) > 1]
    assert [sorted(map(len, files)) for files in twice] == [[7, len("Boboev/") + len(AGAIN)]]
    assert "boboev" not in json.dumps(rows).lower()
    records = [path.read_text() for path in (built / "case").rglob("journal/*/records/*")]
    assert sum(text.count(AGAIN) for text in records) == 1


def test_a_draft_that_supplies_the_name_is_named(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, status in (("Timur, that is Ilhom Boboev, said so.", 1), ("Timur said so.", 0)):
        draft = tmp_path / "draft.txt"
        draft.write_text(text, encoding="utf-8")
        assert cli.main(["check", str(draft), "--case", str(built / "case")]) == status
    assert "Boboev" not in capsys.readouterr().out
