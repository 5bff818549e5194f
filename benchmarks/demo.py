"""Holds a built demo case against examples/demo/expected.toml: `python -m benchmarks.demo [CASE]`."""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from guvoh.corroborate.days import days
from guvoh.languages.fold import fold, skeleton

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "examples" / "demo"
NOUNS = ("reports", "claims", "families", "events", "people", "warnings", "findings")
AREAS = ("reports", "families", "events", "warnings", "people", "never")
# What a copy or a faithful translation must not be said to have changed.
TELLING = ("time", "quantity", "source", "stance", "negation")
# An answer's event is the expected one only where their files agree by this much (F1).
ALIKE = 1 / 3
AHEAD = {"planned", "feared", "expected", "threatened", "promised"}
# The words by which an answer and expected.toml call the same kind of contradiction.
_KINDS = {"when": "time", "how_many": "quantity", "where": "place", "who": "person"}
_ARTICLES = {"the", "a", "an", "el", "la", "los", "las", "le", "les", "un", "une"}
# "A worker at Fish Plant No. 17 in Tyulenikha" is "a worker at Fish Plant No. 17"; "Daler's
# sister" and "the sister of Daler" are not Daler. A name may go on with a place, and only so.
_PLACING = {"at", "in", "from", "iz", "v", "na", "s"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison; `must` is False for what a careful analyst may leave out, which never counts."""

    area: str
    what: str
    passed: bool
    expected: str
    got: str
    must: bool = True


@dataclass(frozen=True)
class Answer:
    """What a case says: rows of `show --json` by noun, and the text of its index page."""

    rows: Mapping[str, list[Row]]
    index: str = ""

    def files_of(self, claims: Iterable[str]) -> set[str]:
        """Return the files in which claims stand."""
        return {self._files[claim] for claim in claims}

    @cached_property
    def _files(self) -> dict[str, str]:
        return {claim["claim"]: claim["file"] for claim in self.rows["claims"]}

    def reports(self) -> dict[str, Row]:
        """Return the reports by id."""
        return {row["report"]: row for row in self.rows["reports"]}

    def people(self) -> list[tuple[str, Row]]:
        """Return each person with the file of its report."""
        reports = self.reports()
        return [
            (reports[row["person"].rpartition("/")[0]]["file"], row) for row in self.rows["people"]
        ]


def build(case: Path, home: Path) -> tuple[int, str]:
    """Build the demo into `case`; return the exit status and what was said on stderr."""
    done = _guvoh(home, "build", str(DEMO / "reports"), "--case", str(case), "--public")
    return done.returncode, done.stderr


def answer_of(case: Path, home: Path) -> Answer:
    """Return what `guvoh show` says of a case."""
    rows: dict[str, list[Row]] = {}
    for noun in NOUNS:
        done = _guvoh(home, "show", noun, "--case", str(case), "--json")
        if done.returncode:
            raise SystemExit(f"guvoh show {noun} ended with {done.returncode}: {done.stderr}")
        rows[noun] = json.loads(done.stdout)
    index = case / "pages" / "index.html"
    return Answer(rows, index.read_text("utf-8") if index.is_file() else "")


def _guvoh(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GUVOH_HOME": str(home), "LANGUAGE": "en"}
    return subprocess.run(
        [sys.executable, "-m", "guvoh", *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def expected() -> Row:
    """Return examples/demo/expected.toml."""
    return tomllib.loads((DEMO / "expected.toml").read_text("utf-8"))


def compare(answer: Answer, wanted: Row | None = None) -> list[Check]:
    """Return every check of a case against what a careful analyst concludes."""
    wanted = wanted or expected()
    names = _names(wanted)
    matched = _matched_events(answer, wanted)
    checks = [*_reports(answer, wanted), *_families(answer, wanted)]
    for event in wanted["event"]:
        checks += _event(answer, event, matched.get(event["id"]), names)
    checks += [*_warnings(answer, wanted, names), *_people(answer, wanted)]
    return [*checks, *_never(answer, wanted, matched)]


# Likeness ----------------------------------------------------------------------------------------


def words(text: str | None) -> list[str]:
    """Return the folded words of a text, without punctuation and leading article."""
    plain = "".join(c if c.isalnum() else "" if c in "'’‘ʻ`" else " " for c in fold(text or ""))
    found = plain.split()
    return found[1:] if len(found) > 1 and found[0] in _ARTICLES else found


def same_name(got: str | None, names: Iterable[str]) -> bool:
    """Return whether a name is one of `names`, or one of them followed by a place."""
    mine = words(got)
    for name in names:
        other = words(name)
        if mine == other and mine:
            return True
        if other and mine[: len(other)] == other and mine[len(other)] in _PLACING:
            return True
    return False


def holds(text: str | None, part: str) -> bool:
    """Return whether the folded words of `part` stand in `text` one after the other."""
    return f" {' '.join(words(part))} " in f" {' '.join(words(text))} "


def inside(edtf: str | None, within: str) -> bool:
    """Return whether an EDTF time lies in an interval, both of a known year or both of none."""
    mine, other = days(edtf or ""), days(within)
    if mine is None or other is None or mine.anchored != other.anchored:
        return False
    low, high = mine.low, mine.high
    if low is None or high is None or other.low is None or other.high is None:
        return False
    return other.low <= low <= high <= other.high


def names_it(text: str | None, name: str) -> bool:
    """Return whether a text names someone or some place in any script and case ending.

    Wider than `same_name`, for rules on what must not be there: a part of a word will do, and so
    will the consonants of the words.
    """
    if fold(name) in fold(text or ""):
        return True
    signs, mine = ([skeleton(word) for word in words(each)] for each in (name, text))
    return len("".join(signs)) > 4 and f" {' '.join(signs)} " in f" {' '.join(mine)} "


def moment(text: str | None) -> str | None:
    """Return a date as it is, and a date with time in one spelling: seconds written, Z as +00:00."""
    if text is None or "T" not in text:
        return text
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return text


def paired(
    left: Sequence[Row], right: Sequence[Row], score: Callable[[Row, Row], float]
) -> dict[int, int]:
    """Return pairs of indices, each used once, highest scores first; 0 is no pair."""
    scored = sorted(
        (-score(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right)
    )
    pairs: dict[int, int] = {}
    for points, i, j in scored:
        if points < 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _named(item: Row) -> list[str]:
    return [item["name"], *item.get("aliases", [])]


def _names(wanted: Row) -> list[list[str]]:
    """Return the names that stand for one person or source, for all of expected.toml."""
    items = [*wanted["person"]]
    for event in wanted["event"]:
        items += [*event["source"], *event["denied_by"]]
    return [_named(item) for item in items]


def _also(name: str, names: Iterable[list[str]]) -> list[str]:
    return [name, *(each for group in names if group[0] == name for each in group)]


def _check(area: str, what: str, got: object, want: Iterable[object], must: bool = True) -> Check:
    """Return whether `got` is one of the acceptable values."""
    acceptable = list(want)
    return Check(area, what, got in acceptable, _shown(acceptable), _shown(got), must)


def _shown(value: object) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=list)
    return f"{text[:117]}…" if len(text) > 118 else text


# Reports -----------------------------------------------------------------------------------------


def _reports(answer: Answer, wanted: Row) -> Iterator[Check]:
    rows = {row["file"]: row for row in answer.rows["reports"]}
    yield _check("reports", "number of reports", len(rows), [wanted["case"]["reports"]])
    for companion in wanted["case"]["companions"]:
        yield Check(
            "reports", f"{companion}: no report", bool(rows) and companion not in rows, "", ""
        )
    for report in wanted["report"]:
        yield from _report(report, rows.get(report["file"]))


def _report(want: Row, row: Row | None) -> Iterator[Check]:
    file = want["file"]
    got = row or {}

    def check(what: str, passed: bool, expected: object, value: object) -> Check:
        passed = passed and row is not None
        return Check("reports", f"{file}: {what}", passed, _shown(expected), _shown(value))

    title, publisher, bylines = got.get("title"), got.get("publisher"), got.get("bylines", [])
    yield check("title", words(title) == words(want["title"]), want["title"], title)
    known = [words(name) for name in want["publisher"]]
    yield check("publisher", words(publisher) in known, want["publisher"], publisher)
    mine, theirs = [sorted(words(b) for b in each) for each in (bylines, want["bylines"])]
    also = [sorted([words(name)]) for name in want.get("bylines_also", [])]
    yield check("bylines", mine == theirs or mine in also, want["bylines"], bylines)
    dates, date = want["published"] or [None], got.get("published")
    yield check("published", moment(date) in [moment(each) for each in dates], dates, date)
    basis = got.get("published_basis")
    yield check("published_basis", basis == want["published_basis"], want["published_basis"], basis)
    language = got.get("language")
    yield check("language", language in want["language"], want["language"], language)
    if "url" in want:
        yield check("url", got.get("url") == want["url"], want["url"], got.get("url"))
    text = _flat(got.get("text", ""))
    for part in want["contains"]:
        yield check("contains", _flat(part) in text, part, "not in the text")
    for part in want["debris"]:
        yield check("debris", _flat(part) not in text, f"without “{part}”", "in the text")
    yield from _image(want.get("image", {}), got.get("images", []), check)
    for making in want.get("making", []):
        found = [m for m in got.get("making", []) if m["kind"] == making["kind"]]
        passed = any(words(m["name"]) == words(making["name"]) for m in found)
        yield check(f"making {making['kind']}", passed, making["name"], [m["name"] for m in found])


def _image(
    want: Row, images: list[Row], check: Callable[[str, bool, object, object], Check]
) -> Iterator[Check]:
    """Compare with the image that answers most; a caption may go on after the words expected."""

    def right(image: Row, key: str) -> bool:
        if key in ("caption", "alt"):
            begun = words(want[key])
            return words(image[key])[: len(begun)] == begun
        return words(image[key]) == words(want[key])

    best = max(images, key=lambda image: sum(right(image, key) for key in want), default=None)
    for key in want:
        got = best[key] if best else "no image"
        yield check(f"image {key}", best is not None and right(best, key), want[key], got)


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# Families ----------------------------------------------------------------------------------------


def _belonging(family: Row) -> list[Row]:
    return [*family["members"], *family["citers"]]


def _families(answer: Answer, wanted: Row) -> Iterator[Check]:
    got = answer.rows["families"]
    texts = {row["file"]: row["text"] for row in answer.rows["reports"]}
    pairs = paired(
        wanted["family"],
        got,
        lambda want, row: len(
            {m["file"] for m in want["member"]} & {m["file"] for m in _belonging(row)}
        ),
    )
    for index, want in enumerate(wanted["family"]):
        family = got[pairs[index]] if index in pairs else None
        yield from _family(want, family)
        for member in want["member"]:
            yield from _member(member, family, texts)
    for file in wanted["alone"]["files"]:
        others = [
            m["file"]
            for family in got
            if file in {m["file"] for m in family["members"]}
            for m in family["members"]
            if m["file"] != file
        ]
        alone = file in texts and not others
        yield Check("families", f"{file}: stands alone", alone, "alone", _shown(others))


def _family(want: Row, family: Row | None) -> Iterator[Check]:
    got = family or {}
    name, there = want["id"], family is not None
    if not there:
        yield Check("families", f"{name}: found", False, "a family", "none")
    files = {m["file"] for m in want["member"]}
    strange = sorted({m["file"] for m in _belonging(got)} - files) if there else ["no family"]
    yield Check("families", f"{name}: no others", not strange, "", _shown(strange))
    origin = got.get("origin") or ""
    passed = there and origin == want["origin"]
    yield Check("families", f"{name}: origin", passed, want["origin"] or "none", origin or "none")
    missing, page = want.get("missing_origin"), got.get("missing_origin")
    if missing is None:
        passed = there and page is None
    else:
        names = [missing["publisher"], *missing["aliases"]]
        passed = page is not None and same_name(page["publisher"], names)
    expected = missing["publisher"] if missing else "none"
    yield Check("families", f"{name}: missing origin", passed, expected, _shown(page))


def _member(want: Row, family: Row | None, texts: Mapping[str, str]) -> Iterator[Check]:
    rows = {m["file"]: m for m in family["members"]} if family else {}
    if family and want.get("citer_allowed"):
        rows = {**{m["file"]: m for m in family["citers"]}, **rows}
    file = want["file"]
    row = rows.get(file)
    yield Check("families", f"{file}: member", row is not None, "member", "none")
    got = row or {"relation": None, "via_languages": None, "evidence": [], "changes": []}
    yield _check("families", f"{file}: relation", got["relation"], want["relation"])
    parent = got["parent"] if row else "no member"
    yield _check("families", f"{file}: parent", parent, want["parent"] or [None])
    if "via_languages" in want:
        via = got["via_languages"]
        yield _check("families", f"{file}: via_languages", via, [want["via_languages"]])
    if "evidence" in want:
        named = [each for each in want["evidence"] if any(_hints(e, each) for e in got["evidence"])]
        shown = _shown(got["evidence"])
        yield Check(
            "families", f"{file}: evidence", len(named) > 1, "two traces of its making", shown
        )
    if "change" in want:
        yield from _changes(want, row, texts)


def _hints(got: str, want: str) -> bool:
    return len({w for w in words(got) if len(w) > 3} & {w for w in words(want) if len(w) > 3}) > 1


def _changes(want: Row, row: Row | None, texts: Mapping[str, str]) -> Iterator[Check]:
    file, got = want["file"], row["changes"] if row else []
    parent = texts.get((row or {}).get("parent") or "", "")
    child = texts.get(file, "")

    def score(one: Row, other: Row) -> float:
        return _agreement(one, other, parent, child)

    pairs = paired(want["change"], got, score)
    for index, change in enumerate(want["change"]):
        values = [change[side] for side in ("from", "to") if side in change]
        what = f"{file}: change of {change['kind'][0]}"
        near = [
            [c["kind"], c["from"], c["to"]]
            for c in got
            if c["kind"] in change["kind"] and not c["withheld"]
        ]
        shown = _shown(near[:2]) if near else "none of the kind with values"
        yield Check(
            "families",
            what,
            index in pairs,
            " → ".join(values) or "withheld",
            shown,
            change.get("must", True),
        )
    # Values of a withheld change can not be compared; what is listed may be reported twice.
    spare = [
        c
        for c in got
        if not any(score(change, c) for change in want["change"])
        and (not want["change"] or (c["kind"] in TELLING and not c["withheld"]))
    ]
    if not any(change.get("must", True) for change in want["change"]):
        spare = [c for c in got if c in spare or (c["kind"] in TELLING and c["withheld"])]
    shown = _shown([f"{len(spare)}:", *([c["kind"], c["from"], c["to"]] for c in spare)])
    passed = row is not None and not spare
    yield Check("families", f"{file}: no other change that tells", passed, "none", shown)


def _agreement(want: Row, got: Row, parent: str, child: str) -> float:
    """Return 0 where a change is not the expected one, more the better it agrees."""
    if got["kind"] not in want["kind"]:
        return 0
    first = 2.0 if got["kind"] == want["kind"][0] else 1.0
    if want.get("withheld"):
        return first if got["withheld"] and not got["from"] and not got["to"] else 0
    if got["withheld"]:
        return 0
    sides = [(side, text) for side, text in (("from", parent), ("to", child)) if side in want]
    for side, text in sides:
        if got[side] is None or got[side] == "":
            # "appear to" may go with nothing in its place; nothing can come from nowhere.
            if side == "to" and got["kind"] in ("stance", "negation", "dropped"):
                continue
            return 0
        if not _overlap(want[side], got[side], got[f"{side}_span"], text):
            return 0
    return first + len(sides)


def _overlap(want: str, got: str, span: list[int] | None, text: str) -> bool:
    """Return whether two values share characters of the text, or words where it does not say."""
    at = text.find(want)
    if span is None or at < 0:
        mine, theirs = words(got), words(want)
        return holds(" ".join(theirs), " ".join(mine)) or holds(" ".join(mine), " ".join(theirs))
    while at >= 0:
        if at < span[1] and span[0] < at + len(want):
            return True
        at = text.find(want, at + 1)
    return False


# Events ------------------------------------------------------------------------------------------


def _matched_events(answer: Answer, wanted: Row) -> dict[str, Row]:
    """Return the answer's event for each expected one: files and acts overlap, the best first."""
    got = answer.rows["events"]
    files = {row["event"]: answer.files_of(row["claims"]) for row in got}

    def score(want: Row, row: Row) -> float:
        mine, theirs = files[row["event"]], set(want["files"])
        both, acts = len(mine & theirs), set(row["acts"]) & set(want["acts"])
        same = 2 * both / (len(mine) + len(theirs))
        if same < ALIKE or not acts or not _may_be(row["status"], want["status"]):
            return 0
        return same + len(acts) / len(want["acts"]) / 2 + (row["status"] in want["status"]) / 2

    pairs = paired(wanted["event"], got, score)
    return {wanted["event"][i]["id"]: got[j] for i, j in pairs.items()}


def _may_be(status: str, wanted: list[str]) -> bool:
    """Return whether an event's status leaves it the same event: what is past is not what is feared."""
    if status == "past":
        return "past" in wanted
    return status == "ongoing" or wanted != ["past"]


def _event(answer: Answer, want: Row, row: Row | None, names: list[list[str]]) -> Iterator[Check]:
    area = want["id"]
    if row is None:
        row = _nothing()
    there = row["event"] is not None
    files = answer.files_of(row["claims"])
    yield Check("events", f"{area}: found", there, "an event", _shown(row["summary"]))
    yield _check("events", f"{area}: status", row["status"], want["status"])
    lacking = [file for file in want["files"] if file not in files]
    yield Check("events", f"{area}: all files", not lacking, "all", f"without {_shown(lacking)}")
    strange = sorted(files - {*want["files"], *want["files_also"]})
    yield Check("events", f"{area}: no other file", there and not strange, "", _shown(strange))
    for key in ("reports", "families", "texts"):
        yield _check("events", f"{area}: {key}", row[key], want[key])
    for key, bounds in want["original_sources"].items():
        got = row["original_sources"][key]
        yield _check("events", f"{area}: original_sources {key}", got, bounds)
    yield from _sources(want, row, names)
    yield from _apart(answer, want, row)
    yield from _contradictions(answer, want, row)
    for key in ("who", "when", "where", "how_many"):
        yield from _values(answer, want, row, key)
    if "circular" in want:
        shown = _shown(row["circular"])
        yield Check("events", f"{area}: circular", bool(row["circular"]), want["circular"], shown)


def _nothing() -> Row:
    lists = ("claims", "who", "when", "where", "how_many", "sources", "unconfirmed_sources")
    empty: Row = {key: [] for key in (*lists, "joined", "denied_by", "contradictions", "circular")}
    none = dict.fromkeys(("event", "summary", "status", "reports", "families", "texts"))
    counts = dict.fromkeys(("low", "high", "firsthand", "documents", "checked"))
    return {**empty, **none, "original_sources": counts}


def _sources(want: Row, row: Row, names: list[list[str]]) -> Iterator[Check]:
    for source in want["source"]:
        what = f"{want['id']}: source {source['name']}"
        found = [s for s in row["sources"] if same_name(s["name"], _named(source))]
        listed = _shown([s["name"] for s in row["sources"]])
        yield Check("events", what, len(found) == 1, "once among the sources", listed)
        got = found[0] if found else {"kind": None, "basis": None, "firsthand": None, "chains": []}
        for key in ("kind", "basis"):
            yield _check("events", f"{what}: {key}", got[key], source[key])
        yield _check("events", f"{what}: firsthand", got["firsthand"], [source["firsthand"]])
        if "chain" in source:
            links = [_also(name, names) for name in source["chain"][:-1]]
            links.append([*_named(source), *_also(source["chain"][-1], names)])
            passed = any(_follows(chain, links) for chain in got["chains"])
            shown = _shown(got["chains"])
            yield Check("events", f"{what}: chain", passed, _shown(source["chain"]), shown)


def _follows(chain: list[str], links: list[list[str]]) -> bool:
    """Return whether a chain ends with the last link and has the others before it, in order."""
    at = 0
    for name in chain:
        if at < len(links) and same_name(name, links[at]):
            at += 1
    return at == len(links) and same_name(chain[-1], links[-1])


def _apart(answer: Answer, want: Row, row: Row) -> Iterator[Check]:
    """Check who is unconfirmed, joined with another, or denies."""
    area, there = want["id"], row["event"] is not None
    reports = answer.reports()
    placed = [(u["name"], reports[u["report"]]["file"]) for u in row["unconfirmed_sources"]]
    for source in want["unconfirmed_source"]:
        if not source["name"]:
            continue
        passed = any(same_name(n, [source["name"]]) and f == source["file"] for n, f in placed)
        what = f"{area}: unconfirmed {source['name']}"
        must = source.get("must", True)
        yield Check("events", what, passed, "unconfirmed", _shown(placed), must)
    confirmed = [name for s in want["source"] for name in _named(s)]
    wrong = [n for n, _ in placed if not want["unconfirmed_source"] or same_name(n, confirmed)]
    what = f"{area}: none wrongly unconfirmed"
    yield Check("events", what, there and not wrong, "none", _shown(wrong))
    joined = [j["sources"] for j in row["joined"]]
    for pair in want["joined"]:
        groups = [_named(s) for s in want["source"] if s["name"] in pair["sources"]]
        passed = any(all(any(same_name(n, g) for n in each) for g in groups) for each in joined)
        yield Check("events", f"{area}: joined", passed, _shown(pair["sources"]), _shown(joined))
    if not want["joined"]:
        yield Check("events", f"{area}: none joined", there and not joined, "none", _shown(joined))
    denying = [d["name"] for d in row["denied_by"]]
    for denier in want["denied_by"]:
        passed = any(same_name(name, _named(denier)) for name in denying)
        what, must = f"{area}: denied_by {denier['name']}", denier.get("must", True)
        yield Check("events", what, passed, denier["name"], _shown(denying), must)
    known = [name for denier in want["denied_by"] for name in _named(denier)]
    strange = sorted({name for name in denying if not same_name(name, known)})
    passed = there and not strange
    yield Check("events", f"{area}: no other denies", passed, "none", _shown(strange))


def _values(answer: Answer, want: Row, row: Row, key: str) -> Iterator[Check]:
    """Check that each value is there, and what stands behind it alone."""
    values = want.get(key, [])
    pairs = paired(values, row[key], lambda one, other: _fits(answer, key, one, other))
    for index, value in enumerate(values):
        name, must = value.get("text") or value.get("name"), value.get("must", True)
        what = f"{want['id']}: {key} {name}"
        got = row[key][pairs[index]] if index in pairs else None
        others = [v["text"] if "text" in v else v["name"] for v in row[key]]
        yield Check("events", what, got is not None, name, _shown(others), must)
        count = got["original_sources"] if got else {"low": None, "high": None}
        passed = all(count[side] in value["sources"][side] for side in ("low", "high"))
        bounds = f"{_shown(value['sources']['low'])}–{_shown(value['sources']['high'])}"
        shown = f"{count['low']}–{count['high']}" if got else "no value"
        yield Check("events", f"{what}: sources", passed, bounds, shown, must)
        if key == "where":
            spots = _spots(answer, got) if got else []
            passed = bool(spots) and all(
                c == value["country"] and p in value["precision"] for c, p in spots
            )
            wanted = f"{value['country']}, {_shown(value['precision'])}"
            yield Check("events", f"{what}: placed", passed, wanted, _shown(spots), must)


def _spots(answer: Answer, value: Row) -> list[list[str | None]]:
    """Return country and precision of a place, as each claim behind it has them."""
    spots = {
        (place["country"], place["precision"])
        for claim in answer.rows["claims"]
        for place in claim["places"]
        if claim["claim"] in value["claims"] and place["name"] == value["name"]
    }
    return [list(spot) for spot in sorted(spots, key=str)]


def _fits(answer: Answer, key: str, want: Row, got: Row) -> float:
    """Return 0 where a value is not the expected one, more the better it agrees."""
    shared = len(answer.files_of(got["claims"]) & set(want["files"]))
    return shared + 100 * _likeness(key, want, got) if shared and _likeness(key, want, got) else 0


def _likeness(key: str, want: Row, got: Row) -> int:
    if key == "when":
        return 2 if got["edtf"] in want["edtf"] else int(inside(got["edtf"], want["within"]))
    if key == "how_many":
        return int(
            got["low"] in want["low"]
            and ("open" if got["high"] is None else got["high"]) in want["high"]
        )
    if key == "who" and got["role"] not in want["role"]:
        return 0
    return int(same_name(got["name"], _named(want)))


def _contradictions(answer: Answer, want: Row, row: Row) -> Iterator[Check]:
    area, rows = want["id"], row["contradictions"]
    publishers = {r["file"]: r["publisher"] or r["file"] for r in answer.rows["reports"]}
    shown = _shown([c["values"] for c in rows])
    for conflict in want["contradiction"]:
        must = conflict.get("must", True)
        found = [c for c in rows if _conflicts(want, row, conflict, c)]
        what = f"{area}: contradiction {' / '.join(conflict['values'])}"
        yield Check("events", what, bool(found), conflict["kind"], shown, must)
        if conflict["caused_by"]:
            cause = publishers.get(conflict["caused_by"], "")
            passed = any(holds(c["because"], cause) for c in found)
            told = _shown([c["because"] for c in found])
            yield Check("events", f"{what}: because", passed, cause, told, must)
    if not want["contradiction"]:
        passed = row["event"] is not None and not rows
        yield Check("events", f"{area}: no contradiction", passed, "none", shown)
    for values in want.get("agree", []):
        pair = {"kind": None, "values": values}
        wrong = [c["values"] for c in rows if _conflicts(want, row, pair, c)]
        passed = row["event"] is not None and not wrong
        yield Check("events", f"{area}: {' and '.join(values)} agree", passed, "", _shown(wrong))


def _conflicts(event: Row, row: Row, want: Row, got: Row) -> bool:
    """Return whether a contradiction sets the two expected values against each other."""
    if want["kind"] and _KINDS.get(got["kind"], got["kind"]) != want["kind"]:
        return False
    first, second = want["values"]
    return any(
        _means(event, row, first, one) and _means(event, row, second, other)
        for i, one in enumerate(got["values"])
        for j, other in enumerate(got["values"])
        if i != j
    )


def _means(event: Row, row: Row, want: str, got: str) -> bool:
    """Return whether a value in words is the expected one, by its words or by its bounds."""
    if holds(got, want):
        return True
    for key in ("when", "how_many"):
        said = [value for value in row[key] if value["text"] == got]
        known = [v for v in event.get(key, []) if holds(v["text"], want)]
        if key == "how_many" and want.isdigit():
            known = [{"low": [int(want)], "high": [int(want)]}]
        if any(_likeness(key, value, each) for value in known for each in said):
            return True
    return False


# Warnings and people -----------------------------------------------------------------------------


def _warnings(answer: Answer, wanted: Row, names: list[list[str]]) -> Iterator[Check]:
    events = {event["id"]: event for event in wanted["event"]}
    who = {v["name"]: _named(v) for e in wanted["event"] for v in e.get("who", [])}
    for want in wanted["warning"]:
        area, places = want["event"], [_named(v) for v in events[want["event"]]["where"]]
        people = [alias for name in want["who"] for alias in [*who.get(name, []), name]]

        def right(row: Row, key: str, people: list[str] = people, want: Row = want) -> bool:
            if key == "who":
                return same_name(row["who"], people)
            if key == "where":
                return any(same_name(row["where"], place) for place in places)  # noqa: B023
            if key == "since":
                since = row["since"]
                return since in want["since"] or any(inside(since, s) for s in want["since"])
            return row["status"] in want["status"]

        keys = ("who", "where", "since", "status")
        near = [row for row in answer.rows["warnings"] if right(row, "who") or right(row, "where")]
        best = max(near, key=lambda row: sum(right(row, key) for key in keys), default=None)
        yield Check("warnings", f"{area}: found", best is not None, "a warning", "none of the kind")
        for key in keys:
            got = best[key] if best else "no warning"
            passed = best is not None and right(best, key)
            yield Check("warnings", f"{area}: {key}", passed, _shown(want[key]), _shown(got))
        sources = best["sources"] if best else []
        for name in want["sources"]:
            passed = any(same_name(source, _also(name, names)) for source in sources)
            yield Check("warnings", f"{area}: source {name}", passed, name, _shown(sources))


def _people(answer: Answer, wanted: Row) -> Iterator[Check]:
    """Check each person in all its files: there, pseudonym, exposure, what is withheld."""
    people = answer.people()
    for want in wanted["person"]:
        who = f"{want['name']} ({want['files'][0].partition('-')[0]})"
        rows = [
            (file, row)
            for file, row in people
            if file in want["files"]
            and any(same_name(name, _named(want)) for name in (row["name"], *row["aliases"]))
        ]
        lacking = [file for file in want["files"] if file not in {each for each, _ in rows}]
        yield Check("people", f"{who}: found", not lacking, "everywhere", f"not in {lacking}")
        for key in ("kind", "pseudonym", "exposure"):
            right = want[key] if isinstance(want[key], list) else [want[key]]
            wrong = [[file, row[key]] for file, row in rows if row[key] not in right]
            passed = bool(rows) and not wrong
            yield Check("people", f"{who}: {key}", passed, _shown(right), _shown(wrong))
        held = sorted({each for _, row in rows for each in row["withheld"]})
        passed = bool(rows) and held == sorted(want["withheld"])
        yield Check("people", f"{who}: withheld", passed, _shown(want["withheld"]), _shown(held))


# What no answer may do ---------------------------------------------------------------------------


def _never(answer: Answer, wanted: Row, matched: Mapping[str, Row]) -> Iterator[Check]:
    events = {event["id"]: event for event in wanted["event"]}
    for rule in wanted["never"]:
        about = [events[each] for each in rule.get("events", [])]
        told = [*rule.get("events", []), *rule.get("names", []), *rule.get("files", [])]
        match rule["kind"]:
            case "unmask":
                found, told = _unmasked(answer, wanted, rule), [rule["of"]]
            case "same-event":
                found = _merged(answer, about[0], about[1], matched)
            case "same-person":
                found = _one_person(answer, rule)
            case "derivation":
                found = _derived(answer, set(rule["files"]))
            case "place":
                found = _placed(answer, rule, about)
            case "counted":
                found = _counted(answer, rule, about)
            case kind:
                found = [f"no such kind of rule: {kind}"]
        what = f"{rule['kind']}: {', '.join(told)}"
        # An empty answer does nothing wrong, and is none.
        empty = [noun for noun in NOUNS[:5] if not answer.rows[noun]]
        shown = _shown(found or [f"no {noun}" for noun in empty])
        yield Check("never", what, not found and not empty, "never", shown)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _unmasked(answer: Answer, wanted: Row, rule: Row) -> list[str]:
    """Return where a name or a country stands that the origin withholds."""
    found = []
    for noun in ("families", "events", "people", "warnings", "findings"):
        for row in answer.rows[noun]:
            told = [t for t in _strings(row) if any(names_it(t, value) for value in rule["values"])]
            found += [f"{noun}: {text}" for text in told]
    found += [f"index: {value}" for value in rule["values"] if names_it(answer.index, value)]
    covered = [*_named(_protected(wanted, rule)), *rule["values"]]
    files = {rule["file"], *_protected(wanted, rule)["files"]}
    for file, row in answer.people():
        if file in files and row["nationality"] and same_name(row["name"], covered):
            found.append(f"people: a nationality in {file}")
    # A sentence on the person under the supplied name, with a country: the event may show neither.
    countries = {
        (claim["claim"], place["name"])
        for claim in answer.rows["claims"]
        for place in claim["places"]
        if claim["file"] == rule["file"]
        and place["precision"] == "country"
        # `show` blacks the supplied name out: such a sentence is known by its bars.
        and ("█" in claim["text"] or any(names_it(claim["text"], v) for v in rule["values"]))
    }
    for row in answer.rows["events"]:
        found += [
            f"event with a country from where {rule['of']} is unmasked: {row['summary']}"
            for value in row["where"]
            if value["claims"] and all((c, value["name"]) in countries for c in value["claims"])
        ]
    return sorted(set(found))


def _protected(wanted: Row, rule: Row) -> Row:
    """Return the person whom a rule against unmasking protects: the first of that name."""
    return next(person for person in wanted["person"] if person["name"] == rule["of"])


def _merged(answer: Answer, one: Row, other: Row, matched: Mapping[str, Row]) -> list[str]:
    """Return the events that mix two: files of each alone, times of both, or done and planned."""
    mine = set(one["files"]) - set(other["files"]) - set(other["files_also"])
    theirs = set(other["files"]) - set(one["files"]) - set(one["files_also"])
    found = []
    for row in answer.rows["events"]:
        files = answer.files_of(row["claims"])
        times = [
            [
                v
                for v in row["when"]
                for want in event.get("when", [])
                if _fits(answer, "when", want, v)
            ]
            for event in (one, other)
        ]
        apart = (
            [v for v in times[0] if v not in times[1]],
            [v for v in times[1] if v not in times[0]],
        )
        if (files & mine and files & theirs) or all(apart):
            found.append(row["summary"])
    row = matched.get(one["id"], _nothing())
    if not set(one["status"]) & set(other["status"]):
        acts = set(other["acts"])
        found += [
            f"{claim['stance']} in {claim['file']}: {row['summary']}"
            for claim in answer.rows["claims"]
            if claim["claim"] in set(row["claims"])
            and claim["file"] in other["files"]
            and (
                (claim["stance"] in AHEAD and acts & set(claim["acts"]))
                or any(a["tense"] == "future" and a["name"] in acts for a in claim["acted"])
            )
        ]
    return found


def _one_person(answer: Answer, rule: Row) -> list[str]:
    """Return where two namesakes are one: a row, a source in a chain, or a counted source."""
    (first, second), (left, right) = rule["names"], rule["files"]
    found = []
    if first != second:
        for _, row in answer.people():
            called = (row["name"], *row["aliases"])
            if all(any(same_name(n, [name]) for n in called) for name in rule["names"]):
                found.append(f"people: {row['name']}")
    owners: dict[str, set[str]] = {}
    for claim in answer.rows["claims"]:
        for link in claim["chain"]:
            if link["source"] and same_name(link["name"], rule["names"]):
                owners.setdefault(link["source"], set()).add(claim["file"])
    found += [f"claims: {source}" for source, files in owners.items() if {left, right} <= files]
    for row in answer.rows["events"]:
        named = any(same_name(source["name"], [first]) for source in row["sources"])
        if named and {left, right} <= answer.files_of(row["claims"]):
            found.append(f"source of: {row['summary']}")
    return found


def _derived(answer: Answer, files: set[str]) -> list[str]:
    found = []
    for family in answer.rows["families"]:
        if files <= {m["file"] for m in family["members"]}:
            found.append("members of one family")
        found += [m["file"] for m in _belonging(family) if {m["file"], m["parent"]} == files]
    return found


def _near(answer: Answer, events: Sequence[Row]) -> Iterator[Row]:
    """Yield the answer's events that share files with the expected ones."""
    files = {file for event in events for file in event["files"]}
    for row in answer.rows["events"]:
        if files & answer.files_of(row["claims"]):
            yield row


def _placed(answer: Answer, rule: Row, events: Sequence[Row]) -> list[str]:
    acts = {act for event in events for act in event["acts"]}
    return [
        f"{value['name']}: {row['summary']}"
        for row in _near(answer, events)
        if acts & set(row["acts"])
        for value in row["where"]
        if any(names_it(value["name"], name) for name in rule["values"])
    ]


def _counted(answer: Answer, rule: Row, events: Sequence[Row]) -> list[str]:
    return [
        f"{source['name']}: {row['summary']}"
        for row in _near(answer, events)
        for source in row["sources"]
        if any(names_it(source["name"], name) for name in rule["values"])
    ]


# Printing ----------------------------------------------------------------------------------------


def figures(checks: Iterable[Check]) -> dict[str, int]:
    """Return for each area how many checks passed of those that count."""
    passed = Counter(check.area for check in checks if check.passed and check.must)
    return {area: passed[area] for area in AREAS}


def printed(checks: Sequence[Check]) -> str:
    """Return passed and total of each area, then each miss in a line."""
    lines = []
    passed = figures(checks)
    for area in AREAS:
        mine = [check for check in checks if check.area == area]
        total = sum(check.must for check in mine)
        may = [check for check in mine if not check.must]
        apart = f"   (may: {sum(c.passed for c in may)}/{len(may)})" if may else ""
        lines.append(f"{area:10}{passed[area]:4}/{total}{apart}")
    for check in checks:
        if not check.passed:
            mark = "" if check.must else "(may) "
            lines.append(f"{mark}{check.area} | {check.what} | {check.expected} | {check.got}")
    return "\n".join(lines)


def run() -> list[dict[str, Any]]:
    """Build the case and return one row an area."""
    with tempfile.TemporaryDirectory() as folder:
        home, case = Path(folder) / "home", Path(folder) / "case"
        build(case, home)
        checks = compare(answer_of(case, home))
    passed = figures(checks)
    return [
        {"area": a, "passed": passed[a], "of": sum(c.must for c in checks if c.area == a)}
        for a in AREAS
    ]


def main(arguments: Sequence[str]) -> int:
    """Compare the named case, or a new one, and print what is right and what is missed."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        case = Path(arguments[0]) if arguments else Path(folder) / "case"
        if not arguments:
            status, said = build(case, home)
            if status not in (0, 1) or "Traceback" in said or not case.is_dir():
                print(said, file=sys.stderr)
                return 1
        print(printed(compare(answer_of(case, home))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
