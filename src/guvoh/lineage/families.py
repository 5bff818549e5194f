"""Brings the verified derivations of a component together into families with parents and origins."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from guvoh.lineage.artefacts import artefacts
from guvoh.lineage.credits import publisher_of, same_outlet
from guvoh.lineage.direction import ADDRESSED, CREDITED, credits_outlet
from guvoh.lineage.inherited import REPEATS, between, inherited, later_alone, turned
from guvoh.lineage.judged import judged, set_origins
from guvoh.lineage.linkage import average_linkage, completed
from guvoh.lineage.origin import missing_origin, originals_to_find
from guvoh.lineage.sealing import sealed, withholds
from guvoh.lineage.side import Side
from guvoh.model.assessment import Assessment
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation, Family, Member, Relation
from guvoh.model.report import Report

# Reports belong together whose clusters have at least this mean similarity. On half of the families
# of retranslations-ru-en any value from .2 to .5 gives the same families.
_LEAST = 0.3
_BRIDGED = 0.6
# Copies word for word, and what a person confirmed, are put together before anything is linked.
_COPIED = 1000
_NAMING = frozenset({ADDRESSED, CREDITED})
# Of parents whose similarity comes this near to the best, `_preference` takes one.
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Clustered:
    """Reports put together, in canonical order, with the derivations `within` and the citations.

    `citing` leads out of a cluster as often as it lies between two.
    """

    clusters: tuple[tuple[Side, ...], ...]
    within: tuple[Derivation, ...]
    citing: tuple[Derivation, ...]
    origins: Mapping[str, bool]

    @property
    def grouped(self) -> frozenset[str]:
        """Return the reports that are not alone."""
        return frozenset(s.id for sides in self.clusters if len(sides) > 1 for s in sides)


def cluster(
    members: Sequence[Side],
    derivations: Sequence[Derivation],
    assessments: Sequence[Assessment] = (),
    beyond: Sequence[Report] = (),
) -> Clustered:
    """Put together the reports of one component of derivations that bind (`Derivation.binds`).

    `members` are in canonical order. `derivations` are all that have an end among them; citations
    may lead to reports `beyond`, which belong to other components.
    """
    order = {side.id: ordinal for ordinal, side in enumerate(members)}
    reports = [*(side.report for side in members), *beyond]
    decided = [
        edge
        for edge in judged(reports, derivations, assessments)
        if edge.parent in order or edge.child in order
    ]
    publishers = [
        publisher
        for report in reports
        if (publisher := publisher_of(report)) and not artefacts(report).borrowed
    ]
    citing = [
        edge
        for edge in decided
        if edge.relation is Relation.CITATION
        and not (edge.binds and _absent(edge.both_credit, publishers))
    ]
    apart = {id(edge) for edge in citing}
    within = [edge for edge in decided if id(edge) not in apart]
    known = {side.id: side for side in members}
    within = between(later_alone(inherited(within), known), known)
    return Clustered(
        tuple(tuple(members[o] for o in c) for c in _clusters(len(members), within, order)),
        tuple(within),
        tuple(citing),
        set_origins([side.report for side in members], assessments),
    )


def build_families(
    found: Clustered, grouped: Collection[str] = ()
) -> tuple[list[Family], list[Finding]]:
    """Return the families of one component, and what was noticed about them.

    A family is named after its earliest member. Reports that are alone, cited by nobody and lack no
    origin give no family. `grouped` are the reports of other components that are not alone there.
    """
    grouped = {*grouped, *found.grouped}
    families: list[Family] = []
    findings: list[Finding] = []
    for sides in found.clusters:
        inside = {side.id for side in sides}
        own = [edge for edge in found.within if edge.parent in inside and edge.child in inside]
        own += _by_credit(own, found.citing, sides)
        cited = citers(inside, found.citing, grouped)
        family = _family(sides, own, cited, found.origins)
        if len(sides) > 1 or family.citers or family.missing_origin:
            families.append(family)
            findings += originals_to_find(family, sides)
    return families, findings


def _by_credit(
    own: Sequence[Derivation], citing: Sequence[Derivation], sides: Sequence[Side]
) -> list[Derivation]:
    """Return citations between members of one family as the derivations they are.

    A short version shares too little with its origin to be told from a report that cites it; that
    other versions of the text hold it says what it is. Only who has no other parent gets one so.
    """
    known = {side.id: side for side in sides}
    parented = {edge.child for edge in own if edge.directed}
    return [
        replace(
            edge,
            relation=Relation.PARAPHRASE
            if known[edge.parent].base == known[edge.child].base
            else Relation.TRANSLATION,
        )
        for edge in citing
        if edge.directed
        and edge.child not in parented
        and edge.parent in known
        and edge.child in known
    ]


def cited_alone(side: Side, found: tuple[Member, ...]) -> Family:
    """Return the family of a report that derives from nothing, and from which nothing but its citers."""
    return _family([side], (), found, {})


def citers(
    inside: Collection[str], citing: Sequence[Derivation], grouped: Collection[str]
) -> tuple[Member, ...]:
    """Return those who cite the reports of one family, by `citing`, all citations that touch these.

    `grouped` are the reports at the citations' ends that have a family of more than themselves: of
    two that cite one another undirected it is such a one that is cited. What a lone report has in
    common with others when it cites a family itself they may have from there, unless they name it.
    """
    edges = [
        turned(edge)
        if not edge.directed and edge.child in grouped and edge.parent not in grouped
        else edge
        for edge in citing
    ]
    cited = [edge for edge in edges if edge.parent in inside and edge.child not in inside]
    if len(inside) == 1 and any(e.child in inside and e.parent in grouped for e in edges):
        cited = [edge for edge in cited if not _NAMING.isdisjoint(edge.for_)]
    by_report = {edge.child: edge for edge in reversed(cited)}
    return tuple(
        Member(edge.child, edge.relation, edge.parent, edge.confidence, (), edge.for_, edge)
        for edge in sorted(by_report.values(), key=lambda edge: edge.child)
    )


def _absent(outlet: str | None, publishers: Sequence[str]) -> bool:
    """Tell whether none of the publishers at hand is an outlet; what one of them printed is there."""
    return outlet is not None and not any(same_outlet(outlet, one) for one in publishers)


def _clusters(count: int, edges: Sequence[Derivation], order: Mapping[str, int]) -> list[list[int]]:
    """Return clusters of ordinals; copies are put with the first of them before anything is linked."""
    leader = list(range(count))
    similar: dict[tuple[int, int], float] = {}
    ends: list[tuple[int, int, Derivation]] = []
    for edge in edges:
        one, other = order[edge.parent], order[edge.child]
        ends.append((min(one, other), max(one, other), edge))
    ends.sort(key=lambda end: (end[1], end[0]))
    for first, second, edge in ends:
        if edge.similarity >= _COPIED and leader[second] == second:
            leader[second] = leader[first]
    for first, second, edge in ends:
        one, other = sorted((leader[first], leader[second]))
        if one != other:
            value = edge.similarity / 1000
            similar[one, other] = max(similar.get((one, other), 0.0), value)
    leaders = sorted(set(leader))
    clusters = average_linkage(leaders, completed(similar, _BRIDGED), _LEAST)
    copies: dict[int, list[int]] = {}
    for ordinal, first in enumerate(leader):
        copies.setdefault(first, []).append(ordinal)
    return sorted(sorted(o for lead in cluster for o in copies[lead]) for cluster in clusters)


def _family(
    sides: Sequence[Side],
    edges: Sequence[Derivation],
    cited: tuple[Member, ...],
    origins: Mapping[str, bool],
) -> Family:
    known = {side.id: side for side in sides}
    binding = [side for side in sides if withholds(side)]
    parents = {
        child: _sealed(edge, known[edge.parent], known[child], binding)
        for child, edge in _parents(sides, edges, origins).items()
    }
    touching = _touching(sides, edges)
    roots = [side for side in sides if side.id not in parents]
    missing = missing_origin(sides, roots, edges)
    stated = [side.id for side in sides if origins.get(side.id)]
    origin = stated[0] if stated else None
    if origin is None and missing is None and len(roots) == 1:
        # What others cite is the origin, unless it was itself translated from what is not at hand.
        alone = len(sides) == 1
        origin = None if alone and artefacts(sides[0].report).evidence else roots[0].id
    members = tuple(
        _member(side, parents.get(side.id), touching.get(side.id), origin) for side in sides
    )
    return Family(
        id=sides[0].id,
        members=members,
        origin=origin,
        missing_origin=None if stated else missing,
        citers=cited,
    )


def _sealed(edge: Derivation, parent: Side, child: Side, binding: Sequence[Side]) -> Derivation:
    """Return a derivation without the values that any version of the text withholds."""
    if not binding:
        return edge
    kept = tuple(sealed(change, parent, child, binding) for change in edge.changes)
    return edge if kept == edge.changes else replace(edge, changes=kept)


def _touching(sides: Sequence[Side], edges: Sequence[Derivation]) -> dict[str, Derivation]:
    """Return for each report the derivation that says most of its text, in whichever direction.

    A report that bears no traces of translation is like another of its language an edited copy or a
    paraphrase, whatever others are; only where there is none does a translation speak for it.
    """
    traced = {side.id for side in sides if artefacts(side.report).evidence}
    best: dict[str, tuple[bool, Derivation]] = {}
    for edge in sorted(edges, key=lambda e: (-e.similarity, e.parent, e.child)):
        for end in (edge.parent, edge.child):
            translated = edge.relation is Relation.TRANSLATION
            fits = translated == (end in traced) and edge.relation is not Relation.CITATION
            if end not in best or (fits and not best[end][0]):
                best[end] = fits, edge
    return {end: edge for end, (_, edge) in best.items()}


def _member(
    side: Side, edge: Derivation | None, touching: Derivation | None, origin: str | None
) -> Member:
    """Return a report's place: the origin, the child of its parent, or one whose parent is unknown."""
    if side.id == origin:
        sure = 1000 if touching is None else touching.confidence
        return Member(side.id, Relation.ORIGIN, None, sure)
    found = edge or touching
    if found is None:
        traces = artefacts(side.report)
        return Member(side.id, Relation.TRANSLATION, None, 500, traces.languages, traces.evidence)
    evidence = (*found.for_, *found.against)
    if edge is None:
        languages = artefacts(side.report).languages
        return Member(side.id, found.relation, None, found.confidence, languages, evidence)
    languages = found.via_languages
    return Member(
        side.id, found.relation, found.parent, found.confidence, languages, evidence, found
    )


