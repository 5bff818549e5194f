import pytest

from benchmarks.languages import sentences
from guvoh.clean.language import differing, identify, language_of, with_script
from guvoh.model.text import Span

SENTENCES = {
    "en": "The miners went down the shaft before dawn, and nobody asked them whether they agreed.",
    "es": "Los mineros bajaron al pozo antes del amanecer y nadie les preguntó si estaban de acuerdo.",
    "fr": "Les mineurs sont descendus avant l'aube et personne ne leur a demandé leur accord.",
    "ru": "Шахтёры спустились в забой ещё до рассвета, и никто не спросил их согласия.",
    "uk": "Шахтарі спустилися в забій ще до світанку, і ніхто не спитав їхньої згоди.",
    "uz": "Konchilar tong otmasdan shaxtaga tushdilar va hech kim ulardan rozilik so'ramadi.",
    "uz-Cyrl": "Кончилар тонг отмасдан шахтага тушдилар ва ҳеч ким улардан розилик сўрамади.",
    "tg": "Конканҳо пеш аз субҳ ба кон фуромаданд ва ҳеҷ кас аз онҳо розигӣ напурсид.",
    "ky": "Кенчилер таң атканга чейин шахтага түшүштү, бирок алардан эч ким уруксат сураган жок.",
    "tr": "Madenciler şafaktan önce ocağa indiler ve kimse onlara razı olup olmadıklarını sormadı.",
    "sr": "Рудари су сишли у окно пре зоре и нико их није питао да ли пристају на то.",
    "sr-Latn": "Rudari su sišli u okno pre zore i niko ih nije pitao da li pristaju na to.",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_a_sentence_tells_its_language_and_script(language: str, text: str) -> None:
    assert language_of(text, language) == language


@pytest.mark.parametrize("text", ["", "12 34", "Foto", "Ada Vale / K-21"])
def test_too_little_gives_none(text: str) -> None:
    assert identify(text) is None


def test_a_declared_language_does_not_override_the_text() -> None:
    assert language_of(SENTENCES["es"] * 2, "en-GB") == "es"


def test_a_paragraph_in_another_language_is_named() -> None:
    english = " ".join([SENTENCES["en"]] * 2)
    text = "\n\n".join([english, SENTENCES["ru"] + " " + SENTENCES["ru"], english])
    first = len(english) + 2
    spans = [
        Span(0, len(english)),
        Span(first, first + 2 * len(SENTENCES["ru"]) + 1),
        Span(first + 2 * len(SENTENCES["ru"]) + 3, len(text)),
    ]
    assert differing(text, spans, "en") == ((spans[1], "ru"),)


def test_script_is_named_only_where_it_is_not_the_usual_one() -> None:
    assert with_script("uz", "ҳеч ким") == "uz-Cyrl"
    assert with_script("uz", "hech kim") == "uz"
    assert with_script("ru", "Latin letters") == "ru"


@pytest.mark.parametrize(("language", "sentence"), sentences())
def test_a_single_sentence_of_a_report_tells_its_language(language: str, sentence: str) -> None:
    found = language_of(sentence)
    # Croatian, Bosnian and Serbian in Latin letters are one where no word of the sentence parts them.
    assert found in {language, "hr", "bs"} if language == "sr-Latn" else found == language


def test_words_part_close_languages_in_latin_letters() -> None:
    assert language_of("U ponedeljak se u ministarstvu niko nije javio na telefon.") == "sr-Latn"
    assert language_of("U ponedjeljak se u ministarstvu nitko nije javio na telefon.") == "hr"
