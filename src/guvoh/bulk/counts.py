"""The numbers of the report of a run, out of the tables that its stages left."""

from typing import Any

from guvoh.bulk.engine import Engine
from guvoh.bulk.profile import Profile

_MOST_FREQUENT = 10


def counts_of(engine: Engine, profile: Profile, rounds: int) -> dict[str, Any]:
    """Return the numbers of the run report, step by step; none depends on when or where it ran."""

    def listed(query: str) -> dict[str, int]:
        return {str(row["k"]): int(row["n"]) for row in engine.rows(query).to_pylist()}

    (seen,) = engine.rows(_seen(len(profile.groups))).to_pylist()
    (archives,) = engine.rows("SELECT count(*) AS n, sum(bytes) AS size FROM files").to_pylist()
    number = _sizes(engine, rounds)
    return {
        "archives": archives["n"],
        "bytes": int(archives["size"] or 0),
        "records": seen["records"],
        "lost": listed(_LOST),
        "pages with text": seen["told"],
        "languages": listed(_LANGUAGES),
        "groups of the profile": {
            name: seen[f"group_{bit}"] or 0 for bit, name in enumerate(profile.groups)
        },
        "relevant pages": seen["relevant"],
        "different texts": number["twins"],
        "texts after near copies": number["nears"],
        "rounds": [
            {
                "asked about": number[f"seeds_{one}"],
                "pairs compared": number[f"pairs_{one}"],
                "pages cleaned": number[f"reports_{one}"],
                "links": number[f"links_{one}"],
            }
            for one in range(rounds)
        ],
        "not followed further": _not_followed(engine, rounds),
        "most frequent 4-grams": engine.rows(_FREQUENT).column("texts").to_pylist(),
    }


_LOST = """
SELECT CASE WHEN lost LIKE 'damaged: bytes%' THEN 'damaged stretches' ELSE lost END AS k,
count(*) AS n FROM pages WHERE lost <> '' GROUP BY 1 ORDER BY 1"""

_LANGUAGES = """
SELECT language AS k, count(*) AS n FROM pages WHERE words > 0
GROUP BY language ORDER BY n DESC, k LIMIT 20"""

# Of the 4-grams that were asked about first: no others are joined.
_FREQUENT = f"SELECT texts FROM frequencies_posts_0 ORDER BY texts DESC LIMIT {_MOST_FREQUENT}"


def _seen(groups: int) -> str:
    """Return the query for the numbers of pages, all in one pass over them."""
    each = "".join(
        f", count(CASE WHEN (groups & {1 << bit}) > 0 THEN 1 END) AS group_{bit}"
        for bit in range(groups)
    )
    return f"""
SELECT count(*) AS records, count(CASE WHEN words > 0 THEN 1 END) AS told,
count(CASE WHEN relevant THEN 1 END) AS relevant{each} FROM pages"""


def _not_followed(engine: Engine, rounds: int) -> int:
    """Return how many texts were found as versions and never asked about themselves."""
    found = " UNION ".join(f"SELECT page FROM reached_{number}" for number in range(rounds))
    asked = " UNION ".join(f"SELECT page FROM seeds_{number}" for number in range(rounds))
    query = f"SELECT count(*) AS n FROM ({found}) f LEFT JOIN ({asked}) a ON f.page = a.page WHERE a.page IS NULL"
    (row,) = engine.rows(query).to_pylist()
    return int(row["n"])


def _sizes(engine: Engine, rounds: int) -> dict[str, int]:
    """Return how many rows each table has that the report speaks of, by one query."""
    tables = ["twins"]
    tables += [
        f"{name}_{number}"
        for name in ("seeds", "pairs", "reports", "links")
        for number in range(rounds)
    ]
    each = [f"SELECT '{one}' AS k, count(*) AS n FROM {one}" for one in tables]
    each.append("SELECT 'nears' AS k, count(DISTINCT lead) AS n FROM nears")
    query = " UNION ALL ".join(each)
    return {row["k"]: row["n"] for row in engine.rows(query).to_pylist()}
