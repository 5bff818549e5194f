"""Roles: who did an act to whom, by voice, word order, case endings, prepositions and agents."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from guvoh.languages.lexicon import load
from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Cast, Mention, antecedent, mentions_before
from guvoh.reading.layout import Layout, Range, is_mark

_DOING = ("perpetrator", "intervening")  # roles of those who do something to others
_REACH = 14  # tokens before an act in which its subject is looked for
_OBJECT = 7  # tokens behind it for its object
_AGENT = 8  # the same for "by the police"
_ENDING = 2  # letters that tell a verb's form
_PRONOUN = 3  # tokens between a verb and the pronoun that is its object
_MEMORY = 60  # tokens back to the group that "them" means


@dataclass(frozen=True, slots=True)
class Parties:
    """Those in an act as (role, mention); `own` are the roles of whoever speaks: "they took us"."""

    mentions: tuple[tuple[str, Mention], ...] = ()
    own: tuple[str, ...] = ()
    subject: Mention | None = None
    end: int = 0  # the token behind the act
    passive: bool = False


@dataclass(frozen=True, slots=True)
class _Verb:
    """An act's verb: its tokens, the role of its subject, whether it is passive, its language's marks."""

    layout: Layout
    cast: Cast
    tokens: Range
    subject_role: str
    marks: Mapping[str, Any]
    passive: bool
    needs_object: bool = False

    @property
    def sentence(self) -> Range:
        """Return the act's sentence, in which everyone in it stands."""
        sentences = self.layout.sentence_tokens
        at = bisect_right(sentences, self.tokens.first, key=lambda one: one.first) - 1
        return sentences[at] if at >= 0 else Range(0, len(self.layout.tokens))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    path = resources.files("guvoh.reading") / "roles.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def pronouns_of_people(language: str) -> frozenset[str]:
    """Return the object pronouns that stand beside a verb in a language whose things are he and she too."""
    marks = _table().get(language, {})
    him = marks.get("him", ())
    return frozenset((*him, *marks.get("them", ()), *marks.get("us", ())) if him else ())


def parties(
    layout: Layout,
    cast: Cast,
    tokens: Range,
    subject_role: str,
    before: Parties | None,
    needs_object: bool = False,
    unasked: bool = True,
) -> Parties:
    """Return who takes part in the act named at `tokens`.

    `subject_role` is the role of the subject of its verb in the active, which `needs_object` or can
    do without; `before` are the parties of the act before it in the sentence, whose subject goes on
    behind "and". Where the act's words hold a negation, they tell of those `unasked`.
    """
    marks = _table().get(layout.lexicon.language, {})
    begins = cast.covered.get(tokens.first)
    if begins is not None and begins.tokens.last < tokens.last and unasked:
        tokens = Range(begins.tokens.last, tokens.last)  # "men taken from"
    verb = _Verb(layout, cast, tokens, subject_role, marks, False, needs_object)
    if unasked and any(layout.has("negations", k) for k in range(*tokens)):
        return _of_unasked(verb)
    if _is_noun(verb):
        return _of_noun(verb)
    within = not unasked and any(layout.has("be", k) for k in range(*tokens))
    behind = layout.has("prepositions", tokens.first) or _passive_too(verb, before)
    if _passive(verb) or within or behind:
        # "Were forced", and "without their consent", which speaks of those who had no say.
        found = _of_passive(_Verb(layout, cast, tokens, subject_role, marks, True), before)
        return replace(found, end=tokens.last, passive=True)
    return replace(_of_active(verb, before), end=tokens.last)


def _passive_too(verb: _Verb, before: Parties | None) -> bool:
    """Return whether the passive before goes on: "had been hit with a pipe and kicked"."""
    layout, first = verb.layout, verb.tokens.first
    return (
        before is not None
        and before.passive
        and layout.has("coordinators", first - 1)
        and _ends(verb, first, "reduced_endings")
        and not any(k in verb.cast.covered for k in range(before.end, first))
    )


