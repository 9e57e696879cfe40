"""A host website: another origin, a strict content security policy and intrusive styles."""

from __future__ import annotations

import html
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tests.fakes.host_site.pages import PAGES, HostPage

_FOLDER = Path(__file__).parent
_STYLES = (_FOLDER / "host.css").read_bytes()
_PAGE = (_FOLDER / "page.html").read_text("utf-8")
_POLICY = (
    "default-src 'none'; script-src {server}; connect-src {server}; style-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
_TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types 'none'"
_NONCE = "bm9uY2U"
_DOCUMENT = (
    "<!doctype html><html {html}><head><meta charset='utf-8'><title>A clinic</title>{head}</head>"
    "<body>{body}</body></html>"
)
_FRAMING = (
    "<!doctype html><html lang='en'><head><title>A frame</title></head>"
    "<body><iframe title='Chat' src='{address}' {frame}></iframe></body></html>"
)
_WORKER = b"""
addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('fetch', event => {
  if (event.request.method !== 'GET') return;
  event.respondWith((async () => {
    const cache = await caches.open('pages');
    const known = await cache.match(event.request);
    const answer = known ?? await fetch(event.request);
    if (!known) await cache.put(event.request, answer.clone());
    return answer;
  })());
});
"""
_TAG = '<script src="{server}/widget.js" async{attributes}></script>'
_ELEMENT = "<microneedling-chat{attributes}></microneedling-chat>"


class HostSite:
    """Serves pages that embed the widget; what a page looks like stands in its address."""

    def __init__(self) -> None:
        """Listens on a free port at once; `server`, the assistant's origin, is known later."""
        self.server = ""
        self.own = ""
        """Attributes with which the page `own` embeds the widget."""
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def address(self, embedding: str = "tag", **attributes: str) -> str:
        """A page with a tag, with a tag `twice`, with tag and `element`, with `none`, or with one's `own`.
        `own-unrestricted` is the same without a policy, for examples that run scripts of the page.

        `trusted` is a page with a tag that enforces Trusted Types.

        Attributes are written with underscores: `data_theme="dark"`; `dir` is the page's own direction.
        """
        names = {name.replace("_", "-"): value for name, value in attributes.items()}
        return f"{self.origin}/{embedding}?{urlencode(names)}"

    def address_of(self, name: str) -> str:
        """One of `PAGES`, in its frame if it has one."""
        return f"{self.origin}/{'frames' if PAGES[name].frame else 'pages'}/{quote(name, safe='')}"

    def special(self, page: HostPage) -> tuple[str, str]:
        """The document and the policy of one of `PAGES`."""
        parts = {"head": page.head, "body": page.body}
        filled = {name: part.format(server=self.server, nonce=_NONCE) for name, part in parts.items()}
        policy = page.policy.format(server=self.server, nonce=_NONCE)
        return _DOCUMENT.format(html=page.html, **filled), policy

    def page(self, address: str) -> str:
        """The page of an address."""
        parts = urlsplit(address)
        given = dict(parse_qsl(parts.query, keep_blank_values=True))
        direction = given.pop("dir", "ltr")
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in given.items())
        name = _name(address)
        widget = (
            _WIDGETS[name].format(server=self.server, attributes=written) if name not in _OWN else self.own
        )
        return _PAGE.format(direction=direction, widget=widget)

    def policy(self, embedding: str = "tag") -> str:
        """Policy that the documentation tells websites to set, and no more."""
        if embedding == "own-unrestricted":
            return ""
        policy = _POLICY.format(server=self.server)
        return policy + _TRUSTED_TYPES if embedding == "trusted" else policy

    def stop(self) -> None:
        """Stops listening."""
        self._http.shutdown()
        self._http.server_close()


_OWN = ("own", "own-unrestricted")
_WIDGETS = {
    "tag": _TAG,
    "twice": _TAG + "\n" + _TAG,
    "element": _ELEMENT + "\n" + _TAG.replace("{attributes}", ""),
    "trusted": _TAG,
    "none": "",
    "own": "",
    "own-unrestricted": "",
}


def _name(address: str) -> str:
    return urlsplit(address).path.strip("/")


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: HostSite, *arguments: object) -> None:
        self._site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        kind, _, name = unquote(urlsplit(self.path).path).strip("/").partition("/")
        if self.path == "/host.css":
            self._send(_STYLES, "text/css")
        elif self.path == "/worker.js":
            self._send(_WORKER, "text/javascript", "")
        elif kind in ("pages", "frames") and name in PAGES:
            self._send_special(kind, PAGES[name])
        elif _name(self.path) in _WIDGETS:
            self._send(self._site.page(self.path).encode(), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def _send_special(self, kind: str, page: HostPage) -> None:
        document, policy = self._site.special(page)
        if kind == "frames":
            address = self.path.replace("/frames/", "/pages/")
            document = _FRAMING.format(address=address, frame=page.frame)
        self._send(document.encode(), "text/html; charset=utf-8", policy)

    def _send(self, content: bytes, content_type: str, policy: str | None = None) -> None:
        policy = self._site.policy(_name(self.path)) if policy is None else policy
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests have enough to say."""
