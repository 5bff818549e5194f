"""The language of a scrape's paragraphs by their function words, and by identification where unsure."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from guvoh.clean.language import differing, language_of
from guvoh.clean.plain_words import flat
from guvoh.model.text import Span

# A paragraph is settled by its function words when they are at least this many, this share of its
# words (per mille) and this many times those of any other language. On NTREX, where no word list
# was tuned, no settled text of the seven languages was wrong (docs of the measure in the tests).
_FEWEST, _SHARE, _TIMES = 4, 50, 3
_LONG = 80  # characters from which a paragraph may differ from its report, as in `language`
_PHRASE = 40  # characters from which two function words of one language and none of another tell it
_SAMPLE = 600  # characters given to identification where function words do not settle it
_HEARD = 20_000  # characters of one paragraph whose words are looked at; few are longer than 3,000
# A paragraph of which this share of the words' beginnings (per mille) stands in the paragraphs that are
# surely in the report's language is in it, too: on NTREX and our own sentences 89 in 100 paragraphs
# reach it, and of some 2,500 in another language none.
_BEGINNING, _ALIKE = 5, 350
_EDGES = '.,:;!?()[]«»“”"…–—-'


@cache
def _words() -> dict[str, tuple[str, ...]]:
    source = files("guvoh.clean").joinpath("plain_language.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for language, words in tomllib.loads(source).items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


class _Paragraph(NamedTuple):
    """A long paragraph: its words, its function words by language, and the language they settle."""

    span: Span
    tokens: list[str]
    counts: dict[str, int]
    settled: str | None

    @property
    def beginnings(self) -> set[str]:
        """Return how the words begin: what endings and compounds leave alike."""
        return {token[:_BEGINNING] for token in self.tokens}


def languages_of(text: str, paragraphs: Sequence[Span]) -> tuple[str, tuple[tuple[Span, str], ...]]:
    """Return the language of a text, and the paragraphs that are in another one."""
    index = _words()
    long: list[_Paragraph] = []
    for span in paragraphs:
        if span.end - span.start >= _LONG:
            tokens = flat(text[span.start : min(span.end, span.start + _HEARD)]).split()
            counts = _counts(tokens, index)
            long.append(_Paragraph(span, tokens, counts, _settled(counts, len(tokens))))
    language = _majority(long) or _settled_whole(text, index) or language_of(text[:_SAMPLE])
    others: list[tuple[Span, str]] = []
    home: set[str] | None = None
    for one in long:
        if one.settled is not None:
            if one.settled != language:
                others.append((one.span, one.settled))
        elif not _is_home(one.counts, language):
            if home is None:
                home = {
                    beginning
                    for p in long
                    if p.settled == language or (p.settled is None and _is_home(p.counts, language))
                    for beginning in p.beginnings
                }
            own = one.beginnings
            if len(own & home) * 1_000 < len(own) * _ALIKE or not own:
                others.extend(differing(text, (one.span,), language))
    return language, tuple(others)


def language_of_phrase(text: str) -> str:
    """Return the language of a caption: by its function words where all are of one language."""
    tokens = flat(text).split()
    counts = _counts(tokens, _words())
    if len(counts) == 1 and len(text) >= _PHRASE:
        (language,) = counts
        if counts[language] >= 2 and counts[language] * 1_000 >= len(tokens) * _SHARE:
            return language
    return language_of(text)


def _settled_whole(text: str, index: dict[str, tuple[str, ...]]) -> str | None:
    tokens = flat(text[:_HEARD]).split()
    return _settled(_counts(tokens, index), len(tokens))


def _majority(by_paragraph: Sequence[_Paragraph]) -> str | None:
    """Return the language of most of the text that is settled; of the earlier one where equal."""
    lengths: Counter[str] = Counter()
    for one in by_paragraph:
        if one.settled is not None:
            lengths[one.settled] += one.span.end - one.span.start
    return max(lengths, key=lambda name: lengths[name], default=None)


def _is_home(counts: dict[str, int], language: str) -> bool:
    """Say whether a paragraph's few function words are those of its report more than any other's."""
    other = max((hits for name, hits in counts.items() if name != language), default=0)
    own = counts.get(language, 0)
    return own >= 1 and own >= 2 * other


def _counts(tokens: Sequence[str], index: dict[str, tuple[str, ...]]) -> dict[str, int]:
    groups: dict[tuple[str, ...], int] = {}
    for languages in map(index.get, tokens):
        if languages is not None:
            groups[languages] = groups.get(languages, 0) + 1
    counts: dict[str, int] = {}
    for languages, hits in groups.items():
        for language in languages:
            counts[language] = counts.get(language, 0) + hits
    return counts


def _settled(counts: dict[str, int], words: int) -> str | None:
    if not counts:
        return None
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    best, hits = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if hits >= _FEWEST and hits * 1_000 >= words * _SHARE and hits >= _TIMES * second:
        return best
    return None
