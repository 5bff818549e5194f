"""Makes families, with parents and origins, of reports that were put together."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

from guvoh.lineage.clusters import Clustered, Part, parts
from guvoh.lineage.direction import (
    ADDRESSED,
    CREDITED,
    HANDED,
    RELEASED,
    SIGNS,
    UNCREDITED,
    credits_outlet,
    direct,
)
from guvoh.lineage.inherited import (
    OTHER_WORDS,
    REPEATS,
    TELLING,
    WORDED,
    between,
    inherited,
    later_alone,
    turned,
)
from guvoh.lineage.origin import missing_origin, originals_to_find
from guvoh.lineage.relate import described
from guvoh.lineage.retold import common
from guvoh.lineage.sealing import sealed, withholds
from guvoh.lineage.side import Side
from guvoh.lineage.spelling import spelled
from guvoh.lineage.verbatim import verbatim
from guvoh.model.finding import Finding
from guvoh.model.lineage import Derivation, Family, Member, Relation

# Of parents whose similarity comes this near to the best, `_preference` takes one.
_NEAR = 60
# Of so many of them, those with whose words it agrees most, all changes are counted.
_COUNTED = 4
_TENTHS = 10
_NAMED = frozenset({ADDRESSED, CREDITED})
_RELEASED = frozenset({HANDED, RELEASED})
_Describe = Callable[[Derivation], Derivation]


def build_families(
    found: Clustered, sides: Sequence[Side], grouped: Collection[str] = ()
) -> tuple[list[Family], list[Finding]]:
    """Return the families of one component, of which these are the reports, and what was noticed.

    `grouped` are the reports of other components that are not alone there.
    """
    known = {side.id: side for side in sides}
    families: list[Family] = []
    findings: list[Finding] = []
    for part in parts(found, grouped):
        family, noticed = family_of(part, [known[one] for one in part.reports])
        families += [family] if family else []
        findings += noticed
    return families, findings


def family_of(part: Part, sides: Sequence[Side]) -> tuple[Family | None, list[Finding]]:
    """Return the family of the reports of one part, and what was noticed about it.

    A family is named after its earliest member. A report that is alone, cited by nobody and lacks
    no origin gives none.
    """
    family = _family(sides, part)
    if len(sides) > 1 or family.citers or family.missing_origin:
        return family, originals_to_find(family, sides)
    return None, []


def cited_alone(side: Side, found: tuple[Member, ...]) -> Family:
    """Return the family of a report that derives from nothing, and from which nothing but its citers."""
    return _family([side], Part((side.id,), (), (), found, ()))


def _describing(known: Mapping[str, Side]) -> _Describe:
    """Return what finds out the changes of a derivation among these reports, once for each."""
    found: dict[tuple[str, str], Derivation] = {}

    def describe(edge: Derivation) -> Derivation:
        if edge.changes:
            return edge
        ends = edge.parent, edge.child
        if ends not in found:
            found[ends] = described(edge, known[edge.parent], known[edge.child])
        return replace(edge, changes=found[ends].changes)

    return describe


def _family(sides: Sequence[Side], part: Part) -> Family:
    known = {side.id: side for side in sides}
    bases = {side.id: side.base for side in sides}
    binding = [side for side in sides if withholds(side)]
    describe, origins = _describing(known), part.origins
    edges = between(later_alone(inherited(part.within, describe), bases), bases)
    edges = spelled(edges, known)
    edges = _directed([*edges, *_by_credit(edges, part.credits, bases)], known)
    parents = {
        child: _sealed(describe(edge), known[edge.parent], known[child], binding)
        for child, edge in _parents(sides, edges, origins, describe).items()
    }
    touching = _touching(sides, edges)
    roots = [side for side in sides if side.id not in parents]
    missing = missing_origin(sides, roots, edges)
    stated = [side.id for side in sides if side.id in origins]
    origin = stated[0] if stated else None
    if origin is None and missing is None and len(roots) == 1:
        # What others cite is the origin, unless it was itself translated from what is not at hand.
        alone = len(sides) == 1
        origin = None if alone and sides[0].traces.evidence else roots[0].id
    members = tuple(
        replace(made, via_languages=_via(made, known, parents))
        for side in sides
        for made in [_member(side, parents.get(side.id), touching.get(side.id), origin)]
    )
    return Family(
        id=sides[0].id,
        members=members,
        origin=origin,
        missing_origin=None if stated else missing,
        citers=part.cited,
    )


def _by_credit(
    own: Sequence[Derivation], citing: Sequence[Derivation], bases: Mapping[str, str]
) -> list[Derivation]:
    """Return citations between members of one family as the derivations they are.

    A short version shares too little with its origin to be told from a report that cites it; that
    other versions of the text hold it says what it is. Only who has no other parent gets one so.
    """
    parented = {edge.child for edge in own if edge.directed}
    return [
        replace(
            edge,
            relation=Relation.PARAPHRASE
            if bases[edge.parent] == bases[edge.child]
            else Relation.TRANSLATION,
        )
        for edge in citing
        if edge.directed and edge.child not in parented
    ]


def _directed(edges: Sequence[Derivation], sides: Mapping[str, Side]) -> list[Derivation]:
    """Return the derivations with the direction of those that only the family as a whole decides.

    Two that credit one outlet have it from there, each by itself; where a member is what that outlet
    published, the one may as well be a copy of the other. Nor is then one that credits it the original
    of one that does not.
    """
    present = sorted({side.outlet for side in sides.values() if side.outlet})
    found: list[Derivation] = []
    for edge in edges:
        if edge.relation is Relation.CITATION or OTHER_WORDS in edge.against:
            found.append(edge)
            continue
        signs = [one for one in edge.for_ if one in SIGNS]
        if edge.directed and signs != [UNCREDITED]:
            found.append(edge)
            continue
        way = direct(sides[edge.parent], sides[edge.child], (1.0, 1.0), present=present)
        if edge.directed and UNCREDITED not in way.for_:
            kept = tuple(one for one in edge.for_ if one != UNCREDITED)
            edge = replace(edge, directed=False, for_=kept)
        if way.known:
            edge = turned(edge) if way.parent.id == edge.child else edge
            for_ = (*edge.for_, *way.for_)
            edge = replace(edge, directed=True, for_=for_, against=way.against)
        found.append(edge)
    return found


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
    traced = {side.id for side in sides if side.traces.evidence}
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
        traces = side.traces
        return Member(side.id, Relation.TRANSLATION, None, 500, traces.languages, traces.evidence)
    evidence = (*found.for_, *found.against)
    if edge is None:
        languages = side.traces.languages
        return Member(side.id, found.relation, None, found.confidence, languages, evidence)
    languages = found.via_languages
    return Member(
        side.id, found.relation, found.parent, found.confidence, languages, evidence, found
    )


def _via(
    member: Member, sides: Mapping[str, Side], parents: Mapping[str, Derivation]
) -> tuple[str, ...]:
    """Return the languages through which a translation went: those of its traces and of its ancestors.

    Its own is none of them, nor that of the first ancestor at hand, which may be the origin.
    """
    found = list(member.via_languages)
    if member.relation is not Relation.TRANSLATION:
        return tuple(found)
    line = [member.report]
    while line[-1] in parents:
        line.append(parents[line[-1]].parent)
    bases = [sides[one].base for one in line]
    between = [base for base in reversed(bases[1:-1]) if base not in (bases[0], bases[-1], "und")]
    return tuple(dict.fromkeys((*between, *found)))


def _parents(
    sides: Sequence[Side],
    edges: Sequence[Derivation],
    origins: Collection[str],
    describe: _Describe,
) -> dict[str, Derivation]:
    """Return for each report the derivation from its parent, where the direction is known.

    No report is its own ancestor: the strongest derivations are taken first, one that would close
    a circle is left out.
    """
    options: dict[str, list[Derivation]] = {}
    for edge in edges:
        if edge.directed and edge.child not in origins:
            options.setdefault(edge.child, []).append(edge)
    known = {side.id: side for side in sides}
    made = {(edge.parent, edge.child) for edge in edges if edge.directed}
    ranked: list[tuple[int, Derivation]] = []
    for all_ in options.values():
        found = _printed(all_)
        best = max(edge.similarity for edge in found)
        near = [edge for edge in found if edge.similarity >= best - _NEAR]
        near = _suited(near, known, made, describe)
        rest = sorted(
            (edge for edge in found if edge not in near),
            key=lambda edge: (-edge.similarity, edge.parent),
        )
        ranked += list(enumerate((*near, *rest)))
    ranked.sort(key=lambda item: (item[0], -item[1].confidence, item[1].child, item[1].parent))
    parents: dict[str, Derivation] = {}
    for _, edge in ranked:
        if edge.child not in parents and not _descends(edge.parent, edge.child, parents):
            parents[edge.child] = edge
    return parents


def _printed(found: Sequence[Derivation]) -> Sequence[Derivation]:
    """Return of a report's possible parents the releases, where it names no other.

    Those who print one release have it from there, and not from one another.
    """
    releases = [edge for edge in found if not _RELEASED.isdisjoint(edge.for_)]
    named = any(not _NAMED.isdisjoint(edge.for_) for edge in found)
    return found if named or not releases else releases


def _suited(
    near: Sequence[Derivation],
    sides: Mapping[str, Side],
    made: Collection[tuple[str, str]],
    describe: _Describe,
) -> list[Derivation]:
    """Return the parents of a child that are alike as texts, the one that suits it best first.

    Of equals it is the one from which the child differs least, then the earliest: a copy of a copy
    differs less from it than from the origin, whereas printings of one release differ least from that.
    """
    preferred = {edge.parent: _preference(edge, near, sides, made) for edge in near}
    equals = Counter(preferred.values())
    held = {
        edge.parent: common(sides[edge.parent], sides[edge.child]).right
        for edge in near
        if sides[edge.parent].base != sides[edge.child].base
    }

    @cache
    def other_words(parent: str) -> int:
        return _other_words(sides[parent], sides[near[0].child])

    def differing(edge: Derivation) -> tuple[int, int]:
        parent, child = sides[edge.parent], sides[edge.child]
        # Across languages most of what seems added or dropped is for want of anchors; what names and
        # numbers of the child the parent lacks beside others tells more, in tenths.
        across = parent.base != child.base
        number = equals[preferred[edge.parent]]
        if number == 1:
            return 0, 0
        if number > _COUNTED and not across:
            other = other_words(parent.id)
            others = sorted(
                other_words(one.parent)
                for one in near
                if preferred[one.parent] == preferred[edge.parent]
            )
            if other > others[_COUNTED - 1]:
                return 1, other
        found = describe(edge).changes
        if across:
            best = max(held[one] for one in held if preferred[one] == preferred[parent.id])
            lacks = round(_TENTHS * (best - held[parent.id]))
            return lacks, sum(change.kind in TELLING for change in found)
        return 0, len(found)

    return sorted(
        near,
        key=lambda edge: (
            preferred[edge.parent],
            differing(edge),
            sides[edge.parent].report.published or "9999",
            edge.parent,
        ),
    )


def _kept(parent: Side, credited: Collection[str], sides: Mapping[str, Side]) -> bool:
    """Tell whether a parent itself names those whom its child credits, so that the child has that from there."""
    return all(one == parent.id or credits_outlet(parent, sides[one]) for one in credited)


def _other_words(parent: Side, child: Side) -> int:
    """Return how much of two reports is no run of words in common, per mille of both."""
    words = verbatim(parent.text, child.text)
    return round(1000 * (2 - words.left - words.right))


def _preference(
    edge: Derivation,
    near: Sequence[Derivation],
    sides: Mapping[str, Side],
    made: Collection[tuple[str, str]],
) -> tuple[int, int]:
    """Return how well a parent suits a child, best first, of parents that are alike as texts (`near`).

    Traces in the parent's language, then a credit within the language, then the very words, which keep
    what their original credits in another; then such a credit or inherited changes. Of two that are
    credited the one `made` from the other is the parent: it brought the other's name.
    """
    credited = {e.parent for e in near if credits_outlet(sides[e.child], sides[e.parent])}
    brought = sum((one, edge.parent) in made for one in credited if edge.parent in credited)
    parent, child = sides[edge.parent], sides[edge.child]
    if parent.base != child.base and parent.base in child.traces.languages:
        sign = 0
    elif credits_outlet(child, parent) and parent.base == child.base:
        sign = 1
    elif edge.relation in WORDED and parent.base == child.base and _kept(parent, credited, sides):
        sign = 2
    elif credits_outlet(child, parent) or (edge.for_[-1:] and edge.for_[-1].startswith(REPEATS)):
        sign = 3
    else:
        sign = 4
    return sign, -brought


def _descends(report: str, ancestor: str, parents: Mapping[str, Derivation]) -> bool:
    while report != ancestor:
        edge = parents.get(report)
        if edge is None:
            return False
        report = edge.parent
    return True