def _of_unasked(verb: _Verb) -> Parties:
    """Read "nobody asked them", "not one went willingly": it names nobody who did it."""
    those = verb.cast.covered.get(verb.tokens.first + 1) or _them(verb)
    if those is None and verb.cast.covered.get(verb.tokens.last) is not None:
        return _of_active(verb, None)  # "не выпускали рабочих"
    own = ("affected",) if those is None and _self_object(verb) else ()
    return Parties((("affected", those),) if those is not None else (), own)


def _is_noun(verb: _Verb) -> bool:
    """Return whether the act is named by a noun: "confirmed the transfer", "after his arrest"."""
    layout, k = verb.layout, verb.tokens.first - 1
    if layout.tokens[verb.tokens.first].low in verb.marks.get("nouns", ()):
        return True
    if verb.tokens.last - verb.tokens.first == 1 and (
        _ends(verb, verb.tokens.first, "noun_endings")
        or (
            "noun_endings" in verb.marks
            and k >= 0
            and layout.has("prepositions", k)
            and not layout.has("to", k)
            and not layout.tokens[verb.tokens.first].low.endswith("ing")
        )
    ):
        return True  # "survivors of forced recruitment", "learns of his death"
    return k >= 0 and (
        (layout.has("determiners", k) and not layout.has("pronouns", k))
        or (layout.has("possessives", k) and k not in verb.cast.covered)
    )


def _of_noun(verb: _Verb) -> Parties:
    """Return who is in "the transfer of thirty men by the guards"."""
    found = []
    end = verb.tokens.last
    behind = verb.cast.covered.get(end) or verb.cast.covered.get(end + 1)
    if behind is not None and "nouns" in verb.marks:
        found.append(("affected", behind))
    elif end < len(verb.layout.tokens) and verb.layout.has("of", end):
        affected = next(
            (verb.cast.covered[k] for k in range(end + 1, end + 5) if k in verb.cast.covered), None
        )
        if affected is not None:
            found.append(("affected", affected))
    agent = _agent(verb)
    if agent is not None and agent not in [mention for _, mention in found]:
        found.append(("perpetrator", agent))
    return Parties(tuple(found))


def _of_passive(verb: _Verb, before: Parties | None) -> Parties:
    found: list[tuple[str, Mention]] = []
    subject = _left(verb, skip=_no_patient) or _went_on(verb, before) or _them(verb)
    own = () if subject is not None or not _self_before(verb) else ("affected",)
    if subject is not None:
        found.append(("affected", subject))
    agent = _agent(verb)
    if agent is not None and (subject is None or agent.entity != subject.entity):
        role = verb.subject_role if verb.subject_role in _DOING else "perpetrator"
        found.append((role, agent))
    return Parties(tuple(found), own, subject)


def _of_active(verb: _Verb, before: Parties | None) -> Parties:
    right = _right(verb)
    left = _left(verb, skip=_told_of) if _joined(verb) else None
    left = left or _left(verb)
    if verb.subject_role not in _DOING:
        if before is not None and verb.layout.has("to", verb.tokens.first - 1):
            # "The guards took him out to dig trenches": he digs.
            left = next((one for role, one in before.mentions if role == "affected"), None)
        subject = _inside(verb) or left or _went_on(verb, before) or _them(verb)
        own = (verb.subject_role,) if subject is None and _self_before(verb) else ()
        return Parties(((verb.subject_role, subject),) if subject is not None else (), own, subject)
    subject, affected = left, right
    if left is not None and _before_verb(verb, left, right):
        subject, affected = (None if _is_object(verb, right) else right), left
    if subject is None or subject is affected:
        subject = _went_on(verb, before)
    affected = affected or _them(verb, subject)
    own = ("affected",) if affected is None and _self_object(verb) else ()
    if subject is None and not own and verb.subject_role != "perpetrator" and _self_before(verb):
        own = (verb.subject_role,)
    found = []
    if subject is not None and (affected is None or subject.entity != affected.entity):
        found.append((verb.subject_role, subject))
    if affected is not None:
        found.append(("affected", affected))
    return Parties(tuple(found), own, subject)


