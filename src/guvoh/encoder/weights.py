"""The shipped network, checked against its digest before it is believed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

CARD = "encoder.toml"


class UnusableWeightsError(Exception):
    """The weights are missing, cut off or changed; the text is a sentence for the user."""


@dataclass(frozen=True)
class Head:
    """One head: its labels, its columns in the scores, and what it costs that one tag follows another.

    Tag 0 is "outside"; label k begins with tag 1 + 2k and goes on with 2 + 2k. `moves` are integers
    in thousandths of a logit, None where each word is decided by itself.
    """

    name: str
    labels: tuple[str, ...]
    first: int
    last: int
    moves: npt.NDArray[np.int64] | None


@dataclass(frozen=True)
class Encoder:
    """The network ready to run, with its digest, which names the model in what it finds."""

    digest: str
    tokenizer: "Tokenizer"
    session: "InferenceSession"
    heads: Mapping[str, Head]
    limit: int
    overlap: int


@cache
def load() -> Encoder:
    """Return the shipped encoder, once per process; raises UnusableWeightsError."""
    return load_from(files("guvoh.encoder").joinpath("weights"))


@cache
def digest() -> str:
    """Return the digest that the shipped weights should have, empty where their card is missing."""
    try:
        return str(_card(files("guvoh.encoder").joinpath("weights"))["digest"])
    except UnusableWeightsError:
        return ""


def load_from(folder: Traversable) -> Encoder:
    """Return the encoder that lies in `folder`; raises UnusableWeightsError."""
    card = _card(folder)
    parts = {name: _part(folder, name, wanted) for name, wanted in card["files"].items()}
    from tokenizers import Tokenizer  # late: what is in another language needs none of it

    tokenizer = Tokenizer.from_str(parts["tokenizer.json"].decode())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Encoder(
        digest=str(card["digest"]),
        tokenizer=tokenizer,
        session=_session(parts["model.onnx"]),
        heads={head["name"]: _head(head) for head in card["heads"]},
        limit=int(card["window"]["limit"]),
        overlap=int(card["window"]["overlap"]),
    )


def digest_of(digests: Mapping[str, str]) -> str:
    """Return the digest of a model from those of its files."""
    return sha256(
        "".join(f"{name} {digests[name]}\n" for name in sorted(digests)).encode()
    ).hexdigest()


def _card(folder: Traversable) -> dict[str, Any]:
    try:
        card = tomllib.loads(folder.joinpath(CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UnusableWeightsError("The reader's weights are not installed.") from None
    if card.get("digest") != digest_of(card.get("files", {})):
        raise UnusableWeightsError("The reader's weights are not those that were shipped.")
    return card


def _part(folder: Traversable, name: str, wanted: str) -> bytes:
    try:
        data = folder.joinpath(name).read_bytes()
    except OSError:
        raise UnusableWeightsError("The reader's weights are not installed.") from None
    if sha256(data).hexdigest() != wanted:
        raise UnusableWeightsError("The reader's weights are not those that were shipped.")
    return data


def _session(model: bytes) -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    # One thread: workers are processes, and sums in another order would give other scores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _head(row: Mapping[str, Any]) -> Head:
    labels = tuple(str(label) for label in row["labels"])
    moves = row.get("moves")
    return Head(
        name=str(row["name"]),
        labels=labels,
        first=int(row["first"]),
        last=int(row["first"]) + 1 + 2 * len(labels),
        moves=None if moves is None else np.array(moves, dtype=np.int64),
    )
