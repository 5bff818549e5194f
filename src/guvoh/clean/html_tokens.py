"""A saved page as a flat stream of text pieces, blocks and statements, each with its place in the source."""

import re
from dataclasses import dataclass, field
from html import unescape

# Tag and attribute syntax after the HTML standard's tokenizer (WHATWG, 13.2.5). Quotes matter only
# after "=". Possessive quantifiers keep it linear: nothing is ever given back.
_TOKEN = re.compile(
    r"<(?:"
    r"(/?)([a-zA-Z][^\s/>\0]{0,40}+)[^\s/>]*+"
    r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>"
    r"|(!--(?:-?>|[\s\S]*?(?:--!?>|\Z)))"
    r"|[!?/][^>]*+>"
    r")"
)
_ATTRIBUTE = re.compile(
    r"([^\s=/>\"'<]{1,64}+)(?:\s{0,16}+=\s{0,16}+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?+"
)
_FILLED = re.compile(r"[^\s\0]")

# Elements whose contents are no text of the page.
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "svg",
        "noscript",
        "template",
        "iframe",
        "object",
        "canvas",
        "math",
        "select",
        "textarea",
        "xmp",
        "noembed",
        "noframes",
        "datalist",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "optgroup",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# An opening tag of the key ends an open element of the value (the standard's implied end tags).
_ENDS = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}
_P_ENDERS = _BLOCKS - {"button", "option", "optgroup", "caption", "legend", "tbody", "td", "tfoot",
                       "th", "thead", "tr", "video", "audio", "body", "html", "head", "title"}  # fmt: skip
_HOLDERS = frozenset(
    [
        "div",
        "section",
        "article",
        "main",
        "body",
        "ul",
        "ol",
        "table",
        "tbody",
        "tr",
        "header",
        "footer",
    ]
)
_SCOPES = frozenset(["ul", "ol", "table", "td", "th", "button", "body", "html", "dl"])
_STATEMENTS = frozenset(["meta", "link", "img", "time", "base", "html"])

# What an opening tag does, so that one look at its name is enough.
_BLOCK, _EMPTY, _ENDS_P, _ENDS_LIKE, _STATES = 1, 2, 4, 8, 16
_KINDS = {
    name: _BLOCK * (name in _BLOCKS)
    | _EMPTY * (name in _VOID)
    | _ENDS_P * (name in _P_ENDERS)
    | _ENDS_LIKE * (name in _ENDS)
    | _STATES * (name in _STATEMENTS)
    for name in _BLOCKS | _VOID | _ENDS.keys() | _STATEMENTS
}

# A piece's number travels through a library as two variation selectors before its first character:
# printable, no letters, no white space, of no width, and untouched by normalisation.
_FIRST_MARK, _MARK_BASE = 0xE0100, 240
MOST_MARKS = _MARK_BASE * _MARK_BASE
WHITE, UNMARKED = -1, -2  # in place of a number: white space, and text beyond the last number
_MARK = re.compile("[\U000e0100-\U000e01ef]{2}")
_OWN_MARKS = re.compile("[\U000e0100-\U000e01ef]")
_LOOK_BACK = 48  # open elements that an end tag may close; deeper nesting is damage
_DEPTH_KEPT = 120  # trafilatura goes silently empty past about 250 nested elements
_LONGEST_TAG = 16_384  # of a tag handed to libraries: 300,000 attributes hang them
_LONGEST_PIECE = 65_536  # of a text node handed to libraries: libxml2 refuses 10 MB


@dataclass(slots=True, eq=False)
class Element:
    """An open or closed element: where its tag stands, and inside what."""

    tag: str
    start: int
    end: int  # of the opening tag
    parent: "Element | None"
    depth: int
    _attributes: dict[str, str] | None = None
    context: str | None = "?"  # what it is, once someone asked; see html_blocks.context_of

    def attributes(self, source: str) -> dict[str, str]:
        """Return its attributes, names in lower case, character references resolved."""
        if self._attributes is None:
            self._attributes = read_attributes(source, self.start + 1 + len(self.tag), self.end)
        return self._attributes


@dataclass(slots=True, eq=False)
class Piece:
    """Text between two tags, or a line break (`start` and `end` are those of its tag)."""

    start: int
    end: int
    parent: Element
    mark: int = WHITE  # number under which it travels through a library
    line_break: bool = False


@dataclass(slots=True, eq=False)
class Block:
    """Pieces that no block-level tag parts: a paragraph, heading, list item, cell or caption."""

    parent: Element
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """All of a page that anything later needs; offsets are code points into `source`."""

    source: str
    blocks: list[Block] = field(default_factory=list)
    statements: list[Element] = field(default_factory=list)  # meta, link, img, time, base, html
    scripts: list[tuple[int, int]] = field(default_factory=list)  # JSON-LD
    comments: list[tuple[int, int]] = field(default_factory=list)
    reduced: str = ""
    tags: int = 0
    depth: int = 0
    marks: int = 0


_MARKS = tuple(
    chr(_FIRST_MARK + high) + chr(_FIRST_MARK + low)
    for high in range(_MARK_BASE)
    for low in range(_MARK_BASE)
)


def marks_in(text: str) -> set[int]:
    """Return the numbers of the pieces whose marks came through in `text`."""
    return {
        (ord(mark[0]) - _FIRST_MARK) * _MARK_BASE + ord(mark[1]) - _FIRST_MARK
        for mark in _MARK.findall(text)
    }


