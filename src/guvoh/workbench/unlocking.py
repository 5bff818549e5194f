"""The vault unlocked in this process for this session: keys in memory alone, forgotten when they lie unused."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from guvoh.casefile import vault
from guvoh.casefile.case import Case
from guvoh.casefile.errors import CaseError

if TYPE_CHECKING:
    from guvoh.pipeline.keeping import Open

UNUSED = 15 * 60  # seconds after which keys that nobody used are forgotten
_KEY = 1 << 20  # bytes of a key file
_FIELDS = 1 << 20  # bytes of what else is in a form


class NoKeyError(Exception):
    """No key was given that opens this case; the message is an interface text, `why` what is not one."""

    def __init__(self, text: str, why: str = "") -> None:
        super().__init__(text)
        self.why = why


@dataclass(slots=True)
class Keys:
    """The secret keys that a key-holder gave, what they open, and the codes of what was shown with them."""

    secrets: tuple[str, ...] = ()
    shown: set[str] = field(default_factory=set)
    used: float = 0.0
    lock: threading.RLock = field(default_factory=threading.RLock)
    _of: tuple[str, ...] = ()  # the records that were opened; their names are digests
    _open: "Open | None" = None

    def keep(self, secrets: tuple[str, ...]) -> None:
        """Keep keys until they are forgotten."""
        with self.lock:
            self.secrets, self.used = secrets, time.monotonic()
            self.shown, self._of, self._open = set(), (), None

    def forget(self) -> None:
        """Forget the keys, and all that they opened."""
        self.keep(())

    def given(self) -> tuple[str, ...]:
        """Return the keys, none where nobody gave any or they lay unused for too long."""
        with self.lock:
            if self.secrets and time.monotonic() - self.used > UNUSED:
                self.forget()
            self.used = time.monotonic()
            return self.secrets

    def opened(self, case: Case) -> "Open | None":
        """Return what the vault holds, None where it is locked; keys that open it no longer are forgotten.

        Raises VaultError.
        """
        from guvoh.pipeline import keeping  # late: most sessions unlock nothing

        with self.lock:
            if not self.given():
                return None
            records = tuple(vault.names(case))
            if self._open is None or records != self._of:
                try:
                    self._open, self._of = keeping.unlock(case, self.secrets), records
                except CaseError:
                    self.forget()
                    raise
            return self._open


@dataclass(frozen=True, slots=True)
class Form:
    """What a form with files sends: files as (name, bytes), and texts."""

    files: Mapping[str, tuple[str, bytes]]
    texts: Mapping[str, str]


async def in_memory(request: Request, most: int = 0) -> Form:
    """Read a form without a temporary file: no key and no account reaches a disk.

    A file other than the key has `most` bytes at most, and one more where it is longer. Raises
    MultiPartException.
    """

    class Parser(MultiPartParser):
        spool_max_size = most + _KEY

    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise MultiPartException("no form with files")
    files: dict[str, tuple[str, bytes]] = {}
    texts: dict[str, str] = {}
    form = await Parser(request.headers, request.stream(), max_files=2).parse()
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            texts[name] = value[:_FIELDS]
        elif value.filename:
            files[name] = (value.filename, await value.read(_KEY if name == "key" else most + 1))
    await form.close()
    return Form(files, texts)


def key_of(case: Case, form: Form) -> tuple[str, ...]:
    """Return the secret keys that a form brings; NoKeyError for none, and for one that is no key-holder's."""
    from guvoh.pipeline import keeping
    from guvoh.protect import age

    if "key" not in form.files:
        raise NoKeyError("Choose your key file.")
    try:
        keys = age.unwrap(form.files["key"][1], form.texts.get("passphrase") or None)
    except age.SealError as error:
        raise NoKeyError("The key file cannot be used", str(error)) from None
    if not keeping.holds_key(case, keys):
        raise NoKeyError("This key is no key-holder's. Choose the key of a key-holder.")
    return keys
