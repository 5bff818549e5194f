"""Roles: who did an act to whom, by voice, word order, case endings, prepositions and agents."""

from dataclasses import dataclass, replace

from guvoh.languages.lexicon import load
from guvoh.reading.cast import Cast, Mention
from guvoh.reading.layout import Layout, Range
from guvoh.reading.participants import (
    agent_of,
    inside,
    is_joined,
    is_no_patient,
    is_object,
    is_told_of,
    left_of,
    right_of,
    speaker_is_object,
    speaker_is_subject,
    them_of,
)
from guvoh.reading.passive import is_noun, is_passive
from guvoh.reading.verbs import DOING, Verb, ends, marks_of


@dataclass(frozen=True, slots=True)
class Parties:
    """Those in an act as (role, mention); `own` are the roles of whoever speaks: "they took us"."""

    mentions: tuple[tuple[str, Mention], ...] = ()
    own: tuple[str, ...] = ()
    subject: Mention | None = None
    end: int = 0  # the token behind the act
    passive: bool = False


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
    marks = marks_of(layout.lexicon.language)
    begins = cast.covered.get(tokens.first)
    if begins is not None and begins.tokens.last < tokens.last and unasked:
        tokens = Range(begins.tokens.last, tokens.last)  # "men taken from"
    verb = Verb(layout, cast, tokens, subject_role, marks, False, needs_object)
    if unasked and any(layout.has("negations", k) for k in range(*tokens)):
        return _of_unasked(verb)
    if is_noun(verb):
        return _of_noun(verb)
    by_words = layout.has("prepositions", tokens.first)
    if by_words and before is not None and before.end == tokens.first and not before.passive:
        # "Ont fait monter de force neuf filles": those who are put there are forced.
        affected = tuple(one for one in before.mentions if one[0] == "affected")
        return Parties(affected, before.own, before.subject, tokens.last)
    within = not unasked and any(layout.has("be", k) for k in range(*tokens))
    behind = by_words or _passive_too(verb, before)
    if is_passive(verb) or within or behind:
        # "Were forced", and "without their consent", which speaks of those who had no say.
        found = _of_passive(Verb(layout, cast, tokens, subject_role, marks, True), before)
        return replace(found, end=tokens.last, passive=True)
    return replace(_of_active(verb, before), end=tokens.last)


def _passive_too(verb: Verb, before: Parties | None) -> bool:
    """Return whether the passive before goes on: "had been hit with a pipe and kicked"."""
    layout, first = verb.layout, verb.tokens.first
    return (
        before is not None
        and before.passive
        and layout.has("coordinators", first - 1)
        and ends(verb, first, "reduced_endings")
        and not any(k in verb.cast.covered for k in range(before.end, first))
    )


def _of_unasked(verb: Verb) -> Parties:
    """Read "nobody asked them", "not one went willingly": it names nobody who did it."""
    those = verb.cast.covered.get(verb.tokens.first + 1) or them_of(verb)
    if those is None and verb.cast.covered.get(verb.tokens.last) is not None:
        return _of_active(verb, None)  # "не выпускали рабочих"
    own = ("affected",) if those is None and speaker_is_object(verb) else ()
    return Parties((("affected", those),) if those is not None else (), own)


def _of_noun(verb: Verb) -> Parties:
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
    agent = agent_of(verb)
    if agent is not None and agent not in [mention for _, mention in found]:
        found.append(("perpetrator", agent))
    return Parties(tuple(found))


def _of_passive(verb: Verb, before: Parties | None) -> Parties:
    found: list[tuple[str, Mention]] = []
    subject = left_of(verb, skip=is_no_patient) or _went_on(verb, before) or them_of(verb)
    own = () if subject is not None or not speaker_is_subject(verb) else ("affected",)
    if subject is not None:
        found.append(("affected", subject))
    agent = agent_of(verb)
    if agent is not None and (subject is None or agent.entity != subject.entity):
        role = verb.subject_role if verb.subject_role in DOING else "perpetrator"
        found.append((role, agent))
    return Parties(tuple(found), own, subject)


def _of_active(verb: Verb, before: Parties | None) -> Parties:
    right = right_of(verb)
    left = left_of(verb, skip=is_told_of) if is_joined(verb) else None
    left = left or left_of(verb)
    if verb.subject_role not in DOING:
        if before is not None and verb.layout.has("to", verb.tokens.first - 1):
            # "The guards took him out to dig trenches": he digs.
            left = next((one for role, one in before.mentions if role == "affected"), None)
        subject = inside(verb) or left or _went_on(verb, before) or them_of(verb)
        own = (verb.subject_role,) if subject is None and speaker_is_subject(verb) else ()
        return Parties(((verb.subject_role, subject),) if subject is not None else (), own, subject)
    subject, affected = left, right
    if left is not None and _before_verb(verb, left, right):
        subject, affected = (None if is_object(verb, right) else right), left
    if subject is None or subject is affected:
        subject = _went_on(verb, before)
    affected = affected or them_of(verb, subject)
    own = ("affected",) if affected is None and speaker_is_object(verb) else ()
    if (
        subject is None
        and not own
        and verb.subject_role != "perpetrator"
        and speaker_is_subject(verb)
    ):
        own = (verb.subject_role,)
    found = []
    if subject is not None and (affected is None or subject.entity != affected.entity):
        found.append((verb.subject_role, subject))
    if affected is not None:
        found.append(("affected", affected))
    return Parties(tuple(found), own, subject)


def _before_verb(verb: Verb, left: Mention, right: Mention | None) -> bool:
    """Return whether whoever stands before a verb is its object: "рабочих увезли"."""
    tokens, whom = verb.layout.tokens, verb.marks.get("object_relatives", ())
    if any(tokens[k].low in whom for k in range(left.tokens.last, verb.tokens.first)):
        return True
    first = tokens[left.tokens.first].low
    oblique = first in verb.marks.get("oblique_numbers", ())
    if right is None and (oblique or _counted_off(verb, left)):
        return True
    if not is_object(verb, left) or _seen_doing(verb, left):
        return False
    # "Трое охранников заперли женщин": the number tells the case, and another is the object.
    _counted = first in verb.marks.get("nominative_numbers", ()) or (
        not oblique and _counted_off(verb, left)
    )
    return not (_counted and right is not None)


def _counted_off(verb: Verb, left: Mention) -> bool:
    """Return whether a number stands before those whom a verb without a subject takes: "сорок мужчин сняли"."""
    tokens, start = verb.layout.tokens, left.tokens.first
    if "oblique_numbers" not in verb.marks or not ends(verb, verb.tokens.first, "plural_verbs"):
        return False
    cardinals = load(verb.layout.lexicon.language).cardinals
    return any(
        tokens[k].text.isdigit() or cardinals.get(tokens[k].low) is not None
        for k in range(max(start - 1, 0), left.tokens.last)
    )


def _seen_doing(verb: Verb, mention: Mention) -> bool:
    """Return whether somebody was seen or heard doing it: "vi a los guardias golpear a Serik"."""
    layout, start = verb.layout, mention.tokens.first
    endings = tuple(verb.marks.get("infinitives", ()))
    bare = bool(endings) and layout.tokens[verb.tokens.first].low.endswith(endings)
    return bare and any(
        match.entry.section == "knowing" and match.entry.info["basis"] == "eyewitness"
        for k in range(max(start - 3, 0), start)
        for match in layout.matches.get(k, ())
    )


def _went_on(verb: Verb, before: Parties | None) -> Mention | None:
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
