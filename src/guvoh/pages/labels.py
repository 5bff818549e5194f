"""What the picture and its list say of a report: its day, its language, how it was made, what it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guvoh.model.claim import Basis
from guvoh.model.event import Count, Source
from guvoh.model.lineage import ChangeKind, Member, Relation
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan
from guvoh.pages.texts import Text, Told, weighty
from guvoh.words import Words, language_name

_SHORT = 64  # characters of the changes that a line bears
_OPENING, _CLOSING = tuple('“«"„'), tuple('”»"“')
_LIKELY = 900  # per mille; what is less sure than that is said to be likely

RELATIONS = {
    Relation.ORIGIN: "the first to have this text",
    Relation.COPY: "copied from {outlet}",
    Relation.EDITED: "copied with edits from {outlet}",
    Relation.TRANSLATION: "translated from {outlet}",
    Relation.PARAPHRASE: "rewritten from {outlet}",
    Relation.CITATION: "cites {outlet}, adds its own",
    Relation.NOTHING_NEW: "adds nothing to {outlet}",
}
KINDS = {
    Relation.COPY: "copied",
    Relation.EDITED: "copied with edits",
    Relation.TRANSLATION: "translated",
    Relation.PARAPHRASE: "rewritten",
    Relation.CITATION: "cites and adds",
    Relation.NOTHING_NEW: "adds nothing new",
}
# What a change is of, in words that need no explaining.
CHANGES = {
    ChangeKind.SOURCE: "on whose word",
    ChangeKind.STANCE: "how sure",
    ChangeKind.NEGATION: "yes or no",
    ChangeKind.QUANTITY: "how many",
    ChangeKind.TIME: "when",
    ChangeKind.PLACE: "where",
    ChangeKind.PERSON: "who",
    ChangeKind.ORGANISATION: "organisation",
    ChangeKind.ADDED: "added",
    ChangeKind.DROPPED: "left out",
}
# What reports differ on, likewise.
DETAILS = {
    "who": "who",
    "when": "when",
    "where": "where",
    "how_many": "how many",
    "account": "whether they agreed",
}
# How a source knows, likewise.
BASES = {
    Basis.EYEWITNESS: "saw it",
    Basis.VICTIM: "went through it",
    Basis.PARTICIPANT: "took part in it",
    Basis.TOLD: "was told of it",
    Basis.DOCUMENT: "has it from a document",
    Basis.INFERENCE: "concludes it",
    Basis.UNKNOWN: "how they know is not said",
}


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on the line of a report: how it was made, by way of which languages, what changed.

    `short` leaves out from whose text, where the line itself leads there.
    """

    short: str
    how: str
    languages: str
    changes: tuple[str, ...]
    more: str

    def parts(self) -> list[str]:
        """Return all that it says, in order."""
        return [part for part in (self.how, self.languages, *self.changes, self.more) if part]


def place(at: ByteSpan, report: Report) -> str:
    """Return where bytes of a report stand: numbers, and the part they were laid out from."""
    parts = report.map.places_of(at)
    numbers = f"{at.start}–{at.end}"
    return f"{numbers} ← {', '.join(parts)}" if parts else numbers


def outlet(report: Report) -> str:
    """Return the shortest name by which a person knows a report: its publisher, else its file."""
    return report.publisher.text if report.publisher else report.file.rsplit("/", 1)[-1]


def anchor(report: str) -> str:
    """Return the fragment that names a report on a page."""
    return "r-" + report[:16] + report[64:].replace("#", "-")


def label(
    member: Member, text: Text, reports: Mapping[str, Report], names: Mapping[str, str], say: Words
) -> Label:
    """Return what is said of the line from a report to its text; all empty for a text of its own."""
    if member.relation is Relation.ORIGIN:
        others = len(text.members) > 1 or (text.family and len(text.family.members) > 1)
        first = say(RELATIONS[Relation.ORIGIN]) if others else ""
        return Label(first, first, "", (), "")
    told = weighty(member.derivation)
    short = _fitting(told)
    more = ""
    if len(told) > len(short):
        rest = len(told) - len(short)
        more = say.count(rest, "change", "changes")
        if short:
            more = say("and {changes}").format(
                changes=say.count(rest, "more change", "more changes")
            )
    lost = text.missing.publisher if text.missing else None
    made = how(member, names.get(member.parent or "") or lost, say)
    way = _languages(member, reports, say)
    open_ = member.derivation is not None and not member.derivation.directed
    leads = member.report != text.head and member.parent in (None, text.head) and not open_
    line = _as_sure(member, say(KINDS[member.relation]), say) if leads else made
    changes = tuple(change(*one, say) for one in short)
    return Label(f"{line}, {way}" if way else line, made, way, changes, more)


