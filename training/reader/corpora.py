"""Corpora as documents: paragraphs of text with labelled spans, layer by layer."""

import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared/data"
ATTRIBUTION, NAMES, TIMES, QUANTITIES, EVENTS = (
    "attribution",
    "names",
    "times",
    "quantities",
    "events",
)
_RE3D = {
    "Person": (NAMES, "person"),
    "Organisation": (NAMES, "organisation"),
    "Location": (NAMES, "place"),
    "Nationality": (NAMES, "nationality"),
    "Weapon": (NAMES, "weapon"),
    "MilitaryPlatform": (NAMES, "weapon"),
    "Temporal": (TIMES, "time"),
    "Quantity": (QUANTITIES, "quantity"),
    "Money": (QUANTITIES, "quantity"),
}
_WNUT = {
    "person": (NAMES, "person"),
    "location": (NAMES, "place"),
    "corporation": (NAMES, "organisation"),
    "group": (NAMES, "organisation"),
}
_UNER = {
    "PER": (NAMES, "person"),
    "LOC": (NAMES, "place"),
    "ORG": (NAMES, "organisation"),
}
_MENTION = re.compile(r"\((\d+)-([a-z]+)[^()]*?(\))?(?=\(|$|\d|\))|(\d+)\)")
_SENTENCES_TOGETHER = 6
_PRONOUNS = frozenset(
    [
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "it",
        "us",
        "them",
        "him",
        "her",
        "our",
        "their",
        "his",
        "its",
        "my",
        "your",
        "this",
        "that",
        "these",
        "those",
        "who",
    ]
)


@dataclass
class Paragraph:
    """Text and its spans by layer: (start, end, label), code points."""

    text: str
    spans: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)

    def add(self, layer: str, start: int, end: int, label: str) -> None:
        """Add one span to one layer."""
        self.spans.setdefault(layer, []).append((start, end, label))


@dataclass
class Document:
    """Paragraphs that follow one another; `layers` are those somebody annotated."""

    name: str
    layers: frozenset[str]
    paragraphs: list[Paragraph]


def share(name: str) -> float:
    """Return a number from 0 to 1 that depends on the name alone: a split that never moves."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 2**32


def polnear(part: str) -> Iterator[Document]:
    """Yield the texts of PolNeAR by their first annotator; each contiguous piece is a span."""
    folder = DATA / "attribution/polnear" / part
    for path in sorted((folder / "text").glob("*.txt")):
        annotations = sorted((folder / "attributions").glob(f"{glob_escape(path.stem)}_*.ann"))
        if not annotations:
            continue
        text = path.read_text(encoding="utf-8")
        spans = []
        for line in annotations[0].read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if not line.startswith("T") or len(fields) < 2:
                continue
            label, *pieces = fields[1].replace(";", " ").split()
            if label in ("Source", "Cue", "Content"):
                numbers = [int(piece) for piece in pieces]
                spans += [
                    (s, e, label.lower()) for s, e in zip(numbers[::2], numbers[1::2], strict=True)
                ]
        yield Document(path.stem, frozenset({ATTRIBUTION}), _lines(text, ATTRIBUTION, spans))


def glob_escape(name: str) -> str:
    """Return a name with what `glob` would read as a pattern escaped."""
    return re.sub(r"([*?[])", r"[\1]", name)


def _lines(text: str, layer: str, spans: list[tuple[int, int, str]]) -> list[Paragraph]:
    paragraphs = []
    at = 0
    spans = sorted(spans)
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            paragraph = Paragraph(line)
            for s, e, label in spans:
                if s < end and e > at:
                    paragraph.add(layer, max(s, at) - at, min(e, end) - at, label)
            paragraphs.append(paragraph)
        at = end + 1
    return paragraphs


def conll(
    path: Path, mapping: dict[str, tuple[str, str]], layers: frozenset[str]
) -> Iterator[Document]:
    """Yield the sentences of a BIO file, some together, with the spaces that print has."""
    sentences: list[Paragraph] = []
    tokens: list[tuple[str, str]] = []
    columns = (1, 2) if path.suffix == ".iob2" else (0, 1)
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# ") and columns[0]:
            continue
        fields = line.split("\t")
        if line.strip() and len(fields) > columns[1]:
            tokens.append((fields[columns[0]], fields[columns[1]]))
        elif tokens:
            sentences.append(_sentence(tokens, mapping))
            tokens = []
    for k in range(0, len(sentences), _SENTENCES_TOGETHER):
        yield Document(f"{path.stem}-{k}", layers, sentences[k : k + _SENTENCES_TOGETHER])


def _sentence(tokens: list[tuple[str, str]], mapping: dict[str, tuple[str, str]]) -> Paragraph:
    text = ""
    places = []
    for word, _tag in tokens:
        if text and not re.match(r"[.,;:!?)\]%]|'s$|n't$|’s$", word) and text[-1] not in "([$":
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    paragraph = Paragraph(text)
    open_: tuple[int, int, str] | None = None
    for (start, end), (_word, tag) in zip([*places, (0, 0)], [*tokens, ("", "O")], strict=True):
        if tag.startswith("I-") and open_ and open_[2] == tag[2:]:
            open_ = (open_[0], end, open_[2])
            continue
        if open_ and open_[2] in mapping:
            layer, label = mapping[open_[2]]
            paragraph.add(layer, open_[0], open_[1], label)
        open_ = (start, end, tag[2:]) if tag != "O" else None
    return paragraph


def re3d(part: str) -> Iterator[Document]:
    """Yield re3d: names, times and quantities in sentences on a conflict."""
    layers = frozenset({NAMES, TIMES, QUANTITIES})
    for document in conll(DATA / f"ner/re3d/{part}/re3d-{part}.conll", _RE3D, layers):
        for paragraph in document.paragraphs:
            named = paragraph.spans.get(NAMES, [])
            paragraph.spans[NAMES] = [n for span in named if (n := _proper(paragraph.text, span))]
        yield document


def _proper(text: str, span: tuple[int, int, str]) -> tuple[int, int, str] | None:
    """Return a mention of re3d without its article, None for pronouns and common nouns."""
    start, end, label = span
    article = re.match(r"(?:the|an?)\s+", text[start:end], re.IGNORECASE)
    start += article.end() if article else 0
    words = text[start:end].split()
    if words and words[0].lower() in _PRONOUNS:
        return None
    if label != "weapon" and not any(word[0].isupper() for word in words):
        return None
    return start, end, label


def wnut() -> Iterator[Document]:
    """Yield the training part of WNUT17: names in short messages."""
    yield from conll(DATA / "ner/wnut17/train/wnut17train.conll", _WNUT, frozenset({NAMES}))


def uner() -> Iterator[Document]:
    """Yield UNER's development part: names in web English."""
    yield from conll(DATA / "ner/en_ewt-ud-dev.iob2", _UNER, frozenset({NAMES}))


