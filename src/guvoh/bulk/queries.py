"""The SQL that brings pages together: what DuckDB and Spark both speak."""

from collections.abc import Sequence

from guvoh.bulk.scan import LEAST_WORDS

# A 4-gram says the less the more texts have it: what it adds by the number of texts, and how much
# must come together. Twelve is three rare 4-grams; a pair of rare names counts like one.
_WEIGHT = "CASE WHEN texts <= 8 THEN 4 WHEN texts <= 64 THEN 2 ELSE 1 END"
_ENOUGH = 12
# A key of more texts than this says nothing of any two of them.
_MOST_TEXTS = 4096
# Of a 4-gram the first texts that a round asks about stand for all of them, so that one wire story
# in 100,000 editions costs no more than eight.
_CAP = 8
# A text is compared with the texts asked about that share most with it, at most this many.
_MOST = 8
# A text that is asked about is compared with the best so many of each kind: those that share half of the 4-grams
# of either, those that share fewer (a wire quotation stands in hundreds of pages, a publisher's furniture under
# all of its own), and those that share names alone.
_MOST_OF_A_KIND = 32
# A text is asked about in turn if so much of it, and of the text by which it was found, stands in the other (per
# mille): what holds a quotation among much else leads away from the theme.
_VERSION = 250
# Of what is found from one text so many are asked about in turn in each round, the most alike first: more of them
# would find the same again.
FOLLOWED = 16
# Near copies of a text that are compared with it; more of them are taken for copies unread.
_NEAR_COPIES = 20
# Days between a text and its translation or rewrite, where the index knows only names and numbers.
_WINDOW = 60
# The two sides of the join are spread over this many keys each, so that no 4-gram is one task.
_SALTS = 8

TWINS = f"""
SELECT twin, min(page) AS lead FROM pages WHERE words >= {LEAST_WORDS} GROUP BY twin"""

# Texts that share their lowest 4-grams stand behind the first of them.
SKETCHES = """
SELECT p.near, min(p.page) AS lead FROM pages p JOIN twins t ON p.page = t.lead GROUP BY p.near"""

# And of these, those that share their highest: a line of its own that an edition has falls into one
# of the two for one in some, into both for one in very many.
NEARS = """
SELECT s.near, min(s.lead) OVER (PARTITION BY p.far) AS lead
FROM sketches s JOIN pages p ON p.page = s.lead"""

_LEADS = "(SELECT DISTINCT lead FROM nears)"

LEADS = f"""
SELECT p.page, t.lead AS twin_lead, n.lead AS lead
FROM pages p JOIN twins t ON p.twin = t.twin
JOIN pages q ON q.page = t.lead JOIN nears n ON q.near = n.near
WHERE p.words >= {LEAST_WORDS}"""

# The texts behind each lead that have not quite its words, numbered.
NEAR_COPIES = """
SELECT lead, twin_lead, row_number() OVER (PARTITION BY lead ORDER BY twin_lead) AS place
FROM (SELECT DISTINCT lead, twin_lead FROM leads WHERE lead <> twin_lead) t"""

SEEDS = """
SELECT DISTINCT l.lead AS page, l.lead AS root FROM leads l JOIN pages p ON l.page = p.page
WHERE p.relevant"""

# How many 4-grams each text has.
SIZES = "SELECT page, count(*) AS own FROM posts GROUP BY page"

SALTS = f"SELECT {' AS salt UNION ALL SELECT '.join(map(str, range(_SALTS)))} AS salt"


def posts(flat: str) -> str:
    """Return the query for the 4-grams of the texts that stand for others; `flat` is the engine's."""
    return f"""
SELECT p.page, p.page % {_SALTS} AS salt, {flat} AS gram
FROM pages p JOIN {_LEADS} n ON p.page = n.lead"""


def marks(flat: str) -> str:
    """Return the query for the rare pairs of the texts that stand for others, with their day."""
    return f"""
SELECT p.page, p.page % {_SALTS} AS salt, p.day, {flat} AS gram
FROM pages p JOIN {_LEADS} n ON p.page = n.lead"""


def wanted(seeds: str, index: str) -> str:
    """Return the query for the keys of `index` that the seeds have."""
    return f"SELECT DISTINCT i.gram FROM {index} i JOIN {seeds} d ON i.page = d.page"


def hits(index: str, wanted: str) -> str:
    """Return the query for the rows of `index` that have a wanted key: what follows is asked of these alone.

    Only keys of seeds are counted and joined, so that memory and time follow the theme and not the crawl.
    """
    return f"SELECT i.* FROM {index} i JOIN {wanted} w ON i.gram = w.gram"


def frequencies(hits: str) -> str:
    """Return the query for the keys that more than one text has, with how many have each."""
    return f"SELECT gram, count(*) AS texts FROM {hits} GROUP BY gram HAVING count(*) > 1"


def asked(seeds: str, hits: str, frequencies: str) -> str:
    """Return the query for the keys that the seeds have, others too, and not too many of them."""
    return f"""
SELECT s.page, s.gram, s.texts, k.salt FROM (
  SELECT i.page, i.gram, f.texts,
         row_number() OVER (PARTITION BY i.gram ORDER BY i.page) AS place
  FROM {hits} i JOIN {seeds} d ON i.page = d.page JOIN {frequencies} f ON i.gram = f.gram
  WHERE f.texts <= {_MOST_TEXTS}
) s CROSS JOIN salts k WHERE s.place <= {_CAP}"""


