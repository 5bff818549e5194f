import pytest

from guvoh.clean import plain_words
from guvoh.clean.plain_words import bare, distance, flat, garbled_prompt, is_outlet, names, prompt


@pytest.mark.parametrize("text", ["İstanbul’da", "STRAẞE", "O‘zbek", "Ǆ", "plain", "ΌΣΟΣ"])
def test_flat_keeps_every_place(text: str) -> None:
    assert len(flat(text)) == len(text)


def test_bare_leaves_the_words() -> None:
    assert bare("  » Comments (12)") == "comments"
    assert bare("12 Comments") == "comments"
    assert bare("★ • —") == "★"


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("leave a replay", "leave a reply", 1),
        ("comments", "comments", 0),
        ("commetns", "comments", 1),
        ("abc", "xyz", 3),
        ("", "ab", 2),
        ("kitten", "sitting", 3),
        ("ab", "ba", 1),
    ],
)
def test_distance(a: str, b: str, expected: int) -> None:
    for most in range(4):
        assert distance(a, b, most) == min(expected, most + 1)
        assert distance(b, a, most) == min(expected, most + 1)


def test_prompts_are_found_garbled_only_where_they_are_near() -> None:
    found = garbled_prompt("Leave a Replay")
    assert found is not None
    assert found.text == "leave a reply"
    assert garbled_prompt("Leave the village") is None
    assert garbled_prompt("Shore") is None
    assert prompt("Leave a Replay") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BBC News", True),
        ("Riverside Radio", True),
        ("Радио Озоди", True),
        ("riverside.example", True),
        ("Anora Bekova", False),
        ("The news was bad.", False),
        ("bad news", False),
        ("", False),
    ],
)
def test_outlets(text: str, expected: bool) -> None:
    assert (bool(text) and is_outlet(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anora Bekova", ["Anora Bekova"]),
        ("Anora Bekova and Karim Davlatov", ["Anora Bekova", "Karim Davlatov"]),
        ("Анна Примерова и Иван Образцов", ["Анна Примерова", "Иван Образцов"]),
        ("J. R. Example", ["J. R. Example"]),
        ("Bobur G‘aniyev", ["Bobur G‘aniyev"]),
        ("María de la Cruz", ["María de la Cruz"]),
        ("the bridge", []),
        ("Bekova", []),
        ("Thirty Men 2023", []),
        ("and and and", []),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in names(text)] == expected


def test_the_vocabulary_covers_its_languages() -> None:
    words = plain_words.vocabulary()
    assert all(phrases for phrases in words.lines.values())
    for phrase in ("leave a reply", "deja un comentario", "izoh qoldirish", "изоҳ қолдириш"):
        assert prompt(phrase) is not None
    for phrase in ("шарҳ гузоред", "пикир жазуу", "yorum yap", "залишити коментар"):
        assert prompt(phrase) is not None
