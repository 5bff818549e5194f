"""`guvoh checkpoint`: signs the heads of all logs for people outside, and has them stamped."""

import argparse
from pathlib import Path

from guvoh.casefile import anchors, disk, heads, journal, notes, stamps
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case, open_case
from guvoh.casefile.errors import CaseError
from guvoh.casefile.heads import Checkpoint
from guvoh.casefile.stamps import Stamp, Standing
from guvoh.evidence import asking
from guvoh.evidence.said import Said
from guvoh.words import shown

PROBLEMS = 1


class CheckpointError(CaseError):
    """A checkpoint, a stamp or a certificate is of no use; the message says why."""


def make(arguments: argparse.Namespace, _: str) -> Said:
    """Sign the present heads; export the checkpoint, have it stamped, or file a stamp that came later."""
    case = open_case(arguments.case)
    journal.read(case)  # what is signed was read and checked first
    root = _root(arguments.root)
    if arguments.stamp is not None:
        return _file(case, arguments.stamp, root)
    made = heads.renew(case, load_actor())
    lines: list[str] = []
    if arguments.since is not None:
        lines.append(_goes_on(case, arguments.since))
    if arguments.out is None and arguments.authority is None:
        return Said("\n".join([*lines, made.note.decode()[:-1]]))
    anchors.keep(case, anchors.CHECKPOINT, made.note)
    request = _request(case, made)
    if arguments.out is not None:
        lines += _exported(case, arguments.out, made, request)
    if arguments.authority is None:
        return Said("\n".join(lines))
    return _stamped(case, made, request, root, arguments, lines)


def read_outside(case: Case, path: Path) -> Checkpoint:
    """Read a checkpoint that someone kept; its signature must be that of a key of the case.

    Raises CheckpointError.
    """
    other = "name a checkpoint of this case"
    try:
        checkpoint = heads.read(path.read_bytes())
        public = None
        if checkpoint.signer in journal.logs(case):
            public = journal.public_key(case, checkpoint.signer)
        if public is None:
            raise notes.NoteError("it is signed by a key that has no log in this case")
        return heads.read(checkpoint.note, public)
    except OSError as error:
        raise CheckpointError(f"it cannot be read ({error.strerror})", path, other) from None
    except notes.NoteError as error:
        raise CheckpointError(f"this checkpoint is not used: {error}", path, other) from None


def _root(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise CheckpointError(
            f"it cannot be read ({error.strerror})", path, "name a PEM file of root certificates"
        ) from None


def _goes_on(case: Case, path: Path) -> str:
    """Say that the logs continue an older checkpoint; CheckpointError where they do not."""
    before = read_outside(case, path)
    for name, why in heads.against(before, heads.leaves(case)):
        raise CheckpointError(
            f"the case does not go on from this checkpoint: {why}", path, f"look at log {name}"
        )
    return f"The logs go on from {shown(path.name)}, nothing of it was changed."


def _request(case: Case, made: Checkpoint) -> bytes:
    """Return the request for this checkpoint, the same one each time."""
    for request in anchors.kept(case, anchors.REQUEST):
        if stamps.is_of(request, made.note):
            return request
    request = stamps.request(made.note)
    anchors.keep(case, anchors.REQUEST, request)
    return request


def _exported(case: Case, out: Path, made: Checkpoint, request: bytes) -> list[str]:
    if out.absolute().resolve().is_relative_to(case.root.resolve()):
        raise CheckpointError(
            "a checkpoint in the case vouches for nothing", out, "name a place outside the case"
        )
    if out.exists():
        raise CheckpointError("this file exists", out, "choose another name")
    asked = out.with_name(f"{out.name}.tsq")
    with disk.writing(out):
        disk.write_whole(out, made.note)
        disk.write_whole(asked, request)
    number = sum(head.size for head in made.heads)
    public = load_actor().public
    return [
        f"{shown(str(out))} names {number} records in {len(made.heads)} logs. Give it to someone who "
        "keeps it apart from the case: truncation shows by it, with `guvoh fsck --against`.",
        f"Its key: {notes.verifier_key(made.heads[0].origin, public)}",
        f"{shown(str(asked))} is the request for a stamp; what an authority answers is filed with "
        "`guvoh checkpoint --stamp`.",
    ]


def _stamped(
    case: Case,
    made: Checkpoint,
    request: bytes,
    root: bytes | None,
    arguments: argparse.Namespace,
    lines: list[str],
) -> Said:
    named = shown(arguments.authority)
    try:
        response = asking.ask(arguments.authority, request)
    except asking.AskingError as error:
        text = f"{named}: {error}. No stamp was made; the request is kept."
        return Said("\n".join(lines), (text,), PROBLEMS)
    stamp = stamps.check(made.note, request, response, root)
    if stamp.standing is Standing.REFUSED:
        text = f"{named}: {stamp.why}. Its answer was not kept; the request is."
        return Said("\n".join(lines), (text,), PROBLEMS)
    _keep(case, response, root, stamp)
    if arguments.out is not None:
        path = arguments.out.with_name(f"{arguments.out.name}.tsr")
        with disk.writing(path):
            disk.write_whole(path, response)
    return Said("\n".join([*lines, _told(stamp)]))


def _file(case: Case, path: Path, root: bytes | None) -> Said:
    try:
        response = path.read_bytes()
    except OSError as error:
        raise CheckpointError(
            f"it cannot be read ({error.strerror})", path, "check the path"
        ) from None
    pair = anchors.asked(case, response)
    if pair is None:
        raise CheckpointError(
            "this answers no request of this case", path, "name what the authority answered"
        )
    stamp = stamps.check(*pair, response, root)
    if stamp.standing is Standing.REFUSED:
        raise CheckpointError(f"this stamp is refused: {stamp.why}", path, "ask again")
    _keep(case, response, root, stamp)
    return Said(_told(stamp))


def _keep(case: Case, response: bytes, root: bytes | None, stamp: Stamp) -> None:
    anchors.keep(case, anchors.RESPONSE, response)
    if root is not None and stamp.standing is Standing.HOLDS:
        anchors.keep(case, anchors.ROOT, root)


def _told(stamp: Stamp) -> str:
    if stamp.standing is Standing.HOLDS:
        return f"Stamped at {stamp.time}: {stamp.why}."
    return f"A stamp of {stamp.time} is kept and not verified: {stamp.why}."
