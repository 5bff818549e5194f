"""What a draft tells and nothing in the whole case speaks of, in any of its languages."""

from collections.abc import Iterator

from guvoh.corroborate.descriptions import describe
from guvoh.drafts.compared import Compared
from guvoh.drafts.meanings import meanings, meant_in
from guvoh.drafts.remarks import Kind, Remark
from guvoh.drafts.wordlists import wordlists
from guvoh.model.text import Span

_MOST = 500  # reports; in more of them everything is spoken of somewhere


def check(compared: Compared) -> Iterator[Remark]:
    """Yield a remark for each telling word whose meaning no report of the case has."""
    reports = compared.ground.reports
    if len(reports) > _MOST or not meant_in(compared.draft.language):
        return
    telling = wordlists().get("meanings", {}).get("telling", ())
    known = {
        one.name
        for report in reports.values()
        for one in meanings(report.text, Span(0, len(report.text)), report.language)
    }
    known |= {a.name for r in compared.ground.readings.values() for c in r.claims for a in c.acts}
    known |= {kin for one in reports.values() for kin in describe(one.text, one.language).kin}
    for sentence in compared.sentences:
        near = {*sentence.beside, *(one.report.id for one in sentence.speaking)}
        if not near or not all(meant_in(reports[one].language) for one in near):
            continue  # what a report in another language says of it, nobody here can read
        for one in meanings(compared.draft.text, sentence.span, compared.draft.language):
            if one.name in telling and one.name not in known:
                yield Remark(Kind.UNSUPPORTED, one.span, event=sentence.event)
                break
