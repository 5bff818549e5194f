"""Admiralty grades (NATO STANAG 2511): a letter that only people give, a digit proposed by rule."""

from collections.abc import Sequence

from guvoh.corroborate.sources import Cluster
from guvoh.corroborate.voices import Scene
from guvoh.model.event import Contradiction, Count, Denial
from guvoh.model.finding import Finding


def grade(
    scene: Scene,
    everyone: Sequence[Cluster],
    count: Count,
    against: tuple[Sequence[Contradiction], Sequence[Denial]],
) -> tuple[str, Finding]:
    """Return the grade, and the rule and evidence for it as a finding.

    The letter is that of the least reliable counted source once people have graded all, else F. The
    digit is 1 only if a person has found two sources independent, or gave it.
    """
    digit, rule = _digit(everyone, count, *against)
    given = [
        d.verdict[-1]
        for d in scene.material.decisions
        if _here(scene, d.claim) and d.verdict.startswith("credibility-")
    ]
    if given:
        digit, rule = int(given[-1]), "given by a person"
    letter = _letter(scene, everyone)
    finding = Finding(
        step="corroborate",
        kind="grade",
        text=f"Credibility {digit}: {rule}.",
        for_=(
            f"original sources {count.low}–{count.high}",
            f"firsthand {count.firsthand}",
            f"documents {count.documents}",
        ),
        against=(
            *(f"contradiction: {c.kind}" for c in against[0]),
            *("a denial" for _ in against[1][:1]),
        ),
    )
    return f"{letter}{digit}", finding


def _here(scene: Scene, claim: str) -> bool:
    return any(told.claim == claim for told in scene.gathered.claims)


def _digit(
    everyone: Sequence[Cluster],
    count: Count,
    contradictions: Sequence[Contradiction],
    denials: Sequence[Denial],
) -> tuple[int, str]:
    counted = [cluster for cluster in everyone if cluster.counts]
    if any(cluster.standing == "retracted" for cluster in everyone) and not counted:
        return 5, "all who said it took it back"
    if sum(cluster.independent for cluster in counted) >= 2:
        return 1, "a person found at least two sources independent"
    if not counted and not count.documents:
        return 6, "no original source is known"
    # What copying changed says nothing against the event.
    real = [c for c in contradictions if not c.because.startswith("It changed in copying")]
    if count.low >= 2 and count.firsthand and not real:
        return 2, "at least two sources that nothing ties together, one of them firsthand"
    if count.low >= 2 or (count.firsthand and not real):
        return 3, "more than one source, or a firsthand one"
    if count.high >= 2 or count.documents:
        return 3, "one source in the lower bound, more in the upper or a document"
    if denials or real:
        return 4, "one source that is no witness, contradicted or denied"
    return 6, "one source that is no witness, and nothing to hold it against"


def _letter(scene: Scene, everyone: Sequence[Cluster]) -> str:
    given = {
        d.claim: d.verdict[-1]
        for d in scene.material.decisions
        if d.verdict.startswith("reliability-")
    }
    letters: list[str] = []
    for cluster in everyone:
        if cluster.standing == "counted":
            found = [given[v.claim.id] for v in cluster.voices if v.claim.id in given]
            letters.append(found[-1] if found else "F")
    return max(letters, default="F")
