"""Stretches of tokens cut to what is said: without marks, "that" and stops, sentence by sentence."""

from bisect import bisect_left

from guvoh.reading.layout import STOPS, Layout, Range, is_dash, is_mark, is_stop

_DATELINE = 10  # tokens of a place, an agency and a day before a report
_ACRONYM = 2  # letters of a word in capitals that need be no name of a place
_DESCRIPTION = 18  # tokens of a description between commas; few are longer
_SUBJECT = 12  # tokens before "could not be verified"
_PREDICATE = 4  # tokens of "are still not known" at the end of a sentence


def ended(layout: Layout, content: Range, following: Range) -> bool:
    """Return whether a sentence ends between two pieces of quotation."""
    return any(is_stop(layout.tokens[k]) for k in range(content.last - 1, following.first))


def trimmed(layout: Layout, tokens: Range) -> Range | None:
    """Return the range without marks, conjunctions and commas at its ends; None if nothing is left."""
    first, last = tokens
    items = layout.tokens
    while first < last and (
        (not items[first].word and items[first].text not in "([$€£#“«„")
        or (layout.has("that", first) and not items[first].capital and first + 1 < last)
        or (layout.has("leading", first) and first + 1 < last)
    ):
        first += 1
    while last - 2 > first and _links(layout, last - 1):
        last -= 2  # "The figure could not be verified, but"
    if last - 2 > first and layout.has("joining", last - 1):
        last -= 1  # "The guard pleaded not guilty and"
    while last > first and not items[last - 1].word and items[last - 1].text not in ")]%$€£₽°":
        if is_mark(items[last - 1]) and _has_opener(layout, first, last - 1):
            break
        last -= 1
    if last <= first:
        return None
    while first > tokens.first and is_mark(items[first - 1]) and _unmatched(layout, first, last):
        first -= 1
        break
    return Range(first, last)


def _links(layout: Layout, k: int) -> bool:
    """Return whether token `k` only joins the next clause: behind a comma, "but" or "and"."""
    joins = layout.has("contrast", k) or layout.has("joining", k)
    return joins and layout.tokens[k - 1].text == ","


def _has_opener(layout: Layout, first: int, mark: int) -> bool:
    return any(is_mark(layout.tokens[k]) for k in range(max(first, mark - 60), mark))


def _unmatched(layout: Layout, first: int, last: int) -> bool:
    marks = sum(1 for k in range(first, min(last, first + 60)) if layout.tokens[k].text in '“”«»„"')
    return marks % 2 == 1


def past_dateline(layout: Layout, tokens: Range) -> Range:
    """Return a sentence without the place and agency before it: "OSH, Kyrgyzstan (Agency) — "."""
    tokens = _past_number(layout, tokens)
    if layout.shouting or not layout.lexicon.order.get("bare_content"):
        return tokens
    loud = False
    for k in range(tokens.first, min(tokens.first + _DATELINE, tokens.last - 1)):
        token = layout.tokens[k]
        if token.text in ("—", "–", "-", "--", ":") and loud and layout.tokens[k + 1].capital:
            return Range(k + 1, tokens.last)
        plain = token.capital or token.text[0].isdigit() or layout.has("time_words", k)
        if token.word and not plain:
            return tokens
        loud = loud or (token.text.isupper() and len(token.text) > _ACRONYM)
    return tokens


def _past_number(layout: Layout, tokens: Range) -> Range:
    """Return a sentence without the number of a post in a thread before it: "2/ Our source …"."""
    first, last = tokens
    numbered = last - first > _PREDICATE and layout.tokens[first].text.isdigit()
    if not numbered or layout.tokens[first + 1].text not in ("/", ")"):
        return tokens
    glued = layout.tokens[first].end == layout.tokens[first + 1].start
    apart = layout.tokens[first + 1].end < layout.tokens[first + 2].start
    return Range(first + 2, last) if glued and apart else tokens


def opening_of(layout: Layout, content: Range) -> int | None:
    """Return the first token of the quotation whose inner text begins about `content`."""
    for k in range(content.first, max(content.first - 3, -1), -1):
        if k in layout.speech:
            return k
    return None


