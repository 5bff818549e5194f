"""Places as they leave in warnings: no finer than a region, for those at risk are still there."""

from collections.abc import Iterable
from typing import TypeVar

from guvoh.model.claim import Place
from guvoh.model.text import Span
from guvoh.protect.exposure import BLACK, spans_of
from guvoh.protect.strings import changed
from guvoh.resolve.gazetteer import Known, by_key

UNSAID = "a place that is not named here"
V = TypeVar("V")
_WIDE = ("country", "region", "area")


def region_of(place: Place) -> str:
    """Return the region or, where none is known, the country in which a place lies."""
    if place.kind in ("country", "region"):
        return place.name
    for key in (place.key, place.within):
        known = by_key(key) if key else None
        while known is not None:
            if known.kind in _WIDE:
                return known.name
            known = by_key(known.region) if known.region else _country(known.country)
    country = _country(place.country) if place.country else None
    return country.name if country else UNSAID


def _country(code: str) -> Known | None:
    return by_key(f"c:{code}")


class Coarse:
    """Puts regions in place of the places of warnings."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._regions: dict[str, str] = {}
        for place in places:
            region = region_of(place)
            for name in (place.text, place.name):
                if name and name != region:
                    self._regions.setdefault(name, region)

    def text(self, text: str) -> str:
        """Return a text with regions where places stood, between brackets inside longer texts."""
        if text in self._regions:
            return self._regions[text]
        pieces: list[str] = []
        done = 0
        for span in spans_of(tuple(self._regions), text):
            region = self._regions[text[span.start : span.end]]
            pieces += [text[done : span.start], f"[{region}]"]
            done = span.end
        return "".join([*pieces, text[done:]])

    def all(self, value: V) -> V:
        """Return a value with `text` applied to every string in it."""
        return changed(value, self.text)

    def blacked(self, text: str, within: Iterable[Span]) -> str:
        """Return a text of equal length with the places inside these spans blacked out."""
        pieces = list(text)
        for outer in within:
            for span in spans_of(tuple(self._regions), text[outer.start : outer.end]):
                start, end = outer.start + span.start, outer.start + span.end
                pieces[start:end] = BLACK * (end - start)
        return "".join(pieces)
