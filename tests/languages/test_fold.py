import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guvoh.languages.fold import fold, fold_mapped, skeleton

LETTERS = st.text(alphabet="abdzhgoOG'’ʻ‘`sй ёЎўҚғҳҷӯщъдж\u0301\u0306éßİ1. ", max_size=30)


@given(st.one_of(st.text(max_size=40), LETTERS))
@example("ddzhzh o’zbek go's")
@example("и\u0306 e\u0301")
def test_map_agrees_with_fold_and_never_falls(text: str) -> None:
    folded, at = fold_mapped(text)
    assert folded == fold(text)
    assert len(at) == len(folded) + 1
    assert at[-1] == len(text)
    assert at == sorted(at)
    assert all(0 <= index < len(text) for index in at[:-1])


@given(st.one_of(st.text(max_size=40), LETTERS))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x4FF), max_size=30))
def test_decomposed_text_folds_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(max_size=40))
def test_fold_is_ascii(text: str) -> None:
    assert fold(text).isascii()


@pytest.mark.parametrize(
    "spellings",
    [
        ("Oʻzbekiston", "O‘zbekiston", "O'zbekiston", "Ўзбекистон", "OZBEKISTON"),
        ("Ғуломов", "G'ulomov", "Gʻulomov", "G’ulomov"),
        ("Ҷамшед", "Jamshed", "Джамшед", "Dzhamshed"),
        ("café", "cafe\u0301", "CAFÉ"),
        ("Йўлдошев", "И\u0306у\u0306лдошев", "Yo‘ldoshev"),
    ],
)
def test_spellings_of_one_word_fold_alike(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_the_possessive_keeps_its_apostrophe() -> None:
    assert fold("Chicago’s") == "chicago's"


def test_the_map_leads_back_to_the_letters() -> None:
    text = "Ҷамшед Щукин, O‘ktam"
    folded, at = fold_mapped(text)
    start = folded.index("shchukin")
    assert text[at[start] : at[start + len("shchukin")]] == "Щукин"
    start = folded.index("oktam")
    assert text[at[start] : at[start + len("oktam")]] == "O‘ktam"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Джўраев", "Juraev", "Djuraev", "Jo'raev", "Жураев", "Ҷӯраев", "Joʻrayev"),
        ("Хуршед", "Khurshed", "Xurshed", "Hurshed", "Ҳуршед"),
        ("Қодиров", "Qodirov", "Kadirov", "Kodirov"),
        ("Анвар", "Anwar", "Anvar", "Anuar"),
        ("Шавкат", "Shavkat", "Shawkat", "Schawkat"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(spelling) for spelling in spellings}) == 1


def test_other_names_have_other_skeletons() -> None:
    assert skeleton("Umar") != skeleton("Mar")
    assert skeleton("Рустам") != skeleton("Расул")


def test_time_is_linear_in_the_text() -> None:
    def cost(text: str) -> float:
        start = time.process_time()
        fold_mapped(text)
        skeleton(text)
        return time.process_time() - start

    for unit in ("o'", "dz", "aué", "и\u0306"):
        cost(unit * 1000)
        small, large = cost(unit * 10_000 + "."), cost(unit * 80_000 + ".")
        assert large < 40 * max(small, 0.005)
