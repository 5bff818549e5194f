"""A saved HTML page to a report: text from extractors that vote, everything else with its place."""

from collections.abc import Sequence
from dataclasses import replace

from guvoh.clean.charmap import TextBuilder
from guvoh.clean.dates import choose
from guvoh.clean.decode import Decoded, decode
from guvoh.clean.html_choice import Judged, judge
from guvoh.clean.html_debris import read_debris
from guvoh.clean.html_fields import Fields, Statements, read_fields
from guvoh.clean.html_images import read_images
from guvoh.clean.html_making import read_making
from guvoh.clean.html_tokens import Page, scan
from guvoh.clean.html_vote import Votes, too_big, vote
from guvoh.clean.language import differing, language_of
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.model.report import Image, Report
from guvoh.model.text import CharacterMap, Stated

_STEP = "clean"


def read_html(source: Source) -> Outcome:
    """Read one saved page; never raises, and never gives an empty text without a finding."""
    decoded = decode(source.data, source.charset)
    page = scan(decoded.text)
    votes = None if too_big(page) else vote(page, fast=source.fast)
    judged, fell_back = judge(page, votes)
    text, map_ = _text(decoded, judged)
    findings = _findings(source, decoded, votes)
    if not text:
        return (), (*findings, _finding(
            source, "no-text", "The page holds no text: its bytes are kept, no report was made.", problem=True
        ))  # fmt: skip
    if fell_back and votes is not None:
        findings.append(
            _finding(
                source,
                "text-by-shape",
                "The extractors found too little, so the text was chosen by the shape of its blocks.",
            )
        )
    if _is_cut_off(decoded.text):
        ends = "The page ends before its own end, as when saving was interrupted; what arrived was read."
        findings.append(_finding(source, "cut-off", ends))
    report = _report(source, decoded, page, judged, (text, map_))
    return (report,), tuple(findings)


def _text(decoded: Decoded, judged: Sequence[Judged]) -> tuple[str, CharacterMap]:
    builder = TextBuilder(decoded)
    for one in judged:
        if not one.kept:
            continue
        paragraph: list[tuple[int, int]] = []
        breaks: set[int] = set()
        last_break = False
        for piece in one.block.pieces:
            if piece.line_break:
                if last_break:
                    builder.paragraph(paragraph, frozenset(breaks))
                    paragraph, breaks = [], set()
                    continue
                breaks.add(piece.start)
                paragraph.append((piece.start, piece.end))
                last_break = True
            elif piece.mark < 0 or one.keep is None or piece.mark in one.keep:
                paragraph.append((piece.start, piece.end))
                last_break = last_break and piece.mark == -1
        builder.paragraph(paragraph, frozenset(breaks))
    return builder.result()


def _report(
    source: Source,
    decoded: Decoded,
    page: Page,
    judged: Sequence[Judged],
    body: tuple[str, CharacterMap],
) -> Report:
    text, map_ = body
    statements = Statements(page, decoded)
    fields = read_fields(statements, judged)
    language = language_of(text, fields.language)
    images = read_images(statements, judged, language)
    url = fields.url.text if fields.url is not None else source.url
    dated = choose(fields.dates, [url] if url else [], source.arrived)
    report = Report(
        id=source.capture,
        capture=source.capture,
        file=source.file,
        text=text,
        map=map_,
        language=language,
        title=fields.title,
        publisher=fields.publisher,
        bylines=fields.bylines,
        published=dated.date,
        published_basis=dated.basis,
        published_stated=dated.stated,
        url=url,
        images=images,
        debris=read_debris(page, decoded, judged, _said(fields, images)),
        making=read_making(page, decoded, judged, fields.url),
    )
    spans = differing(text, report.paragraphs, language)
    return replace(report, languages=spans) if spans else report


def _said(fields: Fields, images: Sequence[Image]) -> list[Stated]:
    said = [stated for stated in (fields.title, fields.publisher, *fields.bylines) if stated]
    for image in images:
        said += [stated for stated in (image.caption, image.credit) if stated]
    return said


def _findings(source: Source, decoded: Decoded, votes: Votes | None) -> list[Finding]:
    out: list[Finding] = []
    if decoded.mislabelled:
        out.append(
            _finding(
                source,
                "wrong-encoding",
                f"The page declares {decoded.declared} but its bytes are {decoded.encoding},"
                " which was used.",
            )
        )
    if decoded.guessed:
        out.append(
            _finding(
                source,
                "encoding-guessed",
                f"The page declares no encoding; its bytes were read as {decoded.encoding}.",
            )
        )
    if decoded.bad:
        out.append(
            _finding(
                source,
                "bad-bytes",
                f"{decoded.bad} places of the page hold no valid character;"
                " each stands as U+FFFD in the text.",
            )
        )
    if votes is None:
        out.append(
            _finding(
                source,
                "too-big",
                "The page is too big or too damaged for the extractors; its text was chosen by"
                " the shape of its blocks.",
            )
        )
    elif votes.failed:
        out.append(
            _finding(
                source,
                "extractor-failed",
                f"Extractors gave up on the page: {', '.join(votes.failed)}.",
            )
        )
    return out


_END = 2_000  # characters in which a whole page closes itself


def _is_cut_off(text: str) -> bool:
    """Say whether a page opens `html` or `body`, and does not close it at its end."""
    head, tail = text[:_END].lower(), text[-_END:].lower()
    return ("<html" in head or "<body" in head) and "</html" not in tail and "</body" not in tail


def _finding(source: Source, kind: str, text: str, *, problem: bool = False) -> Finding:
    return Finding(_STEP, kind, text, report=source.capture, file=source.file, problem=problem)
