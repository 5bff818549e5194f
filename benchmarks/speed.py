"""How long reading by rules takes, and the commands that people wait for: processor seconds, least of several runs."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from benchmarks.report import ROOT, SHARED
from guvoh.model.report import Report
from guvoh.model.text import ByteSpan, CharacterMap, Run, RunKind, Span
from guvoh.pipeline.workers import collect_seldom
from guvoh.reading.read import read

WORDS = 500
REPORTS = 40  # of a language
REPEATS = 5  # of which the fastest counts: what else the machine does only ever adds
NTREX = {
    "es": "newstest2019-ref.spa.txt",
    "fr": "newstest2019-ref.fra.txt",
    "ru": "newstest2019-ref.rus.txt",
}


def paragraphs(language: str) -> Iterator[str]:
    """Yield paragraphs of news in a language, in a fixed order."""
    if language == "en":
        for path in sorted((SHARED / "attribution/polnear/train/text").glob("*.txt")):
            yield from (
                line.strip() for line in path.read_text("utf-8").split("\n") if len(line) > 40
            )
        return
    folder = SHARED / "lineage/ntrex"
    ids = (folder / "DOCUMENT_IDS.tsv").read_text("utf-8").splitlines()
    lines = (folder / NTREX[language]).read_text("utf-8").splitlines()
    for _, same in groupby(zip(ids, lines, strict=False), key=lambda pair: pair[0]):
        sentences = [line for _, line in same]
        # News has two or three sentences to a paragraph.
        yield from (" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def reports(language: str) -> Iterator[Report]:
    """Yield reports of about `WORDS` words."""
    held: list[str] = []
    for number, paragraph in enumerate(paragraphs(language)):
        held.append(paragraph)
        if sum(len(each.split()) for each in held) >= WORDS - 20:
            yield _report("\n\n".join(held), language, number)
            held = []


def _report(text: str, language: str, number: int) -> Report:
    whole = Run(Span(0, len(text)), ByteSpan(0, len(text.encode())), RunKind.EXACT)
    return Report(
        id=f"{language}-{number}",
        capture="0" * 64,
        file=f"{language}-{number}",
        text=text,
        map=CharacterMap("utf-8", (whole,)),
        language=language,
        published="2024-03-14",
    )


def _seconds(report: Report) -> float:
    start = time.process_time()
    read(report)
    return time.process_time() - start


def reading(language: str) -> dict[str, object]:
    """Return how long reading takes in a language, each report at the fastest of its readings.

    One is read after the other, again and again, so that nothing is left of a report when it comes
    again; objects are collected as a build's workers have it.
    """
    made = [report for report, _ in zip(reports(language), range(REPORTS), strict=False)]
    collect_seldom()
    rounds = [[_seconds(report) for report in made] for _ in range(REPEATS)]
    least = [min(seconds) for seconds in zip(*rounds, strict=True)]
    words = sum(len(report.text.split()) for report in made)
    seconds = sum(least) / words * WORDS
    return _row(f"{WORDS} words of {language} read by rules", seconds)


def _row(what: str, seconds: float) -> dict[str, object]:
    return {"what": what, "CPU ms": round(1000 * seconds, 1), "a second": round(1 / seconds, 1)}


def command(words: list[str], compiled: str) -> dict[str, object]:
    """Return how long a command takes from its start to its end, at its fastest.

    `compiled` is a folder for compiled modules, which an installed guvoh has beside its own.
    """
    run = [sys.executable, "-m", "guvoh", *words]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    least = min(_spent(run, environment) for _ in range(REPEATS))
    return _row("guvoh " + " ".join(word for word in words if not Path(word).is_absolute()), least)


def _spent(run: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(run, stdout=subprocess.DEVNULL, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run() -> list[dict[str, object]]:
    """Return the rows: reading by language, then commands on a case of the demo's reports."""
    with tempfile.TemporaryDirectory() as folder:
        case = str(Path(folder) / "case")
        demo = str(ROOT / "examples/demo/reports")
        build = [sys.executable, "-m", "guvoh", "build", demo, "--case", case, "--public"]
        subprocess.run(build, stdout=subprocess.DEVNULL, check=True)
        show = ["show", "events", "--json", "--case", case]
        started = [command(words, folder) for words in (["--version"], show)]
    return [*(reading(language) for language in ("en", *NTREX)), *started]
