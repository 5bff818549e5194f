"""Whether text looks private by nature: a transcript, a chat, a contact list, a list of names."""

import csv
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from guvoh.clean.decode import decode
from guvoh.clean.plain_dates import edtf
from guvoh.clean.plain_turns import Turns, turns
from guvoh.clean.plain_words import MARKS, flat, is_outlet, labels, names
from guvoh.clean.telegram_html import is_export

# Formats in which people keep such things. A page in HTML has been published by someone.
SUSPECT_TYPES = frozenset(
    {
        "text/plain",
        "text/csv",
        "text/tab-separated-values",
        "application/json",
        "application/jsonl",
        "text/vcard",
        "application/x-subrip",
        "text/vtt",
    }
)
_MAIL = frozenset({"message/rfc822", "application/mbox"})
_SAMPLE = 262_144  # bytes looked at; what is private shows itself in its first pages
_LINES = 2_000

# What chat programs print at the head of a line, after their own exports:
# WhatsApp  "12/03/2023, 14:05 - Name: …", "[12.03.23, 14:05:09] Name: …"
# Telegram  "Name, [12.03.2023 14:05]"; Signal "[2023-03-12 14:05] Name: …"
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[apAP]\.?\s?[mM]\.?)?"
_CHAT_LINES = (
    re.compile(rf"\u200e?\[?{_DAY},?\s{{1,3}}{_CLOCK}\]?\s{{0,3}}[-–—]?\s{{0,3}}[^:\n]{{1,60}}:\s"),
    re.compile(rf"[^\[\]\n:]{{1,60}},\s{{0,2}}\[{_DAY},?\s{{1,3}}{_CLOCK}\]"),
    re.compile(rf"[<\[(]?{_CLOCK}[>\])]?\s{{1,3}}<?[^:>\n]{{1,40}}[:>]\s"),
)
_STAMPED = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?[\])]?(?:\s|$)")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00|\()?\d[\d \u00a0().-]{6,20}\d(?![\w/-])")
_ADDRESSED = re.compile(r"(?<![\w.+-])[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,30}")
_PASSPORT = re.compile(r"(?<!\w)[A-ZА-Я]{1,2}\s?(?:№|No\.?)?\s?\d{7,9}(?!\w)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w.-]{3,100}")
_NUMBERED = re.compile(r"\s{0,8}\(?\d{1,4}[.)]?\s{1,4}|\s{0,8}[-*•]\s{1,4}")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a capture looks like (transcript, chat, contacts, names, mail) and the reasons, as sentences."""

    kind: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    name: frozenset[str]
    other: frozenset[str]
    alone: frozenset[str]
    asks: frozenset[str]
    unedited: frozenset[str]
    titles: tuple[str, ...]
    lists: tuple[str, ...]
    chat: tuple[str, ...]
    json_keys: frozenset[str]
    json_people: frozenset[str]


@cache
def _words() -> _Words:
    source = files("guvoh.intake").joinpath("undeclared.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    columns, speakers = data["columns"], data["speakers"]

    def folded(values: list[str]) -> list[str]:
        return [flat(value) for value in values]

    return _Words(
        name=frozenset(folded(columns["name"])),
        other=frozenset(folded(columns["other"])),
        alone=frozenset(folded(columns["alone"])),
        asks=frozenset(folded(speakers["asks"])),
        unedited=frozenset(folded(speakers["unedited"])),
        titles=tuple(folded(speakers["titles"])),
        lists=tuple(folded(speakers["lists"])),
        chat=tuple(folded(speakers["chat"])),
        json_keys=frozenset(folded(speakers["json_keys"])),
        json_people=frozenset(folded(speakers["json_people"])),
    )


def suspicion(data: bytes, media_type: str) -> Suspicion | None:
    """Say what private thing a capture looks like, None where it looks like none.

    Mail is private whatever it says.

    It errs towards suspicion: setting a page aside costs a person one word, indexing a witness's
    interview may cost more. A text that names its outlet or address as a published page does is
    an interview that was published.
    """
    if media_type in _MAIL and data:
        return Suspicion("mail", ("It is somebody's mail.",))
    if media_type == "text/html" and is_export(data):
        return Suspicion("chat", ("It is a chat exported as a page.",))
    if media_type not in SUSPECT_TYPES or not data:
        return None
    if media_type == "text/vcard":
        return Suspicion("contacts", ("It is a file of contact cards.",))
    text = decode(data[:_SAMPLE]).text
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_LINES]
    if not lines:
        return None
    if media_type in {"application/json", "application/jsonl"}:
        return _json(text)
    if media_type in {"application/x-subrip", "text/vtt"}:
        return Suspicion("transcript", ("It is a file of subtitles: a recording in words.",))
    return _table(lines) or _chat(lines) or _text(lines)


def _text(lines: Sequence[str]) -> Suspicion | None:
    published = _is_published(lines)
    found = _contacts(lines, published=published) or _list_of_names(lines, published=published)
    if found is not None:
        return found
    return _transcript(lines, published=published)


def _is_published(lines: Sequence[str]) -> bool:
    """Say whether a text shows an outlet, an address or a copyright line, as scraped pages do."""
    head, foot = lines[:15], lines[-8:]
    for line in (*head, *foot):
        if len(line) > 200:
            continue
        text = line.strip(MARKS)
        if text and (is_outlet(text) or _ADDRESS.match(text)):
            return True
        if text.startswith(("©", "Copyright", "(c)")):
            return True
        for label in labels(line):
            value = line[label.value :].strip()
            if label.kind == "publisher" and value:
                return True
            if label.kind == "url" and _ADDRESS.match(value):
                return True
            if label.kind == "byline" and is_outlet(value.rpartition(",")[2].strip() or value):
                return True
    # A line of name and outlet, or a title that ends in an outlet's name after a bar.
    return any(
        is_outlet(part.strip())
        for line in head[:6]
        if len(line) <= 160
        for part in re.split(r" [|·•] |, | [–—-] ", line)
        if part.strip()
    )


def _chat(lines: Sequence[str]) -> Suspicion | None:
    stamped = sum(any(pattern.match(line[:140]) for pattern in _CHAT_LINES) for line in lines)
    if stamped and _said_by(turns(lines), _words().asks):
        return None  # a recording in words, whose times are those of the recording
    said = sum(any(phrase in flat(line[:200]) for phrase in _words().chat) for line in lines)
    reasons: list[str] = []
    if stamped >= 3 and stamped * 5 >= len(lines):
        reasons.append(f"{stamped:,} lines begin with a time and a sender, as chat exports do.")
    if said:
        reasons.append("It holds a phrase that chat programs write.")
    return Suspicion("chat", tuple(reasons)) if reasons else None


def _table(lines: Sequence[str]) -> Suspicion | None:
    """Look for columns of people in the first line of a table."""
    words = _words()
    mark = max("\t;,|", key=lines[0].count)
    if not lines[0].count(mark) or len(lines[0]) > 2_000:
        return None
    try:
        row = next(csv.reader([lines[0]], delimiter=mark))
    except csv.Error:
        return None
    cells = [" ".join(flat(cell).replace("_", " ").split()).strip(" *#:\"'") for cell in row]
    if any(len(cell) > 60 for cell in cells):
        return None
    named = sorted({cell for cell in cells if cell in words.name})
    others = sorted({cell for cell in cells if cell in words.other})
    alone = sorted({cell for cell in cells if cell in words.alone})
    if alone or (named and others) or len(named) >= 2:
        columns = ", ".join(alone + named + others)
        return Suspicion("contacts", (f"It is a table with the columns {columns}.",))
    return None


def _contacts(lines: Sequence[str], *, published: bool) -> Suspicion | None:
    phones = sum(_has_phone(line) for line in lines)
    mails = sum(bool(_ADDRESSED.search(line[:500])) for line in lines)
    papers = sum(bool(_PASSPORT.search(line[:500])) for line in lines)
    reasons: list[str] = []
    # An article ends with the newsroom's number; a list has one on many of its lines.
    share = 3 if published else 6
    for count, what in (
        (phones, "telephone number"),
        (mails, "mail address"),
        (papers, "passport"),
    ):
        if count >= 3 and count * share >= len(lines):
            reasons.append(f"{count:,} of {len(lines):,} lines hold a {what}.")
    return Suspicion("contacts", tuple(reasons)) if reasons else None


def _has_phone(line: str) -> bool:
    for found in _PHONE.finditer(line[:500]):
        digits = sum(char.isdigit() for char in found[0])
        signed = found[0][0] in "+(0" or any(char in found[0] for char in " -()\u00a0")
        if (
            7 <= digits <= 15
            and signed
            and edtf(found[0].strip()) is None
            and not _is_years(found[0])
        ):
            return True
    return False


def _is_years(text: str) -> bool:
    """Tell "2014 - 2022" and "10 000 000" from a telephone number."""
    groups = re.split(r"\D+", text.strip("+() "))
    years = all(len(group) == 4 and group[:2] in {"19", "20"} for group in groups)
    thousands = len(groups) > 1 and len(groups[0]) <= 3 and all(len(one) == 3 for one in groups[1:])
    return (years or thousands) and not text.startswith(("+", "0"))


def _list_of_names(lines: Sequence[str], *, published: bool) -> Suspicion | None:
    named = [line for line in lines if _is_name_line(line)]
    if len(named) < 4:
        return None
    headed = any(
        word in flat(line) for line in lines[:3] if len(line) <= 120 for word in _words().lists
    )
    # A news page may name some victims one to a line: there, names must be nearly all of it.
    needed = 800 if published else 400 if headed else 600
    if len(named) * 1_000 < len(lines) * needed:
        return None
    return Suspicion("names", (f"{len(named):,} of {len(lines):,} lines are names of people.",))


def _is_name_line(line: str) -> bool:
    """Tell a name alone, or with a year, a number or a place after it, as lists have it."""
    if len(line) > 100 or line[-1] in "!?":
        return False
    numbered = _NUMBERED.match(line)
    rest = line[numbered.end() :] if numbered else line
    rest = rest.rstrip(".;,")
    first = re.split(r"[,;(\t|]| [–—-] |\s{2,}|\d", rest, maxsplit=1)[0].strip()
    if not 2 <= len(first.split()) <= 5 or not names(first):
        return False
    return len(rest.split()) - len(first.split()) <= 6


def _transcript(lines: Sequence[str], *, published: bool) -> Suspicion | None:
    words = _words()
    seen = turns(lines)
    reasons: list[str] = []
    asks = _said_by(seen, words.unedited if published else words.asks)
    titled = any(
        word in flat(line) for line in lines[:4] if len(line) <= 120 for word in words.titles
    )
    if asks >= 2 and asks * 6 >= len(lines):
        reasons.append(f"{asks:,} lines begin with the label of one who asks or answers.")
    if published:
        return Suspicion("transcript", tuple(reasons)) if reasons else None
    if _returning(seen) >= 4 and _returning(seen) * 10 >= len(lines) * 3:
        reasons.append(f"{_returning(seen):,} of {len(lines):,} lines begin with a speaker.")
    stamped = sum(bool(_STAMPED.match(line[:16])) for line in lines)
    if stamped >= 3 and stamped * 5 >= len(lines):
        reasons.append(f"{stamped:,} lines begin with a time of a recording.")
    if titled and (reasons or seen.labelled >= 2 or len(lines) >= 3):
        reasons.append("Its first lines call it a transcript, a testimony or confidential.")
    return Suspicion("transcript", tuple(reasons)) if reasons else None


def _said_by(seen: Turns, roles: frozenset[str]) -> int:
    return sum(times for label, times in seen.speakers if _role(label) in roles)


def _role(label: str) -> str:
    """Return a label without the number that tells one speaker from another: "Speaker 2"."""
    return flat(label).strip(" .0123456789№#-")


def _returning(seen: Turns) -> int:
    returning = [times for _, times in seen.speakers if times >= 2]
    return sum(returning) if len(returning) >= 2 else 0


def _json(text: str) -> Suspicion | None:
    keys = {flat(key) for key in re.findall(r'"([^"\\\n]{1,40})"\s{0,9}:', text)}
    words = _words()
    people = sorted(keys & words.json_people)
    chat = sorted(keys & words.json_keys)
    if len(people) >= 2 or {"passport", "phone_number", "паспорт"} & keys:
        return Suspicion("contacts", (f"Its fields are {', '.join(people)}.",))
    if ("messages" in keys and len(chat) >= 2) or len(chat) >= 3:
        return Suspicion("chat", (f"Its fields are {', '.join(chat)}.",))
    return None
