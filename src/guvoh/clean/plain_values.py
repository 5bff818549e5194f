"""Values that a line states, whether a label names them or not: dates, addresses, bylines, makers."""

from guvoh.clean import plain_dates, plain_words
from guvoh.clean.plain_lines import Line
from guvoh.clean.plain_page import Made, Page, Place, Waste
from guvoh.clean.plain_words import MARKS, Label
from guvoh.model.report import MakingKind

LONGEST_VALUE = 80  # characters
END_MARKS = ".!?…。؟"


def said(page: Page, kind: str, place: Place, value: str) -> bool:
    """Take a value that a label names: a date, an address, a byline, a publisher."""
    value = value.strip().strip("*_").strip()
    if kind in {"published", "updated"}:
        return dated(page, place, value, kind)
    if kind == "url":
        return address(page, place, value) or _source(page, place, value)
    if kind == "publisher":
        if page.publisher is not None or len(value) > LONGEST_VALUE or value[-1] in END_MARKS:
            return False
        if value[0].islower() and not plain_words.is_domain(value):
            return False  # "Media: thirty men were taken away" is a title
        page.publisher = place._replace(text=value)
        return True
    return byline(page, place, value)


def dated(page: Page, place: Place, value: str, kind: str) -> bool:
    """Take a date; the first that is not of an update is that of publication."""
    when = plain_dates.edtf(value)
    if when is None:
        return False
    if kind == "updated" or page.published is not None:
        reason = "date of an update" if kind == "updated" else "a further date"
        page.debris.append(Waste(place.start, place.end, reason))
    else:
        page.published, page.dated = when, place
    return True


def address(page: Page, place: Place, value: str) -> bool:
    """Take an address; the first is the page's own."""
    url = value.strip("<>()[]\"'")
    if not url.startswith(("http://", "https://", "www.")) or len(url.split()) != 1:
        return False
    if page.address is None:
        page.address = url
        page.making.append(Made(MakingKind.CANONICAL, place, url))
    else:
        page.debris.append(Waste(place.start, place.end, "a further address"))
    return True


def _source(page: Page, place: Place, value: str) -> bool:
    """Keep "Source: X" where X is no address: credit to an outlet."""
    if len(value) > LONGEST_VALUE or len(value.split()) > 8 or value[-1] in "!?…:":
        return False
    page.making.append(Made(MakingKind.CREDIT, place, value.strip(".")))
    return True


def byline(page: Page, place: Place, value: str) -> bool:
    """Take names, and the outlet, role or date that stand after them between commas."""
    if len(value) > 120 or value[-1] in "!?…:":
        return False
    # Marks of emphasis are no part of a name, nor are those who edited it.
    value = value.replace("*", "").replace("_", " ").partition(";")[0].strip(" ()")
    value, _, behind = value.partition(" | ")
    if behind and page.published is None and plain_dates.edtf(behind):
        page.published, page.dated = plain_dates.edtf(behind), place
    elif behind and page.publisher is None and len(behind) <= LONGEST_VALUE and ":" not in behind:
        page.publisher = place._replace(text=behind)
    value, outlet = _written_for(value)
    if not value:
        return False
    if outlet and plain_words.names(value.split(",")[0]) and page.publisher is None:
        page.publisher = place._replace(text=outlet)
    first, *rest = [part.strip() for part in value.rstrip(".").split(",")]
    spans = plain_words.names(first)
    if not spans:
        if plain_words.is_outlet(value) and page.publisher is None:
            page.publisher = place._replace(text=value)
            return True
        return False
    more = [part for part in rest if plain_words.names(part) and not plain_words.is_outlet(part)]
    page.bylines += [place._replace(text=first[start:end]) for start, end in spans]
    for part in rest:
        if plain_words.is_outlet(part) and page.publisher is None:
            page.publisher = place._replace(text=part)
        elif part in more and not plain_words.is_role(part):
            page.bylines += [place._replace(text=part[a:b]) for a, b in plain_words.names(part)]
        elif page.published is None and plain_dates.edtf(part):
            page.published, page.dated = plain_dates.edtf(part), place
    return True


def _written_for(value: str) -> tuple[str, str | None]:
    """Return a byline and the outlet for which it says it was written, by a capital."""
    low = plain_words.flat(value)
    for words in plain_words.vocabulary().written_for:
        at = low.find(words)
        outlet = value[at + len(words) :].strip() if at > 0 else ""
        if outlet and outlet[0].isupper() and len(outlet.split()) <= 6:
            return value[:at].strip(), outlet
    return value, None


def made(page: Page, line: Line, label: Label) -> bool:
    """Keep what a page says of its making; a whole paragraph that begins so is body as well."""
    value = line.text[label.value :].strip(MARKS + ".")
    if len(value) > 160 or (len(value.split()) > 14):
        return False
    kind = MakingKind.TRANSLATOR if label.kind == "translator" else MakingKind.CREDIT
    page.making.append(Made(kind, Place(line.text, line.start, line.end), value or None))
    return True


def copyright_line(page: Page, line: Line, _following: Line | None, _late: bool) -> bool:
    """Take a line of copyright: of the page, or of the image at hand."""
    text = line.text.lstrip(MARKS)
    if text[:1] not in "©(cC" or len(text) > 300:
        return False
    low = plain_words.flat(text[:20])
    if not low.startswith(("©", "(c)", "copyright")):
        return False
    words = [
        word
        for word in text.replace("©", " ").split()
        if plain_words.flat(word).strip(".,") not in {"(c)", "copyright", "by"}
    ]
    name = " ".join(words).partition(".")[0].strip(" ,|–—-0123456789")
    place = Place(line.text, line.start, line.end)
    if page.picture is not None and plain_words.is_agency(name):
        page.depict("credit", place._replace(text=name))
    else:
        page.making.append(Made(MakingKind.COPYRIGHT, place, name or None))
    return True
