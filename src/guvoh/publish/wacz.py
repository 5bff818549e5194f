"""Originals that came from the web as one WACZ 1.1.1 file, for programs that show web archives."""

import gzip
import json
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from urllib.parse import urlsplit

from guvoh import __version__
from guvoh.intake.warcs import resource

_WARC = "archive/data.warc.gz"


@dataclass(frozen=True, slots=True)
class Page:
    """A capture from the web: its address, when it was taken in (UTC with `Z`), type, title, bytes."""

    url: str
    at: str
    media_type: str
    title: str
    data: bytes


def wacz(pages: Sequence[Page], title: str) -> bytes:
    """Return a WACZ (specs.webrecorder.net/wacz/1.1.1) of pages; the same pages give the same bytes.

    The pages are records of type `resource`: what a server said beside their bytes was not kept.
    """
    warc = BytesIO()
    index: list[str] = []
    for page in pages:
        # A name that anyone can make again, of what it names.
        name = uuid.uuid5(
            uuid.NAMESPACE_URL, f"{page.url} {page.at} {sha256(page.data).hexdigest()}"
        )
        record = resource(str(name), page.url, page.at, page.media_type, page.data)
        packed = gzip.compress(record, mtime=0)
        index.append(_line(page, warc.tell(), len(packed)))
        warc.write(packed)
    files = {
        _WARC: warc.getvalue(),
        "indexes/index.cdx": "".join(sorted(index)).encode(),
        "pages/pages.jsonl": "".join(_listed(pages)).encode(),
    }
    package = _package(files, title, max((page.at for page in pages), default=""))
    digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(package).hexdigest()}"}
    files["datapackage.json"] = package
    files["datapackage-digest.json"] = _json(digest)
    return _zipped(files.items())


def _line(page: Page, offset: int, length: int) -> str:
    fields = {
        "url": page.url,
        "mime": page.media_type,
        "status": "200",
        "digest": f"sha256:{sha256(page.data).hexdigest()}",
        "length": str(length),
        "offset": str(offset),
        "filename": _WARC.removeprefix("archive/"),
    }
    stamp = "".join(char for char in page.at[:19] if char.isdigit())
    return f"{_key(page.url)} {stamp} {json.dumps(fields)}\n"


def _key(url: str) -> str:
    """Return an address as indexes sort it: the host from its end (SURT), then the rest."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port else ""
    rest = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return f"{','.join(reversed(host.split('.')))}{port}){rest}".lower()


def _listed(pages: Iterable[Page]) -> Iterator[str]:
    yield json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}) + "\n"
    for page in pages:
        line = {"url": page.url, "ts": page.at, "title": page.title}
        yield json.dumps({"id": sha256(page.data).hexdigest()[:22], **line}) + "\n"


def _package(files: dict[str, bytes], title: str, at: str) -> bytes:
    resources = [
        {
            "name": path.rpartition("/")[2],
            "path": path,
            "hash": f"sha256:{sha256(data).hexdigest()}",
            "bytes": len(data),
        }
        for path, data in files.items()
    ]
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": title,
        "software": f"guvoh {__version__}",
        "created": at,
        "resources": resources,
    }
    return _json(package)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive that compresses nothing, so that readers can ask for ranges of it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)  # of 1980: no clock is read
    return out.getvalue()
