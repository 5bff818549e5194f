"""Names that a version adds in sentences of its own, of people who stand where somebody is withheld."""

import re
from collections.abc import Iterable, Iterator, Sequence

from guvoh.corroborate.descriptions import describe
from guvoh.languages.fold import fold
from guvoh.model.claim import Basis, Exposure, Person, Reading, SourceKind
from guvoh.model.lineage import Derivation
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.protect.cues import has_cue
from guvoh.protect.unknown import LISTED, TOGETHER, Unknown

_OWN = (Basis.VICTIM, Basis.PARTICIPANT)  # how somebody knows to whom it was done
# "Name, 34," and "34-year-old Name": so a page brings in the one whose story it tells.
_AGE_AFTER = re.compile(r"[,(]? ?\(?[1-9]\d(?:[,)]| years| лет| года?\b)")
_AGE_BEFORE = re.compile(r"\b[1-9]\d[- ](?:year-old|летн\w+) $")
_CLOSE = 24  # characters before a name in which its age may stand
_SHORT = 4  # words of a line that may be a name and nothing else
_TOLERATED = 6  # characters of a line that are no part of the name that it consists of


def added(
    report: Report,
    reading: Reading,
    edge: Derivation | None,
    kin: Iterable[str],
    open_names: Sequence[str],
) -> Iterator[str]:
    """Yield names of private people whom a version names in what it adds, in the place of one withheld.

    That is who is called by name in so many words ("his name is"); who suffered what is told, or is
    brought in with an age; whom kin of the one withheld (`kin`, ids) speak of; whose name stands
    alone in a line. Whoever is said to be another, or holds a post, is not meant.
    """
    if edge is None or edge.child != report.id:
        return
    fresh = [one for one in reading.sentences if not _is_passage(one, edge)]
    for sentence in fresh:
        text = report.text[sentence.start : sentence.end]
        if has_cue(text, "naming") and not has_cue(text, "another"):
            unknown = Unknown(open_names, {})
            unknown.text(text, report.language)
            yield from sorted(unknown.masked)
    bylines = {fold(line.text) for line in report.bylines}
    if report.language in LISTED:
        for sentence in fresh:
            text = report.text[sentence.start : sentence.end]
            if _stands_alone(report, sentence) and len(text.split()) <= _SHORT:
                hidden = Unknown((*open_names, *bylines), {}).text(text, report.language)
                for pair in TOGETHER.finditer(hidden):
                    yield text[slice(*pair.span())]
    of_kin = _told_by(reading, frozenset(kin))
    for one in reading.people:
        for mention in one.mentions[:1]:
            where = next((s for s in fresh if s.start <= mention.start < s.end), None)
            if where is None or has_cue(report.text[where.start : where.end], "another"):
                continue
            own = _is_meant(report, reading, one, mention) and fold(one.name) not in bylines
            if own or (_is_of_kin(report, reading, one) and any(_meet(mention, c) for c in of_kin)):
                yield from _names(one, report)


def _is_passage(sentence: Span, edge: Derivation) -> bool:
    """Say whether most of a sentence stands in the version that it was made from."""
    taken = sum(
        max(0, min(one.child.end, sentence.end) - max(one.child.start, sentence.start))
        for one in edge.passages
    )
    return taken * 2 > sentence.end - sentence.start


def _is_meant(report: Report, reading: Reading, one: Person, mention: Span) -> bool:
    """Say whether somebody private with a full name stands in the place of who is withheld."""
    full = any(" " in name for name in _names(one, report))
    if not full or one.roles or not _is_private(one):
        return False
    claims = reading.claims
    suffered = any(
        part.person == one.id and part.role == "affected" for c in claims for part in c.participants
    )
    knows = any(link.person == one.id and link.basis in _OWN for c in claims for link in c.chain)
    before = report.text[max(0, mention.start - _CLOSE) : mention.start]
    aged = _AGE_AFTER.match(report.text, mention.end) or _AGE_BEFORE.search(before)
    return suffered or knows or aged is not None or _stands_alone(report, mention)


def _stands_alone(report: Report, mention: Span) -> bool:
    start = report.text.rfind("\n", 0, mention.start) + 1
    end = report.text.find("\n", mention.end)
    line = report.text[start : end if end >= 0 else None].strip()
    return len(line) - (mention.end - mention.start) <= _TOLERATED


def _told_by(reading: Reading, kin: frozenset[str]) -> list[Span]:
    return [c.span for c in reading.claims if any(link.person in kin for link in c.chain)]


def _is_of_kin(report: Report, reading: Reading, one: Person) -> bool:
    """Say whether kin can mean one of theirs: a person, or a single word that no act is laid to.

    A single word is told from others only where common words are listed.
    """
    if " " not in one.name and report.language not in LISTED:
        return False
    if _is_private(one):
        return True
    acts = any(p.person == one.id and p.role != "affected" for c in reading.claims for p in c.participants)  # fmt: skip
    single = len(one.mentions) == 1 and one.name.isalpha()
    return one.kind is SourceKind.ORGANISATION and single and not acts


def _is_private(one: Person) -> bool:
    return (
        one.kind is SourceKind.PERSON and not one.pseudonym and one.exposure is not Exposure.PUBLIC
    )


def _names(one: Person, report: Report) -> Iterator[str]:
    for name in (one.name, *one.aliases):
        yield from describe(name, report.language).names


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
