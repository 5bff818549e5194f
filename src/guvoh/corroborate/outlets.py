"""How the outlet of a report is called in a sentence."""

from guvoh.model.report import Report

_SCHEME = "://"


def outlet(report: Report) -> str:
    """Return the publisher; else the host of the page's address; else that it is unnamed, with its file."""
    if report.publisher is not None and report.publisher.text.strip():
        return report.publisher.text
    host = _host(report.url or "")
    return host or f"an unnamed outlet (file {report.file.rsplit('/', 1)[-1]})"


def _host(url: str) -> str:
    """Return the host of an address without "www."; "" where it has none."""
    _, found, rest = url.partition(_SCHEME)
    if not found:
        return ""
    host = rest.replace("?", "/").replace("#", "/").partition("/")[0]
    return host.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")
