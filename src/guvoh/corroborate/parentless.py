"""Pages of one family of which none is known to be made from another: who has what alone."""

from collections.abc import Iterable, Sequence

from guvoh.corroborate.voices import Scene, Voice


def alone(scene: Scene, voice: Voice, saying: Sequence[Voice]) -> bool:
    """Return whether a member of a family without its origin is the only one of several to have what is said.

    Where nothing says that an original is missing, the member that is surely the earliest needs no other.
    """
    tops, told = _tops(scene, voice)
    if len(told) < 2 or _surely_first(scene, voice, tops) == voice.report.id:
        return False
    return len({v.report.id for v in saying} & told) == 1


def changed(scene: Scene, voice: Voice, saying: Sequence[Voice]) -> bool:
    """Return whether one is alone with what it says, though another of them is surely the earliest."""
    tops, _ = _tops(scene, voice)
    first = _surely_first(scene, voice, tops)
    return first is not None and alone(scene, voice, saying)


def _tops(scene: Scene, voice: Voice) -> tuple[set[str], set[str]]:
    """Return the members of a voice's family that have no parent, and those of them that tell the event."""
    family = scene.family.get(voice.report.id)
    if not voice.parentless or family is None:
        return set(), set()
    tops = {m.report for m in family.members if m.parent is None and m.report in scene.family}
    return tops, {v.report.id for v in scene.voices} & tops


def _surely_first(scene: Scene, voice: Voice, tops: Iterable[str]) -> str | None:
    """Return the one that is dated a day or more before all others that have a date; None if an original is missing."""
    family = scene.family.get(voice.report.id)
    if family is None or family.missing_origin is not None:
        return None
    dated = sorted(
        (published[:10], report)
        for report in tops
        if (published := scene.material.reports[report].published)
    )
    if len(dated) > 1 and dated[0][0] == dated[1][0]:
        return None
    return dated[0][1] if dated else None