def _before_verb(verb: _Verb, left: Mention, right: Mention | None) -> bool:
    """Return whether whoever stands before a verb is its object: "рабочих увезли"."""
    tokens, whom = verb.layout.tokens, verb.marks.get("object_relatives", ())
    if any(tokens[k].low in whom for k in range(left.tokens.last, verb.tokens.first)):
        return True
    first = tokens[left.tokens.first].low
    oblique = first in verb.marks.get("oblique_numbers", ())
    if right is None and (oblique or _counted_off(verb, left)):
        return True
    if not _is_object(verb, left) or _seen_doing(verb, left):
        return False
    # "Трое охранников заперли женщин": the number tells the case, and another is the object.
    counted = first in verb.marks.get("nominative_numbers", ()) or (
        not oblique and _counted_off(verb, left)
    )
    return not (counted and right is not None)


def _counted_off(verb: _Verb, left: Mention) -> bool:
    """Return whether a number stands before those whom a verb without a subject takes: "сорок мужчин сняли"."""
    tokens, start = verb.layout.tokens, left.tokens.first
    if "oblique_numbers" not in verb.marks or not _ends(verb, verb.tokens.first, "plural_verbs"):
        return False
    cardinals = load(verb.layout.lexicon.language).cardinals
    return any(
        tokens[k].text.isdigit() or cardinals.get(tokens[k].low) is not None
        for k in range(max(start - 1, 0), left.tokens.last)
    )


def _seen_doing(verb: _Verb, mention: Mention) -> bool:
    """Return whether somebody was seen or heard doing it: "vi a los guardias golpear a Serik"."""
    layout, start = verb.layout, mention.tokens.first
    endings = tuple(verb.marks.get("infinitives", ()))
    bare = bool(endings) and layout.tokens[verb.tokens.first].low.endswith(endings)
    return bare and any(
        match.entry.section == "knowing" and match.entry.info["basis"] == "eyewitness"
        for k in range(max(start - 3, 0), start)
        for match in layout.matches.get(k, ())
    )


# Voice


def _passive(verb: _Verb) -> bool:
    layout, first = verb.layout, verb.tokens.first
    low = layout.tokens[first].low
    if layout.has("be", first):
        return True
    if any(_ends(verb, k, "passive_verbs") for k in range(*verb.tokens) if layout.tokens[k].word):
        return True
    for k in range(first - 1, max(first - 5, -1), -1):
        if layout.has("be", k):
            return not low.endswith("ing")
        if not (layout.has("cue_adverbs", k) or layout.tokens[k].low.endswith("ly")):
            break
    return _participle(verb, low) or _reduced(verb)


def _reduced(verb: _Verb) -> bool:
    """Return whether a verb follows its object in short: "the men killed in May", "ten men jailed"."""
    layout, first, last = verb.layout, verb.tokens.first, verb.tokens.last
    found = first > 1 and layout.tokens[first - 1].low in verb.marks.get("found", ())
    mention = verb.cast.covered.get(first - 2 if found else first - 1)
    form = _ends(verb, first, "reduced_endings") or (
        layout.tokens[first].low in verb.marks.get("reduced", ())
    )
    has_object = any(k in verb.cast.covered for k in range(first, last))
    if not verb.needs_object or mention is None or not form or has_object:
        return False
    entity = verb.cast.entities[mention.entity]
    if entity.office or entity.kind is SourceKind.ORGANISATION:
        return False
    return (
        last == len(layout.tokens)
        or layout.tokens[last].text in ",;.!?)"
        or layout.has("prepositions", last)
        or (last - first > 1 and layout.has("prepositions", last - 1))
    )


def _participle(verb: _Verb, low: str) -> bool:
    """Return whether an act is a participle by its form, as in "put on buses and taken away"."""
    marks = verb.marks
    if low not in marks.get("participles", ()) and not _ends(
        verb, verb.tokens.first, "participle_endings"
    ):
        return False
    before = verb.layout.tokens[max(verb.tokens.first - 3, 0) : verb.tokens.first]
    return not any(token.low in marks.get("unless", ()) for token in before)


def _ends(verb: _Verb, k: int, what: str) -> bool:
    endings = verb.marks.get(what, ())
    return bool(endings) and verb.layout.tokens[k].low.endswith(tuple(endings))


