"""On whose word? guvoh reads reports and counts the original sources behind each event."""

import os

__version__ = "0.1.0"

# onnxruntime numbers the machine in a file of the home folder and reports its uses to its maker, unless this is
# set before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
