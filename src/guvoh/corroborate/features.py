"""What of a claim can tell one happening from another, in keys that are alike across languages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from guvoh.corroborate.around import Covered, Surroundings, surroundings
from guvoh.corroborate.days import Days, days
from guvoh.corroborate.descriptions import describe, name_key, offices, place_keys, who_keys
from guvoh.corroborate.distances import counted_from
from guvoh.corroborate.keys import PSEUDONYM, keys
from guvoh.corroborate.narration import LIVED, narrates
from guvoh.corroborate.parts import of_others
from guvoh.corroborate.peoples import peoples
from guvoh.corroborate.setting import main_days, main_places, names_in_marks
from guvoh.corroborate.vocabulary import family, vocabulary
from guvoh.corroborate.whence import home
from guvoh.languages.fold import fold
from guvoh.model.claim import (
    Claim,
    Participant,
    Person,
    Polarity,
    Quantity,
    Reading,
    SourceKind,
    Stance,
)
from guvoh.model.report import Report
from guvoh.model.text import Span

AHEAD = frozenset(
    (Stance.PLANNED, Stance.FEARED, Stance.EXPECTED, Stance.THREATENED, Stance.PROMISED)
)
_SILENT = frozenset((Stance.ASKED, Stance.UNKNOWN))

# What takes part in a happening; documents and things do not.
PEOPLE = frozenset(("person", "group", "organisation", "nationality"))
_CONCERNED = ("affected", "involved")

Number = tuple[float, float | None, str]


@dataclass(frozen=True, slots=True)
class Features:
    """A claim as it is compared.

    `acts` are its acts but for those of manner, `families` theirs; `ahead` where they have not
    happened yet; `places` are keys of places it names, `near` of those named around it, as
    `near_times` are the times around it where it names none. `people` where it says to or by whom.
    `elliptic` where its act is not said and taken from what its report tells, `voiced` where a person
    or group says it; `described` where it says of what peoples those concerned are.
    `speaker` is the key of the full name of the person who says it, if he has one; `there` where a person
    tells in it what he saw or went through.
    """

    acts: tuple[str, ...]
    families: tuple[str, ...]
    manner: tuple[str, ...]
    ahead: bool
    denies: bool
    another: bool
    places: tuple[str, ...]
    near: tuple[str, ...]
    who: tuple[str, ...]
    times: tuple[Days, ...]
    numbers: tuple[Number, ...]
    paragraph: int
    near_times: tuple[Days, ...] = ()
    people: bool = False
    elliptic: bool = False
    voiced: bool = False
    described: bool = False
    speaker: str = ""
    there: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys under which its happening is found."""
        return keys(self)

    @property
    def tells(self) -> bool:
        """Return whether the claim tells of a happening."""
        if self.acts or self.manner:
            return True
        people = self.who or any(of == "people" or of[:2] == "n:" for _, _, of in self.numbers)
        return bool(people and (self.places or self.times or self.numbers))


@dataclass(slots=True)
class Context:
    """What the claims of one report share: people by id, children of frames, places by paragraph.

    `main_places` is the facility or town of which the report speaks, where it is one, `main_days` the day
    named with it; `headed` are names in marks in its first paragraph, which its title mostly is.
    """

    report: Report
    people: dict[str, Person]
    around: Surroundings
    inner: dict[str, list[Span]] = field(default_factory=dict)
    places: dict[int, list[str]] = field(default_factory=dict)
    main_places: tuple[str, ...] = ()
    main_days: tuple[Days, ...] = ()
    headed: list[str] = field(default_factory=list)


