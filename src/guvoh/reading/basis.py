"""Basis: how the innermost source knows, after the HURIDOCS list of source connections."""

from dataclasses import dataclass

from guvoh.model.claim import Basis, ClaimKind, SourceKind, Stance
from guvoh.reading.layout import Layout, Range
from guvoh.reading.lexicon import Match
from guvoh.reading.lived import kin_saw, lived_through
from guvoh.reading.voices import Chained
from guvoh.resolve.nominative import is_own_verb

_ACTORS = (Stance.PLANNED, Stance.PROMISED, Stance.THREATENED, Stance.ASKED)
_MINDS = (Stance.FEARED, Stance.BELIEVED)
_SUBJECT = 6  # tokens in which a content's subject and its auxiliaries stand


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of a claim's innermost voice.

    `lived` is what it says it went through anywhere in the report, `told` in this claim; `acted` its
    part in this claim's acts, `relays` whether somebody else speaks in the claim's first clause,
    `acts` whether its subject is the voice itself and does something, `own` whether its subject is
    the voice at all, `named` whether the claim speaks of the voice anywhere, `bids` whether it begins
    with what somebody else bade or promised.
    """

    lived: Basis | None = None
    told: Basis | None = None
    acted: Basis | None = None
    relays: bool = False
    acts: bool = False
    own: bool = False
    named: bool = False
    bids: bool = False


def basis_of(layout: Layout, chained: Chained, stance: Stance, known: Known) -> Basis:
    """Return the basis of a chain's innermost voice."""
    voice = chained.voices[-1]
    if voice.kind is SourceKind.DOCUMENT:
        return Basis.DOCUMENT
    if voice.kind is SourceKind.UNNAMED:
        return Basis.UNKNOWN
    direct = chained.saying.kind is ClaimKind.DIRECT
    # What those who held him said to a victim is part of it; what his kin told him is not.
    suffered = (
        known.lived is Basis.VICTIM
        and direct
        and voice.kind is not SourceKind.ORGANISATION
        and not _of_kin(layout, chained)
    )
    by_cue = _by_cue(layout, chained, stance, known)
    if by_cue is not None and not (by_cue is Basis.TOLD and suffered):
        return by_cue
    if stance is Stance.ASSERTED and _represents(layout, chained):
        return Basis.TOLD if known.acted is not None else Basis.UNKNOWN
    own = known.told
    if known.acted is not None and voice.kind is not SourceKind.ORGANISATION:
        own = own if own is Basis.VICTIM else known.acted
    if known.relays and own is not Basis.VICTIM and not suffered:
        return Basis.TOLD
    if own is not None:
        return Basis.VICTIM if own is Basis.TOLD and suffered else own
    if stance in _MINDS:
        return Basis.INFERENCE
    found = (
        None if voice.kind is SourceKind.ORGANISATION else _of_life(layout, chained, stance, known)
    )
    if found is not None:
        return found
    if known.acts and stance is Stance.ASSERTED:
        return Basis.PARTICIPANT
    if known.bids:
        return Basis.TOLD
    office = voice.kind is SourceKind.ORGANISATION
    office = office or (voice.entity is not None and voice.entity.office)
    remembers = not office and _has_cue_of(layout, chained, "remembers")
    return Basis.EYEWITNESS if remembers and stance is Stance.ASSERTED else Basis.UNKNOWN


def _represents(layout: Layout, chained: Chained) -> bool:
    """Return whether a lawyer tells of others: what befell a client is what a lawyer was told."""
    voice = chained.voices[-1]
    opening = chained.saying.pieces[0].first
    own = chained.saying.kind is ClaimKind.DIRECT or layout.has("subject_pronouns", opening)
    if voice.tokens is None or own:
        return False
    return any(
        match.entry.section == "kin" and match.entry.info.get("key") == "lawyer"
        for k in range(*voice.tokens)
        for match in layout.matches.get(k, ())
    )


def _of_life(layout: Layout, chained: Chained, stance: Stance, known: Known) -> Basis | None:
    """Return the basis that follows from what a person is known to have lived through."""
    piece = chained.saying.pieces[0]
    if kin_saw(layout, piece):
        return Basis.TOLD
    if known.lived is not None and (known.acts or _personal(layout, chained, known)):
        return known.lived
    asserted = stance is Stance.ASSERTED
    if asserted and chained.saying.kind is ClaimKind.DIRECT and lived_through(layout, piece):
        return Basis.EYEWITNESS
    if known.lived is Basis.VICTIM and known.named:
        return known.lived  # "three others were with him in the pit"
    opening = range(piece.first, min(piece.first + 2, len(layout.tokens)))
    there = any(layout.has("there", k) for k in opening)
    return Basis.VICTIM if asserted and not there and _captive(layout, chained) else None


