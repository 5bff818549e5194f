"""Acts: what is said to have been done, to whom and by whom, in the field's vocabulary."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from guvoh.languages.lexicon import LANGUAGES, load
from guvoh.model.claim import Act, SourceKind
from guvoh.model.text import Span
from guvoh.reading.cast import Cast, Entity, Mention
from guvoh.reading.layout import Layout, Range

_REACH = 12


@dataclass(frozen=True, slots=True)
class Doing:
    """An act with the mentions of those in it as (role, mention)."""

    act: Act
    tokens: Range
    parties: tuple[tuple[str, Mention], ...]

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
    words = layout.words
    doings: list[Doing] = []
    for first, last, name in lexicon.acts.find(words):
        if name not in vocabulary():
            continue
        span = Span(words[first].start, words[last - 1].end)
        tokens = layout.range_of(span)
        if tokens.last <= tokens.first:
            continue
        doings.append(_doing(layout, cast, name, span, tokens))
    return tuple(doings)


def coerced(doings: Sequence[Doing]) -> tuple[Act, ...]:
    """Return the acts of one claim; where coercion is among them, what was coerced says so."""
    forced = any(vocabulary()[doing.act.name].get("coerces") for doing in doings)
    acts = []
    for doing in doings:
        act = doing.act
        if forced and vocabulary()[act.name].get("can_be_coerced"):
            act = Act(act.name, act.span, act.tense, coerced=True)
        acts.append(act)
    return tuple(acts)


def _doing(layout: Layout, cast: Cast, name: str, span: Span, tokens: Range) -> Doing:
    row = vocabulary()[name]
    parties: list[tuple[str, Mention]] = []
    before = _mention_before(layout, cast, tokens.first)
    passive = (
        _passive(layout, tokens)
        or _participle(layout, tokens)
        or _impersonal(layout, tokens, before)
    )
    after = _mention_after(layout, cast, tokens.last)
    subject_role = str(row.get("subject", "perpetrator"))
    if passive or layout.has("prepositions", tokens.first):
        # "Were forced", and "without their consent", which speaks of those who had no say.
        if before is not None:
            parties.append(("affected", before))
        agent = _agent(layout, cast, tokens.last)
        if agent is not None:
            parties.append(("perpetrator", agent))
    else:
        if before is not None:
            parties.append((subject_role, before))
        if after is not None and subject_role == "perpetrator":
            parties.append(("affected", after))
    return Doing(Act(name, span, _tense(layout, tokens)), tokens, tuple(parties))


def _passive(layout: Layout, tokens: Range) -> bool:
    if layout.has("be", tokens.first):
        return True
    k = tokens.first - 1
    steps = 0
    while k >= 0 and steps < 4:
        if layout.has("be", k):
            return not layout.tokens[tokens.first].low.endswith("ing")
        if not (layout.has("cue_adverbs", k) or layout.tokens[k].low.endswith("ly")):
            return False
        k -= 1
        steps += 1
    return False


def _participle(layout: Layout, tokens: Range) -> bool:
    """Return whether an act is a participle by its form, as in "put on buses and taken away"."""
    marks = _table()["passive"].get(layout.lexicon.language, {})
    low = layout.tokens[tokens.first].low
    if low not in marks.get("words", ()) and not low.endswith(tuple(marks.get("endings", ()))):
        return False
    before = layout.tokens[max(tokens.first - 3, 0) : tokens.first]
    return not any(token.low in marks.get("unless", ()) for token in before)


def _impersonal(layout: Layout, tokens: Range, before: Mention | None) -> bool:
    """Return whether the people before a verb are its object, as in "рабочих увезли"."""
    marks = _table()["passive"].get(layout.lexicon.language, {})
    if before is None or "impersonal" not in marks:
        return False
    people = layout.tokens[before.tokens.last - 1].low
    verb = layout.tokens[tokens.first].low
    return verb.endswith(marks["impersonal"]) and people.endswith(tuple(marks["objects"]))


def _tense(layout: Layout, tokens: Range) -> str:
    for k in range(tokens.first - 1, max(tokens.first - 6, -1), -1):
        token = layout.tokens[k]
        if not token.word:
            break
        if layout.has("future", k) or layout.has("future_in_past", k):
            return "future"
        if any(
            match.entry.section == "cues" and match.entry.info["class"] == "want"
            for match in layout.matches.get(k, ())
        ):
            return "future"
        if layout.has("past_auxiliaries", k):
            return "past"
        if layout.has("present_auxiliaries", k):
            following = layout.tokens[tokens.first].low
            return "present" if following.endswith("ing") or layout.has("be", k) else "past"
        if layout.has("to", k):
            return "none"
    low = layout.tokens[tokens.first].low
    if layout.lexicon.language != "en":
        return _ending(low, layout.lexicon.language)
    if low.endswith("ed") or layout.has("past_forms", tokens.first):
        return "past"
    return "none" if low.endswith("ing") else "present"


def _ending(verb: str, language: str) -> str:
    """Return the tense that a verb's ending tells, "none" where it tells none."""
    marks = _table()["tense"].get(language, {})
    for tense in ("past", "present"):
        if verb.endswith(tuple(marks.get(tense, ()))):
            return tense
    return "none"


def _mention_before(layout: Layout, cast: Cast, first: int) -> Mention | None:
    """Return the nearest mention left of an act in its clause, objects of prepositions left out."""
    k = first - 1
    while k >= 0 and first - k <= _REACH:
        if layout.tokens[k].text in ";:.!?" or layout.tokens[k].text in '“”«»"':
            return None
        mention = cast.covered.get(k)
        if mention is not None:
            start = mention.tokens.first
            if (
                start == 0
                or not layout.has("prepositions", start - 1)
                or _counted(layout, start - 1)
            ):
                return mention
            k = start - 1
            continue
        if layout.has("subject_pronouns", k) or layout.has("subordinators", k):
            return None
        k -= 1
    return None


def _counted(layout: Layout, preposition: int) -> bool:
    """Return whether "of" follows a quantity: "tens of thousands of prisoners"."""
    return (
        preposition > 0
        and layout.has("of", preposition)
        and (layout.has("counters", preposition - 1) or layout.has("quantifiers", preposition - 1))
    )


def _mention_after(layout: Layout, cast: Cast, last: int) -> Mention | None:
    for k in range(last, min(last + 6, len(layout.tokens))):
        if (
            layout.tokens[k].text in ",;:.!?"
            or (layout.has("prepositions", k) and not _counted(layout, k))
            or layout.has("subordinators", k)
        ):
            return None
        if k in cast.covered:
            return cast.covered[k]
    return None


def _agent(layout: Layout, cast: Cast, last: int) -> Mention | None:
    for k in range(last, min(last + 8, len(layout.tokens))):
        if layout.tokens[k].text in ",;:.!?":
            return None
        if layout.has("by", k):
            for j in range(k + 1, min(k + 5, len(layout.tokens))):
                if j in cast.covered:
                    return cast.covered[j]
            return None
    return None


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