# Subjects and objects


def _left(verb: _Verb, skip: Any = None) -> Mention | None:
    """Return the nearest mention left of the verb in its clause, objects of prepositions left out."""
    layout, cast = verb.layout, verb.cast
    k, begins = verb.tokens.first - 1, verb.sentence.first
    while k >= begins and verb.tokens.first - k <= _REACH:
        apart = is_mark(layout.tokens[k]) and k not in cast.covered
        if layout.tokens[k].text in ";:!?" or (apart and not _owns(layout, k)):
            return None
        if layout.has("relatives", k):
            return _antecedent_of_relative(verb, k)
        if k not in cast.covered and _speaks(layout, k):
            return None
        mention = cast.covered.get(k)
        if mention is not None:
            start = mention.tokens.first
            free = _free(verb, start) or _clause_begins(verb, mention)
            if free and (skip is None or not skip(verb, mention)):
                return mention
            k = start - 1
            continue
        if layout.has("subject_pronouns", k) or layout.has("subordinators", k):
            return None
        k -= 1
    return None


def _joined(verb: _Verb) -> bool:
    """Return whether "and" joins a verb to one before it, whose subject it shares."""
    layout, k = verb.layout, verb.tokens.first - 1
    if layout.lexicon.order.get("verb_last"):
        return False
    words = (*verb.marks.get("them", ()), *verb.marks.get("us", ()))
    while k > 0 and verb.tokens.first - k <= _PRONOUN:
        if layout.has("coordinators", k):
            return True
        if not (
            layout.tokens[k].low in words
            or layout.has("cue_adverbs", k)
            or layout.has("auxiliaries", k)
        ):
            return False
        k -= 1
    return False


def _told_of(verb: _Verb, mention: Mention) -> bool:
    """Return whether a mention stands behind another verb: "took two men to a cellar and beat them"."""
    start = mention.tokens.first
    if mention.subject or start == 0 or not verb.layout.tokens[start - 1].word:
        return False
    return not verb.layout.has("subordinators", start - 1)


def _clause_begins(verb: _Verb, mention: Mention) -> bool:
    """Return whether a preposition begins a clause: "since guards beat him"."""
    before = mention.tokens.first - 1
    return mention.tokens.last == verb.tokens.first and verb.layout.has("subordinators", before)


def _owns(layout: Layout, k: int) -> bool:
    """Return whether a mark is the apostrophe of "the teachers' college"."""
    return k > 0 and layout.tokens[k].text in ("'", "’") and layout.lows[k - 1].endswith("s")


def _speaks(layout: Layout, k: int) -> bool:
    """Return whether a content begins behind token `k`, so that no subject stands before it."""
    return not (k and layout.has("be", k - 1)) and any(
        match.entry.section == "cues"
        and match.entry.info["class"] in ("say", "tell")
        and match.entry.info["stance"] != "feared"
        and match.entry.form != "ing"
        for match in layout.matches.get(k, ())
    )


def _antecedent_of_relative(verb: _Verb, k: int) -> Mention | None:
    """Return whom "who", "который", "que" stands for: the mention right before it, or before a place."""
    layout = verb.layout
    k -= 1
    while k >= 0 and (layout.tokens[k].text == "," or layout.has("prepositions", k)):
        k -= 1
    if k > 1 and k in verb.cast.places and layout.has("prepositions", k - 1):
        k -= 2  # "three men from Urgut who"
    return verb.cast.covered.get(k)


def _free(verb: _Verb, start: int) -> bool:
    """Return whether no preposition stands before a mention but one that marks an object."""
    layout = verb.layout
    if start == 0 or not layout.has("prepositions", start - 1):
        return True
    low = layout.tokens[start - 1].low
    marked = low in verb.marks.get("object_prepositions", ())
    return marked or _nearly(verb, start - 1) or counted(layout, start - 1)


def _nearly(verb: _Verb, k: int) -> bool:
    """Return whether a word says that the number behind it is not exact: "about fifty men"."""
    layout = verb.layout
    return (
        layout.tokens[k].low in verb.marks.get("approximate", ())
        and k + 1 < len(layout.tokens)
        and (
            "numerals" not in layout.lexicon.words
            or layout.tokens[k + 1].text[0].isdigit()
            or layout.has("numerals", k + 1)
        )
    )


