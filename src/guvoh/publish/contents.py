"""What a bundle says of its contents: the index, what speaks against, findings, assessments, the RO-Crate."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from guvoh import __version__
from guvoh.model.claim import Polarity, Stance
from guvoh.pages.picture import outlet
from guvoh.protect import ACCOUNT, Evidence, Logged, Release
from guvoh.publish.ids import published_id
from guvoh.publish.wacz import Page

Row = Sequence[Any]
_WITHHELD = "the record stays with the case; its leaf is in the log"


def _records(release: Release, kind: str) -> Iterator[tuple[Logged, dict[str, Any]]]:
    for one in release.evidence.records if release.evidence else ():
        payload = _payload(one.payload)
        if payload["type"] == kind:
            yield one, payload


@cache
def _payload(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def media_types(release: Release) -> dict[str, str]:
    """Return the media types of captures, as their arrivals name them."""
    return {p["capture"]: p["media_type"] for _, p in _records(release, "arrival")}


def index(release: Release) -> Iterator[Row]:
    """Yield a row for each arrival of an original that a report here was read from."""
    yield (
        *("report", "outlet", "url", "capture_sha256", "bytes", "media_type", "file", "origin"),
        *("collected_at", "collected_by_key", "record", "collected_with", "taken_out_of"),
        *("original_in_bundle", "working_copy", "transformations", "consent"),
    )
    arrived: dict[str, list[tuple[Logged, dict[str, Any]]]] = {}
    for one, payload in _records(release, "arrival"):
        arrived.setdefault(payload["capture"], []).append((one, payload))
    for report in sorted(release.reports.values(), key=lambda one: one.id):
        name = published_id(release, "report", report.id)
        why = release.staying.get(report.capture, "originals were not asked for")
        shown = report.capture in arrived or report.capture in release.captures
        head = (name, outlet(report), report.url, report.capture if shown else None)
        tail = (
            "yes" if report.capture in release.captures else f"no: {why}",
            f"reports/{name}.txt",
            "decoded and cleaned of markup and debris; names that stay and what is not quoted are "
            f"blacked out (guvoh {__version__})",
            "its teller agreed to what this is for"
            if why == ACCOUNT
            else "not needed: it is public",
        )
        for one, p in arrived.get(report.capture, ()):
            tool = p.get("tool") or "guvoh, before it noted its version"
            record = f"log/{one.key_id}/{one.index}.record"
            what = (p["bytes"], p["media_type"], p["file"], p["origin"], p["at"])
            yield (*head, *what, one.key_id, record, tool, p["parent"], *tail)
        if report.capture not in arrived:
            yield (*head, *([None] * 5), None, _WITHHELD, None, None, *tail)


def web_pages(release: Release, evidence: Evidence) -> Iterator[Page]:
    """Yield the originals here that came from an address of the web, once for each arrival."""
    titles = {one.capture: one.title.text for one in release.reports.values() if one.title}
    for _, p in _records(release, "arrival"):
        digest = p["capture"]
        if digest in release.captures and p["origin"].startswith(("http://", "https://")):
            title = titles.get(digest, "")
            yield Page(p["origin"], p["at"], p["media_type"], title, evidence.read(digest))


def contrary(release: Release) -> Iterator[Row]:
    """Yield what speaks against an event or in someone's favour: denials, contradictions, negations."""
    yield ("event", "kind", "who", "what", "record")
    for event in release.events:
        name = published_id(release, "event", event.id)
        for denial in event.denials:
            yield (name, "denial", denial.name, " ← ".join(denial.chain), None)
        for one in event.contradictions:
            yield (
                name,
                f"contradiction: {one.kind}",
                None,
                f"{' / '.join(one.values)}: {one.because}",
                None,
            )
        for claim_id in event.claims:
            claim = release.claims.get(claim_id)
            if claim is None:
                continue
            if claim.polarity is Polarity.NEGATED or claim.stance is Stance.DENIED:
                who = claim.chain[-1].name if claim.chain else None
                yield (
                    name,
                    f"claim: {claim.stance.value}, {claim.polarity.value}",
                    who,
                    claim.text,
                    claim.id,
                )


def findings(release: Release) -> Iterator[Row]:
    """Yield what the program noticed of the reports here."""
    yield ("report", "step", "kind", "text", "for", "against", "confidence")
    for one in release.findings:
        report = published_id(release, "report", one.report) if one.report else None
        yield (
            *(report, one.step, one.kind, one.text),
            *("; ".join(one.for_), "; ".join(one.against), one.confidence),
        )


def assessments(release: Release) -> Iterator[Row]:
    """Yield the assessments of which the record may leave."""
    yield ("noun", "capture_sha256", "quote", "verdict", "reason", "at", "by_key", "record")
    for one, payload in _records(release, "assessment"):
        target = payload["target"]
        yield (
            *(target["noun"], target["capture"], target.get("quote")),
            *(payload["verdict"], payload["reason"], payload["at"], one.key_id),
            f"log/{one.key_id}/{one.index}.record",
        )


def crate(release: Release, described: Sequence[tuple[str, str]]) -> bytes:
    """Return RO-Crate 1.1 metadata; the crate's root is the bag's `data` folder."""
    parts = [{"@id": name} for name, _ in described]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": release.title,
        "description": "Reports, what they say and on whose word, with evidence of where they came from.",
        "datePublished": _day(release),
        "license": "not stated; the rights of each report are its publisher's",
        "hasPart": parts,
        "mentions": {"@id": "#guvoh"},
    }
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        root,
        {"@id": "#guvoh", "@type": "SoftwareApplication", "name": "guvoh", "version": __version__},
        *({"@id": name, "@type": "File", "description": holds} for name, holds in described),
    ]
    made = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _day(release: Release) -> str:
    """Return the day of the latest record here: a release is made of what was there, and reads no clock."""
    days = [
        _payload(one.payload)["at"][:10]
        for one in (release.evidence.records if release.evidence else ())
    ]
    return max(days, default="1970-01-01")
