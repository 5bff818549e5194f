"""Which function does which command about evidence."""

import argparse
from collections.abc import Callable

from guvoh.evidence import checking, checkpoints, syncing, verifying
from guvoh.evidence.said import Said

COMMANDS: dict[str, Callable[[argparse.Namespace, str], Said]] = {
    "fsck": checking.check,
    "checkpoint": checkpoints.make,
    "sync": syncing.sync,
    "verify": verifying.verify,
}
