import pytest

from guvoh.languages.lexicon import load
from guvoh.reading.acts import vocabulary
from guvoh.reading.read import read
from tests.reading.reports import report_of


def acts(text: str, language: str) -> list[str]:
    words = load(language).words(text)
    found = [name for _, _, name in load(language).acts.find(words)]
    return [name for name in found if name in vocabulary()]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Forty men were put on two buses and taken away.", ["transfer", "transfer"]),
        ("en", "They were driven to a barracks.", ["transfer"]),
        ("en", "Two clerks had been called up.", ["recruit"]),
        ("ru", "Рабочих посадили в автобус и увезли.", ["transfer", "transfer"]),
        ("es", "Los presos habrían sido conducidos a un cuartel.", ["transfer"]),
        ("fr", "On les a conduits dans une caserne.", ["transfer"]),
    ],
)
def test_taking_people_away_is_a_transfer(language: str, text: str, expected: list[str]) -> None:
    assert acts(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He signed the visitors' book and paid attention to the clock."),
        ("en", "She sent a letter to pay for the roof; the telephone goes dead."),
        ("en", "The newspaper withholds his citizenship."),
        ("ru", "Редакция направила запрос, юридическая помощь бесплатна."),
        ("es", "Falta la firma del notario."),
        ("fr", "Il n'a pas donné signe de vie."),
    ],
)
def test_common_words_are_no_acts(language: str, text: str) -> None:
    assert acts(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The guard said that forty prisoners had been put on buses and taken away."),
        ("ru", "Охранник сказал, что в мае заключённых увезли."),
    ],
)
def test_who_is_taken_is_affected(language: str, text: str) -> None:
    claims = read(report_of(text, language)).claims
    roles = {one.role for claim in claims for one in claim.participants if claim.acts}
    assert roles == {"affected"}


def test_those_who_fear_being_sent_and_those_beside_them_are_two_claims() -> None:
    claims = read(
        report_of(
            "Many prisoners fear being forced to go to war, and those most at risk are migrants. "
            "Now they are planning to send another group, the father said."
        )
    ).claims
    assert claims[0].text == "being forced to go to war"
    assert [one.name for one in claims[0].participants] == ["many prisoners"]
    planned = [act.name for claim in claims if "another group" in claim.text for act in claim.acts]
    assert "deploy" in planned


def test_a_drug_trafficker_trafficked_nobody_and_jailed_nobody() -> None:
    (claim,) = read(report_of("Anwar was jailed for drug trafficking and sent to serve it.")).claims
    assert "traffic" not in [act.name for act in claim.acts]
    assert {one.role for one in claim.participants} == {"affected"}


@pytest.mark.parametrize(
    "text",
    [
        "The security forces came by train and searched for the child.",
        "A police force is free to publish what it likes; the desert was dry.",
        "The statement was released on Monday and the ministry released a new video.",
        "The tour kicks off in June, the death rate fell, and his shares rose on the Stock Exchange.",
        "She struck a deal, and questioned whether the bill would pass.",
    ],
)
def test_words_of_acts_that_mean_other_things_tell_of_none(text: str) -> None:
    assert [act.name for claim in read(report_of(text, "en")).claims for act in claim.acts] == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The guards told us that they force prisoners to dig.", "coerce"),
        ("She said that the men were trained and that officers trick them.", "deceive"),
        ("He said that two men were hurt.", "injure"),
        ("They will search every hut, he said.", "raid"),
        ("He said that the prisoners were released in May.", "release"),
    ],
)
def test_the_same_words_as_verbs_tell_of_acts(text: str, act: str) -> None:
    assert act in [one.name for claim in read(report_of(text, "en")).claims for one in claim.acts]


def test_men_killed_in_may_killed_nobody() -> None:
    claims = read(report_of("The list names ten men killed in May.", "en")).claims
    roles = {one.role for claim in claims for one in claim.participants if claim.acts}
    assert roles == {"affected"}


@pytest.mark.parametrize(
    "text",
    [
        "Автомобиль скорой помощи приехал с помощью соседей на первом этапе соревнований.",
        "Он сидел на скамейке, когда группа выпустила новый альбом; дом они продали.",
        "Эксперты пришли к заключению, что на теле нет следов.",
    ],
)
def test_russian_words_of_acts_that_mean_other_things_tell_of_none(text: str) -> None:
    assert acts(text, "ru") == []
