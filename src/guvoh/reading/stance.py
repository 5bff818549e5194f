"""Stance: how the innermost holder stands to what is said."""

from bisect import bisect_left

from guvoh.model.claim import ClaimKind, Stance
from guvoh.reading.layout import Layout, Range, is_mark
from guvoh.reading.saying import Saying
from guvoh.reading.stakes import bidding, future_forms, on_condition, threat
from guvoh.reading.stretches import past_relative

# How far into a content its main verb is looked for.
_REACH = 40
_BIDDEN = 5  # letters that a verb of what is to be done has more than: "volviera", not "era"
_DENIES = 4  # tokens from "не" to "действительности"
_WORDS = 5  # tokens between marks round words used in passing
# What begins a content, or names who is told, right behind a verb of saying.
_OPENERS = ("subject_pronouns", "objects_of_third", "determiners", "possessives", "there")


def hedges_in(layout: Layout, tokens: Range) -> list[tuple[str, dict[str, object]]]:
    """Return the hedges of a token range as (words, properties), in order."""
    found: list[tuple[str, dict[str, object]]] = []
    at = bisect_left(layout.hedged, tokens.first)
    if at == len(layout.hedged) or layout.hedged[at] >= tokens.last:
        return found
    # "S'il venait, il serait …"
    unreal = any("if" in layout.groups[k] for k in range(*tokens))
    k = tokens.first
    while k < tokens.last:
        match = None
        for one in layout.found[k]:
            if one.entry.section == "hedges" and one.last <= tokens.last:
                if one.entry.info.get("conditional") and (unreal or _modal(layout, one.last)):
                    continue
                match = one
                break
        if match is None or _of_relative(layout, k, tokens.first):
            k += 1
            continue
        found.append((layout.said(Range(match.first, match.last)), dict(match.entry.info)))
        k = match.last
    return found


def _of_relative(layout: Layout, k: int, first: int) -> bool:
    """Return whether a hedge is that of a description: "the manager, who is said to have left"."""
    bare = bool(layout.lexicon.order.get("bare_content"))
    return bare and k > first + 1 and layout.has("relatives", k - 1) and layout.lows[k - 2] == ","


def _modal(layout: Layout, k: int) -> bool:
    """Return whether "pu", "dû" stands about token `k`: "aurait pu" tells what did not come about."""
    return any(layout.has("unreal", j) for j in range(k, min(k + 2, len(layout.tokens))))


def stance_of(
    layout: Layout, saying: Saying, main: Range, *, own_subject: bool, office: bool
) -> Stance:
    """Return the stance; `main` is the content's main clause, `own_subject` whether its subject holds it.

    `office` is whether an organisation speaks: what it says will be done is its plan.
    """
    stance = Stance(saying.stance)
    content = saying.pieces[0]
    if stance in (Stance.ASSERTED, Stance.REPORTED):
        unable = own_subject and saying.kind is ClaimKind.INDIRECT
        for _, info in hedges_in(layout, content):
            if unable and info.get("stance") == "unknown":
                continue  # "said it could not confirm who she was"
            # A conditional of hearsay is the report's own hedge on somebody's words.
            if "stance" in info and not (info.get("conditional") and saying.source is not None):
                return Stance(str(info["stance"]))
    if stance is not Stance.ASSERTED:
        sworn = stance is Stance.PROMISED and _swears(layout, saying, main)
        return Stance.ASSERTED if sworn else stance
    if saying.kind is ClaimKind.NARRATED:
        return _announced(layout, main) or (Stance.PLANNED if _to_come(layout, main) else stance)
    announced = _wanted(layout, saying, main) or _announced(layout, main)
    if announced is not None:
        return announced
    ahead = _ahead(layout, saying, main, own_subject=own_subject, office=office)
    if ahead is not None:
        return ahead
    if of_untrue(layout, content):
        return Stance.DENIED
    whole = content if _of_allegations(layout, content) else main
    if not (whole is content or _points_back(layout, main)):
        return stance  # "said the messages were fabricated"
    if any(layout.has("untrue", k) for k in range(*whole)) and not any(
        layout.has("negations", k) for k in range(*whole)
    ):
        return Stance.DENIED
    return stance


def _ahead(
    layout: Layout, saying: Saying, main: Range, *, own_subject: bool, office: bool
) -> Stance | None:
    """Return the stance of what is said to come, None where nothing is."""
    if _future(layout, main) and not (
        _hearsay_conditional(layout, saying, main) or _custom(layout, saying, main)
    ):
        if _assured(layout, saying):
            return Stance.PROMISED
        if office and not _warned(layout, saying):
            return Stance.PLANNED
        if not own_subject or _suffers(layout, main):
            return Stance.EXPECTED
        return Stance.THREATENED if _warned(layout, saying) else Stance.PLANNED
    if _warned(layout, saying) and saying.kind is ClaimKind.INDIRECT:
        return Stance.EXPECTED  # what one is warned of is foretold
    return None


