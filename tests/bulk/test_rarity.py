"""Pairs of rare names: what a translation shares with its original."""

from guvoh.bulk.rarity import MOST, rare_pairs

ENGLISH = """Witnesses say that Zafar Odinaev was taken to Lindmoor together with Rustam Qalandarzoda.
Buses left the harbour at night. Guards collected the passports beforehand. Neighbours heard the engines.
Relatives learned of it from Marina Horobet. Lawyers were not let in. Officials keep silent about it."""
RUSSIAN = """Очевидцы утверждают, что Зафара Одинаева увезли в Линдмур вместе с Рустамом Каландарзодой.
Автобусы отъехали ночью. Охранники заранее отобрали паспорта. Соседи услышали моторы.
Родственники узнали об этом от Марины Хоробец. Адвокатов не пустили. Чиновники отмалчиваются.
Правозащитники добиваются проверки. Следователи перенесли допрос. Перевозчики отказались отвечать.
Уехавшие не отзываются. Оставшиеся прячутся. Прибывшие осматриваются. Вернувшихся расспрашивают."""


def test_a_name_comes_before_a_word_that_only_begins_a_sentence() -> None:
    assert len(set(rare_pairs(ENGLISH)) & set(rare_pairs(RUSSIAN))) >= 3


def test_there_are_pairs_of_so_many_anchors_at_most() -> None:
    text = " ".join(f"in {name}ograd" for name in ("Bly", "Dro", "Fle", "Gra", "Kre", "Plo") * 4)
    many = " ".join(f"at {a}{b}ovsk" for a in ("Brin", "Dorl", "Felm", "Gurv") for b in "aeiou")
    assert len(rare_pairs(f"{text} {many}")) <= MOST * (MOST - 1) // 2
    assert rare_pairs("nothing here has a capital") == []
