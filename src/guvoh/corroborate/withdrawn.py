"""What a correction takes back: "An article said that a hundred were taken. This was wrong" is a word for nothing."""

from collections.abc import Iterator
from functools import lru_cache

from guvoh.corroborate.features import fold_words
from guvoh.corroborate.vocabulary import vocabulary
from guvoh.corroborate.voices import Scene
from guvoh.languages.fold import fold
from guvoh.model.claim import Claim, ClaimKind
from guvoh.model.finding import Finding

_NEXT = 3  # claims behind a statement in which it is taken back


def withdrawn(scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield (report, claim) of what the event's reports say that an article said, and take back at once."""
    reports = dict.fromkeys(voice.report.id for voice in scene.affirming)
    for report in reports:
        claims = scene.material.readings[report].claims
        for at, claim in enumerate(claims):
            if any(_publishes(link.name) for link in claim.chain) and any(
                map(_takes_back, claims[at + 1 : at + 1 + _NEXT])
            ):
                yield report, claim.id


def correction(report: str, claim: str) -> Finding:
    """Return the finding that a report takes back what a claim of it quotes."""
    return Finding(
        step="corroborate",
        kind="correction",
        text="An outlet takes back what an article of it said; what nobody else says counts nobody.",
        report=report,
        for_=(claim,),
    )


@lru_cache(maxsize=65536)
def _publishes(name: str) -> bool:
    words = [fold(word) for word in fold_words(name)]
    return any(word.startswith(vocabulary().publications) for word in words)


def _takes_back(claim: Claim) -> bool:
    text = f" {fold(claim.text)} "
    return claim.kind is ClaimKind.NARRATED and any(
        f" {words}" in text for words in vocabulary().withdrawing
    )
