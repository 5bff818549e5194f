"""Seals private accounts and many people, beside the bare flushes to disk that it takes."""

import os
import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from benchmarks.protect import SYLLABLES
from guvoh.casefile.case import create
from guvoh.pipeline import accounts, keeping
from guvoh.pipeline.accounts import Agreed, Brought
from guvoh.protect import age
from guvoh.protect.identity import Consent, Identity
from guvoh.protect.leaks import find
from guvoh.protect.registry import Registry

_ACCOUNTS = 1000
_PEOPLE = 20
_MANY = 10_000


def run() -> list[Mapping[str, Any]]:
    """Return a row for each measure: seconds of one processor, seconds on the clock, flushes."""
    with TemporaryDirectory() as folder, patch.dict(os.environ, GUVOH_HOME=f"{folder}/home"):
        case = create(Path(folder) / "case")
        secret, recipient = age.generate()
        keeping.add_holder(case, "ann", recipient, ())
        opened = keeping.unlock(case, (secret,))
        people = _people(_PEOPLE)
        opened = accounts.seal_people(case, opened, people)
        with _measured() as sealing:
            for number in range(_ACCOUNTS):
                who = people[number % _PEOPLE].names[0]
                text = (
                    f"{who} told me (account {number}) that they drove the men to the border. " * 10
                )
                brought = Brought(f"{number}.txt", "text/plain", text.encode(), text, "en")
                agreed = Agreed(consent=Consent(("publication",)))
                opened, _ = accounts.take_account(case, opened, brought, agreed)
        with _measured() as flushing, (Path(folder) / "bare").open("wb") as bare:
            for _ in range(sealing["flushes"]):
                bare.write(b"x" * 512)
                bare.flush()
                os.fsync(bare.fileno())
    with _measured() as knowing:
        registry = Registry(_people(_MANY))
    with _measured() as finding:
        find(registry, text * 370)
    rows = {
        f"{_ACCOUNTS:,} accounts sealed": sealing,
        "as many bare flushes": flushing,
        f"{_MANY:,} people made known in all forms": knowing,
        "100 pages looked through for them": finding,
    }
    return [{"what": what, **measured} for what, measured in rows.items()]


@contextmanager
def _measured() -> Iterator[dict[str, Any]]:
    """Measure what happens inside; `flushes` counts those of files to the disk."""
    told: dict[str, Any] = {}
    count = 0
    bare = os.fsync

    def counted(file: int) -> None:
        nonlocal count
        count += 1
        bare(file)

    clock, processor = time.perf_counter(), time.process_time()
    with patch("os.fsync", counted):
        yield told
    told["CPU seconds"] = round(time.process_time() - processor, 2)
    told["clock seconds"] = round(time.perf_counter() - clock, 1)
    told["flushes"] = count
    told["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _people(number: int) -> list[Identity]:
    chance = Random(7)

    def name() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).title()

    return [Identity(f"P-{at:05d}", (f"{name()} {name()}ov",)) for at in range(number)]