def _parents(
    sides: Sequence[Side], edges: Sequence[Derivation], origins: Mapping[str, bool]
) -> dict[str, Derivation]:
    """Return for each report the derivation from its parent, where the direction is known.

    No report is its own ancestor: the strongest derivations are taken first, one that would close
    a circle is left out.
    """
    order = {side.id: ordinal for ordinal, side in enumerate(sides)}
    options: dict[str, list[Derivation]] = {}
    for edge in edges:
        if edge.directed and not origins.get(edge.child):
            options.setdefault(edge.child, []).append(edge)
    known = {side.id: side for side in sides}
    made = {(edge.parent, edge.child) for edge in edges if edge.directed}
    ranked: list[tuple[int, int, Derivation]] = []
    for child, found in options.items():
        best = max(edge.similarity for edge in found)
        near = [edge for edge in found if edge.similarity >= best - _NEAR]
        suited = {id(edge): _preference(edge, near, known, made) for edge in near}
        near.sort(key=lambda edge: (*suited[id(edge)], order[edge.parent]))
        rest = sorted(
            (edge for edge in found if edge not in near),
            key=lambda edge: (-edge.similarity, order[edge.parent]),
        )
        ranked += [(place, order[child], edge) for place, edge in enumerate((*near, *rest))]
    ranked.sort(key=lambda item: (item[0], -item[2].confidence, item[1], order[item[2].parent]))
    parents: dict[str, Derivation] = {}
    for _, _, edge in ranked:
        if edge.child not in parents and not _descends(edge.parent, edge.child, parents):
            parents[edge.child] = edge
    return parents