def read_attributes(source: str, start: int, end: int) -> dict[str, str]:
    """Return the attributes in a tag's source between `start` and `end`; the first of a name holds."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source, start, min(end, start + _LONGEST_TAG)):
        name = match[1].lower()
        value = match[2] or match[3] or match[4] or ""
        if name not in found:
            found[name] = unescape(value) if "&" in value else value
    return found


class _Scan:
    """State of one pass over a page's source."""

    __slots__ = ("block", "element", "kept", "out", "page", "unclosed")

    def __init__(self, source: str) -> None:
        self.page = Page(source)
        self.element = Element("#document", 0, 0, None, 0)
        self.block: Block | None = None
        self.out: list[str] = []
        self.kept = 0  # source is copied to `out` up to here
        self.unclosed: set[str] = set()

    def text(self, start: int, end: int) -> None:
        """Add the text from `start` to `end` to the open block."""
        filled = _FILLED.search(self.page.source, start, end)
        block = self.block
        if filled is None and block is None:
            return
        if block is None:
            block = self.block = Block(self.element)
            self.page.blocks.append(block)
        piece = Piece(start, end, self.element)
        block.pieces.append(piece)
        if filled is not None and self.page.marks >= MOST_MARKS:
            piece.mark = UNMARKED
        elif filled is not None:
            piece.mark = self.page.marks
            self.page.marks += 1
            at = filled.start()
            self.out.append(self.page.source[self.kept : at])
            self.out.append(_MARKS[piece.mark])
            self.kept = at
            if end - at > _LONGEST_PIECE:
                self.leave_out(at + _LONGEST_PIECE, end)

    def leave_out(self, start: int, end: int) -> None:
        """Keep the source from `start` to `end` away from libraries."""
        self.out.append(self.page.source[self.kept : start])
        self.kept = end

    def open(self, name: str, start: int, end: int) -> None:
        """Enter an element."""
        page = self.page
        kind = _KINDS.get(name, 0)
        if kind & _ENDS_P and self.element.tag not in _HOLDERS:
            self.close("p", implied=True)
        if kind & _ENDS_LIKE:
            self.end_siblings(_ENDS[name])
        parent = self.element
        element = Element(name, start, end, parent, parent.depth + 1)
        if kind & _STATES:
            page.statements.append(element)
        if kind & _BLOCK:
            self.block = None
        elif name == "br" and self.block is not None:
            self.block.pieces.append(Piece(start, end, parent, line_break=True))
        if not kind & _EMPTY:
            self.element = element
            if element.depth > page.depth:
                page.depth = element.depth
            if element.depth > _DEPTH_KEPT:
                self.leave_out(start, end)
        if end - start > _LONGEST_TAG:
            self.leave_out(start, end)
            self.out.append(f"<{name}>" if element.depth <= _DEPTH_KEPT else "")

    def end_siblings(self, ended: frozenset[str]) -> None:
        """Close the open element that a new sibling ends by itself."""
        element: Element | None = self.element
        for _ in range(_LOOK_BACK):
            if element is None or element.parent is None:
                return
            if element.tag in ended:
                self.element = element.parent
                self.block = None
                if element.tag == "tr" or "tr" not in ended:
                    return
            elif element.tag in _SCOPES:
                return
            element = element.parent

    def close(self, name: str, *, implied: bool = False) -> bool:
        """Leave the nearest open element of that name; tell whether there was one."""
        element: Element | None = self.element
        for _ in range(_LOOK_BACK):
            if element is None or element.parent is None:
                return False
            if element.tag == name:
                self.element = element.parent
                if name in _BLOCKS:
                    self.block = None
                return True
            if implied and element.tag in _BLOCKS:
                return False
            element = element.parent
        return False

    def skip(self, name: str, start: int, end: int) -> int:
        """Pass over an element that holds no text; return where the page goes on."""
        source = self.page.source
        finish, after = end, end
        if name not in self.unclosed:
            found = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(source, end)
            if found is not None:
                finish = found.start()
                close = source.find(">", found.end() - 1)
                after = close + 1 if close >= 0 else len(source)
            else:
                self.unclosed.add(name)
                if name in ("script", "style", "xmp", "textarea"):
                    finish = after = len(source)
        if name == "script" and "ld+json" in source[start : min(end, start + 400)].lower():
            self.page.scripts.append((end, finish))
        if name in ("canvas", "object"):
            self.block = None
        self.leave_out(start, after)
        return after


def scan(source: str) -> Page:
    """Read a page's source once, from start to end; time and memory in proportion to its length."""
    state = _Scan(_OWN_MARKS.sub("\ufffd", source) if _OWN_MARKS.search(source) else source)
    page, source = state.page, state.page.source
    limit = source.rfind(">") + 1
    search, leave_out = _TOKEN.search, state.leave_out
    at = 0
    while (match := search(source, at, limit)) is not None:
        start, end = match.span()
        if start > at:
            state.text(at, start)
        at = end
        close, name, comment = match.group(1, 2, 3)
        if name is None:
            if comment is not None:
                page.comments.append((start, end))
            leave_out(start, end)
            continue
        page.tags += 1
        name = name.lower()
        if close:
            depth = state.element.depth
            if not state.close(name) or depth > _DEPTH_KEPT:
                leave_out(start, end)
        elif name in _SKIPPED:
            at = state.skip(name, start, end)
        else:
            state.open(name, start, end)
    state.text(at, len(source))
    state.out.append(source[state.kept :])
    page.reduced = "".join(state.out)
    return page
