"""Serves a website with a page per chat, and the other chats' scripts from a second origin."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import socketio  # type: ignore[import-untyped]
from aiohttp import web

from benchmarks.page_load.baselines import Embedding

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A website</title><link rel="icon" href="data:,"></head>
<body><h1>A website</h1><p>With some text on it.</p>
{markup}
<script>{script}</script>
</body></html>
"""


class Site:
    """Two origins on the loopback address."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        """Create the site; `files` are the other chats' scripts by path."""
        self.pages: dict[str, Embedding] = {}
        """Embeddings by path; may change while the site is served."""
        self.host = self.others = ""
        self._packed = {path: gzip.compress(file.read_bytes(), 9) for path, file in files.items()}

    async def page(self, request: web.Request) -> web.Response:
        """Serve a page with one of the chats."""
        embedding = self.pages[request.path]
        text = _PAGE.format(markup=embedding.markup, script=embedding.script)
        return web.Response(text=text, content_type="text/html")

    async def file(self, request: web.Request) -> web.Response:
        """Serve a script with compression and caching, as a well-configured server does."""
        headers = {
            "Content-Encoding": "gzip",
            "Cache-Control": "public, max-age=31536000, immutable",
            "Access-Control-Allow-Origin": "*",
        }
        return web.Response(body=self._packed[request.path], content_type="text/javascript", headers=headers)

    async def start(self) -> None:
        """Listen on two free ports."""
        host, others = web.Application(), web.Application()
        host.router.add_get("/{page}", self.page)
        for path in self._packed:
            others.router.add_get(path, self.file)
        _answer_sockets(others)
        self.host, self.others = await _listen(host), await _listen(others)


@contextmanager
def served(files: Mapping[str, Path]) -> Iterator[Site]:
    """Serve the site in a thread of its own."""
    site, ready, loops = Site(files), Event(), []
    over = asyncio.Event()

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        await site.start()
        ready.set()
        await over.wait()

    thread = Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    if not ready.wait(10):
        raise RuntimeError("the website for the loading benchmark did not start")
    try:
        yield site
    finally:
        loops[0].call_soon_threadsafe(over.set)
        thread.join(10)


async def _listen(app: web.Application) -> str:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


def _answer_sockets(app: web.Application) -> None:
    """Confirm sessions, without which rasa-webchat renders nothing."""
    sockets = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*")

    async def confirm(sid: str, _: object) -> None:
        await sockets.emit("session_confirm", {"session_id": sid, "props": {}}, room=sid)

    sockets.on("session_request", confirm)
    sockets.attach(app)
