"""What a dossier says, in the order in which it says it, as plain values that any template can set."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from guvoh import __version__
from guvoh.corroborate.summary import headline
from guvoh.corroborate.veil import WITHHELD
from guvoh.languages.fold import fold
from guvoh.model.claim import Polarity, SourceKind
from guvoh.model.event import Count, Event, Value
from guvoh.model.lineage import ChangeKind, Relation
from guvoh.model.report import Report
from guvoh.pages.labels import language_of, original_sources, outlet, place
from guvoh.pages.listing import in_plain_words, looks_confirmed
from guvoh.pages.render import event_order
from guvoh.pages.texts import asked, holders, reason, rivals
from guvoh.protect import Release
from guvoh.publish.changes import since
from guvoh.publish.copying import Copying, name_of
from guvoh.publish.ids import published_id
from guvoh.publish.places import places
from guvoh.publish.times import timeline
from guvoh.words import Words

# Changes of source and stance come first: they are what makes copies look like confirmation.
_FIRST = (ChangeKind.SOURCE, ChangeKind.STANCE, ChangeKind.NEGATION)
_DETAILS = {
    "who": "Who",
    "when": "When",
    "where": "Where",
    "how_many": "How many",
    "account": "whether they agreed",
}
_CHANGES = 12  # changes told of one family
TOLD = 200  # events of one dossier; nobody reads more, and a document of them takes minutes to set
_CITED = 4  # notes at one place: more are told as a number
_QUOTED = 600  # characters of a passage in a note


@dataclass(slots=True)
class _Notes:
    """Footnotes in the order in which they are first cited, each passage once."""

    release: Release
    say: Words
    derived: frozenset[str]
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, claims: Iterable[str]) -> dict[str, Any]:
        """Return the numbers of the first notes for these claims, originals first, and how many more."""
        there = [claim for claim in claims if claim in self.release.claims]
        there.sort(key=lambda claim: self.release.claims[claim].report in self.derived)
        cited = there[:_CITED]
        numbers = [self.numbers.setdefault(claim, len(self.numbers) + 1) for claim in cited]
        return {"numbers": numbers, "more": len(there) - len(cited)}

    def all(self) -> list[dict[str, Any]]:
        """Return every note that was cited."""
        return [
            _note(self.release, claim, number, self.say) for claim, number in self.numbers.items()
        ]


def account(
    release: Release, say: Words, before: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """Return the whole dossier as values for a template; `say` gives the language of its words.

    `before` are the tables of an earlier dataset, if it is to say what has changed since.
    """
    notes = _Notes(release, say, _derived(release))
    events = [_in_words(event, say) for event in told_of(release)]
    copied = Copying(release, say)
    told = [_event(event, number, notes, copied) for number, event in enumerate(events, 1)]
    sentences = {event.id: event.summary for event in events}
    return {
        "title": release.title,
        "marks": say("“{words}”").split("{words}"),
        "language": say.language,
        "glance": _glance(release, say),
        "lead": _lead(events, say),
        "left": len(release.events) - len(events),
        "since": since(before, release, events, say) if before is not None else None,
        "timeline": timeline(events, say),
        "map": places(events, release, say),
        "warnings": [
            {
                "text": sentences.get(w.id.partition("/")[0], w.text),
                "since": w.since,
                "status": say.term(w.status),
                "sources": list(w.sources),
                "notes": notes.of(w.claims),
            }
            for w in release.warnings
        ],
        "events": told,
        "missing": list(_missing(release)),
        "replies": [_replies(event) for event in events],
        "method": _method(release, say),
        "withheld": [{"what": say(what), "number": n} for what, n in release.withheld.items()],
        "unchecked": [say(one) for one in release.unchecked],
        "notes": notes.all(),
        "reports": [_cited(report, say) for report in _ordered(release.reports)],
    }


def told_of(release: Release) -> list[Event]:
    """Return the events that a dossier tells, those that most reports carry first."""
    return sorted(release.events, key=event_order)[:TOLD]


def _derived(release: Release) -> frozenset[str]:
    """Return the reports that are made from another one."""
    return frozenset(
        member.report
        for family in release.families
        for member in (*family.members, *family.citers)
        if member.parent is not None and member.relation is not Relation.ORIGIN
    )


def _in_words(event: Event, say: Words) -> Event:
    """Return an event with its sentence in the reader's language; the one that is stored is English."""
    return event if say.language == "en" else replace(event, summary=headline(event, say))


