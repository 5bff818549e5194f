"""Runs a Python command on a Spark cluster of its own: a master and two workers, each a process of its own.

`python -m benchmarks.cluster -m guvoh sift …` starts them, and ends them after the command.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

WORKERS = 2
_CORES, _MEMORY = 1, "1g"  # of each worker
_HERE = "127.0.0.1"
# Master, workers and driver hardly compute: what Java would spend on its best compiler is not won back.
_PLAIN = "-XX:TieredStopAtLevel=1"


@contextmanager
def standalone() -> Iterator[str]:
    """Start a cluster on this machine and yield its address; raises TimeoutError where none comes up."""
    import pyspark

    program = str(Path(pyspark.__file__).parent / "bin" / "spark-class")
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        master = f"spark://{_HERE}:{port}"
        role = "org.apache.spark.deploy"
        commands = [[f"{role}.master.Master", "--host", _HERE, "--port", str(port)]]
        commands[0] += ["--webui-port", "0"]
        for number in range(WORKERS):
            work = str(Path(folder) / f"work-{number}")
            worker = [f"{role}.worker.Worker", "--host", _HERE, "--webui-port", "0"]
            worker += ["--cores", str(_CORES), "--memory", _MEMORY, "--work-dir", work, master]
            commands.append(worker)
        began: list[subprocess.Popen[bytes]] = []
        try:
            for command in commands:
                began.append(
                    subprocess.Popen(
                        [program, *command],
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                        env={
                            **os.environ,
                            "SPARK_LOCAL_IP": _HERE,
                            "SPARK_DAEMON_JAVA_OPTS": _PLAIN,
                        },
                    )
                )
                if len(began) == 1:
                    _await(port)
            yield master
        finally:
            for process in reversed(began):
                process.terminate()
                process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((_HERE, 0))
        return int(one.getsockname()[1])


def _await(port: int, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((_HERE, port), timeout=1):
            return
        time.sleep(0.2)
    raise TimeoutError("the master of the cluster did not come up")


def main(arguments: Sequence[str]) -> int:
    """Run Python with these arguments on a cluster; return its exit status."""
    with standalone() as master:
        submit = f"--master {master} --executor-memory {_MEMORY}"
        submit += f" --driver-java-options {_PLAIN} pyspark-shell"
        environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": submit, "SPARK_LOCAL_IP": _HERE}
        return subprocess.run([sys.executable, *arguments], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
