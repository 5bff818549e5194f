import pytest

from guvoh.clean.plain_language import languages_of
from guvoh.model.text import Span

TEXTS = {
    "en": "The women have waited at the bridge for nine days, and nobody has told them where the men are.",
    "es": "Las mujeres esperan en el puente desde hace nueve días, y nadie les ha dicho dónde están los hombres.",
    "fr": "Les femmes attendent sur le pont depuis neuf jours, et personne ne leur a dit où sont les hommes.",
    "ru": "Женщины ждут у моста уже девять дней, и никто не сказал им, где их мужья и что с ними было.",
    "uk": "Жінки чекають біля мосту вже дев'ять днів, і ніхто не сказав їм, де їхні чоловіки та що з ними було.",
    "uz": "Ayollar ko'prik yonida to'qqiz kundan beri kutmoqda, lekin hech kim ularga erkaklar haqida hech narsa aytgani yo'q.",
    "uz-Cyrl": "Аёллар кўприк ёнида тўққиз кундан бери кутмоқда, лекин ҳеч ким уларга эркаклар ҳақида ҳеч нарса айтгани йўқ.",
    "tg": "Занҳо дар назди пул нӯҳ рӯз боз интизоранд, вале касе ба онҳо нагуфт, ки мардон дар куҷо ҳастанд.",
    "ky": "Аялдар көпүрөнүн жанында тогуз күндөн бери күтүшөт, бирок эч ким аларга эркектер тууралуу эч нерсе айткан эмес.",
    "tr": "Kadınlar dokuz gündür köprüde bekliyor, ancak kimse onlara erkeklerin nerede olduğunu söylemedi ve söylemiyor.",
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_one_language(language: str) -> None:
    text = TEXTS[language]
    assert languages_of(text, (Span(0, len(text)),)) == (language, ())


@pytest.mark.parametrize("other", [one for one in TEXTS if one != "en"])
def test_a_paragraph_in_another(other: str) -> None:
    text = "\n\n".join((TEXTS["en"], TEXTS["en"], TEXTS[other]))
    first = len(TEXTS["en"])
    spans = (
        Span(0, first),
        Span(first + 2, 2 * first + 2),
        Span(2 * first + 4, len(text)),
    )
    assert languages_of(text, spans) == ("en", ((spans[2], other),))


def test_too_little_is_unknown() -> None:
    assert languages_of("", ()) == ("und", ())
    assert languages_of("12345", (Span(0, 5),)) == ("und", ())


def test_a_paragraph_with_few_function_words_goes_by_the_words_around_it_or_is_identified() -> None:
    home = "Женщины ждут у моста уже девять дней, и никто не сказал им, где рыбаки посёлка и что с ними было."
    same = "Рыбаки посёлка: девять мужчин, женщины посёлка ждут моста, рыбаки ждут дней, девять рыбаков ждут."
    foreign = "Балыкчылардын айылында аялдардын күтүүсү узарып, көпүрөнүн жанындагы жыйындар көбөйүп кеткендигин билдиришти."
    parts = (home, home, same, foreign)
    starts = [sum(len(part) + 2 for part in parts[:at]) for at in range(4)]
    spans = tuple(Span(at, at + len(part)) for at, part in zip(starts, parts, strict=True))
    assert languages_of("\n\n".join(parts), spans) == ("ru", ((spans[3], "ky"),))
