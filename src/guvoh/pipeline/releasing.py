"""From a case to what may leave it: the release gate with what it needs, and its decisions journalled."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from guvoh.casefile import captures, derived, journal, lookups, state, tables
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, now
from guvoh.casefile.records import Published, Record
from guvoh.casefile.state import State
from guvoh.corroborate.veil import needed
from guvoh.model.claim import CODE_SIGNS
from guvoh.model.finding import Finding
from guvoh.pipeline import keeping, proving
from guvoh.pipeline.keeping import Open, VaultError
from guvoh.protect import Held, Registry, Release, Terms, release
from guvoh.protect.identity import PUBLICATION, Consent
from guvoh.protect.inspection import STEP

# Four signs are enough for a million people a case, for a code that is taken is drawn again.
_LENGTH = 4
DETAIL = "detail"  # the noun of a journalled decision: what a release told of a person
_LONGER = 6  # of what a case has more than people


@dataclass(frozen=True, slots=True)
class Override:
    """Two key-holders let a release out that holds what is protected: who, and why."""

    holders: tuple[str, str]
    reason: str


def let_out(
    case: Case,
    what: str,
    events: Sequence[str] | None = None,
    *,
    whole: bool = False,
    raw: bool = False,
    purpose: str = PUBLICATION,
    proven: bool = False,
    keep: Mapping[str, str] | None = None,
    override: Override | None = None,
    opened: Open | None = None,
) -> tuple[Release | None, tuple[Finding, ...]]:
    """Pass a case, or the events with these ids, through the release gate and journal the outcome.

    `what` names what is to be published. `whole` asks for whole reports, `raw` for originals too,
    `proven` for what of the journal speaks of them, with proofs. `keep` gives the reason for each string
    that would be masked on suspicion and stays; `override` lets a refused release out.
    `opened` is the unlocked vault; VaultError where there is one and it is locked. Returns the
    release, None where it was refused, and the findings.
    """
    if opened is None and keeping.is_used(case):
        raise VaultError(
            "the vault is locked, so nobody knows what must not leave",
            case.vault,
            "name a key with --key",
        )
    registry = opened.registry if opened is not None else Registry(())
    records = journal.read(case)
    known = state.fold(records)
    with closing(derived.connect_reader(case)) as db, derived.snapshot(db):
        held = hold(case.title, known, db, events)
    taken = set(known.codes.values())
    public = _assessed_public(known, held)
    terms = Terms(lambda: fresh_code(taken), known.codes, public, whole=whole, purpose=purpose)
    terms = replace(terms, published=_published(records))
    if opened is not None:
        terms = replace(terms, consents=_consents(opened))
    terms = replace(terms, keep=dict(keep or {}), overridden=override is not None)
    if raw:
        terms = replace(terms, raw=lambda digest: captures.read(case, digest))
    if proven:
        terms = replace(terms, evidence=proving.evidence(case))
    made, findings = release(held, registry, terms)
    if made is not None:
        made = replace(made, ids=_ids(made, known, taken))
        findings += tuple(_limits(made, opened)) if opened is not None else ()
    journal.append(
        case, load_actor(), [_record(what, made, known, _decided(what, terms, override))], now()
    )
    return made, findings


def _published(records: Iterable[Record]) -> dict[str, frozenset[tuple[str, str]]]:
    """Return what earlier releases told of people, by code, as kind and value."""
    found: dict[str, set[tuple[str, str]]] = {}
    for record in records:
        if isinstance(record.content, Published):
            for noun, subject, kind, value in record.content.decisions:
                if noun == DETAIL:
                    found.setdefault(subject, set()).add((kind, value))
    return {who: frozenset(details) for who, details in found.items()}


def _consents(opened: Open) -> dict[str, Consent]:
    """Return by capture what the tellers of accounts agreed to; who withdrew as a person, withdrew all."""
    gone = {one.code for one in opened.people if one.consent.withdrawn is not None}
    return {one.capture: one.consent for one in opened.told if one.teller not in gone}


def _limits(made: Release, opened: Open) -> Iterator[Finding]:
    """Yield whose account leaves though its teller set limits, which no program can keep."""
    left = {report.capture for report in made.reports.values()}
    for one in opened.told:
        if one.capture in left and one.consent.limits:
            text = f"{one.code} leaves, and its teller set limits: `guvoh unseal {one.code}` shows them. Keep to them."
            yield Finding(STEP, "limits", text)


def _assessed_public(known: State, held: Held) -> frozenset[str]:
    """Return the ids of people whom someone has assessed as public."""
    named = {
        (one.target.capture, one.target.quote)
        for one in known.assessments
        if one.target.noun == "person" and one.verdict == "public"
    }
    return frozenset(
        person.id
        for person in held.people
        for report in (held.reports.get(person.id.rpartition("/p")[0]),)
        if report is not None and (report.capture, person.name) in named
    )


def hold(title: str, known: State, db: sqlite3.Connection, events: Iterable[str] | None) -> Held:
    """Return what the store holds of these events, or of all."""
    chosen = (
        tuple(tables.every(db, tables.EVENT))
        if events is None
        else tuple(tables.several(db, tables.EVENT, events).values())
    )
    named = {report for event in chosen for report in event.reports}
    found = sorted(set(lookups.families_of(db, sorted(named)).values()))
    families = tuple(tables.several(db, tables.FAMILY, found).values())
    members = {m.report for f in families for m in (*f.members, *f.citers)}
    wanted = sorted(named | members | set(needed(families)))
    claims = {claim for event in chosen for claim in event.claims}
    reports = tables.several(db, tables.REPORT, wanted)
    return Held(
        title=title,
        events=chosen,
        families=families,
        reports=reports,
        readings=tables.several(db, tables.READING, wanted),
        people=tuple(tables.every(db, tables.PERSON)),
        warnings=tuple(w for w in tables.every(db, tables.WARNING) if set(w.claims) & claims),
        captures={one.capture: known.captures[one.capture] for one in reports.values()},
        findings=tuple(f for f in tables.every(db, tables.FINDING) if f.report in reports),
    )


def fresh_code(taken: set[str], letter: str = "P", length: int = _LENGTH) -> str:
    """Return a random code that nobody has, and note it in `taken`."""
    while (
        code := f"{letter}-" + "".join(secrets.choice(CODE_SIGNS) for _ in range(length))
    ) in taken:
        pass
    taken.add(code)
    return code


def _ids(made: Release, known: State, taken: set[str]) -> dict[str, str]:
    """Return the published ids of events, families and reports: those they had, or fresh ones."""
    named = [f"event {event.id}" for event in made.events]
    named += [f"family {family.id}" for family in made.families]
    named += [f"report {report}" for report in made.reports]
    return {
        name: known.codes.get(name) or fresh_code(taken, name[0].upper(), _LONGER) for name in named
    }


def _decided(what: str, terms: Terms, override: Override | None) -> list[tuple[str, str, str, str]]:
    """Return what people decided about a release: what for, what stays and why, who overrode a refusal."""
    found = [("release", what, "purpose", terms.purpose)]
    found += [("string", string, "stays", reason) for string, reason in terms.keep.items()]
    if override is not None:
        found += [
            ("release", what, f"overridden by {name}", override.reason) for name in override.holders
        ]
    return found


def _record(
    what: str, made: Release | None, known: State, decided: list[tuple[str, str, str, str]]
) -> Published:
    if made is None:
        return Published(what, released=False)
    return Published(
        what,
        released=True,
        codes=tuple(
            pair
            for pair in {**made.codes, **made.ids}.items()
            if known.codes.get(pair[0]) != pair[1]
        ),
        decisions=(
            *decided,
            *((d.noun, d.subject, d.what, d.why) for d in made.decisions),
            *((DETAIL, *one) for one in made.details),
        ),
    )
