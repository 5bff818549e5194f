"""The same answers as lines for a terminal: plain text that reads well and pipes well."""

from collections.abc import Mapping, Sequence
from textwrap import fill, shorten

from guvoh.model.capture import Capture
from guvoh.model.claim import WITHHELD, Claim, Person, Place, Polarity
from guvoh.model.event import Event, RiskWarning, Source, Value
from guvoh.model.finding import Finding
from guvoh.model.lineage import Change, Family, Member
from guvoh.model.report import Report
from guvoh.pages.labels import DETAILS, original_sources
from guvoh.pages.listing import in_plain_words
from guvoh.pages.texts import asked, reason, rivals
from guvoh.words import Words, language_name, shown, words

WIDTH = 96
_ENGLISH = words("en")
Told = tuple[str, ...]  # a sentence with {0}, {1} …, and what stands there
_FEW = 4  # sources named in the main answer


def printable(text: str) -> str:
    """Return lines in which no character acts on the terminal: all but line breaks are shown."""
    return "\n".join(shown(line) for line in text.split("\n"))


def event_lines(event: Event, say: Words = _ENGLISH) -> list[str]:
    """Say an event in a few lines, the count first."""
    known = say("Firsthand: {n} known.").format(n=event.count.firsthand)
    grade = say("Grade {grade}.").format(grade=event.grade)
    lines = [
        _wrapped(event.summary, ""),
        f"  {_run(event, say)}. {known} {grade} [{event.id}]",
        _wrapped(in_plain_words(event, say), "  "),
    ]
    lines += [
        f"  {say('on the word of')}  {_shortest(source, say)}  ({say.term(source.basis.value)})"
        for source in event.sources
    ]
    lines += [_wrapped(f"{say('counted as one')}: {asked(j, say)}", "  ") for j in event.joined]
    lines += [
        _wrapped(f"{say('unconfirmed')}: {_name(u.name, say)}: {say(u.reason)}", "  ")
        for u in event.unconfirmed
    ]
    # "Looks confirmed by 8 outlets, but …", says each.
    lines += [
        _wrapped(f"{line[:1].lower()}{line[1:]}", "  ")
        for line in (_circle(circle, say) for circle in event.circles)
    ]
    for label, values in (
        (say("who"), event.who),
        (say("when"), event.when),
        (say("where"), event.where),
        (say("how many"), event.how_many),
    ):
        if values:
            lines.append(_wrapped(f"{label}: {'; '.join(_value(v, say) for v in values)}", "  "))
    lines += [
        _wrapped(
            f"{say('they differ on')} {_detail(c.kind, say)}: {' / '.join(rivals(c, say))}. {reason(c, say)}",
            "  ",
        )
        for c in event.contradictions
    ]
    lines += [_wrapped(f"{say('denied by')} {_chain(d.chain, say)}", "  ") for d in event.denials]
    return [printable(line) for line in lines]


def main_lines(event: Event, say: Words = _ENGLISH) -> list[str]:
    """Say the main event of an answer: its count, on whose word, and what speaks against it."""
    heard = [_shortest(one, say) for one in event.sources]
    more = [say("and {n} more").format(n=len(heard) - _FEW)] if len(heard) > _FEW else []
    denied = dict.fromkeys(_chain(one.chain, say) for one in event.denials)
    kinds = dict.fromkeys(_detail(one.kind, say) for one in event.contradictions)
    against = [
        (say("on the word of"), [*heard[:_FEW], *more] or [say("nobody who is named")]),
        (say("they may be one"), [asked(one, say) for one in event.joined]),
        (say("looks confirmed"), [_looks(circle, say) for circle in event.circles[:1]]),
        (say("denied by"), list(denied)[:_FEW]),
        (say("they differ on"), [", ".join(kinds)] if kinds else []),
    ]
    chains = len({chain for source in event.sources for chain in source.chains})
    known = say("Firsthand: {n} known.").format(n=event.count.firsthand)
    checked = say("{n} of {chains} checked by a person.").format(
        n=event.count.checked, chains=say.count(chains, "chain", "chains")
    )
    lines = [
        _wrapped(event.summary, "  "),
        "",
        f"  {_run(event, say)}",
        _wrapped(in_plain_words(event, say), "  "),
        f"  {known}{f' {checked}' if chains else ''}",
        "",
    ]
    for label, values in against:
        for at, value in enumerate(values):
            lines.append(_beside("" if at else label, value))
    return [printable(line) for line in lines]


