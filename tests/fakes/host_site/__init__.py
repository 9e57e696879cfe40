"""A host website: another origin, a strict content security policy and intrusive styles."""

from __future__ import annotations

import html
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

_FOLDER = Path(__file__).parent
_STYLES = (_FOLDER / "host.css").read_bytes()
_PAGE = (_FOLDER / "page.html").read_text("utf-8")
_POLICY = (
    "default-src 'none'; script-src {server}; connect-src {server}; style-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
_TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types 'none'"
_TAG = '<script src="{server}/widget.js" async{attributes}></script>'
_ELEMENT = "<microneedling-chat{attributes}></microneedling-chat>"


class HostSite:
    """Serves pages that embed the widget; what a page looks like stands in its address."""

    def __init__(self) -> None:
        """Listens on a free port at once; `server`, the assistant's origin, is known later."""
        self.server = ""
        self.own = ""
        """What the page `own` writes to embed the widget."""
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def address(self, embedding: str = "tag", **attributes: str) -> str:
        """A page with a tag, with a tag `twice`, with tag and `element`, with `none`, or with one's `own`.

        `trusted` is a page with a tag that enforces Trusted Types.

        Attributes are written with underscores: `data_theme="dark"`; `dir` is the page's own direction.
        """
        names = {name.replace("_", "-"): value for name, value in attributes.items()}
        return f"{self.origin}/{embedding}?{urlencode(names)}"

    def page(self, address: str) -> str:
        """The page of an address."""
        parts = urlsplit(address)
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        direction = given.pop("dir", "ltr")
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in given.items())
        name = _name(address)
        widget = _WIDGETS[name].format(server=self.server, attributes=written) if name != "own" else self.own
        return _PAGE.format(direction=direction, widget=widget)

    def policy(self, embedding: str = "tag") -> str:
        """What the documentation tells websites to allow, and no more."""
        policy = _POLICY.format(server=self.server)
        return policy + _TRUSTED_TYPES if embedding == "trusted" else policy

    def stop(self) -> None:
        """Stops listening."""
        self._http.shutdown()
        self._http.server_close()


_WIDGETS = {
    "tag": _TAG,
    "twice": _TAG + "\n" + _TAG,
    "element": _ELEMENT + "\n" + _TAG.replace("{attributes}", ""),
    "trusted": _TAG,
    "none": "",
    "own": "",
}


def _name(address: str) -> str:
    return urlsplit(address).path.strip("/")


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: HostSite, *arguments: object) -> None:
        self._site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path == "/host.css":
            self._send(_STYLES, "text/css")
        elif _name(self.path) in _WIDGETS:
            self._send(self._site.page(self.path).encode(), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def _send(self, content: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Security-Policy", self._site.policy(_name(self.path)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests have enough to say."""
