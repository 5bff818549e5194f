"""Voices of a draft: whether one is named where it speaks, and whether a passage names it."""

from guvoh.corroborate.descriptions import describe
from guvoh.drafts.meanings import Meaning
from guvoh.drafts.sentence import Sentence
from guvoh.drafts.wordlists import wordlists
from guvoh.languages.fold import fold, skeleton
from guvoh.model.claim import Link, SourceKind
from guvoh.protect.exposure import located

_MARKS = "«»“”\"'’.,;:!?()"
_FOLLOWS = 16  # characters after a word for naming in which the name stands
LONG = 7  # letters of a word by which who denies is known again
_SHORT = 3  # consonants from which a name is known again with an ending


def named(link: Link, sentence: Sentence) -> bool:
    """Tell whether a voice is named in a sentence, so that it can be missed elsewhere.

    One that an earlier sentence names is only guessed to speak here.
    """
    if link.kind not in (SourceKind.PERSON, SourceKind.ORGANISATION) or link.span is None:
        return False
    draft = sentence.draft
    said = draft.text[link.span.start : link.span.end]
    listed = wordlists().get(draft.language.partition("-")[0], {})
    if fold(said) in listed.get("people", ()):
        return False
    here = sentence.span.start <= link.span.start < sentence.span.end
    return here and set(describe(said, draft.language).names) > set(located(said))


def here(link: Link, sentence: Sentence) -> bool:
    """Tell whether a sentence has the name of a voice, so that it is surely whom it means."""
    names = describe(link.name, sentence.draft.language).names
    return bool(names) and all(name in sentence.text for name in names)


def stands_in(link: Link, text: str) -> bool:
    """Tell whether a stretch has any word of a name, in any script."""
    bones = {skeleton(word.strip(_MARKS)) for word in text.split() if word[:1] != word[:1].lower()}
    wanted = [skeleton(word) for word in link.name.split() if word[:1].isupper()]
    return any(
        one == other or (len(one) >= _SHORT and other.startswith(one))
        for one in wanted
        for other in bones
    )


def calls(sentence: Sentence, meaning: Meaning) -> bool:
    """Tell whether a name follows a word for naming: "named him Davron" is not denied by "which is not his name"."""
    after = sentence.draft.text[meaning.span.end : meaning.span.end + _FOLLOWS]
    return meaning.name == "name" and any(name.split()[0] in after for name in sentence.names)


def name_in(name: str, text: str) -> bool:
    """Tell whether a stretch has every word of a name with a capital, in any script; nothing has none."""
    bones = {skeleton(word.strip(_MARKS)) for word in text.split() if word[:1] != word[:1].lower()}
    wanted = [skeleton(word) for word in name.split() if word[:1].isupper()]
    return bool(wanted) and all(
        any(one == other or (len(one) >= _SHORT and other.startswith(one)) for other in bones)
        for one in wanted
    )


def telling(name: str) -> list[str]:
    """Return the words of who denies by which a draft may speak of it: not the place, if it has an office."""
    long = [word for word in name.split() if len(word) >= LONG]
    return [fold(word) for word in long if word.islower()] or [fold(word) for word in long]
