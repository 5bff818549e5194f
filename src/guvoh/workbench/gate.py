"""Who may ask the workbench: one browser that was given the launch token, on this machine."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD"})
FORM_BYTES = 1 << 20  # a form longer than that is none of ours
OPEN = ("/static/",)  # what anyone on this machine may fetch: our own files, nothing of the case

# Every asset is ours. `img-src data:` is not given: pictures are SVG in the page.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # "no-referrer" would make a browser send `Origin: null` with each plain form.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Pass:
    """The secrets of one launch: the token in the printed address, and what a browser keeps."""

    port: int
    launch: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """Return the cookie's name; cookies ignore ports, so it names the port."""
        return f"guvoh-{self.port}"

    @property
    def form_token(self) -> str:
        """Return what every form carries, so that no other site can post one."""
        return hmac.new(self.session.encode(), b"form", sha256).hexdigest()

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the Host headers under which the workbench answers."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")


class Gate:
    """Lets through what has the right Host, session, Origin and form token; adds the headers.

    The form token is looked for in a header alone where a body is streamed (uploads), and in the
    form field otherwise; the body is read once and handed on.
    """

    def __init__(self, app: ASGIApp, given: Pass) -> None:
        self._app = app
        self._given = given

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in HEADERS.items()
                        if name.encode() not in there
                    ),
                ]
            await send(message)

        refusal = self._refusal(request)
        if refusal is None and request.method not in SAFE:
            body = None
            token = request.headers.get("x-form-token")
            if token is None and _is_form(request) and _length(request) <= FORM_BYTES:
                try:
                    body = await request.body()
                except ClientDisconnect:
                    return
                token = parse_qs(body.decode("latin-1")).get("form_token", [""])[0]
                receive = _again(body)
            if not hmac.compare_digest((token or "").encode(), self._given.form_token.encode()):
                refusal = _refused(403, "This form is not from this workbench. Load the page anew.")
        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        """Return the answer to a request that may not pass, None for one that may."""
        given = self._given
        if request.headers.get("host", "") not in given.hosts:
            return _refused(421, "The workbench answers under 127.0.0.1 only.")
        if request.url.path.startswith(OPEN):
            return None
        origin = request.headers.get("origin")
        if request.method not in SAFE and origin not in _origins(given.hosts):
            return _refused(403, "This request comes from another site.")
        if request.url.path == "/open":
            return self._opened(request)
        if request.headers.get("sec-fetch-site", "none") == "cross-site":
            return _refused(403, "This request comes from another site.")
        held = request.cookies.get(given.cookie, "")
        if not hmac.compare_digest(held.encode(), given.session.encode()):
            return _refused(401, "Open the address that `guvoh serve` printed: it holds the token.")
        return None

    def _opened(self, request: Request) -> Response:
        token = request.query_params.get("token", "")
        if not hmac.compare_digest(token.encode(), self._given.launch.encode()):
            return _refused(401, "This is not the address that `guvoh serve` printed.")
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(
            self._given.cookie, self._given.session, httponly=True, samesite="strict", path="/"
        )
        return answer


def _origins(hosts: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"http://{host}" for host in hosts)


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "")
    return kind.partition(";")[0].strip() == "application/x-www-form-urlencoded"


def _length(request: Request) -> int:
    told = request.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else FORM_BYTES + 1


def _again(body: bytes) -> Receive:
    """Return a `receive` that hands on a body that was read already."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    return receive


def _refused(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status_code=status)
