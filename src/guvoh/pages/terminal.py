"""The same answers as lines for a terminal: plain text that reads well and pipes well."""

from collections.abc import Mapping, Sequence
from textwrap import fill, shorten

from guvoh.model.capture import Capture
from guvoh.model.claim import Claim, Person, Place, Polarity
from guvoh.model.event import Event, RiskWarning, Value
from guvoh.model.finding import Finding
from guvoh.model.lineage import Change, Family, Member
from guvoh.model.report import Report
from guvoh.pages.labels import DETAILS, original_sources
from guvoh.pages.listing import in_plain_words
from guvoh.words import shown, words

WIDTH = 96
_SAY = words("en")
_FEW = 4  # sources named in the main answer


def printable(text: str) -> str:
    """Return lines in which no character acts on the terminal: all but line breaks are shown."""
    return "\n".join(shown(line) for line in text.split("\n"))


def event_lines(event: Event) -> list[str]:
    """Say an event in a few lines, the count first."""
    lines = [
        _wrapped(event.summary, ""),
        f"  {_run(event)}. Firsthand: {event.count.firsthand} known. Grade {event.grade}.",
    ]
    lines += [
        f"  on the word of  {_chain(min(source.chains, key=_longest, default=(source.name,)))}"
        f"  ({source.basis.value})"
        for source in event.sources
    ]
    lines += [_wrapped(f"counted as one: {j.question}", "  ") for j in event.joined]
    lines += [_wrapped(f"unconfirmed: {u.name}: {u.reason}", "  ") for u in event.unconfirmed]
    # "Looks confirmed by 8 outlets, but …", says each.
    lines += [_wrapped(f"{line[:1].lower()}{line[1:]}", "  ") for line in event.circular]
    for label, values in (
        ("who", event.who),
        ("when", event.when),
        ("where", event.where),
        ("how many", event.how_many),
    ):
        if values:
            lines.append(_wrapped(f"{label}: {'; '.join(_value(v) for v in values)}", "  "))
    lines += [
        _wrapped(f"they differ on {_detail(c.kind)}: {' / '.join(c.values)}. {c.because}", "  ")
        for c in event.contradictions
    ]
    lines += [_wrapped(f"denied by {_chain(d.chain)}", "  ") for d in event.denials]
    return [printable(line) for line in lines]


def main_lines(event: Event) -> list[str]:
    """Say the main event of an answer: its count, on whose word, and what speaks against it."""
    heard = [_chain(min(one.chains, key=_longest, default=(one.name,))) for one in event.sources]
    told = [*heard[:_FEW], *([f"and {len(heard) - _FEW} more"] if len(heard) > _FEW else [])]
    denied = dict.fromkeys(_chain(one.chain) for one in event.denials)
    kinds = dict.fromkeys(_detail(one.kind) for one in event.contradictions)
    asked = [one.question for one in event.joined]
    # What comes after the colon is the path from outlet to outlet, which the page draws.
    looks = [
        line.partition(": ")[0].rstrip(".").removeprefix("Looks confirmed ")
        for line in event.circular
    ]
    against = [
        ("on the word of", told or ["nobody who is named"]),
        ("they may be one", asked),
        ("looks confirmed", looks[:1]),
        ("denied by", list(denied)[:_FEW]),
        ("they differ on", [", ".join(kinds)] if kinds else []),
    ]
    chains = len({chain for source in event.sources for chain in source.chains})
    checked = f" {event.count.checked} of {_plural(chains, 'chain')} checked by a person."
    lines = [
        _wrapped(event.summary, "  "),
        "",
        f"  {_run(event)}",
        _wrapped(in_plain_words(event, _SAY), "  "),
        f"  Firsthand: {event.count.firsthand} known.{checked if chains else ''}",
        "",
    ]
    for label, values in against:
        for at, value in enumerate(values):
            lines.append(_beside("" if at else label, value))
    return [printable(line) for line in lines]


def _run(event: Event) -> str:
    """Return the count as on the event's page: reports, texts, original sources."""
    reports, texts = _plural(len(event.reports), "report"), _plural(event.texts, "text")
    return f"{reports} → {texts} → {original_sources(event.count, _SAY)}"


def _beside(label: str, text: str) -> str:
    """Return text in a column of its own, its label left of the first line."""
    return fill(
        text,
        WIDTH,
        initial_indent=f"  {label:<16} ",
        subsequent_indent=" " * 21,
        break_on_hyphens=False,
    )


def event_line(event: Event) -> str:
    """Say an event and its count in a line."""
    return printable(_wrapped(f"• {event.summary} {_run(event)}.", "  "))


def claim_lines(claim: Claim, report: Report, headline: bool) -> list[str]:
    """Say a claim: passage, chain as arrows, stance, times, numbers, places."""
    lines = []
    if headline:
        title = report.title.text if report.title else "untitled"
        lines += ["", printable(f"{report.file}: {title}")]
    chain = _chain([_link_name(link.name, link.resolved) for link in claim.chain])
    words = [claim.kind.value, claim.stance.value]
    if claim.polarity is Polarity.NEGATED:
        words.append("negated")
    if claim.chain:
        words.append(f"knows by: {claim.chain[-1].basis.value}")
    if claim.hedges:
        words.append(f"hedged: {', '.join(claim.hedges)}")
    lines.append(printable(f"  {claim.id}  {chain or '(the report itself)'}  [{'; '.join(words)}]"))
    lines.append(
        printable(fill(claim.text, WIDTH, initial_indent="    “", subsequent_indent="     ") + "”")
    )
    facts = [f"{t.text} = {t.edtf}" for t in claim.times]
    facts += [
        f"{q.text} = {q.low}–{'open' if q.high is None else q.high}{' ' + q.of if q.of else ''}"
        for q in claim.quantities
    ]
    facts += [_place(place) for place in claim.places]
    if facts:
        lines.append(printable(_wrapped("; ".join(facts), "    ")))
    return lines


