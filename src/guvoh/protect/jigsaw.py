"""Finds what, put together, leads to one person, and makes it coarser: age, sentence, offence.

After Elliot et al., special unique detection: a combination of details is unique where it fits one
person, and minimal where no part of it is.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import combinations

from guvoh.languages.fold import fold
from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.model.claim import CODE, Claim, SourceKind
from guvoh.model.finding import Finding
from guvoh.model.text import Span
from guvoh.protect.exposure import BLACK, Leaving
from guvoh.protect.strings import changed
from guvoh.protect.values import Decision, Held, Release

STEP = "release"
_RAREST = 12  # details of one person that are combined
MOST = 3  # details of one combination; more are unique in any population that is not large
_SHOWN = 3  # combinations told of one person
_DOUBLED = " (some of them may be one, under the codes of two releases)"
_BANDS = {"age": 10, "sentence": 5}  # years of a band
# What a step costs, by how much it takes from a reader; what is dearer is left to a person.
_STEPS = ("age", "sentence", "offence")
_REACH = 160  # characters between a detail and the name of whom it is of
_OUT = "*"  # the value of a detail that was left out
_NONE: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that is said of a person: its kind, its value, and the words that say it."""

    kind: str
    value: str
    words: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """Return kind and value, by which details of two people are the same."""
        return self.kind, self.value


@dataclass(frozen=True, slots=True)
class Described:
    """A detail of a person (by id), where it stands in which report, and the claim it is of, if any."""

    who: str
    report: str
    at: int
    detail: Detail
    claim: str | None = None


Pair = tuple[str, str]  # kind and value of a detail
Details = Mapping[str, frozenset[Pair]]  # by person


@dataclass(frozen=True, slots=True)
class _Patterns:
    age: tuple[re.Pattern[str], ...]
    sentence: tuple[re.Pattern[str], ...]
    home: tuple[re.Pattern[str], ...]
    offence: frozenset[str]


@cache
def _patterns(code: str) -> _Patterns:
    data = tomllib.loads(files("guvoh.protect").joinpath("jigsaw.toml").read_text("utf-8"))
    own = data.get(code, data["en"])
    age, sentence, home = (
        tuple(re.compile(one, re.IGNORECASE) for one in own[key])
        for key in ("age", "sentence", "home")
    )
    return _Patterns(age, sentence, home, frozenset(map(fold, own["offence"].split())))


def said_of(text: str, language: str) -> Iterator[tuple[int, Detail]]:
    """Yield the details in a passage that describe a person, and where each begins."""
    code = language.partition("-")[0]
    patterns = _patterns(code)
    for kind, every in (("age", patterns.age), ("sentence", patterns.sentence)):
        for match in (found for one in every for found in one.finditer(text)):
            yield match.start(1), Detail(kind, match[1], match[0])
    for match in re.finditer(r"[^\W\d_]{4,}", text):
        if fold(match[0]) in patterns.offence:
            yield match.start(), Detail("offence", fold(match[0]), match[0])
    language_ = load(code if code in LANGUAGES else "en")
    words = language_.words(text)
    for first, _, name in language_.demonyms.find(words):
        yield words[first].start, Detail("nationality", name)


def described(held: Held) -> list[Described]:
    """Return the details that reports give of people: of each, who is named nearest to it.

    What describes is taken of whoever the sentence names, else of whom a passage before it names;
    place and time of a claim are of all who speak or take part in it.
    """
    found: list[Described] = []
    for key, reading in held.readings.items():
        report = held.reports.get(key)
        if report is None:
            continue
        mentions = sorted(
            (mention.start, person.id)
            for person in reading.people
            if person.kind is SourceKind.PERSON
            for mention in person.mentions
        )
        for at, detail in said_of(report.text, report.language):
            near = [one for one in mentions if abs(one[0] - at) <= _REACH]
            if near:
                who = min(near, key=lambda one: abs(one[0] - at))[1]
                found.append(Described(who, key, at, detail))
        for claim in reading.claims:
            people = [one.person for one in claim.chain] + [
                one.person for one in claim.participants
            ]
            for who in dict.fromkeys(one for one in people if one is not None):
                found += [
                    Described(who, key, claim.span.start, detail, claim.id)
                    for detail in _around(claim, report.language)
                ]
    return found


def _around(claim: Claim, language: str) -> Iterator[Detail]:
    """Yield the details of a claim's circumstances: facility, home region, when."""
    homes = [
        match.end()
        for one in _patterns(language.partition("-")[0]).home
        for match in one.finditer(claim.text)
    ]
    for place in claim.places:
        at = claim.text.find(place.text)
        if any(0 <= at - end <= 4 for end in homes):
            yield Detail("home", place.key or fold(place.name))
        elif place.kind in ("facility", "town"):
            yield Detail("place", place.key or fold(place.name))
    for time in claim.times:
        yield Detail("date", time.edtf)


