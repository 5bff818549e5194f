"""The objects that `show --json` prints, with the keys of the command-line contract."""

from collections.abc import Mapping
from typing import Any

from guvoh.model.capture import Capture
from guvoh.model.claim import Act, Claim, Link, Person, Place, Quantity, SourceKind, Time
from guvoh.model.event import Count, Event, RiskWarning, Source, Value
from guvoh.model.finding import Finding
from guvoh.model.lineage import Change, Family, Member
from guvoh.model.report import Image, Report
from guvoh.model.text import Span, Stated

Row = dict[str, Any]


def capture_row(capture: Capture) -> Row:
    """Return a capture; `arrived`, `origin` and `parent` are those of its first arrival."""
    first = capture.arrivals[0]
    return {
        "capture": capture.digest,
        "file": first.file,
        "files": [arrival.file for arrival in capture.arrivals],
        "media_type": capture.media_type,
        "bytes": capture.size,
        "arrived": first.at,
        "origin": first.origin,
        "exposure": capture.exposure.value,
        "to_be_sealed": bool(capture.withheld),
        "parent": first.parent,
    }


def report_row(report: Report) -> Row:
    """Return a report without its text's map."""
    return {
        "report": report.id,
        "capture": report.capture,
        "file": report.file,
        "language": report.language,
        "title": _text(report.title),
        "publisher": _text(report.publisher),
        "bylines": [byline.text for byline in report.bylines],
        "published": report.published,
        "published_basis": report.published_basis.value,
        "url": report.url,
        "words": report.words,
        "text": report.text,
        "form": report.form.value,
        "images": [_image(image) for image in report.images],
        "debris": [{"text": debris.text, "reason": debris.reason} for debris in report.debris],
        "making": [
            {"kind": making.kind.value, "text": making.text, "name": making.name}
            for making in report.making
        ],
        "languages": [[*span, language] for span, language in report.languages],
    }


def claim_row(claim: Claim, report: Report) -> Row:
    """Return a claim; the report's publisher stands alone where the text names no voice."""
    return {
        "claim": claim.id,
        "report": claim.report,
        "file": report.file,
        "start": claim.span.start,
        "end": claim.span.end,
        "spans": [list(span) for span in claim.spans],
        "bytes": list(claim.bytes),
        "laid_out_from": list(report.map.places_of(claim.bytes)),
        "text": claim.text,
        "kind": claim.kind.value,
        "stance": claim.stance.value,
        "polarity": claim.polarity.value,
        "hedges": list(claim.hedges),
        "within": claim.within,
        "chain": [_link(link) for link in claim.chain or _publisher(report)],
        "participants": [
            {"role": p.role, "name": p.name, "kind": p.kind} for p in claim.participants
        ],
        "acts": sorted({act.name for act in claim.acts}),
        "acted": [_act(act) for act in claim.acts],
        "times": [_time(time) for time in claim.times],
        "quantities": [_quantity(quantity) for quantity in claim.quantities],
        "places": [_place(place) for place in claim.places],
    }


def family_row(family: Family, files: Mapping[str, str]) -> Row:
    """Return a family; `files` names each report by its file."""
    missing = family.missing_origin
    return {
        "family": family.id,
        "origin": files[family.origin] if family.origin else None,
        "missing_origin": missing
        and {"publisher": missing.publisher, "evidence": list(missing.evidence)},
        "members": [_member(member, files) for member in family.members],
        "citers": [_member(member, files) for member in family.citers],
    }


def event_row(event: Event) -> Row:
    """Return an event with its counts, values, sources and differences."""
    return {
        "event": event.id,
        "acts": list(event.acts),
        "status": event.status.value,
        "summary": event.summary,
        "claims": list(event.claims),
        "who": [{"role": v.role, "name": v.name, **_backing(v)} for v in event.who],
        "when": [{"edtf": v.edtf, "text": v.name, **_backing(v)} for v in event.when],
        "where": [{"name": v.name, **_backing(v)} for v in event.where],
        "how_many": [
            {"low": v.low, "high": v.high, "of": v.of, "text": v.name, **_backing(v)}
            for v in event.how_many
        ],
        "reports": len(event.reports),
        "texts": event.texts,
        "families": len(event.families),
        "original_sources": _count(event.count),
        "sources": [_source(source) for source in event.sources],
        "unconfirmed_sources": [
            {"name": u.name, "report": u.report, "reason": u.reason} for u in event.unconfirmed
        ],
        "excluded": [
            {"name": e.name, "claim": e.claim, "reason": e.reason} for e in event.excluded
        ],
        "joined": [{"sources": list(j.sources), "question": j.question} for j in event.joined],
        "denied_by": [{"name": d.name, "chain": list(d.chain)} for d in event.denials],
        "contradictions": [
            {"kind": c.kind, "values": list(c.values), "because": c.because}
            for c in event.contradictions
        ],
        "circular": list(event.circular),
        "grade": event.grade,
    }