def of_untrue(layout: Layout, content: Range) -> bool:
    """Return whether what others say is said to be none of it: "сообщения о том, что … не соответствуют действительности"."""
    return _of_allegations(layout, content) and any(
        layout.has("reality", k)
        and any(layout.has("negations", j) for j in range(max(content.first, k - _DENIES), k))
        for k in range(*content)
    )


def _wanted(layout: Layout, saying: Saying, main: Range) -> Stance | None:
    """Return the stance of words that bid or threaten somebody."""
    if _bidden(layout, saying, main):
        return Stance.ASKED
    if threat(layout, saying.pieces[0]):
        return Stance.THREATENED
    if saying.kind is ClaimKind.DIRECT and bidding(layout, main.first):
        return Stance.ASKED
    return on_condition(layout, saying)


def _bidden(layout: Layout, saying: Saying, main: Range) -> bool:
    """Return whether somebody is told to do something: "me contestó que volviera", "dijo que esperaran"."""
    ends = layout.lexicon.endings.get("bidden", ())
    if not ends or saying.cue_class not in ("say", "tell") or saying.kind is not ClaimKind.INDIRECT:
        return False
    k = main.first
    while k < main.last and (layout.has("negations", k) or layout.has("cue_adverbs", k)):
        k += 1
    word = layout.lows[k]
    return len(word) > _BIDDEN and word.endswith(ends) and not layout.matches.get(k)


def _of_allegations(layout: Layout, content: Range) -> bool:
    """Return whether a content speaks of what others say: "reports that women had been locked in were false"."""
    opening = range(content.first, min(content.first + 3, content.last))
    return any(layout.has("rumours", k) or layout.has("allegations", k) for k in opening)


def _points_back(layout: Layout, main: Range) -> bool:
    """Return whether a clause's subject is what was said before: "that is a lie"; only English tells."""
    if not layout.lexicon.order.get("bare_content"):
        return True
    groups = ("it", "that", "demonstratives", "allegations")
    opening = range(main.first, min(main.first + 2, main.last))
    if any(layout.has(group, k) for group in groups for k in opening):
        return True
    is_ = any(layout.has("present_auxiliaries", k) for k in layout.those("be", main))
    return is_ and layout.has("definite", main.first)  # "the memo is a fake"


def _suffers(layout: Layout, main: Range) -> bool:
    """Return whether what is ahead will be done to the subject: "he was going to be deported", "we will be taken"."""
    ends = layout.lexicon.endings.get("participle", ())
    return bool(layout.lexicon.order.get("bare_content")) and any(
        (layout.has("future", k - 1) or layout.has("to", k - 1))
        and (layout.has("participles", k + 1) or layout.tokens[k + 1].low.endswith(ends))
        for k in layout.those("be", Range(main.first + 1, min(main.last, len(layout.tokens) - 1)))
    )


def _swears(layout: Layout, saying: Saying, main: Range) -> bool:
    """Return whether somebody swears to what is or was: "jure qu’il n’a rien signé"; what will be is promised."""
    sworn = saying.cue is not None and layout.has("swears", saying.cue.first)
    clause = not saying.noun_content and not _opens_infinitive(layout, main)
    return sworn and clause and not _future(layout, main)


def _opens_infinitive(layout: Layout, main: Range) -> bool:
    """Return whether a content opens with what is to be done: "jure de se venger"."""
    ends = layout.lexicon.endings.get("infinitive", ("\0",))
    return any(
        layout.tokens[k].low.endswith(ends) and not layout.matches.get(k)
        for k in range(main.first, min(main.first + 2, main.last))
    )


def _hearsay_conditional(layout: Layout, saying: Saying, main: Range) -> bool:
    """Return whether a conditional only marks somebody's words: "selon lui, ils seraient détenus".

    Behind a cue in the past it looks ahead: "il a dit qu'ils seraient envoyés".
    """
    if saying.cue is None:
        return False
    present = saying.cue_class in ("according", "show") or any(
        match.entry.form == "pres" and match.last <= saying.cue.last
        for match in layout.matches.get(saying.cue.first, ())
    )
    return present and any(
        match.entry.section == "hedges" and bool(match.entry.info.get("conditional"))
        for k in range(*_before_inner(layout, main))
        for match in layout.matches.get(k, ())
        if "stance" in match.entry.info and match.entry.info["stance"] == "reported"
    )


