"""What was noticed about a draft, in words of the working copy: what is withheld stays blacked out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from guvoh.drafts.compare import Checked
from guvoh.drafts.ground import Passage
from guvoh.drafts.page import Note
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.sentence import Sentence
from guvoh.lineage.values import has_word
from guvoh.model.claim import Claim
from guvoh.model.report import Report
from guvoh.model.text import Span
from guvoh.pages.labels import bounds
from guvoh.pages.picture import outlet
from guvoh.protect import Registry
from guvoh.protect.exposure import BLACK
from guvoh.protect.leaks import find
from guvoh.words import Words

_QUOTED = 300  # characters of a passage
_PASSAGES = 2
_LISTED = 4  # outlets or chains in one line
_MARKS = '«»“”„"'

MARK = "⚠ "  # before what may be wrong; other lines only say what stands behind a sentence


@dataclass(eq=False)
class Shown:
    """Reports and claims as the working copy shows them, by id; `say` gives the language of remarks.

    No string of these names whom another version withholds. `registry` holds whom the vault protects.
    """

    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    registry: Registry
    say: Words

    @cached_property
    def voiced(self) -> Mapping[str, list[Claim]]:
        """Return the claims of each report that have a voice."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            if claim.chain:
                found.setdefault(claim.report, []).append(claim)
        return found

    def words(self, report: str, span: Span) -> str:
        """Return a stretch of a report for a reader, in quotation marks if it has none."""
        text = " ".join(self.reports[report].text[span.start : span.end].split())
        short = text if len(text) <= _QUOTED else text[:_QUOTED].rstrip() + " …"
        return short if short[:1] in _MARKS else f"“{short}”"

    def outlet(self, report: str) -> str:
        """Return by what name a reader knows a report."""
        return outlet(self.reports[report])

    def outlets(self, reports: Sequence[str]) -> str:
        """Return the names of several."""
        names = list(dict.fromkeys(self.outlet(one) for one in reports))
        return ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")

    def has(self, report: str, text: str) -> bool:
        """Tell whether a report shows all words of a text."""
        said = self.reports[report].text
        words = [word for word in text.split() if word[:1].isalnum()]
        return all(has_word(said, word, across=False) for word in words)


def notes(checked: Checked, shown: Shown) -> list[Note]:
    """Return what is written beside each sentence of which there is something to say, in order.

    A protected string is blacked out even where the draft itself has it.
    """
    found: list[Note] = []
    for sentence, remarks in checked.sentences:
        lines = [MARK + _said(one, sentence, shown) for one in remarks]
        lines += _behind(sentence, shown)
        if lines:
            kept = tuple(dict.fromkeys(_blacked(line, shown.registry) for line in lines))
            found.append(Note(sentence.span, kept))
    return found


def _blacked(text: str, registry: Registry) -> str:
    for leak in find(registry, text):
        hidden = BLACK * (leak.span.end - leak.span.start)
        text = text[: leak.span.start] + hidden + text[leak.span.end :]
    return text


def _said(remark: Remark, sentence: Sentence, shown: Shown) -> str:
    """Return a remark in words."""
    say = shown.say
    instead = _instead(remark, shown)
    match remark.kind:
        case Kind.TIME | Kind.NUMBER | Kind.PLACE | Kind.DETAIL:
            own = f"{_own(remark, sentence, shown)}: {say(_NO_REPORT[remark.kind])}"
            return f"{own} {say('The reports have:')} {instead}." if instead else own
        case Kind.PERSON if remark.span == sentence.span:
            return say("No original report speaks of these relatives or this people here.")
        case Kind.PERSON if instead:
            own = _own(remark, sentence, shown)
            return f"{own}: {say('No report says this of the person:')} {instead}."
        case Kind.PERSON:
            return f"{_own(remark, sentence, shown)}: {say('No report in the case has this name.')}"
        case Kind.COPIES:
            return _copies(remark, sentence, shown)
        case Kind.UNSUPPORTED if remark.span != sentence.span:
            return f"{_own(remark, sentence, shown)}: {say(_SAID[remark.kind])}"
        case Kind.OUTLETS:
            return _outlets(remark, shown)
        case Kind.DENIAL:
            denials = remark.event.denials if remark.event is not None else ()
            names = dict.fromkeys(" ← ".join(denial.chain) for denial in denials)
            return f"{say('A denial is left out:')} {'; '.join(names)}."
        case Kind.SPEAKER:
            voices = dict.fromkeys(shown.claims[one].chain[-1].name for one in remark.claims)
            if not voices:
                own = _own(remark, sentence, shown)
                return f"{own}: {say('This voice speaks in no report of the outlet.')}"
            return f"{say('In the case someone else says this:')} {', '.join(voices)}."
        case _:
            said = say(_SAID[remark.kind])
            return f"{said} {instead}" if instead else said


