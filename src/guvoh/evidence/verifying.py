"""`guvoh verify`: says of a bundle in words what holds, what does not, and what is only as good as an anchor."""

import argparse
import base64
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_ssh_public_key,
)

from guvoh.casefile import heads, log, merkle, sshsig, stamps
from guvoh.casefile.heads import Checkpoint
from guvoh.casefile.notes import NoteError
from guvoh.casefile.stamps import Standing
from guvoh.evidence import bags
from guvoh.evidence.bags import Bag, BagError
from guvoh.evidence.said import Said
from guvoh.words import shown

HOLDS, PROBLEMS, DAMAGED = 0, 1, 3
_LOG = r"data/log/([0-9a-f]{32})"


def verify(arguments: argparse.Namespace, _: str) -> Said:
    """Check a bundle offline and without a case."""
    bag = bags.check(arguments.bundle.absolute())
    lines: list[str] = []
    leaves = {match[1]: _leaves(data) for match, data in bag.of(f"{_LOG}/leaves")}
    if not bag.faults:
        lines.append(f"Every file is as it was listed ({len(bag.sound)} files).")
    checkpoint = _checkpoint(bag, leaves)
    lines += _captures(bag)
    lines += _records(bag, leaves, checkpoint)
    lines += _signer(bag, arguments.signer)
    if _is_broken(bag):
        lines.append(
            "Stamps and earlier checkpoints were not compared: what they need does not hold."
        )
    else:
        lines += _against(bag, leaves, arguments.against)
        lines += _stamps(bag, leaves, arguments.root)
    problems = tuple(f"{shown(name)}: {why}." for name, why in bag.faults)
    if bag.faults:
        names = ", ".join(dict.fromkeys(shown(name) for name, _ in bag.faults[:5]))
        more = f" and {len(bag.faults) - 5} more" if len(bag.faults) > 5 else ""
        lines.append(f"The bundle does not hold: {names}{more}.")
        return Said("\n".join(lines), problems, DAMAGED)
    lines.append("The bundle holds.")
    return Said("\n".join(lines))


def _is_broken(bag: Bag) -> bool:
    """Say whether a file that stamps and checkpoints are compared with does not hold."""
    needed = ("data/anchors/", "data/log/")
    return bags.PAYLOAD not in bag.sound or any(name.startswith(needed) for name, _ in bag.faults)


def _leaves(data: bytes) -> list[bytes]:
    return [bytes.fromhex(line) for line in data.decode().split()]


def _checkpoint(bag: Bag, leaves: Mapping[str, list[bytes]]) -> Checkpoint | None:
    """Check signature and roots of the checkpoint; faults go into the bag.

    None where it, or a file that it needs, does not hold.
    """
    name = "data/checkpoint"
    data = bag.read(name)
    if data is None:
        return None
    try:
        found = heads.read(data)
        key = bag.read(f"data/log/{found.signer}/key.json")
        if key is None or any(head.key_id not in leaves for head in found.heads):
            return None
        found = heads.read(data, bytes.fromhex(json.loads(key).get("public", "")))
    except (NoteError, ValueError) as error:
        bag.faults.append((name, f"the checkpoint does not hold: {error}"))
        return None
    for log_name, why in heads.against(found, leaves):
        bag.faults.append((f"data/log/{log_name}/leaves", why))
    return found


def _captures(bag: Bag) -> Iterator[str]:
    number = 0
    for match, data in bag.of(r"data/captures/([0-9a-f]{64})(?:\.\w+)?"):
        number += 1
        if bags.digest(data) != match[1]:
            bag.faults.append((match[0], "it is not what its name says"))
    yield f"{number} originals are in the bundle, each named by its digest."


def _records(
    bag: Bag, leaves: Mapping[str, list[bytes]], checkpoint: Checkpoint | None
) -> Iterator[str]:
    proofs = {
        (match[1], one["index"]): [base64.b64decode(step) for step in one["proof"]]
        for match, data in bag.of(f"{_LOG}/proofs\\.jsonl")
        for one in map(json.loads, data.splitlines())
    }
    if checkpoint is None:
        yield "The records were not proven: what the proofs need does not hold."
        return
    number = 0
    for match, data in bag.of(f"{_LOG}/([0-9]+)\\.record"):
        if f"data/log/{match[1]}/proofs.jsonl" not in bag.sound:
            continue
        key, index = match[1], int(match[2])
        leaf = log.leaf_of(data[: log.SALT_BYTES], data[log.SALT_BYTES :])
        there = leaves.get(key, [])
        head = checkpoint.of(key)
        proof = proofs.get((key, index))
        if index >= len(there) or there[index] != leaf:
            bag.faults.append((match[0], f"leaf {index} of its log is that of another record"))
        elif head is None or proof is None or not _proves(leaf, index, head, proof):
            bag.faults.append((match[0], "its proof does not lead to the signed root"))
        else:
            number += 1
    yield f"{number} records are proven to be in the logs that were signed."


def _proves(leaf: bytes, index: int, head: heads.Head, proof: list[bytes]) -> bool:
    return merkle.includes(leaf, index, head.size, proof, head.root)


