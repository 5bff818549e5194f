"""Takes the values out of changes that may unmask somebody whom a report protects."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from guvoh.languages.fold import fold
from guvoh.lineage.background import folded_word, word_weight
from guvoh.lineage.credits import same_outlet
from guvoh.lineage.side import Side
from guvoh.lineage.values import has_word, is_masked
from guvoh.model.claim import WITHHELD, Exposure, Person, SourceKind
from guvoh.model.lineage import Change, ChangeKind
from guvoh.model.text import Span

_WORD = re.compile(r"[^\W\d_]+")
# Words of a protected person's name are kept back unless every text has them ("The", at the start of a
# sentence); such as are not capitalised, where few texts do.
_NAMING, _RARE = 8, 50
_PUTS_IN_PLACE = (ChangeKind.PERSON, ChangeKind.SOURCE)


def sealed(change: Change, parent: Side, child: Side, binding: Sequence[Side] = ()) -> Change:
    """Return a change without its values where one of them may unmask somebody (DESIGN section 3).

    Such a value names a protected person, or a private one whom a version that withholds something
    does not name. A name put in the place of one that stands openly there unmasks nobody.
    `binding` are further versions of the text: what one of them withholds binds all.
    """
    versions = (parent, child, *binding)
    withholding = [side for side in versions if withholds(side)]
    if change.withheld or not withholding:
        return change
    words = {
        fold(word) for value in (change.from_, change.to) if value for word in _WORD.findall(value)
    }
    if (
        any(is_masked(value) for value in (change.from_, change.to) if value)
        or words & _protected(versions)
        or _supplies(parent, change.from_span, withholding)
        or (
            _supplies(child, change.to_span, withholding)
            and not _takes_the_place_of_a_name(change, parent, withholding)
        )
    ):
        return replace(change, from_=None, to=None, withheld=True)
    return change


def withholds(side: Side) -> bool:
    """Tell whether a report keeps back somebody's name or more.

    One whose own name was taken out of a report, since another withholds it, is withheld by that other.
    """
    return any(
        (person.pseudonym or person.withheld) and person.name != WITHHELD
        for person in _people(side)
    )


def _people(side: Side) -> tuple[Person, ...]:
    return side.reading.people if side.reading else ()


def _is_protected(person: Person) -> bool:
    return person.pseudonym or bool(person.withheld) or person.exposure is Exposure.PROTECTED


def _protected(versions: Sequence[Side]) -> frozenset[str]:
    """Return the folded words of protected people's names in any version; outlets are no people.

    Who has no name is known by a description ("the mother of one of them"), whose words name nobody.
    """
    outlets = {side.publisher for side in versions if side.publisher}
    outlets |= {credit.name for side in versions for credit in side.credits}
    names = {
        (name, side.base)
        for side in versions
        for person in _people(side)
        if _is_protected(person) and person.name != WITHHELD
        for name in (person.name, *person.aliases)
    }
    return frozenset(
        fold(word)
        for name, base in names
        if not any(same_outlet(name, outlet) for outlet in outlets)
        for word in _WORD.findall(name)
        if len(word) > 2
        and word_weight(base, folded_word(word)) >= (_NAMING if word[0].isupper() else _RARE)
    )


def _private(side: Side, span: Span | None) -> Iterator[list[str]]:
    """Yield the capitalised words of the names of private people that a stretch names."""
    for person in _people(side) if span is not None else ():
        if person.kind is not SourceKind.PERSON or person.exposure is Exposure.PUBLIC:
            continue
        for mention in person.mentions:
            if span is None or not span.start <= mention.start < span.end:
                continue
            told = _WORD.findall(side.report.text[mention.start : mention.end])
            named = [w for w in told if w[0].isupper() and w in _WORD.findall(person.name)]
            if named:
                yield named
                break


def _supplies(side: Side, span: Span | None, withholding: Sequence[Side]) -> bool:
    """Tell whether a stretch has a private name that another version, which withholds, does not have.

    A report that was not read may name anybody.
    """
    others = [other for other in withholding if other.id != side.id]
    if span is not None and side.reading is None and others:
        return True
    return any(
        not has_word(other.report.text, word, across=other.base != side.base)
        for named in _private(side, span)
        for word in named
        for other in others
    )


def _takes_the_place_of_a_name(change: Change, parent: Side, withholding: Sequence[Side]) -> bool:
    """Tell whether a change swaps a name that a withholding version itself says openly."""
    if change.kind not in _PUTS_IN_PLACE:
        return False
    return any(
        has_word(other.report.text, word, across=other.base != parent.base)
        for named in _private(parent, change.from_span)
        for word in named
        for other in withholding
    )
