"""What is held out to somebody if he does something: a threat, or a promise."""

from guvoh.model.claim import ClaimKind, Stance
from guvoh.reading.layout import Layout, Range
from guvoh.reading.saying import Saying

_CLAUSE = 18  # tokens from a clause to the "or" or the consequence behind it
_CONDITION = 8  # tokens of "if they went on complaining", "anyone who contacted the union"


def on_condition(layout: Layout, saying: Saying) -> Stance | None:
    """Return the stance of what somebody is told will follow if he does something, None where nothing will.

    "Anyone who ran would be shot" is threatened, "it would be ready if he enlisted" promised.
    """
    if saying.cue_class not in ("say", "tell") or saying.kind is ClaimKind.DIRECT:
        return None
    content = Range(saying.pieces[0].first, saying.pieces[-1].last)
    ahead = sorted(layout.those("future", content) + layout.those("future_in_past", content))
    opened = next((k for k in range(*content) if _conditional(layout, k)), None) if ahead else None
    if opened is None or _another_tells(layout, content.first, min(opened, ahead[0])):
        return None
    condition = range(opened + 1, min(opened + _CONDITION, content.last))
    stop = next((k for k in condition if k in ahead or layout.lows[k] == ","), condition.stop)
    condition = range(opened + 1, stop)
    resisted = any(layout.has("resists", k) or layout.has("negations", k) for k in condition)
    behind = range(ahead[0], min(ahead[0] + _CLAUSE, content.last))
    harmed = any(
        layout.has("reprisals", k) or _harms(layout, k) for k in behind if k not in condition
    )
    warned = any(
        match.entry.lemma in layout.lexicon.words.get("warnings", ())
        for match in layout.matches.get(-1 if saying.cue is None else saying.cue.first, ())
    )
    if resisted or harmed or (warned and saying.addressee is not None):
        return Stance.THREATENED
    told = saying.cue_class == "tell" and layout.has("if", opened)
    return Stance.PROMISED if told and not warned else None


def _another_tells(layout: Layout, first: int, last: int) -> bool:
    """Return whether somebody is told of in the content who says it: "he had warned her that anyone who …"."""
    return any(
        match.entry.section == "cues" and match.entry.info["class"] in ("say", "tell", "want")
        for k in range(first, last)
        for match in layout.matches.get(k, ())
    )


def _conditional(layout: Layout, k: int) -> bool:
    """Return whether "if", "whoever", "anyone who" stands at token `k`."""
    if layout.has("if", k) or layout.has("whoever", k):
        return True
    return layout.has("anyone", k) and layout.has("relatives", k + 1)


def _harms(layout: Layout, k: int) -> bool:
    return any(
        match.entry.section == "knowing" and match.entry.info.get("basis") == "victim"
        for match in layout.matches.get(k, ())
    )


def threat(layout: Layout, content: Range) -> bool:
    """Read "if you …, we will …" said as a warning to somebody, and "sign, or else …"."""
    head = content.first
    if _or_else(layout, content):
        return True
    if not layout.has("if", head):
        return False
    you = any(layout.has("you", k) for k in range(head, min(head + 6, content.last)))
    comma = next((k for k in range(head, content.last) if layout.tokens[k].text == ","), head)
    behind = range(comma, min(comma + _CLAUSE, content.last))
    if any(layout.has("future", k) and layout.has("first_plural", k - 1) for k in behind):
        return any(layout.has("reprisals", k) or _harms(layout, k) for k in behind) or you
    return you and any(
        layout.has("future", k)
        or future_form(layout, k)
        or (layout.has("negations", k) and any(layout.has("you", j) for j in behind))
        for k in behind
    )


def bidding(layout: Layout, k: int) -> bool:
    """Return whether words that bid somebody begin at token `k`: "Sell the field", "Don't turn back"."""
    if k + 1 >= len(layout.tokens):
        return False
    if layout.has("dont", k):
        return not layout.marks[k + 1]
    done = layout.has("bidding", k) and not layout.capitals[k + 1]
    things = ("articles", "possessives", "objects_of_third", "objects", "demonstratives", "it")
    return done and any(layout.has(group, k + 1) for group in things)


def _or_else(layout: Layout, content: Range) -> bool:
    """Read "You sew or you freeze", "Sign, or else …", "either you sign, or we burn it"."""
    you = layout.has("you", content.first) or layout.has("either", content.first)
    you = you or layout.has("bidding", content.first)  # "Stop writing or he goes in the first wave"
    return any(
        layout.has("alternatives", k)
        and (layout.has("else", k + 1) or (you and layout.has("subject_pronouns", k + 1)))
        for k in range(content.first + 1, min(content.first + _CLAUSE, content.last - 1))
    )


def future_form(layout: Layout, k: int) -> bool:
    """Return whether the ending of a word makes it a verb of the future: "abrirá", "partira"."""
    ends = layout.lexicon.endings.get("future", ())
    token = layout.tokens[k]
    if not ends or len(token.low) <= 5 or not token.low.endswith(ends):
        return False
    return not (token.capital or layout.found[k] or layout.groups[k])


def future_forms(layout: Layout, tokens: Range) -> list[int]:
    """Return those of the tokens of which `future_form` is true."""
    known = "future" in layout.lexicon.endings
    return [k for k in range(*tokens) if future_form(layout, k)] if known else []
