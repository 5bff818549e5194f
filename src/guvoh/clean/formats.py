"""FORMATS maps a media type to its reader; `clean` picks the reader and calls it."""

from dataclasses import replace

from guvoh.clean.columns import Columns
from guvoh.clean.docx import read_docx
from guvoh.clean.hocr import read_hocr
from guvoh.clean.html import read_html
from guvoh.clean.length import bounded
from guvoh.clean.mail import read_mail
from guvoh.clean.media import PICTURES, RECORDINGS, read_media
from guvoh.clean.mhtml import read_mhtml
from guvoh.clean.odt import read_odt
from guvoh.clean.pdf import read_pdf
from guvoh.clean.plain import read_plain
from guvoh.clean.rtf import read_rtf
from guvoh.clean.source import Format, Outcome, Source
from guvoh.clean.subtitles import read_subtitles
from guvoh.clean.table import read_csv, read_xlsx
from guvoh.clean.telegram import read_json
from guvoh.clean.telegram_html import is_export, read_export
from guvoh.clean.whatsapp import is_chat, read_chat
from guvoh.model.finding import Finding


def _read_plain(source: Source) -> Outcome:
    if is_chat(source.data):
        return read_chat(source)
    return read_plain(source.capture, source.file, source.data, source.arrived)


def _read_page(source: Source) -> Outcome:
    return read_export(source) if is_export(source.data) else read_html(source)


FORMATS: tuple[Format, ...] = (
    Format("text/html", _read_page),
    Format("application/xhtml+xml", read_html),
    Format("text/plain", _read_plain),
    Format("text/vnd.hocr+html", read_hocr),
    Format("application/pdf", read_pdf),
    Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", read_docx),
    Format("application/vnd.oasis.opendocument.text", read_odt),
    Format("application/rtf", read_rtf),
    Format("multipart/related", read_mhtml),
    Format("message/rfc822", read_mail),
    Format("application/x-subrip", read_subtitles),
    Format("text/vtt", read_subtitles),
    Format("application/json", read_json),
    Format("text/csv", read_csv),
    Format("text/tab-separated-values", read_csv),
    Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", read_xlsx),
    *(Format(media_type, read_media) for media_type in (*PICTURES, *RECORDINGS)),
)

# What a person can do with what is kept and not read.
_ADVICE = {
    "application/x-ole-storage": " If it is an old or locked Word or Excel file, save it as .docx or"
    " .xlsx without a password and add that.",
    "application/vnd.rar": " Unpack it and name the folder.",
    "application/zstd": " Unpack it and name what comes out.",
    "application/postscript": " Save it as PDF and add that.",
    "application/vnd.oasis.opendocument.spreadsheet": " Save it as .xlsx or .csv and add that.",
    "application/vnd.oasis.opendocument.presentation": " Save it as .pdf and add that.",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": " Save it as .pdf and add that.",
    "application/epub+zip": " Save it as .docx or .html and add that.",
}

_READERS = {format_.media_type: format_.read for format_ in FORMATS}


def clean(
    capture_digest: str,
    file: str,
    media_type: str,
    data: bytes,
    arrived: str,
    *,
    fast: bool = False,
    url: str | None = None,
    columns: tuple[Columns, ...] = (),
) -> Outcome:
    """Read the bytes of a capture into reports.

    Never raises for any bytes: a media type without a reader gives no report and one finding
    (`not-read`), a text beyond `length.MOST` is cut and named. `arrived` (UTC, `Z`) is the only "now"
    that a reader knows; `url` is where the bytes were fetched, if their container says so, `columns`
    what a person has said of the columns of tables.
    """
    reader = _READERS.get(media_type)
    if reader is None:
        return (), (
            Finding(
                step="clean",
                kind="not-read",
                text=f"No reader for the format {media_type}: the bytes are kept, nothing was read."
                f"{_ADVICE.get(media_type, '')}",
                file=file,
                problem=True,
            ),
        )
    source = Source(
        capture_digest, file, media_type, data, arrived, fast, url, charset=None, columns=columns
    )
    reports, findings = reader(source)
    if url is not None:
        reports = tuple(replace(one, url=one.url or url) for one in reports)
    held = [bounded(report) for report in reports]
    too_long = (finding for _, finding in held if finding is not None)
    return tuple(report for report, _ in held), (*findings, *too_long)
