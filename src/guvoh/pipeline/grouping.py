"""Families of the reports that a change touches: what it binds anew, and who is cited anew."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import NamedTuple

import msgspec

from guvoh.casefile import lookups, tables
from guvoh.lineage.clusters import Clustered, Part, citers, cluster, parts
from guvoh.lineage.families import cited_alone, family_of
from guvoh.lineage.fingerprint import Fingerprint
from guvoh.lineage.side import Side, base_of
from guvoh.model.assessment import Assessment
from guvoh.model.lineage import Derivation, Family

KEPT = 512  # sides kept in memory at most, beside those in use

_FINGERPRINT = msgspec.json.Decoder(Fingerprint)
_Component = Mapping[str, int]  # report ids with ordinals, in canonical order


class _Known(NamedTuple):
    """A report as it is put together with others (`lineage.side.Known`)."""

    id: str
    capture: str
    language: str
    outlet: str | None

    @property
    def base(self) -> str:
        """Return the language without script."""
        return base_of(self.language)


@dataclass(slots=True)
class Sides:
    """Sides of reports by id, from the store; the last ones asked for are kept."""

    db: sqlite3.Connection
    kept: dict[str, Side] = field(default_factory=dict)

    def load(self, asked: Iterable[str]) -> dict[str, Side]:
        """Return the sides of these reports, in the order in which they are named."""
        wanted = list(dict.fromkeys(asked))
        fresh = sorted(set(wanted) - self.kept.keys())
        if fresh:
            texts = tables.several(self.db, tables.REPORT, fresh)
            readings = tables.machine_readings(self.db, fresh)
            prints = lookups.fingerprints(self.db, fresh)
            for one in fresh:
                print_ = _FINGERPRINT.decode(prints[one])
                self.kept[one] = Side(texts[one], print_, readings.get(one))
        found = {one: self.kept.pop(one) for one in wanted}
        for spare in list(self.kept)[: max(len(self.kept) + len(found) - KEPT, 0)]:
            del self.kept[spare]
        self.kept |= found
        return found


def regroup(
    db: sqlite3.Connection,
    sides: Sides,
    reports: Iterable[str],
    fresh: Sequence[Derivation],
    assessments: Sequence[Assessment],
) -> set[str]:
    """Derive anew the families that may be others now; return the reports whose part in one is another.

    `reports` are new or judged, `fresh` are derivations that were put since. What a citation
    touches gets another citer and is not put together anew, so that the web of who quotes whom,
    which runs through a whole case, costs nothing.
    """
    store = _Store(db, sides, assessments, _stated(db, assessments))
    bound = {end for one in fresh if one.binds for end in (one.parent, one.child)}
    cited = {end for one in fresh if not one.binds for end in (one.parent, one.child)}
    # Whether an outlet is absent hangs on the publishers of those who are cited, too.
    components = store.components({*reports, *bound, *lookups.retelling(db, cited)})
    store.inside = {one for component in components for one in component}
    before = lookups.grouped(db, store.inside)
    for component in components:
        store.cluster(component)
    cited |= lookups.citing(db, before ^ store.grouped)
    cited -= store.inside
    if store.links:  # what people decided may hold of a citation
        components += store.components(cited)
        cited.clear()
    touched = {one for component in components for one in store.derive(component)}
    return touched | store.cite(cited) | _unmasked(db, fresh)


@dataclass(slots=True)
class _Store:
    """What families are derived from.

    Of the reports `inside` those that are `grouped` were found to be not alone; of others the store
    knows it.
    """

    db: sqlite3.Connection
    sides: Sides
    assessments: Sequence[Assessment]
    links: Mapping[str, set[str]]
    inside: set[str] = field(default_factory=set)
    grouped: set[str] = field(default_factory=set)
    clustered: dict[str, Clustered] = field(default_factory=dict)

    def components(self, reports: Iterable[str]) -> list[_Component]:
        """Return the components of derivations, and of what people tied, that hold these reports."""
        found: list[_Component] = []
        seen: set[str] = set()
        for report in sorted(reports):
            if report not in seen:
                found.append(_component(self.db, report, self.links))
                seen |= found[-1].keys()
        return found

    def cluster(self, component: _Component) -> Clustered:
        """Return how the reports of a component go together, for which their texts are not read."""
        first = next(iter(component))
        if first not in self.clustered:
            members = [_Known(*row) for row in lookups.known(self.db, component)]
            edges = _touching(self.db, component)
            ends = {end for edge in edges for end in (edge.parent, edge.child)}
            beyond = [_Known(*row) for row in lookups.known(self.db, ends - component.keys())]
            self.clustered[first] = cluster(members, edges, self.assessments, beyond)
            self.grouped |= self.clustered[first].grouped
        return self.clustered[first]

    def derive(self, component: _Component) -> set[str]:
        """Derive anew those families of a component that are made of something else than they were.

        Return the reports whose part changed.
        """
        found = self.cluster(component)
        del self.clustered[next(iter(component))]
        ends = {end for edge in found.citing for end in (edge.parent, edge.child)}
        grouped = lookups.grouped(self.db, ends - self.inside) | self.grouped
        before = lookups.made_of(self.db, component)
        digests: dict[str, str] = {}
        changed: list[Part] = []
        for part in parts(found, grouped):
            first, digest = part.reports[0], _digest(part)
            if before.get(first) != digest:
                digests[first] = digest
                changed.append(part)
        reports = [one for part in changed for one in part.reports]
        lookups.put_made_of(self.db, reports, digests.items())
        tables.drop_findings(self.db, "lineage", reports)
        families: list[Family] = []
        for part in changed:
            family, findings = family_of(part, list(self.sides.load(part.reports).values()))
            families += [family] if family else []
            tables.put(self.db, tables.FINDING, findings)
        ids = set(lookups.families_of(self.db, reports).values())
        return _put(self.db, tables.several(self.db, tables.FAMILY, ids), families)

    def cite(self, reports: Collection[str]) -> set[str]:
        """Bring the citers of these reports' families up to date; return whose part changed."""
        homes = lookups.families_of(self.db, reports)
        known = tables.several(self.db, tables.FAMILY, set(homes.values()))
        alone = [one for one in sorted(reports) if one not in homes]
        units = [(tuple(m.report for m in family.members), family) for family in known.values()]
        touched: set[str] = set()
        for inside, family in [*units, *(((one,), None) for one in alone)]:
            edges = [edge for edge in _touching(self.db, inside) if not edge.binds]
            ends = {end for edge in edges for end in (edge.parent, edge.child)}
            found = citers(inside, edges, lookups.grouped(self.db, ends))
            if family is not None:
                stays = len(inside) > 1 or found or family.missing_origin
                made = [replace(family, citers=found)] if stays else []
            else:
                made = [cited_alone(self.sides.load(inside)[inside[0]], found)] if found else []
            changed = _put(self.db, {family.id: family} if family else {}, made)
            if changed:
                lookups.put_made_of(self.db, inside, ())
            touched |= changed
        return touched


