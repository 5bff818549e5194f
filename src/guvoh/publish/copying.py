"""What changed when one text was copied, told once in a dossier, where its family first appears."""

from dataclasses import dataclass, field
from typing import Any

from guvoh.model.lineage import Change, ChangeKind, Family
from guvoh.pages.labels import language_of, outlet
from guvoh.protect import Release
from guvoh.words import Words

# Changes of source and stance come first: they are what makes copies look like confirmation.
_FIRST = (ChangeKind.SOURCE, ChangeKind.STANCE, ChangeKind.NEGATION)
_CHANGES = 12  # changes told of one family


@dataclass(slots=True)
class Copying:
    """Families as they are told, and in which event by number each was told first."""

    release: Release
    say: Words
    before: dict[str, int] = field(default_factory=dict)

    def told(self, family: Family, number: int) -> dict[str, Any] | None:
        """Return a family for event `number`: in full, or that an earlier event tells it."""
        if len(family.members) < 2 and family.missing_origin is None:
            return None
        release, say = self.release, self.say
        first = self.before.setdefault(family.id, number)
        changes = dict.fromkeys(
            _change(change, name_of(release, member.report), say)
            for member in family.members
            if member.derivation is not None
            for change in sorted(member.derivation.changes, key=lambda one: one.kind not in _FIRST)
        )
        shown = list(changes)[:_CHANGES] if first == number else []
        return {
            "origin": self._origin(family),
            "missing": family.missing_origin is not None,
            "before": first if first != number else None,
            "members": [
                {
                    "outlet": name_of(release, m.report),
                    "relation": say.term(m.relation.value),
                    "language": language_of(release.reports[m.report].language, say),
                }
                for m in family.members
                if m.report in release.reports
            ],
            "changes": [dict(zip(("kind", "outlet", "what"), one, strict=True)) for one in shown],
            "more": len(changes) - len(shown) if shown else 0,
        }

    def _origin(self, family: Family) -> str:
        unknown = self.say("unknown publisher")
        if family.missing_origin is not None:
            return family.missing_origin.publisher or unknown
        return name_of(self.release, family.origin) if family.origin else unknown


def _change(change: Change, made_by: str, say: Words) -> tuple[str, str, str]:
    """Return the kind of a change, who made it, and what it was; what is withheld is not told apart."""
    what = f"{change.from_ or '—'} → {change.to or '—'}"
    return (
        say.term(change.kind.value),
        made_by,
        say("something withheld") if change.withheld else what,
    )


def name_of(release: Release, report: str | None) -> str:
    """Return by what name a reader knows a report; none where it is not part of the release."""
    found = release.reports.get(report or "")
    return outlet(found) if found is not None else ""