def _shortest(source: Source, say: Words) -> str:
    """Return the fullest chain through which a source is heard."""
    return _chain(min(source.chains, key=_longest, default=(source.name,)), say)


def _name(name: str, say: Words) -> str:
    """Return a name, the words that stand for one that is withheld in the reader's language."""
    return say(name) if name == WITHHELD else name


def _circle(circle: Sequence[Told], say: Words) -> str:
    return " ".join(say(sentence).format(*values) for sentence, *values in circle)


def _looks(circle: Sequence[Told], say: Words) -> str:
    """Return by whom it looks confirmed, without the path from outlet to outlet, which the page draws."""
    sentence, *values = circle[0]
    text = say(sentence).format(*values).partition(": ")[0].rstrip(".")
    return text.removeprefix(say("Looks confirmed")).strip()


def _run(event: Event, say: Words) -> str:
    """Return the count as on the event's page: reports, texts, original sources."""
    reports = say.count(len(event.reports), "report", "reports")
    texts = say.count(event.texts, "text", "texts")
    return f"{reports} → {texts} → {original_sources(event.count, say)}"


def _beside(label: str, text: str) -> str:
    """Return text in a column of its own, its label left of the first line."""
    return fill(
        text,
        WIDTH,
        initial_indent=f"  {label:<16} ",
        subsequent_indent=" " * 21,
        break_on_hyphens=False,
    )


def event_line(event: Event, say: Words = _ENGLISH) -> str:
    """Say an event and its count in a line."""
    return printable(_wrapped(f"• {event.summary} {_run(event, say)}.", "  "))


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


def warning_line(warning: RiskWarning, say: Words = _ENGLISH) -> str:
    """Say a warning."""
    text = warning.text.rstrip(".")
    where = f", {warning.where}" if warning.where and warning.where not in text else ""
    told = say("first told of on {day}").format(day=warning.since)
    since = f", {told}" if warning.since else ""
    names = "; ".join(_name(name, say) for name in warning.sources)
    sources = f" {say('On the word of')}: {names}." if names else ""
    return printable(
        _wrapped(
            f"! {say('People at risk')}, {say.term(warning.status)}: {text}{where}{since}.{sources}",
            "",
        )
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


def _chain(names: Sequence[str], say: Words = _ENGLISH) -> str:
    return " ← ".join(_name(name, say) or say("someone unnamed") for name in names)


def _longest(chain: Sequence[str]) -> tuple[int, Sequence[str]]:
    return (-len(chain), chain)


def _link_name(name: str, resolved: bool) -> str:
    return name if resolved or not name else f"{name} (who that is stays open)"


def _detail(kind: str, say: Words) -> str:
    """Return what reports differ on, in words: "how many"."""
    return say(DETAILS[kind]) if kind in DETAILS else say.term(kind)


def _value(value: Value, say: Words) -> str:
    role = f"{say.term(value.role)} " if value.role else ""
    return f"{role}{_name(value.name, say)} [{original_sources(value.count, say)}]"


def _place(place: Place) -> str:
    if place.latitude is None or place.longitude is None:
        return f"{place.name} ({place.kind}, not located)"
    country = f", {place.country}" if place.country else ""
    return f"{place.name}{country} ({place.precision}, {place.latitude:.2f} {place.longitude:.2f})"


def _member(member: Member, reports: Mapping[str, Report]) -> list[str]:
    parent = f" of {reports[member.parent].file}" if member.parent else ""
    via = (
        f" by way of {', '.join(map(language_name, member.via_languages))}"
        if member.via_languages
        else ""
    )
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