def _fitting(told: Sequence[Told]) -> list[Told]:
    """Return the first changes that are short enough to stand on a line, at most two."""
    kept: list[Told] = []
    room = _SHORT
    for one in told:
        room -= len(one[1]) + len(one[2])
        if room < 0 or len(kept) == 2:
            break
        kept.append(one)
    if kept or not told:
        return kept
    return [one for one in told if len(one[1]) + len(one[2]) <= _SHORT][:1]


def change(kind: ChangeKind, before: str, after: str, withheld: bool, say: Words) -> str:
    """Say one change in a line; of what is withheld only that it was touched."""
    what = say(CHANGES[kind])
    if withheld:
        return say("{what}: something withheld").format(what=what)
    if before and after:
        return f"{what}: {_quoted(before, say)} → {_quoted(after, say)}"
    if kind in (ChangeKind.ADDED, ChangeKind.DROPPED):
        return f"{what}: {_quoted(before or after, say)}"
    if before:
        return say("{what}, left out: “{words}”").format(what=what, words=before)
    return say("{what}, added: “{words}”").format(what=what, words=after)


def _quoted(text: str, say: Words) -> str:
    """Return words between the quotation marks of the interface, unless they are between their own."""
    whole = text[:1] in _OPENING and text[-1:] in _CLOSING and len(text) > 1
    return text if whole else say("“{words}”").format(words=text)


def how(member: Member, parent: str | None, say: Words) -> str:
    """Say how a report was made, and from whose: "translated from Harbour Post"."""
    parent = parent or say("an original not in the case")
    if member.derivation is not None and not member.derivation.directed:
        return say("same text as {outlet}; which was first is open").format(outlet=parent)
    return _as_sure(member, say(RELATIONS[member.relation]).format(outlet=parent), say)


def _as_sure(member: Member, said: str, say: Words) -> str:
    return say("likely {said}").format(said=said) if member.confidence < _LIKELY else said


def how_known(source: Source, say: Words) -> str:
    """Say how an original source knows what is told on its word."""
    known = say(BASES[source.basis])
    return f"{say('firsthand')}: {known}" if source.firsthand else known


def _languages(member: Member, reports: Mapping[str, Report], say: Words) -> str:
    own = reports[member.report].language
    parent = reports.get(member.parent or "")
    way = [parent.language] if parent else []
    way += [one for one in member.via_languages if one not in way]
    if member.relation is Relation.ORIGIN or not way or (way == [own] and not member.via_languages):
        return ""
    return " → ".join(language_of(one, say) for one in (*way, own))


def language_of(tag: str, say: Words) -> str:
    """Return the name of a language as a reader of the interface calls it."""
    return say("unknown language") if tag == "und" else language_name(tag, say.language)


def published(report: Report) -> date | None:
    """Return the day on which a report was published, in its own time; None where that is unknown."""
    try:
        return date.fromisoformat((report.published or "")[:10])
    except ValueError:
        return None


def day(report: Report, say: Words, with_year: bool = False) -> str:
    """Return the day of a report for people to read; as much as is known of it."""
    found = published(report)
    if found is None:
        return (report.published or "")[:10] or say("undated")
    return _in_words(found, "d MMM y" if with_year else "d MMM", say.language)


@lru_cache(maxsize=4096)
def _in_words(found: date, pattern: str, language: str) -> str:
    from babel.dates import format_date  # late: `show` for machines says no day in words

    return str(format_date(found, pattern, locale=language))


def bounds(count: Count) -> str:
    """Return the bounds of a count as a person reads them: "1", "1–2"."""
    return f"{count.low}" if count.low == count.high else f"{count.low}–{count.high}"


def original_sources(count: Count, say: Words) -> str:
    """Return a count with its noun: "1–2 original sources"; documents are counted apart."""
    told = f"{bounds(count)} {say.noun(count.high, 'original source', 'original sources')}"
    if count.documents:
        told += f" + {say.count(count.documents, 'document', 'documents')}"
    return told
