"""The heads of a case's logs as one signed C2SP checkpoint, kept beside the log of whoever signed it."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guvoh.casefile import disk, journal, log, merkle, notes
from guvoh.casefile.actor import Actor, key_id
from guvoh.casefile.errors import CaseDamaged
from guvoh.casefile.folder import Case
from guvoh.casefile.notes import NoteError

_ORIGIN = re.compile(r"guvoh/([0-9a-f]{32})/([0-9a-f]{16})")
_ERASED = re.compile(r"erased ([0-9a-f]{32}) ([0-9]+) ([0-9]+)")
_NEVER_BEGUN = "0" * 16
_SIZE = re.compile(r"0|[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Head:
    """A log at one moment: key-id, first 16 digits of its first leaf, number of leaves, their root.

    The first leaf holds a random salt, so that no two cases have a log that began alike.
    """

    key_id: str
    begun: str
    size: int
    root: bytes

    @property
    def origin(self) -> str:
        """Return the name of the log for people outside."""
        return f"guvoh/{self.key_id}/{self.begun}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Heads in order, the signer's own first, and the bytes of the signed note that names them.

    `erased` are (key-id, index, Lamport number) of tombstones, which no leaf covers.
    """

    heads: tuple[Head, ...]
    note: bytes
    erased: tuple[tuple[str, int, int], ...] = ()

    @property
    def signer(self) -> str:
        """Return the key-id of whoever signed it."""
        return self.heads[0].key_id

    @property
    def size(self) -> int:
        """Return the number of records that it names."""
        return sum(head.size for head in self.heads)

    def of(self, name: str) -> Head | None:
        """Return the head of the log with this key-id."""
        return next((head for head in self.heads if head.key_id == name), None)


def head_of(name: str, leaves: Sequence[bytes], size: int | None = None) -> Head:
    """Return the head of a log, or of its first `size` leaves."""
    part = leaves if size is None else leaves[:size]
    begun = leaves[0].hex()[:16] if leaves else _NEVER_BEGUN
    return Head(name, begun, len(part), merkle.root(part))


def sign(
    heads: Sequence[Head], actor: Actor, erased: Sequence[tuple[str, int, int]] = ()
) -> Checkpoint:
    """Return a checkpoint over these heads; a signer without a log signs an empty one."""
    own = next((one for one in heads if one.key_id == actor.key_id), head_of(actor.key_id, ()))
    others = sorted((h for h in heads if h.key_id != own.key_id), key=lambda head: head.key_id)
    lines = [own.origin, str(own.size), base64.b64encode(own.root).decode()]
    lines += [
        f"log {one.origin} {one.size} {base64.b64encode(one.root).decode()}" for one in others
    ]
    lines += [f"erased {name} {index} {lamport}" for name, index, lamport in erased]
    note = notes.sign("\n".join(lines) + "\n", own.origin, actor).encode()
    return Checkpoint((own, *others), note, tuple(erased))


def read(data: bytes, public: bytes | None = None) -> Checkpoint:
    """Read a checkpoint; where the signer's raw public key is given, its signature must hold.

    Raises NoteError.
    """
    note = notes.parse(data)
    lines = note.text[:-1].split("\n")
    if len(lines) < 3:
        raise NoteError("it is no checkpoint")
    heads = [_head(*lines[:3])]
    erased: list[tuple[str, int, int]] = []
    for line in lines[3:]:
        parts = line.split(" ")
        if tombstone := _ERASED.fullmatch(line):
            erased.append((tombstone[1], int(tombstone[2]), int(tombstone[3])))
            continue
        if len(parts) != 4 or parts[0] != "log":
            raise NoteError("it names a log in no way that is known")
        heads.append(_head(*parts[1:]))
    if public is not None:
        if key_id(public) != heads[0].key_id:
            raise NoteError("it is signed by another key than it names")
        if not notes.holds(note, heads[0].origin, public):
            raise NoteError("its signature does not hold")
    return Checkpoint(tuple(heads), data, tuple(erased))


