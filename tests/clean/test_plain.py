import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guvoh.clean.decode import decode
from guvoh.clean.plain import read_plain
from guvoh.model.report import MakingKind, PublishedBasis, Report, ReportForm
from guvoh.model.text import ByteSpan, RunKind, Stated

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "forced-to-fight.txt"
ARRIVED = "2024-01-01T00:00:00Z"


def read(text: str | bytes, file: str = "scrape.txt") -> Report:
    data = text.encode() if isinstance(text, str) else text
    (report,), _ = read_plain(hashlib.sha256(data).hexdigest(), file, data, ARRIVED)
    check(report, data)
    return report


def check(report: Report, data: bytes) -> None:
    """What holds for every report: the map fits, and no visible character is lost."""
    at = 0
    for run in report.map.runs:
        assert run.text.start == at
        at = run.text.end
        if run.kind is RunKind.EXACT:
            said = data[run.bytes.start : run.bytes.end].decode(report.map.encoding)
            assert said == report.text[run.text.start : run.text.end]
    assert at == len(report.text)
    covered = bytearray(len(data))
    for span in spans(report):
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    decoded = decode(data)
    for index, char in enumerate(decoded.text):
        if char.isspace() or not char.isprintable():
            continue
        span = decoded.bytes(index, index + 1)
        assert all(covered[span.start : span.end]), (char, decoded.text[max(0, index - 40) : index])


def spans(report: Report) -> list[ByteSpan]:
    found = [run.bytes for run in report.map.runs]
    stated: list[Stated | None] = [
        report.title,
        report.publisher,
        *report.bylines,
        report.published_stated,
    ]
    for image in report.images:
        stated += [image.url, image.credit, image.caption, image.alt]
    found += [one.at for one in stated if one is not None and one.at is not None]
    found += [one.at for one in report.debris if one.at is not None]
    found += [one.at for one in report.making if one.at is not None]
    return found


def reasons(report: Report) -> dict[str, str]:
    return {one.text: one.reason for one in report.debris}


@pytest.mark.skipif(not SEED.exists(), reason="the seed page is not beside this checkout")
def test_the_seed() -> None:
    data = SEED.read_bytes()
    report = read(data)
    text = data.decode()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert report.title is not None
    assert report.title.text == lines[0]
    assert [one.text for one in report.bylines] == ["Abdujalil Abdurasulov"]
    assert report.publisher is not None
    assert report.publisher.text == "BBC News"
    (image,) = report.images
    assert image.credit is not None
    assert image.credit.text == "Getty Images"
    assert image.caption is not None
    assert image.caption.text == lines[6]
    assert image.alt is not None
    assert image.alt.text.startswith("Estos hombres")
    assert image.alt_language == "es"
    assert image.url is not None
    assert image.url.text.startswith("https://ichef")
    assert report.text.split("\n\n") == lines[7:11]
    assert report.language == "en"
    assert report.languages == ()
    assert report.published is None
    assert report.published_basis is PublishedBasis.UNKNOWN
    found = reasons(report)
    assert found["image source,"] == "credit label"
    assert found["Caption,"] == "caption label"
    assert found["Leave a Replay"].startswith("comment prompt, garbled")
    assert {reason for text, reason in found.items() if "=" in text} == {"image markup"}
    assert len(found) == 6


BODY = (
    "The mayor of Riverside said on Friday that thirty men had not come home since the spring.",
    "Their families have waited at the bridge for nine days, and nobody has told them anything.",
    "“We will stay until they answer,” one of the mothers said, and the others nodded.",
)
BODY_RU = (
    "Мэр Приречья сказал в пятницу, что тридцать мужчин не вернулись домой с весны.",
    "Их семьи ждут у моста девятый день, и никто им ничего не сказал о том, где они.",
)


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def test_a_page_with_labels() -> None:
    report = read(
        page(
            "Home",
            "World",
            "# River town counts its missing men",
            "By Anora Bekova and Karim Davlatov, Riverside News",
            "Published 5 March 2023, 10:15 GMT",
            "Source: https://riverside.example/2023/03/05/missing",
            *BODY,
            "Read more: The bridge at Riverside is closed",
            "Translated by Sitora Egamova",
            "With information from Hillside Radio",
            "© 2023 Riverside News. All rights reserved.",
            "Share this article",
            "Comments (12)",
        )
    )
    assert report.title is not None
    assert report.title.text == "River town counts its missing men"
    assert [one.text for one in report.bylines] == ["Anora Bekova", "Karim Davlatov"]
    assert report.publisher is not None
    assert report.publisher.text == "Riverside News"
    assert report.published == "2023-03-05T10:15:00Z"
    assert report.published_basis is PublishedBasis.STATED
    assert report.url == "https://riverside.example/2023/03/05/missing"
    assert report.text.split("\n\n") == list(BODY)
    assert [(one.kind, one.name) for one in report.making] == [
        (MakingKind.CANONICAL, report.url),
        (MakingKind.TRANSLATOR, "Sitora Egamova"),
        (MakingKind.CREDIT, "Hillside Radio"),
        (MakingKind.COPYRIGHT, "Riverside News"),
    ]
    assert set(reasons(report).values()) == {
        "navigation",
        "link to another page",
        "sharing links",
        "comment prompt",
    }


