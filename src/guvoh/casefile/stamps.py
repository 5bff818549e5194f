"""Stamps of a time authority after RFC 3161: requests made offline, responses checked before they are believed."""

import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from shutil import which

from asn1crypto import tsp
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

_GRANTED = ("granted", "granted_with_mods")  # RFC 3161 section 2.4.2
_SECONDS = 60  # that openssl may take


class Standing(StrEnum):
    """What is known of a stamp: it was verified, it was refused, or nobody could verify it here."""

    HOLDS = "holds"
    REFUSED = "refused"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp: its standing, the time that it names (UTC with Z; None if unreadable), and why."""

    standing: Standing
    time: str | None
    why: str


def request(data: bytes) -> bytes:
    """Return a request for a stamp over the SHA-256 of `data`, with a nonce, as it is sent."""
    builder = TimestampRequestBuilder(data, HashAlgorithm.SHA256).cert_request(cert_request=True)
    return builder.build().as_bytes()


@dataclass(frozen=True, slots=True)
class _Told:
    """What a request asks or a response says: about which SHA-256, under which nonce, when."""

    imprint: bytes
    nonce: int | None
    time: datetime | None = None


def is_of(asked: bytes, data: bytes) -> bool:
    """Say whether a request asks for a stamp over `data`."""
    told = _asked(asked)
    return told is not None and told.imprint == sha256(data).digest()


def check(data: bytes, asked: bytes, answered: bytes, roots: bytes | None) -> Stamp:
    """Check a response to a request over `data` against the root certificates (PEM) of its authority.

    Where `openssl` is installed it decides, for rfc3161-client refuses some valid responses. The
    certificates are looked at as of the time that the stamp names, so that they may have expired
    since.
    """
    if not is_of(asked, data):
        return Stamp(Standing.REFUSED, None, "the request is not for this checkpoint")
    told = _answered(answered)
    why = told if isinstance(told, str) else _unfit(told, asked, data)
    if isinstance(told, str) or told.time is None or why is not None:
        return Stamp(Standing.REFUSED, None, why or "it names no time")
    time = told.time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if roots is None:
        why = "the root certificate of its authority was not given, so nobody checked who signed it"
        return Stamp(Standing.UNCHECKED, time, why)
    program = which("openssl")
    if program is not None:
        refused = _by_openssl(program, asked, answered, roots, int(told.time.timestamp()))
    else:
        refused = _by_library(answered, data, roots)
    if refused is None:
        return Stamp(Standing.HOLDS, time, "signed under the root certificate that was given")
    return Stamp(Standing.REFUSED, time, refused)


def _asked(request: bytes) -> _Told | None:
    """Read a request. asn1crypto fails on hostile bytes with whatever its parts raise."""
    try:
        read = tsp.TimeStampReq.load(request, strict=True).native
        return _Told(read["message_imprint"]["hashed_message"], read["nonce"])
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def _answered(response: bytes) -> _Told | str:
    """Read a response, or return why there is nothing to read.

    Not by rfc3161-client: it asks for certificates in DER's order, and openssl's own have none.
    """
    try:
        read = tsp.TimeStampResp.load(response, strict=True)
        status = read["status"]["status"].native
        if status not in _GRANTED:
            return f"the authority refused (status {status})"
        info = read["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
        told = info.native
        return _Told(told["message_imprint"]["hashed_message"], told["nonce"], told["gen_time"])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return "the answer is no RFC 3161 response"


def _unfit(told: _Told, asked: bytes, data: bytes) -> str | None:
    request = _asked(asked)
    if told.imprint != sha256(data).digest():
        return "the answer is about something else"
    if request is None or told.nonce != request.nonce:
        return "the answer has another nonce than the request"
    return None


def _by_openssl(
    program: str, asked: bytes, answered: bytes, roots: bytes, moment: int
) -> str | None:
    """Return why `openssl ts -verify` refuses, None where it does not."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / kind for kind in ("tsq", "tsr", "pem")]
        for path, data in zip(paths, (asked, answered, roots), strict=True):
            path.write_bytes(data)
        query, reply, chain = map(str, paths)
        done = subprocess.run(  # noqa: S603  # fixed arguments, files of our own naming
            [
                *(program, "ts", "-verify", "-queryfile", query, "-in", reply),
                *("-CAfile", chain, "-attime", str(moment)),
            ],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    if done.returncode == 0 and b"Verification: OK" in done.stdout + done.stderr:
        return None
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    known = ("verify error:", "certificate verify error")
    reason = next((line for line in said.splitlines() if any(k in line for k in known)), "")
    return "openssl ts refuses it" + (f" ({reason.rpartition(':')[2].strip()})" if reason else "")


def _by_library(answered: bytes, data: bytes, roots: bytes) -> str | None:
    builder = VerifierBuilder()
    try:
        response = decode_timestamp_response(answered)
        for certificate in x509.load_pem_x509_certificates(roots):
            builder = builder.add_root_certificate(certificate)
        builder.build().verify_message(response, data)
    except (VerificationError, ValueError) as error:
        return f"rfc3161-client refuses it ({error}), and openssl is not installed to decide"
    return None
