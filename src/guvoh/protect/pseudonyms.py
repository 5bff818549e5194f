"""Puts codes and pseudonyms in place of the people of a private account, and says what is undecided."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guvoh.languages.fold import fold
from guvoh.model.text import Span
from guvoh.protect.detect import detect
from guvoh.protect.forms import tokens
from guvoh.protect.identity import Identity
from guvoh.protect.leaks import find, together
from guvoh.protect.page import Kind
from guvoh.protect.registry import Form, Registry

WITHHELD = "[withheld]"
# What reaches a person: addresses, accounts, numbers of six digits and more, papers ("AB 1234567").
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}|(?<!\w)@\w{3,40}|"
    r"(?<!\w)\+?\d(?:[\s().\u2010-\u2015/-]{0,3}\d){5,20}|(?<!\w)[A-Z]{1,3}[ -]?\d{5,10}(?!\w)"
)
_TALKED = frozenset((Kind.NAME, Kind.RARE))  # kinds of suspects that are a name or may be one
_FEW = 3  # codes of which one may be meant that are worth listing


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name or contact in an account of which nobody has decided: as written, and where it stands."""

    text: str
    spans: tuple[Span, ...]
    contact: bool = False


@dataclass(frozen=True, slots=True)
class Swap:
    """What stood at `before` in the original text and stands at `after` now; whose it is, if anyone's."""

    before: Span
    after: Span
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """An account as builds may read it, and what was put in place of what, in order."""

    text: str
    swaps: tuple[Swap, ...]


def undecided(
    text: str, language: str, registry: Registry, decided: Iterable[str]
) -> tuple[Proposal, ...]:
    """Return the names and contacts that are neither of the registry nor decided, in order.

    `decided` are strings to be kept or withheld; a name all of whose words stand in them is settled.
    In a text without capitals every word that texts seldom have may be a name.
    """
    words = {folded for one in decided for token in tokens(one) for folded in token.folds}
    known = [leak.span for leak in find(registry, text)]
    found: dict[str, tuple[str, list[Span], bool]] = {}
    for span, contact in _candidates(text, language):
        if any(span.start < one.end and one.start < span.end for one in known):
            rest = _rest(text, span, known)
            # A given name before a surname that somebody protected shares is asked about with it.
            shared = _shares_surname(text, span, rest, registry)
            span = span if shared else rest
        own = tokens(text[span.start : span.end])
        if not own or all(words & set(token.folds) for token in own):
            continue
        key = fold(text[span.start : span.end])
        found.setdefault(key, (text[span.start : span.end], [], contact))[1].append(span)
    return tuple(Proposal(said, tuple(spans), contact) for said, spans, contact in found.values())


def _candidates(text: str, language: str) -> Iterator[tuple[Span, bool]]:
    contacts = [Span(*match.span()) for match in _CONTACT.finditer(text)]
    names = [one.span for one in detect(text, language) if one.kind in _TALKED]
    apart = [
        span
        for span in names
        if not any(span.start < one.end and one.start < span.end for one in contacts)
    ]
    yield from sorted([(span, True) for span in contacts] + [(span, False) for span in apart])


def _rest(text: str, span: Span, known: Sequence[Span]) -> Span:
    """Return what of a candidate lies outside what is known, from its first to its last word there."""
    outside = [
        Span(span.start + token.span.start, span.start + token.span.end)
        for token in tokens(text[span.start : span.end])
    ]
    outside = [
        one for one in outside if not any(one.start < k.end and k.start < one.end for k in known)
    ]
    if not outside:
        return Span(span.start, span.start)
    return Span(outside[0].start, outside[-1].end)


def _shares_surname(text: str, span: Span, rest: Span, registry: Registry) -> bool:
    """Say whether what is left of a candidate goes before one part of a known name that ends it."""
    if rest.start == rest.end or span.start != rest.start:
        return False
    leaks = find(registry, text[span.start : span.end])
    return (
        all(leak.form is Form.PART for leak in leaks)
        and len({leak.span for leak in leaks}) == 1
        and not text[rest.end : span.start + leaks[0].span.start].strip()
    )


def pseudonymise(text: str, registry: Registry, withheld: Iterable[str]) -> Pseudonymised:
    """Return an account with codes or pseudonyms where protected people stood.

    Dotted initials that may be a protected person's are taken for it. Strings that are `withheld`
    give way to "[withheld]" wherever they stand. Raises ValueError where a name stays after all.
    """
    labels = {one.code: one.pseudonym or one.code for one in registry.identities}
    cuts: list[tuple[Span, str, tuple[str, ...]]] = []
    leaks = [one for one in find(registry, text) if one.certain or one.form is Form.INITIALS]
    forms = {(leak.span.start, leak.span.end): leak.form for leak in leaks}
    for span, codes in together(leaks):
        cuts.append((span, _label(codes, forms, span, labels), codes))
    for span in _occurrences(text, withheld):
        if not any(span.start < one.end and one.start < span.end for one, _, _ in cuts):
            cuts.append((span, WITHHELD, ()))
    made = _cut(text, sorted(cuts, key=lambda cut: cut[0]))
    left = [leak for leak in find(registry, made.text) if leak.certain]
    if left:
        raise ValueError("a protected name stays in the text")
    return made


def _label(
    codes: tuple[str, ...],
    forms: Mapping[tuple[int, int], Form],
    span: Span,
    labels: Mapping[str, str],
) -> str:
    within = {f for (start, end), f in forms.items() if span.start <= start and end <= span.end}
    if within <= {Form.CONTACT, Form.WITHHELD}:
        return WITHHELD
    named = " or ".join(labels[code] for code in codes[:_FEW])
    return f"a relative of {named}" if within == {Form.RELATIVE} else named


def _occurrences(text: str, strings: Iterable[str]) -> Iterator[Span]:
    registry = Registry(
        Identity(f"W{number}", (string,), (string,))
        for number, string in enumerate(dict.fromkeys(strings))
    )
    exact = [one for one in dict.fromkeys(strings) if one]
    for one in exact:
        at = text.find(one)
        while at >= 0:
            yield Span(at, at + len(one))
            at = text.find(one, at + len(one))
    for leak in find(registry, text):
        if leak.certain and leak.form is not Form.PART:
            yield leak.span


def _cut(text: str, cuts: Sequence[tuple[Span, str, tuple[str, ...]]]) -> Pseudonymised:
    pieces: list[str] = []
    swaps: list[Swap] = []
    done = length = 0
    for span, label, codes in cuts:
        if span.start < done:
            continue
        pieces += [text[done : span.start], label]
        length += span.start - done
        swaps.append(Swap(span, Span(length, length + len(label)), codes))
        length += len(label)
        done = span.end
    return Pseudonymised("".join([*pieces, text[done:]]), tuple(swaps))