def tbaq() -> Iterator[Document]:
    """Yield TimeBank and AQUAINT: times, and events with their class."""
    for path in sorted((DATA / "time/tbaq").glob("*/[!.]*.tml")):
        body = re.search(r"<TEXT>(.*)</TEXT>", path.read_text(encoding="utf-8"), re.DOTALL)
        if body is None:
            continue
        text, spans = "", []
        stack: list[tuple[str, str, int]] = []
        for piece in re.split(r"(<[^>]+>)", body.group(1)):
            if not piece.startswith("<"):
                text += html.unescape(piece)
            elif piece.startswith(("<TIMEX3", "<EVENT")):
                label = re.search(r'class="([A-Z_]+)"', piece)
                stack.append(
                    (TIMES, "time", len(text)) if label is None else (EVENTS, label[1], len(text))
                )
            elif piece in ("</TIMEX3>", "</EVENT>") and stack:
                layer, name, start = stack.pop()
                spans.append((layer, start, len(text), name))
        yield Document(path.stem, frozenset({TIMES, EVENTS}), _blocks(text, spans))


def _blocks(text: str, spans: list[tuple[str, int, int, str]]) -> list[Paragraph]:
    """Return paragraphs parted by empty lines, their line breaks made spaces."""
    flat = re.sub(r"(?<!\n)\n(?!\s*\n)", " ", text)
    paragraphs = []
    for match in re.finditer(r"[^\n]+", flat):
        if not match.group().strip():
            continue
        paragraph = Paragraph(match.group())
        for layer, s, e, label in spans:
            if match.start() <= s and e <= match.end():
                paragraph.add(layer, s - match.start(), e - match.start(), label)
        paragraphs.append(paragraph)
    return paragraphs


def demonyms() -> set[str]:
    """Return the English words for a nationality that guvoh ships, with capitals."""
    path = ROOT / "src/guvoh/languages/en/demonyms.tsv"
    found = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        for form in line.split("\t")[1].replace(",", " ").split():
            stem, tilde, ending = form.partition("~")
            found.update({stem, stem + ending} if tilde else {stem})
    return found


