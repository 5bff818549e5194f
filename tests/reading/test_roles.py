"""Who did it to whom: voice, word order, cases, agents and pronouns, language by language."""

import pytest

from guvoh.reading.read import read
from tests.reading.reports import report_of


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Guards sent another group to the front.",
            {("affected", "another group"), ("perpetrator", "guards")},
        ),
        (
            "en",
            "Forty prisoners were put on a bus by soldiers.",
            {("affected", "prisoners"), ("perpetrator", "soldiers")},
        ),
        (
            "en",
            "The men, who were taken from the plant in January, have not been heard from.",
            {("affected", "the men")},
        ),
        (
            "en",
            "Recruiters who visited the market detained thirty traders.",
            {("affected", "traders"), ("perpetrator", "recruiters")},
        ),
        (
            "en",
            "Anwar said the officer beat him.",
            {("perpetrator", "the officer"), ("affected", "Anwar")},
        ),
        (
            "en",
            "Now they are planning to send another group, the father said.",
            {("affected", "another group")},
        ),
        ("en", "The workers slept. They were taken to a barracks.", {("affected", "the workers")}),
        (
            "en",
            "The workers slept. The soldiers detained them at noon.",
            {("perpetrator", "the soldiers"), ("affected", "the workers")},
        ),
        ("en", "“They beat us,” said Daler.", {("affected", "Daler")}),
        ("en", "“We were taken to the barracks,” said Daler.", {("affected", "Daler")}),
        (
            "en",
            "Guards beat Rustam and detained the cook.",
            {("affected", "Rustam"), ("affected", "the cook"), ("perpetrator", "guards")},
        ),
        (
            "en",
            "A group of Central Asians had been sent to fight.",
            {("affected", "Central Asians")},
        ),
        (
            "en",
            "Wagner has recruited tens of thousands of prisoners.",
            {("affected", "prisoners"), ("perpetrator", "Wagner")},
        ),
        (
            "en",
            "The soldiers forced the workers to sign contracts.",
            {("affected", "the workers"), ("perpetrator", "the soldiers")},
        ),
        (
            "en",
            "The prisoners were sent to the front without their consent.",
            {("affected", "the prisoners")},
        ),
        (
            "ru",
            "Полиция задержала сорок рабочих.",
            {("perpetrator", "полиция"), ("affected", "рабочие")},
        ),
        (
            "ru",
            "Сорок рабочих задержала полиция.",
            {("perpetrator", "полиция"), ("affected", "рабочие")},
        ),
        ("ru", "Рабочих увезли на автобусах.", {("affected", "рабочие")}),
        ("ru", "Заключённых отправили на фронт.", {("affected", "заключённые")}),
        ("ru", "Анвар жил в Туле. Анвара задержали в январе.", {("affected", "Анвар")}),
        ("ru", "Задержали двадцать мигрантов.", {("affected", "мигранты")}),
        (
            "ru",
            "Рабочие были задержаны полицией.",
            {("perpetrator", "полиция"), ("affected", "рабочие")},
        ),
        (
            "ru",
            "Вербовщики, которые приезжали в колонию, завербовали тридцать заключённых.",
            {("affected", "заключённые"), ("perpetrator", "вербовщики")},
        ),
        ("ru", "«Нас увезли ночью», — сказал Далер.", {("affected", "Далер")}),
        (
            "es",
            "La policía detuvo a cuarenta obreros.",
            {("affected", "obreros"), ("perpetrator", "la policía")},
        ),
        (
            "es",
            "Los obreros fueron llevados a un cuartel por soldados.",
            {("perpetrator", "soldados"), ("affected", "los obreros")},
        ),
        ("es", "A los presos los llevaron al frente.", {("affected", "los presos")}),
        (
            "es",
            "Vi a los guardias golpear a los presos con una manguera.",
            {("perpetrator", "los guardias"), ("affected", "los presos")},
        ),
        ("es", "Detuvieron a veinte migrantes.", {("affected", "migrantes")}),
        (
            "fr",
            "La police a arrêté quarante ouvriers.",
            {("perpetrator", "la police"), ("affected", "ouvriers")},
        ),
        (
            "fr",
            "Les ouvriers dormaient. On les a emmenés dans une caserne.",
            {("affected", "les ouvriers")},
        ),
        ("uz", "Mahbuslar frontga yuborildi.", {("affected", "mahbuslar")}),
        ("uz", "Mahbuslarni frontga yuborishdi.", {("affected", "mahbuslar")}),
        (
            "uz",
            "Ishchilar harbiylar tomonidan olib ketildi.",
            {("affected", "ishchilar"), ("perpetrator", "harbiylar")},
        ),
        ("tg", "Коргаронро ба ҷабҳа фиристоданд.", {("affected", "коргарон")}),
    ],
)
def test_grammar_tells_who_did_it_to_whom(
    language: str, text: str, expected: set[tuple[str, str]]
) -> None:
    claims = read(report_of(text, language)).claims
    found = {(one.role, one.name) for claim in claims for one in claim.participants}
    assert {(role, name.lower()) for role, name in found} == {
        (role, name.lower()) for role, name in expected
    }


def test_another_group_is_sent_and_not_whom_the_sentence_names_next() -> None:
    text = (
        "Anwar told his father that a group had been sent. “Now they are planning to send another "
        "group and my son is worried that they will force him to go too,” Anwar’s father told the BBC."
    )
    planned = [c for c in read(report_of(text)).claims if c.text == "to send another group"]
    assert [[(one.role, one.name) for one in claim.participants] for claim in planned] == [
        [("affected", "another group")]
    ]


def test_a_sibling_in_a_quotation_is_the_one_the_report_names() -> None:
    text = (
        "Daler telephoned his elder sister. “My brother says nobody asked them. Now the foremen are "
        "writing a list and he is afraid that his name is on it,” Daler’s sister told the Monitor."
    )
    sources = {link.name for claim in read(report_of(text)).claims for link in claim.chain[-1:]}
    assert sources >= {"Daler", "Daler's sister"}
    assert not any("brother" in name for name in sources)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Он сообщил, что людей посадили в автобусы и увезли, не спросив согласия."),
        ("ru", "Водитель рассказал, что никто из них не садился в автобус по своей воле."),
        ("en", "“Three dozen, and not one went willingly,” said Sherzod."),
        ("en", "The sister said nobody had asked them."),
    ],
)
def test_without_consent_is_coercion_and_no_denial(language: str, text: str) -> None:
    (claim,) = read(report_of(text, language)).claims
    assert claim.polarity == "affirmed"
    assert "coerce" in [act.name for act in claim.acts]


def test_a_negated_act_stays_negated() -> None:
    (claim,) = read(report_of("The office said no foreigner had been sent anywhere.")).claims
    assert claim.polarity == "negated"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "Pavel Orlov kept a diary. “One was called Vasyl. They beat him,” Pavel Orlov said.",
            "Pavel Orlov",
        ),
        (
            "The lawyer, Igor Belov, said that a man told him that guards had beaten him.",
            "Igor Belov",
        ),
        (
            "The maid worked there. The employer, Hassan Marwan, denied that she had been arrested.",
            "Hassan Marwan",
        ),
        (
            "The trial of Pavel Orlov, a guard, opened on Wednesday. Ruslan Aliev, 38, said he was beaten.",
            "Pavel Orlov",
        ),
    ],
)
def test_a_pronoun_makes_nobody_undergo_what_he_tells_of_another(text: str, wrong: str) -> None:
    claims = read(report_of(text)).claims
    assert wrong not in [one.name for claim in claims for one in claim.participants]
