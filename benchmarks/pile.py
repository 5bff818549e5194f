"""What lineage costs at size, a pile of reports and one more: `python -m benchmarks.pile [REPORTS [MINUTES]]`."""

import gc
import json
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from benchmarks.lineage import NTREX, Score, edited, families, ntrex, report, texts_of
from benchmarks.report import SHARED, Table, printed, table_of
from guvoh.lineage.candidates import Candidate, Index
from guvoh.lineage.fingerprint import Fingerprint, fingerprint
from guvoh.lineage.relate import relate
from guvoh.lineage.side import Side
from guvoh.model.lineage import Derivation
from guvoh.model.report import Report

PROCESSES = 2
ONE_MORE = (8_193, 16_385)
_AT_ONCE = 64  # reports that a process takes at a time
_MINUTES = 40.0  # by the clock, after which a measure is given up: a shared machine may take hours

_Part = TypeVar("_Part")

# What the processes share: they are forked when it is there, and send back only what they find.
_reports: list[Report] = []
_sides: list[Side] = []
_near: list[list[Candidate]] = []


def _everything() -> list[tuple[str, str]]:
    """Return (language, text) of all corpora here that hold whole texts, in a fixed mixed order."""
    found = [("en", text) for text in texts_of(10_000)]
    for language, name in (*NTREX.items(), ("en", "newstest2019-src.eng.txt")):
        found += [(language, text) for text in ntrex(name).values()]
    path = SHARED / "lineage" / "retranslations-ru-en.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found += [(row["language"], row["text"]) for row in rows]
    for path in sorted((SHARED / "ner" / "nerel" / "train").glob("*.txt")):
        found.append(("ru", path.read_text(encoding="utf-8")))
    random.Random(5).shuffle(found)
    return found


def pile(count: int) -> Iterator[Report]:
    """Yield reports made from the corpora: each text once, then copies, edits and passages of others."""
    texts = _everything()
    rng = random.Random(11)
    words = " ".join(text for _, text in texts[:100]).split()
    for ordinal in range(count):
        language, base = texts[ordinal % len(texts)]
        kind = rng.random() if ordinal >= len(texts) else 1.0
        if kind < 0.5:
            plain = base.split()
            start = rng.randrange(max(len(plain) - 120, 1))
            other = texts[rng.randrange(len(texts))][1].split()
            base = " ".join(plain[start : start + 120]) + "\n\n" + " ".join(other[:250])
        elif kind < 0.8:
            base = edited(base, 0.1, words, rng)
        yield report(f"p{ordinal}", " ".join(base.split(" ")[:600]), language)


def _printed(places: Sequence[int]) -> list[Fingerprint]:
    return [fingerprint(_reports[at]) for at in places]


def _related(places: Sequence[int]) -> list[Derivation]:
    found = (relate(_sides[one.ordinal], _sides[at]) for at in places for one in _near[at])
    return [one for one in found if one is not None]


def _stretches(places: Sequence[int]) -> list[Sequence[int]]:
    return [places[at : at + _AT_ONCE] for at in range(0, len(places), _AT_ONCE)]


def _seconds() -> float:
    """Return the processor seconds of this process and of those that ended."""
    own, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def _told(found: Iterable[_Part], what: str, count: int, until: float) -> Iterator[_Part]:
    """Yield what is found, saying on stderr how far that has come; give up after a moment of the clock.

    Raises:
        TimeoutError: it is later than `until`, in seconds of `time.monotonic`.
    """
    for done, one in enumerate(found, 1):
        yield one
        if done % 8 == 0 or done * _AT_ONCE >= count:
            of = f"{min(done * _AT_ONCE, count):,} of {count:,} reports"
            print(f"{what}: {of}, {_seconds():.0f} processor seconds", file=sys.stderr)
        if time.monotonic() > until:
            raise TimeoutError(f"{what}: given up at {min(done * _AT_ONCE, count):,} reports")


def _index(prints: Sequence[Fingerprint]) -> None:
    index = Index()
    for ordinal, print_ in enumerate(prints):
        _near.append(index.query(print_))
        index.add(ordinal, print_)