HEADS = [
    ("Por Ana Ejemplo\n\n5 de marzo de 2023", "Ana Ejemplo", "2023-03-05", "es"),
    ("Par Anne Exemple\n\nPublié le 5 mars 2023", "Anne Exemple", "2023-03-05", "fr"),
    ("Автор: Анна Примерова\n\nОпубликовано 5 марта 2023 г.", "Анна Примерова", "2023-03-05", "ru"),
    ("Muallif: Anora Bekova\n\n2023-yil 5-mart", "Anora Bekova", "2023-03-05", "uz"),
    ("Муаллиф: Анора Бекова\n\n5 март 2023 йил", "Анора Бекова", "2023-03-05", "uz-Cyrl"),
    ("Муаллиф: Анора Бекова\n\n5 марти соли 2023", "Анора Бекова", None, "tg"),
    ("Автор: Айгүл Үлгүева\n\n2023-жылдын 5-марты", "Айгүл Үлгүева", None, "ky"),
    ("Yazan: Ayşe Örnek\n\n5 Mart 2023", "Ayşe Örnek", "2023-03-05", "tr"),
    ("Автор: Ганна Зразкова\n\n5 березня 2023 року", "Ганна Зразкова", "2023-03-05", "uk"),
]


@pytest.mark.parametrize(("head", "name", "published", "_language"), HEADS)
def test_bylines_and_dates_in_many_languages(
    head: str, name: str, published: str | None, _language: str
) -> None:
    report = read(page("Тридцать мужчин / Thirty men", head, *BODY))
    assert [one.text for one in report.bylines] == [name]
    if published:
        assert report.published == published


@pytest.mark.parametrize(
    ("lines", "credit", "caption"),
    [
        (["image source, Hillside Photos", "Image caption, The bridge in May"], "Hillside Photos", "The bridge in May"),
        (["Автор фото, Getty Images", "Подпись к фото,", "Мост в мае"], "Getty Images", "Мост в мае"),
        (["Fuente de la imagen, Getty Images", "Pie de foto, El puente"], "Getty Images", "El puente"),
        (["Crédit photo, Hillside Photos", "Légende image, Le pont"], "Hillside Photos", "Le pont"),
        (["Сурат манбаси, Getty Images", "Сурат тагсўзи, Кўприк"], "Getty Images", "Кўприк"),
        (["Фото: Анна Примерова"], "Анна Примерова", None),
        (["Caption,", "The bridge in May.", "Getty Images"], "Getty Images", "The bridge in May."),
    ],
)  # fmt: skip
def test_one_image_has_what_stands_together(
    lines: list[str], credit: str, caption: str | None
) -> None:
    report = read(page("River town counts its missing men", *lines, *BODY))
    (image,) = report.images
    assert image.credit is not None
    assert image.credit.text == credit
    assert (image.caption.text if image.caption else None) == caption
    assert report.text.split("\n\n") == list(BODY)


def test_two_images_stay_apart() -> None:
    report = read(
        page("Title of a page", "Photo: Anora Bekova", BODY[0], "Photo: Karim Davlatov", BODY[1])
    )
    assert [one.credit.text for one in report.images if one.credit] == [
        "Anora Bekova",
        "Karim Davlatov",
    ]


def test_remains_of_markup() -> None:
    report = read(
        page(
            "River town counts its missing men",
            '<img srcset="https://pics.example/a-320.jpg 320w, https://pics.example/a-800.jpg 800w" '
            'alt="El puente de la ciudad, visto desde el norte en mayo" data-credit="Hillside Photos"/>',
            *BODY,
        )
    )
    (image,) = report.images
    assert image.url is not None
    assert image.url.text == "https://pics.example/a-800.jpg"
    assert image.alt is not None
    assert image.alt.text == "El puente de la ciudad, visto desde el norte en mayo"
    assert image.alt_language == "es"
    assert image.credit is not None
    assert image.credit.text == "Hillside Photos"


