"""A walk's page by itself, on a loopback port: a compiled form, what is built, and a journal to send to."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench.assessments.faults import Server
from scripts.build_frontend import OUTPUT

from schoolward.protocols.xforms.first_questions import first_questions
from schoolward.protocols.xforms.session import Program

HTML = "text/html; charset=utf-8"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style>
<link rel="icon" href="data:,"></head>
<body><main id="main"><h1>{title}</h1>
"""
PAGE = """
<p class="filling-state" data-walk-state role="status"></p>
<form class="form filling" data-walk="walk-a" data-journal="/walk-a/" autocomplete="off"
 onsubmit="return false">{first}</form>
<script type="application/json" data-walk-form>{form}</script>
</main><script type="module" src="/dist/{script}"></script></body></html>
"""
END = "</main></body></html>"


@dataclass
class Harness:
    """Where the page is, and what its journal has received. ``is_down``: the journal answers nothing.

    ``first`` are the questions that the page comes with. Beside it stand ``empty``, no more than its head,
    and ``plain``, with ``plain`` as its content.
    """

    address: str = ""
    first: str = ""
    plain: str = ""
    server: Server = field(default_factory=Server)
    is_down: bool = False
    requests: list[tuple[str, str]] = field(default_factory=list)


def head(form: dict[str, Any]) -> str:
    """The beginning of each page of a compiled form."""
    manifest = json.loads((OUTPUT / "manifest.json").read_text("utf-8"))
    # As in the real page (platform/ui/built.py), which carries its style in itself.
    style = (OUTPUT / manifest["walk.js"]["css"][0]).read_text("utf-8").strip()
    return HEAD.format(title=form.get("title", "A walk"), style=style)


def page(form: dict[str, Any], first: str) -> str:
    """The page of a compiled form, with its first questions in it."""
    manifest = json.loads((OUTPUT / "manifest.json").read_text("utf-8"))
    told = json.dumps(form, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return head(form) + PAGE.format(script=manifest["walk.js"]["file"], first=first, form=told)


@contextmanager
def serving(form: dict[str, Any]) -> Iterator[Harness]:
    """Serve the page of a form until the end of the block."""
    harness = Harness(first=first_questions(Program(form)))
    beginning = head(form)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/":
                self._send(200, HTML, page(form, harness.first).encode())
            elif self.path in ("/empty", "/plain"):
                content = harness.plain if self.path == "/plain" else ""
                self._send(200, HTML, (beginning + content + END).encode())
            elif self.path.startswith("/dist/"):
                file = (OUTPUT / self.path.removeprefix("/dist/")).resolve()
                if file.is_relative_to(OUTPUT) and file.is_file():
                    self._send(200, TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes())
                else:
                    self._send(404, "text/plain", b"")
            else:
                self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self._body())

        def do_PUT(self) -> None:
            self._answer(self._body())

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: what matters is in the harness."""

        def _body(self) -> bytes:
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))

        def _answer(self, body: bytes) -> None:
            harness.requests.append((self.command, self.path))
            if harness.is_down:
                self._send(503, "application/json", b"{}")
                return
            request = {"method": self.command, "address": self.path}
            if self.command == "PUT":
                request["bytes"] = base64.b64encode(body).decode("ascii")
            else:
                request["body"] = body.decode()
            answer = harness.server.answer(request)
            self._send(answer["status"], "application/json", json.dumps(answer["body"]).encode())

        def _send(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    harness.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield harness
    finally:
        server.shutdown()
        server.server_close()
