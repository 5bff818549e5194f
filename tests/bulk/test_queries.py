"""What the index brings together, and what is asked about in turn: work that follows the theme, not the crawl."""

from collections.abc import Sequence
from typing import Any

import pytest

from guvoh.bulk import queries

duckdb = pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")

SEED = 0


def index(db: Any, grams: dict[int, list[int]]) -> list[tuple[int, int]]:
    """Return the pairs to compare where SEED alone is on the theme and pages have these 4-grams."""
    rows = [(page, page % 8, gram) for page, own in grams.items() for gram in own]
    put(db, "posts", ("page", "salt", "gram"), rows)
    db.execute("CREATE TABLE marks AS SELECT *, 0 AS day FROM posts WHERE false")
    db.execute("CREATE TABLE pages AS SELECT DISTINCT page, 0 AS day FROM posts")
    db.execute("CREATE TABLE near_copies (lead BIGINT, twin_lead BIGINT, place BIGINT)")
    db.execute(f"CREATE TABLE seeds_0 AS SELECT {SEED} AS page, {SEED} AS root")
    db.execute(f"CREATE TABLE salts AS {queries.SALTS}")
    db.execute(f"CREATE TABLE sizes AS {queries.SIZES}")
    for name in ("posts", "marks"):
        db.execute(f"CREATE TABLE w_{name} AS {queries.wanted('seeds_0', name)}")
        db.execute(f"CREATE TABLE h_{name} AS {queries.hits(name, f'w_{name}')}")
        db.execute(f"CREATE TABLE f_{name} AS {queries.frequencies(f'h_{name}')}")
        asked = queries.asked("seeds_0", f"h_{name}", f"f_{name}")
        db.execute(f"CREATE TABLE a_{name} AS {asked}")
    db.execute(f"CREATE TABLE met AS {queries.met('a_posts', 'h_posts', 'a_marks', 'h_marks')}")
    found: list[tuple[int, int]] = db.sql(queries.pairs("met", "seeds_0", None)).fetchall()
    return found


def put(db: Any, name: str, columns: tuple[str, ...], rows: Sequence[tuple[int, ...]]) -> None:
    """Make a table of numbers."""
    db.register("rows", pa.table(dict(zip(columns, zip(*rows, strict=True), strict=True))))
    db.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")


def test_a_quotation_in_hundreds_of_pages_does_not_hide_the_versions_of_a_text() -> None:
    """A text of 80 4-grams, of which 25 are a wire quotation that 400 other pages carry."""
    text = list(range(80))
    pages = {SEED: text}
    pages |= {n: [*text[10 * n : 10 * n + 40], *range(n * 1000, n * 1000 + 20)] for n in (1, 2, 3)}
    pages |= {n: [*text[:25], *range(n * 1000, n * 1000 + 60)] for n in range(10, 410)}
    with duckdb.connect() as db:
        found = {other for one, other in index(db, pages) if one == SEED}
    assert {1, 2, 3} <= found
    assert len(found) < 3 + 40


def test_what_holds_a_quotation_among_much_else_is_not_asked_about_in_turn() -> None:
    links = [
        (SEED, 1, 900, 800),  # an edited copy
        (SEED, 2, 900, 100),  # a page that quotes it
        (3, SEED, 200, 800),  # hardly a version
        (1, 4, 900, 900),  # of no text that was asked about last
    ]
    assert [page for page, _, _ in reached(links)] == [1]


def test_of_many_versions_the_most_alike_are_asked_about_first() -> None:
    found = reached([(SEED, n, 400 + n, 900) for n in range(1, 60)])
    followed = [page for page, root, place in found if place <= queries.FOLLOWED]
    assert followed == list(range(59, 59 - queries.FOLLOWED, -1))
    assert {root for _, root, _ in found} == {SEED}


def reached(links: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int]]:
    """Return (page, root, place) of what links (parent, child, similarity, shared) bring in."""
    with duckdb.connect() as db:
        put(db, "links", ("parent", "child", "similarity", "shared"), links)
        db.execute(f"CREATE TABLE seeds_0 AS SELECT {SEED} AS page, {SEED} AS root")
        db.execute("CREATE TABLE leads AS SELECT range AS page, range AS lead FROM range(100)")
        query = queries.reached("links", ["seeds_0"], 300)
        found: list[tuple[int, int, int]] = db.sql(
            f"SELECT * FROM ({query}) ORDER BY place"
        ).fetchall()
        return found
