"""What one running workbench holds: the case, the passes, and the work that goes on behind."""

import secrets
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guvoh.casefile import derived, journal, lists
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, now
from guvoh.casefile.errors import CaseBusy, CaseError, NotDerived
from guvoh.casefile.following import Following
from guvoh.casefile.recipe import recipe
from guvoh.casefile.records import Saved
from guvoh.casefile.state import State
from guvoh.corroborate import descriptions
from guvoh.model.capture import Exposure
from guvoh.model.finding import Finding
from guvoh.progress import Silent
from guvoh.workbench.gate import Pass
from guvoh.workbench.since import Seen
from guvoh.workbench.totals import Totals
from guvoh.workbench.unlocking import Keys

if TYPE_CHECKING:
    from guvoh.pipeline.confirming import Confirming

_FAULT = "This was not finished, for something in guvoh failed. What was taken in is kept: add it again, or build, to go on."
_SPOKEN = 4  # languages of a case whose words are read ahead
_TWICE = 2.0  # seconds within which the same decision sent again is a double click
_WAITING = 4  # publications that wait to be saved; an older one has to be made again


@dataclass(slots=True)
class Stage(Silent):
    """How far the work behind has come, for a page to show."""

    what: str = ""
    total: int | None = None
    done: int = 0

    def begin(self, what: str, total: int | None) -> None:
        """Begin a stage of `total` items, None if that is not known."""
        self.what, self.total, self.done = what, total, 0

    def step(self, done: int = 1) -> None:
        """Say that items are done."""
        self.done += done


@dataclass(slots=True)
class Work:
    """Taking in and deriving, in a thread of its own; `new` captures and `problems` are there when it is `over`.

    `anew` says that nothing is taken in: what the case holds is derived again.
    """

    anew: bool = False
    stage: Stage = field(default_factory=Stage)
    new: frozenset[str] = frozenset()
    problems: tuple[Finding, ...] = ()
    failure: str | None = None
    over: bool = False


@dataclass(slots=True)
class Shelf:
    """Publications that were made and wait to be saved, by a name nobody can guess."""

    made: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, name: str, data: bytes) -> str:
        """Keep a file; return the name under which it can be had."""
        key = secrets.token_urlsafe(16)
        with self.lock:
            self.made[key] = (name, data)
            while len(self.made) > _WAITING:
                del self.made[next(iter(self.made))]
        return key

    def get(self, key: str) -> tuple[str, bytes] | None:
        """Return a file, None where it is no longer kept."""
        with self.lock:
            return self.made.get(key)


@dataclass(slots=True)
class Table:
    """The one account that lies open, in memory alone; `ticket` tells its last page from earlier ones."""

    open: "Confirming | None" = None
    ticket: str = ""
    done: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def lay(self, one: "Confirming | None", done: str = "") -> None:
        """Put an account on the table, or clear it."""
        self.open, self.done, self.ticket = one, done, secrets.token_urlsafe(12)


def load() -> None:
    """Load what decisions and added files need, which is long in coming and the first page does without."""
    from guvoh.pipeline import deriving, judging, screening, taking, withholding  # noqa: F401


