"""Who is described where a report opens and called by a name when he speaks again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from guvoh.corroborate.features import fold_words
from guvoh.corroborate.identity import (
    Identity,
    Likeness,
    compare,
    identity,
    link_key,
    named_alike,
)
from guvoh.corroborate.union import Union
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, Voice
from guvoh.languages.fold import fold
from guvoh.model.claim import Link, SourceKind

_KNOWN = ("the ", "el ", "la ", "le ", "l’", "l'")
_PARAGRAPHS = 3  # after the description in which the name comes


class _Heard(NamedTuple):
    """Whoever speaks in a claim of a report: where, who, and the innermost voice whom he passes on, by key."""

    start: int
    link: Link
    key: str
    innermost: str


def named_later(
    scene: Scene,
    grouped: Mapping[str, Sequence[Voice]],
    parts: dict[str, Identity],
    roots: Union,
) -> None:
    """Join whoever a report describes first ("a man who was released") with the first whom it names.

    News is written so; nothing that the report says of the two may differ, and the description never
    comes again. Where the named one says nothing of this event, the description takes his name.
    """
    opening: dict[str, str] = {}
    for key in sorted(parts, key=lambda key: _begins(grouped[key])):
        opening.setdefault(parts[key].report, key)
    for report, key in opening.items():
        first = parts[key]
        if not _described(first) or any(voice.derived for voice in grouped[key]):
            continue
        heard = _heard(scene, report)
        last = max(one.start for one in heard if one.key == key) if heard else 0
        named = next((one for one in heard if one.start > last and _names(one.link)), None)
        if named is None:
            continue
        then = parts.get(named.key) or identity(scene, named.key, named.link, [*grouped[key]])
        copied = any(voice.derived for voice in grouped.get(named.key, ()))
        opens = key == next(one.key for one in heard)
        if copied or not _introduces(scene, (first, last), (then, named.start), opens=opens):
            continue
        meant = next((one for one in (named.key, named.innermost) if one in parts), None)
        if meant is not None:
            roots.join(key, meant)
        else:
            roles = first.roles | then.roles
            parts[key] = replace(first, name=then.name, names=then.names, roles=roles)


def _begins(voices: Sequence[Voice]) -> int:
    return min(voice.claim.span.start for voice in voices)


def _heard(scene: Scene, report: str) -> list[_Heard]:
    """Return the people who speak in a report, in the order of their words, outer voices before inner ones."""
    found: list[_Heard] = []
    for claim in scene.material.readings[report].claims:
        chain = [link for link in claim.chain if link.kind is SourceKind.PERSON]
        for link in chain:
            last = link_key(report, chain[-1])
            found.append(_Heard(claim.span.start, link, link_key(report, link), last))
    return sorted(found, key=lambda one: one.start)


def _names(link: Link) -> bool:
    return link.pseudonym or link.person is not None or link.resolved


def _described(one: Identity) -> bool:
    return one.kind is SourceKind.PERSON and not one.names and not one.pseudonym


def _of_one_family(first: Identity, then: Identity) -> bool:
    """Return whether whoever is named has the family name of the other's kin: "Jasur Eshonov's brother"."""
    ours = {fold(part) for name in first.of for part in name.split()[1:]}
    theirs = {fold(part) for name in then.names for part in name.split()[1:]}
    return bool(ours & theirs) and not {*map(fold, first.of)} & {*map(fold, then.names)}


def _introduces(
    scene: Scene, opening: tuple[Identity, int], naming: tuple[Identity, int], *, opens: bool
) -> bool:
    """Return whether whoever is named can be who was described before; `opens` if nobody speaks before that."""
    (first, last), (then, begins) = opening, naming
    if not (then.names or then.pseudonym) or then.of or named_alike(first, then):
        return False
    if first.of and not (then.kin or _of_one_family(first, then)):
        return False
    if not (then.pseudonym or opens) and first.name.lower().startswith(_KNOWN):
        return False  # "the cook" is somebody told of before, and may be another
    parted = vocabulary().another.intersection(fold_words(f"{first.name} {then.name}"))
    if parted or compare(first, then, kindred=False) is Likeness.CONFLICT:
        return False
    around = scene.around(first.report)
    return around.paragraph(begins) - around.paragraph(last) <= _PARAGRAPHS
