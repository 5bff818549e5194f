"""Makes the shipped files from a trained network: int8 ONNX, tokenizer, and their card.

python -m training.reader.export RUN [TARGET]     RUN is the folder that train.py wrote to
"""

import shutil
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from guvoh.encoder.weights import digest_of
from training.reader.corpora import ROOT
from training.reader.labels import HEADS, allowed, columns
from training.reader.network import Chain, Network
from training.reader.train import base_folder, trained

TARGET = ROOT / "src/guvoh/encoder/weights"
LIMIT, OVERLAP = 160, 40
NEVER = -(10**9)


def write_onnx(network: Network, path: Path) -> None:
    """Write the network in single precision, for one window of any length."""
    ids = torch.zeros((1, 9), dtype=torch.long)
    torch.onnx.export(
        network,
        (ids, ids),
        str(path),
        input_names=["ids", "shapes"],
        output_names=["scores"],
        dynamic_axes={"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "scores": {1: "pieces"}},
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Write the network with weights of seven bits, which no processor's int8 sums overflow."""
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    model = onnx.load(str(target))
    for prop in list(model.metadata_props):
        model.metadata_props.remove(prop)
    onnx.save(model, str(target))


def card(folder: Path, chain: Chain) -> str:
    """Return encoder.toml for the files in `folder`."""
    digests = {
        name: sha256((folder / name).read_bytes()).hexdigest()
        for name in ("model.onnx", "tokenizer.json")
    }
    lines = [
        "# Made by training/reader/export.py; docs/reader-model.md is the model card.",
        f'digest = "{digest_of(digests)}"',
        "",
        "[window]  # word pieces in one go, and how many neighbouring windows share",
        f"limit = {LIMIT}",
        f"overlap = {OVERLAP}",
        "",
        "[files]  # SHA-256",
        *(f'"{name}" = "{digests[name]}"' for name in sorted(digests)),
    ]
    moves = (chain.moves * 1000).round().int().tolist()
    for name, labels in HEADS.items():
        quoted = ", ".join(f'"{label}"' for label in labels)
        lines += [
            "",
            "[[heads]]",
            f'name = "{name}"',
            f"labels = [{quoted}]",
            f"first = {columns()[name][0]}",
        ]
        if name == "attribution":
            rules = allowed(len(labels))
            rows = [
                [move if ok else NEVER for move, ok in zip(row, rule, strict=True)]
                for row, rule in zip(moves, rules, strict=True)
            ]
            lines += ["moves = [", *(f"  {row}," for row in rows), "]"]
    return "\n".join(lines) + "\n"


def export(run: Path, target: Path, *, mean: bool = True, exact: bool = False) -> None:
    """Write model.onnx, tokenizer.json and encoder.toml to `target`; `exact` leaves out int8."""
    network, chain = trained(run, mean=mean)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        write_onnx(network, whole)
        if exact:
            shutil.copyfile(whole, target / "model.onnx")
        else:
            quantise(whole, target / "model.onnx")
    shutil.copyfile(base_folder() / "tokenizer.json", target / "tokenizer.json")
    (target / "encoder.toml").write_text(card(target, chain), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Export the run named first to the folder named second."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    flags = {a for a in arguments if a.startswith("--")}
    run, *rest = (Path(a) for a in arguments if not a.startswith("--"))
    export(run, rest[0] if rest else TARGET, mean="--last" not in flags, exact="--exact" in flags)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
