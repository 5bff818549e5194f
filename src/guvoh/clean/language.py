"""The language of a text by its letters and words, "und" rather than a guess from little."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from guvoh.model.text import Span

UNKNOWN = "und"

# Scripts by the first code point of their blocks; only those that part two ways of writing.
_SCRIPTS = (("Cyrl", 0x0400, 0x052F), ("Arab", 0x0600, 0x06FF), ("Latn", 0x0041, 0x024F))
# The script in which each of these is written unless its tag says otherwise: Unicode CLDR's likely
# subtags (release 45), save Uzbek and Serbian whose two scripts are both in daily use.
_USUAL = {
    "az": "Latn", "bs": "Latn", "kk": "Cyrl", "ky": "Cyrl", "ku": "Latn", "mn": "Cyrl", "sr": "Cyrl",
    "tg": "Cyrl", "tk": "Latn", "tt": "Cyrl", "ug": "Arab", "uz": "Latn",
}  # fmt: skip
# Varieties that a few paragraphs cannot part: a page's own statement decides among them.
_CLOSE = (
    frozenset({"sr", "hr", "bs"}),
    frozenset({"id", "ms"}),
    frozenset({"no", "nb", "nn", "da"}),
)

# Below this the identifier is right too seldom on short texts: on our own list of names, captions
# and prompts no wrong answer of it reached 0.55, and sentences lie above 0.9.
_SURE = 0.55
_FEWEST_LETTERS = 14
_SAMPLE = 600  # characters that decide the language of a report
_PARAGRAPH = 80  # characters from which a paragraph may differ from its report
_PARAGRAPH_SURE = 0.9


@cache
def identifier() -> Any:
    """Return py3langid's model, loaded once per process: 95 MB, in two thirds of a second."""
    kind: Any = LanguageIdentifier
    model = kind.from_model_file(MODEL_FILE, norm_probs=True)
    # Varieties without a two-letter code draw short texts away from the languages that people mean.
    model.set_languages([label for label in model.labels if len(label) == 2])
    return model


def identify(text: str, declared: str | None = None) -> str | None:
    """Return the language of a short or long text, None where it cannot be told.

    ISO 639-1 with the script where it is not the usual one of that language ("uz-Cyrl"). `declared`
    (a language tag) decides only between candidates that the text leaves close.
    """
    sample = text[:_SAMPLE]
    if sum(char.isalpha() for char in sample) < _FEWEST_LETTERS:
        return None
    ranked: list[tuple[str, float]] = identifier().rank(sample)
    best, share = ranked[0]
    best = _twin(best, sample)
    said = primary(declared)
    if said is not None and said != best:
        close = any(best in group and said in group for group in _CLOSE)
        near = share < 0.8 and dict(ranked).get(said, 0.0) > 0.2
        if close or near:
            return with_script(said, sample)
    if share < _SURE and not (said == best and share > 0.2):
        close_share = max(
            (
                sum(part for name, part in ranked if name in group)
                for group in _CLOSE
                if best in group
            ),
            default=0.0,
        )
        if close_share < _SURE:
            return None
    return with_script(best, sample)


@cache
def _marks() -> dict[str, frozenset[str]]:
    source = files("guvoh.clean").joinpath("close_languages.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(source).items()}


def _twin(best: str, sample: str) -> str:
    """Return the one of close languages whose own words the sample has most, `best` where they tie."""
    group = next((group for group in _CLOSE if best in group), frozenset())
    known = {name: words for name, words in _marks().items() if name in group}
    if not known or script_of(sample) != "Latn":
        return best
    found = {word.strip(".,:;!?()«»“”„\"'") for word in sample.lower().split()}
    hits = {name: len(found & words) for name, words in known.items()}
    most = max(hits.values())
    return best if hits.get(best, 0) == most else max(sorted(hits), key=lambda name: hits[name])


def primary(tag: str | None) -> str | None:
    """Return the language part of a tag ("en-GB" gives "en"), None if it is none."""
    if not tag:
        return None
    part = tag.strip().replace("_", "-").split("-")[0].lower()
    return part if part.isascii() and part.isalpha() and 2 <= len(part) <= 3 else None


def with_script(language: str, text: str) -> str:
    """Return the language with the script of `text` where that is not its usual one."""
    usual = _USUAL.get(language)
    script = script_of(text) if usual is not None else None
    return language if script in (None, usual) else f"{language}-{script}"


def script_of(text: str) -> str | None:
    """Return the script of most letters of a text among Latin, Cyrillic and Arabic."""
    counts = dict.fromkeys((name for name, _, _ in _SCRIPTS), 0)
    for char in text[:_SAMPLE]:
        if char.isalpha():
            point = ord(char)
            for name, first, last in _SCRIPTS:
                if first <= point <= last:
                    counts[name] += 1
                    break
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def language_of(text: str, declared: str | None = None) -> str:
    """Return the language of a report's text, "und" where it cannot be told."""
    found = identify(text, declared)
    if found is not None:
        return found
    return UNKNOWN


def differing(text: str, paragraphs: Sequence[Span], language: str) -> tuple[tuple[Span, str], ...]:
    """Return the paragraphs that are long enough and surely in another language than the report."""
    found: list[tuple[Span, str]] = []
    common = _common_words(text, paragraphs)
    for span in paragraphs:
        if span.end - span.start < _PARAGRAPH:
            continue
        if _shares(text[span.start : span.end], common):
            continue
        paragraph = text[span.start : min(span.end, span.start + _SAMPLE // 2)]
        best, share = identifier().classify(paragraph)
        tagged = with_script(best, paragraph)
        if tagged == language or share < _PARAGRAPH_SURE or _same_group(best, language):
            continue
        found.append((span, tagged))
    return tuple(found)


def _same_group(one: str, other: str) -> bool:
    base = other.split("-", maxsplit=1)[0]
    return any(one in group and base in group for group in _CLOSE)


def _short_words(text: str) -> set[str]:
    return {word for word in text.lower().split() if len(word) <= 4 and word.isalpha()}


def _common_words(text: str, paragraphs: Sequence[Span]) -> set[str]:
    """Return the short words that stand in two paragraphs at least, or an eighth of them: particles."""
    counts: dict[str, int] = {}
    for start, end in paragraphs:
        for word in _short_words(text[start : min(end, start + _SAMPLE)]):
            counts[word] = counts.get(word, 0) + 1
    least = max(2, len(paragraphs) // 8)
    return {word for word, count in counts.items() if count >= least}


def _shares(paragraph: str, common: set[str]) -> bool:
    """Tell whether a paragraph shares so many particles with the others that it is in their language."""
    short = _short_words(paragraph[:_SAMPLE])
    return len(short & common) >= 3 and 3 * len(short & common) > len(short)
