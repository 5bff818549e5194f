"""From a report to its reading: the steps in order."""

from dataclasses import replace

from guvoh.languages.lexicon import load, nearest
from guvoh.model.claim import Place, Quantity, Reading, Time
from guvoh.model.finding import Finding
from guvoh.model.report import Report, ReportForm
from guvoh.model.tagging import Tagging
from guvoh.model.text import Span
from guvoh.reading.acts import find_acts
from guvoh.reading.attribution import find_sayings
from guvoh.reading.chains import find_chains
from guvoh.reading.claims import Mentions, Scene, make_claims
from guvoh.reading.coming import dated_ahead
from guvoh.reading.layout import Layout, lay_out
from guvoh.reading.lexicon import lexicon_of
from guvoh.reading.marked import marked
from guvoh.reading.openings import settle_openings
from guvoh.reading.opinion import follow, opinion_findings
from guvoh.reading.passage import passage_of
from guvoh.reading.people import find_cast
from guvoh.reading.persons import make_people
from guvoh.reading.places import find_places
from guvoh.reading.quantities import find_quantities
from guvoh.reading.restored import lost_case, restore_case
from guvoh.reading.speakers import settle_asked, speakers_of, turn_units
from guvoh.reading.times import find_mentions, times_of
from guvoh.reading.turns import Turn, find_turns
from guvoh.reading.voices import Chained
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
    named = _tokens(layout, [*(one.span for one in places), *(one.span for one in times)])
    cast = find_cast(layout, named, _tokens(layout, _signed(report)))
    mark_withheld(layout, cast)
    mark_called(layout, cast)
    settle_pseudonyms(cast)
    spoken = turn_units(layout, turns)
    silent = {unit for unit, turn in spoken.items() if turns[turn].role == "interviewer"}
    answers = (layout.units[unit].tokens for unit in spoken if unit not in silent)
    cast.spoken = frozenset(k for tokens in answers for k in range(*tokens))
    heard = marked(layout, tagging)
    speakers = speakers_of(cast, turns, layout)
    relayed = frozenset(unit for unit, turn in spoken.items() if turn in speakers.relayed)
    sayings = find_sayings(layout, spoken, silent, heard, relayed)
    followed, different = follow(layout, sayings.found, heard.marks)
    heeded = {
        "speakers-differ": different,
        "attribution-added": sayings.added,
        "attribution-dropped": sayings.dropped,
        "content-differs": sayings.bounded,
    }
    settle_asked(cast, layout, {unit: spoken[unit] for unit in silent}, turns, speakers.voices)
    chained = find_chains(cast, followed, speakers.voices)
    mark_asked(layout, chained)
    chained = settle_openings(cast, chained)
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