def shared(count: int = 10_000, minutes: float = _MINUTES) -> Iterator[Score]:
    """Yield seconds and memory of a pile of reports whose fingerprints and pairs two processes share.

    Raises:
        TimeoutError: it takes longer than so many minutes by the clock.
    """
    context = multiprocessing.get_context("fork")
    _reports[:], _sides[:], _near[:] = pile(count), [], []
    gc.collect()
    gc.freeze()
    before, started = _seconds(), time.monotonic()
    until = started + 60 * minutes
    stretches = _stretches(range(count))
    with context.Pool(PROCESSES) as pool:
        made = _told(pool.imap(_printed, stretches), "fingerprints", count, until)
        prints = list(chain.from_iterable(made))
        pool.close()
        pool.join()
    _sides[:] = [Side(*pair) for pair in zip(_reports, prints, strict=True)]
    _index(prints)
    with context.Pool(PROCESSES) as pool:
        pairs = _told(pool.imap(_related, stretches), "pairs", count, until)
        found = list(chain.from_iterable(pairs))
        pool.close()
        pool.join()
    families(_sides, found)
    took, spent = time.monotonic() - started, _seconds() - before
    peaks = [
        resource.getrusage(who).ru_maxrss / 1024 / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    note = f"{spent:.0f} processor seconds, {len(found)} derivations; fingerprints and pairs shared"
    yield Score(f"{count:,} reports, two processes, seconds by the clock", took, None, note)
    note = f"parent {peaks[0]:.2f}, larger child {peaks[1]:.2f}, with what they share"
    yield Score(f"{count:,} reports, two processes, peak memory in GiB", max(peaks), None, note)


def one_more(counts: Sequence[int] = ONE_MORE) -> Iterator[Score]:
    """Yield processor seconds of one more report: fingerprint, candidates, comparison with each."""
    reports = list(pile(max(counts) + 4))
    index = Index()
    sides: list[Side] = []
    measured = {count: range(count - 1, count + 4) for count in counts}
    for ordinal, made in enumerate(reports):
        began = time.process_time()
        side = Side(made, fingerprint(made))
        near = index.query(side.fingerprint)
        for count, places in measured.items():
            if ordinal in places:
                for one in near:
                    relate(sides[one.ordinal], side)
                spent = time.process_time() - began
                if ordinal == places[0]:
                    slowest = spent
                slowest = max(slowest, spent)
                if ordinal == places[-1]:
                    note = "slowest of five; nothing kept of those it is compared with"
                    yield Score(f"one more report at the {count:,}th, seconds", slowest, None, note)
        index.add(ordinal, side.fingerprint)
        sides.append(side)


def peer() -> Iterator[Score]:
    """Yield how many documents a second datasketch indexes here and now: figures of one machine to compare."""
    from datasketch import MinHash, MinHashLSH

    texts = texts_of(400)
    started = time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    for ordinal, text in enumerate(texts):
        words = text.lower().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 4]).encode() for i in range(len(words) - 3)])
        index.query(sketch)
        index.insert(str(ordinal), sketch)
    rate = len(texts) / (time.process_time() - started)
    note = "its index alone, on this machine in this run"
    yield Score("datasketch, documents per processor second", rate, None, note)


def run() -> Table:
    """Return the table of what lineage costs at size."""
    try:
        found = [*peer(), *shared(), *one_more(), *peer()]
    except TimeoutError as late:
        raise SystemExit(str(late)) from late
    rows = [{"measure": one.name, "score": f"{one.figure:.3f}", "note": one.note} for one in found]
    return table_of(
        "pile",
        "Lineage at size",
        "Reports made of the corpora: each text once, then copies with words changed and passages in other texts. Wanted: 10,000 "
        "reports in 60 seconds on two cores, one more in less than one. A build does this in its main process, in the order of "
        "arrival, while other processes read pages. Datasketch's rate tells how slow the shared machine was.",
        rows,
    )


def main(arguments: Sequence[str]) -> int:
    """Measure a pile of so many reports alone, or everything."""
    if not arguments:
        print(printed(run()))
        return 0
    minutes = float(arguments[1]) if len(arguments) > 1 else _MINUTES
    try:
        for one in shared(int(arguments[0]), minutes):
            print(f"{one.name}: {one.figure:.2f} ({one.note})")
    except TimeoutError as late:
        print(f"{late}; give it more minutes or fewer reports", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