def _digest(part: Part) -> str:
    return sha256(msgspec.json.encode(part)).hexdigest()


def _put(
    db: sqlite3.Connection, before: Mapping[str, Family], families: Sequence[Family]
) -> set[str]:
    """Put families in the place of others; return the reports whose part is another."""
    made = {family.id: family for family in families}
    tables.drop(db, tables.FAMILY, "id", before.keys() - made.keys())
    tables.put(db, tables.FAMILY, [one for one in families if before.get(one.id) != one])
    touched: set[str] = set()
    for identity in before.keys() | made.keys():
        old, new = before.get(identity), made.get(identity)
        both = [one for one in (old, new) if one is not None]
        if old is None or new is None or replace(old, citers=()) != replace(new, citers=()):
            touched |= {member.report for one in both for member in one.members}
            continue
        was, is_ = ({member.report: member for member in one.citers} for one in (old, new))
        changed = {report for report in was | is_ if was.get(report) != is_.get(report)}
        touched |= changed
        edges = [c.derivation for one in both for c in one.citers if c.report in changed]
        if any(edge is not None and _withholds(edge) for edge in edges):
            touched |= {member.report for member in new.members}
    return touched


def _unmasked(db: sqlite3.Connection, fresh: Sequence[Derivation]) -> set[str]:
    """Return the reports of which something must be masked now, for one version withholds it."""
    ends = {end for one in fresh if _withholds(one) for end in (one.parent, one.child)}
    families = tables.several(db, tables.FAMILY, set(lookups.families_of(db, ends).values()))
    return ends | {member.report for family in families.values() for member in family.members}


def _withholds(edge: Derivation) -> bool:
    return any(change.withheld for change in edge.changes)


def _touching(db: sqlite3.Connection, reports: Iterable[str]) -> list[Derivation]:
    """Return the derivations of which one end is among these reports, ordered by their ends."""
    found = {
        (edge.parent, edge.child): edge
        for one in reports
        for column in ("parent", "child")
        for edge in tables.where(db, tables.DERIVATION, column, one)
    }
    return [found[ends] for ends in sorted(found)]


def _stated(db: sqlite3.Connection, assessments: Sequence[Assessment]) -> dict[str, set[str]]:
    """Return for each report those that a person tied it to, whether or not their texts show it."""
    links: dict[str, set[str]] = {}
    for one in assessments:
        if one.target.noun != "derivation" or one.target.other is None:
            continue
        ends = [
            [report.id for report in tables.where(db, tables.REPORT, "capture", capture)]
            for capture in (one.target.capture, one.target.other)
        ]
        for child in ends[0]:
            for parent in ends[1]:
                links.setdefault(child, set()).add(parent)
                links.setdefault(parent, set()).add(child)
    return links


def _component(db: sqlite3.Connection, report: str, links: Mapping[str, set[str]]) -> _Component:
    """Return all reports that derivations or people bind to this one, with their ordinals."""
    found: dict[str, int] = {}
    waiting = [report]
    while waiting:
        one = waiting.pop()
        if one not in found:
            reached = lookups.component(db, one)
            found |= reached
            waiting += sorted(end for each in reached for end in links.get(each, ()))
    return dict(sorted(found.items(), key=lambda item: item[1]))
