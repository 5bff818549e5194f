"""Puts the reports of a component of derivations together, without looking at their texts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guvoh.lineage.credits import same_outlet
from guvoh.lineage.direction import ADDRESSED, CREDITED
from guvoh.lineage.inherited import turned
from guvoh.lineage.judged import judged, set_origins
from guvoh.lineage.linkage import average_linkage, completed
from guvoh.lineage.side import Known
from guvoh.model.assessment import Assessment
from guvoh.model.lineage import Derivation, Member, Relation

# Reports belong together whose clusters have at least this mean similarity. On half of the families
# of retranslations-ru-en any value from .2 to .5 gives the same families.
_LEAST = 0.3
_BRIDGED = 0.6
# Copies word for word, and what a person confirmed, are put together before anything is linked.
_COPIED = 1000
_NAMING = frozenset({ADDRESSED, CREDITED})


@dataclass(frozen=True, slots=True)
class Clustered:
    """Ids of reports put together, in canonical order, with the derivations `within` and the citations.

    `citing` leads out of a cluster as often as it lies between two.
    """

    clusters: tuple[tuple[str, ...], ...]
    within: tuple[Derivation, ...]
    citing: tuple[Derivation, ...]
    origins: frozenset[str]

    @property
    def grouped(self) -> frozenset[str]:
        """Return the reports that are not alone."""
        return frozenset(one for ids in self.clusters if len(ids) > 1 for one in ids)


@dataclass(frozen=True, slots=True)
class Part:
    """All that a family is made of beside its reports, which are in canonical order.

    `within` are derivations among them and `credits` their citations of one another, `cited` those
    who cite them, `origins` the reports that a person named as origin.
    """

    reports: tuple[str, ...]
    within: tuple[Derivation, ...]
    credits: tuple[Derivation, ...]
    cited: tuple[Member, ...]
    origins: tuple[str, ...]


def cluster(
    members: Sequence[Known],
    derivations: Sequence[Derivation],
    assessments: Sequence[Assessment] = (),
    beyond: Sequence[Known] = (),
) -> Clustered:
    """Put together the reports of one component of derivations that bind (`Derivation.binds`).

    `members` are in canonical order. `derivations` are all that have an end among them; citations
    may lead to reports `beyond`, which belong to other components.
    """
    order = {one.id: ordinal for ordinal, one in enumerate(members)}
    decided = [
        edge
        for edge in judged([*members, *beyond], derivations, assessments)
        if edge.parent in order or edge.child in order
    ]
    outlets = [one.outlet for one in (*members, *beyond) if one.outlet]
    citing = [
        edge
        for edge in decided
        if edge.relation is Relation.CITATION
        and not (edge.binds and _absent(edge.both_credit, outlets))
    ]
    apart = {id(edge) for edge in citing}
    within = [edge for edge in decided if id(edge) not in apart]
    return Clustered(
        tuple(_clusters(order, within)),
        tuple(within),
        tuple(citing),
        set_origins(members, assessments),
    )


def parts(found: Clustered, grouped: Collection[str] = ()) -> Iterator[Part]:
    """Yield what the families of a component are made of, a part for each cluster.

    `grouped` are the reports of other components that are not alone there.
    """
    grouped = {*grouped, *found.grouped}
    home = {one: at for at, ids in enumerate(found.clusters) for one in ids}
    within: dict[int, list[Derivation]] = {}
    for edge in found.within:
        if home[edge.parent] == home[edge.child]:
            within.setdefault(home[edge.parent], []).append(edge)
    citing: dict[int, list[Derivation]] = {}
    for edge in found.citing:
        for at in sorted({home[end] for end in (edge.parent, edge.child) if end in home}):
            citing.setdefault(at, []).append(edge)
    for at, ids in enumerate(found.clusters):
        own, touching = within.get(at, []), citing.get(at, [])
        yield Part(
            ids,
            tuple(own),
            tuple(e for e in touching if home.get(e.parent) == home.get(e.child) == at),
            citers(ids, touching, grouped),
            tuple(one for one in ids if one in found.origins),
        )


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
    by_report = {edge.child: edge for edge in sorted(cited, key=_cites_least)}
    return tuple(
        Member(edge.child, edge.relation, edge.parent, edge.confidence, (), edge.for_, edge)
        for edge in sorted(by_report.values(), key=lambda edge: edge.child)
    )


def _cites_least(edge: Derivation) -> tuple[bool, bool, int, str]:
    """Return how little speaks for a citation: of several members the one that is named is cited."""
    return not _NAMING.isdisjoint(edge.for_), edge.directed, edge.similarity, edge.parent


def _absent(outlet: str | None, publishers: Sequence[str]) -> bool:
    """Tell whether none of the publishers at hand is an outlet; what one of them printed is there."""
    return outlet is not None and not any(same_outlet(outlet, one) for one in publishers)


def _clusters(order: Mapping[str, int], edges: Sequence[Derivation]) -> list[tuple[str, ...]]:
    """Return clusters of ids in canonical order; copies are put together before anything is linked.

    Ties are decided by the ids, so that the order of arrival decides nothing but the order shown.
    """
    ids = sorted(order)
    rank = {one: at for at, one in enumerate(ids)}
    leader = list(range(len(ids)))
    similar: dict[tuple[int, int], float] = {}
    ends: list[tuple[int, int, Derivation]] = []
    for edge in edges:
        one, other = rank[edge.parent], rank[edge.child]
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
    found = [[ids[at] for lead in cluster for at in copies[lead]] for cluster in clusters]
    return sorted(
        (tuple(sorted(cluster, key=order.__getitem__)) for cluster in found),
        key=lambda cluster: order[cluster[0]],
    )