def _of_kin(layout: Layout, chained: Chained) -> bool:
    """Return whether a content tells what a relative said, of whom the speaker has it: "my son told me"."""
    return any(
        "kin" in layout.sections(k)
        for piece in chained.saying.pieces
        for k in range(piece.first, min(piece.last, piece.first + _SUBJECT))
    ) or bool(chained.voices[-1].entity and chained.voices[-1].entity.relations)


def acts_himself(layout: Layout, chained: Chained, main: Range, own_subject: bool) -> bool:
    """Return whether the content's subject is its speaker and its verb something that he does.

    What he is, has, knows or means tells nothing of how he knows it.
    """
    if not chained.voices or chained.saying.noun_content:
        return False
    piece = chained.saying.pieces[0]
    k = piece.first
    if chained.saying.kind is ClaimKind.INDIRECT and layout.has("perfect_infinitives", k):
        return not layout.has("be", k + 1)
    while k < main.last and (not layout.tokens[k].word or layout.has("coordinators", k)):
        k += 1
    own_verb = chained.saying.kind is ClaimKind.DIRECT and own_form(layout, k)
    if own_verb:
        return not layout.has("states", k) and not layout.has("auxiliaries", k)
    if not own_subject or not (layout.has("subject_pronouns", k) or _agrees(layout, chained, k)):
        return False
    entity = chained.voices[-1].entity
    if entity is not None and entity.plural and entity.relations and layout.has("they", k):
        return False  # "their relatives say they could not read it": who could not is open
    while k < min(main.last, piece.first + _SUBJECT) and (
        (layout.marks[k] and k > piece.first)
        or layout.has("subject_pronouns", k)
        or layout.has("cue_adverbs", k)
        or layout.has("time_words", k)
        or layout.has("perfect", k)
    ):
        if layout.has("able", k):
            return False  # "it could not confirm who she was"
        if layout.has("be", k):
            # "It is investigating" is something done; "he is a guard", "she was taken" are not.
            return _doing(layout, k + 1)
        k += 1
    verb = layout.tokens[k].low if k < main.last and layout.tokens[k].word else ""
    states = any(
        match.entry.section == "cues"
        and match.entry.info["class"] in ("think", "hear", "adjective")
        for match in layout.matches.get(k, ())
    )
    return (
        bool(verb)
        and not states
        and not any(
            layout.has(group, k)
            for group in ("states", "auxiliaries", "negations", "be", "future", "determiners")
        )
    )


def own_form(layout: Layout, k: int) -> bool:
    """Return whether a verb's ending alone tells that its subject is "I" or "we": "vendimos", "торгую"."""
    ends = layout.lexicon.endings.get("mine", ())
    low = layout.tokens[k].low
    if not ends or not low.endswith(ends) or layout.has("no_verbs", k):
        return False
    if layout.lexicon.language == "ru":
        return is_own_verb(low)
    found = [match.entry.section for match in layout.matches.get(k, ())]
    return all(section in ("cues", "knowing", "triggers") for section in found)


def _agrees(layout: Layout, chained: Chained, k: int) -> bool:
    """Return whether a content that begins with its verb can have the voice for its subject."""
    order, ends = layout.lexicon.order, layout.lexicon.endings.get("they", ())
    voice = chained.voices[-1]
    if not order.get("prodrop") or chained.saying.kind is ClaimKind.DIRECT:
        return False
    while layout.has("negations", k) or layout.has("cue_adverbs", k):
        k += 1
    many = bool(ends) and layout.tokens[k].low.endswith(ends)
    return voice.kind in (SourceKind.PERSON, SourceKind.GROUP) and many == (
        voice.kind is SourceKind.GROUP
    )


def _doing(layout: Layout, k: int) -> bool:
    low = layout.tokens[k].low if k < len(layout.tokens) else ""
    doing = low.endswith(layout.lexicon.endings.get("progressive", ("\0",)))
    return doing and not layout.has("be", k) and not layout.has("adjectives", k)


