"""What no answer may do, by the rules of expected.toml."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.expected.case import NOUNS, Answer, Row
from benchmarks.expected.checks import Check, brief
from benchmarks.expected.events import no_event
from benchmarks.expected.families import belonging
from benchmarks.expected.likeness import names_it, names_of, same_name
from benchmarks.expected.values import fits

AHEAD = {"planned", "feared", "expected", "threatened", "promised"}

_BLACK = ("█", "___")  # what stands in a name's place where it is shown, and where it is read


def check_never(answer: Answer, wanted: Row, matched: Mapping[str, Row]) -> Iterator[Check]:
    """Check the rules on what may not be merged, counted, placed, derived or shown."""
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
                found = _derived(answer, wanted, set(rule["files"]))
            case "place":
                found = _placed(answer, rule, about)
            case "counted":
                found = _counted(answer, rule, about)
            case kind:
                found = [f"no such kind of rule: {kind}"]
        what = f"{rule['kind']}: {', '.join(told)}"
        # An empty answer does nothing wrong, and is none.
        empty = [noun for noun in NOUNS[:5] if not answer.rows[noun]]
        shown = brief(found or [f"no {noun}" for noun in empty])
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
    covered = [*names_of(_protected(wanted, rule)), *rule["values"]]
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
        and (
            any(sign in claim["text"] for sign in _BLACK)
            or any(names_it(claim["text"], v) for v in rule["values"])
        )
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
                if fits(answer, "when", want, v)
            ]
            for event in (one, other)
        ]
        apart = (
            [v for v in times[0] if v not in times[1]],
            [v for v in times[1] if v not in times[0]],
        )
        if (files & mine and files & theirs) or all(apart):
            found.append(row["summary"])
    row = matched.get(one["id"], no_event())
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
    owners: dict[str, set[tuple[str, str]]] = {}
    for claim in answer.rows["claims"]:
        for link in claim["chain"]:
            under = [name for name in rule["names"] if same_name(link["name"], [name])]
            if link["source"] and under:
                heard = owners.setdefault(link["source"], set())
                heard.update((claim["file"], name) for name in under)
    both = {(left, first), (right, second)}
    found += [f"claims: {source}" for source, heard in owners.items() if both <= heard]
    if left == right:  # that one of two stands behind an event of their report says nothing
        return found
    for row in answer.rows["events"]:
        named = any(same_name(source["name"], [first]) for source in row["sources"])
        if named and {left, right} <= answer.files_of(row["claims"]):
            found.append(f"source of: {row['summary']}")
    return found


def _derived(answer: Answer, wanted: Row, files: set[str]) -> list[str]:
    """Return where one of two files derives from the other, or both are of one family and may not be."""
    found = []
    together = any(files <= {m["file"] for m in f["member"]} for f in wanted["family"])
    for family in answer.rows["families"]:
        if not together and files <= {m["file"] for m in family["members"]}:
            found.append("members of one family")
        found += [m["file"] for m in belonging(family) if {m["file"], m["parent"]} == files]
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
    """Return who is counted and may not be: at all, or in `low` where the rule is bound to it.

    In `low` there is no place for those ruled out where it is no more than the other sources.
    """

    def others(row: Row) -> int:
        return sum(
            not any(names_it(source["name"], name) for name in rule["values"])
            for source in row["sources"]
        )

    only_low = rule.get("bound") == "low"
    return [
        f"{source['name']}: {row['summary']}"
        for row in _near(answer, events)
        if not only_low or row["original_sources"]["low"] > others(row)
        for source in row["sources"]
        if any(names_it(source["name"], name) for name in rule["values"])
    ]
