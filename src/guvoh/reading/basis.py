"""Basis: how the innermost source knows, after the HURIDOCS list of source connections."""

from dataclasses import dataclass

from guvoh.model.claim import Basis, ClaimKind, SourceKind, Stance
from guvoh.reading.chains import Chained
from guvoh.reading.layout import Layout, Range
from guvoh.reading.lexicon import Match

_ACTORS = (Stance.PLANNED, Stance.PROMISED, Stance.THREATENED, Stance.ASKED)
_MINDS = (Stance.FEARED, Stance.BELIEVED)
_SUBJECT = 6  # tokens in which a content's subject and its auxiliaries stand


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of a claim's innermost voice.

    `lived` is what it says it went through anywhere in the report, `acted` its part in this claim's
    acts, `relays` whether somebody else speaks in the claim's first clause, `acts` whether its
    subject is the voice itself and does something.
    """

    lived: Basis | None = None
    acted: Basis | None = None
    relays: bool = False
    acts: bool = False


def basis_of(layout: Layout, chained: Chained, stance: Stance, known: Known) -> Basis:
    """Return the basis of a chain's innermost voice."""
    voice = chained.voices[-1]
    if voice.kind is SourceKind.DOCUMENT:
        return Basis.DOCUMENT
    if voice.kind is SourceKind.UNNAMED:
        return Basis.UNKNOWN
    direct = chained.saying.kind is ClaimKind.DIRECT
    victim = known.lived is Basis.VICTIM and direct and voice.kind is not SourceKind.ORGANISATION
    by_cue = _by_cue(layout, chained, stance)
    if by_cue is not None and not (
        by_cue is Basis.TOLD and victim and not _of_kin(layout, chained)
    ):
        return by_cue
    people = voice.kind is not SourceKind.ORGANISATION
    own = lives(layout, chained)
    if known.acted is not None and people and own is not Basis.VICTIM:
        own = known.acted
    if known.relays and own is not Basis.VICTIM and not (victim and not _of_kin(layout, chained)):
        return Basis.TOLD
    if own is not None:
        return own
    if stance in _MINDS and chained.saying.turn is None:
        return Basis.INFERENCE
    if known.lived is not None and people and (known.acts or _personal(layout, chained)):
        return known.lived
    if people and stance is Stance.ASSERTED and _captive(layout, chained):
        return Basis.VICTIM
    if known.acts and stance in (Stance.ASSERTED, Stance.DENIED):
        return Basis.PARTICIPANT
    return Basis.UNKNOWN


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
    if not own_subject or not (layout.has("subject_pronouns", k) or _agrees(layout, chained, k)):
        return False
    while k < min(main.last, piece.first + _SUBJECT) and (
        layout.has("subject_pronouns", k)
        or layout.has("cue_adverbs", k)
        or layout.has("time_words", k)
        or layout.has("perfect", k)
    ):
        if layout.has("be", k):
            return False
        k += 1
    verb = layout.tokens[k].low if k < main.last else ""
    states = any(
        match.entry.section == "cues"
        and match.entry.info["class"] in ("think", "hear", "adjective")
        for match in layout.matches.get(k, ())
    )
    return (
        bool(verb)
        and not states
        and not any(
            layout.has(group, k) for group in ("states", "auxiliaries", "negations", "be", "future")
        )
    )


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
    best = _described(layout, chained)
    if best is Basis.VICTIM:
        return best
    for piece in saying.pieces:
        begins = () if saying.kind is ClaimKind.DIRECT else _left_out(layout, piece)
        for k in (*begins, *range(*piece)):
            telling = layout.groups[k] or layout.found[k] or k in begins
            if not telling or _kin_of(layout, k):
                continue
            found = _spoken_of_self(layout, k) if saying.kind is ClaimKind.DIRECT else None
            if found is None and (k in begins or _self(layout, chained, k)):
                found = _around(layout, k, piece)
            if found is Basis.VICTIM:
                return found
            best = best or found
    return best


def _described(layout: Layout, chained: Chained) -> Basis | None:
    """Return what the words that describe a source say of how it knows: "who was there", "who saw it"."""
    source = chained.saying.source
    if source is None:
        return None
    for k in range(source.head.last, source.whole.last):
        if not (layout.has("relatives", k) and layout.tokens[k - 1].text == ","):
            continue
        for j in range(k + 1, min(k + 5, source.whole.last)):
            for match in layout.matches.get(j, ()):
                if match.entry.section == "knowing" and match.entry.info["basis"] == "eyewitness":
                    return Basis.EYEWITNESS
    return None


def _spoken_of_self(layout: Layout, k: int) -> Basis | None:
    """Return the basis of a verb whose ending is "I" or "we": "vi", "firmamos"."""
    for match in layout.matches.get(k, ()):
        if match.entry.section == "knowing" and match.entry.info.get("own"):
            return Basis(str(match.entry.info["basis"]))
    return None


def _self(layout: Layout, chained: Chained, k: int) -> bool:
    """Return whether the token means the speaker."""
    if chained.saying.kind is ClaimKind.DIRECT:
        return layout.has("first_person", k) or layout.has("first_plural", k)
    groups = layout.groups[k]
    if chained.voices[-1].kind is SourceKind.GROUP:
        meant = "they" in groups
    else:
        meant = "he" in groups or "she" in groups
    near = k - chained.saying.pieces[0].first < 3
    return meant and (near or "subject_pronouns" not in groups)


def _kin_of(layout: Layout, k: int) -> bool:
    """Return whether a token only says whose somebody is: "her son was taken"."""
    return layout.has("possessives", k) and bool(
        {"kin", "person", "group"}.intersection(layout.sections(k + 1))
    )


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
    if third and layout.has("possessives", k) and not layout.has("subject_pronouns", k):
        return None  # "a colleague of her husband's saw"
    passive = False
    participles = layout.lexicon.endings.get("participle", ("ed",))
    for j in range(k + 1, min(k + 6, piece.last)):
        if layout.tokens[j].text in ",.;":
            break
        passive = passive or layout.has("be", j)
        if passive and _tells(layout, j):
            return Basis.TOLD
        if passive and (_harms(layout, j) or layout.tokens[j].low.endswith(participles)):
            return Basis.VICTIM
        for match in layout.matches.get(j, ()):
            if match.entry.section == "knowing":
                return _of_subject(layout, match)
    return None


def _tells(layout: Layout, k: int) -> bool:
    """Return whether a participle says that the subject has it from others: "was assured that"."""
    return any(
        match.entry.section == "cues"
        and match.entry.info["class"] in ("tell", "want")
        and match.entry.info["stance"] in ("asserted", "promised")
        for match in layout.matches.get(k, ())
    )


def _of_subject(layout: Layout, match: Match) -> Basis:
    """Return the basis of a verb whose subject is the speaker: who says "we beat" took part."""
    basis = Basis(str(match.entry.info["basis"]))
    if basis is Basis.EYEWITNESS and any(
        "document" in layout.sections(j)
        for j in range(match.last, min(match.last + 3, len(layout.tokens)))
    ):
        return Basis.DOCUMENT
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
