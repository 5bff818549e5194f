"""What a case offers the release gate as evidence: its records with proofs, heads, stamps, and a signature."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256

from guvoh.casefile import anchors, captures, heads, journal, log, merkle, sshsig
from guvoh.casefile.actor import Actor
from guvoh.casefile.actor import load as load_actor
from guvoh.casefile.case import Case
from guvoh.casefile.heads import Checkpoint
from guvoh.protect import Evidence, Logged

NAMESPACE = "guvoh-bundle"  # what the signature is for, so that it serves for nothing else


def evidence(case: Case) -> Evidence:
    """Sign the present heads and return all that could be shown; the gate chooses among the records."""
    actor = load_actor()
    checkpoint = heads.renew(case, actor)
    leaves = {name: tuple(these) for name, these in heads.leaves(case).items()}
    return Evidence(
        records=tuple(_records(case, leaves, checkpoint)),
        leaves={head.key_id: leaves.get(head.key_id, ())[: head.size] for head in checkpoint.heads},
        keys={head.key_id: _key(case, head.key_id, actor) for head in checkpoint.heads},
        checkpoint=checkpoint.note,
        anchors=tuple(_anchors(case)),
        read=partial(captures.read, case),
        sign=lambda data: sshsig.sign(data, NAMESPACE, actor),
        public=actor.public,
    )


def _key(case: Case, name: str, actor: Actor) -> bytes:
    return actor.public if name == actor.key_id else journal.public_key(case, name) or b""


def _records(
    case: Case, leaves: Mapping[str, Sequence[bytes]], checkpoint: Checkpoint
) -> Iterator[Logged]:
    for head in checkpoint.heads:
        part = leaves.get(head.key_id, ())[: head.size]
        if not part:
            continue
        tree = merkle.Tree(part)
        for index, (salt, payload) in log.opened(case.journal / head.key_id).items():
            if index < head.size:
                proof = tuple(tree.inclusion_proof(index))
                yield Logged(head.key_id, index, salt, payload.decode(), proof)


def _anchors(case: Case) -> Iterator[tuple[str, bytes]]:
    """Yield the files of each stamp over heads that the present ones go on from."""
    seen: set[str] = set()
    for one in anchors.every(case):
        if heads.against(one.checkpoint, heads.leaves(case)):
            continue
        parts = [
            (one.checkpoint.note, anchors.CHECKPOINT),
            (one.request, anchors.REQUEST),
            (one.response, anchors.RESPONSE),
        ]
        for data, kind in [*parts, *([(one.root, anchors.ROOT)] if one.root else [])]:
            name = f"{sha256(data).hexdigest()}.{kind}"
            if name not in seen:
                seen.add(name)
                yield name, data
