"""Names that a report gives in place of others, and names that people asked it to keep back."""

import pytest

from guvoh.reading.read import read
from tests.reading.reports import report_of


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "The woman, whom we call Zarina, asked that her name not be given.", "Zarina"),
        (
            "en",
            "Her husband, whom Tidewater Report calls Almaz and whose name is withheld at his "
            "request, has four years left.",
            "Almaz",
        ),
        ("en", "The woman who counted the keys has asked to be called Vera.", "Vera"),
        ("ru", "Женщина, которая их считала, попросила называть её Вера.", "Вера"),
        ("ru", "Женщина, которую мы называем Зарина, попросила не указывать её имя.", "Зарина"),
        ("ru", "Сам он, которого журналисты называют Далером, звонил ей.", "Далер"),
        ("ru", "Степан (имя изменено по его просьбе) работает у перевозчика.", "Степан"),
        ("uz", "Biz Zarina deb atagan ayol o‘zining ismini aytmaslikni so‘radi.", "Zarina"),
        ("uz", "Nashr Malika deb atagan 29 yoshli ayol eshik qulflanganini aytdi.", "Malika"),
        ("es", "La mujer, a quien llamamos Zarina, pidió que no se diera su nombre.", "Zarina"),
        ("fr", "La femme, que nous appellerons Zarina, a demandé à rester anonyme.", "Zarina"),
        ("en", "Odil fears for his son Jamshed, whose name has also been changed.", "Jamshed"),
        ("en", "The names of Karim and his sister Lola have been changed.", "Karim"),
        ("en", "The names of Karim and his sister Lola have been changed.", "Lola"),
        ("ru", "Одил Саидов в Омске. Его имя и имя его сына Джамшеда изменены.", "Джамшед"),
        ("uz", "Odil va o‘g‘li Jamshidning ismlari o‘zgartirilgan.", "Jamshid"),
        (
            "es",
            "Odil habló bajo condición de anonimato porque teme por su hijo Jamshed, cuyo nombre también ha sido "
            "cambiado.",
            "Jamshed",
        ),
        (
            "fr",
            "Il craint pour son fils Djamchid, dont le prénom a également été changé.",
            "Djamchid",
        ),
    ],
)
def test_a_name_that_the_report_gives_is_a_pseudonym(language: str, text: str, name: str) -> None:
    people = {person.name: person for person in read(report_of(text, language)).people}
    assert people[name].pseudonym
    assert people[name].exposure == "protected"
    assert "name" in people[name].withheld


@pytest.mark.parametrize(
    "text",
    ["Friends call Rustam Petrov the bear.", "Fighters called Orlov a coward, said Maria Vale."],
)
def test_what_others_call_somebody_hides_nobody(text: str) -> None:
    assert not any(person.pseudonym for person in read(report_of(text)).people)


def test_who_is_described_and_called_so_is_one() -> None:
    text = (
        "The men were moved, according to the wife of a man who is held there. Her husband, whom the Lantern "
        "Post calls Daler, wrote that thirty of them were gone."
    )
    people = {person.name: person for person in read(report_of(text)).people}
    assert people["Daler"].pseudonym
    assert [kind for kind, _ in people["Daler"].relations] == ["husband"]
    assert not any("husband" in name for name in people)


def test_what_was_withheld_before_the_pseudonym_was_given_stays_withheld() -> None:
    text = (
        "A worker told the Lantern Post that men were taken. He asked that his name and his citizenship be withheld "
        "for security reasons; we call him Daler. Daler said that he was beaten."
    )
    people = {person.name: person for person in read(report_of(text)).people}
    assert set(people["Daler"].withheld) == {"name", "citizenship"}
