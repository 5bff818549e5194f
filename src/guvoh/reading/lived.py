"""What somebody's words say that he saw, did or went through himself."""

from collections.abc import Iterator

from guvoh.model.claim import Basis, ClaimKind, SourceKind
from guvoh.reading.layout import Layout, Range
from guvoh.reading.lexicon import Match
from guvoh.reading.voices import Chained

_DESCRIPTION = 16  # tokens behind a source in which it is described
# Whose "he had been beaten" may be of another: of the client, the friend.
_FAR = ("lawyer", "cousin", "relative", "friend", "neighbour", "cellmate")


def lives(layout: Layout, chained: Chained) -> Basis | None:
    """Return what the content says its speaker went through or saw, None where it does not say."""
    saying = chained.saying
    voice = chained.voices[-1]
    if voice.kind not in (SourceKind.PERSON, SourceKind.GROUP):
        return None
    roles = voice.entity.roles if voice.entity is not None else ()
    witness = any(role in layout.lexicon.words.get("eyewitness_roles", ()) for role in roles)
    best = Basis.EYEWITNESS if witness else _described(layout, chained)
    unsure = of_another(layout, chained)
    for piece in saying.pieces:
        begins = () if saying.kind is ClaimKind.DIRECT else _left_out(layout, piece)
        for k in (*begins, *_own_words(layout, piece)):
            telling = layout.groups[k] or layout.found[k] or k in begins
            if not telling or _kin_of(layout, k):
                continue
            found = _spoken_of_self(layout, k) if saying.kind is ClaimKind.DIRECT else None
            if found is None and (k in begins or _self(layout, chained, k)):
                found = _around(layout, k, piece)
            if unsure and found in (Basis.VICTIM, Basis.PARTICIPANT):
                continue
            if found is Basis.VICTIM:
                return found
            best = best or found
    return best


def lived_through(layout: Layout, piece: Range) -> bool:
    """Return whether spoken words tell what others did before the speaker: "they came at four".

    "They came" and "he asked us" are told by who was there; "they know nothing" need not be.
    """
    first, last = piece
    ends = layout.lexicon.endings.get("finite", ("\0",))
    if not layout.lexicon.order.get("bare_content"):
        return False
    if layout.has("they", first) and layout.has("subject_pronouns", first) and first + 1 < last:
        verb = first + 1
        while layout.has("does", verb) or layout.has("negations", verb):
            verb += 1  # "they did not open the coffin"
        if verb > first + 1:
            return not layout.has("states", verb)
        if layout.has("past_auxiliaries", verb) and verb + 1 < last:
            doing = layout.lexicon.endings.get("progressive", ("\0",))
            return layout.tokens[verb + 1].low.endswith(doing)  # "they were eating"
        past = layout.has("past_forms", verb) or layout.tokens[verb].low.endswith(ends)
        return past and not layout.has("states", verb) and not layout.has("auxiliaries", verb)
    return any(
        layout.has("objects", k)
        and not layout.has("possessives", k)
        and not layout.has("prepositions", k - 1)
        and not layout.has("negations", first)
        for k in range(first + 2, last)
    )


def kin_saw(layout: Layout, piece: Range) -> bool:
    """Return whether a content opens with what a relative saw: "my cousin saw it"."""
    owner = piece.first
    if not (layout.has("possessives", owner) and "kin" in layout.sections(owner + 1)):
        return False
    return any(
        match.entry.section == "knowing" and match.entry.info["basis"] == "eyewitness"
        for k in range(owner + 2, min(owner + 5, piece.last))
        for match in layout.matches.get(k, ())
    )


def asked_of_harm(layout: Layout, question: Range) -> bool:
    """Return whether a question takes it that the one it is put to was harmed: "When were you taken?"."""
    for k in range(*question):
        if not layout.has("you", k):
            continue
        if any(_harms(layout, j) for j in range(max(question.first, k - 2), k)):
            return True
        if layout.has("be", k - 1) or layout.has("be", k + 1):
            behind = range(k + 1, min(k + 4, question.last))
            if any(_harms(layout, j) or _undergone(layout, j) for j in behind):
                return True
    return False


def _own_words(layout: Layout, piece: Range) -> Iterator[int]:
    """Yield the tokens of a content without what it quotes: "us" there is somebody else's."""
    k = piece.first
    while k < piece.last:
        quoted = layout.speech.get(k) if k > piece.first else None
        if quoted is not None and quoted[1] <= piece.last:
            k = quoted[1]
            continue
        yield k
        k += 1


