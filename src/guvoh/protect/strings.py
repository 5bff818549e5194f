"""Every string inside a value, and a value with every string changed: so that none is forgotten."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

V = TypeVar("V")


def strings(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield (where it stands, string) of all strings in a value of the model, keys of mappings too."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield where, value
    elif is_dataclass(value):
        for one in fields(value):
            yield from strings(getattr(value, one.name), f"{where}.{one.name}".lstrip("."))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from strings(key, where)
            yield from strings(item, where)
    elif isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from strings(item, where)


def changed(value: V, change: Callable[[str], str]) -> V:
    """Return a value with `change` applied to all of its strings, keys of mappings left alone."""
    return _changed(value, change)  # type: ignore[no-any-return]


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        before = {one.name: getattr(value, one.name) for one in fields(value)}
        after = {name: _changed(item, change) for name, item in before.items()}
        same = all(after[name] is before[name] for name in before)
        return value if same else replace(value, **after)
    if isinstance(value, Mapping):
        return {key: _changed(item, change) for key, item in value.items()}
    if isinstance(value, tuple):
        items = tuple(_changed(item, change) for item in value)
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return type(value)(*items) if hasattr(value, "_fields") else items
    return value
