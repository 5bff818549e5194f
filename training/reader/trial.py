"""Trains a minute's run twice, once killed in the middle and begun again, and compares the weights bit for bit."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch

CONFIG = Path(__file__).parent / "configs/trial.toml"
_WAIT = 0.05  # seconds between looks for the first stand
_TWO_STEPS = 1.5  # seconds after it, so that the kill falls between two stands


def start(out: Path) -> subprocess.Popen[bytes]:
    """Begin the trial run, or go on with it."""
    command = [sys.executable, "-m", "training.reader.train", str(CONFIG), "--out", str(out)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own module


def stand(out: Path) -> dict[str, torch.Tensor | int]:
    """Return all that a run has learnt, by name, and how many steps it did."""
    kept = torch.load(out / "stand.pt", weights_only=False)
    means = {f"mean {k}": value for k, value in enumerate(kept["mean"])}
    return {**kept["network"], **kept["chain"], **means, "done": kept["done"]}


def main() -> int:
    """Print whether the two runs are one; exit 1 where they are not."""
    with tempfile.TemporaryDirectory() as name:
        whole, killed = Path(name) / "whole", Path(name) / "killed"
        if start(whole).wait():
            return 1
        running = start(killed)
        while not (killed / "stand.pt").exists() and running.poll() is None:
            time.sleep(_WAIT)
        time.sleep(_TWO_STEPS)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        at = stand(killed)["done"]
        if start(killed).wait():
            return 1
        one, other = stand(whole), stand(killed)
    if one["done"] == at:
        print("The run had ended before it was killed: try again.")
        return 1
    same = one.keys() == other.keys() and all(
        torch.equal(torch.as_tensor(one[key]), torch.as_tensor(other[key])) for key in one
    )
    print(f"killed after step {at} was kept, begun again, {one['done']} steps: ", end="")
    print("the same weights" if same else "OTHER weights")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
