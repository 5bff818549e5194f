"""Places of a text: countries, regions, towns and facilities, where they lie and how sure that is."""

from collections.abc import Sequence
from dataclasses import replace

from guvoh.languages import Language
from guvoh.model.claim import Place
from guvoh.reading.passage import BREAK, COMMA, DOT, JOIN, Passage, passage_of
from guvoh.reading.places_known import alike, exact_places, rules
from guvoh.reading.places_names import Named, find_names
from guvoh.reading.places_sites import closed
from guvoh.resolve.nominative import nominative
from guvoh.resolve.places import NO_PLACES, Located, OwnPlaces, locate

_PRECISION = {"country": "country", "region": "region", "district": "region", "town": "town", "facility": "point", "area": "region"}  # fmt: skip
_INSIDE = ("in",)
_REACH = 4  # words between a facility and the place it is said to lie in
_DESCRIBED = 7  # the same behind an unknown town: ", a settlement in the … region"


def find_places(text: str, language: Language, own: OwnPlaces = NO_PLACES) -> tuple[Place, ...]:
    """Return the places of `text` in order; `own` is the user's list of prisons, camps, bases.

    A facility that the gazetteer does not know has the coordinates and precision of the place in or
    near which the text says it lies.
    """
    passage = passage_of(text, language)
    names = find_names(passage, own)
    looks = [name.look for name in names if name.look is not None]
    located = iter(locate(text, looks, language=language.code, own=own))
    found = [
        _facility_place(
            passage, name, _own(passage, name, own), next(located) if name.look else None
        )
        if name.kind == "facility"
        else _place(passage, name, next(located))
        for name in names
    ]
    return _placed(passage, names, _one_name(names, found))


def _own(passage: Passage, name: Named, own: OwnPlaces) -> Located | None:
    """Return what the user's list has under the facility's own words."""
    if not own.by_name:
        return None
    span = passage.span(name.first, name.last)
    hit = locate(passage.text, [span], language=passage.language.code, own=own)[0]
    return hit if hit.place is not None and hit.place.key.startswith("u:") else None


def _place(passage: Passage, name: Named, located: Located) -> Place:
    span = passage.span(name.first, name.last)
    text = passage.text[span.start : span.end]
    known = located.place
    guessed = name.kind in ("town", "district") and known is not None and not exact_places(text)
    if known is None or (guessed and not alike(text, known.name)):
        bare = text if name.look is None else passage.text[slice(*name.look)]
        return Place(text=text, span=span, name=_called(passage, bare), kind=_kind(name.kind))
    if name.kind == "area" and known.kind != "area" and name.look != span:  # a lake, not its town
        known = replace(known, name=_called(passage, text), kind="area")
    return Place(
        text=text,
        span=span,
        name=known.name,
        kind=_kind(known.kind),
        country=known.country or None,
        latitude=known.latitude,
        longitude=known.longitude,
        precision=_PRECISION.get(known.kind, "unknown"),
        key=known.key,
        within=located.within,
        candidates=tuple(candidate.place.key for candidate in located.candidates),
    )


def _called(passage: Passage, text: str) -> str:
    """Return what a place that no gazetteer has is called: "в Тюленихе" speaks of Тюлениха."""
    return nominative(text) if passage.language.code == "ru" else text


def _kind(kind: str | None) -> str:
    return {"district": "region", "area": "region", None: "unknown"}.get(kind, kind or "unknown")


def _facility_place(
    passage: Passage, name: Named, own: Located | None, town: Located | None
) -> Place:
    span = closed(passage, passage.span(name.first, name.last))
    text = passage.text[span.start : span.end]
    known = own.place if own is not None else None
    if known is not None:
        return Place(
            text=text, span=span, name=known.name, kind="facility", country=known.country or None,
            latitude=known.latitude, longitude=known.longitude, precision="point", key=known.key,
        )  # fmt: skip
    called = text if name.same is None else passage.text[slice(*closed(passage, name.same))]
    place = Place(text=text, span=span, name=_called(passage, called), kind="facility")
    if town is None or town.place is None or town.place.kind not in ("town", "region", "district"):
        return place
    return _inside(
        place,
        town.place.latitude,
        town.place.longitude,
        _PRECISION[town.place.kind],
        town.place.country,
        town.place.key,
    )


