"""ODK Web Forms as a page: installed from npm, built with its own tools, served from a folder."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.assessments.javascript import node_program
from scripts.build_frontend import FRONTEND, node_folder

PEER = ("@getodk/web-forms@0.22.0", "vue@3")
PEER_MAIN = """
import { createApp, h } from "vue";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
const formXml = document.querySelector("#form").textContent;
const fetchFormAttachment = async () => new Response("", { status: 404 });
const render = () => h(OdkWebForm, { formXml, fetchFormAttachment });
createApp({ render }).use(webFormsPlugin).mount("#app");
"""
PEER_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Peer</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><div id="app"></div>
<textarea id="form" hidden></textarea><script type="module" src="/main.js"></script></body></html>
"""


@contextmanager
def peer_folder(kept: Path | None) -> Iterator[Path]:
    """A folder in which the peer is installed."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "node_modules" / "@getodk" / "web-forms").is_dir():
            npm = (
                node_folder()
                / ("node_modules" if os.name == "nt" else "lib/node_modules")
                / "npm/bin/npm-cli.js"
            )
            (folder / "package.json").write_text('{"private": true, "type": "module"}')
            command = [node_program(), npm, "install", "--no-fund", "--no-audit", *PEER]
            environment = {**os.environ, "PATH": f"{node_program().parent}:{os.environ['PATH']}"}
            subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
        yield folder


def peer_page(folder: Path, xform: str) -> Path:
    """Build the peer's page for a form; returns the folder to serve."""
    (folder / "main.js").write_text(PEER_MAIN)
    (folder / "index.html").write_text(PEER_PAGE.replace("></textarea>", f">{escape(xform)}</textarea>"))
    vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    subprocess.run(
        [node_program(), vite, "build", "--logLevel", "error", "--emptyOutDir", "--outDir", "built", folder],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "built"


@contextmanager
def serving_folder(folder: Path) -> Iterator[str]:
    """Serve files on a loopback port; gives the address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