@dataclass
class _Token:
    form: str
    upos: str
    head: int
    deprel: str
    space: bool


def gum(part: str) -> Iterator[Document]:
    """Yield GUM: proper names cut out of its mentions, and nationalities by our list of words."""
    nations = demonyms()
    for path in sorted((DATA / f"ner/gum/{part}").glob("*.conllu")):
        paragraphs: list[Paragraph] = []
        open_: list[tuple[str, int, str]] = []
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
            rows = [row for row in rows if row[0].isdigit()]
            if rows:
                tokens = [
                    _Token(r[1], r[3], int(r[6]) - 1, r[7], "SpaceAfter=No" not in r[9])
                    for r in rows
                ]
                mentions = _mentions([row[9] for row in rows], open_)
                paragraphs.append(_gum_sentence(tokens, mentions, nations))
        yield Document(path.stem, frozenset({NAMES}), paragraphs)


def _mentions(notes: list[str], open_: list[tuple[str, int, str]]) -> list[tuple[int, int, str]]:
    """Return the mentions that end in a sentence; `open_` keeps those that have begun."""
    found = []
    for number, note in enumerate(notes):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", note)
        for begun, kind, ended, closed in _MENTION.findall(entity[1] if entity else ""):
            if begun and ended:
                found.append((number, number + 1, kind))
            elif begun:
                open_.append((begun, number, kind))
            else:
                at = next((k for k in reversed(range(len(open_))) if open_[k][0] == closed), None)
                if at is not None and open_[at][1] <= number:
                    _, start, what = open_.pop(at)
                    found.append((start, number + 1, what))
    return found


def _gum_sentence(
    tokens: list[_Token], mentions: list[tuple[int, int, str]], nations: set[str]
) -> Paragraph:
    text, places = "", []
    for token in tokens:
        places.append((len(text), len(text) + len(token.form)))
        text += token.form + (" " if token.space else "")
    paragraph = Paragraph(text.rstrip())
    taken: set[int] = set()
    named = [
        (*name, kind)
        for start, end, kind in mentions
        if kind in ("person", "organization", "place")
        and (name := _name(tokens, mentions, start, end))
    ]
    for first, last, kind in sorted(named, key=lambda n: n[0] - n[1]):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            label = "organisation" if kind == "organization" else kind
            if last - first == 1 and tokens[first].form in nations:
                label = "nationality"
            paragraph.add(NAMES, places[first][0], places[last - 1][1], label)
    for k, token in enumerate(tokens):
        if k not in taken and token.form in nations:
            paragraph.add(NAMES, *places[k], "nationality")
    return paragraph


def _name(
    tokens: list[_Token], mentions: list[tuple[int, int, str]], start: int, end: int
) -> tuple[int, int] | None:
    """Return the proper name around the head of a mention, None where the head is a common noun."""
    head = next((k for k in range(start, end) if not start <= tokens[k].head < end), start)
    if tokens[head].upos != "PROPN":
        return None
    inner = {s for s, e, _ in mentions if start < s < end or (s == start and e < end)}
    first = head
    while first > start and _before_name(tokens[first - 1]):
        first -= 1
    last = head + 1
    while last < end and (
        _goes_on(tokens[last], apart=last in inner) or _links(tokens, last, start, end)
    ):
        last += 1
    while first < last and tokens[first].deprel == "nmod:desc":
        first += 1
    return (first, last) if any(t.upos == "PROPN" for t in tokens[first:last]) else None


def _before_name(token: _Token) -> bool:
    if token.deprel == "punct":
        return token.form in "-–.'’&"
    return token.upos == "PROPN" and token.deprel in ("compound", "flat", "amod", "name")


def _goes_on(token: _Token, *, apart: bool) -> bool:
    return token.upos == "PROPN" and (not apart or token.deprel in ("flat", "compound"))


def _links(tokens: list[_Token], k: int, start: int, end: int) -> bool:
    """Return whether "of", "and" at `k` holds the parts of one name together."""
    if tokens[k].form not in ("of", "the", "and", "&", "-", "'s", "’s", "for") or k + 1 >= end:
        return False
    if tokens[k + 1].upos not in ("PROPN", "DET"):
        return False
    following = tokens[k + 1 : min(k + 3, end)]
    return any(t.upos == "PROPN" and start <= t.head < end for t in following)


def cofenet() -> list[dict[str, list[str]]]:
    """Return the paragraphs of PolNeAR's development part as CofeNet cut them: tokens and BIO labels."""
    path = DATA / "attribution/polnear-cofenet/valid.txt"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
