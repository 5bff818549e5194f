"""Protected strings in every form: each row of the table is a leak that must be found."""

import base64
import textwrap

import pytest

from guvoh.protect.identity import Identity
from guvoh.protect.leaks import find
from guvoh.protect.registry import Form, Registry

ANVAR = Identity(
    "P-ANVR",
    ("Anvar Karimov", "Anvarjon Sobirovich Karimov"),
    ("+7 912 345 67 89", "a.karim77@example.org", "AB 1234567"),
    (("citizenship", "Tajik"),),
    ("Zulfiya Rahimova",),
    "Timur",
)
GULNARA = Identity("P-GLNR", ("Gulnara Dostoevskaya", "Pavel Gulnarin"))
YURIY = Identity("P-YURI", ("Юрий Щербаков", "Жасур Юлдашев"))
REGISTRY = Registry([ANVAR, GULNARA, YURIY])


def b64(text: str, encoding: str = "utf-8") -> str:
    return base64.b64encode(text.encode(encoding)).decode()


# (what it shows, text)
LEAKS = [
    ("as it is", "Anvar Karimov spoke to us."),
    ("the other way round", "KARIMOV, Anvar"),
    ("surname alone", "The prisoner Karimov spoke."),
    ("given name alone", "A man called Anvar spoke."),
    ("an alias", "Anvarjon Sobirovich spoke."),
    ("patronymic alone", "Sobirovich spoke."),
    ("initial and surname", "A. Karimov spoke."),
    ("lower case", "we met anvar karimov there"),
    ("upper case", "WE MET ANVAR KARIMOV THERE"),
    ("possessive", "Karimov's father"),
    ("plural", "The Karimovs left."),
    ("Cyrillic", "Анвар Каримов рассказал."),
    ("Uzbek Cyrillic", "Анвар Каримов сўзлади."),
    ("genitive", "со слов Анвара Каримова"),
    ("dative", "сказал Анвару Каримову"),
    ("instrumental", "вместе с Каримовым"),
    ("prepositional", "речь о Каримове"),
    ("plural cases", "у Каримовых"),
    ("feminine surname in a case", "с Гульнарой Достоевской"),
    ("accusative of a feminine name", "видели Гульнару"),
    ("fleeting vowel", "у Павла Гульнарина"),
    ("Ukrainian case", "розповів Каримову"),
    ("Serbian case", "sa Karimovom"),
    ("Uzbek case", "Karimovning otasi"),
    ("Uzbek plural and case", "Anvarlarni ko‘rdik"),
    ("another romanisation", "Anwar Kerimov"),
    ("an old romanisation", "Karimoff"),
    ("Cyrillic letters in a Latin name", "K\u0430rim\u043ev"),
    ("Latin letters in a Cyrillic name", "K\u0430pимов"),
    ("Greek letters", "\u039aarim\u03bfv"),
    ("digits for letters", "K4rim0v"),
    ("zero-width space", "Kari\u200bmov"),
    ("soft hyphen", "Kari\u00admov"),
    ("word joiner", "K\u2060arimov"),
    ("tag characters", "Kari\U000e0041mov"),
    ("decomposed accents", "Ka\u0301rimov"),
    ("full width", "\uff2barimov"),
    ("mathematical letters", "𝐊𝐚𝐫𝐢𝐦𝐨𝐯"),
    ("hyphen at the end of a line", "Kari-\nmov"),
    ("broken over lines", "Kari\nmov"),
    ("first and last name over lines", "Anvar\n\nKarimov"),
    ("spaced out", "K a r i m o v spoke"),
    ("dotted out", "K.a.r.i.m.o.v spoke"),
    ("parted by a tag", "Kari<b>mov</b>"),
    ("parted by a comment", "Kari<!-- x -->mov"),
    ("HTML entities", "&#75;arimov"),
    ("percent escapes", "https://example.org/%4barimov"),
    ("percent escapes twice", "https://example.org/%254barimov"),
    ("HTML entities twice", "&amp;#75;arimov"),
    ("escapes of JSON", r'{"headline": "\u041a\u0430\u0440\u0438\u043c\u043e\u0432 speaks"}'),
    ("escapes of a script", r"var who = '\x4barimov'"),
    ("escapes of a newer script", r"var who = '\u{4b}arimov'"),
    ("escapes of an old script", "unescape('%u041a%u0430%u0440%u0438%u043c%u043e%u0432')"),
    (
        "entities of a picture's words",
        '<img src="a.jpg" alt="&#1050;&#1072;&#1088;&#1080;&#1084;&#1086;&#1074;">',
    ),
    ("escapes of an address in a tag", '<a href="https://example.org/%4barimov">here</a>'),
    ("a host's name", "https://" + "каримов".encode("idna").decode() + ".example/"),
    ("base64", b64("Karimov spoke to us.")),
    ("base64 of Cyrillic", b64("со слов Анвара")),
    ("base64 of UTF-16", b64("Karimov spoke", "utf-16-le")),
    (
        "base64 over lines",
        "\n".join(textwrap.wrap(b64("They came at night, and Karimov spoke. " * 4), 76)),
    ),
    ("base64 in an address", "https://example.org/see/" + b64("who=Karimov") + "?page=2"),
    ("base64 in a tag", f'<img src="data:text/plain;base64,{b64("We met Karimov")}">'),
    ("base64 twice", b64(b64("We met Karimov there"))),
    ("hexadecimal", b"Karimov".hex()),
    ("shown from right to left", "\u202evomiraK\u202c"),
    ("letters in circles", "Ⓚⓐⓡⓘⓜⓞⓥ"),
    ("flags for letters", "🇰🇦🇷🇮🇲🇴🇻"),
    ("Cherokee letters in a Latin name", "\u13e6arimov"),
    ("Cyrillic read as Latin", "Êàðèìîâ"),
    ("UTF-8 read as Latin", "Каримов".encode().decode("cp1252", "replace")),
    ("a sign of an address in words", "a.karim77 (at) example.org"),
    ("an address in words", "write to a.karim77 at example dot org"),
    ("as French writes it", "Karimof"),
    ("a pet name of a whole name", "Анварчик"),
    ("Greek", "Ο Ανβάρ Καρίμοφ μίλησε"),
    ("Greek surname in a case", "του Καρίμοβ"),
    ("Hebrew", "אנוור קרימוב דיבר"),
    ("Hebrew otherwise", "אנואר כרימוב"),
    ("Hebrew surname after a preposition", "אמרו לקרימוב"),
    ("Hebrew with points", "קָרִימוֹב"),
    ("Arabic", "قال أنور كريموف"),
    ("Arabic surname", "والد كاريموف"),
    ("Persian", "انور کریموف"),
    ("Georgian", "ანვარ კარიმოვი"),
    ("Armenian", "Անվար Կարիմով"),
    ("Hindi", "अनवर करीमोव"),
    ("quoted-printable", "=D0=9A=D0=B0=D1=80=D0=\n=B8=D0=BC=D0=BE=D0=B2"),
    ("in an address", "https://example.org/2031/anvar-karimov-testimony"),
    ("in a file name", "interview_karimov_final.docx"),
    ("hashtag", "#AnvarKarimov"),
    ("account name", "@anvarkarimov1980"),
    ("initial and surname in one", "akarimov@example.com"),
    ("surname first in one", "karimovanvar.jpg"),
    ("telephone as given", "call +7 912 345 67 89"),
    ("telephone otherwise", "call 8 (912) 345-67-89"),
    ("e-mail", "write to A.Karim77@Example.org"),
    ("document number", "passport AB1234567"),
    ("relative", "his mother Zulfiya Rahimova"),
    ("relative in a case", "от Зульфии Рахимовой"),
    ("escapes of a style sheet", r'.x::after{content:"\4b arimov"}'),
    ("octal escapes", r"var who = '\113arimov'"),
    ("HTML entities without their semicolon", "&#75arimov"),
    ("percent escapes of windows-1251", "%CA%E0%F0%E8%EC%EE%E2"),
    ("tags of a forum", "Kari[b]mov[/b]"),
    ("letters by their numbers", "String.fromCharCode(75,97,114,105,109,111,118)"),
    ("letters by hexadecimal numbers", "4b 61 72 69 6d 6f 76"),
    ("hexadecimal with its sign", "0x" + b"Karimov".hex()),
    ("UTF-7", "+BBoEMARABDgEPAQ+BDI-"),
    ("UTF-8 read as windows-1251", "Каримов".encode().decode("cp1251", "replace")),
    ("UTF-8 read as DOS Cyrillic", "Каримов".encode().decode("cp866")),
    ("KOI8-R read as windows-1251", "Каримов".encode("koi8-r").decode("cp1251")),
    ("windows-1251 read as KOI8-R", "Каримов".encode("cp1251").decode("koi8-r")),
    ("a sign for a letter", "Kar!mov"),
    ("in a picture's address among others", '<img srcset="/i/karimov-300.jpg 300w">'),
    ("in a tag's data", '<div data-who="anvar-karimov"></div>'),
    ("in JSON-LD", '<script type="application/ld+json">{"name":"A. Karimov"}</script>'),
    ("over the cells of a table", "<tr><td>Anvar</td><td>Karimov</td></tr>"),
    ("each letter in a tag", "".join(f"<i>{letter}</i>" for letter in "Karimov")),
    ("written together with a word", "interviewkarimov.mp3"),
    ("a path of Windows", r"C:\Users\akarimov\Desktop\notes.docx"),
    ("Czech", "Kdo je Anvar Kařimov? Mluvil s Karimovem"),
    ("Croatian", "Šta je rekao Anvar Karimov-Žarić"),
    ("Turkish, parted by an apostrophe", "Karimov'un babası"),
    ("Kazakh case", "Каримовтың әкесі"),
    ("as Italian writes it", "Carimov"),
    ("the end of a telephone number", "call 345-67-89"),
    ("a telephone with signs unseen", "912\u200b345\u200b6789"),
    ("an address with a label", "a.karim77+press@example.org"),
    ("shown backwards by a tag", '<bdo dir="rtl">vomiraK</bdo>'),
    ("letters by their code points", " ".join(f"U+{ord(letter):04X}" for letter in "Каримов")),
    ("letters by octal numbers", "113 141 162 151 155 157 166"),
    ("letters by binary numbers", " ".join(f"{one:08b}" for one in b"Karimov")),
    ("base32", base64.b32encode(b"Karimov spoke").decode()),
    (
        "a word of a header in KOI8-R",
        f"=?koi8-r?B?{base64.b64encode('Каримов'.encode('koi8-r')).decode()}?=",
    ),
    ("a word of a header in windows-1251", "=?windows-1251?Q?=CA=E0=F0=E8=EC=EE=E2?="),
    ("percent escapes of entities", "".join(f"%26%23{ord(letter)}%3B" for letter in "Каримов")),
    ("percent escapes of KOI8-R", "%EB%C1%D2%C9%CD%CF%D7"),
    ("long escapes of Python", "".join(f"\\U{ord(letter):08x}" for letter in "Каримов")),
    ("escapes of RTF", r"\'ca\'e0\'f0\'e8\'ec\'ee\'e2"),
    ("numbers of RTF", "".join(f"\\u{ord(letter)}?" for letter in "Каримов")),
    ("octal escapes of UTF-8", "".join(f"\\{one:03o}" for one in "Каримов".encode())),
    ("accents of TeX", r"Juri \v{S}\v{c}erbakov"),
    ("after the small word of French", "L’ami d’Anvar a parlé."),
    ("typed on a keyboard of the other script", "Cnjk Oth,frjd ds[jlbk"),
    ("the same, the other way", "Лфкшьщм"),
    ("a patronymic as Uzbek writes it", "Sobir o‘g‘li keldi"),
    ("a patronymic as Tajik writes it", "Собирзода"),
    ("Kyrgyz dative", "Каримовго айтты"),
    ("Uzbek possessive", "Karimovimiz"),
    ("Finnish case", "Karimovin"),
    ("a telephone with low lines", "912_345_67_89"),
    ("a flag for what is withheld", "Timur 🇹🇯 was taken."),
    ("Coptic letters in a Latin name", "K\u2c81rim\u2c9fv"),
    ("Canadian syllabics", "K\u15e9\u1587im\u15f0v".replace("\u15f0", "o")),
    ("Cherokee alone", "\u13e6\u13aa\u13d2\u13c6\u13b7\u13be\u13d9"),
    ("a Hebrew letter for o", "Karim\u05e1v"),
    ("a digit of another script for o", "Karim\u0665v"),
    ("small capitals", "\u1d0b\u1d00\u0280\u026a\u1d0d\u1d0f\u1d20"),
    ("raised letters", "\u1d37\u1d43\u02b3\u1da6\u1d50\u1d52\u1d5b"),
    ("struck out", "K\u0336a\u0336r\u0336i\u0336m\u0336o\u0336v\u0336"),
    ("stars between letters", "K*a*r*i*m*o*v"),
    ("a picture among letters", "Kari\U0001f642mov"),
    ("twice in one word", "KarimovKarimov"),
    ("withheld beside the pseudonym", "Timur, a Tajik, was taken."),
    ("withheld, as the country", "Timur is a citizen of Tajikistan."),
    ("withheld, in another language", "Тимур, гражданин Таджикистана, рассказал."),
    ("withheld beside the code", "P-ANVR is Tajik."),
]


