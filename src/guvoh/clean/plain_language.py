"""The language of a scrape's paragraphs by their function words, and by identification where unsure."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

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
_EDGES = '.,:;!?()[]«»“”"…–—-'


@cache
def _words() -> dict[str, tuple[str, ...]]:
    source = files("guvoh.clean").joinpath("plain_language.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for language, words in tomllib.loads(source).items():
        for word in dict.fromkeys(words.split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def languages_of(text: str, paragraphs: Sequence[Span]) -> tuple[str, tuple[tuple[Span, str], ...]]:
    """Return the language of a text, and the paragraphs that are in another one."""
    index = _words()
    total: Counter[str] = Counter()
    words = 0
    by_paragraph: list[tuple[Span, Counter[str], str | None]] = []
    for span in paragraphs:
        tokens = flat(text[span.start : span.end]).split()
        counts = _counts(tokens, index)
        total.update(counts)
        words += len(tokens)
        if span.end - span.start >= _LONG:
            by_paragraph.append((span, counts, _settled(counts, len(tokens))))
    language = _majority(by_paragraph) or _settled(total, words) or language_of(text[:_SAMPLE])
    others: list[tuple[Span, str]] = []
    for span, counts, settled in by_paragraph:
        if settled is None and not _is_home(counts, language):
            others.extend(differing(text, (span,), language))
        elif settled not in (None, language):
            others.append((span, str(settled)))
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


def _majority(by_paragraph: Sequence[tuple[Span, Counter[str], str | None]]) -> str | None:
    """Return the language of most of the text that is settled; of the earlier one where equal."""
    lengths: Counter[str] = Counter()
    for span, _, settled in by_paragraph:
        if settled is not None:
            lengths[settled] += span.end - span.start
    return max(lengths, key=lambda name: lengths[name], default=None)


def _is_home(counts: Counter[str], language: str) -> bool:
    """Say whether a paragraph's few function words are those of its report more than any other's."""
    other = max((hits for name, hits in counts.items() if name != language), default=0)
    return counts[language] >= 1 and counts[language] >= 2 * other


def _counts(tokens: Sequence[str], index: dict[str, tuple[str, ...]]) -> Counter[str]:
    groups: dict[tuple[str, ...], int] = {}
    for languages in [index[word] for word in tokens if word in index]:
        groups[languages] = groups.get(languages, 0) + 1
    counts: Counter[str] = Counter()
    for languages, hits in groups.items():
        for language in languages:
            counts[language] += hits
    return counts


def _settled(counts: Counter[str], words: int) -> str | None:
    if not counts:
        return None
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    best, hits = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if hits >= _FEWEST and hits * 1_000 >= words * _SHARE and hits >= _TIMES * second:
        return best
    return None
