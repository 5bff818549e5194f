"""The origin that a family lacks: who is credited, and what shows that something came before."""

from collections.abc import Sequence

from guvoh.lineage.credits import outlet_key, same_outlet
from guvoh.lineage.direction import publishes, retells
from guvoh.lineage.side import Side
from guvoh.model.finding import TO_FIND, Finding
from guvoh.model.lineage import Derivation, Family, MissingOrigin
from guvoh.words import language_name


def _absent_credits(side: Side, publishers: Sequence[str]) -> dict[str, str]:
    """Return by key the outlets that a report credits and none of the members publishes."""
    return {
        outlet_key(credit.name): credit.name
        for credit in side.credits
        if not any(publishes(publisher, credit.name) for publisher in publishers)
    }


def _most_named(sides: Sequence[Side], publishers: Sequence[str]) -> tuple[str | None, int]:
    """Return the absent outlet that most reports credit, and how many do; ties by name."""
    named: dict[str, list[str]] = {}
    for side in sides:
        for key, name in _absent_credits(side, publishers).items():
            named.setdefault(key, []).append(name)
    if not named:
        return None, 0
    # Those who name the outlet without a word that credits it count as well.
    texts = [side.report.text.casefold() for side in sides]
    counts = {
        key: max(len(names), *(sum(name.casefold() in text for text in texts) for name in names))
        for key, names in named.items()
    }
    key = min(named, key=lambda key: (-counts[key], key))
    spellings = named[key]
    return min(spellings, key=lambda name: (-spellings.count(name), name)), counts[key]


def missing_origin(
    sides: Sequence[Side], roots: Sequence[Side], edges: Sequence[Derivation]
) -> MissingOrigin | None:
    """Return the origin that the members credit or betray and that is not among them.

    `roots` are the members without a known parent. They credit an outlet that published none of
    the members; or they bear traces of translation. A lone report that credits somebody, without
    traces, cites like any other and makes no origin; a lone trace that names nobody is too little.
    """
    traces = {side.id: side.traces.evidence for side in roots}
    traced = [side for side in sorted(roots, key=lambda side: side.id) if traces[side.id]]
    if not traced and (len(sides) == 1 or not edges):
        return None
    publishers = [side.outlet for side in sides if side.outlet]
    publisher, count = _most_named(sides, publishers)
    if publisher is not None and not any(
        same_outlet(publisher, credit.name) for side in roots for credit in side.credits
    ):
        publisher, count = _most_named(roots, publishers)
    evidence: list[str] = []
    if publisher is not None:
        evidence.append(
            f"{_reports(count)} of {len(sides)} credits {publisher}, which published none of them."
            if count == 1
            else f"{_reports(count)} of {len(sides)} credit {publisher}, which published none of them."
        )
    elif traced:
        # A page that calls itself the outlet's own keeps its voice through every translation.
        publisher, _ = _most_named(traced, ())
        if publisher is not None:
            evidence.append(f"It speaks as {publisher}, and bears traces of translation.")
    for side in traced:
        evidence += traces[side.id]
    if publisher is None and len(sides) == 1 and len(evidence) < 2:
        return None
    if not traced and not (publisher and any(retells(root, publisher) for root in roots)):
        return None
    return MissingOrigin(publisher, tuple(dict.fromkeys(evidence)))


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"


def originals_to_find(family: Family, sides: Sequence[Side]) -> list[Finding]:
    """Return the finding that names a missing origin as something to look for."""
    missing = family.missing_origin
    if missing is None:
        return []
    whose = f"a {missing.publisher} story" if missing.publisher else "another report"
    if len(sides) > 1:
        text = f"{len(sides)} reports derive from {whose} that is not in the case."
    else:
        languages = sides[0].traces.languages
        how = (
            f", translated by way of {', '.join(map(language_name, languages))} and translated back"
            if languages
            else ", translated"
        )
        text = f"The report is likely a copy of {whose}{how}; the original is not in the case."
    signs = len(missing.evidence) + (missing.publisher is not None)
    return [
        Finding(
            step="lineage",
            kind=TO_FIND,
            text=text,
            report=sides[0].id,
            for_=missing.evidence,
            against=("Nothing in the case shows the original itself.",),
            confidence=min(400 + 120 * signs, 900),
        )
    ]
