"""Events, values, claims, reports and derivations as rows, for every export that is a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from guvoh.model.event import Value
from guvoh.model.report import Report
from guvoh.pages.picture import outlet
from guvoh.pages.render import event_order
from guvoh.protect import Release
from guvoh.publish.ids import published_id

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Frictionless type, and what it holds, in one sentence for the codebook."""

    name: str
    type: str
    holds: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the dataset: its key, its columns, what it refers to, and where its rows come from."""

    name: str
    holds: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Release], Iterator[Row]]
    refers: tuple[tuple[str, str, str], ...] = ()  # column, table, column there
    known_by: tuple[
        str, ...
    ] = ()  # by what a row is known again in the next release, if not its key


def _reports(release: Release) -> Iterator[Row]:
    for report in sorted(release.reports.values(), key=lambda one: one.id):
        yield (
            published_id(release, "report", report.id),
            outlet(report),
            report.title.text if report.title else None,
            "; ".join(byline.text for byline in report.bylines) or None,
            report.published,
            report.published_basis.value,
            report.language,
            report.url,
            report.capture,
            report.words,
        )


def _events(release: Release) -> Iterator[Row]:
    for event in sorted(release.events, key=event_order):
        yield (
            published_id(release, "event", event.id),
            event.summary,
            "; ".join(event.acts),
            event.status.value,
            len(event.reports),
            event.texts,
            len(event.families),
            event.count.low,
            event.count.high,
            event.count.firsthand,
            event.count.documents,
            event.count.checked,
            event.grade,
            len(event.contradictions),
            len(event.denials),
        )


def _values(release: Release) -> Iterator[Row]:
    for event in sorted(release.events, key=event_order):
        details: list[tuple[str, Value]] = [
            *(("who", v) for v in event.who),
            *(("when", v) for v in event.when),
            *(("where", v) for v in event.where),
            *(("how_many", v) for v in event.how_many),
        ]
        for number, (detail, value) in enumerate(details, 1):
            yield (
                published_id(release, "event", event.id),
                number,
                detail,
                value.role,
                value.name,
                value.edtf,
                value.low,
                value.high,
                value.of,
                value.count.low,
                value.count.high,
                value.count.documents,
                "; ".join(value.sources) or None,
            )


def _sources(release: Release) -> Iterator[Row]:
    for event in sorted(release.events, key=event_order):
        for number, source in enumerate(event.sources, 1):
            yield (
                published_id(release, "event", event.id),
                number,
                source.name,
                source.kind.value,
                source.basis.value,
                source.firsthand,
                " | ".join(" ← ".join(chain) for chain in source.chains),
            )


def _claims(release: Release) -> Iterator[Row]:
    for event in sorted(release.events, key=event_order):
        for claim_id in event.claims:
            claim = release.claims.get(claim_id)
            if claim is None:
                continue
            yield (
                claim.id,
                published_id(release, "event", event.id),
                published_id(release, "report", claim.report),
                claim.bytes.start,
                claim.bytes.end,
                claim.text,
                claim.kind.value,
                claim.stance.value,
                claim.polarity.value,
                " ← ".join(link.name for link in claim.chain) or None,
                claim.chain[-1].basis.value if claim.chain else None,
                "; ".join(claim.hedges) or None,
                "; ".join(sorted({act.name for act in claim.acts})) or None,
                "; ".join(time.edtf for time in claim.times) or None,
                "; ".join(place.name for place in claim.places) or None,
            )


def _derivations(release: Release) -> Iterator[Row]:
    for family in sorted(release.families, key=lambda one: one.id):
        for member in (*family.members, *family.citers):
            yield (
                published_id(release, "report", member.report),
                published_id(release, "report", member.parent) if member.parent else None,
                published_id(release, "family", family.id),
                member.relation.value,
                member.confidence,
                "; ".join(member.via_languages) or None,
                family.missing_origin.publisher if family.missing_origin else None,
                _changes(release.reports.get(member.report), member.derivation),
            )


def _changes(report: Report | None, derivation: Any) -> int | None:
    return len(derivation.changes) if report is not None and derivation is not None else None


_ID = "random, the same in each release of this case"
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "reports",
        "Each report that is cited.",
        (
            Column("report", "string", f"id of the report, {_ID}"),
            Column("outlet", "string", "publisher, else the name of the file"),
            Column("title", "string", "title as the page gives it"),
            Column("bylines", "string", "authors named, parted by semicolons"),
            Column("published", "string", "EDTF, with the page's own offset"),
            Column("published_basis", "string", "stated, guessed or unknown"),
            Column("language", "string", "ISO 639-1, with a script where a language has two"),
            Column("url", "string", "address that the page gives as its own"),
            Column("capture", "string", "SHA-256 of the bytes as they arrived"),
            Column("words", "integer", "words of the clean text"),
        ),
        ("report",),
        _reports,
    ),
    Sheet(
        "events",
        "What is said to have happened or to be ahead.",
        (
            Column("event", "string", f"id of the event, {_ID}"),
            Column("summary", "string", "one sentence, made by the program"),
            Column("acts", "string", "acts out of guvoh's vocabulary, parted by semicolons"),
            Column("status", "string", "past, ongoing, planned or feared"),
            Column("reports", "integer", "reports that tell of it"),
            Column("texts", "integer", "texts, copies and translations put together"),
            Column("families", "integer", "groups of reports that go back to one origin"),
            Column("sources_low", "integer", "original sources, at least"),
            Column("sources_high", "integer", "original sources, at most"),
            Column("firsthand", "integer", "those who saw, did or suffered it"),
            Column("documents", "integer", "documents, counted apart"),
            Column("checked", "integer", "chains that a person has checked"),
            Column("grade", "string", "Admiralty code; F until reliability is assessed"),
            Column("contradictions", "integer", "pairs of values that cannot both hold"),
            Column("denials", "integer", "denials"),
        ),
        ("event",),
        _events,
    ),
    Sheet(
        "event_values",
        "Each value of who, when, where and how many, with the sources behind it.",
        (
            Column("event", "string", "the event"),
            Column("number", "integer", "number of the value in its event"),
            Column("detail", "string", "who, when, where or how_many"),
            Column("role", "string", "perpetrator, affected, intervening or involved"),
            Column("name", "string", "the value as a person reads it"),
            Column("edtf", "string", "a time as EDTF level 1 or 2; XXXX is an unknown year"),
            Column("low", "number", "a quantity's lower bound"),
            Column("high", "number", "a quantity's upper bound, empty if open"),
            Column("of", "string", "what is counted"),
            Column("sources_low", "integer", "original sources that say so, at least"),
            Column("sources_high", "integer", "original sources that say so, at most"),
            Column("documents", "integer", "documents that say so"),
            Column("sources", "string", "names or codes, parted by semicolons"),
        ),
        ("event", "number"),
        _values,
        (("event", "events", "event"),),
        known_by=("event", "detail", "role", "name"),
    ),
    Sheet(
        "sources",
        "The original sources behind each event, with their chains.",
        (
            Column("event", "string", "the event"),
            Column("number", "integer", "number of the source in its event"),
            Column("name", "string", "name, or role and code"),
            Column("kind", "string", "person, group, organisation, document or unnamed"),
            Column("basis", "string", "how the source knows, after HURIDOCS"),
            Column("firsthand", "boolean", "eyewitness, victim or participant, outside copies"),
            Column("chains", "string", "who heard it from whom, outermost first"),
        ),
        ("event", "number"),
        _sources,
        (("event", "events", "event"),),
        known_by=("event", "name"),
    ),
    Sheet(
        "claims",
        "Each passage behind an event. Spans are bytes of the capture.",
        (
            Column("claim", "string", "id of the claim"),
            Column("event", "string", "the event it tells of"),
            Column("report", "string", "the report it stands in"),
            Column("byte_start", "integer", "first byte in the capture"),
            Column("byte_end", "integer", "byte after the last"),
            Column("text", "string", "the passage; labels stand where names stay"),
            Column("kind", "string", "direct, indirect, mixed or narrated"),
            Column("stance", "string", "how the innermost source stands to it"),
            Column("polarity", "string", "affirmed or negated"),
            Column("chain", "string", "outermost voice first; empty for the report's narration"),
            Column("basis", "string", "how the innermost source knows"),
            Column("hedges", "string", "the report's own hedges"),
            Column("acts", "string", "acts, parted by semicolons"),
            Column("times", "string", "EDTF, parted by semicolons"),
            Column("places", "string", "places, parted by semicolons"),
        ),
        ("claim",),
        _claims,
        (("event", "events", "event"), ("report", "reports", "report")),
    ),
    Sheet(
        "derivations",
        "Which report derives from which.",
        (
            Column("report", "string", "the report"),
            Column("parent", "string", "what it derives from, empty for an origin or if unknown"),
            Column("family", "string", "the family they belong to, or that it cites"),
            Column(
                "relation", "string", "origin, copy, edited, paraphrase, translation, citation …"
            ),
            Column("confidence", "integer", "per mille"),
            Column("via_languages", "string", "languages it went through"),
            Column("missing_origin", "string", "publisher of an origin that is not in the case"),
            Column("changes", "integer", "changes against the parent"),
        ),
        ("report", "family"),
        _derivations,
        (("report", "reports", "report"),),
    ),
)
