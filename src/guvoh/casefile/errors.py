"""What can go wrong with a case, each said as one sentence: what happened, to which file, what to do."""

from pathlib import Path

# The names are the sentences' subjects and read so in an except clause.
# ruff: noqa: N818


class CaseError(Exception):
    """Something is wrong with a case; the message is for the person who reads it."""

    def __init__(self, happened: str, path: Path | None, advice: str) -> None:
        where = f" ({path})" if path is not None else ""
        super().__init__(f"{happened}{where}: {advice}.")
        self.happened = happened
        self.path = path
        self.advice = advice


class NotACase(CaseError):
    """The folder is missing, is no case, or may not become one."""


class CaseTooNew(CaseError):
    """The case, or a record in it, was written by a newer guvoh."""


class CaseDamaged(CaseError):
    """Bytes are missing or are not those that were written."""


class CaseBusy(CaseError):
    """Another process holds a lock of the case."""


class CaseUnwritable(CaseError):
    """The disk refused to take what should be written; nothing was acknowledged."""


class CaseUnreadable(CaseError):
    """The disk refused to give what should be read."""


class KeyUnusable(CaseError):
    """The actor's private key cannot be read or made."""


class NotDerived(CaseError):
    """There is no derived store that this guvoh can read."""
