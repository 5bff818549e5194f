"""Acts: what is said to have been done, to whom and by whom, in the field's vocabulary."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.model.claim import Act, SourceKind
from guvoh.model.text import Span
from guvoh.reading.cast import Cast, Entity, Mention, ends_phrase
from guvoh.reading.layout import Layout, Range
from guvoh.reading.roles import Parties, parties
from guvoh.reading.verbs import pronouns_of_people

_NO_ACT = "no-act"  # words that are none, though they hold some of an act
_WILLING = "willing"  # words of free will in the languages' lists
_SENDING = "send"  # words that are deployment or transfer, as the text tells of war or not
_OF_WAR = frozenset(("deploy", "fight", "surrender", "capture"))
_REACH = 10  # tokens from a negation to them
_BEHIND = "behind"  # words that tell of an act behind those of another list
_STOPS = (".", "!", "?", ";", ":")
_UNDERGONE = "undergone"  # words whose subject is who undergoes the act
_FAR = 10  # tokens between the two
# What stands before a verb, before a noun, and after a verb that has an object.
_VERBAL = (
    "to",
    "modals",
    "future",
    "does",
    "subject_pronouns",
    "relatives",
    "subject_contractions",
)
_NOMINAL = ("determiners", "possessives", "prepositions", "adjectives")
# What can stand between a subject and its verb.
_SMALL = ("auxiliaries", "be", "cue_adverbs", "negations", "relatives", "modals", "future")
_OBJECTS = ("determiners", "possessives", "objects_of_third", "objects")


@dataclass(frozen=True, slots=True)
class Doing:
    """An act with the mentions of those in it as (role, mention); `own` are the speaker's own roles."""

    act: Act
    tokens: Range
    parties: tuple[tuple[str, Mention], ...]
    own: tuple[str, ...] = ()
    plain: bool = False  # told in words that are of no act by themselves

    @property
    def span(self) -> Span:
        """Return where the act is named."""
        return self.act.span


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    path = resources.files("guvoh.reading") / "acts.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, Mapping[str, Any]]:
    """Return the vocabulary of acts by key: label, HURIDOCS term, ICCS code, roles."""
    return {row["key"]: row for row in _table()["act"]}


def find_acts(layout: Layout, cast: Cast) -> tuple[Doing, ...]:
    """Return the acts of a text in order, none overlapping."""
    code = layout.lexicon.language
    if code not in LANGUAGES:
        return ()
    lexicon = load(code)
    doings: list[Doing] = []
    heads = [tokens.first for tokens in layout.sentence_tokens]
    before: Parties | None = None
    sentence = -1
    found = list(layout.phrases(lexicon.acts))
    sending = "deploy" if any(name in _OF_WAR for _, name in found) else "transfer"
    for place, (tokens, key) in enumerate(found):
        name, *needs = key.split()
        if name == _SENDING:
            name = sending
        if name == _WILLING:
            name, tokens = "coerce", _unwilling(layout, tokens)
        verb = whole = tokens
        if needs[:1] == [_BEHIND]:
            verb = _verb_before(layout, found[:place], tokens, needs[1].split("/"))
            whole = Range(verb.first, tokens.last)
            if verb.last > verb.first and doings and doings[-1].tokens == verb:
                if doings[-1].plain or name == _NO_ACT:
                    doings.pop()
                else:
                    whole = tokens
        if name not in vocabulary() or verb.last <= verb.first:
            continue
        if any(layout.tokens[k].text in _STOPS for k in range(*tokens)):
            continue
        if tokens.last - tokens.first == 1 and not needs and not _tells(layout, tokens.first):
            continue
        number = bisect_right(heads, verb.first)
        row = vocabulary()[name]
        role = "affected" if needs == [_UNDERGONE] else str(row.get("subject", "perpetrator"))
        going_on = before if number == sentence else None
        needs_object = bool(row.get("needs_object") or needs)
        who = parties(layout, cast, verb, role, going_on, needs_object, unasked=not needs)
        if needs and needs != [_UNDERGONE] and not _of_people(layout, cast, verb, who):
            continue
        before, sentence = who, number
        act = Act(name, layout.span(whole), _tense(layout, verb))
        doings.append(Doing(act, whole, before.mentions, before.own, plain=bool(needs)))
    return tuple(doings)


