"""What a verdict is called on a page."""

from guvoh.model.assessment import WITHDRAW

# As `said` shows them after "assessed:"; the keys are those of the journal and of `guvoh judge`.
VERDICTS = {
    "checked": "chain is right",
    "confirm-source": "its source counts",
    "reject-source": "its source does not count",
    "independent": "independent source",
    "same-source": "one source with another",
    "merge": "the same event as another",
    "split": "an event of its own",
    "pin": "belongs to another event",
    "confirm": "derives from the other",
    "parent": "derives from the other",
    "reject": "does not derive from the other",
    "origin": "is the origin",
    "same-person": "one person with another",
    "other-person": "not the same person",
    "public": "may leave by name",
    "add": "claim added",
    "correct": "claim corrected",
}


def said(verdict: str) -> str:
    """Return what a verdict is called, in English; grades are told by their letter or number."""
    plain = verdict.removeprefix(WITHDRAW)
    return VERDICTS.get(plain, plain.replace("-", " "))