def _custom(layout: Layout, saying: Saying, main: Range) -> bool:
    """Return whether "would" tells of a custom: "recalls how the foreman would shout at them", "She'd say …".

    In somebody's own words nothing stands before it from which it looks ahead.
    """
    if saying.kind is ClaimKind.DIRECT:
        ahead = layout.those("future", main) or future_forms(layout, main) or _going(layout, main)
        return not ahead
    how = main.first < main.last and layout.lows[saying.pieces[0].first] == "how"
    remembers = saying.cue is not None and any(
        match.entry.lemma in layout.lexicon.words.get("remembering", ())
        for match in layout.matches.get(saying.cue.first, ())
    )
    return how and remembers and not any(layout.has("future", k) for k in range(*main))


def _warned(layout: Layout, saying: Saying) -> bool:
    return saying.cue is not None and any(
        match.entry.lemma in layout.lexicon.words.get("warnings", ())
        for match in layout.matches.get(saying.cue.first, ())
    )


def main_clause(layout: Layout, content: Range) -> Range:
    """Return the content's first clause: up to a subordinate one or a coordinated one."""
    first = content.first
    while first < content.last and (
        layout.has("coordinators", first) or not layout.tokens[first].word
    ):
        first += 1
    k = first
    if layout.has("subordinators", k) or layout.has("prepositions", k):
        comma = next(
            (j for j in range(k, min(k + _REACH, content.last)) if layout.tokens[j].text == ","),
            None,
        )
        if comma is not None and layout.has("subordinators", k):
            first = k = comma + 1
    first = k = _past_answer(layout, k, content.last)
    seen = False
    end = min(first + _REACH, content.last)
    while k < end:
        token, groups = layout.tokens[k], layout.groups[k]
        closing = past_relative(layout, k, content.last) if token.text == "," else None
        if closing is not None:
            k = closing
            continue
        if layout.found[k] or "auxiliaries" in groups:
            seen = True
        if (layout.marks[k] or k in layout.speech) and _parted(layout, k, first):
            break
        if k > first + 1 and "subordinators" in groups and (seen or k > first + 4):
            break
        if k == first + 1 and "that" in groups and _bids(layout, first):
            break  # "firmar que no habían visto nada"
        if k > first + 2 and "joining" in groups and _goes_on(layout, k + 1, first):
            break  # "I light a candle and I say nothing"
        if (
            token.text == ","
            and k + 1 < content.last
            and (layout.has("coordinators", k + 1) or layout.has("subordinators", k + 1))
        ):
            break
        k += 1
    return Range(first, max(k, min(first + 1, content.last)))


def _goes_on(layout: Layout, k: int, first: int) -> bool:
    """Return whether the subject of the clause that begins at token `first` is told again at token `k`."""
    bare = bool(layout.lexicon.order.get("bare_content"))
    return bare and layout.has("subject_pronouns", k) and layout.has("subject_pronouns", first)


def _bids(layout: Layout, k: int) -> bool:
    """Return whether an infinitive of a language with articles stands at token `k`."""
    order, ends = layout.lexicon.order, layout.lexicon.endings.get("infinitive", ("\0",))
    return bool(order.get("objects_first")) and layout.lows[k].endswith(ends)


def _parted(layout: Layout, k: int, first: int) -> bool:
    """Return whether a mark at token `k` ends the clause that begins at token `first`."""
    token = layout.tokens[k]
    if (
        k > first + 2
        and is_mark(token)
        and token.text not in "'’"
        and not _in_passing(layout, k, first)
    ):
        return True
    initial = layout.capitals[k - 1] and len(layout.lows[k - 1]) == 1  # "Zarina K. has not heard"
    if token.text in ";:—" or (token.text in ".!?" and k > first and not initial):
        return True
    if k > first and k in layout.speech:
        return True  # "They told us, 'You will guard a warehouse'"
    return token.text == "," and _spliced(layout, k, first)


def _in_passing(layout: Layout, k: int, first: int) -> bool:
    """Return whether a mark opens or closes a word or two: 'the "trainees" had not been free'."""
    near = range(max(k - _WORDS, 0), min(k + _WORDS + 1, len(layout.tokens)))
    marks = [j for j in near if is_mark(layout.tokens[j]) and layout.tokens[j].text not in "'’"]
    if len(marks) != 2 or any(j in layout.speech for j in near):
        return False
    return k == marks[0] or marks[0] <= first + 1  # "he had “no idea” the women would be paid" ends


def _spliced(layout: Layout, comma: int, first: int) -> bool:
    """Return whether a comma alone parts two clauses: "I take killers, I don't take drug dealers"."""
    if comma + 1 >= len(layout.tokens) or not layout.lexicon.order.get("bare_content"):
        return False
    return any(
        layout.has(group, first) and layout.has(group, comma + 1)
        for group in ("subject_pronouns", "there")
    )


