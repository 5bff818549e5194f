"""What stands around a claim that names no time or place of its own: what was told just before it."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from guvoh.corroborate.days import days
from guvoh.corroborate.descriptions import who_keys
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.whence import home
from guvoh.model.claim import Claim, Place, Reading, SourceKind, Stance, Time
from guvoh.model.report import Report
from guvoh.model.text import Span

_MONTH = 31
_EXACT = 3  # days that a time takes which is told to the day: a night has two
_HAPPENED = (Stance.ASSERTED, Stance.REPORTED, Stance.BELIEVED)
_SHORT = 3  # words by which people are called in a sentence
_PARAGRAPHS = 4  # the claim's own and the three before it
NARROW = ("facility", "town")


class Covered:
    """What claims cover of a text: a town outside is where somebody spoke, "she said in Osh"."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans, key=_start):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def holds(self, span: Span) -> bool:
        """Return whether a span lies in what is covered."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and span.end <= self._ends[at]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The times and narrow places of a report in order, with its sentences, paragraphs and own day.

    `covered` is what its claims cover; a time outside is that of a telling.
    """

    times: tuple[Time, ...]
    places: tuple[Place, ...]
    sentences: tuple[Span, ...]
    starts: tuple[int, ...]
    covered: Covered
    published: str = ""

    def paragraph(self, at: int) -> int:
        """Return the ordinal of the paragraph at an offset."""
        return max(bisect_right(self.starts, at) - 1, 0)

    def sentence(self, span: Span) -> Span:
        """Return the sentence in which a span begins, itself where it is in none."""
        at = bisect_right(self.sentences, span.start, key=_start) - 1
        if at < 0 or self.sentences[at].end <= span.start:
            return span
        return Span(self.sentences[at].start, max(self.sentences[at].end, span.end))

    def time(self, claim: Claim) -> Time | None:
        """Return the time in a claim's sentence, or else the last before it in its paragraph.

        "In late January he telephoned. About thirty men had been taken away, he said." When an
        organisation or an outlet says so is no time of what it tells. Where its paragraph names none, it is
        the day on which the telling stands: the only one named in the paragraphs right above.
        """
        personal = not claim.chain or claim.chain[-1].kind in (SourceKind.PERSON, SourceKind.GROUP)
        sentence = self.sentence(claim.span)
        begin = self._begin(self.paragraph(sentence.start))
        before: Time | None = None
        for time in self.times:
            if personal and sentence.start <= time.span.start < sentence.end:
                return time
            if begin <= time.span.start < sentence.start:
                before = time
        return before or (self._day_above(sentence.start) if personal else None)

    def _day_above(self, at: int) -> Time | None:
        """Return the one day that the paragraphs above tell of, None where they name several or none."""
        begin = self._begin(max(self.paragraph(at) - _PARAGRAPHS + 1, 0))
        above = [t for t in self.times if begin <= t.span.start < at and t.edtf != self.published]
        exact = [time for time in above if _exact(time)]
        return exact[-1] if exact and len({time.edtf for time in above}) == 1 else None

    def place(self, claim: Claim) -> Place | None:
        """Return the facility or town named last before a claim's end, a few paragraphs above at most.

        Or the only one of which the report speaks, but for what it tells in paragraphs before it comes to it.
        """
        begin = self._begin(max(self.paragraph(claim.span.start) - _PARAGRAPHS + 1, 0))
        for kind in NARROW:
            known = [place for place in self.places if place.kind == kind]
            before = [p for p in known if begin <= p.span.start < claim.span.end]
            if before:
                return before[-1]
            if known and len({place.key or place.name for place in known}) == 1:
                ahead = self.paragraph(known[0].span.start) > self.paragraph(claim.span.start)
                return None if ahead else known[0]
        return None

    def _begin(self, paragraph: int) -> int:
        return self.starts[paragraph] if paragraph < len(self.starts) else 0


def _start(span: Span) -> int:
    return span.start


def surroundings(report: Report, reading: Reading) -> Surroundings:
    """Return what stands around the claims of a report."""
    times = [time for time in reading.times if is_when(time)]
    covered = Covered(span for claim in reading.claims for span in claim.spans)
    places = [
        place
        for place in reading.places
        if place.kind == "facility" or (place.kind == "town" and covered.holds(place.span))
        if not home(report.text, place, report.language)
    ]
    return Surroundings(
        tuple(sorted(times, key=lambda time: time.span)),
        tuple(sorted(places, key=lambda place: place.span)),
        reading.sentences,
        tuple(span.start for span in report.paragraphs),
        covered,
        (report.published or "")[:10],
    )


def _exact(time: Time) -> bool:
    at = days(time.edtf)
    return at is not None and at.length <= _EXACT


def is_when(time: Time) -> bool:
    """Return whether a time says when something was, to a month or better."""
    at = days(time.edtf) if time.kind in ("date", "interval") else None
    return at is not None and at.length <= _MONTH


def whom(acts: Collection[str], reading: Reading, code: str) -> Iterator[tuple[str, str, bool]]:
    """Yield whom a report says to be affected by acts that harm, among `acts`, once for each time.

    By key, and in words: in English as the report has it ("foreign workers"), which True says, else
    the noun for it.
    """
    core = vocabulary().harm.intersection(acts) - vocabulary().manner
    for claim in reading.claims:
        if claim.stance not in _HAPPENED or not core.intersection(a.name for a in claim.acts):
            continue
        for one in claim.participants:
            if one.role == "affected" and one.kind in ("group", "nationality"):
                yield from _what_they_are(one.name, code)


def _what_they_are(name: str, code: str) -> Iterator[tuple[str, str, bool]]:
    known = vocabulary()
    keys = [key for key in who_keys(name, "group", code) if key in known.nouns]
    if not keys:
        return
    light = {*known.another, *known.quantifiers, *known.collectives}
    said = [word for word in name.split() if word.lower() not in light]
    plain = code == "en" and 0 < len(said) <= _SHORT and not any(w[0].isdigit() for w in said)
    if plain and keys[-1].startswith("r:"):
        said[0] = f"{said[0][:1].lower()}{said[0][1:]}"
    yield (
        known.alike.get(keys[-1], keys[-1]),
        " ".join(said) if plain else known.nouns[keys[-1]],
        plain,
    )