def sentences_in(layout: Layout, tokens: Range) -> list[Range]:
    """Return the range cut at the ends of sentences outside its inner quotations."""
    pieces: list[Range] = []
    start = at = tokens.first
    stops = [k for k, low in enumerate(layout.lows[slice(*tokens)], start) if low in STOPS]
    inner = _inner_quotations(layout, tokens) if stops else {}
    for k in sorted((*stops, *inner)):
        if k < at:
            continue
        at = inner.get(k, k)
        if (
            at == k
            and k + 1 < tokens.last
            and (layout.tokens[k + 1].capital or _opens(layout, k + 1))
            and layout.tokens[k + 1].start > layout.tokens[k].end
            and layout.tokens[k - 1].low not in layout.lexicon.abbreviations
        ):
            pieces.append(Range(start, k + 1))
            start = k + 1
    if start < tokens.last:
        pieces.append(Range(start, tokens.last))
    return pieces


def _inner_quotations(layout: Layout, tokens: Range) -> dict[int, int]:
    """Return the quotations that begin behind the first token of a range and end in it, each with the token after it."""
    opened = layout.speech_starts
    within = opened[bisect_left(opened, tokens.first + 1) : bisect_left(opened, tokens.last)]
    ends = ((start, layout.speech[start][1]) for start in within)
    return {start: end for start, end in ends if end <= tokens.last}


def _opens(layout: Layout, k: int) -> bool:
    """Return whether a mark, or a dash before a capital, begins a sentence: "…, — говорит он. — Мы …"."""
    if is_mark(layout.tokens[k]):
        return True
    return is_dash(layout.tokens[k]) and k + 1 < len(layout.tokens) and layout.tokens[k + 1].capital


def is_question(layout: Layout, tokens: Range) -> bool:
    """Return whether the stretch ends with a question mark."""
    for k in range(tokens.last - 1, max(tokens.last - 4, tokens.first - 1), -1):
        if layout.tokens[k].text in "?؟":
            return True
        if layout.tokens[k].word:
            return False
    return False


def too_short(layout: Layout, content: Range) -> bool:
    """Return whether a content has fewer than two words."""
    return sum(1 for k in range(*content) if layout.tokens[k].word) < 2


def after_unknown(layout: Layout, content: Range) -> Range | None:
    """Return what is not known, where a sentence begins "It is not known whether"."""
    if layout.has("whether", content.first):
        for k in range(content.first + 2, content.last):
            if layout.has("undecided", k) and k >= content.last - 2:
                return trimmed(layout, Range(content.first + 1, k - 1))  # "Whether … is disputed"
    for k in range(content.first, min(content.first + _SUBJECT, content.last)):
        for match in layout.matches.get(k, ()):
            known = match.entry.section != "hedges" or match.entry.info.get("stance") != "unknown"
            if known or (k > content.first and layout.has("coordinators", k - 1)):
                continue
            if match.last >= content.last or _only_adverbs(layout, match.last, content.last):
                # "That figure could not be verified": the subject is what is not known.
                return trimmed(layout, Range(content.first, k)) if k > content.first else None
            known = range(match.first, match.last)
            able = any(layout.has("to", j) for j in known)  # "has not been able to establish"
            active = k == content.first or able or not any(layout.has("be", j) for j in known)
            return trimmed(layout, Range(match.last, content.last)) if active else None
    return _subject_unknown(layout, content)


def _subject_unknown(layout: Layout, content: Range) -> Range | None:
    """Return "the circumstances in which it was filmed" where "are not known" ends the sentence."""
    for k in range(max(content.first + _SUBJECT, content.last - _PREDICATE), content.last):
        for match in layout.matches.get(k, ()):
            hedge = match.entry.section == "hedges" and match.entry.info.get("stance") == "unknown"
            if (
                hedge
                and match.last >= content.last
                and any(layout.has("be", j) for j in range(match.first, match.last))
            ):
                return trimmed(layout, Range(content.first, k))
    return None


def _only_adverbs(layout: Layout, first: int, last: int) -> bool:
    return last - first <= 4 and all(
        layout.has("cue_adverbs", k)
        or layout.tokens[k].low.endswith("ly")
        or not layout.tokens[k].word
        for k in range(first, last)
    )


def past_relative(layout: Layout, k: int, last: int) -> int | None:
    """Return the token after ", who lives in Khujand," where such a description begins at `k`."""
    if layout.tokens[k].text != "," or k + 2 >= last or not layout.has("relatives", k + 1):
        return None
    for j in range(k + 2, min(k + _DESCRIPTION, last - 1)):
        if layout.tokens[j].text == ",":
            return j + 1
        if layout.tokens[j].text in ".;:!?":
            return None
    return None