def against(checkpoint: Checkpoint, logs: Mapping[str, Sequence[bytes]]) -> list[tuple[str, str]]:
    """Return (key-id, sentence) for each head that the leaves of the logs do not continue."""
    found: list[tuple[str, str]] = []
    for head in checkpoint.heads:
        leaves = logs.get(head.key_id, ())
        if head.size == 0:
            continue
        why = None
        if not leaves:
            why = f"the log is not here, and the checkpoint names {head.size} records of it"
        elif leaves[0].hex()[:16] != head.begun:
            why = "the checkpoint is of another case, or the log was begun anew"
        elif len(leaves) < head.size:
            why = (
                f"the log was cut short: the checkpoint names {head.size} records, {len(leaves)} "
                "are here"
            )
        elif merkle.root(leaves[: head.size]) != head.root:
            why = (
                f"the log is not the one that was signed: its first {head.size} records were "
                "changed or put in another order"
            )
        if why is not None:
            found.append((head.key_id, why))
    return found


def leaves(case: Case) -> dict[str, list[bytes]]:
    """Return the leaves of all logs of a case, by key-id; raises CaseDamaged."""
    return {name: log.leaves(case.journal / name) for name in journal.logs(case)}


def path_of(case: Case, name: str) -> Path:
    """Return where the last checkpoint lies that this key signed."""
    return case.journal / name / "checkpoint"


def kept(case: Case, name: str) -> Checkpoint | None:
    """Return the last checkpoint that this key signed in the case, None where it has signed none.

    Raises CaseDamaged.
    """
    path = path_of(case, name)
    try:
        with disk.reading(path):
            data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return read(data, journal.public_key(case, name))
    except NoteError as error:
        raise CaseDamaged(
            f"this checkpoint cannot be trusted: {error}", path, "run `guvoh fsck --repair`"
        ) from error


def refuse_cut(case: Case) -> None:
    """Raise CaseDamaged for a log that is shorter than a checkpoint in the case says.

    Only numbers are compared: `renew` and a check of the whole case compare roots.
    """
    for signer in journal.logs(case):
        signed = None
        with suppress(CaseDamaged):  # a damaged checkpoint is named by a check, and made anew
            signed = kept(case, signer)
        for head in signed.heads if signed is not None else ():
            path = case.journal / head.key_id / "log"
            there = path.stat().st_size // log.LEAF_LINE if path.exists() else 0
            if there < head.size:
                raise CaseDamaged(
                    f"the log was cut short: {head.size} records were signed, {there} are here",
                    path,
                    "restore the journal from a backup",
                )


def renew(case: Case, actor: Actor) -> Checkpoint:
    """Sign the present heads and keep the checkpoint, if any log has grown since the last one.

    Raises CaseDamaged where the logs do not continue what this key signed before: a log that was
    cut or rewritten is never signed.
    """
    now = leaves(case)
    heads = [head_of(name, these) for name, these in now.items() if these]
    erased = tuple(
        (name, index, lamport)
        for name in now
        for index, lamport in log.tombstones(case.journal / name).items()
    )
    before = kept(case, actor.key_id)
    if before is not None:
        for name, why in against(before, now):
            raise CaseDamaged(
                f"what was signed no longer holds: {why}",
                case.journal / name,
                "restore the journal from a backup",
            )
        same = {(h.key_id, h.size) for h in before.heads if h.size} == {
            (h.key_id, h.size) for h in heads
        }
        if same and before.erased == erased:
            return before
    made = sign(heads, actor, erased)
    if (case.journal / actor.key_id).is_dir():
        path = path_of(case, actor.key_id)
        with disk.writing(path):
            disk.write_whole(path, made.note)
    return made


def _head(origin: str, size: str, root: str) -> Head:
    named = _ORIGIN.fullmatch(origin)
    try:
        value = base64.b64decode(root, validate=True)
    except (binascii.Error, ValueError):
        value = b""
    spelled = base64.b64encode(value).decode()
    if named is None or not _SIZE.fullmatch(size) or len(value) != 32 or spelled != root:
        raise NoteError("it is no checkpoint of a guvoh log")
    return Head(named[1], named[2], int(size), value)
