"""Details that lead to one person when put together: found, numbered, and made coarser in a release."""

from pathlib import Path

import pytest

from guvoh import cli
from guvoh.casefile.case import Case, open_case
from guvoh.pipeline.releasing import let_out
from guvoh.protect.jigsaw import Population, band, minimal, said_of

PAGE = """<!doctype html><html lang="en"><head><title>Prisoners taken from Uzgen - Lantern Post</title>
<meta property="og:site_name" content="Lantern Post">
<meta property="article:published_time" content="2031-05-02T08:00:00+02:00"></head><body>
<article><h1>Prisoners taken from Uzgen</h1>{body}</article></body></html>"""
ONE = """<p>Jasur Hamroyev, a 34-year-old Tajik, was taken from a prison near Uzgen in late April, his wife Dilnoza
Hamroyeva said.</p>
<p>“Soldiers took my husband Jasur Hamroyev, a 34-year-old Tajik sentenced to 7 years for robbery,” Dilnoza
Hamroyeva said.</p>
<p>“Soldiers took my brother Aziz Umarov, a 36-year-old Tajik sentenced to 8 years for theft,” Lola Umarova
said.</p>"""


def taken_in(folder: Path, body: str) -> Case:
    folder.mkdir()
    (folder / "page.html").write_text(PAGE.format(body=body), encoding="utf-8")
    arguments = ["build", str(folder / "page.html"), "--public", "--case", str(folder / "case")]
    assert cli.main(arguments) == 0
    return open_case(folder / "case")


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("a 34-year-old Tajik", "en", {("age", "34"), ("nationality", "TJ")}),
        (
            "Umarov, aged 36, sentenced to 8 years for theft",
            "en",
            {("age", "36"), ("sentence", "8"), ("offence", "theft")},
        ),
        ("30–39-year-old", "en", set()),
        (
            "34-летний таджик, осуждённый на 7 лет за разбой",
            "ru",
            {("age", "34"), ("nationality", "TJ"), ("sentence", "7"), ("offence", "razboy")},
        ),
        ("Nine men left 34 boxes there.", "en", set()),
    ],
)
def test_what_describes_a_person_is_found(
    text: str, language: str, found: set[tuple[str, str]]
) -> None:
    assert {(one.kind, one.value) for _, one in said_of(text, language)} == found


def test_a_unique_combination_is_minimal() -> None:
    tajik, young, old, theft = (
        ("nationality", "TJ"),
        ("age", "34"),
        ("age", "60"),
        ("offence", "theft"),
    )
    own = frozenset({tajik, young, theft})
    everyone = Population(
        {
            "a": own,
            "b": frozenset({tajik, young}),
            "c": frozenset({tajik, theft, old}),
            "d": frozenset({young, theft}),
            "e": frozenset({old}),
        }
    )
    assert minimal(own, everyone) == [(young, tajik, theft)]
    assert minimal(frozenset({old, tajik}), everyone) == [(old, tajik)]


def test_a_number_lies_in_its_band() -> None:
    assert (band("age", "34"), band("age", "40"), band("sentence", "7")) == (
        "30–39",
        "40–49",
        "5–9",
    )


def test_a_release_gives_bands_and_says_what_is_left(tmp_path: Path) -> None:
    case = taken_in(tmp_path / "one", ONE)
    made, findings = let_out(case, "dossier", whole=True)
    assert made is not None
    said = "\n".join(
        [*(claim.text for claim in made.claims.values()), *(e.summary for e in made.events)]
    )
    said += "\n".join(report.text for report in made.reports.values())
    for words in ("34-year", "36-year", "to 7 years", "to 8 years"):
        assert words not in said, words
    assert "30–39-year-old" in said
    told = [one.text for one in findings if one.kind == "jigsaw"]
    assert any("in this release" in one and "of all there are: unknown" in one for one in told)
    assert not any("Tajik" in one or "robbery" in one for one in told)
    assert any(one.what == "age given in bands of 10 years" for one in made.decisions)


def test_what_was_published_before_counts(tmp_path: Path) -> None:
    case = taken_in(tmp_path / "two", ONE)
    let_out(case, "dossier")
    _, findings = let_out(case, "dossier")
    told = [one.text for one in findings if one.kind == "jigsaw"]
    assert told
    assert all("with what was published before," in one for one in told)


def test_whoever_left_before_under_a_code_may_be_somebody_of_this_release(tmp_path: Path) -> None:
    other = (
        "<p>Temir Asanov, a 50-year-old Uzbek sentenced to 9 years for fraud, was beaten in Osh on 28 March, his wife "
        "Rano Asanova said.</p>"
    )
    case = taken_in(tmp_path / "two", ONE + other)
    made, _ = let_out(case, "dossier")
    assert made is not None
    uzgen = [event.id for event in made.events if "Uzgen" in event.summary]
    assert 0 < len(uzgen) < len(made.events)
    _, findings = let_out(case, "dossier", uzgen)
    told = [one.text for one in findings if one.kind == "jigsaw"]
    assert told
    assert all("may be one, under the codes of two releases" in one for one in told)
