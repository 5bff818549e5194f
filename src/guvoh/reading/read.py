"""From a report to its reading: the steps in order."""

from dataclasses import replace

from guvoh.languages.lexicon import load, nearest
from guvoh.model.claim import Place, Quantity, Reading, SourceKind, Time
from guvoh.model.finding import Finding
from guvoh.model.report import Report, ReportForm
from guvoh.model.tagging import Tagging
from guvoh.model.text import Span
from guvoh.reading.acts import find_acts
from guvoh.reading.attribution import find_sayings
from guvoh.reading.cast import Cast, Entity
from guvoh.reading.chains import find_chains
from guvoh.reading.claims import Mentions, Scene, make_claims
from guvoh.reading.coming import dated_ahead
from guvoh.reading.kin_meant import settle_kin
from guvoh.reading.layout import Layout, lay_out
from guvoh.reading.lexicon import lexicon_of
from guvoh.reading.marked import marked
from guvoh.reading.opinion import follow, opinion_findings
from guvoh.reading.passage import passage_of
from guvoh.reading.people import find_cast
from guvoh.reading.persons import make_people
from guvoh.reading.places import find_places
from guvoh.reading.quantities import find_quantities
from guvoh.reading.restored import lost_case, restore_case
from guvoh.reading.times import find_mentions, times_of
from guvoh.reading.turns import Turn, find_turns
from guvoh.reading.voices import Chained, Voice
from guvoh.reading.withheld import mark_asked, mark_called, mark_withheld, settle_pseudonyms
from guvoh.resolve.places import NO_PLACES, OwnPlaces

_LONGEST_BYLINE = 120  # characters


def read(report: Report, tagging: Tagging | None = None, own: OwnPlaces = NO_PLACES) -> Reading:
    """Return what `report` says: its claims, everything it mentions, and what could not be read.

    `own` are the places of the user's list. `tagging` is what the encoder marked in the report's
    text: a second opinion on who says what, and names where capitals are lost. Without it the rules
    read alone.
    """
    language = report.language
    text, restored = _with_case(report, tagging)
    times, quantities, places, unread = _measures(report, text, own)
    turns, loose = _turns(report, text)
    paragraphs = _paragraphs(turns, loose)
    layout = lay_out(text, paragraphs, language)
    named = _tokens(layout, [place.span for place in places])
    cast = find_cast(layout, named, _tokens(layout, _signed(report)))
    mark_withheld(layout, cast)
    mark_called(layout, cast)
    settle_pseudonyms(cast)
    spoken = _turn_units(layout, turns)
    silent = {unit for unit, turn in spoken.items() if turns[turn].role == "interviewer"}
    answers = (layout.units[unit].tokens for unit in spoken if unit not in silent)
    cast.spoken = frozenset(k for tokens in answers for k in range(*tokens))
    heard = marked(layout, tagging)
    voices = _turn_voices(cast, turns, layout)
    relayed = frozenset(
        k for k, turn in enumerate(turns) if turn.role == "interpreter" and len(voices[k]) > 1
    )
    sayings = find_sayings(layout, spoken, silent, heard, relayed)
    followed, different = follow(layout, sayings.found, heard.marks)
    heeded = {
        "speakers-differ": different,
        "attribution-added": sayings.added,
        "attribution-dropped": sayings.dropped,
        "content-differs": sayings.bounded,
    }
    _settle_asked(cast, layout, {unit: spoken[unit] for unit in silent}, turns, voices)
    chained = find_chains(cast, followed, voices)
    mark_asked(layout, chained)
    doings = find_acts(layout, cast)
    people, person_ids = make_people(report, cast, chained, doings)
    mentions = Mentions(times, quantities, places, doings)
    claims = make_claims(Scene(report, layout, cast, mentions, person_ids), chained)
    claims, times = dated_ahead(report, text, claims, times)
    return Reading(
        report=report.id,
        claims=claims,
        people=people,
        times=times,
        quantities=quantities,
        places=places,
        sentences=layout.sentences,
        quotations=tuple(quotation.span for quotation in layout.quotations),
        findings=(
            *unread,
            *_findings(report, layout, chained),
            *opinion_findings(report.id, layout, tagging, heeded, restored=restored),
        ),
    )


def _turns(report: Report, text: str) -> tuple[tuple[Turn, ...], tuple[Span, ...]]:
    """Return who speaks where: in a letter its writer, in every paragraph."""
    if report.form is ReportForm.LETTER and report.bylines:
        writer = report.bylines[0].text
        return tuple(Turn(writer, span, "speaker") for span in report.paragraphs), ()
    declared = report.form is ReportForm.TURNS
    return find_turns(text, report.paragraphs, lexicon_of(report.language), declared=declared)


def _with_case(report: Report, tagging: Tagging | None) -> tuple[str, bool]:
    """Return the text as rules read it, capitals given back where they are lost, and whether they were."""
    if tagging is None or not lost_case(report.text):
        return report.text, False
    return restore_case(report.text, tagging), True


def _measures(
    report: Report, text: str, own: OwnPlaces
) -> tuple[tuple[Time, ...], tuple[Quantity, ...], tuple[Place, ...], tuple[Finding, ...]]:
    """Return times, quantities and places, and what of them could not be read."""
    code = nearest(report.language)
    if code is None:
        return (), (), (), ()
    language = load(code)
    mentions = tuple(find_mentions(passage_of(text, language), report.published))
    times, unread = times_of(text, mentions)
    findings = tuple(replace(finding, report=report.id) for finding in unread)
    quantities = find_quantities(text, language, [mention.span for mention in mentions])
    places = find_places(text, language, own)
    return times, quantities, places, findings


