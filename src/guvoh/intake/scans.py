"""Words of pictures and scanned pages, read by tesseract where a person asks for it, as hOCR."""

import io
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from html import escape
from itertools import chain
from typing import IO, TYPE_CHECKING, BinaryIO

from guvoh.intake.found import CHUNK, DamagedError, Limits, Member, Ocr, Tally, readable_by_others

if TYPE_CHECKING:
    from PIL import Image

NAME = "words.hocr"
_PROGRAM = "tesseract"
_DOTS = 300  # an inch, at which a page is drawn; what tesseract's models were trained on
_MOST_PIXELS = 40_000_000  # A3 at 400 dots an inch
_MOST_PAGES = 2_000
_SECONDS = 120  # for one page; a dense one takes five
_MEMORY = 4 << 30
_PAGE = re.compile(r"<div class='ocr_page' id='page_\d+' title='(.*?)'(.*?)</body>", re.DOTALL)
_LANGUAGES = re.compile(r"[A-Za-z][A-Za-z_]{1,20}(?:\+[A-Za-z][A-Za-z_]{1,20}){0,9}")


class OcrError(Exception):
    """Words of pictures can't be read here; the message says why and what to do."""


class UnreadError(DamagedError):
    """The words of a picture could not be read to the end."""

    kind = "page-not-read"


def asked(languages: str, done: frozenset[str] = frozenset()) -> Ocr:
    """Return what was asked for; raises OcrError where tesseract or one of the languages is missing."""
    if not _LANGUAGES.fullmatch(languages):
        raise OcrError("--ocr takes tesseract's names of languages, such as eng or eng+rus.")
    if shutil.which(_PROGRAM) is None:
        raise OcrError(
            "--ocr needs tesseract, which is not installed (Debian: apt install tesseract-ocr, and for Russian "
            "tesseract-ocr-rus)."
        )
    told = subprocess.run(  # noqa: S603  # nothing of it comes from outside
        [_PROGRAM, "--list-langs"], capture_output=True, text=True, check=False
    )
    known = set(told.stdout.split("\n")[1:])
    for one in languages.split("+"):
        if one not in known:
            have = ", ".join(sorted(filter(None, known))) or "none"
            raise OcrError(
                f"tesseract has no data for the language {one} (it has {have}; Debian: apt install "
                f"tesseract-ocr-{one.replace('_', '-')})."
            )
    return Ocr(languages, done)


def words(stream: IO[bytes], limits: Limits, tally: Tally) -> Iterator[Member]:
    """Yield one member, the hOCR of a picture or of the pages of a PDF that have no text layer.

    Nothing where no words are found. A process that can be killed draws and reads.
    """
    ocr = limits.ocr
    assert ocr is not None  # noqa: S101  # nothing else brings a picture here
    with (
        readable_by_others(stream) as given,
        subprocess.Popen(  # noqa: S603  # languages were checked
            [sys.executable, "-m", "guvoh.intake.scans", ocr.languages],
            stdin=given.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as child,
    ):
        assert child.stdout is not None  # noqa: S101  # PIPE was asked for
        assert child.stderr is not None  # noqa: S101
        try:
            first = child.stdout.read(CHUNK)
            if first:
                more = iter(lambda: child.stdout.read(CHUNK), b"")  # type: ignore[union-attr]
                yield Member(NAME, chain((first,), more))
            told = child.stderr.read(CHUNK).decode("utf-8", "replace")
            ended = child.wait()
        finally:
            child.kill()
    for page in told.split():
        tally.add("page-not-read", f"page {page}")
    if ended:
        raise UnreadError("Reading the words in it ended early: it is damaged or too large.")


def _read(data: bytes, languages: str, out: BinaryIO) -> list[str]:
    """Write the hOCR of all pages with words; return the numbers of those that were given up."""
    given_up: list[str] = []
    begun = False
    for number, picture in _pictures(data):
        read = None if picture is None else _page(picture, languages)
        if read is None:
            given_up.append(str(number))
            continue
        system, title, body = read
        if "ocrx_word" not in body:
            continue
        if not begun:
            begun = True
            out.write(_head(system, languages).encode())
        title = re.sub(r"ppageno \d+", f"ppageno {number - 1}", title)
        out.write(f"<div class='ocr_page' id='page_{number}' title='{title}'{body}".encode())
    if begun:
        out.write(b"</body>\n</html>\n")
    return given_up


def _head(system: str, languages: str) -> str:
    return (
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset='utf-8'>\n<title>hOCR</title>\n"
        f"<meta name='ocr-system' content='{escape(system)}'>\n"
        f"<meta name='ocr-langs' content='{escape(languages)}'>\n</head>\n<body>\n"
    )


def _page(picture: "Image.Image", languages: str) -> tuple[str, str, str] | None:
    """Return what read a page, the page's title and its words as hOCR; None where it took too long."""
    drawn = io.BytesIO()
    picture.save(drawn, "PNG", compress_level=1)
    command = [_PROGRAM, "stdin", "stdout", "-l", languages, "hocr"]
    try:
        done = subprocess.run(  # noqa: S603  # languages were checked
            command, input=drawn.getvalue(), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    told = done.stdout.decode("utf-8", "replace")
    page = _PAGE.search(told)
    if done.returncode or page is None:
        return None
    system = re.search(r"name=['\"]ocr-system['\"] content=['\"]([^'\"]*)", told)
    return system[1] if system else _PROGRAM, page[1], page[2]


def _pictures(data: bytes) -> "Iterator[tuple[int, Image.Image | None]]":
    """Yield the pages to be read with their numbers; None stands for one that cannot be drawn."""
    if data.startswith(b"%PDF-"):
        yield from _drawn(data)
        return
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # bounded below, before anything is unpacked
    with Image.open(io.BytesIO(data)) as opened:
        for number in range(1, min(getattr(opened, "n_frames", 1), _MOST_PAGES) + 1):
            opened.seek(number - 1)
            small = opened.width * opened.height <= _MOST_PIXELS
            yield number, ImageOps.exif_transpose(opened).convert("RGB") if small else None


def _drawn(data: bytes) -> "Iterator[tuple[int, Image.Image | None]]":
    """Yield pictures of the pages of a PDF that have no text layer."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for number in range(1, min(len(document), _MOST_PAGES) + 1):
        page = document[number - 1]
        if page.get_textpage().get_text_bounded().strip():
            continue
        scale = _DOTS / 72
        if page.get_width() * page.get_height() * scale**2 > _MOST_PIXELS:
            yield number, None
        else:
            yield number, page.render(scale=scale, grayscale=True).to_pil()


def main() -> None:
    """Read the file on standard input, within bounds of memory; pages given up go to standard error."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    warnings.simplefilter("ignore")  # Pillow warns of what is damaged and reads on
    try:
        given_up = _read(sys.stdin.buffer.read(), sys.argv[1], sys.stdout.buffer)
    except Exception:  # noqa: BLE001  # the process boundary: its status tells the parent
        sys.exit(1)
    sys.stdout.flush()
    print(*given_up, file=sys.stderr)


if __name__ == "__main__":
    main()
