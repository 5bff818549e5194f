"""Names of files as they arrive: made safe to show, made safe to hold, and folders of saved pages."""

import re
import tomllib
from collections.abc import Collection, Container
from functools import cache
from importlib.resources import files

from guvoh.words import is_harmless, shown

# How a name becomes bytes whatever is in it, lone surrogates included, to put names in order.
ANY = ("utf-8", "surrogatepass")
LONGEST_ON_WINDOWS = 255  # UTF-16 units of one name, docs of NTFS
_DRIVE = re.compile(r"[A-Za-z]:")
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".mht", ".php", ".asp", ".aspx")


def brief(name: str, longest: int = 80) -> str:
    """Return a shown name cut in its middle, for use inside a sentence."""
    whole = shown(name)
    if len(whole) <= longest:
        return whole
    half = (longest - 1) // 2
    return whole[:half] + "…" + whole[-half:]


def is_plain(name: str) -> bool:
    """Say whether a name is shown as it is and every part of it fits Windows."""
    if name.isascii() and name.isprintable() and len(name) <= LONGEST_ON_WINDOWS:
        return True
    fits = all(
        len(part.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_ON_WINDOWS
        for part in name.split("/")
    )
    return fits and all(is_harmless(char) for char in name)


def safe_member(name: str) -> str:
    """Return an archive member's name without anything that points out of the archive.

    No root, drive, `.`, `..`, empty part or NUL; the name serves to tell members apart, since
    bytes are stored under their digest and never under a name.
    """
    parts = [part.replace("\0", "") for part in name.split("/")]
    if parts and _DRIVE.fullmatch(parts[0]):
        parts = parts[1:]
    kept = [part for part in parts if part not in {"", ".", ".."}]
    return "/".join(kept) or "unnamed"


@cache
def _folder_endings() -> tuple[str, ...]:
    source = files("guvoh.intake").joinpath("saved_pages.toml").read_text(encoding="utf-8")
    endings: list[str] = tomllib.loads(source)["folder_endings"]
    return tuple(sorted(endings, key=len, reverse=True))


def page_of(folder: str, names: Container[str]) -> str | None:
    """Return the page out of `names` whose parts `folder` holds, None where it is no such folder.

    Browsers save `page.html` beside a folder `page_files`, whose ending is in their own language.
    """
    for ending in _folder_endings():
        if folder.endswith(ending):
            stem = folder[: -len(ending)]
            for page in (stem + one for one in _PAGE_ENDINGS):
                if page in names:
                    return page
    return None


def companions(names: Collection[str]) -> dict[str, str]:
    """Return, for each of an archive's members that is part of a saved page, that page's name."""
    known = frozenset(names)
    pages: dict[str, str | None] = {"": None}
    found: dict[str, str] = {}
    for name in names:
        page = _page_above(name.rpartition("/")[0], known, pages)
        if page is not None:
            found[name] = page
    return found


def _page_above(folder: str, names: Container[str], pages: dict[str, str | None]) -> str | None:
    above: list[str] = []
    while folder not in pages:
        above.append(folder)
        folder = folder.rpartition("/")[0]
    page = pages[folder]
    for one in reversed(above):
        page = page or page_of(one, names)
        pages[one] = page
    return page