def _verb_before(
    layout: Layout, found: Sequence[tuple[Range, str]], tokens: Range, keys: Sequence[str]
) -> Range:
    """Return the words of one of `keys` to which `tokens` belong: "put them all on a bus"; else nothing."""
    for other, key in reversed(found):
        between = range(other.last, tokens.first)
        if len(between) > _FAR or any(layout.tokens[k].text in _STOPS for k in between):
            break
        if key.split()[0] in keys:
            return other
        if _BEHIND in key:
            break
    return Range(tokens.first, tokens.first)


def _of_people(layout: Layout, cast: Cast, tokens: Range, who: Parties) -> bool:
    """Return whether people undergo an act, said of them right beside its words."""
    if "affected" in who.own:
        return True
    for role, mention in who.mentions:
        entity = cast.entities[mention.entity]
        people = entity.kind in (SourceKind.PERSON, SourceKind.GROUP) and not entity.office
        if role == "affected" and people and _beside(layout, tokens, mention.tokens):
            return True
    if pronouns_of_people(layout.lexicon.language):
        return _by_pronoun(layout, tokens)
    after, k = tokens.last, tokens.first - 1
    if after < len(layout.tokens) and any(layout.has(group, after) for group in ("he", "she")):
        return layout.has("objects_of_third", after) and (
            not layout.has("possessives", after) or ends_phrase(layout, after)
        )
    passive = False
    while k > 0 and any(layout.has(group, k) for group in _SMALL):
        passive = passive or layout.has("be", k)
        k -= 1
    one = any(layout.has(group, k) for group in ("he", "she")) if k >= 0 else False
    return passive and one and layout.has("subject_pronouns", k)


def _by_pronoun(layout: Layout, tokens: Range) -> bool:
    """Return whether somebody undergoes an act in a language whose things are he and she too.

    "Lo detuvieron" and "a été arrêté" without a noun before tell of him, "la production a été
    arrêtée" does not.
    """
    words = pronouns_of_people(layout.lexicon.language)
    beside = (tokens.first - 1, *([tokens.last] if layout.lexicon.order.get("cases") else []))
    if any(0 <= k < len(layout.tokens) and layout.tokens[k].low in words for k in beside):
        return True
    k, passive = tokens.first - 1, layout.has("be", tokens.first)
    while k >= 0 and any(layout.has(group, k) for group in _SMALL):
        if layout.tokens[k].low in words:
            return True
        passive = passive or layout.has("be", k)
        k -= 1
    return passive and (k < 0 or layout.has("subject_pronouns", k) or not layout.tokens[k].word)


def _beside(layout: Layout, tokens: Range, mention: Range) -> bool:
    """Return whether nothing but small words stands between an act's words and somebody's."""
    if layout.lows[mention.last] in ("'s", "’s", "'", "’"):
        return False  # "took the workers' bags"
    between = [
        k
        for k in range(mention.last, tokens.first)
        if layout.tokens[k].text != "," and not any(layout.has(group, k) for group in _SMALL)
    ]
    # "22 obreros bolivianos encadenados": a word that says which people stands behind them.
    return not between or (
        len(between) == 1
        and between[0] == mention.last
        and bool(pronouns_of_people(layout.lexicon.language))
    )


def _tells(layout: Layout, k: int) -> bool:
    """Return whether a word tells of an act, where it could be a noun of another meaning.

    "They force them" and "to force" do, "the forces" and "a police force" do not.
    """
    if not layout.has("nouns_too", k):
        return True
    before = k - 1
    while before >= 0 and (layout.has("cue_adverbs", before) or layout.has("negations", before)):
        if any(layout.has(group, before) for group in _VERBAL):
            break
        before -= 1
    if before >= 0 and any(layout.has(group, before) for group in _VERBAL):
        return True
    if before >= 0 and any(layout.has(group, before) for group in _NOMINAL):
        return False
    return k + 1 < len(layout.tokens) and any(layout.has(group, k + 1) for group in _OBJECTS)


