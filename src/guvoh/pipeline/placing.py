"""The places of a user's own list, as the case has journalled them: read with every report."""

from collections.abc import Mapping
from functools import lru_cache

from guvoh.casefile.records import SettingValue
from guvoh.resolve.places import NO_PLACES, OwnPlaces, read_own

SETTING = "places"


def own_places(settings: Mapping[str, SettingValue]) -> tuple[str, ...]:
    """Return the lines of the list that a case has journalled, none where it has none."""
    lines = settings.get(SETTING)
    return lines if isinstance(lines, tuple) else ()


@lru_cache(maxsize=2)
def places_of(lines: tuple[str, ...]) -> OwnPlaces:
    """Return the places of a journalled list; a worker reads it once."""
    return read_own("\n".join(lines))[0] if lines else NO_PLACES