def test_wrapped_lines_become_paragraphs() -> None:
    wrapped = """River town counts its missing men

The mayor of Riverside said on Friday that thirty men had not
come home since the spring. Their families have waited at the
bridge for nine days, and nobody has told them anything about
where the men are.

A well-known lawyer said that she had asked for the register
three times. Nobody had answered her, she said, and the over-
worked clerks sent her away.
"""
    report = read(wrapped)
    first, second = report.text.split("\n\n")
    assert first.startswith(
        "The mayor of Riverside said on Friday that thirty men had not come home"
    )
    assert first.endswith("where the men are.")
    assert "the over-worked clerks" in second
    assert {run.kind for run in report.map.runs} == set(RunKind)


def test_lines_that_are_paragraphs_stay_apart() -> None:
    report = read("River town counts its missing men\n" + "\n".join(BODY))
    assert report.text.split("\n\n") == list(BODY)


def test_title_with_its_outlet() -> None:
    report = read(page("River town counts its men | Riverside News", *BODY))
    assert report.title is not None
    assert report.title.text == "River town counts its men"
    assert report.publisher is not None
    assert report.publisher.text == "Riverside News"


def test_a_line_between_bars() -> None:
    report = read(
        page("River town counts its men", "Anora Bekova | Riverside News | 5 March 2023", *BODY)
    )
    assert [one.text for one in report.bylines] == ["Anora Bekova"]
    assert report.publisher is not None
    assert report.publisher.text == "Riverside News"
    assert report.published == "2023-03-05"


def test_nothing_is_invented() -> None:
    report = read(page("River town counts its missing men", *BODY))
    assert report.publisher is None
    assert report.bylines == ()
    assert report.published is None
    assert report.url is None
    assert report.images == ()
    assert report.making == ()
    assert report.debris == ()


def test_a_date_in_the_address_is_a_guess() -> None:
    report = read(page("River town", "https://riverside.example/2023/03/05/men", *BODY))
    assert report.published == "2023-03-05"
    assert report.published_basis is PublishedBasis.GUESSED
    assert report.publisher is not None
    assert report.publisher.text == "riverside.example"


def test_a_date_of_an_update_is_not_publication() -> None:
    report = read(page("River town counts its men", "Updated 7 March 2023", *BODY))
    assert report.published is None


def test_text_alone_has_no_title() -> None:
    report = read(" ".join(BODY))
    assert report.title is None
    assert report.text == " ".join(BODY)


def test_agency_slugs_stay_in_the_text_and_are_said() -> None:
    report = read(
        page("River town counts its men", f"RIVERSIDE, March 5 (Reuters) - {BODY[0]}", BODY[1])
    )
    (made,) = report.making
    assert (made.kind, made.name) == (MakingKind.AGENCY, "Reuters")
    assert "(Reuters)" in report.text
    russian = read(page("Город считает мужчин", f"ПРИРЕЧЬЕ, 5 мар — РИА Новости. {BODY_RU[0]}"))
    assert [one.name for one in russian.making] == ["РИА Новости"]


def test_comments_are_cut_and_kept() -> None:
    report = read(
        page("River town", *BODY, "Leave a comment", "I saw them leave. Shame on us all!")
    )
    assert report.text.split("\n\n") == list(BODY)
    assert reasons(report)["I saw them leave. Shame on us all!"] == "after the comment prompt"


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("Leave a Replay", "comment prompt"),
        ("Leeve a comment", "comment prompt"),
        ("Оставить коментарий", "comment prompt"),
        ("Deja un comentaro", "comment prompt"),
        ("Izoh qoldrish", "comment prompt"),
        ("Bizga obuna bo‘ling", "newsletter"),
        ("Поделиться", "sharing links"),
        ("Подпишитесь на наш телеграм-канал", "newsletter"),
        ("We use cookies to improve this site", "cookie"),
        ("ADVERTISEMENT", "advertising"),
    ],
)
def test_prompts_at_the_end(prompt: str, kind: str) -> None:
    report = read(page("River town counts its missing men", *BODY, prompt))
    assert report.text.split("\n\n") == list(BODY)
    assert reasons(report)[prompt].startswith(kind)


@pytest.mark.parametrize(
    "line",
    [
        "Photo finishes are rare in Riverside, but Friday’s race had one.",
        "Share prices fell in the two markets on the day after the register was closed.",
        "By the bridge the women waited, and by nightfall there were ninety of them.",
        "Сurfew or not, the women stayed.",
        "Comments by the mayor did not help.",
        "Related families have been told to wait at home, the mayor’s office said.",
        "Live ammunition was found near the bridge.",
        "Home to nine hundred people, Riverside is a quiet town.",
        "Автор этих строк видел мост сам.",
        "Фото, которые показала мать, сделаны весной, и на них видно форму.",
        "Por la tarde llegaron más familias al puente.",
        "Tags were cut from their clothes.",
    ],
)
def test_sentences_are_not_taken_for_furniture(line: str) -> None:
    report = read(page("River town counts its missing men", BODY[0], line, BODY[1]))
    assert report.text.split("\n\n") == [BODY[0], line, BODY[1]]


