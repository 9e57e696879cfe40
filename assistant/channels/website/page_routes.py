"""Demo page at `/`: a fictitious clinic with the widget. Its files are read once."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

_FOLDER = Path(__file__).with_name("page")
_FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
    "/page/clinic.css": ("clinic.css", "text/css; charset=utf-8"),
    "/page/sections.css": ("sections.css", "text/css; charset=utf-8"),
    "/page/clinic.js": ("clinic.js", "text/javascript; charset=utf-8"),
    "/page/fraunces.woff2": ("fonts/fraunces.woff2", "font/woff2"),
    "/page/figtree.woff2": ("fonts/figtree.woff2", "font/woff2"),
}
# Nothing inline and no other origin: the widget must work under the strictest policy of a website.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}


def add_page_routes(front: Blueprint) -> None:
    """Add `GET /` and the page's files."""
    for path, (name, content_type) in _FILES.items():
        _add(front, path, name, content_type)


def _add(front: Blueprint, path: str, name: str, content_type: str) -> None:
    content = (_FOLDER / name).read_bytes()

    async def send_file(_request: Request) -> HTTPResponse:
        return raw(content, headers=_HEADERS, content_type=content_type)

    front.add_route(send_file, path, methods=["GET", "HEAD"], name=Path(name).name.replace(".", "_"))
