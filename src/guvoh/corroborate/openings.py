"""Who is described where a report opens and called by a name when he speaks again."""

from collections.abc import Mapping, Sequence

from guvoh.corroborate.features import fold_words
from guvoh.corroborate.identity import Identity, Likeness, compare
from guvoh.corroborate.union import Union
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene, Voice
from guvoh.model.claim import SourceKind

_KNOWN = ("the ", "el ", "la ", "le ", "l’", "l'")
_PARAGRAPHS = 3  # after the description in which the name comes


def named_later(
    scene: Scene,
    grouped: Mapping[str, Sequence[Voice]],
    parts: Mapping[str, Identity],
    roots: Union,
) -> None:
    """Join whoever a report describes first ("a man who was released") with the first whom it names.

    News is written so; nothing that the report says of the two may differ, and the description never
    comes again. `parts` are in the order in which they speak.
    """
    speaking: dict[str, list[str]] = {}
    for key in sorted(parts, key=lambda key: _begins(grouped[key])):
        speaking.setdefault(parts[key].report, []).append(key)
    for keys in speaking.values():
        if len(keys) > 1 and _introduces(scene, grouped, parts[keys[0]], parts[keys[1]]):
            roots.join(keys[0], keys[1])


def _begins(voices: Sequence[Voice]) -> int:
    return min(voice.claim.span.start for voice in voices)


def _introduces(
    scene: Scene, grouped: Mapping[str, Sequence[Voice]], first: Identity, then: Identity
) -> bool:
    if first.kind is not SourceKind.PERSON or then.kind is not SourceKind.PERSON:
        return False
    if any(voice.derived for key in (first.key, then.key) for voice in grouped[key]):
        return False  # a copy may put somebody else there
    if first.withheld and not then.pseudonym:
        return False  # whoever asked for no name is not given another's
    described = not first.names and not first.pseudonym and not first.of
    if not described or not (then.names or then.pseudonym) or then.of:
        return False
    if not then.pseudonym and first.name.lower().startswith(_KNOWN):
        return False  # "the cook" is somebody told of before, and may be another
    parted = vocabulary().another.intersection(fold_words(f"{first.name} {then.name}"))
    if parted or compare(first, then, kindred=False) is Likeness.CONFLICT:
        return False
    around = scene.around(first.report)
    begins = _begins(grouped[then.key])
    last = max(voice.claim.span.start for voice in grouped[first.key])
    if last >= begins:
        return False
    return around.paragraph(begins) - around.paragraph(last) <= _PARAGRAPHS
