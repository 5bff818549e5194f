"""Every string inside a value, and a value with every string changed: so that none is forgotten."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from guvoh.model.claim import Place

V = TypeVar("V")
# Fields that hold a code of the model's own, never a word of a report: "region" is nobody's name.
_CODED = frozenset(
    {
        "kind",
        "country",
        "precision",
        "key",
        "within",
        "candidates",
        "edtf",
        "acts",
        "tense",
        "language",
    }
)


def strings(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield (where it stands, string) of all strings in a value of the model, keys of mappings too."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield where, value
    elif is_dataclass(value):
        for one in (field for field in fields(value) if field.name not in _CODED):
            yield from strings(getattr(value, one.name), f"{where}.{one.name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from strings(key, where)
            yield from strings(item, where)
    elif isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from strings(item, where)


def changed(value: V, change: Callable[[str], str]) -> V:
    """Return a value with `change` applied to all of its strings, keys and codes left alone.

    A place whose name has changed loses its coordinates, which would say what the name was.
    """
    return _changed(value, change)  # type: ignore[no-any-return]


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        before = {one.name: getattr(value, one.name) for one in fields(value)}
        after = {
            name: item if name in _CODED else _changed(item, change)
            for name, item in before.items()
        }
        if all(after[name] == before[name] for name in before):
            return value
        made = replace(value, **after)
        return nowhere(made) if isinstance(made, Place) else made
    if isinstance(value, Mapping):
        return {key: _changed(item, change) for key, item in value.items()}
    if isinstance(value, tuple):
        items = tuple(_changed(item, change) for item in value)
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return type(value)(*items) if hasattr(value, "_fields") else items
    return value


def nowhere(place: Place) -> Place:
    """Return a place with nothing that would say where it is."""
    return replace(
        place,
        latitude=None,
        longitude=None,
        precision="unknown",
        key=None,
        within=None,
        candidates=(),
    )
