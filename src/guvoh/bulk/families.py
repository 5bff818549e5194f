"""From links between texts to families, and to the pages that are worth keeping."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from guvoh.bulk import queries
from guvoh.bulk.counts import counts_of
from guvoh.bulk.engine import Engine
from guvoh.bulk.profile import Profile
from guvoh.lineage.linkage import Pair, average_linkage, completed

_BRIDGED = 0.6  # as in lineage.families
_MEMBERS = pa.schema([("page", pa.int64()), ("family", pa.int64())])


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that is kept: the first page of its family, and how it came in.

    `because` is `relevant` (the profile), `version` (of a relevant text) or `copy` (the same words
    as the page `of`; where `relation` is `near copy`, all but the same, and not compared).
    """

    page: int
    family: int
    because: str
    of: int
    relation: str


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a sift found: pages in order, links between them, and the numbers of its report."""

    kept: tuple[Kept, ...]
    links: tuple[dict[str, Any], ...]
    counts: dict[str, Any]


def families(engine: Engine, profile: Profile, rounds: int, least: int) -> Sifted:
    """Bring kept texts together by average linkage, with the pages that copy them."""
    numbers = range(rounds)
    links = _links(engine, [f"links_{n}" for n in numbers])
    versions = {
        (min(one["parent"], one["child"]), max(one["parent"], one["child"])): one["similarity"]
        for one in links
        if one["similarity"] >= least
    }
    relevant = _relevant(engine, versions)
    nodes = sorted(relevant | {page for pair in versions for page in pair})
    similar = {pair: value / 1000 for pair, value in versions.items()}
    clusters = average_linkage(nodes, completed(similar, _BRIDGED), least / 1000)
    family_of = {page: cluster[0] for cluster in clusters for page in cluster}
    # A version of a relevant text stays, though the families of the two are cut apart.
    near = _around(relevant, versions)
    wanted = {cluster[0] for cluster in clusters if near & set(cluster)}
    how: dict[int, str] = {}
    for one in links:
        how.setdefault(one["child"], one["relation"])
    inside_of = {page: family for page, family in family_of.items() if family in wanted}
    kept = _with_copies(engine, inside_of, relevant, how)
    pages = {one.page for one in kept}
    inside = tuple(one for one in links if one["parent"] in pages and one["child"] in pages)
    counts = counts_of(engine, profile, rounds)
    counts["kept"] = {
        "families": len(wanted),
        "texts": sum(one.because != "copy" for one in kept),
        "pages": len(kept),
        "cut off by average linkage": len(nodes) - len(inside_of),
    }
    return Sifted(tuple(kept), inside, counts)


def _relevant(engine: Engine, pairs: Collection[Pair]) -> set[int]:
    """Return the texts that fit the profile, but for near copies of one that is kept anyhow."""
    rows = engine.rows(queries.RELEVANT).to_pylist()
    found = {row["page"] for row in rows if not row["spare"]}
    here = _around(found, pairs)
    return found | {row["page"] for row in rows if row["spare"] and row["lead"] not in here}


def _around(pages: set[int], pairs: Collection[Pair]) -> set[int]:
    """Return pages with those that stand in a pair with one of them."""
    return pages | {page for pair in pairs if not pages.isdisjoint(pair) for page in pair}


def _links(engine: Engine, tables: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.rows(queries.union(tables, "parent, child")).to_pylist()
    return sorted(found, key=lambda one: (one["parent"], one["child"]))


def _with_copies(
    engine: Engine, family_of: dict[int, int], relevant: set[int], how: dict[int, str]
) -> list[Kept]:
    """Return the texts of the families and every page that has the words of one of them."""
    members = [{"page": page, "family": family} for page, family in sorted(family_of.items())]
    engine.put("members", pa.Table.from_pylist(members, _MEMBERS))
    kept: dict[int, Kept] = {}
    for row in engine.rows(queries.PAGES_OF_MEMBERS).to_pylist():
        page, of, family = row["page"], row["of"], row["family"]
        if page in kept:
            continue  # a near copy that came in by itself
        if page != of:
            relation = "near copy" if row["near"] else "copy"
            kept[page] = Kept(page, family, "copy", of, relation)
        else:
            because = "relevant" if page in relevant else "version"
            kept[page] = Kept(page, family, because, -1, how.get(page, ""))
    return list(kept.values())
