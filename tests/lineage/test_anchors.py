"""Sentences, numbers, names and concepts as anchors."""

from guvoh.lineage.align import same_name
from guvoh.lineage.anchors import number_key, units
from guvoh.lineage.background import coarse


def anchors(text: str, language: str) -> set[str]:
    return {token.key for unit in units(text, language) for token in unit.anchors}


def test_numbers_are_one_in_all_spellings() -> None:
    assert {number_key(n) for n in ("3,200", "3.200", "3\u00a0200", "3200")} == {"3200"}
    assert number_key("7,5") == number_key("7.5") == "7.5"
    assert "n:43" in anchors("Внизу 43 человека", "ru")
    assert anchors("Thirty men", "en") & anchors("тридцать мужчин", "ru") == {"n:30", "c:man"}


def test_months_countries_and_concepts_meet_across_languages() -> None:
    english = anchors("In January the police of Ukraine took him to prison", "en")
    for text, language in (
        ("В январе полиция Украины отправила его в тюрьму", "ru"),
        ("En janvier, la police de l'Ukraine l'a mis en prison", "fr"),
        ("Yanvarda Ukraina politsiyasi uni qamoqqa oldi", "uz"),
    ):
        assert {"m:1", "t:UA", "c:prison"} <= english & anchors(text, language), language


def test_inflected_and_transliterated_names_are_one() -> None:
    russian = anchors("Сказали Игорю Сальникову", "ru")
    assert any(same_name(key, "k:slnkv") for key in russian)
    assert not same_name("k:slnkv", "k:slmn")
    assert not same_name("n:12", "n:123")


def test_spans_are_those_of_the_text() -> None:
    text = "One line. “Two,” said Anna.\n\nThird – in Tamga!"
    cut = units(text, "en")
    assert [text[slice(*unit.span)] for unit in cut] == [
        "One line.",
        "“Two,” said Anna.",
        "Third – in Tamga!",
    ]
    for unit in cut:
        for token in unit.anchors:
            assert unit.span.start <= token.start < token.end <= unit.span.end


def test_a_text_without_full_stops_is_cut() -> None:
    cut = units("word " * 1000, "en")
    assert max(len(unit.words) for unit in cut) <= 80
    assert sum(len(unit.words) for unit in cut) == 1000
    assert units("", "en") == () == units("  \n\n ", "und")


def test_ten_thousand_is_one_number_in_digits_and_in_words() -> None:
    for text, language in (
        ("He saw 10,000 people", "en"),
        ("Он видел 10 тысяч человек", "ru"),
        ("Он видел 10 тыс. человек", "ru"),
        ("U 10 ming odamni koʻrdi", "uz"),
        ("Vio a 10 mil personas", "es"),
    ):
        assert "n:10000" in anchors(text, language), language
    assert "n:1500000" in anchors("Они собрали 1,5 миллиона рублей", "ru")
    assert "c:thousand" in anchors("Тысячи людей вышли", "ru")


def test_a_word_in_small_letters_is_no_country() -> None:
    assert "t:TG" not in anchors("Для того и пришли", "ru")
    assert "t:TG" in anchors("Они едут в Того", "ru")


def test_a_sentence_goes_on_behind_an_initial_and_a_short_form() -> None:
    for text, language in (
        ("The bail was set by Murphy J. Paul on Friday", "en"),
        ("Залог составил 350 тыс. долларов", "ru"),
        ("“Who are the doctors?” asked Martin", "en"),
    ):
        assert len(units(text, language)) == 1, text
    assert len(units("He came to the sea. Then he left. Nobody saw it", "en")) == 3
    assert len(units("he came to the harbour. then he left", "en")) == 2


def test_a_name_in_w_is_one_in_both_scripts() -> None:
    for latin, cyrillic in (("West", "Уэст"), ("William", "Уильям"), ("Whitaker", "Уитакер")):
        assert coarse(latin) == coarse(cyrillic)


def test_a_family_is_not_seven() -> None:
    assert "n:7" not in anchors("Члены их семьи ждали", "ru")