def context_of(report: Report, reading: Reading) -> Context:
    """Return what the claims of a report share."""
    people = {person.id: person for person in reading.people}
    context = Context(report, people, surroundings(report, reading))
    for claim in reading.claims:
        if claim.within is not None:
            context.inner.setdefault(claim.within, []).extend(claim.spans)
    seen: dict[str, None] = {}
    covered = Covered(span for claim in reading.claims for span in claim.spans)
    for place in reading.places:
        if place.kind != "facility" and not covered.holds(place.span):
            continue
        if counted_from(report.text, place) or home(report.text, place, report.language):
            continue
        for key in place_keys(place, report.language):
            if key[0] in "fg":
                paragraph = context.around.paragraph(place.span.start)
                context.places.setdefault(paragraph, []).append(key)
                seen[key] = None
    for name, at in names_in_marks(report):
        paragraph = context.around.paragraph(at)
        context.places.setdefault(paragraph, []).append(f"x:{name}")
        if paragraph == 0:
            context.headed.append(f"x:{name}")
    context.main_places = main_places(tuple(seen))
    context.main_days = main_days(
        reading.claims, context.main_places, report.language, report.published
    )
    return context


def features(claim: Claim, context: Context) -> Features:
    """Return what a claim is compared by; what stands in a claim inside it is left to that one, but for what is denied."""
    inner = context.inner.get(claim.id, []) if claim.stance is not Stance.DENIED else []
    code = context.report.language
    acts = [act for act in claim.acts if not _inside(act.span, inner)]
    core = sorted({act.name for act in acts} - vocabulary().manner)
    named = [
        place
        for place in claim.places
        if not (_inside(place.span, inner) or counted_from(context.report.text, place))
    ]
    homes = [place for place in named if home(context.report.text, place, code)]
    places = [key for p in named if p not in homes for key in place_keys(p, code)]
    paragraph = context.around.paragraph(claim.span.start)
    near: list[str] = []
    if not any(key[0] in "fg" for key in places):
        near = [*_near(context, paragraph), *(key for p in homes for key in place_keys(p, code))]
    meant = [
        one
        for one in claim.participants
        if one.kind in PEOPLE and not (one.span and _inside(one.span, inner))
    ]
    times = [
        at
        for time in claim.times
        if time.kind in ("date", "interval") and not _inside(time.span, inner)
        for at in (days(time.edtf),)
        if at is not None
    ]
    numbers = [_number(q, context.report) for q in claim.quantities if not _inside(q.span, inner)]
    said_of = [name for name, span in peoples(claim, context.report) if not _inside(span, inner)]
    ahead = claim.stance in AHEAD or _to_come(claim, context, {act.tense for act in acts}, times)
    negated = claim.polarity is Polarity.NEGATED
    return Features(
        acts=tuple(core),
        families=tuple(sorted({family(act) for act in core})),
        manner=tuple(sorted({act.name for act in acts} & vocabulary().manner)),
        ahead=ahead,
        denies=claim.stance is Stance.DENIED
        or (negated and bool(acts))
        or (bool(claim.chain) and willing(claim) and _answers(claim, context)),
        another=_another(
            claim, context, context.around.sentence(claim.span) if ahead else claim.span
        ),
        places=_distinct(places),
        near=_distinct(near),
        who=_distinct(
            [key for one in meant for key in participant_keys(one, context)]
            + [f"n:{name}" for name in said_of]
        ),
        times=tuple(dict.fromkeys(times)),
        near_times=() if times else _near_times(claim, context),
        numbers=tuple(dict.fromkeys(numbers)),
        paragraph=paragraph,
        people=bool(said_of)
        or any(one.kind != "organisation" and one.role in _CONCERNED for one in meant),
        described=bool(said_of),
        speaker=_speaker(claim, code),
        there=_there(claim, context) and not _office(claim, context),
        voiced=bool(claim.chain) and claim.chain[-1].kind in (SourceKind.PERSON, SourceKind.GROUP),
    )


def _speaker(claim: Claim, code: str) -> str:
    """Return the key of the name, in two parts or more, of the person who says it; else nothing."""
    link = claim.chain[-1] if claim.chain else None
    if link is None or link.kind is not SourceKind.PERSON or link.pseudonym:
        return ""
    names = max(describe(link.name, code).names, key=len, default="")
    return name_key(names) if " " in names else ""


