"""Basis: how the innermost source knows, after the HURIDOCS list of source connections."""

from dataclasses import dataclass

from guvoh.model.claim import Basis, ClaimKind, SourceKind, Stance
from guvoh.reading.chains import Chained
from guvoh.reading.layout import Layout, Range
from guvoh.reading.lexicon import Match

_ACTORS = (Stance.PLANNED, Stance.PROMISED, Stance.THREATENED, Stance.ASKED)
_MINDS = (Stance.FEARED, Stance.BELIEVED)


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of a claim's innermost voice.

    `lived` is what it says it went through anywhere in the report, `acted` its part in this claim's
    acts, `relays` whether somebody else speaks in the claim's first clause.
    """

    lived: Basis | None = None
    acted: Basis | None = None
    relays: bool = False


def basis_of(layout: Layout, chained: Chained, stance: Stance, known: Known) -> Basis:
    """Return the basis of a chain's innermost voice."""
    voice = chained.voices[-1]
    if voice.kind is SourceKind.DOCUMENT:
        return Basis.DOCUMENT
    if voice.kind is SourceKind.UNNAMED:
        return Basis.UNKNOWN
    by_cue = _by_cue(layout, chained, stance)
    if by_cue is not None:
        return by_cue
    people = voice.kind is not SourceKind.ORGANISATION
    own = lives(layout, chained)
    if known.acted is not None and people and own is not Basis.VICTIM:
        own = known.acted
    if known.relays and own is not Basis.VICTIM:
        return Basis.TOLD
    if own is not None:
        return own
    if stance in _MINDS and chained.saying.turn is None:
        return Basis.INFERENCE
    if known.lived is not None and people and _personal(layout, chained):
        return known.lived
    if people and stance is Stance.ASSERTED and _captive(layout, chained):
        return Basis.VICTIM
    return Basis.UNKNOWN


def _by_cue(layout: Layout, chained: Chained, stance: Stance) -> Basis | None:
    """Return the basis that the cue and the stance alone tell: a plan, a conclusion, hearsay, a belief."""
    if stance in _ACTORS:
        return Basis.PARTICIPANT
    if stance is Stance.ASSERTED and _concluded(layout, chained):
        return Basis.INFERENCE
    heard = chained.saying.cue_class == "hear" and chained.saying.outer is None
    if heard or hears(layout, chained):
        return Basis.TOLD
    if stance in _MINDS and chained.saying.kind is ClaimKind.INDIRECT:
        return Basis.INFERENCE
    return None


def _concluded(layout: Layout, chained: Chained) -> bool:
    """Return whether the cue says that its speaker worked it out: "concluded", "estimates"."""
    cue = chained.saying.cue
    concluding = layout.lexicon.words.get("concluding", ())
    return cue is not None and any(
        match.entry.lemma in concluding or layout.has("concluding", cue.first)
        for match in layout.matches.get(cue.first, ())
    )


def _captive(layout: Layout, chained: Chained) -> bool:
    """Return whether the voice is described as one who is or was held: "one of the former detainees"."""
    voice = chained.voices[-1]
    held = layout.lexicon.words.get("captives", ())
    if voice.entity is not None and any(role in held for role in voice.entity.roles):
        return True
    return voice.tokens is not None and any(
        match.entry.lemma in held
        for k in range(*voice.tokens)
        for match in layout.matches.get(k, ())
    )


def _personal(layout: Layout, chained: Chained) -> bool:
    return chained.saying.kind is ClaimKind.DIRECT or any(
        layout.has("first_person", k) or layout.has("first_plural", k) or layout.has("they", k)
        for piece in chained.saying.pieces
        for k in range(*piece)
    )


def hears(layout: Layout, chained: Chained) -> bool:
    """Return whether the content says that its speaker has it from others."""
    if chained.saying.kind is ClaimKind.NARRATED:
        return False
    return any(
        match.entry.section == "knowing" and match.entry.info.get("basis") == "told"
        for piece in chained.saying.pieces
        for k in range(piece.first, min(piece.last, piece.first + 12))
        for match in layout.matches.get(k, ())
    )