@pytest.mark.parametrize("text", [text for _, text in LEAKS], ids=[what for what, _ in LEAKS])
def test_every_form_is_found(text: str) -> None:
    found = find(REGISTRY, text)
    assert any(leak.certain for leak in found) or all(
        char.islower() for char in text if char.isalpha()
    )
    assert found
    for leak in found:
        assert 0 <= leak.span.start < leak.span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Juri Schtscherbakow sprach.",
        "Iouri Chtcherbakov a parlé.",
        "Jurij Ščerbakov je rekao.",
        "Mówił Jurij Szczerbakow.",
        "Žasur Juldašev",
        "Djassour Iouldachev",
    ],
)
def test_a_name_is_found_as_other_languages_spell_it(text: str) -> None:
    found = find(REGISTRY, text)
    assert len([leak for leak in found if leak.certain and leak.codes == ("P-YURI",)]) == 2


def test_an_everyday_word_that_is_only_spelt_alike_is_no_name() -> None:
    registry = Registry([Identity("P-1111", ("Timur Petrov", "Marat Daler"))])
    assert find(registry, "The timer rang. С 3 марта, said the dealer.") == ()
    assert len(find(registry, "The call was for timur, then for marat.")) == 2


def test_everyday_words_of_what_is_withheld_are_left_alone() -> None:
    withheld = (("home", "a town of the north, Isfara"), ("age", "34"), ("born", "1989"))
    registry = Registry([Identity("P-1111", ("Timur Petrov",), (), withheld)])
    text = "Timur, 34, born in 1989, is of Isfara, a town."
    told = {text[leak.span.start : leak.span.end]: leak.certain for leak in find(registry, text)}
    assert told == {"Timur": True, "34": False, "1989": True, "Isfara": True}