def _lead(events: Sequence[Event], say: Words) -> dict[str, str] | None:
    """Return on how many people the largest event rests, for the first screen."""
    if not events:
        return None
    first = events[0]
    chains = len({chain for source in first.sources for chain in source.chains})
    return {
        "summary": first.summary,
        "reports": say.count(len(first.reports), "report", "reports"),
        "texts": say.count(first.texts, "text", "texts"),
        "count": original_sources(first.count, say),
        "plain": in_plain_words(first, say),
        "firsthand": str(first.count.firsthand),
        "checked": f"{first.count.checked} / {chains}",
    }


def _glance(release: Release, say: Words) -> dict[str, str]:
    origins = len(release.reports) - sum(len(family.members) - 1 for family in release.families)
    return {
        "reports": say.count(len(release.reports), "report", "reports"),
        "origins": say.count(origins, "origin", "origins"),
        "events": say.count(len(release.events), "event", "events"),
    }


def _event(event: Event, number: int, notes: _Notes, copied: Copying) -> dict[str, Any]:
    release, say = notes.release, notes.say
    families = [f for f in release.families if f.id in event.families]
    return {
        "id": published_id(release, "event", event.id),
        "key": event.id,
        "summary": event.summary,
        "status": say.term(event.status.value),
        "grade": event.grade,
        "reports": say.count(len(event.reports), "report", "reports"),
        "texts": say.count(event.texts, "text", "texts"),
        "count": count(event.count),
        "firsthand": event.count.firsthand,
        "documents": event.count.documents,
        "checked": event.count.checked,
        "chains": len({chain for source in event.sources for chain in source.chains}),
        "circular": looks_confirmed(event, families, release.reports, holders(release.claims), say),
        "sources": [
            {
                "name": source.name,
                "basis": say.term(source.basis.value),
                "firsthand": source.firsthand,
                "chains": [list(chain) for chain in source.chains],
                "notes": notes.of(source.claims),
            }
            for source in event.sources
        ],
        "joined": [{"sources": list(j.sources), "question": asked(j, say)} for j in event.joined],
        "unconfirmed": [
            {"name": u.name, "outlet": name_of(release, u.report), "reason": say(u.reason)}
            for u in event.unconfirmed
        ],
        "details": [
            {
                "title": say(title),
                "rows": [_value(v, notes, say) for v in values if _counts(v)],
                "other": [v.name for v in values if not _counts(v) and not _only_tells(v, release)],
            }
            for title, values in (
                ("Who", event.who),
                ("When", event.when),
                ("Where", event.where),
                ("How many", event.how_many),
            )
            if values
        ],
        "contradictions": [
            {
                "kind": _capital(say(_DETAILS[c.kind]) if c.kind in _DETAILS else say.term(c.kind)),
                "values": rivals(c, say),
                "because": reason(c, say),
                "notes": notes.of(c.claims),
            }
            for c in event.contradictions
        ],
        "denials": [
            {"chain": list(d.chain) or [d.name], "notes": notes.of([d.claim])}
            for d in event.denials
        ],
        "copying": [one for one in (copied.told(f, number) for f in families) if one],
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _counts(value: Value) -> bool:
    """Tell whether a source that counts, or a document, stands behind a value."""
    return value.count.high > 0 or value.count.documents > 0


def _only_tells(value: Value, release: Release) -> bool:
    """Tell whether a value is an outlet that tells of the event, in every passage behind it: that makes it nobody there."""
    told = [release.claims[claim] for claim in value.claims if claim in release.claims]
    return bool(told) and all(
        value.name == _publisher(release.reports[claim.report])
        or any(
            link.kind is SourceKind.ORGANISATION and link.name == value.name for link in claim.chain
        )
        for claim in told
    )


def _publisher(report: Report) -> str:
    return report.publisher.text if report.publisher else ""


def _value(value: Value, notes: _Notes, say: Words) -> dict[str, Any]:
    return {
        "role": say.term(value.role) if value.role else "",
        "name": value.name,
        "form": value.edtf or "",
        "count": count(value.count) + _documents(value.count, say),
        "sources": list(value.sources),
        "notes": notes.of(value.claims),
    }


def _documents(number: Count, say: Words) -> str:
    return f" + {say.count(number.documents, 'document', 'documents')}" if number.documents else ""


def _missing(release: Release) -> Iterator[dict[str, Any]]:
    for family in release.families:
        if family.missing_origin is not None:
            yield {
                "publisher": family.missing_origin.publisher or "",
                "reports": [name_of(release, m.report) for m in (*family.members, *family.citers)],
            }


def _replies(event: Event) -> dict[str, Any]:
    """Return who is said to have done harm in an event and has no word of their own, and who answers."""
    answers = {d.name: " ← ".join(d.chain) for d in event.denials}
    heard = {fold(name) for d in event.denials for name in (d.name, *d.chain)}
    heard |= {fold(source.name) for source in event.sources}
    accused = [v.name for v in event.who if v.role == "perpetrator" and v.name != WITHHELD]
    silent = [name for name in dict.fromkeys(accused) if fold(name) not in heard]
    return {
        "event": event.summary,
        "answers": list(dict.fromkeys(answers.values())),
        "silent": silent,
        "nobody": not accused,
    }


def _method(release: Release, say: Words) -> list[str]:
    """Return in plain words what was done to make this; each sentence is true of this release."""
    languages = Counter(report.language for report in release.reports.values())
    listed = ", ".join(
        f"{language_of(code, say)} ({number})" for code, number in languages.most_common()
    )
    checked = sum(event.count.checked for event in release.events)
    said = [
        say("guvoh %s read the reports and noted who says what through whom.") % __version__,
        say("Languages of the reports: %s.") % listed,
        say(
            "Reports that derive from one another were put together, so that a copy, an edited copy "
            "or a translation adds no source."
        ),
        say(
            "The lower number joins sources of which one may have informed the other; the upper one "
            "parts them. A publisher's own narration counts for nothing in the lower number."
        ),
    ]
    said.append(say("Reports that derive from another one: %s.") % len(_derived(release)))
    undated = sum(report.published is None for report in release.reports.values())
    unnamed = sum(report.publisher is None for report in release.reports.values())
    if undated:
        said.append(
            say("Reports without a date, which cannot be put in order by it: %s.") % undated
        )
    if unnamed:
        said.append(
            say("Reports whose publisher is not known, named by their files: %s.") % unnamed
        )
    if checked:
        said.append(say("Chains that a person checked: %s.") % checked)
    else:
        said.append(say("No chain was checked by a person: all of this is machine-read."))
    return said


def _note(release: Release, claim_id: str, number: int, say: Words) -> dict[str, Any]:
    claim = release.claims[claim_id]
    report = release.reports[claim.report]
    text = claim.text if len(claim.text) <= _QUOTED else claim.text[:_QUOTED] + " …"
    return {
        "number": number,
        "outlet": outlet(report),
        "title": report.title.text if report.title else "",
        "published": _day(report) or "",
        "url": report.url or "",
        "language": report.language,
        "chain": [link.name or say("unnamed") for link in claim.chain],
        "stance": say.term(claim.stance.value),
        "negated": claim.polarity is Polarity.NEGATED,
        "text": text,
        "bytes": place(claim.bytes, report),
        "capture": report.capture,
    }


def _cited(report: Report, say: Words) -> dict[str, Any]:
    return {
        "outlet": outlet(report),
        "title": report.title.text if report.title else say("untitled"),
        "bylines": [byline.text for byline in report.bylines],
        "published": _day(report) or say("undated"),
        "language": language_of(report.language, say),
        "url": report.url or "",
        "capture": report.capture,
    }


def _day(report: Report) -> str:
    return (report.published or "")[:10]


def _ordered(reports: Mapping[str, Report]) -> Sequence[Report]:
    return sorted(reports.values(), key=lambda r: (r.published or "9", r.id))


def count(number: Count) -> str:
    """Return bounds for people to read: "1", "1–2"."""
    return str(number.low) if number.low == number.high else f"{number.low}–{number.high}"