def counted(layout: Layout, preposition: int) -> bool:
    """Return whether "of" follows a quantity: "tens of thousands of prisoners"."""
    return (
        preposition > 0
        and layout.has("of", preposition)
        and (layout.has("counters", preposition - 1) or layout.has("quantifiers", preposition - 1))
    )


def _right(verb: _Verb) -> Mention | None:
    """Return the object behind the verb, or inside the words that name the act: "send another group"."""
    layout, cast = verb.layout, verb.cast
    end = verb.tokens.last
    for k in range(verb.tokens.first + 1, min(end + _OBJECT, verb.sentence.last)):
        token = layout.tokens[k]
        if k == end and _shares_object(verb):
            continue
        if k >= end and (
            token.text in ",;:.!?"
            or layout.has("subordinators", k)
            or layout.has("coordinators", k)
        ):
            return None
        mention = cast.covered.get(k)
        if mention is not None:
            if k < end and not _free(verb, mention.tokens.first):
                continue  # "взяли в заложники"
            return mention if _free(verb, mention.tokens.first) else None
        marked = token.low in verb.marks.get("object_prepositions", ()) or _nearly(verb, k)
        if k >= end and layout.has("prepositions", k) and not (marked or counted(layout, k)):
            return None
    return None


def _shares_object(verb: _Verb) -> bool:
    """Return whether "and" and a verb of the same form follow: "whipped and slapped the boys"."""
    layout, end = verb.layout, verb.tokens.last
    if end + 1 >= len(layout.tokens) or not layout.has("coordinators", end):
        return False
    other = end + 1
    while other + 1 < len(layout.tokens) and layout.has("auxiliaries", other):
        other += 1
    ending = layout.tokens[end - 1].low[-_ENDING:]
    return other not in verb.cast.covered and layout.tokens[other].low.endswith(ending)


def _inside(verb: _Verb) -> Mention | None:
    """Return whom the words of an act name at their end: "lost two sons"."""
    mention = verb.cast.covered.get(verb.tokens.last - 1)
    if mention is None or mention.tokens.first <= verb.tokens.first:
        return None
    people = (SourceKind.PERSON, SourceKind.GROUP)
    return mention if verb.cast.entities[mention.entity].kind in people else None


def _is_object(verb: _Verb, mention: Mention | None) -> bool:
    """Return whether a mention stands in the case, or with the preposition, of an object."""
    if mention is None:
        return False
    layout = verb.layout
    start = mention.tokens.first
    if start and layout.tokens[start - 1].low in verb.marks.get("object_prepositions", ()):
        return True
    endings = tuple(verb.marks.get("objects", ()))
    last = layout.tokens[mention.tokens.last - 1]
    if not endings:
        return False
    if verb.marks.get("suffixed"):
        return last.low.endswith(endings)
    entity = verb.cast.entities[mention.entity]
    plural_verb = _ends(verb, verb.tokens.first, "plural_verbs")
    if entity.kind is SourceKind.PERSON and not entity.plural and plural_verb:
        return not layout.has("joining", start - 1) if start else True
    if _nominative(verb, mention):
        return False
    return last.low.endswith(endings)


def _nominative(verb: _Verb, mention: Mention) -> bool:
    """Return whether a description stands as the lexicon has it: "полиция", which only looks oblique."""
    layout = verb.layout
    for k in range(*mention.tokens):
        for match in layout.matches.get(k, ()):
            if match.last == mention.tokens.last and match.entry.citation:
                said = layout.said(Range(match.first, match.last)).lower().replace("ё", "е")
                if said == match.entry.citation.lower().replace("ё", "е"):
                    return True
    return False


def _agent_case(verb: _Verb, mention: Mention) -> bool:
    """Return whether a mention stands in the case of an agent, or before its word: "полицией"."""
    behind, last = verb.marks.get("agent_behind", ()), mention.tokens.last
    if last < len(verb.layout.tokens) and verb.layout.tokens[last].low in behind:
        return True
    return not _nominative(verb, mention) and _ends(verb, mention.tokens.last - 1, "agents")