def test_dotted_initials_may_be_anyone() -> None:
    (leak,) = find(REGISTRY, "According to A.K., nobody came.")
    assert (leak.form, leak.certain, leak.codes) == (Form.INITIALS, False, ("P-ANVR",))


@pytest.mark.parametrize(
    "text",
    [
        "Karim and Amir left Karaganda.",
        "Every Tajik has a right to leave.",
        "The governor of the Vladimir region denied it.",
        "In 2019, 1,234,567 people lived there.",
        "הכרם הגדול ליד הכפר",  # Hebrew and Arabic words of the consonants of "Karim"
        "الكرم والكرامة في مكارم الأخلاق",
        "Les élèves âgés de Québec",
        "3f786850e387550fdab836ed7e6dc881de23001b",
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
        "",
        "\u200b\u200b",
    ],
)
def test_what_is_no_leak_is_left_alone(text: str) -> None:
    assert find(REGISTRY, text) == ()


def test_two_people_of_one_name_are_both_meant() -> None:
    registry = Registry(
        [Identity("P-1111", ("Aziz Umarov",)), Identity("P-2222", ("Aziz Umarov",))]
    )
    assert {code for leak in find(registry, "Aziz Umarov") for code in leak.codes} == {
        "P-1111",
        "P-2222",
    }


def test_a_name_that_is_a_common_word_is_certain_only_as_a_name() -> None:
    registry = Registry([Identity("P-ROSE", ("Will May",))])
    assert find(registry, "They will come and it may rain there.") == ()
    assert any(leak.form is Form.NAME for leak in find(registry, "Will May came."))
    assert any(leak.form is Form.NAME for leak in find(registry, "we saw will may there"))


def test_one_part_in_small_letters_is_certain_unless_it_is_a_common_word() -> None:
    (leak,) = find(REGISTRY, "they took anvar away")
    assert leak.certain


def test_marks_piled_on_a_letter_take_no_time() -> None:
    piled = "a" + "\u0301\u0323" * 200_000
    assert len(find(REGISTRY, f"Kari{piled} {piled} Karimov")) == 1


def test_an_empty_registry_finds_nothing() -> None:
    assert find(Registry(()), "Anvar Karimov") == ()


def test_a_leak_stands_where_it_says() -> None:
    text = "In late April Kari\u200bmov spoke."
    (leak,) = find(REGISTRY, text)
    assert text[leak.span.start : leak.span.end] == "Kari\u200bmov"