def _to_come(claim: Claim, context: Context, tenses: set[str], times: Sequence[Days]) -> bool:
    """Return whether a claim tells of what is ahead, though nobody plans or fears it in so many words.

    What all lies before its report came out has happened: "on les ferait creuser" is no plan.
    """
    published = context.report.published
    told_as_past = "past" in tenses or (not tenses and _been(claim))
    if not told_as_past and _after(times, published):
        return True
    if _before(times, published):
        return False
    if not tenses:
        return _prepares(claim, context) or _orders(claim)
    return "future" in tenses and not tenses & {"past", "present"}


def _been(claim: Claim) -> bool:
    """Return whether a claim without an act is told as past: "two were hospitalised", but not "were to leave"."""
    words = fold_words(claim.text)
    return any(
        word in vocabulary().been and after not in vocabulary().due
        for word, after in zip(words, [*words[1:], ""], strict=True)
    )


def willing(claim: Claim) -> bool:
    """Return whether a claim says that people did it of their own accord."""
    if claim.polarity is Polarity.NEGATED or claim.stance is not Stance.ASSERTED:
        return False
    text = f" {fold(claim.text)}"
    return any(f" {words}" in text for words in vocabulary().willing)


def _answers(claim: Claim, context: Context) -> bool:
    """Return whether an organisation, or somebody whose office or trade answers for others, says it: a lawyer too."""
    if not claim.chain or claim.hedges:
        return False
    return claim.chain[-1].kind is SourceKind.ORGANISATION or _office(claim, context)


def _office(claim: Claim, context: Context) -> bool:
    """Return whether whoever says it has an office or a trade that answers for others."""
    link = claim.chain[-1]
    held = offices(link.name, context.people.get(link.person or ""), context.report)
    return bool(held & (vocabulary().deniers | vocabulary().advocates))


def _there(claim: Claim, context: Context) -> bool:
    """Return whether somebody known by a name tells what he saw or went through himself: "I stood at the door"."""
    link = claim.chain[-1] if claim.chain else None
    if link is None or link.kind is not SourceKind.PERSON or link.basis not in LIVED:
        return False
    person = context.people.get(link.person or "")
    known = link.name if person is None else person.name
    told = claim.stance is Stance.ASSERTED and claim.polarity is Polarity.AFFIRMED
    return told and bool(describe(known, context.report.language).names)


def _near_times(claim: Claim, context: Context) -> tuple[Days, ...]:
    time = context.around.time(claim)
    at = days(time.edtf) if time is not None else None
    return (at,) if at is not None else ()


def _another(claim: Claim, context: Context, within: Span) -> bool:
    """Return whether a claim speaks of another group or another time: "a second list", "ещё людей", "in the same manner"."""
    known = vocabulary()
    said = f" {fold(claim.text)}"
    if any(f" {words}" in said for words in known.likening):
        return True
    text = list(context.report.text[within.start : within.end])
    for time in claim.times:
        for at in range(max(time.span.start, within.start), min(time.span.end, within.end)):
            text[at - within.start] = " "
    words = fold_words("".join(text)) if text else fold_words(claim.text)
    code = context.report.language
    for at, word in enumerate(words):
        after = words[at + 1 : at + 5]
        more = word in known.another and after and after[0] not in known.than
        if more and any(_batch(one, code) for one in after):
            return True
    return False


def _prepares(claim: Claim, context: Context) -> bool:
    """Return whether a claim says that more people are being listed: "they are writing a second list"."""
    if claim.polarity is Polarity.NEGATED or claim.stance not in (Stance.ASSERTED, Stance.REPORTED):
        return False
    words = fold_words(context.report.text[claim.span.start : claim.span.end])
    lists = vocabulary().lists
    return any(
        word in vocabulary().another
        and any(fold(one).startswith(lists) for one in words[at + 1 : at + 3])
        for at, word in enumerate(words)
    )


