"""How many units of time a phrase gives: "two", "a few", "three or four", "two and a half"."""

from guvoh.reading.numbers import number_at, plain_figures
from guvoh.reading.passage import DASH, JOIN, Passage
from guvoh.reading.times_figures import skip


def amount_at(passage: Passage, index: int) -> tuple[float, float | None, int] | None:
    """Return (low, high, word after it) of a number of units: "two", "a", "several", "3 or 4"."""
    language = passage.language
    if index >= len(passage):
        return None
    vague = passage.match(language.vague, index)
    number = number_at(passage, index)
    if vague is not None and (number is None or vague[0] > number.end):
        of = skip(passage, vague[0], "of") if passage.gap(vague[0]) == JOIN else vague[0]
        return vague[1].low, vague[1].high, of
    if number is not None:
        end, high = number.end, float(number.value)
        to = passage.is_one(language.bounds, end, "to", "or") if passage.gap(end) == JOIN else None
        if to is None and passage.gap(end) in (DASH, JOIN) and plain_figures(passage, end):
            to = end
        upper = number_at(passage, to) if to is not None else None
        if upper is not None and float(upper.value) > high:
            high, end = float(upper.value), upper.end
        half = (
            passage.is_one(language.time_links, end, "and-a-half")
            if passage.gap(end) == JOIN
            else None
        )
        if half is not None:
            return number.value + 0.5, number.value + 0.5, half
        return float(number.value), high, end
    article = passage.is_one(language.bounds, index, "article")
    if article is not None and passage.gap(article) == JOIN:
        return 1, 1, article
    half = passage.is_one(language.bounds, index, "fraction 2")
    if half is not None:
        article = passage.is_one(language.bounds, half, "article")
        return 0.5, 0.5, article or skip(passage, half, "the")
    return None
