"""Two aligned sentences of a parent and a child, and where their wording differs."""

from dataclasses import dataclass

from guvoh.lineage.side import Side
from guvoh.lineage.wording import Difference, differences
from guvoh.model.text import Span


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences at `left` in the parent and at `right` in the child.

    `differences` are the stretches worded differently; None where the sentence was written anew,
    as it is in every translation.
    """

    parent: Side
    child: Side
    left: Span
    right: Span
    across: bool
    differences: tuple[Difference, ...] | None

    def differs(self, side: int, span: Span) -> bool:
        """Tell whether a stretch of the parent (0) or the child (1) is worded differently."""
        if self.differences is None:
            return True
        stretches = [(one.left, one.right)[side] for one in self.differences]
        return any(each.start < span.end and span.start < each.end for each in stretches)


def paired(parent: Side, child: Side, spans: tuple[Span, Span], *, across: bool) -> Pair:
    """Return two sentences with the differences of their wording."""
    left, right = spans
    found = None if across else differences(parent.report.text, left, child.report.text, right)
    return Pair(parent, child, left, right, across, found)
