"""A bag on disk checked against its own lists and signature: which files hold, and which do not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

from guvoh.casefile import disk, sshsig
from guvoh.casefile.errors import CaseError
from guvoh.casefile.sshsig import Signature, SignatureError

NAMESPACE = "guvoh-bundle"
TAGS, PAYLOAD, SIGNATURE = (
    "tagmanifest-sha256.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt.sig",
)
_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")


class BagError(CaseError):
    """A folder is no bundle, or cannot be read."""


@dataclass(slots=True)
class Bag:
    """A bundle: its folder, a sentence for each file that does not hold, who signed it.

    `sound` are the files that are as they were listed; `signed` says whether the signature holds.
    """

    root: Path
    faults: list[tuple[str, str]] = field(default_factory=list)
    sound: set[str] = field(default_factory=set)
    signature: Signature | None = None
    signed: bool = False

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file that holds, None for any other."""
        return (self.root / name).read_bytes() if name in self.sound else None

    def of(self, pattern: str) -> Iterator[tuple[re.Match[str], bytes]]:
        """Yield the sound files whose whole name fits a pattern."""
        for name in sorted(self.sound):
            match = re.fullmatch(pattern, name)
            if match is not None:
                yield match, (self.root / name).read_bytes()


def check(root: Path) -> Bag:
    """Check all files of a bag; nothing in it is believed before its digest was compared.

    Raises BagError for a folder that is none.
    """
    bag = Bag(root)
    if not (root / TAGS).is_file():
        raise BagError("this is no bundle", root, "name a folder that `publish bundle` wrote")
    tagged = _lines(bag, TAGS)
    bag.signed = signed = _check_signature(bag)
    wrong = [name for name in tagged if not _is(bag, name, tagged[name])]
    if signed:
        bag.sound.add(TAGS)
        bag.faults += [(name, _why(bag, name)) for name in wrong]
    elif wrong or not _is_whole(bag, tagged):
        # Every file that fits it but those named here: the list itself is what changed.
        bag.faults.append((TAGS, "this list was changed: it does not fit its signature"))
        bag.faults += [(name, _why(bag, name)) for name in wrong if len(wrong) > 1]
    elif bag.signature is not None:
        text = (
            "the signature does not hold, and every list fits: this file was damaged, or someone "
            "changed files and wrote the lists anew without the sender's key"
        )
        bag.faults.append((SIGNATURE, text))
    bag.sound |= {name for name in tagged if name not in wrong}
    if PAYLOAD in bag.sound:
        listed = _lines(bag, PAYLOAD)
        for name, digest in listed.items():
            if _is(bag, name, digest):
                bag.sound.add(name)
            else:
                bag.faults.append((name, _why(bag, name)))
        if signed:
            _unlisted(bag, {*tagged, *listed, TAGS, SIGNATURE})
    return bag


def _lines(bag: Bag, name: str) -> dict[str, str]:
    """Return the digests of a list by file; a line that is none makes the list faulty."""
    with disk.reading(bag.root / name):
        text = (bag.root / name).read_bytes().decode("utf-8", "surrogateescape")
    found: dict[str, str] = {}
    for line in text.removesuffix("\n").split("\n"):
        match = _LINE.fullmatch(line)
        path = match[2] if match else ""
        if match and not path.startswith("/") and ".." not in path.split("/") and "\0" not in path:
            found[path] = match[1]
    return found


def _is_whole(bag: Bag, listed: dict[str, str]) -> bool:
    """Say whether the list of tags is as a writer writes it, and names what every bag has."""
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(listed.items()))
    required = {"bagit.txt", "bag-info.txt", PAYLOAD, "allowed_signers"}
    whole = text.encode("utf-8", "surrogateescape") == (bag.root / TAGS).read_bytes()
    return whole and required <= listed.keys()


def _check_signature(bag: Bag) -> bool:
    path = bag.root / SIGNATURE
    if not path.is_file():
        bag.faults.append((SIGNATURE, "the signature is missing"))
        return False
    try:
        found = sshsig.read(path.read_bytes())
    except SignatureError as error:
        bag.faults.append((SIGNATURE, f"the signature cannot be used: {error}"))
        return False
    bag.signature = found
    try:
        sshsig.verify(found, (bag.root / TAGS).read_bytes(), NAMESPACE)
    except SignatureError:
        return False
    return True


def _is(bag: Bag, name: str, digest: str) -> bool:
    path = bag.root / name
    if not path.is_file() or path.is_symlink():
        return False
    with disk.reading(path), path.open("rb", buffering=0) as stream:
        return file_digest(stream, "sha256").hexdigest() == digest


def _why(bag: Bag, name: str) -> str:
    there = (bag.root / name).is_file()
    return "it is not what was listed" if there else "it is listed and missing"


def _unlisted(bag: Bag, listed: set[str]) -> None:
    for path in sorted(bag.root.rglob("*")):
        name = path.relative_to(bag.root).as_posix()
        if path.is_file() and name not in listed:
            bag.faults.append((name, "it was added: no list names it"))


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return sha256(data).hexdigest()
