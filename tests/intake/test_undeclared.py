import time

import pytest

from guvoh.intake.undeclared import suspicion

# Everything here is made up. Each private text is followed by what it is.
PRIVATE: list[tuple[str, str, str]] = [
    (
        "transcript",
        "text/plain",
        """Interview transcript, 14 May
Interviewer: When did they come for him?
Respondent: In the night. I was asleep.
Interviewer: Who came?
Respondent: Men from the office, I think three.""",
    ),
    (
        "transcript",
        "text/plain",
        """Q: Where were you held?
A: In a garage near the station.
Q: For how long?
A: Nine days, maybe ten.
Q: Were there others?
A: Two. One spoke Kyrgyz.""",
    ),
    (
        "transcript",
        "text/plain",
        """Interview with a returnee
Madina: You said that they took the papers first.
Bakyt: Yes. All the papers.
Madina: And then?
Bakyt: Then a bus. We did not know where to.
Madina: Did anybody refuse?
Bakyt: One did. I have not seen him since.""",
    ),
    (
        "transcript",
        "text/plain",
        """[00:00:04] Speaker 1: Can you hear me?
[00:00:07] Speaker 2: Yes.
[00:00:09] Speaker 1: Please begin with the day you left.
[00:00:15] Speaker 2: It was a Monday.""",
    ),
    (
        "transcript",
        "text/plain",
        """Расшифровка беседы от 12 июня
Вопрос: Когда вас задержали?
Ответ: Зимой, точно не помню.
Вопрос: Кто это был?
Ответ: Они не представились.""",
    ),
    (
        "transcript",
        "text/plain",
        """Интервьюер: Расскажите, как всё началось.
Респондент: Позвонил двоюродный брат.
Интервьюер: Что он сказал?
Респондент: Что есть работа на стройке.""",
    ),
    (
        "transcript",
        "text/plain",
        """Transcripción de la entrevista
Entrevistadora: ¿Cuándo salió de su pueblo?
Testigo: En enero, con mi primo.
Entrevistadora: ¿Quién pagó el viaje?
Testigo: Un hombre que no conocía.""",
    ),
    (
        "transcript",
        "text/plain",
        """Suhbat bayoni
Savol: Sizni qayerga olib borishdi?
Javob: Bilmayman, qorong'i edi.
Savol: Necha kishi edingiz?
Javob: To'qqiz kishi.""",
    ),
    (
        "transcript",
        "text/plain",
        """Савол: Сизни қаерга олиб боришди?
Жавоб: Билмайман, қоронғи эди.
Савол: Неча киши эдингиз?
Жавоб: Тўққиз киши.""",
    ),
    (
        "transcript",
        "text/plain",
        """CONFIDENTIAL
Witness statement of D.
I worked at the depot until March.
In March two men asked for volunteers.
Nobody came forward.
They wrote down all our names.""",
    ),
    (
        "chat",
        "text/plain",
        """12/03/2023, 14:05 - Dilshod: where are you
12/03/2023, 14:07 - Rano: at the station
12/03/2023, 14:07 - Dilshod: do not get on the bus
12/03/2023, 14:09 - Rano: why""",
    ),
    (
        "chat",
        "text/plain",
        """[12.03.23, 14:05:09] Рано: ты где
[12.03.23, 14:06:11] Дильшод: на вокзале
[12.03.23, 14:06:40] Рано: не садись в автобус""",
    ),
    (
        "chat",
        "text/plain",
        """Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
hello
are you there""",
    ),
    (
        "chat",
        "text/plain",
        """Rano, [12.03.2023 14:05]
where are you

Dilshod, [12.03.2023 14:06]
at the station

Rano, [12.03.2023 14:07]
wait""",
    ),
    (
        "chat",
        "text/plain",
        """3/12/23, 2:05 PM - Ana: ¿dónde estás?
3/12/23, 2:06 PM - Luis: en la estación
3/12/23, 2:09 PM - Ana: espera""",
    ),
    (
        "chat",
        "application/json",
        """{"name": "Rano", "type": "personal_chat", "messages": [
{"id": 1, "from": "Rano", "from_id": "user1", "date_unixtime": "1678629900", "text": "hello"}]}""",
    ),
    (
        "contacts",
        "text/csv",
        """Name,Phone,Village
Anora B.,+992 900 00 01 01,Riverside
Karim D.,+992 900 00 01 02,Hillside""",
    ),
    (
        "contacts",
        "text/csv",
        """ФИО;Дата рождения;Паспорт
Пример Первый;01.02.1990;AB 0000001
Пример Второй;03.04.1991;AB 0000002""",
    ),
    (
        "contacts",
        "text/csv",
        """Ismi,Familiyasi,Telefon raqami
Anora,Namunaviy,+998 90 000 01 01""",
    ),
    (
        "contacts",
        "text/csv",
        """Nombre;Apellidos;Correo electrónico
Ana;Ejemplo;ana@example.org""",
    ),
    (
        "contacts",
        "text/tab-separated-values",
        "respondent\tage\tnotes\nR1\t34\tfled\nR2\t29\tstayed",
    ),
    ("contacts", "text/vcard", "BEGIN:VCARD\nFN:Anora Example\nEND:VCARD"),
    (
        "contacts",
        "text/plain",
        """Anora  +992 900 00 01 01
Karim  +992 900 00 01 02
Sitora  +992 900 00 01 03
Rustam (brother)  +992 900 00 01 04""",
    ),
    ("contacts", "application/json", '[{"full_name": "Anora Example", "phone": "+992900000101"}]'),
    (
        "names",
        "text/plain",
        """List of those taken
1. Anora Bekova
2. Karim Davlatov
3. Sitora Egamova
4. Rustam Fozilov""",
    ),
    (
        "names",
        "text/plain",
        """Список
1. Примеров Иван Петрович, 1987
2. Образцов Пётр Иванович, 1990
3. Вымышленов Олег Сергеевич, 1979
4. Небылицын Анвар Каримович, 1995""",
    ),
    (
        "names",
        "text/plain",
        """Anora Bekova
Karim Davlatov
Sitora Egamova
Rustam Fozilov
Bobur G'aniyev""",
    ),
    (
        "names",
        "text/plain",
        """Рўйхат:
Анора Бекова
Карим Давлатов
Ситора Эгамова
Рустам Фозилов""",
    ),
]

