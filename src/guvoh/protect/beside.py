"""What stands beside the texts of the versions of one report: titles, words about images, addresses, tags, authors."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from guvoh.languages.fold import fold, skeleton
from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.model.report import Report
from guvoh.protect.page import is_common
from guvoh.protect.unknown import TOGETHER, Unknown

_WORD = re.compile(r"[^\W\d_]{3,}")
# Uzbek writes two of its letters with a mark, so that "g‘isht" is one word.
_MARKED = re.compile(r"[^\W\d_]*[og][‘’ʻʼ'][^\W\d_](?:[‘’ʻʼ']?[^\W\d_])*", re.IGNORECASE)
_PARTED = re.compile(r" [-–—|›»·] ")
_QUOTED = re.compile('[“«"‘][^“«"‘”»’]*[”»"’]')
TAGS = "tags"  # why such a list is no text (model.report.Debris)
_SLUG = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Told:
    """The folded words of all versions: by report, those in small letters, in how many reports each is."""

    words: Mapping[str, frozenset[str]]
    small: frozenset[str]
    reports: Mapping[str, int]

    def elsewhere(self, word: str, report: str) -> bool:
        """Say whether another report has a word."""
        return self.reports.get(word, 0) > (word in self.words[report])


def told_of(reports: Iterable[Report]) -> Told:
    """Return the words of versions, each report read once."""
    words: dict[str, frozenset[str]] = {}
    small: set[str] = set()
    number: Counter[str] = Counter()
    for report in reports:
        every = every_word(report)
        words[report.id] = frozenset(map(fold, every))
        small |= {fold(word) for word in every if word[0].islower()}
        number.update(words[report.id])
    return Told(words, frozenset(small), number)


def every_word(report: Report) -> list[str]:
    """Return the words of three letters and more of a report, of its title and of its images."""
    text = " ".join((report.text, *said_beside(report)))
    return _WORD.findall(text) + _MARKED.findall(text)


def said_beside(report: Report) -> Iterator[str]:
    """Yield the title, without the outlet's name before or after it, and the words about images."""
    if report.title is not None:
        yield max(_PARTED.split(report.title.text), key=len)
    for image in report.images:
        yield from (one.text for one in (image.caption, image.alt) if one is not None)


def beside(
    told: Told, report: Report, bound: Sequence[Report], open_names: Sequence[str]
) -> Iterator[str]:
    """Yield the folded words of unknown names that stand beside a report and in no report of `bound`."""
    known = {word for other in bound for word in told.words[other.id]}
    known |= {fold(word) for word in every_word(report) if word[0].islower()}
    unknown = Unknown(open_names, {})
    for text in said_beside(report):
        # One unknown word with a capital may be anything; two that stand together look like a name.
        for pair in TOGETHER.finditer(unknown.text(text, report.language)):
            words = map(fold, text[slice(*pair.span())].split())
            yield from (one for one in words if one not in known)
    yield from _in_tags(report, unknown, known)
    yield from _of_author(report)
    rare = [one for one in _slug(report.url) if not is_common("en", one)]
    if rare:
        bones = {skeleton(word) for word in (*known, *map(fold, every_word(report)))}
        yield from (one for one in rare if skeleton(one) not in bones)
    yield from _of_images(told, report)


def _in_tags(report: Report, unknown: Unknown, known: set[str]) -> Iterator[str]:
    """Yield words of unknown names in the page's list of tags: such a list names whom the page is about."""
    for line in (
        line for one in report.debris if one.reason == TAGS for line in one.text.splitlines()
    ):
        if any(True for _ in TOGETHER.finditer(unknown.text(line, report.language))):
            yield from (word for word in map(fold, _WORD.findall(line)) if word not in known)


def _of_author(report: Report) -> Iterator[str]:
    """Yield the words of the bylines of a page whose title speaks in the first person: "My night there".

    In quotation marks, after a name and a colon or with a word of saying it is somebody else who speaks.
    """
    code = report.language.partition("-")[0]
    language = load(code) if code in LANGUAGES else None
    if language is None or report.title is None:
        return
    told = language.words(_QUOTED.sub(" ", report.title.text))
    if ":" in report.title.text or any(True for _ in language.cues.find(told)):
        return
    if any(
        one.person == 1 and one.number != "plural" for _, _, one in language.pronouns.find(told)
    ):
        for line in report.bylines:
            yield from map(fold, _WORD.findall(line.text))


def _of_images(told: Told, report: Report) -> Iterator[str]:
    """Yield words of the addresses of images that no version has, where two follow each other.

    One alone is the name of an outlet or an agency.
    """
    bones: set[str] | None = None
    for image in report.images:
        words = _slug(image.url.text if image.url else None)
        rare = [not is_common("en", one) for one in words]
        if not _adjoining(rare):
            continue
        if bones is None:
            bones = {skeleton(word) for word in told.reports}
        rare = [one and skeleton(word) not in bones for one, word in zip(rare, words, strict=True)]
        yield from (words[at] for at in _adjoining(rare))


def _adjoining(marks: Sequence[bool]) -> list[int]:
    """Return the places of marks that have another beside them."""
    return [at for at, one in enumerate(marks) if one and True in (*marks[max(0, at - 1) : at], *marks[at + 1 : at + 2])]  # fmt: skip


def _slug(url: str | None) -> list[str]:
    """Return the words of the last part of an address."""
    try:
        path = unquote(urlsplit(url or "").path)
    except ValueError:
        return []
    return _SLUG.findall(fold(path.rstrip("/").rpartition("/")[2].partition(".")[0]))