def _inside(
    place: Place,
    latitude: float | None,
    longitude: float | None,
    precision: str,
    country: str | None,
    key: str | None,
) -> Place:
    return replace(
        place,
        latitude=latitude,
        longitude=longitude,
        precision=precision,
        country=country,
        within=key,
    )


def _one_name(names: Sequence[Named], places: Sequence[Place]) -> list[Place]:
    """Give a facility the same name throughout: that of its first mention."""
    first: dict[tuple[str, int], str] = {}
    renamed: list[Place] = []
    for name, place in zip(names, places, strict=True):
        if name.facility is None or name.number is None or place.key is not None:
            renamed.append(place)
            continue
        identity = (_group(name.facility), name.number)
        renamed.append(replace(place, name=first.setdefault(identity, place.name)))
    return renamed


def _group(facility: str) -> str:
    for group in rules()["facilities"]["same"]:
        if facility in group:
            return str(group[0])
    return facility


def _placed(passage: Passage, names: Sequence[Named], places: Sequence[Place]) -> tuple[Place, ...]:
    """Put facilities where the text says they lie, at every mention of the same one."""
    home: dict[str, Place] = {}
    for at, (name, place) in enumerate(zip(names, places, strict=True)):
        if not _unplaced(place) or place.name in home:
            continue
        outer = _outer(
            passage, names, places, at, _REACH if place.kind == "facility" else _DESCRIBED
        )
        if outer is not None:
            home[place.name] = _inside(
                place, outer.latitude, outer.longitude, outer.precision, outer.country,
                outer.key if _is_inside(passage, name, names[at + 1]) else None,
            )  # fmt: skip
        elif place.latitude is not None:
            home[place.name] = place
    return tuple(
        _inside(
            place, there.latitude, there.longitude, there.precision, there.country, there.within
        )
        if _unplaced(place) and (there := home.get(place.name)) is not None
        else place
        for place in places
    )


def _unplaced(place: Place) -> bool:
    """Return whether only what the text says can tell where a place lies."""
    unknown = place.kind == "town" and place.latitude is None
    return place.key is None and (place.kind == "facility" or unknown)


def _outer(
    passage: Passage, names: Sequence[Named], places: Sequence[Place], at: int, reach: int = _REACH
) -> Place | None:
    """Return the place that follows a facility or an unknown town as the one it lies in or near."""
    if at + 1 >= len(names):
        return None
    first, last = names[at].last, names[at + 1].first
    if last - first > reach or places[at + 1].kind == "facility":
        return None
    if any(passage.gap(word) in (BREAK, DOT) for word in range(first, last + 1)):
        return None
    links = passage.language.place_links
    direct = last == first and passage.gap(first) in (JOIN, COMMA)
    linked = any(
        passage.is_one(links, word, "in", "near") is not None for word in range(first, last)
    )
    of = any(
        passage.is_one(passage.language.time_links, word, "of") is not None
        for word in range(first, last)
    )
    if not (direct or linked or of):
        return None
    after = at + 2
    if (
        places[at + 1].kind == "country"
        and after < len(names)
        and names[after].first - names[at + 1].last <= 1
        and places[after].kind == "region"
    ):
        return places[after]  # "in Russia's Belgorod region"
    if places[at + 1].latitude is None:
        return _outer(passage, names, places, at + 1, _DESCRIBED)
    return places[at + 1] if direct or linked or reach == _DESCRIBED else None


def _is_inside(passage: Passage, inner: Named, outer: Named) -> bool:
    links = passage.language.place_links
    return all(
        passage.is_one(links, word, "near") is None for word in range(inner.last, outer.first)
    )