PUBLIC: list[tuple[str, str]] = [
    ("text/plain", """River town counts its missing men

  • Anora Bekova
  • Riverside News

The town of Riverside has begun to count the men who did not come home.
The mayor said that she would publish the figures in March, after the register is closed.
"We owe it to the families," she said.

Leave a Reply"""),
    ("text/plain", """"They took the papers first": an interview with a returnee
Hillside Radio, 12 May 2023
Hillside Radio: When did they take the papers?
Bakyt: On the first day.
Hillside Radio: And then?
Bakyt: Then a bus came.
Hillside Radio: Where did it go?
Bakyt: North."""),
    ("text/plain", """"Сначала забрали документы"
Источник: https://novosti.example/2023/05/12/intervyu
Корреспондент: Когда забрали документы?
Собеседник: В первый же день.
Корреспондент: А потом?
Собеседник: Потом приехал автобус."""),
    ("text/plain", """Las familias esperan en el puente
Por Ana Ejemplo
5 de marzo de 2023
Las familias esperan desde el lunes en el puente de la ciudad. Nadie les ha dicho nada.
El alcalde dijo que habría noticias pronto. «No sabemos cuándo», añadió.
Para más información: +34 600 000 001"""),
    ("text/plain", """Матери ждут ответа

Матери призывников второй месяц ждут ответа из министерства. Им обещали списки к пятнице.
«Мы никуда не уйдём», — сказала одна из женщин, попросившая не называть её имени.
В министерстве на вопросы не ответили."""),
    ("text/plain", """Onalar javob kutmoqda

Onalar ikkinchi oydan beri vazirlikdan javob kutmoqda. Ularga juma kuni va'da berilgan edi.
Vazirlik savollarga javob bermadi, dedi ayollardan biri."""),
    ("text/plain", """Оналар жавоб кутмоқда

Оналар иккинчи ойдан бери вазирликдан жавоб кутмоқда. Уларга жума куни ваъда берилган эди.
Вазирлик саволларга жавоб бермади, деди аёллардан бири."""),
    ("text/plain", """Market report

Prices in the three markets rose by 4 per cent between 2019 and 2022.
Wheat: 310. Rice: 540. Oil: 1 200 000.
The ministry said that 10 000 000 had been set aside for 2023."""),
    ("text/plain", """What we know so far
Where: the depot on the northern road.
When: late in the evening of 3 March.
Who: a group of about thirty workers.
The company has denied that anyone was held against their will.
Two lawyers have asked to see the records."""),
    ("text/csv", "year,region,convictions\n2019,north,41\n2020,north,52\n2021,south,13"),
    ("text/csv", "date;url;title\n2023-03-05;https://news.example/1;River town counts"),
    ("application/json", '{"title": "River town counts", "url": "https://news.example/1", "text": "…"}'),
    ("text/html", "<p>Q: Where?</p><p>A: Here.</p><p>Q: When?</p><p>A: Now.</p>"),
    ("application/pdf", "%PDF-1.7 Interviewer: Respondent:"),
    ("text/plain", ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "media_type", "text"), PRIVATE)
def test_what_is_private_by_nature_is_suspected(kind: str, media_type: str, text: str) -> None:
    found = suspicion(text.encode(), media_type)
    assert found is not None
    assert found.kind == kind
    assert all(reason.endswith(".") for reason in found.reasons)


@pytest.mark.parametrize(("media_type", "text"), PUBLIC)
def test_what_was_published_is_not(media_type: str, text: str) -> None:
    assert suspicion(text.encode(), media_type) is None


def test_reasons_do_not_quote_the_text() -> None:
    for _, media_type, text in PRIVATE:
        found = suspicion(text.encode(), media_type)
        assert found is not None
        for name in ("Anora", "Dilshod", "Примеров", "Bakyt"):
            assert all(name not in reason for reason in found.reasons)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_other_encodings_hide_nothing(encoding: str) -> None:
    text = PRIVATE[4][2] + "\nВопрос: Что было дальше?\nОтвет: Нас увезли на север, в посёлок.\n"
    assert suspicion(text.encode(encoding), "text/plain") is not None


@pytest.mark.parametrize(
    "text",
    [
        "1" * 300_000,
        "1 " * 150_000,
        "a@" * 150_000,
        "[" * 300_000,
        "12/03/2023, " * 25_000,
        "A:" * 150_000,
        '"' * 300_000,
        "a\n" * 150_000,
        "Ab Cd\n" * 50_000,
        "12:05 " * 50_000,
    ],
)
@pytest.mark.parametrize("media_type", ["text/plain", "application/json"])
def test_no_text_takes_long(text: str, media_type: str) -> None:
    start = time.process_time()
    suspicion(text.encode(), media_type)
    assert time.process_time() - start < 1.5