def person_row(person: Person) -> Row:
    """Return a person, group or organisation."""
    return {
        "person": person.id,
        "name": person.name,
        "aliases": list(person.aliases),
        "kind": person.kind.value,
        "roles": list(person.roles),
        "nationality": person.nationality,
        "pseudonym": person.pseudonym,
        "exposure": person.exposure.value,
        "withheld": list(person.withheld),
        "mentions": len(person.mentions),
    }


def place_row(place: Place, mentions: int) -> Row:
    """Return a place with how often it is named."""
    row = _place(place)
    del row["text"]
    return {"place": place.key or place.name, **row, "kind": place.kind, "mentions": mentions}


def warning_row(warning: RiskWarning) -> Row:
    """Return a warning of people at risk."""
    return {
        "warning": warning.id,
        "text": warning.text,
        "who": warning.who,
        "where": warning.where,
        "since": warning.since,
        "status": warning.status,
        "sources": list(warning.sources),
    }


def finding_row(identity: str, finding: Finding) -> Row:
    """Return a finding with its evidence."""
    return {
        "finding": identity,
        "report": finding.report,
        "file": finding.file,
        "step": finding.step,
        "kind": finding.kind,
        "text": finding.text,
        "for": list(finding.for_),
        "against": list(finding.against),
        "confidence": finding.confidence,
    }


def _text(stated: Stated | None) -> str | None:
    return stated.text if stated else None


def _image(image: Image) -> Row:
    return {
        "caption": _text(image.caption),
        "credit": _text(image.credit),
        "alt": _text(image.alt),
        "alt_language": image.alt_language,
        "url": _text(image.url),
    }


def _publisher(report: Report) -> tuple[Link, ...]:
    if report.publisher is None:
        return ()
    return (Link(report.publisher.text, SourceKind.ORGANISATION),)


def _link(link: Link) -> Row:
    return {
        "source": link.person,
        "name": link.name,
        "kind": link.kind.value,
        "pseudonym": link.pseudonym,
        "basis": link.basis.value,
        "resolved": link.resolved,
    }


def _act(act: Act) -> Row:
    return {"name": act.name, "tense": act.tense, "coerced": act.coerced}


def _time(time: Time) -> Row:
    return {"text": time.text, "edtf": time.edtf, "against": time.against, "kind": time.kind}


def _quantity(quantity: Quantity) -> Row:
    return {
        "text": quantity.text,
        "low": quantity.low,
        "high": quantity.high,
        "of": quantity.of,
    }


def _place(place: Place) -> Row:
    return {
        "text": place.text,
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
    }


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _change(change: Change) -> Row:
    return {
        "kind": change.kind.value,
        "from": change.from_,
        "to": change.to,
        "from_span": _span(change.from_span),
        "to_span": _span(change.to_span),
        "withheld": change.withheld,
    }


def _member(member: Member, files: Mapping[str, str]) -> Row:
    return {
        "report": member.report,
        "file": files[member.report],
        "relation": member.relation.value,
        "parent": files[member.parent] if member.parent else None,
        "via_languages": list(member.via_languages),
        "confidence": member.confidence,
        "evidence": list(member.evidence),
        "changes": [_change(c) for c in member.derivation.changes] if member.derivation else [],
    }


def _count(count: Count) -> Row:
    return {
        "low": count.low,
        "high": count.high,
        "firsthand": count.firsthand,
        "documents": count.documents,
        "checked": count.checked,
    }


def _backing(value: Value) -> Row:
    return {
        "sources": list(value.sources),
        "claims": list(value.claims),
        "original_sources": _count(value.count),
    }


def _source(source: Source) -> Row:
    return {
        "source": source.id,
        "name": source.name,
        "kind": source.kind.value,
        "basis": source.basis.value,
        "firsthand": source.firsthand,
        "chains": [list(chain) for chain in source.chains],
    }
