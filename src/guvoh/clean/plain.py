"""Plain-text scrapes of news pages taken apart: each line becomes what it is, nothing is lost."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from guvoh.clean.charmap import Stretch, build_text
from guvoh.clean.dateline import WITHIN, dateline
from guvoh.clean.decode import Decoded, decode
from guvoh.clean.language import UNKNOWN
from guvoh.clean.plain_dates import edtf, in_address
from guvoh.clean.plain_language import language_of_phrase, languages_of
from guvoh.clean.plain_lines import Line, lines_of, paragraphs
from guvoh.clean.plain_page import Page, Picture, Place, Waste
from guvoh.clean.plain_sort import sort_lines
from guvoh.clean.plain_turns import is_dialogue, turns
from guvoh.clean.plain_words import MARKS, is_agency, is_outlet
from guvoh.model.finding import Finding
from guvoh.model.report import (
    Debris,
    Image,
    Making,
    MakingKind,
    PublishedBasis,
    Report,
    ReportForm,
    paragraphs_of,
)
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span, Stated

# What does not stand in a text as it stands in its bytes: controls, tabs, bytes that say nothing.
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]")


def read_plain(
    capture_digest: str, file: str, data: bytes, arrived: str
) -> tuple[tuple[Report, ...], tuple[Finding, ...]]:
    """Read a plain-text scrape into one report; never raises, whatever the bytes.

    Every character that is not white space or a control character is in the text, or in a field,
    an image, a statement of making, or debris, each with its bytes. `arrived` is not used: a
    scrape's date is stated or in its address, never taken from a clock.
    """
    del arrived
    decoded = decode(data)
    lines = lines_of(decoded.text)
    if not lines:
        return (), (_noted(file, "nothing-to-read", "It holds no text to read."),)
    page = sort_lines(lines)
    _date_by_filing(page)
    body = _apart(page.body, lines)
    text, map_ = _built(decoded, paragraphs(body))
    report = _report(capture_digest, file, decoded, page, (text, map_))
    return (report,), tuple(_findings(report, decoded))


def _date_by_filing(page: Page) -> None:
    """Take the day of a dateline for that of publication where the page states no other."""
    for line in page.body[:2]:
        filed = dateline(line.text) if page.published is None else None
        if filed is not None and filed.day is not None:
            start, end = filed.day
            said = line.text[start:end]
            page.published, page.dated = (
                edtf(said),
                Place(said, line.start + start, line.start + end),
            )


def _apart(body: list[Line], lines: list[Line]) -> list[Line]:
    """Part lines of the body between which something else stood, so that they are never joined."""
    before = {line.start: earlier.start for earlier, line in pairwise(lines)}
    parted: list[Line] = []
    for line in body:
        touches = parted and before.get(line.start) == parted[-1].start
        parted.append(line if touches else line._replace(apart=True))
    return parted


def _built(decoded: Decoded, parts: list[list[Stretch]]) -> tuple[str, CharacterMap]:
    """Build the text and its map; the common case, where lines are as they stand, in one go."""
    source = decoded.text
    pieces = [source[part[0][0] : part[0][1]] for part in parts]
    whole = "".join(pieces)  # looked through at once, for parts are many and what is odd is rare
    if "  " in whole or _ODD.search(whole) or any(len(part) > 1 for part in parts):
        return build_text(decoded, parts, markup=False)
    runs: list[Run] = []
    at = 0
    stretches = [part[0] for part in parts]
    for (start, end), span in zip(stretches, decoded.rising(stretches), strict=True):
        if runs:
            gap = runs[-1].bytes.end
            runs.append(Run(Span(at, at + 2), ByteSpan(gap, gap), RunKind.SYNTHESISED))
            at += 2
        runs.append(Run(Span(at, at + end - start), span, RunKind.EXACT))
        at += end - start
    return "\n\n".join(pieces), CharacterMap(decoded.encoding, tuple(runs))


def _report(
    capture: str, file: str, decoded: Decoded, page: Page, built: tuple[str, CharacterMap]
) -> Report:
    text, map_ = built

    def stated(place: Place | None) -> Stated | None:
        return place and Stated(place.text, decoded.bytes(place.start, place.end))

    language, others = languages_of(text, paragraphs_of(text))
    published, basis = _published(page, file, language)
    return Report(
        id=capture,
        capture=capture,
        file=file,
        text=text,
        map=map_,
        language=language,
        title=stated(page.title),
        publisher=stated(page.publisher) or _publisher(page, decoded),
        bylines=tuple(Stated(one.text, decoded.bytes(one.start, one.end)) for one in page.bylines),
        published=published,
        published_basis=basis,
        published_stated=stated(page.dated),
        url=page.address,
        form=_form(page),
        images=tuple(_image(picture, decoded) for picture in page.pictures),
        debris=_debris(page, decoded),
        making=_making(page, decoded),
        languages=others,
    )


def _published(page: Page, file: str, language: str) -> tuple[str | None, PublishedBasis]:
    if page.published is not None:
        day_first = language not in ("en", UNKNOWN)  # 5/3 is read both ways in English alone
        whole = edtf(page.dated.text, day_first=day_first) if page.dated is not None else None
        return max(page.published, whole or "", key=len), PublishedBasis.STATED
    for where in (page.address, file.rsplit("/", 1)[-1]):
        guessed = in_address(where) if where else None
        if guessed is not None:
            return guessed, PublishedBasis.GUESSED
    return None, PublishedBasis.UNKNOWN


def _publisher(page: Page, decoded: Decoded) -> Stated | None:
    """Return the host of the page's own address, or the outlet that claims the copyright."""
    for made in page.making:
        at = decoded.bytes(made.place.start, made.place.end)
        if made.kind is MakingKind.CANONICAL and made.name:
            host = made.name.partition("://")[2] or made.name
            host = host.partition("/")[0].partition("?")[0].rpartition("@")[2].partition(":")[0]
            return Stated(host.lower().removeprefix("www."), at)
    for made in page.making:
        if made.kind is MakingKind.COPYRIGHT and made.name and is_outlet(made.name):
            return Stated(made.name, decoded.bytes(made.place.start, made.place.end))
    return None


