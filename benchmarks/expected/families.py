"""Families against expected.toml: members, relations, parents, origins and changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from benchmarks.expected.case import Answer, Row
from benchmarks.expected.checks import Check, brief, one_of
from benchmarks.expected.likeness import holds, paired, same_name, words

# What a copy or a faithful translation must not be said to have changed.
TELLING = ("time", "quantity", "source", "stance", "negation")


def belonging(family: Row) -> list[Row]:
    """Return the members of a family and those that cite it."""
    return [*family["members"], *family["citers"]]


def check_families(answer: Answer, wanted: Row) -> Iterator[Check]:
    """Check each family with its members, and that what stands alone does."""
    got = answer.rows["families"]
    texts = {row["file"]: row["text"] for row in answer.rows["reports"]}
    pairs = paired(
        wanted["family"],
        got,
        lambda want, row: len(
            {m["file"] for m in want["member"]} & {m["file"] for m in belonging(row)}
        ),
    )
    for index, want in enumerate(wanted["family"]):
        family = got[pairs[index]] if index in pairs else None
        yield from _family(want, family)
        for member in want["member"]:
            yield from _member(member, family, texts, _may_be_out(member, got))
    for file in wanted["alone"]["files"]:
        others = [
            m["file"]
            for family in got
            if file in {m["file"] for m in family["members"]}
            for m in family["members"]
            if m["file"] != file
        ]
        alone = file in texts and not others
        yield Check("families", f"{file}: stands alone", alone, "alone", brief(others))


def _family(want: Row, family: Row | None) -> Iterator[Check]:
    got = family or {}
    name, there = want["id"], family is not None
    if not there:
        yield Check("families", f"{name}: found", False, "a family", "none")
    files = {m["file"] for m in want["member"]}
    strange = sorted({m["file"] for m in belonging(got)} - files) if there else ["no family"]
    yield Check("families", f"{name}: no others", not strange, "", brief(strange))
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
    yield Check("families", f"{name}: missing origin", passed, expected, brief(page))


def _may_be_out(member: Row, families: Sequence[Row]) -> bool:
    """Return whether a member need not be found: it may, or stands alone as well."""
    if not member.get("must", True):
        return True
    files = {each["file"] for family in families for each in family["members"]}
    return member.get("alone_allowed", False) and member["file"] not in files


def _member(want: Row, family: Row | None, texts: Mapping[str, str], out: bool) -> Iterator[Check]:
    for check in _membership(want, family, texts):
        yield replace(check, must=check.must and not out)


def _membership(want: Row, family: Row | None, texts: Mapping[str, str]) -> Iterator[Check]:
    rows = {m["file"]: m for m in family["members"]} if family else {}
    if family and want.get("citer_allowed"):
        rows = {**{m["file"]: m for m in family["citers"]}, **rows}
    file = want["file"]
    row = rows.get(file)
    yield Check("families", f"{file}: member", row is not None, "member", "none")
    got = row or {"relation": None, "via_languages": None, "evidence": [], "changes": []}
    yield one_of("families", f"{file}: relation", got["relation"], want["relation"])
    parent = got["parent"] if row else "no member"
    yield one_of("families", f"{file}: parent", parent, want["parent"] or [None])
    if "via_languages" in want:
        via = got["via_languages"]
        yield one_of("families", f"{file}: via_languages", via, [want["via_languages"]])
    if "evidence" in want:
        named = [each for each in want["evidence"] if any(_hints(e, each) for e in got["evidence"])]
        shown = brief(got["evidence"])
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
        shown = brief(near[:2]) if near else "none of the kind with values"
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
    shown = brief([f"{len(spare)}:", *([c["kind"], c["from"], c["to"]] for c in spare)])
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
