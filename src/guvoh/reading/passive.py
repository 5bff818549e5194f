"""Voice: whether an act is told in the passive, or by a noun."""

from guvoh.model.claim import SourceKind
from guvoh.reading.verbs import Verb, ends


def is_noun(verb: Verb) -> bool:
    """Return whether the act is named by a noun: "confirmed the transfer", "after his arrest"."""
    layout, k = verb.layout, verb.tokens.first - 1
    if layout.tokens[verb.tokens.first].low in verb.marks.get("nouns", ()):
        return True
    if verb.tokens.last - verb.tokens.first == 1 and (
        ends(verb, verb.tokens.first, "noun_endings")
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


def is_passive(verb: Verb) -> bool:
    """Return whether an act is told of those who undergo it: "were taken", "men jailed in May"."""
    layout, first = verb.layout, verb.tokens.first
    low = layout.tokens[first].low
    if low in verb.marks.get("active_with_be", ()):
        return False
    if layout.has("be", first):
        return True
    if any(ends(verb, k, "passive_verbs") for k in range(*verb.tokens) if layout.tokens[k].word):
        return True
    for k in range(first - 1, max(first - 5, -1), -1):
        if layout.has("be", k):
            return not low.endswith("ing")
        if not (layout.has("cue_adverbs", k) or layout.tokens[k].low.endswith("ly")):
            break
    return _participle(verb, low) or _reduced(verb)


def _reduced(verb: Verb) -> bool:
    """Return whether a verb follows its object in short: "the men killed in May", "ten men jailed"."""
    layout, first, last = verb.layout, verb.tokens.first, verb.tokens.last
    found = first > 1 and layout.tokens[first - 1].low in verb.marks.get("found", ())
    mention = verb.cast.covered.get(first - 2 if found else first - 1)
    form = ends(verb, first, "reduced_endings") or (
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


def _participle(verb: Verb, low: str) -> bool:
    """Return whether an act is a participle by its form, as in "put on buses and taken away"."""
    marks = verb.marks
    if low not in marks.get("participles", ()) and not ends(
        verb, verb.tokens.first, "participle_endings"
    ):
        return False
    before = verb.layout.tokens[max(verb.tokens.first - 3, 0) : verb.tokens.first]
    return not any(token.low in marks.get("unless", ()) for token in before)
