"""Brings the verified derivations of a component together into families with parents and origins."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from guvoh.lineage.artefacts import artefacts
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.direction import common_credit, credits_outlet
from guvoh.lineage.inherited import REPEATS, between, inherited, later_alone, turned
from guvoh.lineage.judged import judged, set_origins
from guvoh.lineage.linkage import average_linkage, completed
from guvoh.lineage.origin import missing_origin, originals_to_find
from guvoh.lineage.sealing import sealed, withholds
from guvoh.lineage.side import Side
from guvoh.model.assessment import Assessment
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation, Family, Member, Relation

# Reports belong together whose clusters have at least this mean similarity. On half of the families
# of retranslations-ru-en any value from .2 to .5 gives the same families.
_LEAST = 0.3
_BRIDGED = 0.6
# Copies word for word, and what a person confirmed, are put together before anything is linked.
_COPIED = 1000
_PARTIAL = (Relation.CITATION,)
# Of parents whose similarity comes this near to the best, `_preference` takes one.
_NEAR = 60


def build_families(
    members: Sequence[Side],
    derivations: Sequence[Derivation],
    assessments: Sequence[Assessment] = (),
) -> tuple[list[Family], list[Finding]]:
    """Return the families of one connected component, and what was noticed about them.

    `members` are in canonical order, which names a family after its earliest member. Reports that
    are alone, cite nobody and lack no origin give no family.
    """
    order = {side.id: ordinal for ordinal, side in enumerate(members)}
    known = {side.id: side for side in members}
    edges = later_alone(inherited(judged(members, derivations, assessments)), known)
    edges = between(edges, known)
    publishers = [s.publisher for s in members if s.publisher and not artefacts(s.report).borrowed]
    citing = [
        edge for edge in edges if edge.relation in _PARTIAL and not _retold(edge, known, publishers)
    ]
    apart = {id(edge) for edge in citing}
    within = [edge for edge in edges if id(edge) not in apart]
    families: list[Family] = []
    findings: list[Finding] = []
    origins = set_origins(members, assessments)
    clusters = [[members[o] for o in c] for c in _clusters(len(members), within, order)]
    # A report that cites a family is no original for others that cite the same.
    families_of = {side.id for sides in clusters if len(sides) > 1 for side in sides}
    citing = [
        turned(edge)
        if not edge.directed and edge.child in families_of and edge.parent not in families_of
        else edge
        for edge in citing
    ]
    citing_it = {edge.child for edge in citing if edge.parent in families_of}
    for sides in clusters:
        inside = {side.id for side in sides}
        own = [edge for edge in within if edge.parent in inside and edge.child in inside]
        citers = [e for e in citing if e.parent in inside and e.child not in inside]
        if len(sides) == 1 and sides[0].id in citing_it:
            citers = [e for e in citers if e.child not in citing_it | families_of]
        family = _family(sides, own, citers, origins)
        if len(sides) > 1 or family.citers or family.missing_origin:
            families.append(family)
            findings += originals_to_find(family, sides)
    return families, findings


def _retold(edge: Derivation, sides: Mapping[str, Side], publishers: Sequence[str]) -> bool:
    """Tell whether two reports retell one absent outlet: neither cites the other.

    `publishers` are those of the component: what one of them published is not absent.
    """
    outlet = common_credit(sides[edge.parent], sides[edge.child])
    return (
        not edge.directed
        and outlet is not None
        and not any(same_outlet(outlet, publisher) for publisher in publishers)
    )


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
    citing: Sequence[Derivation],
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
    if origin is None and missing is None and len(roots) == 1 and len(sides) > 1:
        origin = roots[0].id
    members = tuple(
        _member(side, parents.get(side.id), touching.get(side.id), origin) for side in sides
    )
    citers = {edge.child: edge for edge in reversed(citing)}
    return Family(
        id=sides[0].id,
        members=members,
        origin=origin,
        missing_origin=None if stated else missing,
        citers=tuple(
            Member(edge.child, edge.relation, edge.parent, edge.confidence, (), edge.for_, edge)
            for edge in sorted(citers.values(), key=lambda edge: edge.child)
        ),
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
            fits = translated == (end in traced) and edge.relation not in _PARTIAL
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