def _by_person(
    every: Iterable[Described], held: Held, whose: Mapping[str, str]
) -> dict[str, frozenset[tuple[str, str]]]:
    """Return the details of each person, by code where they leave under one, else by id."""
    found: dict[str, set[tuple[str, str]]] = {}
    for one in every:
        found.setdefault(whose.get(one.who, one.who), set()).add(one.detail.pair)
    for person in held.people:
        key = whose.get(person.id, person.id)
        if key in found:
            found[key] |= {("role", fold(role)) for role in person.roles}
    return {who: frozenset(details) for who, details in found.items()}


def _codes(held: Held, cast: Iterable[Leaving]) -> dict[str, str]:
    """Return the code of each person of a report who leaves under one: by id, else by name."""
    by_name = {
        fold(name): one.code
        for one in cast
        if one.code is not None
        for name in (one.person.name, *one.person.aliases)
    }
    found = {one.person.id: one.code for one in cast if one.code is not None}
    for reading in held.readings.values():
        for person in reading.people:
            code = by_name.get(fold(person.name))
            if code is not None:
                found.setdefault(person.id, code)
    return found


class Population:
    """People by what is said of them, so that counting whom a combination fits costs little."""

    def __init__(self, everyone: Details) -> None:
        self.size = len(everyone)
        self._who: dict[Pair, int] = {}
        for place, details in enumerate(everyone.values()):
            for one in details:
                self._who[one] = self._who.get(one, 0) | 1 << place

    def fits(self, some: Iterable[Pair]) -> int:
        """Return how many people all of these details fit."""
        left = (1 << self.size) - 1
        for one in some:
            left &= self._who.get(one, 0)
        return left.bit_count()


def minimal(own: frozenset[Pair], everyone: Population) -> list[tuple[Pair, ...]]:
    """Return the smallest combinations of a person's details that fit no other person, shortest first.

    Of someone of whom very much is said, the rarest details are looked at.
    """
    rarest = sorted(own, key=lambda one: (everyone.fits([one]), one))[:_RAREST]
    found: list[tuple[Pair, ...]] = []
    for size in range(1, MOST + 1):
        for some in combinations(sorted(rarest), size):
            if len({kind for kind, _ in some}) < size or any(
                set(one) <= set(some) for one in found
            ):
                continue
            if everyone.fits(some) <= 1:
                found.append(some)
    return found


def band(kind: str, value: str) -> str:
    """Return the band in which a number of years lies: "30–39", "5–9"."""
    size = _BANDS[kind]
    low = int(value) // size * size
    return f"{low}–{low + size - 1}"


def _coarse(one: tuple[str, str], steps: Iterable[str]) -> tuple[str, str]:
    kind, value = one
    if kind not in steps or value == _OUT:
        return one
    return kind, band(kind, value) if kind in _BANDS and value.isdigit() else _OUT


def _coarser(everyone: Details, steps: Sequence[str]) -> dict[str, frozenset[tuple[str, str]]]:
    return {
        who: frozenset(_coarse(one, steps) for one in details) for who, details in everyone.items()
    }


def check(
    made: Release, held: Held, cast: Sequence[Leaving], published: Details
) -> tuple[Release, tuple[Finding, ...]]:
    """Return a release in which details that single out a person are coarser, and what is still unique.

    `published` are details that earlier releases gave, by code. Findings give kinds and numbers, never
    values: how many people a combination fits in this release, with what was published before, and in
    the case. How many it fits in the world is not known here.
    """
    whose = _codes(held, cast)
    every = described(held)
    case = _Coarsened(_by_person(every, held, whose))
    leave = [one for one in every if _is_seen(one, made, held)]
    full = {who: own for who, own in _by_person(leave, held, whose).items() if CODE.fullmatch(who)}
    both = {who: full.get(who, _NONE) | published.get(who, _NONE) for who in {*full, *published}}
    known = (_Coarsened(full), _Coarsened(both), case)
    taken: dict[str, tuple[str, ...]] = {}
    for who, own in full.items():
        said = own | published.get(who, _NONE)
        taken[who] = _needed(said, case) if len({kind for kind, _ in said}) > 1 else ()
    coarse = [one for one in leave if one.detail.kind in taken.get(whose.get(one.who, ""), ())]
    made = _without(made, [one for one in coarse if one.detail.words])
    decisions = [
        Decision("person", who, f"{kind} {_said_to(kind)}", "it helps to single out")
        for who in sorted(taken)
        for kind in taken[who]
    ]
    details = tuple(
        (who, *_coarse(one, taken[who])) for who in sorted(full) for one in sorted(full[who])
    )
    made = replace(made, decisions=(*made.decisions, *decisions), details=details)
    # Protected people have a code of their own in each release, so an earlier one may be anybody's here.
    doubled = not published.keys() <= full.keys()
    findings = [
        one
        for who in sorted(full)
        for one in _told(who, full[who] | published.get(who, _NONE), taken[who], known, doubled)
    ]
    return made, tuple(findings)


