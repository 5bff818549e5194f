"""Reports that have all names and numbers of a sentence, wherever in them these stand."""

from collections.abc import Iterator
from itertools import chain

from guvoh.corroborate.descriptions import place_keys
from guvoh.drafts.compared import Compared, inside
from guvoh.drafts.following import by_words, meant
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.voices import name_in
from guvoh.model.claim import Place, Quantity, Reading, Time
from guvoh.model.report import Report
from guvoh.model.text import Span

_SEVERAL = 2  # names and numbers by which a report is known to tell the same
_DAY = slice(-5, None)  # of a date: drafts and reports may leave out the year


def telling_all(compared: Compared, sentence: Sentence, *, but_one: bool = False) -> list[Report]:
    """Return the reports that have every name and number of a sentence, if it has several; places are no names.

    `but_one`: of more than two one may be missing, as a make of car that is written small.
    """
    key = sentence.span, but_one
    if key not in compared.all_told:
        compared.all_told[key] = _telling(compared, sentence, but_one=but_one)
    return compared.all_told[key]


def _telling(compared: Compared, sentence: Sentence, *, but_one: bool) -> list[Report]:
    names, numbers = compared.names[sentence.span], _numbers(compared, sentence)
    most = len(names) + len(numbers)
    if most < _SEVERAL:
        return []
    spared = 1 if but_one and most > _SEVERAL else 0
    ground, language = compared.ground, compared.draft.language
    ground.look_up(chain.from_iterable(compared.names.values()), language)
    having = [frozenset(ground.having(name, language)) for name in names]
    found: list[Report] = []
    for report in ground.reports.values():
        missing = sum(report.id not in one for one in having)
        if missing <= spared:
            theirs = {(q.low, q.high) for q in ground.readings[report.id].quantities}
            if missing + len(numbers - theirs) <= spared:
                found.append(report)
    return found


def told_before(compared: Compared, sentence: Sentence) -> Iterator[tuple[Report, Span]]:
    """Yield the sentences in much the same words of other originals that its paragraph has spoken of before.

    A sentence in between may have named another outlet, or what a single report has.
    """
    ground = compared.ground
    own = _spoken_of(sentence)
    met = dict.fromkeys(
        report
        for one in compared.sentences
        if one.paragraph == sentence.paragraph and one.span < sentence.span
        for report in _spoken_of(one)
        if report not in own
    )
    for report in (
        ground.reports[one] for one in met if ground.own_word(one, sentence.draft.language)
    ):
        for span, _, _ in by_words(sentence, report, ground):
            yield report, span


def _spoken_of(sentence: Sentence) -> list[str]:
    return [*sentence.beside, *(passage.report.id for passage in sentence.speaking)]


def _numbers(compared: Compared, sentence: Sentence) -> set[tuple[float, float | None]]:
    return {
        (one.low, one.high)
        for one in compared.reading.quantities
        if inside(one.span, sentence.span) and one.low > 1
    }


def kindred(
    compared: Compared, sentence: Sentence, but: Span | None, least: int = _SEVERAL
) -> Iterator[tuple[Report, Span]]:
    """Yield the paragraphs of originals, in any language, that share `least` things with a sentence, beside `but`.

    Things are names, places, days, numbers and meanings. What a draft says there may well be said of the same.
    """
    ground, draft = compared.ground, compared.draft
    own = _things(draft, compared.reading, sentence.span, but)
    if not own and not compared.names[sentence.span]:
        return
    left_out = draft.text[but.start : but.end] if but else ""
    names = [name for name in compared.names[sentence.span] if name not in left_out]
    for report in ground.reports.values():
        if not ground.own_word(report.id, draft.language):
            continue
        reading = ground.readings[report.id]
        for paragraph in report.paragraphs:
            text = report.text[paragraph.start : paragraph.end]
            if (report.id, paragraph) not in compared.things:
                compared.things[report.id, paragraph] = _things(report, reading, paragraph)
            shared = own & compared.things[report.id, paragraph]
            if len(shared) + sum(name_in(name, text) for name in names) >= least:
                yield report, paragraph


def _things(
    report: Report, reading: Reading, span: Span, but: Span | None = None
) -> frozenset[object]:
    """Return what a stretch tells of, but for what stands at another one."""
    keys: list[object] = [*meant(report, span)]
    values: tuple[Quantity | Time | Place, ...] = (
        *reading.quantities,
        *reading.times,
        *reading.places,
    )
    for one in values:
        if inside(one.span, span) and one.span != but:
            match one:
                case Quantity():
                    keys.append((one.low, one.high))
                case Time():
                    keys.append(one.edtf[_DAY])
                case Place():
                    keys += [("place", key) for key in place_keys(one, report.language)]
    return frozenset(keys)
