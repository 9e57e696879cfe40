"""Routes for the widget's files: a loader with a fixed name and a short cache time, hashed names for the rest."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import structlog
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

_log = structlog.get_logger("assistant.channels.website.widget_routes")

BUILT = Path(__file__).parents[3] / "widget" / "dist"
_SCRIPT = "widget.js"
_SHORT = "public, max-age=300"  # seconds, after which browsers revalidate
_FOREVER = "public, max-age=31536000, immutable"
_HEADERS = {
    "Access-Control-Allow-Origin": "*",  # module scripts are fetched with CORS; nothing here is secret
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}


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


def add_widget_routes(front: Blueprint, built: Path = BUILT) -> None:
    """Add `GET /widget.js` and `/widget/NAME-HASH.js`, read once; none if the widget is not built."""
    script = built / _SCRIPT
    if not script.exists():
        _log.warning("widget_not_built", fix="make widget")
        return
    _add(front, f"/{_SCRIPT}", _File.read(script, _SHORT))
    for path in sorted((built / "assets").glob("*.js")):
        _add(front, f"/widget/{path.name}", _File.read(path, _FOREVER))


def _add(front: Blueprint, path: str, file: _File) -> None:
    async def send_file(request: Request) -> HTTPResponse:
        return _response(file, request)

    name = "".join(sign if sign.isalnum() else "_" for sign in path)
    front.add_route(send_file, path, methods=["GET", "HEAD"], name=f"widget_{name}")


def _response(file: _File, request: Request) -> HTTPResponse:
    takes_gzip = _takes_gzip(request.headers.getone("accept-encoding", ""))
    etag = f'W/"{file.etag}"'  # weak: the content is the same, compressed or not
    headers = {**_HEADERS, "Cache-Control": file.cache, "ETag": etag}
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