def _said_to(kind: str) -> str:
    return f"given in bands of {_BANDS[kind]} years" if kind in _BANDS else "left out"


def _is_seen(one: Described, made: Release, held: Held) -> bool:
    """Say whether a detail leaves: its claim does, or its words stand in what leaves of the report."""
    if one.claim is not None:
        return one.claim in made.claims
    if one.report not in made.reports:
        return False
    end = one.at + max(len(one.detail.value), 1)
    seen, text = made.reports[one.report].text, held.reports[one.report].text
    quoted = any(
        claim.report == one.report and one.detail.words and one.detail.words in claim.text
        for claim in made.claims.values()
    )
    return quoted or seen[one.at : end] == text[one.at : end]


class _Coarsened:
    """A population as it is after steps that make details coarser; each is made once."""

    def __init__(self, everyone: Details) -> None:
        self._everyone = everyone
        self._made: dict[tuple[str, ...], Population] = {}

    def after(self, steps: Sequence[str]) -> Population:
        """Return the people as they are told of after these steps."""
        key = tuple(steps)
        if key not in self._made:
            coarse = {
                who: frozenset(_coarse(one, key) for one in details)
                for who, details in self._everyone.items()
            }
            self._made[key] = Population(coarse)
        return self._made[key]


def _needed(own: frozenset[Pair], case: _Coarsened) -> tuple[str, ...]:
    """Return the cheapest steps after which no combination that holds what they coarsen is unique.

    Each is taken only where the person has such a detail and it stands in a unique combination.
    """
    taken: list[str] = []
    for kind in _STEPS:
        coarse = frozenset(_coarse(one, taken) for one in own)
        if any(kind in {k for k, _ in one} for one in minimal(coarse, case.after(taken))):
            taken.append(kind)
    return tuple(taken)


def _told(
    who: str,
    own: frozenset[Pair],
    steps: Sequence[str],
    known: tuple[_Coarsened, _Coarsened, _Coarsened],
    doubled: bool,
) -> Iterator[Finding]:
    people = [one.after(steps) for one in known]
    coarse = frozenset(_coarse(one, steps) for one in own)
    unique = minimal(frozenset(one for one in coarse if one[1] != _OUT), people[2])
    for some in sorted(unique, key=len, reverse=True)[:_SHOWN]:
        kinds = ", ".join(kind for kind, _ in some)
        in_release, before, in_case = (f"{one.fits(some)} of {one.size}" for one in people)
        text = (
            f"{who} may be singled out by {kinds}: that fits {in_release} people in this release, "
            f"{before} with what was published before{_DOUBLED if doubled else ''}, {in_case} in the case; "
            "of all there are: unknown."
        )
        yield Finding(STEP, "jigsaw", text)


def _without(made: Release, coarse: Sequence[Described]) -> Release:
    """Return a release in which these details are coarser, in claims and events; black in reports."""
    words = {one.detail.words: _said_coarser(one.detail) for one in coarse}
    if not words:
        return made
    homes = {one.report for one in coarse}

    def put(text: str) -> str:
        for before, after in words.items():
            text = text.replace(before, after)
        return text

    return replace(
        made,
        claims={k: changed(c, put) if c.report in homes else c for k, c in made.claims.items()},
        reports={
            key: replace(
                report,
                text=_blacked(report.text, words),
                title=report.title and replace(report.title, text=put(report.title.text)),
            )
            if key in homes
            else report
            for key, report in made.reports.items()
        },
        events=tuple(changed(one, put) for one in made.events),
        warnings=tuple(changed(one, put) for one in made.warnings),
    )


def _said_coarser(one: Detail) -> str:
    if one.kind in _BANDS:
        return one.words.replace(one.value, band(one.kind, one.value), 1)
    return f"[{one.kind}]"


def _blacked(text: str, words: Iterable[str]) -> str:
    pieces = list(text)
    for one in words:
        at = text.find(one)
        while at >= 0:
            span = Span(at, at + len(one))
            pieces[span.start : span.end] = [
                char if char.isspace() else BLACK for char in text[span.start : span.end]
            ]
            at = text.find(one, at + len(one))
    return "".join(pieces)