def _form(page: Page) -> ReportForm:
    seen = turns(line.text for line in page.body)
    return ReportForm.TURNS if is_dialogue(seen) else ReportForm.ARTICLE


def _image(picture: Picture, decoded: Decoded) -> Image:
    parts = {
        role: Stated(place.text, decoded.bytes(place.start, place.end))
        for role, place in picture.parts.items()
    }
    alt = parts.get("alt")
    return Image(
        url=parts.get("url"),
        credit=parts.get("credit"),
        caption=parts.get("caption"),
        alt=alt,
        alt_language=language_of_phrase(alt.text) if alt else None,
    )


def _debris(page: Page, decoded: Decoded) -> tuple[Debris, ...]:
    """Return debris in order; neighbours of one line with one reason are one piece."""
    merged: list[Waste] = []
    for waste in sorted(page.debris):
        last = merged[-1] if merged else None
        if (
            last
            and last.reason == waste.reason
            and waste.start <= last.end + 1
            and ("\n" not in decoded.text[last.end : waste.start])
        ):
            merged[-1] = Waste(last.start, waste.end, last.reason)
        else:
            merged.append(waste)
    return tuple(
        Debris(decoded.text[one.start : one.end], one.reason, decoded.bytes(one.start, one.end))
        for one in merged
    )


def _making(page: Page, decoded: Decoded) -> tuple[Making, ...]:
    found = [
        Making(one.kind, one.place.text, one.name, decoded.bytes(one.place.start, one.place.end))
        for one in page.making
    ]
    for line in page.body[:2]:
        slug = _slug(line)
        if slug is not None:
            start, end, name = slug
            at = decoded.bytes(line.start + start, line.start + end)
            found.append(Making(MakingKind.AGENCY, line.text[start:end], name, at))
    return tuple(sorted(found, key=lambda one: one.at or ByteSpan(0, 0)))


def _slug(line: Line) -> tuple[int, int, str] | None:
    """Return range and name of an agency's mark at the head of a paragraph; the text keeps it."""
    head = line.text[:WITHIN]
    filed = dateline(head)
    if filed is not None and filed.agency is not None:
        start, end = filed.agency
        return start - 1, end + 1, head[start:end]
    # "CITY, 5 March — Agency. Text" and "Agency - Text", as Russian and Central Asian wires write.
    at = 0
    for part in re.split(r"\s[-–—]\s|\.\s", head)[:3]:
        name = part.strip(MARKS)
        if name and is_agency(name):
            start = head.index(name, at)
            return start, start + len(name), name
        at += len(part)
    return None


def _findings(report: Report, decoded: Decoded) -> Iterator[Finding]:
    if not report.text:
        text = "It holds a title or remains of a page and no text of a report."
        yield _noted(report.file, "no-body", text, report=report.id)
    if decoded.guessed:
        text = f"It is not UTF-8 and says no encoding; its bytes were read as {decoded.encoding}."
        yield replace(
            _noted(report.file, "encoding-guessed", text, report=report.id), problem=False
        )
    if decoded.bad:
        text = f"{decoded.bad:,} characters could not be read in the encoding {decoded.encoding}."
        yield _noted(report.file, "bad-bytes", text, report=report.id)


def _noted(file: str, kind: str, text: str, report: str | None = None) -> Finding:
    return Finding(step="clean", kind=kind, text=text, file=file, report=report, problem=True)
