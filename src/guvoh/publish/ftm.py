"""FollowTheMoney entities, as OpenAleph loads them: articles, events, people, and what joins them.

What FollowTheMoney cannot carry (bounds, chains, rival values, who copied what exactly) is told in
docs/publishing.md; counts and chains go into `summary` and `description`, as text.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from guvoh.corroborate.days import days
from guvoh.model.event import Event
from guvoh.model.lineage import Relation
from guvoh.model.report import Report
from guvoh.pages.picture import outlet
from guvoh.pages.render import event_order
from guvoh.protect import Release
from guvoh.protect.values import Released
from guvoh.publish.account import count
from guvoh.publish.ids import published_id

# ISO 639-1 to 639-3 for the languages that guvoh reads; others are left out.
_LANGUAGES = {"en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "uk": "ukr", "sr": "srp", "uz": "uzb", "tg": "tgk", "ky": "kir", "kk": "kaz", "tr": "tur", "ar": "ara"}  # fmt: skip
_SCHEMAS = {"person": "Person", "group": "LegalEntity", "organisation": "Organization"}
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
Entity = dict[str, Any]


def ftm(release: Release, _: str) -> Iterator[tuple[str, bytes]]:
    """Yield entities.ftm.json, one entity per line."""
    lines = [json.dumps(one, ensure_ascii=False) for one in _entities(release)]
    yield "entities.ftm.json", ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _entities(release: Release) -> Iterator[Entity]:
    for report in release.reports.values():
        yield _article(release, report)
    people = {person.name: person for person in release.people}
    named: set[str] = set()
    for event in sorted(release.events, key=event_order):
        involved = [people[v.name] for v in event.who if v.name in people]
        for person in involved:
            if person.id not in named:
                named.add(person.id)
                yield _person(person)
        yield _event(release, event, involved)
        yield from _documentation(release, event)
    for family in release.families:
        for member in (*family.members, *family.citers):
            if member.parent is not None and member.relation is not Relation.ORIGIN:
                yield _derived(release, member.report, member.parent, member.relation.value)


def _article(release: Release, report: Report) -> Entity:
    title = report.title.text if report.title else outlet(report)
    return _entity(
        "Article",
        _key("report", published_id(release, "report", report.id)),
        name=[title],
        title=[title],
        publisher=[outlet(report)],
        author=[byline.text for byline in report.bylines],
        publishedAt=_dates(report.published),
        sourceUrl=[report.url] if report.url and report.url.startswith("http") else [],
        language=_language(report.language),
        description=[f"SHA-256 of the original: {report.capture}"],
    )


def _person(person: Released) -> Entity:
    return _entity(
        _SCHEMAS.get(person.kind, "LegalEntity"),
        _key("person", person.id),
        name=[person.name],
        summary=["; ".join(person.roles)] if person.roles else [],
    )


def _event(release: Release, event: Event, involved: list[Released]) -> Entity:
    known = [
        found for found in (days(v.edtf or "") for v in event.when) if found and found.anchored
    ]
    starts = [found.low for found in known if found.low is not None]
    ends = [found.high for found in known if found.high is not None]
    sources = "; ".join(" ← ".join(chain) for s in event.sources for chain in s.chains)
    told = (
        f"{len(event.reports)} reports, {event.texts} texts, original sources: {count(event.count)}; "
        f"firsthand: {event.count.firsthand}; documents: {event.count.documents}; grade {event.grade}."
    )
    return _entity(
        "Event",
        _key("event", published_id(release, "event", event.id)),
        name=[event.summary],
        summary=[told],
        description=[f"On the word of: {sources}"] if sources else [],
        keywords=list(event.acts),
        startDate=[date.fromordinal(min(starts)).isoformat()] if starts else [],
        endDate=[date.fromordinal(max(ends)).isoformat()] if ends else [],
        location=[value.name for value in event.where],
        involved=[_key("person", person.id) for person in involved],
    )


def _documentation(release: Release, event: Event) -> Iterator[Entity]:
    event_key = _key("event", published_id(release, "event", event.id))
    for claim_id in event.claims:
        claim = release.claims.get(claim_id)
        if claim is None:
            continue
        chain = " ← ".join(link.name for link in claim.chain)
        yield _entity(
            "Documentation",
            _key("claim", claim.id),
            document=[_key("report", published_id(release, "report", claim.report))],
            entity=[event_key],
            role=[claim.stance.value],
            summary=[claim.text],
            description=[chain] if chain else [],
        )


def _derived(release: Release, child: str, parent: str, relation: str) -> Entity:
    ends = [published_id(release, "report", child), published_id(release, "report", parent)]
    return _entity(
        "UnknownLink",
        _key("derivation", *ends),
        subject=[_key("report", ends[0])],
        object=[_key("report", ends[1])],
        role=[f"{relation} of"],
    )


def _entity(schema: str, key: str, **properties: list[str]) -> Entity:
    kept = {name: list(dict.fromkeys(values)) for name, values in properties.items() if any(values)}
    return {"id": key, "schema": schema, "properties": kept}


def _key(*parts: str) -> str:
    return f"guvoh-{sha256(' '.join(parts).encode()).hexdigest()[:32]}"


def _dates(text: str | None) -> list[str]:
    found = _DAY.match(text or "")
    return [found.group(0)] if found else []


def _language(code: str) -> list[str]:
    found = _LANGUAGES.get(code.partition("-")[0])
    return [found] if found else []
