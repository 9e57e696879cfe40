"""Routes for files: the demo page, and the widget with a loader of fixed name and hashed names for the rest."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import structlog
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
_PAGE_HEADERS = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
_log = structlog.get_logger("assistant.channels.website.widget_routes")
BUILT = Path(__file__).parents[3] / "widget" / "dist"
_SCRIPT = "widget.js"
_SHORT = "public, max-age=300"  # seconds, after which browsers revalidate
_FOREVER = "public, max-age=31536000, immutable"
_WIDGET_HEADERS = {
    "Access-Control-Allow-Origin": "*",  # module scripts are fetched with CORS; nothing here is secret
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}


def add_page_routes(blueprint: Blueprint) -> None:
    """Add `GET /` and the page's files."""
    for path, (name, content_type) in _FILES.items():
        _add_page_file(blueprint, path, name, content_type)


def _add_page_file(blueprint: Blueprint, path: str, name: str, content_type: str) -> None:
    content = (_FOLDER / name).read_bytes()

    async def send_file(_request: Request) -> HTTPResponse:
        return raw(content, headers=_PAGE_HEADERS, content_type=content_type)

    blueprint.add_route(send_file, path, methods=["GET", "HEAD"], name=Path(name).name.replace(".", "_"))


@dataclass(frozen=True)
class _File:
    """A file of the build, plain and compressed."""

    content: bytes
    packed: bytes
    etag: str
    cache: str

    @classmethod
    def read(cls, path: Path, cache: str) -> _File:
        content = path.read_bytes()
        packed = path.with_name(path.name + ".gz")
        etag = hashlib.sha256(content).hexdigest()[:20]
        return cls(content, packed.read_bytes() if packed.exists() else gzip.compress(content), etag, cache)


def add_widget_routes(blueprint: Blueprint, built: Path = BUILT) -> None:
    """Add `GET /widget.js` and `/widget/NAME-HASH.js`, read once; none if the widget is not built."""
    script = built / _SCRIPT
    if not script.exists():
        _log.warning("widget_not_built", fix="make widget")
        return
    _add_widget_file(blueprint, f"/{_SCRIPT}", _File.read(script, _SHORT))
    for path in sorted((built / "assets").glob("*.js")):
        _add_widget_file(blueprint, f"/widget/{path.name}", _File.read(path, _FOREVER))


def _add_widget_file(blueprint: Blueprint, path: str, file: _File) -> None:
    async def send_file(request: Request) -> HTTPResponse:
        return _response(file, request)

    name = "".join(sign if sign.isalnum() else "_" for sign in path)
    blueprint.add_route(send_file, path, methods=["GET", "HEAD"], name=f"widget_{name}")


def _response(file: _File, request: Request) -> HTTPResponse:
    takes_gzip = _takes_gzip(request.headers.getone("accept-encoding", ""))
    etag = f'W/"{file.etag}"'  # weak: the content is the same, compressed or not
    headers = {**_WIDGET_HEADERS, "Cache-Control": file.cache, "ETag": etag}
    if _has(etag, request.headers.getone("if-none-match", "")):
        return HTTPResponse(status=304, headers=headers)
    if takes_gzip:
        headers["Content-Encoding"] = "gzip"
    body = file.packed if takes_gzip else file.content
    return HTTPResponse(body, headers=headers, content_type="text/javascript; charset=utf-8")


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        coding, _, weight = part.strip().partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _has(etag: str, known: str) -> bool:
    return known.strip() == "*" or etag in [part.strip() for part in known.split(",")]