def family_lines(family: Family, reports: Mapping[str, Report]) -> list[str]:
    """Say a family: its origin, then each member with its relation, parent and changes."""
    missing = family.missing_origin
    if family.origin:
        head = f"same origin: {reports[family.origin].file}"
    elif missing:
        head = f"same origin, which is not in the case: {missing.publisher or 'unknown publisher'}"
    else:
        head = "same origin, which is unknown"
    lines = [f"{family.id}  {head}"]
    if missing:
        lines += [_wrapped(evidence, "    ") for evidence in missing.evidence]
    for member in [*family.members, *family.citers]:
        lines += _member(member, reports)
    return [printable(line) for line in lines]


def capture_line(capture: Capture) -> str:
    """Say a capture in one line."""
    names = ", ".join(dict.fromkeys(arrival.file for arrival in capture.arrivals))
    return printable(
        f"{capture.digest[:16]}…  {names}  {capture.media_type}, {capture.size:,} bytes, "
        f"{capture.exposure.value}{', to be sealed' if capture.withheld else ''}"
    )


def report_lines(report: Report) -> list[str]:
    """Say what a report is: title, who made it, when, how long."""
    who = ", ".join(b.text for b in report.bylines) or "no byline"
    outlet = report.publisher.text if report.publisher else "publisher unknown"
    when = f"{report.published or 'undated'} ({report.published_basis.value})"
    title = report.title.text if report.title else "untitled"
    return [
        printable(f"{report.file}: {title}"),
        printable(
            f"  {outlet}; {who}; {when}; {report.language}; {report.words} words; {report.id[:16]}…"
        ),
    ]


def person_line(person: Person) -> str:
    """Say a person, group or organisation in one line."""
    words = [person.kind.value, person.exposure.value]
    if person.pseudonym:
        words.append("pseudonym")
    if person.withheld:
        words.append(f"withheld: {', '.join(person.withheld)}")
    roles = f" ({'; '.join(person.roles)})" if person.roles else ""
    return printable(
        f"{person.name}{roles}  [{'; '.join(words)}]  {_plural(len(person.mentions), 'mention')}"
    )


def place_line(place: Place, mentions: int) -> str:
    """Say a place in one line."""
    return printable(f"{_place(place)}  {_plural(mentions, 'mention')}")


def warning_line(warning: RiskWarning) -> str:
    """Say a warning."""
    text = warning.text.rstrip(".")
    where = f", {warning.where}" if warning.where and warning.where not in text else ""
    since = f", first told of on {warning.since}" if warning.since else ""
    sources = f" On the word of: {'; '.join(warning.sources)}." if warning.sources else ""
    return printable(
        _wrapped(f"! People at risk, {warning.status}: {text}{where}{since}.{sources}", "")
    )


def finding_line(finding: Finding, file: str | None) -> str:
    """Say a finding with its evidence."""
    where = f"{shown(file)}: " if file else ""
    grounds = [f"for: {reason}" for reason in finding.for_]
    grounds += [f"against: {reason}" for reason in finding.against]
    tail = f" ({'; '.join(grounds)})" if grounds else ""
    return printable(_wrapped(f"{where}{finding.text}{tail}", ""))


def _wrapped(text: str, indent: str) -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "    ",
        break_on_hyphens=False,
    )


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _chain(names: Sequence[str]) -> str:
    return " ← ".join(name or "someone unnamed" for name in names)


def _longest(chain: Sequence[str]) -> tuple[int, Sequence[str]]:
    return (-len(chain), chain)


def _link_name(name: str, resolved: bool) -> str:
    return name if resolved or not name else f"{name} (who that is stays open)"


def _detail(kind: str) -> str:
    """Return what reports differ on, in words: "how many"."""
    return DETAILS.get(kind, kind)


def _value(value: Value) -> str:
    role = f"{value.role} " if value.role else ""
    return f"{role}{value.name} [{original_sources(value.count, _SAY)}]"


def _place(place: Place) -> str:
    if place.latitude is None or place.longitude is None:
        return f"{place.name} ({place.kind}, not located)"
    country = f", {place.country}" if place.country else ""
    return f"{place.name}{country} ({place.precision}, {place.latitude:.2f} {place.longitude:.2f})"


def _member(member: Member, reports: Mapping[str, Report]) -> list[str]:
    parent = f" of {reports[member.parent].file}" if member.parent else ""
    via = f" by way of {', '.join(member.via_languages)}" if member.via_languages else ""
    sure = f", {member.confidence / 10:.0f} % sure" if member.parent else ""
    lines = [f"    {reports[member.report].file}: {member.relation.value}{parent}{via}{sure}"]
    lines += [_wrapped(evidence, "        ") for evidence in member.evidence]
    if member.derivation:
        lines += [f"        {_change(change)}" for change in member.derivation.changes]
    return lines


def _change(change: Change) -> str:
    if change.withheld:
        return f"{change.kind.value}: touches something withheld; the value is not kept"
    before, after = (
        shorten(value, 60, placeholder="…") if value else "—" for value in (change.from_, change.to)
    )
    return f"{change.kind.value}: {before} → {after}"
