"""A time authority on loopback, made with openssl: a root, a certificate for stamping, and a server."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[stamping]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


class Authority:
    """Its root certificate as PEM, its address while it serves, and how it misbehaves, if it shall."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.root = folder / "root.pem"
        self.address = ""
        self.instead: bytes | None = None
        self.kind = "application/timestamp-reply"
        (folder / "config").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        new = ("req", "-new", "-newkey", "rsa:2048", "-nodes", "-config", "config")
        self._run(
            *(*new, "-x509", "-days", "30", "-subj", "/CN=Lindmoor Root", "-extensions", "root"),
            *("-keyout", "root.key", "-out", "root.pem"),
        )
        self._run(*new, "-subj", "/CN=Lindmoor Time", "-keyout", "tsa.key", "-out", "tsa.csr")
        self._run(
            *("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key"),
            *("-CAcreateserial", "-days", "20", "-extfile", "config", "-extensions", "stamping"),
            *("-out", "tsa.pem"),
        )

    def _run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def answer(self, request: bytes) -> bytes:
        """Return a response with two certificates: the signer's, and the root."""
        (self.folder / "query").write_bytes(request)
        self._run(
            *("ts", "-reply", "-queryfile", "query", "-config", "config", "-section", "one"),
            *("-inkey", "tsa.key", "-signer", "tsa.pem", "-chain", "root.pem", "-out", "reply"),
        )
        return (self.folder / "reply").read_bytes()


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    """Let it answer on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            body = authority.instead
            if body is None:
                body = authority.answer(request)
            self.send_response(200)
            self.send_header("Content-Type", authority.kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    authority.address = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