def met(asked_posts: str, posts: str, asked_marks: str, marks: str) -> str:
    """Return the query for pairs (seed, page) that share enough of either index, with their score.

    `kind` is 2 where they share half of the 4-grams of either, 1 where they share enough of them, else 0.
    """
    return f"""
SELECT t.seed, t.page, max(t.score) AS score,
       max(CASE WHEN 2 * t.shared >= least(s.own, o.own) THEN 2 WHEN t.shared > 0 THEN 1 ELSE 0 END) AS kind
FROM (
  SELECT a.page AS seed, p.page, sum({_WEIGHT}) AS score, count(*) AS shared
  FROM {asked_posts} a JOIN {posts} p ON a.gram = p.gram AND a.salt = p.salt
  WHERE a.page <> p.page GROUP BY a.page, p.page HAVING sum({_WEIGHT}) >= {_ENOUGH}
  UNION ALL
  SELECT a.page AS seed, m.page, sum({_WEIGHT}) AS score, 0 AS shared
  FROM {asked_marks} a JOIN {marks} m ON a.gram = m.gram AND a.salt = m.salt
  JOIN pages q ON a.page = q.page
  WHERE a.page <> m.page
    AND (q.day < 0 OR m.day < 0 OR abs(q.day - m.day) <= {_WINDOW})
  GROUP BY a.page, m.page HAVING sum({_WEIGHT}) >= {_ENOUGH}
) t JOIN sizes s ON t.seed = s.page JOIN sizes o ON t.page = o.page GROUP BY t.seed, t.page"""


def pairs(met_now: str, seeds: str, before: str | None) -> str:
    """Return the query for the pairs (one < other) to compare: the best of each text, and near copies.

    Pairs in `before` were compared already.
    """
    found = f"""
SELECT DISTINCT least(seed, page) AS one, greatest(seed, page) AS other FROM (
  SELECT seed, page, kind,
         row_number() OVER (PARTITION BY page ORDER BY score DESC, seed) AS place,
         row_number() OVER (PARTITION BY seed, kind ORDER BY score DESC, page) AS place_of_kind
  FROM {met_now}
) WHERE place <= {_MOST} AND place_of_kind <= {_MOST_OF_A_KIND}
UNION
SELECT n.lead AS one, n.twin_lead AS other
FROM near_copies n JOIN {seeds} d ON n.lead = d.page WHERE n.place <= {_NEAR_COPIES}"""
    if before is None:
        return found
    return f"""
SELECT f.one, f.other FROM ({found}) f
LEFT JOIN {before} b ON f.one = b.one AND f.other = b.other WHERE b.one IS NULL"""


def to_clean(pairs_now: str, before: str | None) -> str:
    """Return the query for the pages of the pairs that were not cleaned before, in order."""
    both = f"SELECT one AS page FROM {pairs_now} UNION SELECT other AS page FROM {pairs_now}"
    known = (
        "" if before is None else f" LEFT JOIN {before} b ON u.page = b.page WHERE b.page IS NULL"
    )
    return f"""
SELECT p.page, p.host, f.path, p.position, p.record FROM (SELECT u.page FROM ({both}) u{known}) w
JOIN pages p ON w.page = p.page JOIN files f ON p.file = f.file ORDER BY p.page"""


def reached(links: str, seeds: Sequence[str], least: int) -> str:
    """Return the query for texts that a link as a version ties to one of the last seeds and that are no seeds yet.

    Each has the `root` that the seed goes back to, and its `place` among those of this root.
    """
    known = " UNION ".join(f"SELECT page FROM {one}" for one in seeds)
    version = f"similarity >= {least} AND shared >= {_VERSION}"
    return f"""
SELECT page, root, row_number() OVER (PARTITION BY root ORDER BY similarity DESC, page) AS place
FROM (
  SELECT f.lead AS page, min(d.root) AS root, max(e.similarity) AS similarity
  FROM (
    SELECT parent AS here, child AS there, similarity FROM {links} WHERE {version}
    UNION ALL SELECT child AS here, parent AS there, similarity FROM {links} WHERE {version}
  ) e JOIN leads h ON e.here = h.page JOIN {seeds[-1]} d ON h.lead = d.page
  JOIN leads f ON e.there = f.page LEFT JOIN ({known}) k ON f.lead = k.page
  WHERE k.page IS NULL GROUP BY f.lead
) t"""


# The texts that fit the profile; `spare` are those that were not compared with their lead.
RELEVANT = f"""
SELECT DISTINCT l.twin_lead AS page, l.lead, coalesce(n.place > {_NEAR_COPIES}, false) AS spare
FROM leads l JOIN pages p ON l.page = p.page
LEFT JOIN near_copies n ON l.twin_lead = n.twin_lead WHERE p.relevant"""

# The pages of `members`, and those that are near copies of one but were not compared, each with the
# text that it copies (itself, where it copies none).
PAGES_OF_MEMBERS = f"""
SELECT page, of, family, near FROM (
  SELECT l.page, l.twin_lead AS of, m.family, false AS near
  FROM leads l JOIN members m ON l.twin_lead = m.page
  UNION ALL
  SELECT l.page, n.lead AS of, m.family, true AS near
  FROM leads l JOIN near_copies n ON l.twin_lead = n.twin_lead JOIN members m ON n.lead = m.page
  WHERE n.place > {_NEAR_COPIES}
) t ORDER BY page, near"""


def union(tables: Sequence[str], order: str) -> str:
    """Return the query for all rows of several tables, in order."""
    return " UNION ALL ".join(f"SELECT * FROM {one}" for one in tables) + f" ORDER BY {order}"
