"""Sayings: each stretch of content with the frame it stands in, down through quotations in quotations."""

from dataclasses import replace

from guvoh.model.claim import ClaimKind
from guvoh.reading.behind import after
from guvoh.reading.clauses import (
    Clause,
    Phrase,
    clause_of,
    has_finite,
    item_of,
)
from guvoh.reading.contents import contents_of, first_subject, is_own_clause, speaks_up
from guvoh.reading.frame import Frame
from guvoh.reading.frames import find_frames
from guvoh.reading.how_said import kind_of, lost_marks, passed_on, self_named, spoken_in
from guvoh.reading.layout import Layout, Range, Unit
from guvoh.reading.left_out import left_out, named_elsewhere
from guvoh.reading.marked import NOTHING, Heard, claimed, voice
from guvoh.reading.pointers import pointer
from guvoh.reading.saying import Saying, Sayings
from guvoh.reading.settled import settle
from guvoh.reading.stretches import (
    after_unknown,
    is_question,
    opening_of,
    past_dateline,
    sentences_in,
    too_short,
    trimmed,
)

# "He said that she said that they said …" seldom goes deeper in a report.
DEEPEST = 5


class _Reader:
    """Collects the sayings of one text in order of their cues."""

    def __init__(self, layout: Layout, heard: Heard, relayed: frozenset[int]) -> None:
        self.layout = layout
        self.relayed = relayed
        self.heard = heard
        self.added: list[Range] = []
        self.dropped: list[Range] = []
        self.bounded: list[Range] = []
        self.sayings: list[Saying] = []
        self.last_direct: int | None = None
        self.last_paragraph = -1
        self.unit = 0
        self.narrated: tuple[int, Clause] | None = None  # the last unit of nothing but narration

    def read_unit(self, number: int, unit: Unit, turn: int | None) -> None:
        """Read one unit at the level of narration."""
        self.unit = number
        if turn is not None:
            self._turn_sentence(unit.tokens, turn)
            return
        clause = clause_of(self.layout, past_dateline(self.layout, unit.tokens))
        if self._points_back(clause, unit):
            return
        settled = settle(clause, find_frames(clause, 0, len(clause.items)), self.heard)
        frames = settled.frames
        self.dropped += settled.dropped
        self.bounded += settled.bounded
        if unit.paragraph != self.last_paragraph and not self._goes_on(unit):
            self.last_paragraph = unit.paragraph
        first = len(self.sayings)
        begun = 0  # where what nothing was made of begins
        for start, end, frame in _in_order(clause, frames):
            said = len(self.sayings)
            if frame is None:
                self._narration(clause, start, end, bool(frames))
            elif not self._framed(clause, frame, None, 0, first):
                self._narration(clause, begun, end, framed=False)
            if len(self.sayings) > said:
                begun = end
        if all(saying.kind is ClaimKind.NARRATED for saying in self.sayings[first:]):
            self.narrated = (number, clause)

    def _points_back(self, clause: Clause, unit: Unit) -> bool:
        """Give the narration of the sentence before to whom "Об этом сообщила …" names."""
        last = self.sayings[-1] if self.sayings else None
        if last is None or last.parent is not None or not _may_rest(last):
            return False
        if last.unit != self.unit - 1 or self.layout.units[last.unit].paragraph != unit.paragraph:
            return False
        pointed = pointer(clause)
        if pointed is None:
            return False
        cue, source, addressee = pointed
        if last.kind is not ClaimKind.NARRATED:
            if addressee is None:
                return False
            # "Тётя говорит, что … Об этом ей сообщил тренер": she has it from him.
            self.sayings[-1] = replace(last, source=source, outer=last.source)
            return True
        self.sayings[-1] = replace(
            last,
            kind=ClaimKind.INDIRECT,
            stance=str(cue.entry.info["stance"]),
            cue=Range(cue.first, cue.last),
            cue_class=str(cue.entry.info["class"]),
            source=source,
            addressee=addressee,
        )
        return True

    def _goes_on(self, unit: Unit) -> bool:
        return unit.tokens.first in self.layout.speech

    def _turn_sentence(self, tokens: Range, turn: int) -> None:
        content = trimmed(self.layout, tokens)
        if content is None or is_question(self.layout, tokens) or too_short(self.layout, content):
            return
        index = len(self.sayings)
        told = passed_on(self.layout, tokens) if self.unit in self.relayed else None
        if told is not None:
            kind, (pieces, stance) = ClaimKind.INDIRECT, told
            said = Saying(pieces, kind, self.unit, stance=stance, turn=turn, relayed=True)
            self.sayings.append(said)
            self._within(list(pieces), index, 1, quoted=False)
            return
        relayed = self.unit in self.relayed
        direct = Saying((content,), ClaimKind.DIRECT, self.unit, turn=turn, relayed=relayed)
        self.sayings.append(direct)
        self._inside(tokens, index, 1, None, turn=True)

    def _framed(
        self, clause: Clause, frame: Frame, parent: int | None, depth: int, first: int
    ) -> bool:
        """Add what a frame holds; return False where nobody can be meant by a subject left out."""
        previous: int | None = None
        if frame.extra.get("implicit"):
            previous = self._meant(clause, frame, parent, first)
            nobody = previous is None and frame.source is None
            if nobody and not left_out(clause, frame, parent):
                return False
        told = False  # whether the words in marks only bear out what was told before them
        for ranges, quoted in contents_of(clause, frame):
            index = len(self.sayings)
            stance, told = "asserted" if told and quoted else frame.stance, told or not quoted
            kind = kind_of(self.layout, ranges, quoted=quoted)
            hedged = frame.unnamed and bool(frame.extra.get("whole"))
            narrates = frame.cue.entry.info.get("narrates") or frame.extra.get("narrates")
            if narrates or (hedged and not quoted):
                kind = ClaimKind.NARRATED
            if kind is ClaimKind.INDIRECT and lost_marks(self.layout, frame, ranges):
                kind = ClaimKind.DIRECT
            if frame.extra.get("colon") and parent is not None and kind is ClaimKind.INDIRECT:
                kind = ClaimKind.DIRECT
            source = frame.source
            self.sayings.append(
                Saying(
                    pieces=tuple(ranges),
                    kind=kind,
                    unit=self.unit,
                    parent=parent,
                    stance=stance,
                    cue=Range(frame.cue.first, frame.cue.last),
                    cue_class=frame.extra.get("class", str(frame.cue.entry.info["class"])),
                    source=source,
                    outer=frame.outer,
                    addressee=frame.addressee,
                    unnamed=frame.unnamed,
                    negated=frame.negated,
                    carried=previous,
                    dangling=bool(frame.extra.get("whole")),
                    noun_content=frame.noun_content,
                )
            )
            if quoted and parent is None:
                self.last_direct = index
            for one in frame.inner:
                self._framed(clause, one, index, depth + 1, index + 1)
            if depth < DEEPEST and not (frame.extra.get("whole") or frame.inner):
                self._within(ranges, index, depth + 1, quoted=quoted)
        return True

    def _meant(self, clause: Clause, frame: Frame, parent: int | None, first: int) -> int | None:
        """Return the saying whose speaker a subject left out means, or give the frame its source; None else."""
        previous = self._speaker_before(parent, first)
        if previous is None and frame.extra["implicit"] == "aside":
            previous = self._last_spoken()  # "Uno de ellos, añadió, …"
        if previous is not None or named_elsewhere(clause, frame):
            return previous
        spoken = parent is None and frame.cue.entry.form != "ing"
        quoted = any(clause.quoted(k) for piece in frame.pieces for k in range(*piece))
        about = self._named_before() if spoken and quoted else None
        if about is not None:
            frame.source = about  # "Wilmer llegó en marzo. «Nos pegaban», relató."
            return None
        last = self._last_spoken() if spoken else None
        return last if last is None or self._agree(frame, self.sayings[last]) else None

    def _agree(self, frame: Frame, last: Saying) -> bool:
        """Return whether a verb without a subject can go on with who spoke last: not "говорят" with one of them."""
        they = self.layout.lexicon.endings.get("they")
        if they is None or last.cue is None or not self.layout.lexicon.order.get("prodrop"):
            return True
        if last.cue_class in ("according", "citing", "noun") or last.turn is not None:
            return True
        now, before = (self.layout.lows[cue.first].endswith(they) for cue in (frame.cue, last.cue))
        return now == before

    def _within(self, ranges: list[Range], parent: int, depth: int, *, quoted: bool) -> None:
        """Read the frames inside the contents of a frame."""
        if len(ranges) > 1 and not quoted:
            self._inside_parts(ranges, parent, depth)
            return
        for piece in ranges:
            self._inside(piece, parent, depth, opening_of(self.layout, piece) if quoted else None)

    def _inside(
        self, tokens: Range, parent: int, depth: int, inside: int | None, *, turn: bool = False
    ) -> None:
        """Read the frames inside a content, sentence by sentence."""
        for piece in sentences_in(self.layout, tokens):
            clause = clause_of(self.layout, piece, inside, turn=turn)
            first = len(self.sayings)
            for frame in find_frames(clause, 0, len(clause.items)):
                if frame.extra.get("whole") or (frame.unnamed and frame.source is None):
                    continue
                self._framed(clause, frame, parent, depth, first)

    def _inside_parts(self, ranges: list[Range], parent: int, depth: int) -> None:
        """Read the frames of a content that its cue parts: "Jamshed is on a list, he says, and fears that …"."""
        parts = [
            clause_of(
                self.layout, Range(first - self.layout.has("coordinators", first - 1), last)
            ).items
            for first, last in ranges
        ]
        clause = Clause(self.layout, tuple(item for part in parts for item in part))
        seam = len(parts[0])
        first = len(self.sayings)
        for frame in find_frames(clause, 0, len(clause.items)):
            across = any(p < seam < q for p, q in frame.pieces)
            nobody = frame.unnamed and frame.source is None
            if not (across or nobody or frame.extra.get("whole")):
                self._framed(clause, frame, parent, depth, first)

    def _speaker_before(self, parent: int | None, first: int) -> int | None:
        """Return the saying whose speaker an elided subject means."""
        for index in range(len(self.sayings) - 1, first - 1, -1):
            saying = self.sayings[index]
            if saying.parent == parent and saying.kind is not ClaimKind.NARRATED:
                return index
        return None

    def _last_spoken(self, within: int | None = 3) -> int | None:
        """Return the last saying that somebody said, at most `within` sentences back; None: anywhere before."""
        for index in range(len(self.sayings) - 1, -1, -1):
            saying = self.sayings[index]
            if within is not None and self.unit - saying.unit > within:
                return None
            if saying.parent is None and saying.kind is not ClaimKind.NARRATED:
                return index
        return None

    def _narration(self, clause: Clause, start: int, end: int, framed: bool) -> None:
        """Add what no frame holds: narration sentence by sentence, and quotations left alone."""
        if framed and clause.low(start) == ":" and clause.quoted(start + 1):
            # "…, niega cobrar alquiler: «Les hago un favor»"
            self._lone_quotations(clause, start, end, [start + 1])
            return
        if framed and not is_own_clause(clause, start, end):
            return
        marked = self._as_marked(clause.range(start, end))
        if marked is not None:
            told = _told_beside(clause, start, item_of(clause, marked))
            if told is not None:
                self._narrated(told)
            return
        quotes = clause.quotations(start, end)
        if quotes and self._lone_quotations(clause, start, end, quotes):
            return
        self._narrated(clause.range(start, end))

    def _narrated(self, tokens: Range) -> None:
        """Add narration sentence by sentence."""
        for piece in sentences_in(self.layout, tokens):
            content = trimmed(self.layout, piece)
            if (
                content is None
                or is_question(self.layout, piece)
                or too_short(self.layout, content)
            ):
                continue
            asked = after_unknown(self.layout, content)
            if asked is not None:
                content = asked
            stance = "asserted" if asked is None else "unknown"
            self.sayings.append(Saying((content,), ClaimKind.NARRATED, self.unit, stance=stance))

    def _as_marked(self, tokens: Range) -> int | None:
        """Add the sayings that the encoder marked where no rule found a frame; return where they begin."""
        found = claimed(self.layout, self.heard.between(tokens), tokens)
        for one in found:
            index = len(self.sayings)
            quoted = all(spoken_in(self.layout, piece) for piece in one.contents)
            info = one.known.entry.info if one.known is not None else {}
            self.sayings.append(
                Saying(
                    pieces=one.contents,
                    kind=kind_of(self.layout, list(one.contents), quoted=quoted),
                    unit=self.unit,
                    stance=str(info.get("stance", "asserted")),
                    cue=one.cue,
                    cue_class=str(info.get("class", "say")),
                    source=voice(self.layout, one.source) if one.source is not None else None,
                )
            )
            if quoted:
                self.last_direct = index
            for piece in one.contents:
                self._inside(piece, index, 1, None)
        self.added += [one.cue for one in found]
        parts = [part for one in found for part in (one.cue, one.source, *one.contents) if part]
        return min((part.first for part in parts), default=None)

    def _lone_quotations(self, clause: Clause, start: int, end: int, quotes: list[int]) -> bool:
        """Give quotations without a cue to the subject before a colon or to who spoke last."""
        words = sum(
            1 for k in range(start, end) if not clause.quoted(k) and not clause.punctuation(k)
        )
        source: Phrase | None = None
        if words and clause.low(quotes[0] - 1) == ":":
            source = first_subject(clause, start)
        elif words:
            source = first_subject(clause, start)
            if source is None:
                return False
        else:
            source = self._shown_before()
        carried = self._last_spoken(within=None) if source is None else None
        for k in quotes:
            inner = self.layout.speech[clause.items[k].first][0]
            content = trimmed(self.layout, inner)
            asks = is_question(self.layout, inner) and len(sentences_in(self.layout, inner)) == 1
            if content is None or asks:
                continue
            if source is None and self._cue_inside(clause.items[k].first, inner):
                continue
            index = len(self.sayings)
            self.sayings.append(
                Saying(
                    (content,),
                    ClaimKind.DIRECT,
                    self.unit,
                    source=source,
                    carried=carried,
                    cue_class="quotation",
                )
            )
            if carried is None:
                self.last_direct = index
            self._inside(content, index, 1, opening_of(self.layout, content))
        if words > 3 and source is not None:
            tokens = clause.range(start, quotes[0]) if quotes[0] > start else None
            content = trimmed(self.layout, tokens) if tokens is not None else None
            if content is not None and has_finite(clause, start, quotes[0]):
                self.sayings.append(Saying((content,), ClaimKind.NARRATED, self.unit))
        return True

    def _narrated_before(self) -> Clause | None:
        """Return the unit before, where it holds nothing but narration."""
        before = self.narrated is not None and self.narrated[0] == self.unit - 1
        return self.narrated[1] if self.narrated is not None and before else None

    def _named_before(self) -> Phrase | None:
        """Return whom by name the narration before is about."""
        clause = self._narrated_before()
        about = None if clause is None else first_subject(clause)
        if clause is None or about is None:
            return None
        return about if clause.is_name(item_of(clause, about.head.last) - 1) else None

    def _shown_before(self) -> Phrase | None:
        """Return of whom the sentence before tells how he takes it: "Samir laughs at this. “I was locked in.”"."""
        units = self.layout.units
        clause = self._narrated_before()
        beside = clause and units[self.unit - 1].paragraph == units[self.unit].paragraph
        return first_subject(clause) if clause and beside and speaks_up(clause) else None

    def _cue_inside(self, mark: int, inner: Range) -> bool:
        """Read "« Puis, poursuit-il, on nous a mis dans un bus. »": the cue stands inside the marks."""
        if not self.layout.lexicon.order.get("cue_inside"):
            return False
        sentences = sentences_in(self.layout, inner)
        for number, piece in enumerate(sentences):
            clause = clause_of(self.layout, piece, mark)
            frame = after(clause, 0, len(clause.items))
            if frame is None or frame.source is None or frame.cue.entry.form == "ing":
                continue
            if frame.cue.first > frame.source.head.first or self_named(self.layout, frame):
                continue
            before = Range(inner.first, piece.first)
            behind = Range(piece.last, inner.last)
            ranges = [clause.range(*part) for part in frame.pieces]
            self._spoken(before if number else None, [frame], ranges)
            if behind.last > behind.first:
                self._spoken(behind, [], [])
            return True
        return False

    def _spoken(self, alone: Range | None, frames: list[Frame], ranges: list[Range]) -> None:
        """Add what is spoken inside one pair of marks: with its cue, or by who spoke last there."""
        for frame in frames:
            pieces = [p for r in ranges if (p := trimmed(self.layout, r)) is not None]
            if is_question(self.layout, ranges[-1]) or not pieces:
                continue
            self.last_direct = len(self.sayings)
            self.sayings.append(
                Saying(
                    tuple(pieces),
                    ClaimKind.DIRECT,
                    self.unit,
                    stance=frame.stance,
                    cue=Range(frame.cue.first, frame.cue.last),
                    cue_class=str(frame.cue.entry.info["class"]),
                    source=frame.source,
                    addressee=frame.addressee,
                )
            )
            for piece in pieces:
                self._inside(piece, self.last_direct, 1, opening_of(self.layout, piece))
        content = trimmed(self.layout, alone) if alone is not None else None
        if content is not None:
            self.sayings.append(
                Saying(
                    (content,),
                    ClaimKind.DIRECT,
                    self.unit,
                    carried=self.last_direct,
                    cue_class="quotation",
                )
            )
            self._inside(content, len(self.sayings) - 1, 1, opening_of(self.layout, content))