class Desk:
    """A case under work. Requests read in threads of their own; one thread at a time derives."""

    def __init__(self, case: Case, given: Pass, language: str) -> None:
        self.case = case
        self.given = given
        self.language = language
        self.work: Work | None = None
        self.shelf = Shelf()
        self.table = Table()
        self.keys = Keys()
        self.seen = Seen()
        self.totals = Totals()
        self._following = Following(case)
        self._made: list[str] = []
        self._last: tuple[object, float] = (None, 0.0)
        self._judging = threading.Lock()
        self._deriving = threading.Lock()
        self._starting = threading.Lock()
        self._folders: set[Path] = set()  # with what was sent and is not taken in yet

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the last complete derivation; raises NotDerived where there is none yet."""
        with closing(derived.connect_reader(self.case)) as db, derived.snapshot(db):
            yield db

    def close(self) -> None:
        """Note what was derived, unless others are at it, who note it then; clear what was sent.

        The thread that takes it in ends with the process, wherever it is.
        """
        from guvoh.pipeline import deriving  # late, here as below: see `load`

        try:
            with suppress(CaseError):
                deriving.settle(self.case)
        finally:
            for folder in tuple(self._folders):
                self.clear(folder)

    def folder(self) -> Path:
        """Return a new folder for what is sent, which goes when that is taken in or the desk closes."""
        folder = Path(tempfile.mkdtemp(prefix="guvoh-"))
        self._folders.add(folder)
        return folder

    def clear(self, folder: Path) -> None:
        """Delete a folder of what was sent."""
        shutil.rmtree(folder, ignore_errors=True)
        self._folders.discard(folder)

    def catch_up(self) -> None:
        """Begin to derive behind where the store is missing or of another version of guvoh."""
        try:
            derived.connect_reader(self.case).close()
        except NotDerived:
            if self.known().captures:
                self.take_in((), None)

    def warm(self) -> None:
        """Read what the first decision would have to wait for: the journal, the recipe, words of languages."""
        from guvoh.pipeline import withholding

        with suppress(CaseError):
            recipe({})
            withholding.rename(self.case, self._following)
            with self.reading() as db:
                for code, _ in lists.languages(db)[:_SPOKEN]:
                    descriptions.language_of(code)

    def known(self) -> State:
        """Return what the journal says."""
        return self._following.state()

    def waiting(self) -> int:
        """Return how many decisions came or were taken back since what is shown was derived."""
        in_force = {one.id for one in self.known().assessments}
        try:
            with self.reading() as db:
                standing = derived.standing(db)
        except NotDerived:
            return 0
        return len(in_force ^ set(standing.judged)) if standing is not None else 0

    def judge(
        self,
        target: str,
        verdict: str,
        reason: str,
        other: str | None,
        fields: Mapping[str, Any] | None = None,
    ) -> bool:
        """Journal an assessment and derive what it touches; say whether it shows already.

        It does not yet where other work is deriving; what is journalled is taken up by that work
        or by the next. The same sent twice at once is one. Raises NotFoundError, and UnreadableError
        for `fields` that no claim can hold.
        """
        from guvoh.pipeline import judging

        asked = (target, verdict, reason, other, fields)
        with self._judging:
            last, at = self._last
            if last != asked or time.monotonic() - at > _TWICE:
                self._made += judging.judge(self.case, target, verdict, reason, other, fields)
                self._last = (asked, time.monotonic())
        return self.derive()

    def withdraw(self, identity: str) -> bool:
        """Take back an assessment that is in force; say whether what is shown is up to the journal."""
        from guvoh.pipeline import judging

        with self._judging:
            for one in self.known().assessments:
                if one.id == identity:
                    judging.withdraw(self.case, one)
                    self._last = (None, 0.0)
        return self.derive()

    def undoable(self) -> str:
        """Return the last decision made here that is in force, empty where there is none."""
        in_force = {one.id for one in self.known().assessments} if self._made else set()
        return next((one for one in reversed(self._made) if one in in_force), "")

    def save_search(self, name: str, address: str | None) -> bool:
        """Journal that an address is to be found again under a name, or no longer where it is None.

        Say whether that was done: while the vault is open, what names somebody sealed is not kept.
        """
        from guvoh.pipeline import unsaying

        saved, vault = Saved(name, address), self.keys.opened(self.case)
        if address is not None and vault is not None and unsaying.names(saved, vault.registry):
            return False
        journal.append(self.case, load_actor(), [saved], now())
        return True

    def derive(self) -> bool:
        """Bring the store up to the journal; say whether that was done, or others are at it.

        Where more than decisions is to be derived, that is begun behind.
        """
        from guvoh.pipeline import withholding

        if self._lags():
            self.take_in((), None)
            return False
        if not self._deriving.acquire(timeout=0.2):
            return False
        try:
            withholding.derive(self.case, Silent(), self._following)
        except CaseBusy:
            return False
        finally:
            self._deriving.release()
        return True

    def _lags(self) -> bool:
        """Say whether another guvoh made the store, or captures are not in it yet."""
        from guvoh.pipeline import deriving

        known = self.known()
        try:
            with self.reading() as db:
                standing = derived.standing(db)
        except NotDerived:
            return True
        return standing is None or not deriving.is_up_to(standing, known, recipe(known.settings))

    def take_in(
        self, sources: Sequence[Path], exposure: Exposure | None, folder: Path | None = None
    ) -> bool:
        """Begin to take in and derive behind; say whether it was begun. `folder` is cleared at its end."""
        with self._starting:
            if self.work is not None and not self.work.over:
                return False
            self.work = Work(anew=not sources)
        threading.Thread(
            target=self._taking, args=(self.work, sources, exposure, folder), daemon=True
        ).start()
        return True

    def _taking(
        self,
        work: Work,
        sources: Sequence[Path],
        exposure: Exposure | None,
        folder: Path | None,
    ) -> None:
        try:
            from guvoh.pipeline import screening, taking, withholding

            before = frozenset(self.known().captures)
            # Where something is sealed and no key lies here, what comes in is set aside unread.
            screen = screening.screening(self.case, self.keys.opened(self.case))
            problems = taking.take_in(self.case, sources, exposure, work.stage, screen)
            with self._deriving:
                problems += withholding.derive(self.case, work.stage, self._following)
            work.problems = tuple(one for one in problems if one.problem)
            work.new = frozenset(self.known().captures) - before
        except CaseError as trouble:
            work.failure = str(trouble)
        except Exception as fault:  # noqa: BLE001  # whatever it is, it is said, and no traceback is printed
            work.failure = f"{_FAULT} ({type(fault).__name__})"
        finally:
            if folder is not None:
                self.clear(folder)
            work.over = True