def _past_answer(layout: Layout, k: int, last: int) -> int:
    """Return the token after "No," or "Yes"; "No citizen has been summoned" holds no answer."""
    if k + 1 >= last or layout.tokens[k].low not in layout.lexicon.words.get("answers", ()):
        return k
    if layout.tokens[k + 1].text in ",.;":
        return k + 2
    return k if layout.has("negations", k) else k + 1


def _to_come(layout: Layout, main: Range) -> bool:
    """Return whether the report itself says what will be: "Parking will be suspended from Monday"."""
    ahead = (*layout.those("future", main), *future_forms(layout, main))
    return not layout.has("if", main.first) and any(_is_future(layout, k) for k in ahead)


def _assured(layout: Layout, saying: Saying) -> bool:
    """Return whether the cue gives somebody's word for it: "assured her that he would be home"."""
    return saying.cue is not None and layout.has("assures", saying.cue.first)


def _future(layout: Layout, main: Range) -> bool:
    main = _before_inner(layout, main)
    # "Would have been taken" looks back, in hearsay and in what did not come about.
    would = [k for k in layout.those("future_in_past", main) if not _perfect_behind(layout, k)]
    ahead = (*layout.those("future", main), *would, *future_forms(layout, main))
    ahead = (*ahead, *_going(layout, main))
    return any(_is_future(layout, k) for k in ahead)


def _is_future(layout: Layout, k: int) -> bool:
    """Return whether a word of the future is a verb that looks ahead here, and no noun."""
    # Spanish "iba" alone is no future: "sin decirles adónde iban".
    ahead = not layout.has("goes", k) or layout.has("to", k + 1)
    noun = layout.has("possessives", k - 1) or layout.has("before_will", k - 1)
    return ahead and not noun


def _going(layout: Layout, tokens: Range) -> list[int]:
    """Return where "going to" stands before a verb: "was going to be deported", and not before a place."""
    groups = ("determiners", "possessives", "prepositions")
    return [
        k
        for k in layout.those("going", tokens)
        if layout.has("to", k + 1)
        and layout.has("be", k - 1)
        and not (any(layout.has(group, k + 2) for group in groups) or layout.capitals[k + 2])
    ]


def _perfect_behind(layout: Layout, k: int) -> bool:
    """Return whether "have" stands behind token `k`, "never" and the like left out."""
    k += 1
    while layout.has("negations", k) and not layout.has("perfect", k):
        k += 1
    return layout.has("perfect", k)


def _before_inner(layout: Layout, main: Range) -> Range:
    """Cut a main clause before what somebody in it says: "they feed us and say we will work"."""
    for k in range(main.first + 1, main.last - 1):
        speaks = layout.cues[k] and any(
            match.entry.info["class"] in ("say", "tell")
            and match.entry.form in ("base", "pres", "past")
            for match in layout.cues[k]
        )
        if speaks and any(layout.has(group, k + 1) for group in ("that", *_OPENERS)):
            return Range(main.first, k)
    return main


def _announced(layout: Layout, main: Range) -> Stance | None:
    """Return the stance of "is due to", "is expected to", "is planned" in the main clause."""
    for k in range(*main):
        for match in layout.matches.get(k, ()):
            info = match.entry.info
            announced = match.entry.section == "cues" and info["class"] == "impersonal"
            if (
                announced
                and info["stance"] in ("expected", "planned")
                and _be_before(layout, k, main.first)
            ):
                return Stance(str(info["stance"]))
            if match.entry.section == "hedges" and match.entry.info.get("stance") == "planned":
                return Stance.PLANNED
    return Stance.PLANNED if _due(layout, main) else None


def _due(layout: Layout, main: Range) -> bool:
    """Return whether something is to be done at a time told: "they are to leave in October", "deben partir en octubre"."""
    first, last = main.first, min(main.last, len(layout.tokens) - 2)
    due, is_to = (layout.those(group, Range(first, last)) for group in ("due", "is_to"))
    if not (due or is_to):
        return False
    dated = bool(layout.those("time_words", main))
    ends = (
        layout.lexicon.endings.get("infinitive", ("",))
        if layout.lexicon.order.get("articles", True)
        else ("",)
    )
    # Spanish "debe" before a thing is "owes".
    return any(dated and layout.tokens[k + 1].low.endswith(ends) for k in due) or any(
        layout.has("to", k + 1)
        and (dated or layout.has("be", k + 2))
        and not layout.has("determiners", k + 2)
        for k in is_to
    )


def _be_before(layout: Layout, k: int, first: int) -> bool:
    return any(layout.has("be", j) for j in range(max(first, k - 2), k))