def _may_rest(last: Saying) -> bool:
    """Return whether the sentence behind what is said can tell on whose word that stands."""
    heard = last.kind is ClaimKind.INDIRECT and last.source is not None and last.outer is None
    return last.kind is ClaimKind.NARRATED or (heard and last.stance == "asserted")


def find_sayings(
    layout: Layout,
    turns: dict[int, int],
    silent: set[int],
    heard: Heard = NOTHING,
    relayed: frozenset[int] = frozenset(),
) -> Sayings:
    """Return the sayings of a text.

    `turns` maps a unit to the turn it belongs to; `silent` units (questions, labels) assert nothing,
    in `relayed` ones somebody speaks for another, who is "he" there.
    `heard` is what the encoder marked: taken where no rule finds who speaks, and where it sees no
    attribution the rules' is left out.
    """
    reader = _Reader(layout, heard, relayed)
    for number, unit in enumerate(layout.units):
        if number not in silent:
            reader.read_unit(number, unit, turns.get(number))
    return Sayings(
        reader.sayings, tuple(reader.added), tuple(reader.dropped), tuple(reader.bounded)
    )


def _told_beside(clause: Clause, start: int, end: int) -> Range | None:
    """Return the main clause before "where he was told that", "after she said that", if there is one."""
    opens = [
        k for k in range(start, end) if clause.is_("subordinators", k) or clause.is_("relatives", k)
    ]
    if not opens or not is_own_clause(clause, start, opens[-1]):
        return None
    return clause.range(start, opens[-1])


def _in_order(clause: Clause, frames: list[Frame]) -> list[tuple[int, int, Frame | None]]:
    """Return frames and the stretches between them, in the order of the text."""
    parts: list[tuple[int, int, Frame | None]] = []
    at = 0
    for frame in sorted(frames, key=lambda f: f.covers[0]):
        begin, end = frame.covers
        if begin > at:
            parts.append((at, begin, None))
        parts.append((begin, end, frame))
        at = max(at, end)
    if at < len(clause.items):
        parts.append((at, len(clause.items), None))
    return parts