def test_turns() -> None:
    lines = [
        "Anora: When did the bus come?",
        "Karim: In the evening, when it was dark already.",
        "Anora: Who was in it?",
        "Karim: Nine men. I knew two of them.",
    ]
    report = read(page("The bus in the evening: an interview", *lines))
    assert report.form is ReportForm.TURNS
    assert report.text.split("\n\n") == lines
    assert read(page("River town", *BODY)).form is ReportForm.ARTICLE


def test_a_paragraph_in_another_language() -> None:
    report = read(page("River town counts its missing men", *BODY, BODY_RU[0] + " " + BODY_RU[1]))
    assert report.language == "en"
    assert [language for _, language in report.languages] == ["ru"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings(encoding: str) -> None:
    text = page("Город считает мужчин", "Автор: Анна Примерова", *BODY_RU)
    report = read(text.encode(encoding))
    assert report.title is not None
    assert report.title.text == "Город считает мужчин"
    assert report.text.split("\n\n") == list(BODY_RU)


@pytest.mark.parametrize(
    "data",
    [b"", b"\n \t\n", b"\xff\xfe", b"\0\0\0"],
)
def test_nothing_to_read_is_said(data: bytes) -> None:
    reports, findings = read_plain("0" * 64, "x.txt", data, ARRIVED)
    assert len(findings) == 1 or reports
    assert all(one.problem for one in findings)


def test_bad_bytes_are_said_and_the_rest_read() -> None:
    data = page("River town counts its men", *BODY).encode() + "\n\nfin \xff\xfe é".encode(
        "latin-1"
    )
    reports, findings = read_plain("0" * 64, "x.txt", data, ARRIVED)
    assert BODY[0] in reports[0].text
    assert [(one.kind, one.problem) for one in findings] == [
        ("encoding-guessed", False),
        ("bad-bytes", True),
    ]


LINES = st.sampled_from(
    [
        "River town counts its missing men",
        "# A heading",
        "  • Anora Bekova",
        "  • Riverside News",
        "By Anora Bekova",
        "Автор: Анна Примерова, Вести",
        "5 марта 2023",
        "Published 5 March 2023 | Updated 6 March 2023",
        "Anora Bekova | Riverside News | 5 March 2023",
        "Source: https://riverside.example/2023/03/05/men",
        "https://riverside.example/other",
        'x 240w, https://p.example/b.jpg 320w" alt="El puente" attribution="Hillside" src="https://p.example/c.jpg"/>',
        "image source, Getty Images",
        "Getty Images",
        "Caption,",
        "Image caption, The bridge",
        "Photo:",
        "Read more:",
        "Related",
        "Share",
        "Leave a Replay",
        "Translated by Sitora Egamova",
        "© 2023 Riverside News",
        "Home",
        "Title:",
        "Anora: Yes, they came.",
        "",
        "",
        *BODY,
        *BODY_RU,
        "w" * 300,
        "two  blanks\tand a tab",
        "bad \x00 byte \x0c and \u2028 break \ufffd",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_no_character_is_lost(lines: list[str], end: str) -> None:
    data = end.join(lines).encode()
    reports, findings = read_plain("0" * 64, "x.txt", data, ARRIVED)
    assert reports or findings
    for report in reports:
        check(report, data)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_kept_whole(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    reports, findings = read_plain("0" * 64, "x.txt", data, ARRIVED)
    assert reports or findings
    for report in reports:
        check(report, data)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "a " * 1_000_000,
        'a="' * 400_000,
        "x 1w, " * 300_000,
        "x" * 1_000_000 + " 240w,",
        "<" * 1_000_000,
        "Read more:\n" * 50_000,
        "Caption,\n" * 50_000,
        "A: b\n" * 100_000,
        "1:" * 500_000,
        "• \n" * 100_000,
        "Share\n" * 100_000,
        "(((((" * 100_000,
        "a | " * 200_000,
        "\n" * 2_000_000 + "a",
    ],
)
def test_no_text_takes_more_than_its_share(text: str) -> None:
    start = time.process_time()
    read_plain("0" * 64, "x.txt", text.encode(), ARRIVED)
    assert time.process_time() - start < 6
