"""Masks names of which nobody knows whose they are, until someone gives a reason to keep them."""

import re
from collections.abc import Iterable, Mapping

from guvoh.languages.fold import fold, skeleton
from guvoh.model.text import Span
from guvoh.protect.detect import detect
from guvoh.protect.exposure import BLACK
from guvoh.protect.forms import bare, parts, stems, tokens
from guvoh.protect.page import Kind, is_common, words_of

_LEAST = 3  # letters; shorter words are no names to go by
_BONES = 4  # consonants from which a place is known again
TOGETHER = re.compile(
    rf"{BLACK}+(?: {BLACK}+)+"
)  # one unknown word may be anything, two look like a name
# A Slavic adjective of an open name in another case: "Открытого" of "Открытый берег". Forms that a surname takes for
# a woman are left out.
_ADJECTIVE = ("yy", "iy")
_OBLIQUE = frozenset(("ogo", "omu", "om", "ym", "im", "ykh", "ikh", "ymi", "imi"))
LISTED = ("en", "ru")  # languages whose common words are listed


class Unknown:
    """Blacks out names that are neither open nor kept, and counts them.

    `open_names` are of outlets, bodies, places, public people and pseudonyms; `keep` gives the reason
    for each name that stays in spite of nobody knowing it. `places` are skeletons of the case's places,
    by which one is known in another script and with another ending.
    """

    def __init__(
        self,
        open_names: Iterable[str],
        keep: Mapping[str, str],
        places: frozenset[str] = frozenset(),
    ) -> None:
        self._places = frozenset(one for one in places if len(one) >= _BONES)
        self._open = {part for name in (*open_names, *keep) for part in parts(name)}
        self._adjectives = {
            stem for part in self._open if part.endswith(_ADJECTIVE) for stem in bare(part)
        }
        self.masked: set[str] = set()

    def text(self, text: str, language: str) -> str:
        """Return a text of equal length with unknown names blacked out."""
        pieces = list(text)
        for suspect in detect(text, language):
            if suspect.kind is not Kind.NAME:
                continue
            start = suspect.span.start
            for token in tokens(text[start : suspect.span.end]):
                if token.disguised or self._stays(token.text, token.folds, language):
                    continue
                span = Span(start + token.span.start, start + token.span.end)
                pieces[span.start : span.end] = BLACK * (span.end - span.start)
                self.masked.add(token.folds[0])
        return "".join(pieces)

    def _stays(self, word: str, folds: tuple[str, ...], language: str) -> bool:
        if len(word) < _LEAST or not word[:1].isupper() or BLACK in word:
            return True
        if skeleton(word) in self._places:
            return True
        if any(end in _OBLIQUE and stem in self._adjectives for stem, end in stems(folds[0])):
            return True
        words = words_of(language.partition("-")[0])
        return any(
            folded in self._open
            or folded in words.generic
            or folded in words.countries
            or folded in words.peoples
            or folded.removesuffix("s") in words.peoples
            or folded in words.months
            or folded in words.days
            or folded in words.titles
            or folded in words.wide
            or (word.isupper() and folded in words.acronyms)
            or any(
                folded.startswith(name) and len(name) > _LEAST for name in self._beginning(folded)
            )
            or (language in LISTED and is_common(language, folded))
            for folded in (*folds, fold(word))
        )

    def _beginning(self, folded: str) -> Iterable[str]:
        """Yield open names that begin as an inflected word does: "Мурманской" of "Мурманск"."""
        return (
            folded[:length] for length in range(4, len(folded)) if folded[:length] in self._open
        )
