"""Adding: files dropped on the page are kept, read and derived; the same findings as on the command line."""

import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from guvoh.casefile import lookups, tables
from guvoh.casefile.errors import NotDerived
from guvoh.model.capture import Exposure
from guvoh.model.report import Report
from guvoh.show import masked_report, veil_over
from guvoh.words import words
from guvoh.workbench.page import desk_of, language_of, page

SHOWN = 20  # of the reports that were added
FILES, FIELDS = 5000, 5000  # parts of one upload
# What a person says of a text that is pasted, as labels that `clean/plain.toml` knows.
LABELS = {"title": "Title", "outlet": "Publisher", "day": "Published", "address": "URL"}
WRITTEN = (*LABELS, "text", "exposure")
ROOM = 2  # times an upload's size that must be free on the disk: once here, once in the case


def adding(request: Request) -> Response:
    """Show where to drop files, and how far the last ones have come."""
    return _form(request)


def _form(
    request: Request, status: int = 200, refused: str = "", written: Mapping[str, str] | None = None
) -> Response:
    """Show the page, with why something was refused and what was `written` in the form of a text."""
    desk = desk_of(request)
    added: list[str] = []
    reports: list[Report] = []
    if desk.work is not None and desk.work.new:
        with suppress(NotDerived), desk.reading() as db:
            added = lookups.reports_from(db, desk.work.new)
            reports = _shown(db, added[:SHOWN])
    said = words(language_of(request))(_TEXTS[refused]) if refused else ""
    told = {"work": desk.work, "added": len(added), "reports": reports}
    return page(
        request,
        "add.html",
        status,
        refused=said,
        written=written or dict.fromkeys(WRITTEN, ""),
        **told,
    )


def _shown(db: sqlite3.Connection, ids: Sequence[str]) -> list[Report]:
    """Return reports without what another version of their text withholds."""
    families = tables.several(db, tables.FAMILY, set(lookups.families_of(db, ids).values()))
    veil = veil_over(db, list(families.values()))
    return [masked_report(one, veil) for one in tables.several(db, tables.REPORT, ids).values()]


async def add(request: Request) -> Response:
    """Keep what was sent in a folder of its own and begin to take it in.

    Names are kept as sent, but for what would lead out of the folder.
    """
    size = request.headers.get("content-length", "")
    room = shutil.disk_usage(tempfile.gettempdir()).free
    if size.isdigit() and int(size) * ROOM > room:
        return await run_in_threadpool(_form, request, 413, "no-room")
    folder = desk_of(request).folder()
    try:
        async with request.form(max_files=FILES, max_fields=FIELDS) as form:
            names = form.getlist("path")
            files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
            for number, one in enumerate(files):
                told = names[number] if number < len(names) else one.filename
                with kept(folder, str(told or one.filename or ""), number) as file:
                    while block := await one.read(1 << 20):
                        file.write(block)
            declared = str(form.get("exposure", ""))
    except BaseException:  # whatever ends it, what was sent is not left behind; raised again
        desk_of(request).clear(folder)
        raise
    return await run_in_threadpool(_taken, request, folder, declared, any(folder.iterdir()))


async def paste(request: Request) -> Response:
    """Keep a text that was pasted, below the labels that the reader of plain text knows, and take it in."""
    async with request.form() as form:
        told = {key: str(form.get(key, "")) for key in WRITTEN}
    text = told["text"].replace("\r\n", "\n").strip()
    labels = [(label, " ".join(told[key].split())) for key, label in LABELS.items()]
    head = "".join(f"{label}: {value}\n" for label, value in labels if value)
    data = f"{head}\n{text}\n".encode("utf-8", "replace") if text else b""
    folder = desk_of(request).folder()
    # A name that tells nothing: a digest of the text would confirm a guess at what is masked in it.
    (folder / f"pasted-{secrets.token_hex(6)}.txt").write_bytes(data)
    return await run_in_threadpool(_taken, request, folder, told["exposure"], bool(text), told)


def _taken(
    request: Request,
    folder: Path,
    declared: str,
    anything: bool,
    written: Mapping[str, str] | None = None,
) -> Response:
    """Begin to take in what lies in a folder of the desk; where it cannot begin, clear that and say so.

    What was `written` comes back in its form then.
    """
    exposure = Exposure.PUBLIC if declared == "public" else None
    sources = sorted(folder.iterdir())
    if not anything or not desk_of(request).take_in(sources, exposure, folder):
        desk_of(request).clear(folder)
        return _form(request, 409, "busy" if anything else "nothing", written)
    return RedirectResponse("/add", status_code=303)


def progress(request: Request) -> Response:
    """Say how far the work behind has come."""
    work = desk_of(request).work
    if work is None:
        return JSONResponse({"over": True, "what": "", "done": 0, "total": None})
    stage = work.stage
    say = words(language_of(request))
    return JSONResponse(
        {"over": work.over, "what": say(stage.what), "done": stage.done, "total": stage.total}
    )


def kept(folder: Path, name: str, number: int) -> IO[bytes]:
    """Open a file for what was sent under a name, in a folder of its own where another has the name."""
    inside = _inside(name, number)
    for path in (folder / inside, folder / f"again-{number}" / inside):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return path.open("xb")
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            continue
    return (folder / f"file-{number}").open("xb")


def _inside(name: str, number: int) -> PurePosixPath:
    """Return a path that stays inside its folder, of names that every disk takes."""
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    clean = ["".join("_" if c in '<>:"|?*' or ord(c) < 32 else c for c in p)[:150] for p in parts]
    return PurePosixPath(*clean) if clean else PurePosixPath(f"file-{number}")


_TEXTS = {
    "no-room": "There is not enough room on the disk for these files. Free some space, or add fewer.",
    "nothing": "Nothing was sent.",
    "busy": "Other files are being taken in. Wait until they are done; what you chose or wrote is still here.",
}
