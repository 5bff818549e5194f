"""The evidence bundle: a BagIt bag of a release that standard tools check, with proofs, stamps and a signature."""

import base64
import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from mimetypes import guess_extension
from typing import Any

from guvoh import __version__
from guvoh.casefile.sshsig import public_line
from guvoh.protect import Evidence, Release
from guvoh.publish import contents
from guvoh.publish.dataset import dataset, harmless
from guvoh.publish.ids import published_id
from guvoh.publish.wacz import wacz

SIGNER = "guvoh"  # the identity in allowed_signers; what a key is worth, the receiver decides
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SIGNED, SIGNATURE = "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"


def bundle(release: Release, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a bag (RFC 8493); ValueError for a release without evidence."""
    evidence = release.evidence
    if evidence is None:
        raise ValueError("a bundle needs the evidence of a release")
    payload: dict[str, tuple[str, int]] = {}
    described: list[tuple[str, str]] = []
    for name, data, holds in _payload(release, evidence, language):
        path = f"data/{name}"
        payload[path] = (sha256(data).hexdigest(), len(data))
        described.append((name, holds))
        yield path, data
    crate = contents.crate(release, described)
    payload["data/ro-crate-metadata.json"] = (sha256(crate).hexdigest(), len(crate))
    yield "data/ro-crate-metadata.json", crate
    tags = dict(_tags(release, evidence, payload))
    yield from tags.items()
    listed = "".join(f"{sha256(tags[name]).hexdigest()}  {name}\n" for name in sorted(tags))
    yield SIGNED, listed.encode()
    yield SIGNATURE, evidence.sign(listed.encode())


def _tags(
    release: Release, evidence: Evidence, payload: dict[str, tuple[str, int]]
) -> Iterator[tuple[str, bytes]]:
    size = sum(length for _, length in payload.values())
    info = {
        "Bag-Software-Agent": f"guvoh {__version__}",
        "External-Description": " ".join(release.title.split()),
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    yield "bagit.txt", BAGIT
    yield "bag-info.txt", "".join(f"{k}: {v}\n" for k, v in info.items()).encode("utf-8", "replace")
    lines = (f"{digest}  {name}\n" for name, (digest, _) in sorted(payload.items()))
    yield "manifest-sha256.txt", "".join(lines).encode()
    yield "allowed_signers", f"{SIGNER} {public_line(evidence.public)}\n".encode()
    guide = files("guvoh.publish").joinpath("templates", "VERIFY.txt").read_bytes()
    yield "VERIFY.txt", guide


def _payload(
    release: Release, evidence: Evidence, language: str
) -> Iterator[tuple[str, bytes, str]]:
    """Yield (name, bytes, what it is) of all that the bag carries."""
    yield from _captures(release, evidence)
    pages = list(contents.web_pages(release, evidence))
    if pages:
        yield "web.wacz", wacz(pages, release.title), "originals from the web, as WACZ 1.1.1"
    for report in sorted(release.reports.values(), key=lambda one: one.id):
        name = f"reports/{published_id(release, 'report', report.id)}.txt"
        text = report.text.encode("utf-8", "replace")
        yield name, text, "text of a report as far as it may leave; a working copy"
    for name, data in dataset(release, language):
        yield f"dataset/{name}", data, "table of the dataset; CODEBOOK.md says what it holds"
    tables: tuple[tuple[str, Callable[[Release], Iterator[Sequence[Any]]], str], ...] = (
        ("index.csv", contents.index, "what each original is, who collected it when and how"),
        ("contrary.csv", contents.contrary, "denials, contradictions and negated claims"),
        ("findings.csv", contents.findings, "what the program noticed of the reports"),
        ("assessments.csv", contents.assessments, "what people decided, with their reasons"),
    )
    for name, rows, holds in tables:
        yield name, _csv(rows(release)), holds
    yield from _log(evidence)
    yield "checkpoint", evidence.checkpoint, "signed heads of all logs (C2SP checkpoint)"
    for name, data in evidence.anchors:
        yield f"anchors/{name}", data, "checkpoint, request, stamp or root of a time authority"


def _captures(release: Release, evidence: Evidence) -> Iterator[tuple[str, bytes, str]]:
    kinds = contents.media_types(release)
    for digest in release.captures:
        kind = kinds.get(digest, "")
        name = f"captures/{digest}{guess_extension(kind) or ''}"
        yield name, evidence.read(digest), f"original as it arrived ({kind or 'type unknown'})"


def _log(evidence: Evidence) -> Iterator[tuple[str, bytes, str]]:
    """Yield leaves, records and proofs; a record's file is what is hashed, so `sha256sum` checks it."""
    for name, leaves in evidence.leaves.items():
        here = f"log/{name}"
        key = json.dumps({"v": 1, "algorithm": "ed25519", "public": evidence.keys[name].hex()})
        yield f"{here}/key.json", f"{key}\n".encode(), "public key of the log"
        text = "".join(f"{leaf.hex()}\n" for leaf in leaves)
        yield f"{here}/leaves", text.encode(), "leaves of the whole log, salted digests"
        mine = [one for one in evidence.records if one.key_id == name]
        sums, proofs = [], []
        for one in mine:
            data = one.salt + one.payload.encode()
            yield f"{here}/{one.index}.record", data, "salt and payload of a record, as hashed"
            sums.append(f"{sha256(data).hexdigest()}  {one.index}.record\n")
            path = [base64.b64encode(step).decode() for step in one.proof]
            proofs.append(json.dumps({"index": one.index, "proof": path}) + "\n")
        if mine:
            yield f"{here}/records.sha256", "".join(sums).encode(), "leaves of the records here"
            yield f"{here}/proofs.jsonl", "".join(proofs).encode(), "RFC 6962 inclusion proofs"


def _csv(rows: Iterator[Sequence[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if value is None else harmless(value) for value in row])
    return out.getvalue().encode("utf-8", "replace")
