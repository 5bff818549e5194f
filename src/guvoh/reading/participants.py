"""Those around an act's verb: its subject, its object, by whom it was done, and what pronouns there mean."""

from typing import Any

from guvoh.model.claim import SourceKind
from guvoh.reading.cast import Mention, antecedent, mentions_before
from guvoh.reading.groups import counted_group
from guvoh.reading.layout import Layout, Range, is_mark
from guvoh.reading.verbs import DOING, Verb, ends

_REACH = 14  # tokens before an act in which its subject is looked for
_OBJECT = 7  # tokens behind it for its object
_AGENT = 8  # the same for "by the police"
_ENDING = 2  # letters that tell a verb's form
_PRONOUN = 3  # tokens between a verb and the pronoun that is its object
_MEMORY = 60  # tokens back to the group that "them" means


def left_of(verb: Verb, skip: Any = None) -> Mention | None:
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


def is_joined(verb: Verb) -> bool:
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


def is_told_of(verb: Verb, mention: Mention) -> bool:
    """Return whether a mention stands behind another verb: "took two men to a cellar and beat them"."""
    start = mention.tokens.first
    if mention.subject or start == 0 or not verb.layout.tokens[start - 1].word:
        return False
    return not verb.layout.has("subordinators", start - 1)


def _clause_begins(verb: Verb, mention: Mention) -> bool:
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


def _antecedent_of_relative(verb: Verb, k: int) -> Mention | None:
    """Return whom "who", "который", "que" stands for: the mention right before it, or before a place."""
    layout = verb.layout
    k -= 1
    while k >= 0 and (layout.tokens[k].text == "," or layout.has("prepositions", k)):
        k -= 1
    if k > 1 and k in verb.cast.places and layout.has("prepositions", k - 1):
        k -= 2  # "three men from Urgut who"
    return verb.cast.covered.get(k)


def _free(verb: Verb, start: int) -> bool:
    """Return whether no preposition stands before a mention but one that marks an object."""
    layout = verb.layout
    if start == 0 or not layout.has("prepositions", start - 1):
        return True
    low = layout.tokens[start - 1].low
    marked = low in verb.marks.get("object_prepositions", ())
    return marked or _nearly(verb, start - 1) or _counted(layout, start - 1)


def _nearly(verb: Verb, k: int) -> bool:
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


def _counted(layout: Layout, preposition: int) -> bool:
    """Return whether "of" follows a quantity: "tens of thousands of prisoners"."""
    return (
        preposition > 0
        and layout.has("of", preposition)
        and (layout.has("counters", preposition - 1) or layout.has("quantifiers", preposition - 1))
    )


def right_of(verb: Verb) -> Mention | None:
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
        if k >= end and layout.has("prepositions", k) and not (marked or _counted(layout, k)):
            return None
    return None


def _shares_object(verb: Verb) -> bool:
    """Return whether "and" and a verb of the same form follow: "whipped and slapped the boys"."""
    layout, end = verb.layout, verb.tokens.last
    if end + 1 >= len(layout.tokens) or not layout.has("coordinators", end):
        return False
    other = end + 1
    while other + 1 < len(layout.tokens) and layout.has("auxiliaries", other):
        other += 1
    ending = layout.tokens[end - 1].low[-_ENDING:]
    return other not in verb.cast.covered and layout.tokens[other].low.endswith(ending)


def inside(verb: Verb) -> Mention | None:
    """Return whom the words of an act name at their end: "lost two sons"."""
    mention = verb.cast.covered.get(verb.tokens.last - 1)
    if mention is None or mention.tokens.first <= verb.tokens.first:
        return None
    people = (SourceKind.PERSON, SourceKind.GROUP)
    return mention if verb.cast.entities[mention.entity].kind in people else None


def is_object(verb: Verb, mention: Mention | None) -> bool:
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
    plural_verb = ends(verb, verb.tokens.first, "plural_verbs")
    if entity.kind is SourceKind.PERSON and not entity.plural and plural_verb:
        return not layout.has("joining", start - 1) if start else True
    if _nominative(verb, mention):
        return False
    return last.low.endswith(endings)


def _nominative(verb: Verb, mention: Mention) -> bool:
    """Return whether a description stands as the lexicon has it: "полиция", which only looks oblique."""
    layout = verb.layout
    for k in range(*mention.tokens):
        for match in layout.matches.get(k, ()):
            if match.last == mention.tokens.last and match.entry.citation:
                said = layout.said(Range(match.first, match.last)).lower().replace("ё", "е")
                if said == match.entry.citation.lower().replace("ё", "е"):
                    return True
    return False


def agent_case(verb: Verb, mention: Mention) -> bool:
    """Return whether a mention stands in the case of an agent, or before its word: "полицией"."""
    behind, last = verb.marks.get("agent_behind", ()), mention.tokens.last
    if last < len(verb.layout.tokens) and verb.layout.tokens[last].low in behind:
        return True
    return not _nominative(verb, mention) and ends(verb, mention.tokens.last - 1, "agents")


def is_no_patient(verb: Verb, mention: Mention) -> bool:
    """Return whether a mention is not whom something is done to: an agent, an office, a document."""
    kind = verb.cast.entities[mention.entity].kind
    nobody = kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT)
    return nobody or agent_case(verb, mention)


def agent_of(verb: Verb) -> Mention | None:
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
        if mention is not None and agent_case(verb, mention):
            return mention
        if layout.has("by", k) or layout.tokens[k].low in verb.marks.get("agent_before", ()):
            if ends(verb, min(k + 1, len(layout.tokens) - 1), "infinitives"):
                return None  # "detenido por mantener a 26 jornaleros"
            return next((cast.covered[j] for j in range(k + 1, k + 5) if j in cast.covered), None)
    return None


def them_of(verb: Verb, other: Mention | None = None) -> Mention | None:
    """Return the group that "them" beside the verb, or "they" before a passive one, means."""
    layout, cast = verb.layout, verb.cast
    words = verb.marks.get("them", ())
    subject = verb.passive or verb.subject_role not in DOING
    for k in _around(verb):
        they = subject and k < verb.tokens.first and layout.has("they", k)
        if layout.tokens[k].low not in words and not they:
            continue
        found = antecedent(cast, k, None if other is None else other.entity, wanted="they")
        counted = counted_group(cast, k) if k and layout.has("of", k - 1) else None
        if counted is not None:  # "a boat with 60 people, and two of them died"
            found = counted.entity
        if found is None or found.kind is not SourceKind.GROUP:
            return None
        for mention in mentions_before(cast, k):
            if mention.entity == found.id:
                near = k - mention.tokens.first <= _MEMORY
                return Mention(Range(k, k + 1), found.id, False, mention.depth) if near else None
    return None


def _around(verb: Verb) -> list[int]:
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


def speaker_is_object(verb: Verb) -> bool:
    """Return whether the speaker is the object: "they took us", "нас увезли"."""
    words = verb.marks.get("us", ())
    return any(verb.layout.tokens[k].low in words for k in _around(verb))


def speaker_is_subject(verb: Verb) -> bool:
    """Return whether the speaker is the subject: "we were taken"."""
    layout = verb.layout
    return any(
        (layout.has("first_person", k) or layout.has("first_plural", k))
        and not layout.has("possessives", k)
        for k in _around(verb)
        if k < verb.tokens.first
    )
