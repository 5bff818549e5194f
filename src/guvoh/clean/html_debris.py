"""The blocks of a page that are no text of the report, kept with the reason, in bounded number."""

from collections.abc import Sequence

from guvoh.clean.decode import Decoded
from guvoh.clean.html_blocks import Contexts, reason_by_words
from guvoh.clean.html_choice import PULL_QUOTE, TITLE, Judged
from guvoh.clean.html_fields import block_bytes
from guvoh.clean.html_tokens import Page
from guvoh.model.report import Debris
from guvoh.model.text import ByteSpan, Stated

_MOST = 150
_LONGEST = 1_500  # characters of one entry; its bytes tell the rest
_OUTSIDE = "outside the main text"


def read_debris(
    page: Page, decoded: Decoded, judged: Sequence[Judged], said: Sequence[Stated]
) -> tuple[Debris, ...]:
    """Return what was left out, neighbours with one reason joined; `said` is found elsewhere.

    Titles, bylines, captions and credits that became fields of the report are no debris.
    """
    contexts = Contexts(page, [one.block for one in judged if one.kept])
    used = {stated.at for stated in said if stated.at is not None}
    texts = {stated.text for stated in said}
    groups: list[tuple[str, list[Judged]]] = []
    open_ = False
    for one in judged:
        reason = "" if one.kept else _reason(one, contexts)
        if reason in ("", TITLE, "head") or _is_said(decoded, one, reason, texts, used):
            open_ = False
        elif len(groups) >= _MOST or (open_ and groups[-1][0] == reason):
            groups[-1][1].append(one)
        else:
            groups.append((reason, [one]))
            open_ = True
    return tuple(_entry(decoded, reason, members) for reason, members in groups)


def _is_said(
    decoded: Decoded, one: Judged, reason: str, texts: set[str], used: set[ByteSpan]
) -> bool:
    """Tell whether a block became a field of the report; its bytes are asked only where it may have."""
    if one.text not in texts and reason not in ("caption", "credit", "byline", "hidden"):
        return False
    return block_bytes(decoded, one.block) in used


def _entry(decoded: Decoded, reason: str, members: Sequence[Judged]) -> Debris:
    first, last = members[0].block, members[-1].block
    at = ByteSpan(block_bytes(decoded, first).start, block_bytes(decoded, last).end)
    text = "\n".join(one.text for one in members[:_LONGEST])[:_LONGEST]
    return Debris(text, reason, at)


def _reason(one: Judged, contexts: Contexts) -> str:
    if one.reason is not None and one.reason != PULL_QUOTE:
        return one.reason
    if one.block.parent.tag in ("title", "head"):
        return "head"
    if one.reason == PULL_QUOTE:
        return "pull quote, said again"
    return contexts.reason(one.block) or reason_by_words(one.text) or _OUTSIDE
