"""A mail message to reports: one for what its writer says, one for each message that it repeats."""

import re
from collections.abc import Iterator, Sequence

from guvoh.clean.dates import read_date
from guvoh.clean.mail_lines import Line, lines_of
from guvoh.clean.mail_quotes import Letter, Value, letters, name_in
from guvoh.clean.mime import Part, message_of, parts_of, text_of
from guvoh.clean.rendering import About, Origin, Rendering, noted
from guvoh.clean.source import Outcome, Source
from guvoh.model.finding import Finding
from guvoh.model.report import Report, ReportForm
from guvoh.model.text import Stated

_TEXTS = ("text/plain", "text/html")
_LOCKED = frozenset(
    {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)
_MOST_LETTERS = 500


def read_mail(source: Source) -> Outcome:
    """Read one message (RFC 5322); never raises. Attachments are captures of their own."""
    whole = message_of(source.data)
    parts = list(parts_of(source.data, whole))
    if any(part.media_type in _LOCKED for part in parts):
        text = "It is encrypted. Decrypt it in the mail program, save it again and add that."
        return (), (noted(source, "encrypted", text),)
    lines = [line for part in _bodies(source, parts) for line in lines_of(source.data, part)]
    first = letters(lines)
    for kind in ("from", "date", "subject"):
        value = _header(source, whole, kind)
        if value is not None:
            first.head[kind] = value
    reports: list[Report] = []
    findings: list[Finding] = []
    for name, letter in _every(first):
        made, found = _laid_out(source, letter, name)
        reports += made
        findings += found
    if not reports:
        text = "The message holds no words of its own, so nothing was read of it."
        findings.append(noted(source, "no-text", text, problem=len(parts) <= 1))
    return tuple(reports), tuple(findings)


def _bodies(source: Source, parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts that a mail program shows; of alternatives the plain one, if it says anything."""
    texts = [p for p in parts if p.media_type in _TEXTS and not p.is_attached and not p.name]
    taken: set[str] = set()
    for part in texts:
        group = _alternatives(part)
        if group is None:
            yield part
        elif group not in taken:
            taken.add(group)
            yield _fuller(source, [one for one in texts if _alternatives(one) == group])


def _alternatives(part: Part) -> str | None:
    """Return the path of the part that holds this one as one way of saying the same."""
    if "multipart/alternative" not in part.within:
        return None
    return ".".join(part.path.split(".")[: part.within.index("multipart/alternative")]) or "0"


def _fuller(source: Source, parts: Sequence[Part]) -> Part:
    """Return the plain one of alternatives; the page where the plain one says less than a third."""
    said = [sum(len(line.text) for line in lines_of(source.data, one)) for one in parts]
    plain = [index for index, one in enumerate(parts) if one.media_type == "text/plain"]
    best = said.index(max(said))
    return parts[plain[0] if plain and said[plain[0]] * 3 >= said[best] else best]


def _header(source: Source, whole: Part, name: str) -> Value | None:
    """Return a header's value with its bytes in the capture."""
    raw = source.data[: whole.start]
    pattern = rb"(?im)^%s[ \t]{0,9}:((?:[^\n]|\n(?=[ \t]))*)" % name.encode("ascii")
    found = re.search(pattern, raw)
    if found is None:
        return None
    text = text_of(whole.headers.get(name, "") and str(whole.headers[name]))
    if not text:
        return None
    start = found.end(1) - len(found[1].lstrip())
    return Value(text, Origin("headers", start, start + len(found[1].strip())))


def _every(first: Letter) -> Iterator[tuple[str | None, Letter]]:
    """Yield a message and all that it repeats, each with the name of its part, outermost first."""
    stack: list[tuple[str | None, Letter]] = [(None, first)]
    counts = {"quoted": 0, "forwarded": 0}
    for _ in range(_MOST_LETTERS):
        if not stack:
            return
        name, letter = stack.pop()
        yield name, letter
        following: list[tuple[str | None, Letter]] = []
        for inner in letter.within:
            counts[inner.kind] += 1
            following.append((f"{inner.kind}-{counts[inner.kind]}", inner))
        stack += reversed(following)


def _laid_out(source: Source, letter: Letter, name: str | None) -> Outcome:
    rendering = Rendering()
    _say(rendering, letter.own)
    if rendering.is_empty:
        return (), ()
    for line, reason in letter.asides:
        if line.text:
            first, last = line.said[0][1], line.said[-1][1]
            rendering.aside(line.text, reason, Origin(first.part, first.first, last.last))
    return rendering.report(source, name, _about(rendering, letter.head))


def _say(rendering: Rendering, lines: Sequence[Line]) -> None:
    for line in lines:
        if not line.text:
            rendering.end_paragraph()
            continue
        for words, origin in line.said:
            rendering.say(words, origin)
        rendering.end_line()
    rendering.end_paragraph()


def _about(rendering: Rendering, head: dict[str, Value]) -> About:
    def stated(kind: str) -> Stated | None:
        value = head.get(kind)
        return rendering.stated(value.text, value.at) if value and value.text else None

    writer, dated = head.get("from"), head.get("date")
    published = read_date(dated.text) if dated else None
    signed = [rendering.stated(name_in(writer.text), writer.at)] if writer else []
    bylines = tuple(one for one in signed if one.text)
    return About(
        title=stated("subject"),
        bylines=bylines,
        form=ReportForm.LETTER if bylines else ReportForm.ARTICLE,
        published=published,
        published_stated=stated("date") if published else None,
    )
