"""Reports made of bare text, for tests of reading."""

from guvoh.model.report import Report, ReportForm
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span, Stated


def report_of(
    text: str,
    language: str = "en",
    *,
    published: str | None = None,
    publisher: str | None = None,
    form: ReportForm = ReportForm.ARTICLE,
) -> Report:
    run = Run(Span(0, len(text)), ByteSpan(0, len(text.encode())), RunKind.EXACT)
    return Report(
        id="a" * 64,
        capture="a" * 64,
        file="a.txt",
        text=text,
        map=CharacterMap("utf-8", (run,)),
        language=language,
        published=published,
        publisher=Stated(publisher) if publisher else None,
        form=form,
    )
