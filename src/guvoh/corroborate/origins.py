"""Whether a source that stands only in copies speaks in what they were made from, though of something else."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from guvoh.corroborate.descriptions import describe, name_key
from guvoh.corroborate.identity import Identity, same_enough
from guvoh.corroborate.voices import Scene
from guvoh.languages.fold import fold


class Spoken(Protocol):
    """A source with what each report says of it."""

    @property
    def parts(self) -> Sequence[Identity]:
        """Return what each report says of it."""


def in_origin(scene: Scene, source: Spoken) -> bool:
    """Return whether the first version at hand gives the word to the same source, of whatever it be.

    Then nobody invented it. What it says of this is still not counted: the copy may have put that
    into its mouth.
    """
    return any(
        _alike(part, name, code)
        for part in source.parts
        for name, code in _speaking(scene, part.report)
    )


def _speaking(scene: Scene, report: str) -> Iterator[tuple[str, str]]:
    """Yield the names of those who speak in the version above a report, and in the first, with the language."""
    family, member = scene.family.get(report), scene.members.get(report)
    above = [member.parent if member is not None else None, family.origin if family else None]
    for one in dict.fromkeys(above):
        reading = scene.material.readings.get(one or "")
        if reading is None or one == report:
            continue
        code = scene.material.reports[reading.report].language
        for name in dict.fromkeys(link.name for claim in reading.claims for link in claim.chain):
            yield name, code


def _alike(part: Identity, name: str, code: str) -> bool:
    said = describe(name, code)
    if said.kin:
        of = {name_key(each) for each in said.names} & {name_key(each) for each in part.of}
        return bool(set(said.kin) & part.kin and (of or not (said.names and part.of)))
    if part.names and said.names:
        return any(same_enough(ours, theirs) for ours in part.names for theirs in said.names)
    return bool(name.strip()) and fold(part.name) == fold(name)