def _no_patient(verb: _Verb, mention: Mention) -> bool:
    """Return whether a mention is not whom something is done to: an agent, an office, a document."""
    kind = verb.cast.entities[mention.entity].kind
    nobody = kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT)
    return nobody or _agent_case(verb, mention)


def _went_on(verb: _Verb, before: Parties | None) -> Mention | None:
    """Return the subject of the act before, where only "and" stands between it and this one."""
    if before is None or before.subject is None:
        return None
    layout, k = verb.layout, verb.tokens.first - 1
    while k >= 0 and verb.tokens.first - k <= 4:
        if layout.has("coordinators", k) or layout.tokens[k].text == ",":
            return before.subject
        if not (layout.has("cue_adverbs", k) or layout.has("auxiliaries", k)):
            return None
        k -= 1
    return None


def _agent(verb: _Verb) -> Mention | None:
    """Return by whom it was done: "by the police", "полицией", "harbiylar tomonidan"."""
    layout, cast = verb.layout, verb.cast
    behind = verb.marks.get("agent_behind", ())
    for k in range(max(verb.tokens.first - _AGENT, 0), verb.tokens.first):
        if layout.tokens[k].low in behind and k - 1 in cast.covered:
            return cast.covered[k - 1]
    for k in range(verb.tokens.last, min(verb.tokens.last + _AGENT, verb.sentence.last)):
        if layout.tokens[k].text in ",;:.!?" or layout.has("be", k):
            return None
        mention = cast.covered.get(k)
        if mention is not None and _agent_case(verb, mention):
            return mention
        if layout.has("by", k) or layout.tokens[k].low in verb.marks.get("agent_before", ()):
            if _ends(verb, min(k + 1, len(layout.tokens) - 1), "infinitives"):
                return None  # "detenido por mantener a 26 jornaleros"
            return next((cast.covered[j] for j in range(k + 1, k + 5) if j in cast.covered), None)
    return None


# Pronouns


def _them(verb: _Verb, other: Mention | None = None) -> Mention | None:
    """Return the group that "them" beside the verb, or "they" before a passive one, means."""
    layout, cast = verb.layout, verb.cast
    words = verb.marks.get("them", ())
    subject = verb.passive or verb.subject_role not in _DOING
    for k in _around(verb):
        they = subject and k < verb.tokens.first and layout.has("they", k)
        if layout.tokens[k].low not in words and not they:
            continue
        found = antecedent(cast, k, None if other is None else other.entity, wanted="they")
        if found is None or found.kind is not SourceKind.GROUP:
            return None
        for mention in mentions_before(cast, k):
            if mention.entity == found.id:
                near = k - mention.tokens.first <= _MEMORY
                return Mention(Range(k, k + 1), found.id, False, mention.depth) if near else None
    return None


def _around(verb: _Verb) -> list[int]:
    """Return the tokens beside the verb in which a pronoun belongs to it, the nearest first."""
    layout = verb.layout
    behind = range(verb.tokens.first, min(verb.tokens.last + 2, len(layout.tokens)))
    before = range(verb.tokens.first - 1, max(verb.tokens.first - 1 - 2 * _PRONOUN, -1), -1)
    found = [k for k in behind if layout.tokens[k].text not in ",;:.!?"]
    for k in before:
        if layout.tokens[k].text in ",;:.!?" or k in verb.cast.covered:
            break
        found.append(k)
    return found


def _self_object(verb: _Verb) -> bool:
    """Return whether the speaker is the object: "they took us", "нас увезли"."""
    words = verb.marks.get("us", ())
    return any(verb.layout.tokens[k].low in words for k in _around(verb))


def _self_before(verb: _Verb) -> bool:
    """Return whether the speaker is the subject: "we were taken"."""
    layout = verb.layout
    return any(
        (layout.has("first_person", k) or layout.has("first_plural", k))
        and not layout.has("possessives", k)
        for k in _around(verb)
        if k < verb.tokens.first
    )
