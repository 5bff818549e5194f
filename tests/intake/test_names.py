import pytest

from guvoh.intake.names import brief, companions, is_plain, page_of, safe_member
from guvoh.words import shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain.txt", "plain.txt"),
        ("Ўзбек — хабар.html", "Ўзбек — хабар.html"),
        ("a\nb", "a\\nb"),
        ("a\x1b[31m", "a\\x1b[31m"),
        ("a\u202eb", "a\\u202eb"),
        ("a\ud800b", "a\\ud800b"),
        ("a\u2028b", "a\\u2028b"),
        ("a\U000e0041", "a\\U000e0041"),
        ("<b>", "<b>"),
    ],
)
def test_shown(name: str, expected: str) -> None:
    assert shown(name) == expected
    shown(name).encode("utf-8")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b.html", "a/b.html"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:/Windows/x", "Windows/x"),
        ("a/./b/../c", "a/b/c"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("a\0b", "ab"),
    ],
)
def test_safe_member(name: str, expected: str) -> None:
    assert safe_member(name) == expected


def test_is_plain_knows_what_windows_allows() -> None:
    assert is_plain("n" * 255)
    assert not is_plain("a/" + "n" * 256)
    assert not is_plain("\U0001f600" * 128)  # two UTF-16 units each


def test_brief_keeps_both_ends() -> None:
    assert brief("a" * 200 + "z", 21) == "a" * 10 + "…" + "a" * 9 + "z"


def test_page_of_wants_the_page_itself() -> None:
    assert page_of("x_fichiers", {"x.html", "x_fichiers"}) == "x.html"
    assert page_of("x-Dateien", {"x.htm"}) == "x.htm"
    assert page_of("x_files", {"y.html"}) is None
    assert page_of("pictures", {"pictures.html"}) is None


def test_companions_go_down_the_folders() -> None:
    names = ["p.html", "p_files/a/b.js", "p_files/c.css", "q/p_files/d.js", "q/r.html"]
    assert companions(names) == {"p_files/a/b.js": "p.html", "p_files/c.css": "p.html"}