def _instead(remark: Remark, shown: Shown) -> str:
    """Return the words of reports that a remark points to, each with its outlet."""
    said = [f"{shown.words(one, span)} ({shown.outlet(one)})" for one, span in remark.shown]
    return "; ".join(dict.fromkeys(said))


def _own(remark: Remark, sentence: Sentence, shown: Shown) -> str:
    """Return the words of the draft that are meant, unless the case keeps them back."""
    text = sentence.draft.text[remark.span.start : remark.span.end]
    hidden = remark.reports and not any(shown.has(one, text) for one in remark.reports)
    return shown.say("A name in this sentence") if hidden else f"“{text}”"


def _copies(remark: Remark, sentence: Sentence, shown: Shown) -> str:
    say = shown.say
    said = (
        f"{say('Only reports that derive from others have this:')} {shown.outlets(remark.reports)}."
    )
    if remark.span == sentence.span:
        return said
    own = _own(remark, sentence, shown)
    if remark.unmasks or own == say("A name in this sentence"):
        return f"{own}: {say('another version withholds it. Leave it out.')}"
    instead = _instead(remark, shown)
    more = f" {say('The reports have:')} {instead}." if instead else ""
    return f"{own}: {said}{more}"


def _outlets(remark: Remark, shown: Shown) -> str:
    say = shown.say
    said = say("Outlets are no witnesses.")
    if len(remark.reports) > 1:
        said += f" {shown.outlets(remark.reports)}: {say('their reports go back to one.')}"
    if remark.event is not None:
        said += f" {say('Original sources behind the event:')} {bounds(remark.event.count)}."
    return said


def _behind(sentence: Sentence, shown: Shown) -> Iterator[str]:
    """Yield on whose word a sentence stands, how many, and passages of different families."""
    say = shown.say
    near = sentence.nearest
    if near and sentence.event is not None:
        event = sentence.event
        yield (
            f"{say('Behind the event:')} {say.count(len(event.reports), 'report', 'reports')} → "
            f"{say.count(event.texts, 'text', 'texts')} → {say('original sources')}: "
            f"{bounds(event.count)}."
        )
    chains = list(dict.fromkeys(_chains(near, shown)))
    if chains:
        yield f"{say('On the word of')}: {'; '.join(chains[:_LISTED])}."
    for passage in near[:_PASSAGES]:
        yield f"{shown.outlet(passage.report.id)}: {shown.words(passage.report.id, passage.span)}"


def _chains(near: Sequence[Passage], shown: Shown) -> Iterator[str]:
    for passage in near:
        for claim in shown.voiced.get(passage.report.id, ()):
            if passage.span.start <= claim.span.start < passage.span.end:
                yield " ← ".join(link.name for link in claim.chain)


_NO_REPORT = {
    Kind.TIME: "No report has this time here.",
    Kind.NUMBER: "No report has this number here.",
    Kind.PLACE: "No report has this place here.",
    Kind.DETAIL: "No original report has this here.",
}
_SAID = {
    Kind.UNSUPPORTED: "Nothing in the case supports this.",
    Kind.QUOTATION: "The words in quotation marks stand otherwise in the report:",
    Kind.WITNESS: "No original report has a witness of this.",
    Kind.HEDGE: "The report says this with reserve:",
    Kind.NEGATION: "The report says the opposite, or a denial lies between:",
    Kind.AHEAD: "The report has this as planned or feared, not as done:",
}
