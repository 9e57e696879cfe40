"""The page at `/` on which a person can chat: three files, read once."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

_FOLDER = Path(__file__).with_name("page")
_FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/chat.css": ("chat.css", "text/css; charset=utf-8"),
    "/chat.js": ("chat.js", "text/javascript; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}


def add_page_routes(front: Blueprint) -> None:
    """`GET /` and what it loads."""
    for path, (name, content_type) in _FILES.items():
        _add(front, path, name, content_type)


def _add(front: Blueprint, path: str, name: str, content_type: str) -> None:
    content = (_FOLDER / name).read_bytes()

    async def send_file(_request: Request) -> HTTPResponse:
        return raw(content, headers=_HEADERS, content_type=content_type)

    front.add_route(send_file, path, methods=["GET", "HEAD"], name=name.replace(".", "_"))
