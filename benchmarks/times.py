"""Scores times on TimeBank and AQUAINT as TempEval-3 did, and GUM's vague dates as intervals (dev)."""

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guvoh.languages import load
from guvoh.model.text import Span
from guvoh.reading.edtf import Period
from guvoh.reading.passage import passage_of
from guvoh.reading.times import Mention, find_mentions, iso_duration, read_times
from guvoh.reading.times_specs import (
    Around,
    Bounded,
    Calendar,
    Duration,
    Offset,
    Open,
    Part,
    Recurring,
    Reference,
    Relative,
    Spec,
    Unreadable,
    Window,
)

DATA = Path(__file__).resolve().parents[2] / "shared/data"
# HeidelTime on TempEval-3's platinum texts: strict, relaxed, value (shared/benchmarks.md).
ANCHOR = (0.818, 0.907, 0.781)
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_REFERENCES = {"now": "PRESENT_REF", "recent": "PAST_REF", "soon": "FUTURE_REF"}
_UNITS = {
    "day": "D",
    "week": "W",
    "month": "M",
    "year": "Y",
    "decade": "E",
    "quarter": "Q",
    "century": "C",
    "night": "D",
}
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "midday": "TMI"}
_VAGUE = ((3, 9), (3, 6))
_LINK = re.compile(r"(?i)\s+(?:to|and|through|until|till|-|–|—)\s+|(?<=\d)[-–—](?=\d)")
_LEAD = re.compile(
    r"(?i)(since|until|till|by|before|after|from|between|ahead of|prior to|following|as of|around|about|up to)\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Gold:
    """A TIMEX3 of a text: offsets, value and type."""

    start: int
    end: int
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over texts, and the F1 of each measure."""

    gold: int
    found: int
    strict: int
    relaxed: int
    value: int

    def f1(self, hits: int) -> float:
        """Return F1 of `hits`."""
        return 2 * hits / (self.gold + self.found) if self.gold + self.found else 0.0


# From guvoh's periods to TIMEX3 values. EDTF and TIMEX3 agree on days, months, years, decades (199X is
# 199), centuries; the rest is written out here.


def timex_value(mention: Mention, words: str = "") -> str:
    """Return the TIMEX3 value of a mention: the same time in the notation of TimeML."""
    spec = mention.spec
    if isinstance(spec, Reference):
        return _REFERENCES[spec.which]
    if isinstance(spec, Recurring):
        return _recurring(spec)
    if isinstance(spec, Duration):
        return _duration(spec)
    if isinstance(spec, Window):
        # TimeML calls "the last two weeks" a duration; guvoh gives the interval itself.
        return _duration(
            Duration(
                spec.count or 0, None if spec.vague or not spec.count else spec.count, spec.unit
            )
        )
    if isinstance(spec, Relative) and spec.unit == "decade" and mention.period:
        return mention.period.edtf().rstrip("X")
    inner = _stripped(spec)
    if isinstance(inner, Offset) and mention.period is None:
        return f"P{inner.low:g}{_UNITS.get(inner.unit, 'D')}"
    value = _period_value(_whole(mention))
    part = _PARTS.get(words.rsplit(maxsplit=1)[-1].lower()) if words else None
    return value + part if part and len(value) == 10 else value


def _duration(spec: Duration) -> str:
    """Return ISO 8601; TimeML writes PXM where the number is vague, and the lower of two numbers."""
    exact = iso_duration(spec)
    if exact:
        return exact
    unit = _UNITS.get(spec.unit, "D")
    clock = "T" if spec.unit in ("hour", "minute", "second") else ""
    unit = {"hour": "H", "minute": "M", "second": "S"}.get(spec.unit, unit)
    known = spec.high is not None and (spec.low, spec.high) not in _VAGUE and spec.low
    return f"P{clock}{spec.low:g}{unit}" if known else f"P{clock}X{unit}"


def _recurring(spec: Recurring) -> str:
    return {
        "day": "P1D",
        "week": "P1W",
        "month": "P1M",
        "year": "P1Y",
        "hour": "PT1H",
        "weekday": "XXXX-WXX",
    }.get(spec.unit, "P1D")


def _stripped(spec: Spec) -> Spec:
    while isinstance(spec, Part | Open | Around):
        spec = spec.inner
    return spec


def _whole(mention: Mention) -> Period | None:
    """Return the period without "late" and "since": TimeML keeps those in attributes beside the value."""
    return mention.whole if mention.whole is not None else mention.period


def _period_value(period: Period | None) -> str:
    if period is None or period.first is None:
        return period.last.edtf() if period is not None and period.last is not None else ""
    first = period.first
    if period.unit in ("decade", "century"):
        return period.edtf().rstrip("X")
    if period.unit in ("week", "weekend") and first.year is not None:
        week_year, week, _ = first.first().isocalendar()
        return f"{week_year}-W{week:02d}" + ("-WE" if period.unit == "weekend" else "")
    year = "XXXX" if first.year is None else f"{first.year:04d}"
    if period.unit == "quarter" and first.month:
        return f"{year}-Q{(first.month + 2) // 3}"
    if period.unit == "half" and first.month:
        return f"{year}-H{(first.month + 5) // 6}"
    if period.unit == "season" and first.month:
        return f"{year}-{_SEASONS[first.month]}"
    return first.edtf()


# TempEval-3


def _texts() -> Iterator[tuple[str, str, list[Gold]]]:
    for path in sorted((DATA / "time/tbaq").glob("*/[!.]*.tml")):
        source = path.read_text(encoding="utf-8")
        root = ElementTree.fromstring(source)
        created = root.find("DCT/TIMEX3")
        body = root.find("TEXT")
        if body is None or created is None:
            continue
        pieces: list[str] = []
        gold: list[Gold] = []
        _walk(body, pieces, gold)
        yield "".join(pieces), (created.get("value") or "")[:10], gold


def _walk(node: ElementTree.Element, pieces: list[str], gold: list[Gold]) -> None:
    start = sum(map(len, pieces))
    pieces.append(node.text or "")
    for child in node:
        _walk(child, pieces, gold)
        pieces.append(child.tail or "")
    if node.tag == "TIMEX3":
        text = "".join(pieces)[start:]
        gold.append(Gold(start, start + len(text), node.get("value") or "", text))


def tempeval(show: Callable[[str], None] | None = None) -> Score | None:
    """Return the score on TBAQ, None where the data is not there.

    Strict asks for the same span, relaxed for a shared character, value for the same TIMEX3 value
    on a relaxed match; each mention is matched once, as TempEval-3's scorer does.
    """
    language, counts = load("en"), [0, 0, 0, 0, 0]
    for text, published, gold in _texts():
        mentions = [
            m
            for m in find_mentions(passage_of(text, language), published)
            if not isinstance(m.spec, Unreadable)
        ]
        mentions = [piece for mention in mentions for piece in _pieces(text, mention)]
        free = list(mentions)
        counts[0] += len(gold)
        counts[1] += len(mentions)
        for item in gold:
            hit = next(
                (m for m in free if m.span.start < item.end and item.start < m.span.end), None
            )
            if hit is None:
                if show:
                    show(
                        f"MISS\t{item.text!r}\t{item.value}\t\t{published}\t{text[max(0, item.start - 40) : item.end + 30]!r}"
                    )
                continue
            free.remove(hit)
            same = _timex_span(text, hit) == (item.start, item.end)
            value = timex_value(hit, text[hit.span.start : hit.span.end])
            counts[2] += same
            counts[3] += 1
            counts[4] += _same_value(value, item.value)
            if show and not _same_value(value, item.value):
                got = text[hit.span.start : hit.span.end]
                show(
                    f"VALUE\t{item.text!r}\t{item.value}\t{value} {got!r}\t{published}\t{text[max(0, item.start - 40) : item.end + 30]!r}"
                )
        if show:
            for extra in free:
                got = text[extra.span.start : extra.span.end]
                show(
                    f"EXTRA\t{got!r}\t\t{timex_value(extra)}\t{published}\t{text[max(0, extra.span.start - 40) : extra.span.end + 30]!r}"
                )
    return Score(*counts) if counts[0] else None


def _pieces(text: str, mention: Mention) -> list[Mention]:
    """Return a range as the two times that TimeML makes of it; all else as it is."""
    period = mention.period
    if (
        not isinstance(mention.spec, Bounded)
        or period is None
        or period.first is None
        or period.last is None
    ):
        return [mention]
    start, end = mention.span
    link = _LINK.search(text, start + 1, end)
    if link is None:
        return [mention]
    lead = _LEAD.match(text, start)
    halves = (
        (lead.end() if lead else start, link.start(), period.first),
        (link.end(), end, period.last),
    )
    return [
        Mention(Span(first, last), Calendar(), Period(moment, moment, "part"), mention.against)
        for first, last, moment in halves
    ]


def _timex_span(text: str, mention: Mention) -> tuple[int, int]:
    """Return the span without the preposition: TimeML leaves "since" out of a TIMEX3."""
    lead = (
        _LEAD.match(text, mention.span.start) if isinstance(mention.spec, Open | Around) else None
    )
    return (lead.end() if lead else mention.span.start), mention.span.end


def _same_value(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(value: str) -> str:
    """Return a TIMEX3 value in one of the notations that the corpus has for it.

    Annotators wrote 1949-XX, 1997-XX-XX and 1949 alike, 199X and 199, W7 and W07. EDTF dates of
    guvoh end with the day, so that a time of day in TIMEX3 counts as its day.
    """
    value = re.sub(r"(-XX)+$", "", value)
    value = re.sub(r"^(\d{3})X$", r"\1", value)
    value = re.sub(r"^(\d{2})XX$", r"\1", value)
    value = re.sub(r"^(\d{4}-\d{2}-\d{2})T.*$", r"\1", value)
    return re.sub(r"-W(\d)(?=$|-)", r"-W0\1", value)


# GUM's dates


def _gum() -> Iterator[tuple[str, list[tuple[int, int, str, str]]]]:
    """Yield (text, [(start, end, first, last)]) with the bounds of each date element."""
    for path in sorted((DATA / "ner/gum").glob("*/[!.]*.xml")):
        text, dates, opened = "", [], []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("<date"):
                opened.append((len(text), dict(re.findall(r'(\w+)="([^"]*)"', line))))
            elif line.startswith("</date") and opened:
                start, marks = opened.pop()
                first = marks.get("when") or marks.get("from") or marks.get("notBefore") or ".."
                last = marks.get("when") or marks.get("to") or marks.get("notAfter") or ".."
                dates.append((start, len(text), first, last))
            elif "\t" in line:
                text += line.split("\t")[0] + " "
            elif line.startswith(("</p", "</head", "</item", "</s>")):
                text += "\n\n" if not line.startswith("</s>") else ""
        if dates:
            yield text, dates


def gum_intervals(
    show: Callable[[str], None] | None = None,
) -> dict[str, tuple[int, int, int, int]]:
    """Return by kind ("exact" dates, "vague" intervals): gold, found, same interval, overlapping."""
    language = load("en")
    counts = {"exact": [0, 0, 0, 0], "vague": [0, 0, 0, 0]}
    for text, dates in _gum():
        times, _ = read_times(text, language, None)
        for start, end, first, last in dates:
            if first.startswith("-") or last.startswith("-"):
                continue  # years before our era, and dates without a year, which GUM writes --03-05
            row = counts["exact" if first == last else "vague"]
            row[0] += 1
            hit = next(
                (
                    time
                    for time in times
                    if time.span.start < end and start < time.span.end and time.edtf
                ),
                None,
            )
            if hit is None:
                if show:
                    show(f"GUM MISS\t{text[start:end]!r}\t{first}/{last}")
                continue
            row[1] += 1
            got = _ends(hit.edtf)
            same = _days(got) == _days((first, last))
            row[2] += same
            row[3] += _overlap(got, (first, last))
            if show and not same:
                show(f"GUM VALUE\t{text[start:end]!r}\t{first}/{last}\t{hit.edtf}")
    return {name: (row[0], row[1], row[2], row[3]) for name, row in counts.items()}


def _ends(edtf: str) -> tuple[str, str]:
    first, _, last = edtf.replace("~", "").partition("/")
    if first.endswith("X") and "-" not in first:
        return first.replace("X", "0"), first.replace("X", "9")
    return first, last or first


def _days(ends: tuple[str, str]) -> tuple[str, str]:
    """Return bounds written to the day, so that 1900/1999 is 1900-01-01/1999-12-31."""
    first, last = ends
    if first != "..":
        first += "-01-01"[len(first) - 4 :] if len(first) in (4, 7) else ""
    if last != "..":
        last += {4: "-12-31", 7: "-31"}.get(len(last), "")
    return first, last.replace("-30", "-31").replace("-28", "-31")


def _overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    low = max(("" if end == ".." else end) for end in (one[0], other[0]))
    highs = [end + "~" for end in (one[1], other[1]) if end != ".."]
    return not highs or low <= min(highs)


def run() -> list[dict[str, Any]]:
    """Return one row a measure; an empty list where the data is not there."""
    score = tempeval()
    if score is None:
        return []
    rows: list[dict[str, Any]] = [
        {"set": "TBAQ (dev)", "score": name, "value": round(score.f1(hits), 3), "peer": peer}
        for name, hits, peer in zip(
            ("strict F1", "relaxed F1", "value F1"),
            (score.strict, score.relaxed, score.value),
            ANCHOR,
            strict=True,
        )
    ]
    for kind, (gold, found, same, overlap) in gum_intervals().items():
        rows.append(
            {
                "set": f"GUM {kind} (dev)",
                "score": "interval exact",
                "value": round(same / max(gold, 1), 3),
                "of": gold,
            }
        )
        rows.append(
            {
                "set": f"GUM {kind} (dev)",
                "score": "overlap",
                "value": round(overlap / max(gold, 1), 3),
                "found": found,
            }
        )
    return rows


def main(arguments: Sequence[str] = ()) -> int:
    """Print the table; `--errors` lists every difference."""
    if "--errors" in arguments:
        tempeval(print)
        gum_intervals(print)
        return 0
    rows = run()
    if not rows:
        print("shared/data/time is not here: nothing scored")
        return 0
    for row in rows:
        print("  ".join(f"{key} {value}" for key, value in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
