"""From links between texts to families, and to the pages that are worth keeping."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guvoh.bulk import queries
from guvoh.bulk.engine import Engine
from guvoh.bulk.profile import Profile
from guvoh.lineage.linkage import average_linkage, completed

_BRIDGED = 0.6  # as in lineage.families
_MOST_FREQUENT = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that is kept: the first page of its family, and how it came in.

    `because` is `relevant` (the profile), `version` (of a relevant text) or `copy` (the same words
    as the page `of`).
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
    relevant = {row["page"] for row in engine.rows(_RELEVANT).to_pylist()}
    seeds = [f"seeds_{n}" for n in range(rounds + 1)]
    versions = {
        (min(one["parent"], one["child"]), max(one["parent"], one["child"])): one["similarity"]
        for one in links
        if one["similarity"] >= least
    }
    nodes = sorted(relevant | {page for pair in versions for page in pair})
    similar = {pair: value / 1000 for pair, value in versions.items()}
    clusters = average_linkage(nodes, completed(similar, _BRIDGED), least / 1000)
    family_of = {page: cluster[0] for cluster in clusters for page in cluster}
    # A version of a relevant text stays, though the families of the two are cut apart.
    near = relevant | {page for pair in versions if relevant & set(pair) for page in pair}
    wanted = {cluster[0] for cluster in clusters if near & set(cluster)}
    how: dict[int, str] = {}
    for one in links:
        how.setdefault(one["child"], one["relation"])
    kept = _with_copies(engine, family_of, wanted, relevant, how)
    pages = {one.page for one in kept}
    inside = tuple(one for one in links if one["parent"] in pages and one["child"] in pages)
    counts = _counts(engine, profile, rounds, seeds)
    counts["kept"] = {
        "families": len(wanted),
        "texts": sum(one.because != "copy" for one in kept),
        "pages": len(kept),
        "cut off by average linkage": len(nodes) - sum(family_of[n] in wanted for n in nodes),
    }
    return Sifted(tuple(kept), inside, counts)


_RELEVANT = """
SELECT DISTINCT l.twin_lead AS page FROM leads l JOIN pages p ON l.page = p.page WHERE p.relevant"""


def _links(engine: Engine, tables: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.rows(queries.union(tables, "parent, child")).to_pylist()
    return sorted(found, key=lambda one: (one["parent"], one["child"]))


def _with_copies(
    engine: Engine,
    family_of: dict[int, int],
    wanted: set[int],
    relevant: set[int],
    how: dict[int, str],
) -> list[Kept]:
    """Return the texts of the wanted families and every page that has the words of one of them."""
    kept: list[Kept] = []
    for row in engine.rows("SELECT page, twin_lead FROM leads ORDER BY page").to_pylist():
        page, lead = row["page"], row["twin_lead"]
        family = family_of.get(lead)
        if family not in wanted or family is None:
            continue
        if page != lead:
            kept.append(Kept(page, family, "copy", lead, "copy"))
        else:
            because = "relevant" if page in relevant else "version"
            kept.append(Kept(page, family, because, -1, how.get(page, "")))
    return kept


def _counts(engine: Engine, profile: Profile, rounds: int, seeds: Sequence[str]) -> dict[str, Any]:
    """Return the numbers of the run report, step by step; none depends on when or where it ran."""

    def one(query: str) -> int:
        return int(engine.rows(query).to_pylist()[0]["n"] or 0)

    def listed(query: str) -> dict[str, int]:
        return {str(row["k"]): int(row["n"]) for row in engine.rows(query).to_pylist()}

    lost = listed(
        "SELECT CASE WHEN lost LIKE 'damaged: bytes%' THEN 'damaged stretches' ELSE lost END AS k,"
        " count(*) AS n FROM pages WHERE lost <> '' GROUP BY 1 ORDER BY 1"
    )
    named = {name: bit for bit, name in enumerate(profile.groups)}
    groups = {
        name: one(f"SELECT count(*) AS n FROM pages WHERE (groups & {1 << bit}) > 0")
        for name, bit in named.items()
    }
    return {
        "archives": one("SELECT count(*) AS n FROM files"),
        "bytes": one("SELECT sum(bytes) AS n FROM files"),
        "records": one("SELECT count(*) AS n FROM pages"),
        "lost": lost,
        "pages with text": one("SELECT count(*) AS n FROM pages WHERE words > 0"),
        "languages": listed(
            "SELECT language AS k, count(*) AS n FROM pages WHERE words > 0"
            " GROUP BY language ORDER BY n DESC, k LIMIT 20"
        ),
        "groups of the profile": groups,
        "relevant pages": one("SELECT count(*) AS n FROM pages WHERE relevant"),
        "different texts": one("SELECT count(*) AS n FROM twins"),
        "texts after near copies": one("SELECT count(*) AS n FROM nears"),
        "rounds": [
            {
                "asked about": one(f"SELECT count(*) AS n FROM seeds_{number}"),
                "pairs compared": one(f"SELECT count(*) AS n FROM pairs_{number}"),
                "pages cleaned": one(f"SELECT count(*) AS n FROM reports_{number}"),
                "links": one(f"SELECT count(*) AS n FROM links_{number}"),
            }
            for number in range(rounds)
        ],
        "not followed further": one(f"SELECT count(*) AS n FROM {seeds[-1]}"),
        "most frequent 4-grams": [
            row["n"]
            for row in engine.rows(
                "SELECT count(*) AS n FROM posts GROUP BY gram"
                f" ORDER BY n DESC LIMIT {_MOST_FREQUENT}"
            ).to_pylist()
        ],
    }
