"""Makes small web archives out of the example case and of pages on other matters."""

import gzip
from collections.abc import Sequence
from pathlib import Path

from tests.warc import own_address, response

DEMO = Path(__file__).parents[2] / "examples" / "demo" / "reports"
_MATTERS = (
    "The town council of {0} has voted to repaint the bridge over the {1} in the old green.",
    "A choir from {0} won the second prize at the festival beside the {1} on Sunday.",
    "Gardeners in {0} report that the apricot trees along the {1} are flowering early.",
    "The bakery at the market of {0} sold nine hundred loaves on the day of the {1} fair.",
    "Engineers measured the water of the {1} near {0} and found it lower than last spring.",
)
_NAMES = ("Velmor", "Tashkala", "Orrin", "Sandby", "Ketmen", "Lower Arva", "Pirgan", "Dolsk")


_FOOTER = " ".join(
    f"The {name} Daily brings you the news of {name} and of the towns around it, every day but Sunday."
    for name in _NAMES
)


def other_page(number: int, footer: str = "") -> bytes:
    """Return a page on some other matter, each in words of its own."""
    told = [
        _MATTERS[(number + step) % 5].format(
            _NAMES[(number * 3 + step) % 8], _NAMES[(number + 5 * step) % 8]
        )
        + f" It was the {number * 7 + step}th such report that week, said desk {number}-{step}."
        for step in range(9)
    ]
    body = "".join(f"<p>{one}</p>" for one in [*told, footer])
    return (
        f"<html><title>Page {number}</title><body><article>{body}</article></body></html>".encode()
    )


def demo_pages() -> list[tuple[str, bytes]]:
    """Return the example case's reports as (name, bytes)."""
    return [(one.name, one.read_bytes()) for one in sorted(DEMO.iterdir()) if one.is_file()]


def crawl(
    folder: Path, archives: int = 3, others: int = 60, copies: int = 0, editions: int = 0
) -> list[Path]:
    """Write archives with the example case among other pages; returns their paths.

    Every second of the others is of one publisher, with the same words under all. `copies` repeats
    the first report of the example so often, on other addresses; `editions` does with a line more.
    """
    demo = demo_pages()
    records = [
        response(number, other_page(number, _FOOTER), url=f"https://daily.example/{number}")
        if number % 2
        else response(number, other_page(number))
        for number in range(others)
    ]
    for number, (name, data) in enumerate(demo):
        kind = "text/plain; charset=utf-8" if name.endswith(".txt") else "text/html"
        records.insert(
            (number * 7) % len(records),
            response(1000 + number, data, kind=kind, url=own_address(data)),
        )
    records += [response(5000 + number, demo[0][1]) for number in range(copies)]
    for number in range(editions):
        told = demo[0][1].replace(b"</article>", b"<p>Edition %d.</p></article>" % number)
        records.append(response(6000 + number, told))
    return write(folder, [records[start::archives] for start in range(archives)])


def write(folder: Path, archives: Sequence[Sequence[bytes]]) -> list[Path]:
    """Write each list of records into an archive of its own, a gzip member each."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, records in enumerate(archives):
        path = folder / f"crawl-{number}.warc.gz"
        path.write_bytes(b"".join(gzip.compress(one, mtime=0) for one in records))
        paths.append(path)
    return paths
