"""Serves the workbench on this machine alone, until it is interrupted."""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable

import uvicorn

from guvoh.casefile.case import Case
from guvoh.workbench.app import application, ready
from guvoh.workbench.desk import Desk
from guvoh.workbench.gate import Pass

HOST = "127.0.0.1"


class PortTakenError(Exception):
    """The port asked for is in use."""


def serve(case: Case, port: int, language: str, opened: Callable[[str], None]) -> None:
    """Serve until interrupted; `opened` is told the address with the launch token once it answers.

    Port 0 takes a free one. Raises PortTakenError.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere the option lets two programs share a port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as trouble:
        listening.close()
        raise PortTakenError(f"port {port} is in use; choose another with --port") from trouble
    if not os.environ.get("GUVOH_TRACEBACK"):
        # Faults are said in one line by the application; a traceback may not reach the terminal.
        logging.getLogger("uvicorn.error").disabled = True
    given = Pass(listening.getsockname()[1])
    desk = Desk(case, given, language)
    desk.catch_up()
    server = uvicorn.Server(
        uvicorn.Config(
            application(desk),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            h11_max_incomplete_event_size=64 << 10,
        )
    )
    if threading.current_thread() is threading.main_thread():
        # From the first request on a signal ends it in order: what was derived is noted first.
        # Uvicorn stops for the signal while it runs, and then raises it anew.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        listening.listen(64)
        # The kernel holds early requests until the server takes them, so the address answers now.
        opened(f"http://{HOST}:{given.port}/open?token={given.launch}")
        threading.Thread(target=ready, args=(desk,), daemon=True).start()
        server.run(sockets=[listening])
    finally:
        desk.close()