def _preference(
    edge: Derivation,
    near: Sequence[Derivation],
    sides: Mapping[str, Side],
    made: Collection[tuple[str, str]],
) -> tuple[int, int, int, str]:
    """Return how well a parent suits a child, best first, of parents that are alike as texts (`near`).

    Traces in the parent's language, then a credit, then inherited changes: a copy of a copy differs
    less from it than from the origin, whereas printings of one release differ least from that. Of
    two that are credited the one `made` from the other is the parent: it brought the other's name.
    """
    credited = {e.parent for e in near if credits_outlet(sides[e.child], sides[e.parent])}
    brought = sum((one, edge.parent) in made for one in credited if edge.parent in credited)
    parent, child = sides[edge.parent], sides[edge.child]
    if parent.base != child.base and parent.base in artefacts(child.report).languages:
        sign = 0
    elif credits_outlet(child, parent) or (edge.for_[-1:] and edge.for_[-1].startswith(REPEATS)):
        sign = 1
    else:
        sign = 2
    return sign, -brought, len(edge.changes), parent.report.published or "9999"


def _descends(report: str, ancestor: str, parents: Mapping[str, Derivation]) -> bool:
    while report != ancestor:
        edge = parents.get(report)
        if edge is None:
            return False
        report = edge.parent
    return True
