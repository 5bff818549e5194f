"""Finds what may lead to a person in a text, without knowing anyone: names, dates, numbers, circumstances."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guvoh.model.text import Span
from guvoh.protect.page import Kind, Page, Words, is_known, page_of, words_of

_INSIDE = re.compile(r"[ \u00a0\-–’'&/]{0,2}|[ \u00a0]?\(")
_WITH = {"and", "a", "half"}
_ARTICLES = ("a", "an", "as")
_LEAST = 3  # letters of a rare word
_REACH = 4  # words after a title, and words of a number


@dataclass(frozen=True, slots=True)
class Suspect:
    """A stretch of text that may lead to a person."""

    span: Span
    kind: Kind


def detect(text: str, language: str = "en") -> tuple[Suspect, ...]:
    """Return what may lead to a person, in order, none overlapping.

    Nothing is known of anyone: most of what is found is harmless. Measured by `python -m benchmarks
    protect` on English court cases; other languages have months, peoples, capitals and digits alone.
    """
    page = page_of(text, language)
    words = words_of(page.code)
    _numbers(page, words)
    _amounts(page, words)
    _dates(page, words)
    if page.small:
        _small_names(page, words)
    else:
        _names(page, words)
    _rare(page, words)
    _around(page, words)
    _lives(page, words)
    return tuple(_joined(page))


def _numbers(page: Page, words: Words) -> None:
    """Mark numbers, but those of laws and of lists."""
    law = False
    for at in range(len(page.words)):
        if not page.is_number(at):
            continue
        before = page.fold_at(at - 1)
        follows = page.is_number(at - 1) or before in ("and", "or", "to")
        law = (
            before in words.law
            or (at > 0 and page.words[at - 1].startswith("§"))
            or (before in ("no", "nos") and page.fold_at(at - 2) in words.law)
            or (law and follows)
        )
        if not law and not _is_listed(page, at):
            page.mark(Kind.NUMBER, at)


def _is_listed(page: Page, at: int) -> bool:
    start, end = page.spans[at]
    line = page.text.rfind("\n", 0, start) + 1
    return not page.text[line:start].strip() and page.text[end : end + 1] in (".", ")")


def _amounts(page: Page, words: Words) -> None:
    """Mark what is counted and in what: "ten plots", "EUR 290,000", "approximately"."""
    for at, folded in enumerate(page.folds):
        if folded in words.numbers:
            last = at
            while page.fold_at(last + 1) in words.numbers | _WITH and last - at < _REACH:
                last += 1
            if page.fold_at(last + 1) in words.units or page.fold_at(last + 2) in words.units:
                page.mark(Kind.NUMBER, *range(at, last + 1))
            if folded != "two":  # of two anything there is too much to mark it all
                page.mark(Kind.NUMBER, at)
        elif folded == "one" and page.fold_at(at + 1) in words.units:
            page.mark(Kind.NUMBER, at)
    for at, folded in enumerate(page.folds):
        if folded in ("noon", "midnight", "am", "pm", "a.m", "p.m") and page.is_number(at - 1):
            page.mark(Kind.NUMBER, at)
        if folded in words.units:
            if page.marked(at - 1) or (page.marked(at + 1) and page.is_number(at + 1)):
                page.mark(Kind.NUMBER, at)
            elif page.marked(at - 2) and page.fold_at(at - 1) in words.peoples | {"other", "m"}:
                page.mark(Kind.NUMBER, at - 1, at)


def _dates(page: Page, words: Words) -> None:
    for at, folded in enumerate(page.folds):
        if folded in words.months and (
            page.is_number(at + 1)
            or page.is_number(at - 1)
            or (page.capital(at) and folded not in ("may", "march", "mar", "sun"))
            or (page.small and folded not in ("may", "march", "mar", "sun"))
        ):
            page.mark(Kind.DATE, at)
    for at in range(len(page.folds) - 1, -1, -1):
        if page.folds[at] in words.when:
            near = next(
                (
                    k
                    for k in range(at + 1, at + 4)
                    if page.fold_at(k) not in ("of", "and", "in", "the")
                ),
                at,
            )
            if page.marked(near) and (page.kinds[near] in (Kind.DATE, Kind.NUMBER)):
                page.mark(Kind.DATE, at)


def _names(page: Page, words: Words) -> None:
    """Mark runs of capitalised words, unless every word of one says only what kind of body it is."""
    at = 0
    while at < len(page.words):
        if not (page.words[at][0].isalpha() and page.capital(at)):
            at += 1
            continue
        last = _run(page, at, words)
        first = at
        if page.begins(at) and (is_known(page, at) or _is_generic(page.folds[at], words)):
            first = at + (last > at or is_known(page, at) or _is_generic(page.folds[at], words))
        run = range(first, last + 1)
        if any(not _is_generic(page.folds[k], words) or _is_van(page, k, words) for k in run):
            page.mark(Kind.NAME, *run)
        at = last + 1


def _run(page: Page, at: int, words: Words) -> int:
    """Return the last word of a run of capitalised words, small words between them taken in."""
    while True:
        gap = page.gap(at)
        if page.folds[at] in words.titles:
            gap = gap.removeprefix(".")
        if not _INSIDE.fullmatch(gap):
            return at
        step = 1
        while step <= 3 and page.fold_at(at + step) in words.links and not page.capital(at + step):
            if not _INSIDE.fullmatch(page.gap(at + step)):
                return at
            step += 1
        following = at + step
        if not page.capital(following):
            return at
        at = following


def _is_van(page: Page, at: int, words: Words) -> bool:
    """Say whether a word that links others in small letters is a name here: Van, La, Den."""
    title = page.words[at][1:].islower()
    return page.folds[at] in words.links and title and page.capital(at) and not page.begins(at)


def _is_generic(folded: str, words: Words) -> bool:
    return (
        folded in words.generic
        or folded in words.countries
        or folded in words.peoples
        or folded in words.law
        or folded in words.links
    )


def _small_names(page: Page, words: Words) -> None:
    """Mark names in a text without capitals: what follows a title; words that are no words are rare."""
    for at, folded in enumerate(page.folds):
        if folded not in words.titles:
            continue
        for place in range(at + 1, at + 1 + _REACH):
            gap = page.gap(place - 1)
            if gap.strip(" .-\u00a0") or "\n" in gap or not page.fold_at(place)[:1].isalpha():
                break
            if page.fold_at(place) in words.links | {"a", "in", "to", "was", "who", "is", "that"}:
                break
            page.mark(Kind.NAME, place)


def _around(page: Page, words: Words) -> None:
    """Mark what stands with a name and says more of it: its country, its kind, the people it is of."""
    for at, folded in enumerate(page.folds):
        if folded in words.peoples:
            if page.gap(at) == "-" and page.fold_at(at + 1) in words.peoples:
                page.mark(Kind.PEOPLE, at, at + 1)
            following = page.fold_at(at + 1)
            belongs = following in ("national", "nationals")
            if belongs or (following not in words.generic and not page.capital(at + 1)):
                page.mark(Kind.PEOPLE, at)
        named = page.names(at - 1)
        if named and folded in words.countries and page.gap(at - 1).strip() == ",":
            page.mark(Kind.NAME, at)
        if named and folded in words.generic and page.gap(at - 1) in (" ", "\u00a0", "-"):
            page.mark(Kind.NAME, at)
        if folded in words.parts and page.fold_at(at + 1) in words.countries:
            page.mark(Kind.NAME, at, at + 1)
    for at in range(len(page.folds) - 2):
        of = page.folds[at] in words.generic and page.fold_at(at + 1) == "of"
        if of and page.names(at + 2):
            page.mark(Kind.NAME, at)


def _lives(page: Page, words: Words) -> None:
    """Mark work, health, standing and age, with the words between the article and them."""
    for at, folded in enumerate(page.folds):
        if folded == "old" and page.marked(at - 1):
            page.mark(Kind.LIFE, at)
        if folded == "age" and page.fold_at(at - 1) == "of" and page.marked(at - 2):
            page.mark(Kind.LIFE, at - 1, at)
        one = folded
        if one not in words.being and one not in words.serving:
            continue
        article = next((k for k in range(at - 1, at - 4, -1) if page.fold_at(k) in _ARTICLES), None)
        # "A lawyer practising in" is how every court case names counsel.
        counsel = one == "lawyer" and page.fold_at(at + 1) in ("practising", "practicing")
        if one in words.being or (article is not None and not counsel):
            page.mark(Kind.LIFE, at)
        if article is not None and page.marked(at):
            page.mark(Kind.LIFE, *range(article + 1, at))


def _rare(page: Page, words: Words) -> None:
    """Mark words that news has too seldom to be counted: in small letters a name is one of them."""
    if page.code not in ("en", "ru"):
        return
    for at, folded in enumerate(page.folds):
        if len(folded) < _LEAST or not folded.isalpha() or page.capital(at) or is_known(page, at):
            continue
        if _is_generic(folded, words):
            continue
        page.mark(Kind.RARE, at)


def _joined(page: Page) -> Iterator[Suspect]:
    """Yield suspects, neighbours of one kind together."""
    open_: Suspect | None = None
    for span, kind in zip(page.spans, page.kinds, strict=True):
        if kind is None:
            continue
        if open_ is not None:
            between = page.text[open_.span.end : span.start]
            if open_.kind is kind and len(between) <= 2 and "\n" not in between:
                open_ = Suspect(Span(open_.span.start, span.end), kind)
                continue
            yield open_
        open_ = Suspect(span, kind)
    if open_ is not None:
        yield open_