def _orders(claim: Claim) -> bool:
    """Return whether a claim says that somebody has been told to do something: "ordered to pick men"."""
    said = f" {fold(claim.text)} "
    begun = min(
        (at for one in vocabulary().orders if (at := said.find(f" {one}")) >= 0), default=None
    )
    # "Around thirty men were told to dress": those who are counted are told, and no further ones.
    counted_first = begun is not None and any(
        len(fold(claim.text[: q.span.end - claim.span.start])) <= begun + 1
        for q in claim.quantities
    )
    return claim.polarity is Polarity.AFFIRMED and begun is not None and not counted_first


def _after(times: Sequence[Days], published: str | None) -> bool:
    """Return whether all times of a claim begin after the day on which its report came out."""
    day = days(published or "")
    if day is None or day.high is None or not times:
        return False
    return all(at.anchored and at.low is not None and at.low > day.high for at in times)


def _before(times: Sequence[Days], published: str | None) -> bool:
    """Return whether all times of a claim end before the day on which its report came out."""
    day = days(published or "")
    if day is None or day.low is None or not times:
        return False
    return all(at.anchored and at.high is not None and at.high < day.low for at in times)


def _batch(word: str, code: str) -> bool:
    """Return whether a word is for people, or for what takes them: a group, a list, a bus."""
    plain = fold(word)
    if word in vocabulary().people or plain.startswith(vocabulary().batches):
        return True
    said = describe(word, code)
    return bool(said.roles or said.peoples or said.kin)


def silent(claim: Claim) -> bool:
    """Return whether a claim neither tells of anything nor denies it.

    So do questions and demands, and negations without an act of theirs that nobody puts forward as
    a denial: "nobody asked them" belongs to the story.
    """
    if claim.stance in _SILENT:
        return True
    negated = claim.polarity is Polarity.NEGATED and claim.stance is not Stance.DENIED
    return negated and (not claim.acts or claim.stance is Stance.FEARED)


def supposed(claim: Claim, report: Report) -> bool:
    """Return whether a page tells what was to come, seen from what it tells as past: "they would be deported".

    It neither says that it was done nor that it is ahead. What somebody says would be done is his to foretell.
    """
    if claim.stance is not Stance.ASSERTED or not claim.acts or not narrates(claim, report):
        return False
    future = all(act.tense == "future" for act in claim.acts)
    return future and not vocabulary().supposed.isdisjoint(fold_words(claim.text))


def fold_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without marks around them."""
    return [word.strip("«»“”\"'.,;:!?()—–-").lower() for word in text.split()]


def participant_keys(one: Participant, context: Context) -> tuple[str, ...]:
    """Return what a participant is compared by, with the nationality its person has, and a mark of a pseudonym."""
    known = who_keys(one.name, one.kind, context.report.language)
    person = context.people.get(one.person or "")
    if person is not None and person.nationality:
        known = (*known, f"n:{person.nationality}")
    if person is not None and person.pseudonym:
        known = (*known, PSEUDONYM)
    return known


def counted(of: str | None, code: str) -> str:
    """Return what is counted as one key: "n:" and a people, "people" for others, or the folded words."""
    if not of:
        return ""
    known = who_keys(of, "group", code)
    for key in known:
        if key.startswith("n:"):
            return key
    if known or vocabulary().people & set(fold_words(of)):
        return "people"
    return fold(of)


def _number(quantity: Quantity, report: Report) -> Number:
    """Return a number as it is compared; "eleven others" may be twelve with whoever was told of."""
    high = None if quantity.high is None else float(quantity.high)
    if high is not None and of_others(report.text, quantity.span):
        high += 1
    return float(quantity.low), high, counted(quantity.of, report.language)


def _near(context: Context, paragraph: int) -> list[str]:
    """Return the places named in a paragraph or, where there are none, in the nearest before it.

    Names in marks that may be places come with them.
    """
    found: list[str] = []
    for at in range(paragraph, max(paragraph - 4, -1), -1):
        found += context.places.get(at, ())
        if any(key[0] != "x" for key in found):
            break
    return found


def _inside(span: Span, outer: list[Span]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in outer)


def _distinct(keys: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
