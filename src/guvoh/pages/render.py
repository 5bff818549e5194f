"""The investigator's pages as self-contained HTML: one per event, and the index of the case."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from guvoh.model.claim import Claim, Polarity
from guvoh.model.event import Event, EventStatus, RiskWarning, Value
from guvoh.model.finding import TO_FIND, Finding
from guvoh.model.lineage import Derivation, Family, Member, MissingOrigin
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.pages.labels import (
    DETAILS,
    KINDS,
    change,
    day,
    how,
    how_known,
    language_of,
    original_sources,
)
from guvoh.pages.listing import in_plain_words, listing, looks_confirmed, origin_name
from guvoh.pages.picture import anchor, outlet, picture, place
from guvoh.pages.texts import asked, holders, reason, rivals, weighty
from guvoh.words import Words, shown, words

if TYPE_CHECKING:
    from jinja2 import Environment, Template

# A page shows at most this many aligned passages of one pair; the rest is in `show families`.
PASSAGES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class EventView:
    """What an event's page needs: the event, its families, and the reports and claims they name.

    Of a large event `claims` may be those of its first reports; `holders` then gives the report of each.
    """

    event: Event
    families: tuple[Family, ...]
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    warnings: tuple[RiskWarning, ...] = ()
    holders: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the index needs; `outlets` gives the name of each report by id."""

    title: str
    reports: int
    events: tuple[Event, ...]
    families: tuple[Family, ...]
    warnings: tuple[RiskWarning, ...]
    findings: tuple[Finding, ...]
    outlets: Mapping[str, str]
    idle: tuple[str, ...] = ()  # files of reports that are in no event


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined  # late: `show` writes no page

    return Environment(
        loader=PackageLoader("guvoh.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> "Template":
    return _environment().get_template(name)


def event_order(event: Event) -> tuple[int, bool, int, str]:
    """Return the order in which events are told: those that most reports carry, the past before the feared."""
    ahead = event.status in (EventStatus.PLANNED, EventStatus.FEARED)
    return (-len(event.reports), ahead, -len(event.claims), event.id)


def event_page(view: EventView, language: str = "en") -> str:
    """Render one event."""
    say = words(language)
    return _template("event.html").render(say=say, language=language, **event_context(view, say))


def event_context(view: EventView, say: Words, most: int | None = None) -> dict[str, Any]:
    """Return what `event_body.html` needs beside `say`; the workbench shows the same body, alive.

    Passages are told of the reports whose claims are at hand, and side by side of the first `most`
    that derive from another, None for all.
    """
    event = view.event
    numbers = {claim: number for number, claim in enumerate(event.claims, 1)}
    drawn = (event, view.families, view.reports, {**view.holders, **holders(view.claims)}, say)
    return {
        "event": event,
        "anchor": anchor,
        "numbers": numbers,
        "chains": len({c for s in event.sources for c in s.chains}),
        "sources_counted": original_sources(event.count, say),
        "plainly": in_plain_words(event, say),
        "picture": picture(*drawn),
        "story": listing(*drawn),
        "looks": looks_confirmed(*drawn),
        "asked": asked,
        "reason": reason,
        "rivals": rivals,
        "known": {source.id: how_known(source, say) for source in event.sources},
        "differ": _differing(event, say),
        "differing": differing,
        "unheard": _unheard(event, say),
        "details": _details(event, say),
        "outlets": {r: outlet(view.reports[r]) for r in view.reports},
        "families": _families(view, say, most),
        "warnings": view.warnings,
        "reports": report_rows(view, say),
    }


def report_rows(view: EventView, say: Words) -> list[dict[str, Any]]:
    """Return the reports whose claims are at hand, each with its passages."""
    told: dict[str, list[dict[str, Any]]] = {}
    for number, identity in enumerate(view.event.claims, 1):
        claim = view.claims.get(identity)
        report = view.reports.get(claim.report) if claim else None
        if claim is not None and report is not None:
            told.setdefault(report.id, []).append(_claim(claim, number, say, report))
    return [_report(view.reports[r], told[r], say) for r in view.event.reports if r in told]


def _families(view: EventView, say: Words, most: int | None) -> list[dict[str, Any]]:
    found = []
    for family in view.families:
        if len(family.members) > 1:
            found.append(family_rows(family, view.reports, say, most))
            most = most and max(most - len(found[-1]["members"]), 0)
    return found


def differing(kind: str, say: Words) -> str:
    """Return what a contradiction is about."""
    return say(DETAILS[kind]) if kind in DETAILS else say.term(kind)


def _differing(event: Event, say: Words) -> list[dict[str, Any]]:
    """Return the values of each detail on which reports contradict one another."""
    found: dict[str, dict[str, None]] = {}
    for one in event.contradictions:
        found.setdefault(one.kind, {}).update(dict.fromkeys(one.values))
    return [
        {"kind": differing(kind, say), "values": list(values)} for kind, values in found.items()
    ]


def _unheard(event: Event, say: Words) -> list[dict[str, Any]]:
    """Return whom nobody counted, by the reason: in copies alone first, then those who merely pass on."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for lost in event.unconfirmed:
        one = {"name": lost.name, "report": lost.report, "claim": ""}
        found.setdefault(lost.reason, {}).setdefault(lost.name, one)
    for left in event.excluded:
        one = {"name": left.name, "report": "", "claim": left.claim}
        found.setdefault(left.reason, {}).setdefault(left.name, one)
    return [
        {"reason": say(reason), "number": len(voices), "voices": list(voices.values())}
        for reason, voices in found.items()
    ]


def _details(event: Event, say: Words) -> list[dict[str, Any]]:
    """Return the rival values of each detail, those on a source's word apart from the others."""
    found = []
    for title, values in (
        (say("Who"), event.who),
        (say("When"), event.when),
        (say("Where"), event.where),
        (say("How many"), event.how_many),
    ):
        rows = [
            (_value(value, say), bool(value.count.low or value.count.documents)) for value in values
        ]
        if rows:
            firm = [row for row, backed in rows if backed]
            loose = [row for row, backed in rows if not backed]
            found.append({"title": title, "firm": firm, "loose": loose})
    return found


def _value(value: Value, say: Words) -> dict[str, Any]:
    return {
        "role": say.term(value.role) if value.role else "",
        "name": value.name,
        "form": value.edtf or "",
        "count": original_sources(value.count, say),
        "sources": value.sources,
        "claims": value.claims,
    }


def index_page(view: CaseView, language: str = "en") -> str:
    """Render the case at a glance: warnings, events, originals to find, families, problems."""
    say = words(language)
    return _template("index.html").render(
        say=say,
        language=language,
        title=view.title,
        glance={
            "reports": view.reports,
            "origins": view.reports - sum(len(f.members) - 1 for f in view.families),
            "events": len(view.events),
        },
        events=[_event_line(event, say) for event in view.events if _carries(event)],
        mentions=[event for event in view.events if not _carries(event)],
        warnings=view.warnings,
        missing=[_lost(f, view.findings, say) for f in view.families if f.missing_origin],
        families=[_family_line(f, view.outlets, say) for f in view.families if len(f.members) > 1],
        idle=list(map(shown, view.idle)),
        findings=[one for one in view.findings if one.problem],
    )


def _event_line(event: Event, say: Words) -> dict[str, Any]:
    notes = [say.term(event.status.value)] if event.status is not EventStatus.PAST else []
    notes += [say("looks more confirmed than it is")] if event.circular else []
    notes += [say("denied")] if event.denials else []
    notes += [say("they differ")] if event.contradictions else []
    return {
        "id": event.id,
        "summary": event.summary,
        "reports": len(event.reports),
        "texts": event.texts,
        "sources": original_sources(event.count, say),
        "notes": notes,
    }


def _lost(family: Family, findings: Sequence[Finding], say: Words) -> dict[str, Any]:
    """Return the missing origin of a family: whose it is, what that means, and what shows it."""
    members = {member.report for member in family.members}
    told = [one.text for one in findings if one.kind == TO_FIND and one.report in members]
    missing = family.missing_origin or MissingOrigin(None, ())
    said = list(map(say.sentence, (*told, *missing.evidence)))
    return {"publisher": missing.publisher, "said": said}


def _family_line(family: Family, outlets: Mapping[str, str], say: Words) -> dict[str, Any]:
    missing = family.missing_origin or MissingOrigin(None, ())
    name = outlets.get(family.origin or "") or missing.publisher or say("unknown publisher")
    members = [
        {
            "outlet": outlets[m.report],
            "relation": say(KINDS[m.relation]) if m.relation in KINDS else "",
        }
        for m in family.members
        if m.report != family.origin
    ]
    return {"name": name, "members": members}


def _carries(event: Event) -> bool:
    """Say whether an event is more than one report's mention without anyone's word behind it."""
    return len(event.reports) > 1 or event.count.low > 0 or bool(event.contradictions)


def family_rows(
    family: Family, reports: Mapping[str, Report], say: Words, most: int | None = None
) -> dict[str, Any]:
    """Return a family for a template: its name, what is missing, and each derived member.

    Of members after the first `most` no passages are told; None is all.
    """
    derived = [m for m in family.members if m.parent and m.report in reports]
    return {
        "id": family.id,
        "name": origin_name(family, reports) or say("unknown publisher"),
        "missing": _missing(family.missing_origin, say),
        "members": [
            _member(m, reports, say, most is None or at < most) for at, m in enumerate(derived)
        ],
    }


def _missing(origin: MissingOrigin | None, say: Words) -> MissingOrigin | None:
    """Return a missing origin with its evidence in the reader's language."""
    return origin and replace(origin, evidence=tuple(map(say.sentence, origin.evidence)))


def _member(
    member: Member, reports: Mapping[str, Report], say: Words, whole: bool
) -> dict[str, Any]:
    parent = reports.get(member.parent or "")
    derivation = member.derivation
    own = reports[member.report]
    pairs = _pairs(derivation, parent, own) if whole and derivation and parent else []
    return {
        "report": member.report,
        "anchor": anchor(member.report),
        "outlet": outlet(own),
        "how": how(member, outlet(parent) if parent else None, say),
        "relation": member.relation.value,
        "confidence": member.confidence,
        "parent": outlet(parent) if parent else None,
        "parent_report": member.parent,
        "evidence": [say.sentence(one) for one in member.evidence],
        "changes": _grouped(derivation, say) if derivation else [],
        "pairs": pairs,
        "whole": whole,
    }


def _grouped(derivation: Derivation, say: Words) -> list[dict[str, Any]]:
    """Return each change once, the most telling first, with how often it was made."""
    counted = Counter((c.kind, c.from_ or "", c.to or "", c.withheld) for c in derivation.changes)
    return [
        {"said": change(*one, say), "withheld": one[3], "times": counted[one]}
        for one in weighty(derivation)
    ]


def _pairs(derivation: Derivation, parent: Report, child: Report) -> list[dict[str, Any]]:
    from_spans = [c.from_span for c in derivation.changes if c.from_span]
    to_spans = [c.to_span for c in derivation.changes if c.to_span]
    changed = [
        passage
        for passage in derivation.passages
        if any(_overlap(s, passage.parent) for s in from_spans)
        or any(_overlap(s, passage.child) for s in to_spans)
    ]
    return [
        {
            "parent": marked(parent.text, passage.parent, from_spans),
            "child": marked(child.text, passage.child, to_spans),
        }
        for passage in changed[:PASSAGES_SHOWN]
    ]


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def marked(text: str, span: Span, marks: Sequence[Span]) -> list[tuple[str, bool]]:
    """Cut `span` of `text` into pieces, each with whether one of `marks` covers it."""
    edges = {span.start, span.end}
    inside = [
        Span(max(m.start, span.start), min(m.end, span.end)) for m in marks if _overlap(m, span)
    ]
    for mark in inside:
        edges |= {mark.start, mark.end}
    cuts = sorted(edges)
    return [
        (text[a:b], any(m.start <= a and b <= m.end for m in inside)) for a, b in pairwise(cuts)
    ]


def _report(report: Report, told: list[dict[str, Any]], say: Words) -> dict[str, Any]:
    return {
        "report": report.id,
        "anchor": anchor(report.id),
        "title": report.title.text if report.title else say("untitled"),
        "outlet": outlet(report),
        "day": day(report, say, True),
        "basis": report.published_basis.value,
        "language": language_of(report.language, say),
        "tag": report.language,
        "url": report.url,
        "capture": report.capture,
        "file": report.file,
        "claims": told,
    }


def _claim(claim: Claim, number: int, say: Words, report: Report) -> dict[str, Any]:
    return {
        "id": claim.id,
        "number": number,
        "chain": [link.name or say("unnamed") for link in claim.chain]
        or [say("the report itself")],
        "stance": claim.stance.value,
        "negated": claim.polarity is Polarity.NEGATED,
        "hedges": claim.hedges,
        "bytes": place(claim.bytes, report),
        "text": claim.text,
    }