def _signer(bag: Bag, known: Path | None) -> Iterator[str]:
    """Say whose signature it is, and check that allowed_signers names the same key."""
    if bag.signature is None or not bag.signed:
        return
    line = sshsig.public_line(bag.signature.public)
    blob = base64.b64decode(line.split(" ")[1])
    fingerprint = base64.b64encode(sha256(blob).digest()).decode().rstrip("=")
    allowed = (bag.read("allowed_signers") or b"").decode("utf-8", "replace")
    if allowed and line not in allowed:
        bag.faults.append(("allowed_signers", "it names another key than the signature has"))
    if known is None:
        yield (
            f"Signed by the key SHA256:{fingerprint}. Only as good as that: ask the sender by another "
            "way whether it is theirs, or name their key with --signer."
        )
    elif _public(known) == bag.signature.public:
        yield f"Signed by the key that you named (SHA256:{fingerprint})."
    else:
        text = f"it was signed by SHA256:{fingerprint}, and not by the key that you named"
        bag.faults.append((bags.SIGNATURE, text))


def _public(path: Path) -> bytes:
    """Return the raw key of a public key file or of an allowed_signers file."""
    try:
        words = path.read_bytes().split()
        line = b" ".join(words[words.index(b"ssh-ed25519") :][:2])
        return load_ssh_public_key(line).public_bytes(Encoding.Raw, PublicFormat.Raw)
    except OSError as error:
        raise BagError(f"it cannot be read ({error.strerror})", path, "check the path") from None
    except ValueError:
        raise BagError("it holds no Ed25519 public key", path, "name an OpenSSH one") from None


def _against(bag: Bag, leaves: Mapping[str, list[bytes]], path: Path | None) -> Iterator[str]:
    """Compare with a checkpoint that the receiver was given earlier."""
    if path is None:
        return
    try:
        older = heads.read(path.read_bytes())
        key = bag.read(f"data/log/{older.signer}/key.json") or b"{}"
        public = json.loads(key).get("public")
        if public is None:
            raise NoteError("it is signed by a key that has no log here")
        older = heads.read(older.note, bytes.fromhex(public))
    except OSError as error:
        raise BagError(f"it cannot be read ({error.strerror})", path, "check the path") from None
    except NoteError as error:
        raise BagError(
            f"this checkpoint is not used: {error}", path, "name one of the same case"
        ) from None
    wrong = heads.against(older, leaves)
    bag.faults += [(f"data/log/{name}/leaves", why) for name, why in wrong]
    if not wrong:
        size = sum(head.size for head in older.heads)
        yield f"The logs go on from the checkpoint that you were given: {size} records, unchanged."


def _stamps(bag: Bag, leaves: Mapping[str, list[bytes]], root: Path | None) -> Iterator[str]:
    """Say what each stamp shows, verified under the receiver's root, else the sender's."""
    kinds: dict[str, list[tuple[str, bytes]]] = {}
    for match, data in bag.of(r"data/anchors/([0-9a-f]{64})\.(\w+)"):
        kinds.setdefault(match[2], []).append((match[0], data))
        if bags.digest(data) != match[1]:
            bag.faults.append((match[0], "it is not what its name says"))
    own = [_read(root)] if root is not None else []
    for name, response in kinds.get("tsr", ()):
        yield from _stamp(bag, kinds, (name, response), own, leaves)
    if not kinds.get("tsr"):
        yield (
            "No time authority has stamped it (unanchored): all times are those of the sender's own "
            "clock, and nothing shows that the log was not written anew before it was sent."
        )


def _stamp(
    bag: Bag,
    kinds: Mapping[str, list[tuple[str, bytes]]],
    answer: tuple[str, bytes],
    own: list[bytes],
    leaves: Mapping[str, list[bytes]],
) -> Iterator[str]:
    name, response = answer
    pairs = [
        (note, request)
        for _, request in kinds.get("tsq", ())
        for _, note in kinds.get("checkpoint", ())
        if stamps.is_of(request, note)
        and stamps.check(note, request, response, None).standing is not Standing.REFUSED
    ]
    if not pairs:
        bag.faults.append((name, "it answers no request that is here"))
        return
    note, request = pairs[0]
    wrong = heads.against(heads.read(note), leaves)
    bag.faults += [(f"data/log/{key}/leaves", why) for key, why in wrong]
    roots = own or [data for _, data in kinds.get("pem", ())]
    trusted: list[bytes | None] = [*roots] or [None]
    found = [stamps.check(note, request, response, one) for one in trusted]
    best = next((one for one in found if one.standing is Standing.HOLDS), found[0])
    if best.standing is Standing.REFUSED:
        bag.faults.append((name, f"this stamp is refused: {best.why}"))
    elif best.standing is Standing.UNCHECKED:
        yield f"A stamp names {best.time} and was not verified: {best.why}. Name it with --root."
    elif own:
        yield f"Stamped at {best.time} by an authority under the root that you named."
    else:
        yield (
            f"Stamped at {best.time}. Only as good as the root certificate that came with it: get the "
            "authority's own and name it with --root."
        )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BagError(f"it cannot be read ({error.strerror})", path, "check the path") from None