def of_another(layout: Layout, chained: Chained) -> bool:
    """Return whether "he", "they" in a content need not be its source.

    It may be whose lawyer, friend or cousin speaks, or to whom it is said: "told them they would go".
    """
    if chained.saying.kind is ClaimKind.DIRECT or not chained.saying.pieces:
        return False
    entity, hearer = chained.voices[-1].entity, chained.saying.addressee
    if entity is not None and any(relation in _FAR for relation, _ in entity.relations):
        return True
    return (
        hearer is not None
        and hearer.head.last - hearer.head.first == 1
        and layout.has("objects_of_third", hearer.head.first)
        and any(
            layout.has(group, hearer.head.first) and layout.has(group, k)
            for group in ("he", "she", "they")
            for k in range(chained.saying.pieces[0].first, chained.saying.pieces[0].first + 1)
        )
    )


def _described(layout: Layout, chained: Chained) -> Basis | None:
    """Return what the words that describe a source say of how it knows: "who was there", "who saw it"."""
    source = chained.saying.source
    if source is None:
        return None
    last = _description_ends(layout, chained, source.whole.last)
    for k in range(source.head.last, last):
        if not layout.has("relatives", k):
            continue
        for j in range(k + 1, min(k + 5, last)):
            for match in layout.matches.get(j, ()):
                if match.entry.section == "knowing" and match.entry.info["basis"] == "eyewitness":
                    return None if _unseen(layout, k, match) else Basis.EYEWITNESS
    return None


def _description_ends(layout: Layout, chained: Chained, last: int) -> int:
    """Return where the words end that describe a source, behind commas where it stands behind its cue.

    "Said Bakhrom, a trader in apricots, who was there."
    """
    cue, source = chained.saying.cue, chained.saying.source
    if cue is None or source is None or cue.first > source.head.first:
        return last
    if last >= len(layout.tokens) or layout.tokens[last].text != ",":
        return last
    end = last
    while end < min(last + _DESCRIPTION, len(layout.tokens)) and (
        layout.tokens[end].word or layout.tokens[end].text in ",-–’'"
    ):
        end += 1
    return end


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
        found = _done_to(layout, k, piece, third=third)
        if found is not None or not layout.lexicon.order.get("objects_first"):
            return found
    if third and layout.has("possessives", k) and not layout.has("subject_pronouns", k):
        return None  # "a colleague of her husband's saw"
    passive = False
    for j in range(k + 1, min(k + 6, piece.last)):
        if layout.tokens[j].text in ",.;" or layout.has("deaths", j):
            return None  # the dead do not tell it
        passive = passive or layout.has("be", j)
        if passive and _tells(layout, j):
            return Basis.TOLD
        if passive and (_harms(layout, j) or _undergone(layout, j)):
            denied = any(layout.has("negations", i) for i in range(k + 1, j))
            return None if layout.has("kind_turns", j) and not denied else Basis.VICTIM
        for match in layout.matches.get(j, ()):
            if match.entry.section == "knowing":
                return None if _unseen(layout, k, match) else _of_subject(layout, match)
    return None


def _done_to(layout: Layout, k: int, piece: Range, *, third: bool) -> Basis | None:
    """Return the basis of who is the object at token `k`: "they chained me", "my cousin rang me"."""
    if layout.lexicon.order.get("objects_first"):
        behind = range(k, min(k + 5, piece.last))
        given = layout.has("dative_clitics", k)  # "lui avait envoyé un message"
        return (
            Basis.VICTIM
            if any(
                _harms(layout, j) and not (given and layout.has("determiners", j + 1))
                for j in behind
            )
            else None
        )
    if third and layout.has("possessives", k) and layout.has("prepositions", k - 1):
        return None  # "taken from their homes"
    if layout.has("contacts", k - 1) and not layout.has("possessives", k):
        return Basis.PARTICIPANT
    if layout.has("sends", k - 1) and layout.has("determiners", k + 1):
        return None  # "sent her the link"
    reach = 5 if layout.has("from", k - 1) else 3  # "had taken all their savings from him"
    ahead = range(max(piece.first, k - reach), k)
    return Basis.VICTIM if any(_harms(layout, j) for j in ahead) else None


def _unseen(layout: Layout, subject: int, match: Match) -> bool:
    """Return whether somebody says that he did not see it: "I have not seen it myself"."""
    return match.entry.info["basis"] == "eyewitness" and any(
        layout.has("negations", j) for j in range(subject + 1, match.first)
    )


def _undergone(layout: Layout, k: int) -> bool:
    """Return whether a participle tells of something done to its subject: "shown", not "worried"."""
    endings = layout.lexicon.endings.get("participle", ("\0",))
    minds = any(
        match.entry.section == "cues" and match.entry.info["class"] in ("adjective", "impersonal")
        for match in layout.matches.get(k, ())
    )
    done = layout.has("participles", k) or layout.tokens[k].low.endswith(endings)
    return done and not minds and not layout.has("states", k)


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
    # "Jamás cobró" is told of oneself as a wrong; English says that with a passive.
    wronged = layout.has("negations", match.first - 1) and layout.lexicon.order.get("prodrop")
    return Basis.PARTICIPANT if done and not wronged else basis


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
