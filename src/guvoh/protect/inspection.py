"""The last look at a release: every string in it against every protected string of the registry."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from guvoh.model.finding import Finding
from guvoh.protect.exposure import BLACK
from guvoh.protect.leaks import Leak, find
from guvoh.protect.registry import Registry
from guvoh.protect.strings import changed, strings

STEP = "release"
# An id is a digest, or begins with one: of a report ("…#row-3" in a table), a person in it, a source, a warning.
# A file may be named almost like one: "20310502080000-…".
ID = re.compile(
    r"(?:[0-9a-f]{64}(?:#(?:[^/:#]{1,80}-)?\d+)?|[0-9a-f]{32}(?::\d+)?|[0-9a-f]{16})"
    r"(?:/(?:p\d+|source|warning))?"
)
V = TypeVar("V")


def mask(made: V, registry: Registry, keep: Mapping[str, str]) -> tuple[V, list[Finding]]:
    """Black out what may be a protected string, unless there is a reason to keep it."""
    masked: dict[tuple[str, tuple[str, ...]], int] = {}

    def blacked(text: str) -> str:
        if ID.fullmatch(text):
            return text
        for leak in find(registry, text):
            piece = text[leak.span.start : leak.span.end]
            if not leak.certain and piece not in keep:
                key = (leak.form.value, leak.codes)
                masked[key] = masked.get(key, 0) + 1
                hidden = "".join(char if char.isspace() else BLACK for char in piece)
                text = text[: leak.span.start] + hidden + text[leak.span.end :]
        return text

    made = changed(made, blacked)
    return made, [
        Finding(
            STEP,
            "masked",
            f"{_whose(codes)} may be meant ({form}) in {number} places, which are blacked out.",
        )
        for (form, codes), number in masked.items()
    ]


def refusals(made: object, registry: Registry) -> Iterator[Finding]:
    """Yield a finding for each place where a protected string would leave."""
    counted: dict[tuple[str, str, tuple[str, ...]], int] = {}
    checked: dict[str, tuple[Leak, ...]] = {}
    for where, text in strings(made):
        if text not in checked:
            checked[text] = () if ID.fullmatch(text) else find(registry, text)
        for leak in checked[text]:
            key = (where, leak.form.value, leak.codes)
            counted[key] = counted.get(key, 0) + (1 if leak.certain else 0)
    for (where, form, codes), number in counted.items():
        if number:
            text = (
                f"{_whose(codes)} is exposed ({form}) in {where}, {number} times. Leave out what holds it, or "
                "seal its capture."
            )
            yield Finding(STEP, "protected-string", text, problem=True)


def _whose(codes: tuple[str, ...]) -> str:
    return codes[0] if len(codes) == 1 else f"{codes[0]} or {len(codes) - 1} others"