def _by_cue(layout: Layout, chained: Chained, stance: Stance, known: Known) -> Basis | None:
    """Return the basis that the cue and the stance alone tell: a plan, a conclusion, hearsay, a belief."""
    office = chained.voices[-1].kind is SourceKind.ORGANISATION
    others = stance is Stance.PLANNED and not (known.own or office)
    others = others and chained.saying.stance != stance.value
    if stance in _ACTORS and not others:
        return Basis.PARTICIPANT  # what others are due to do tells nothing of who says it
    if stance is Stance.ASSERTED and _has_cue_of(layout, chained, "concluding"):
        return Basis.INFERENCE
    if stance is Stance.DENIED and _of_himself(layout, chained):
        return Basis.PARTICIPANT
    heard = chained.saying.cue_class == "hear" and chained.saying.outer is None
    if heard or hears(layout, chained):
        return Basis.TOLD
    if stance in _MINDS and chained.saying.kind is ClaimKind.INDIRECT:
        return Basis.INFERENCE
    return None


def _of_himself(layout: Layout, chained: Chained) -> bool:
    """Return whether somebody denies what he is said to have done: "denied taking any money"."""
    first, last = chained.saying.pieces[0]
    bare = bool(layout.lexicon.order.get("bare_content"))
    if not bare or chained.saying.kind is not ClaimKind.INDIRECT:
        return False
    while first + 1 < last and layout.has("cue_adverbs", first):
        first += 1  # "denied ever having met him"
    if any(layout.has("counts_of", k) for k in range(first, min(first + 3, last))):
        return True  # "denies four counts of assault"
    gerund = layout.tokens[first].low.endswith(layout.lexicon.endings.get("progressive", ("\0",)))
    behind = first + 1
    goes_on = behind < last and layout.has("cue_adverbs", behind)
    subject = goes_on and not layout.has("auxiliaries", first)  # "denied bullying still exists"
    return gerund and not subject


def _has_cue_of(layout: Layout, chained: Chained, group: str) -> bool:
    """Return whether the cue is one of the words `group`: "concluded", "recalls"."""
    cue = chained.saying.cue
    words = layout.lexicon.words.get(group, ())
    return cue is not None and any(
        match.entry.lemma in words or layout.has(group, cue.first)
        for match in layout.matches.get(cue.first, ())
    )


def _captive(layout: Layout, chained: Chained) -> bool:
    """Return whether the voice is described as one who is or was held: "one of the former detainees"."""
    voice = chained.voices[-1]
    held = layout.lexicon.words.get("captives", ())
    if voice.entity is not None and any(role in held for role in voice.entity.roles):
        return True
    if voice.tokens is None or (voice.entity is not None and voice.entity.relations):
        return False
    for k in range(*voice.tokens):
        if layout.has("of", k) and k > voice.tokens.first + 1:
            return False  # "la mère d'un détenu"
        found = [
            m for m in layout.matches.get(k, ()) if m.entry.section in ("person", "kin", "group")
        ]
        if found:
            return any(match.entry.lemma in held for match in found) or (
                layout.has("one", voice.tokens.first) and k + 1 < voice.tokens.last
            )
    return False


def _personal(layout: Layout, chained: Chained, known: Known) -> bool:
    """Return whether a content is of what its speaker lived through; a victim's own words are."""
    direct = chained.saying.kind is ClaimKind.DIRECT
    if direct and (known.lived is Basis.VICTIM or not layout.lexicon.order.get("bare_content")):
        return True  # where a verb's ending says "we", no word need say it
    return any(
        layout.has("first_person", k)
        or layout.has("first_plural", k)
        or (layout.has("they", k) and not direct)
        for piece in chained.saying.pieces
        for k in range(*piece)
    )


def hears(layout: Layout, chained: Chained) -> bool:
    """Return whether the content says that its speaker has it from others."""
    if chained.saying.kind is ClaimKind.NARRATED:
        return False
    return any(
        match.entry.section == "knowing"
        and match.entry.info.get("basis") == "told"
        and not _others_hear(layout, match, piece)
        for piece in chained.saying.pieces
        for k in range(piece.first, min(piece.last, piece.first + 12))
        for match in layout.matches.get(k, ())
    )


def _others_hear(layout: Layout, match: Match, piece: Range) -> bool:
    """Return whether a noun is what was told: "the women were told that they would work"."""
    hears_ = layout.has("be", match.first) or any(
        other.entry.section == "cues" and other.entry.info["class"] == "hear"
        for other in layout.matches.get(match.first, ())
    )
    k = match.first - 1
    while k > piece.first and (layout.has("cue_adverbs", k) or layout.has("auxiliaries", k)):
        k -= 1
    if not hears_ or k < piece.first or not layout.lexicon.order.get("bare_content"):
        return False
    return layout.tokens[k].word and not any(
        layout.has(group, k) for group in ("pronouns", "kin_groups", "subject_contractions")
    )