def _unwilling(layout: Layout, tokens: Range) -> Range:
    """Return "not one went willingly" for "willingly", nothing where no negation stands before it."""
    first = tokens.last
    for k in range(tokens.first - 1, max(tokens.first - _REACH, -1), -1):
        if not layout.tokens[k].word or layout.has("subordinators", k):
            break
        if layout.has("negations", k):
            first = k
    return Range(first, tokens.last)


def coerces(doing: Doing) -> bool:
    """Return whether an act says that others are done against somebody's will."""
    return bool(vocabulary()[doing.act.name].get("coerces"))


def harms(doing: Doing) -> bool:
    """Return whether an act is done to those it affects, against them."""
    row = vocabulary()[doing.act.name]
    return row.get("subject", "perpetrator") == "perpetrator" and not row.get("kind")


def coerced(doings: Sequence[Doing]) -> tuple[Act, ...]:
    """Return the acts of one claim; where coercion is among them, what was coerced says so."""
    forced = any(coerces(doing) for doing in doings)
    acts = []
    for doing in doings:
        act = doing.act
        if forced and vocabulary()[act.name].get("can_be_coerced"):
            act = Act(act.name, act.span, act.tense, coerced=True)
        acts.append(act)
    return tuple(acts)


def _tense(layout: Layout, tokens: Range) -> str:
    for k in range(tokens.first - 1, max(tokens.first - 6, -1), -1):
        token = layout.tokens[k]
        if not token.word:
            break
        groups = layout.groups[k]
        ahead = "future" in groups or "future_in_past" in groups
        if ahead and not layout.has("possessives", k - 1):  # "held against their will" is past
            return "future"
        if any(
            match.entry.section == "cues" and match.entry.info["class"] == "want"
            for match in layout.matches.get(k, ())
        ):
            return "future"
        if "subjunctive" in groups:
            return "none"
        if "past_auxiliaries" in groups:
            return "past"
        if "present_auxiliaries" in groups:
            following = layout.tokens[tokens.first].low
            return "present" if following.endswith("ing") or "be" in groups else "past"
        if "to" in groups:
            return "none"
    low = layout.tokens[tokens.first].low
    if any(layout.has("future", k) for k in range(*tokens)):
        return "future"
    if layout.lexicon.language != "en":
        last = layout.tokens[tokens.last - 1].low
        return _ending(
            last if layout.lexicon.order.get("verb_last") else low, layout.lexicon.language
        )
    if low.endswith("ed") or layout.has("past_forms", tokens.first):
        return "past"
    return "none" if low.endswith("ing") else "present"


def _ending(verb: str, language: str) -> str:
    """Return the tense that a verb's ending tells, "none" where it tells none."""
    marks = _table()["tense"].get(language, {})
    for tense in ("past", "future", "present"):
        if verb.endswith(tuple(marks.get(tense, ()))):
            return tense
    return "none"


def can_take_part(entity: Entity, role: str) -> bool:
    """Return whether somebody in the cast can have the role: better nobody than nonsense.

    A document takes part in nothing, an organisation is not taken or sent, and of a name or words
    of which nothing is known no deed is told.
    """
    if entity.kind in (SourceKind.DOCUMENT, SourceKind.UNNAMED):
        return False
    if role == "affected" and entity.kind is SourceKind.ORGANISATION:
        return False
    known = entity.roles or entity.relations or entity.ethnic
    return bool(known or (entity.named and len(entity.name) > 1))


def role_kind(kind: SourceKind) -> str:
    """Return the kind of a participant for the kind of a source."""
    return "group" if kind is SourceKind.UNNAMED else kind.value
