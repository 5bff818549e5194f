"""Nothing is told to anyone: what guvoh loads leaves no trace of its use outside the case."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_reader_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    environment = {**os.environ, **home, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    environment.pop("XDG_CACHE_HOME", None)
    script = "import guvoh, onnxruntime, time; onnxruntime.SessionOptions(); time.sleep(1)"
    subprocess.run([sys.executable, "-c", script], env=environment, check=True, timeout=120)
    assert list(tmp_path.rglob("*")) == []