def lives(layout: Layout, chained: Chained) -> Basis | None:
    """Return what the content says its speaker went through or saw, None where it does not say."""
    saying = chained.saying
    voice = chained.voices[-1]
    if voice.kind not in (SourceKind.PERSON, SourceKind.GROUP):
        return None
    if voice.entity is not None:
        for role in voice.entity.roles:
            if role in layout.lexicon.words.get("eyewitness_roles", ()):
                return Basis.EYEWITNESS
    best: Basis | None = None
    for piece in saying.pieces:
        begins = () if saying.kind is ClaimKind.DIRECT else _left_out(layout, piece)
        for k in (*begins, *range(*piece)):
            if k not in begins and not _self(layout, chained, k):
                continue
            found = _around(layout, k, piece)
            if found is Basis.VICTIM:
                return found
            best = best or found
    return best


def _self(layout: Layout, chained: Chained, k: int) -> bool:
    """Return whether the token means the speaker."""
    if chained.saying.kind is ClaimKind.DIRECT:
        return layout.has("first_person", k) or layout.has("first_plural", k)
    group = chained.voices[-1].kind is SourceKind.GROUP
    plural = layout.has("they", k)
    single = layout.has("he", k) or layout.has("she", k)
    near = k - chained.saying.pieces[0].first < 3
    return (plural if group else single) and (near or not layout.has("subject_pronouns", k))


def _left_out(layout: Layout, piece: Range) -> tuple[int, ...]:
    """Return the token before a content whose subject is its speaker, who is left out.

    "Reported seeing", "racontent avoir été contraints", "declaró que vio".
    """
    k = piece.first
    if layout.has("negations", k):
        k += 1
    bare = layout.tokens[k].low.endswith("ing") and layout.lexicon.language == "en"
    verb = layout.has("perfect_infinitives", k) or (
        layout.lexicon.order.get("prodrop")
        and any(m.entry.section == "knowing" for m in layout.matches.get(k, ()))
    )
    return (k - 1,) if bare or verb else ()


def _around(layout: Layout, k: int, piece: Range) -> Basis | None:
    """Return the basis that the words after a mention of oneself, or before an object, give."""
    third = not (layout.has("first_person", k) or layout.has("first_plural", k))
    if layout.has("objects", k) or (third and _is_object(layout, k)):
        first = k if layout.lexicon.order.get("objects_first") else max(piece.first, k - 3)
        last = min(k + 5, piece.last) if layout.lexicon.order.get("objects_first") else k
        for j in range(first, last):
            if _harms(layout, j):
                return Basis.VICTIM
        if not layout.lexicon.order.get("objects_first"):
            return None
    passive = False
    participles = layout.lexicon.endings.get("participle", ("ed",))
    for j in range(k + 1, min(k + 6, piece.last)):
        if layout.tokens[j].text in ",.;":
            break
        passive = passive or layout.has("be", j)
        if passive and (_harms(layout, j) or layout.tokens[j].low.endswith(participles)):
            return Basis.VICTIM
        for match in layout.matches.get(j, ()):
            if match.entry.section == "knowing":
                return _of_subject(layout, match)
    return None


def _of_subject(layout: Layout, match: Match) -> Basis:
    """Return the basis of a verb whose subject is the speaker: who says "we beat" took part."""
    basis = Basis(str(match.entry.info["basis"]))
    done = basis is Basis.VICTIM and match.last - match.first == 1
    return Basis.PARTICIPANT if done and not layout.has("negations", match.first - 1) else basis


def _is_object(layout: Layout, k: int) -> bool:
    """Return whether a pronoun of the third person is no subject: "chained him", "kept their passports"."""
    pronoun = layout.has("he", k) or layout.has("she", k) or layout.has("they", k)
    others = layout.has("possessives", k) and any(
        section in ("kin", "person", "group") for section in layout.sections(k + 1)
    )
    return pronoun and not others and not layout.has("subject_pronouns", k)


def _harms(layout: Layout, k: int) -> bool:
    return any(
        match.entry.section == "knowing" and match.entry.info.get("basis") == "victim"
        for match in layout.matches.get(k, ())
    )