def _paragraphs(turns: tuple[Turn, ...], loose: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(sorted([*(turn.content for turn in turns), *loose]))


def _signed(report: Report) -> list[Span]:
    """Return the paragraphs that say little more than who wrote the report: "By A. B., Moscow"."""
    names = [author.text.casefold() for author in report.authors]
    return [
        span
        for span in report.paragraphs
        if span.end - span.start <= _LONGEST_BYLINE
        and any(name in report.text[span.start : span.end].casefold() for name in names)
        and not report.text[span.start : span.end].rstrip().endswith((".", "!", "?", "”", "»"))
    ]


def _tokens(layout: Layout, spans: list[Span]) -> frozenset[int]:
    return frozenset(k for span in spans for k in range(*layout.range_of(span)))


def _turn_units(layout: Layout, turns: tuple[Turn, ...]) -> dict[int, int]:
    """Return for each unit inside a turn the turn's index."""
    if not turns:
        return {}
    by_start = {turn.content.start: index for index, turn in enumerate(turns)}
    of_paragraph = {
        number: by_start[span.start]
        for number, span in enumerate(layout.paragraphs)
        if span.start in by_start
    }
    return {
        number: of_paragraph[unit.paragraph]
        for number, unit in enumerate(layout.units)
        if unit.paragraph in of_paragraph
    }


def _turn_voices(cast: Cast, turns: tuple[Turn, ...], layout: Layout) -> list[tuple[Voice, ...]]:
    """Return the voices of each turn: the speaker, behind an interpreter where there is one."""
    voices: dict[str, Voice] = {}
    named = _introduced(cast, layout, turns)
    for turn in turns:
        key = turn.label.casefold()
        if key in voices:
            continue
        generic = key in layout.lexicon.words.get("answerers", ())
        entity = named if generic and named is not None else None
        if entity is None:
            name = (
                turn.label.title() if turn.label.isupper() and len(turn.label) > 1 else turn.label
            )
            entity = _labelled(cast, name) or cast.add(name, SourceKind.PERSON, named=True)
        voices[key] = Voice(entity.name, SourceKind.PERSON, entity)
    interpreter = Voice("interpreter", SourceKind.PERSON)
    found: list[tuple[Voice, ...]] = []
    last = None
    told = None if named is None else Voice(named.name, SourceKind.PERSON, named)
    for turn in turns:
        voice = voices[turn.label.casefold()]
        meant = last or told
        if turn.role == "interpreter":
            found.append((voice,) if meant is None else (voice, meant))
        elif turn.through:
            found.append((interpreter, voice))
        else:
            found.append((voice,))
        if turn.role == "speaker":
            last = voice
    return found


def _labelled(cast: Cast, label: str) -> Entity | None:
    """Return who a turn's label names: "Thapa" of whom the introduction tells by his full name, or "Claire" who is addressed so."""
    known = cast.by_name.get(label.casefold())
    if known is not None:
        return cast.entities[known]
    words = label.casefold().split()
    for word in words:
        found = cast.by_word.get(word)
        entity = None if found is None else cast.entities[found]
        if entity is None or not entity.named or entity.kind is not SourceKind.PERSON:
            continue
        if len(words) == 1:
            return entity
        if entity.name.casefold() == word:
            entity.name = label
            return entity
    return None


def _settle_asked(
    cast: Cast,
    layout: Layout,
    asking: dict[int, int],
    turns: tuple[Turn, ...],
    voices: list[tuple[Voice, ...]],
) -> None:
    """Make "your son" in a question the son of who answers; `asking` are the units of questions."""
    for unit, turn in asking.items():
        answering = next(
            (k for k in range(turn + 1, len(turns)) if turns[k].role == "speaker"), None
        )
        entity = None if answering is None else voices[answering][-1].entity
        if entity is not None:
            settle_kin(cast, layout.units[unit].tokens, entity, asked=True)


def _introduced(cast: Cast, layout: Layout, turns: tuple[Turn, ...]) -> Entity | None:
    """Return the only person that the words before the first turn name."""
    if not turns:
        return None
    before = {
        mention.entity
        for mention in cast.mentions
        if layout.tokens[mention.tokens.first].start < turns[0].content.start
        and cast.entities[mention.entity].named
        and cast.entities[mention.entity].kind is SourceKind.PERSON
    }
    return cast.entities[min(before)] if len(before) == 1 else None


def _findings(report: Report, layout: Layout, chained: list[Chained]) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    if layout.lexicon.language != report.language.split("-")[0]:
        findings.append(
            Finding(
                "reading",
                "language-not-read",
                "Who says what was read with another language's words, for the report's own has none here.",
                report=report.id,
            )
        )
    open_ = sum(1 for item in chained for voice in item.voices if not voice.resolved)
    if open_:
        findings.append(
            Finding(
                "reading",
                "source-unresolved",
                "One source is named by words alone whose antecedent was not found."
                if open_ == 1
                else f"{open_} sources are named by words alone whose antecedent was not found.",
                report=report.id,
            )
        )
    unclosed = sum(1 for quotation in layout.quotations if not quotation.closed)
    if unclosed:
        findings.append(
            Finding(
                "reading",
                "quotation-unbalanced",
                f"{unclosed} quotations have lost a mark; where they end is a guess.",
                report=report.id,
            )
        )
    return tuple(findings)
