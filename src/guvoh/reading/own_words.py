"""What a speaker's own words show of him: the stance he takes to them, and whether he is their subject."""

from collections.abc import Sequence

from guvoh.model.claim import ClaimKind, SourceKind, Stance
from guvoh.reading.cast import Cast
from guvoh.reading.layout import Layout, Range
from guvoh.reading.saying import Saying
from guvoh.reading.stakes import future_form
from guvoh.reading.voices import Chained, Voice

_OWN = 3  # tokens of a quotation in which its speaker's own stance stands
# Stances that a speaker takes to his own words: "I fear that …".
OWN_STANCES = ("feared", "believed", "planned", "promised", "threatened", "expected")


def own_stance(
    layout: Layout, chained: Sequence[Chained], index: int, main: Range
) -> Stance | None:
    """Return the stance that a speaker takes to his own words: "I fear that …"."""
    saying = chained[index].saying
    if saying.stance != "asserted" or saying.kind is ClaimKind.NARRATED:
        return None
    for other in chained[index + 1 : index + 12]:
        inner = other.saying
        if inner.parent != index or not other.same_speaker or inner.cue is None:
            continue
        if inner.cue.first >= main.last + 1:
            continue
        if inner.negated:
            if inner.stance == "believed":
                return Stance.BELIEVED  # "I don't think anyone looked"
            continue
        if inner.stance in OWN_STANCES or _performs(layout, inner):
            return Stance(inner.stance)
    return None


def _performs(layout: Layout, inner: Saying) -> bool:
    """Return whether saying it does it: "we ask people to boil their water", "I deny that"; not "I asked him"."""
    return (
        inner.stance in ("asked", "denied")
        and inner.cue is not None
        and any(
            match.entry.section == "cues" and match.entry.form in ("base", "pres")
            for match in layout.matches.get(inner.cue.first, ())
        )
    )


def confessed(layout: Layout, saying: Saying, main: Range) -> Stance | None:
    """Return the stance of a quotation that opens with the speaker's own: "Tememos que …", "Nous craignons …"."""
    if saying.kind is not ClaimKind.DIRECT:
        return None
    ours = layout.lexicon.endings.get("we", ("\0",))
    # "Yigirma ikkinchisi men bo‘lamanmi, deb qo‘rqaman": there the verb that tells it stands last.
    ending = range(max(saying.pieces[0].last - _OWN, main.first), saying.pieces[0].last)
    last = ending if layout.lexicon.order.get("verb_last") else ()
    for k in (*range(main.first, min(main.first + _OWN, main.last)), *last):
        mine = k > main.first and (
            layout.has("first_person", k - 1) or layout.has("first_plural", k - 1)
        )
        if not mine and not layout.tokens[k].low.endswith(ours):
            continue
        stances = [
            str(match.entry.info.get("stance", ""))
            for match in layout.matches.get(k, ())
            if match.entry.section == "cues"
        ]
        infinitive = layout.lexicon.endings.get("infinitive", ("\0",))
        if "planned" in stances and layout.tokens[k + 1].low.endswith(infinitive):
            return Stance.PLANNED  # "No pienso irme": no belief
        found = next((stance for stance in stances if stance in OWN_STANCES), None)
        if found is not None:
            return Stance(found)
    return None


def is_subject(layout: Layout, cast: Cast, item: Chained, main: Range) -> bool:
    """Return whether the content's subject is its speaker."""
    voice = item.voices[-1] if item.voices else None
    if voice is None:
        return False
    if layout.lexicon.order.get("prodrop") and _opens_with_verb(layout, main):
        return voice.kind is not SourceKind.DOCUMENT
    direct = item.saying.kind is ClaimKind.DIRECT
    for k in range(main.first, min(main.first + 3, main.last)):
        groups = layout.groups[k]
        if "first_person" in groups or "first_plural" in groups:
            return direct
        if direct:
            continue  # in his own words he is "I"
        if "it" in groups:
            return voice.kind is SourceKind.ORGANISATION or _is_outfit(layout, voice, k)
        if "they" in groups:
            return voice.kind is SourceKind.GROUP
        if "possessives" in groups and "subject_pronouns" not in groups:
            return False  # "his clients would appeal"
        if "he" in groups or "she" in groups:
            found = cast.at(k)
            return voice.kind is SourceKind.PERSON and (
                found is None or voice.entity is None or found.id == voice.entity.id
            )
    return False


def _is_outfit(layout: Layout, voice: Voice, k: int) -> bool:
    """Return whether "it" makes a bare name an organisation's: "Verdecampo said it would sue"; not "it was cold"."""
    entity = voice.entity
    if entity is None or not (entity.named and entity.guessed) or layout.has("possessives", k):
        return False
    known = entity.roles or entity.relations or entity.gender
    does = layout.has("perfect", k + 1) or layout.has("future", k + 1)
    does = does or layout.has("future_in_past", k + 1)
    return not known and does and not layout.has("be", k + 2)


def is_surely_meant(layout: Layout, cast: Cast, item: Chained, main: Range) -> bool:
    """Return whether a "he" that opens a content is known to be its speaker and nobody else."""
    entity = item.voices[-1].entity
    for k in range(main.first, min(main.first + 3, main.last)):
        if layout.has("he", k) or layout.has("she", k):
            found = cast.at(k)
            return found is not None and entity is not None and found.id == entity.id
    return True


def _opens_with_verb(layout: Layout, main: Range) -> bool:
    """Return whether a content begins with its verb, its subject left out: "anunció que abrirá"."""
    k = main.first
    while k + 1 < main.last and (layout.has("negations", k) or layout.has("cue_adverbs", k)):
        k += 1
    if k >= main.last or (
        layout.sections(k)
        and "cues" not in layout.sections(k)
        and "knowing" not in layout.sections(k)
        and "triggers" not in layout.sections(k)
    ):
        return False
    verb = layout.has("future", k) or future_form(layout, k) or layout.has("past_forms", k)
    ends = layout.lexicon.endings.get("finite", ())
    return verb or (
        layout.tokens[k].low.endswith(ends)
        and not layout.has("not_verbs", k)
        and not layout.tokens[k].capital
    )
