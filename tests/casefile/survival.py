"""Numbered fault points at every write, fsync, rename of a case: killed or refused at each, and looked at after.

`python -m tests.casefile.survival --kills 1000 --full 100 --errors 100` prints the table of
docs/reliability.md. Each run is a forked process that works on a case of its own; only the system
calls are made to fail, all of guvoh's code is as it is.
"""

import argparse
import errno
import io
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guvoh.casefile import actor, captures, fsck, heads, journal, log, sums, vault
from guvoh.casefile import case as cases
from guvoh.casefile.errors import CaseError
from guvoh.casefile.faults import Code
from guvoh.casefile.folder import Case, append_lock
from guvoh.casefile.records import Arrived, Content, Observed
from guvoh.model.capture import Exposure

CALLS = ("open", "write", "fsync", "replace", "rename", "mkdir", "unlink", "ftruncate", "rmdir")
AT = "2031-05-02T08:00:00Z"
ROUNDS = 3
KILL, FULL, ERROR = "kill", "full", "error"


@dataclass
class Points:
    """Counts the calls; at the chosen one it kills the process or lets the call fail.

    A full disk refuses everything that needs room from then on; an I/O error comes once.
    """

    at: int | None = None
    how: str = KILL
    seen: int = 0
    names: list[str] = field(default_factory=list)
    full: bool = False

    def install(self) -> None:
        """Put the counting in the place of the calls, in this process."""
        for name in CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))

    def _counted(self, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        write = os.write

        def run(*args: Any, **more: Any) -> Any:
            if name == "open" and not args[1] & os.O_CREAT:
                return plain(*args, **more)
            if name == "write" and args[0] <= 2:
                return plain(*args, **more)
            self.seen += 1
            self.names.append(name)
            here = self.seen == self.at
            if here and name == "write":
                # Half of it arrives: that is what a torn write looks like.
                write(args[0], bytes(args[1])[: max(1, len(args[1]) // 2)])
            if here and self.how == KILL:
                os.kill(os.getpid(), signal.SIGKILL)
            if here and self.how == ERROR:
                raise OSError(errno.EIO, "Input/output error")
            self.full = self.full or (here and self.how == FULL)
            if self.full and name in ("open", "write", "mkdir", "fsync"):
                raise OSError(errno.ENOSPC, "No space left on device")
            return plain(*args, **more)

        return run


def work(root: Path, say: Callable[[str], None]) -> None:
    """Do all that writes to a case, and say what was acknowledged."""
    opened = cases.open_case(root)
    me = actor.load()
    kept, doomed = vault.add(opened, os.urandom(64)), ""
    say(f"sealed {kept}")
    for turn in range(ROUNDS):
        pieces = [f"{turn} {part} ".encode() + os.urandom(3000) for part in range(3)]
        with captures.batch(opened) as batch:
            stored = [batch.add(io.BytesIO(piece)) for piece in pieces]
        contents = [
            Arrived(s.digest, s.size, "text/plain", f"{turn}-{at}", "here", Exposure.PUBLIC)
            for at, s in enumerate(stored)
        ]
        journal.append(opened, me, contents, AT)
        for one in stored:
            say(f"capture {one.digest}")
        doomed = doomed or stored[0].digest
        for record in journal.append(opened, me, [Observed(None, "note", str(turn))], AT):
            say(f"record {record.id}")
        with sums.renewing(opened):
            (root / "kept.sqlite").write_bytes(b"derived")
        heads.renew(opened, me)
        new = vault.put(opened, kept, os.urandom(64))
        say(f"replaced {kept} {new}")
        kept = new
    say(f"erasing {doomed}")
    with append_lock(opened):
        captures.doom(opened, [doomed])
        journal.erase(opened, lambda one: _is_doomed(one, doomed), me, AT)
        captures.remove(opened, doomed)


def _is_doomed(content: Content, capture: str) -> bool:
    if isinstance(content, Arrived):
        return content.capture == capture
    return isinstance(content, Observed) and content.text == "0"


def forked(root: Path, points: Points) -> tuple[list[str], bool]:
    """Work in a process of its own; return what it acknowledged, and whether it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        status = 0
        try:
            plain = os.write

            def say(line: str) -> None:
                plain(writer, f"{line}\n".encode())

            points.install()
            work(root, say)
            plain(writer, f"points {' '.join(points.names)}\n".encode())
        except CaseError:
            status = 1  # a clear sentence, and nothing was acknowledged
        except BaseException as error:  # noqa: BLE001  # the last boundary of a process
            plain(2, f"{points.at} {points.how}: {error!r}\n".encode())
            status = 2
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as stream:
        said = stream.read().splitlines()
    _, ended = os.waitpid(child, 0)
    if os.WIFEXITED(ended) and os.WEXITSTATUS(ended) == 2:
        said.append("fault")
    return said, os.WIFSIGNALED(ended)


def look(root: Path, said: list[str]) -> Counter[str]:
    """Reopen a case as the next command would, check it, go on with it; count what is wrong."""
    wrong: Counter[str] = Counter()
    try:
        opened = cases.open_case(root)
        records = journal.read(opened)
        report = fsck.check(opened)
    except CaseError as error:
        print(error, file=sys.stderr)
        return Counter(need_a_human=1)
    named = {r.content.capture for r in records if isinstance(r.content, Arrived)}
    ids = {record.id for record in records}
    words = [line.split() for line in said]
    erasing = {w[1] for w in words if w[0] == "erasing"}
    wrong["lost"] += sum(w[0] == "capture" and w[1] not in named | erasing for w in words)
    wrong["erased_and_left"] += bool((erasing - named) & set(captures.stored(opened)))
    lost = [w[1] for w in words if w[0] == "record" and w[1] not in ids]
    wrong["lost"] += sum(not _may_go(record, said, opened) for record in lost)
    for digest in captures.stored(opened):
        try:
            captures.verify(opened, digest)
        except CaseError:
            wrong["torn"] += 1
    wrong["need_a_human"] += any(fault.code is Code.DAMAGED for fault in report.faults)
    for fault in report.faults:
        if fault.code is Code.DAMAGED:
            print(fault, file=sys.stderr)
    wrong["faults_of_guvoh"] += "fault" in said
    try:
        wrong += _goes_on(opened)
    except CaseError as error:
        print(error, file=sys.stderr)
        wrong["need_a_human"] += 1
    return wrong


def _may_go(record: str, said: list[str], opened: Case) -> bool:
    """Say whether a record is one that erasing, done or begun, makes a tombstone of."""
    name, _, index = record.partition(":")
    entry = log.scan(opened.journal / name).entries[int(index)]
    first = next(line.split()[1] for line in said if line.startswith("record "))
    return entry.payload is None and record == first


def _goes_on(opened: Case) -> Counter[str]:
    with captures.batch(opened) as batch:
        stored = batch.add(io.BytesIO(b"after"))
    after = Arrived(stored.digest, stored.size, "text/plain", "after", "here", Exposure.PUBLIC)
    journal.append(opened, actor.load(), [after], AT)
    vault.settle(opened)
    left = [one for one in (opened.captures / "incoming").iterdir() if one.is_dir()]
    sound = all(log.scan(opened.journal / name).sound for name in journal.logs(opened))
    return Counter(left_over=len(left), need_a_human=int(not sound))


def run(folder: Path, how: str, times: int, seed: int) -> tuple[Counter[str], int]:
    """Fail `times` times, over all points in turn; return what went wrong, and the number of points."""
    fresh = folder / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    cases.create(fresh, "t")
    said, _ = _try(fresh, Points())
    names = said[-1].split()[1:]
    order = list(range(1, len(names) + 1))
    random.Random(seed).shuffle(order)
    wrong: Counter[str] = Counter()
    for turn in range(times):
        at = order[turn % len(order)]
        _, found = _try(fresh, Points(at, how))
        if +found:
            print(f"{how} at point {at} ({names[at - 1]}): {dict(+found)}", file=sys.stderr)
        wrong += found
    return wrong, len(names)


def _try(fresh: Path, points: Points) -> tuple[list[str], Counter[str]]:
    """Work on a copy under a new name: the locks of a path are kept, and not to be inherited."""
    with tempfile.TemporaryDirectory(dir=fresh.parent) as name:
        trial = Path(name) / "case"
        shutil.copytree(fresh, trial)
        said, killed = forked(trial, points)
        found = look(trial, said)
        found["not_reached"] += points.how == KILL and points.at is not None and not killed
        return said, found


def fill(folder: Path) -> Counter[str]:
    """Work in a small file system until it is full for real, make room, look, and go on."""
    ballast, root = folder / "ballast", folder / "case"
    ballast.write_bytes(os.urandom(64 << 10))
    cases.create(root, "t")
    said: list[str] = []
    for _ in range(1000):
        try:
            work(root, said.append)
        except CaseError as error:
            if "the disk is full" not in str(error):
                print(error, file=sys.stderr)
                return Counter(need_a_human=1)
            break
        said = _of_captures(said)
    else:
        return Counter(not_reached=1)
    ballast.unlink()
    return look(root, _of_captures(said))


def _of_captures(said: list[str]) -> list[str]:
    return [line for line in said if line.startswith(("capture", "erasing"))]


def main() -> int:
    """Run and print the table; 1 if anything was lost, torn, or needs a human."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--full", type=int, default=0)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--fill", type=Path, help="a folder on a small file system of its own")
    parser.add_argument("--seed", type=int, default=11)
    given = parser.parse_args()
    total: Counter[str] = Counter()
    if given.fill is not None:
        with tempfile.TemporaryDirectory() as name:
            os.environ[actor.HOME_VARIABLE] = name
            total = fill(given.fill)
        print(dict(+total) or "filled, nothing was lost")
        return 1 if +total else 0
    print("| fault | runs | points | acknowledged and lost | torn captures | need a human |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        os.environ[actor.HOME_VARIABLE] = str(Path(name) / "home")
        actor.load()
        rows = ((KILL, given.kills), (FULL, given.full), (ERROR, given.errors))
        for how, times in rows:
            if times:
                wrong, points = run(Path(name), how, times, given.seed)
                # The last point may lie behind the end: how often a lock is asked for differs.
                reached = times - wrong.pop("not_reached", 0)
                figures = (
                    how,
                    reached,
                    points,
                    wrong["lost"],
                    wrong["torn"],
                    wrong["need_a_human"],
                )
                print(f"| {' | '.join(map(str, figures))} |", flush=True)
                total += wrong
    print(dict(+total) or "nothing else went wrong")
    return 1 if +total else 0


if __name__ == "__main__":
    sys.exit(main())
