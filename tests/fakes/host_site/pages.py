"""Pages that do what websites really do to a widget: styles, frameworks, policies, patched built-ins, swaps.

Stand-ins of a few lines: what each library does to the document, not the library.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TAG = '<script src="{server}/widget.js" async></script>'
TEXT = "<header><a href='#main'>Skip</a></header><main id='main'><h1>A clinic</h1><p>Words.</p></main>"
PHONE = {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True}
ZOOMED = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}


@dataclass(frozen=True)
class HostPage:
    """One page. `{server}` and `{nonce}` are filled in everywhere."""

    head: str = ""
    body: str = TEXT + TAG
    html: str = 'lang="en"'
    policy: str = ""
    """Content-Security-Policy, none by default."""
    swap: str = ""
    """JavaScript that the website runs while the chat is open: afterwards it is open with its talk."""
    options: dict[str, object] = field(default_factory=dict)
    """Of the browser's context."""
    frame: str = ""
    """Attributes of the iframe that the page is shown in; none by default."""
    is_answered: bool = True
    """False where the browser keeps the chat from the assistant: then it says so."""
    are_errors_its_own: bool = False
    """True where the browser complains of the page in its console."""


def _style(rules: str) -> str:
    return f"<style>{rules.replace('{', '{{').replace('}', '}}')}</style>"


def _script(code: str, attributes: str = "") -> str:
    return f"<script{attributes}>{code.replace('{', '{{').replace('}', '}}')}</script>"


def _new_body(more: str = "") -> str:
    return f"const next = document.createElement('body'); next.innerHTML = `<h1>Next page</h1>`; {more}"


_RUN_AGAIN = """
const script = document.createElement('script');
script.src = document.querySelector('script[src*="/widget.js"]').src;
next.append(script);
"""
_TURBO = "document.documentElement.replaceChild(next, document.body);"
_MORPH = """
const morph = (from, to) => {
  for (const child of [...from.children])
    if (![...to.children].some(other => other.isEqualNode(child))) child.remove();
  from.prepend(...[...to.children].map(child => child.cloneNode(true)));
};
morph(document.body, next);
"""
_SHORTCUTS = """
for (const type of ['keydown', 'keypress', 'keyup']) PLACE.addEventListener(type, event => {
  const tag = event.target.tagName;
  if (tag === 'INPUT' || tag === 'TEXTAREA' || event.target.isContentEditable) return;
  if ('/ sfk?jm'.includes(event.key) || event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); }
}, CAPTURE);
"""
_PROTOTYPE_JS = """
Array.prototype.toJSON = function () { return '[' + this.join(', ') + ']'; };
String.prototype.toJSON = Object.prototype.toJSON = function () { return '"' + this + '"'; };
Object.defineProperty(Object.prototype, 'toJSON', { enumerable: false });
Array.from = iterable => Array.prototype.slice.call(iterable);
Array.prototype.toArray = Array.prototype.entries = function () { return this.slice(); };
Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
Array.prototype.find = function (test) { return this.filter(test)[0]; };
Element.prototype.remove = function () { if (this.parentNode) this.parentNode.removeChild(this); return this; };
Element.prototype.hide = Element.prototype.show = Element.prototype.update = function () { return this; };
"""
_FREEZE = """
for (const one of [Object, Array, Function, String, Promise, Map, Set, RegExp, Error, Date, EventTarget, Node, Element,
  HTMLElement, JSON, Reflect, Math]) { Object.freeze(one); if (one.prototype) Object.freeze(one.prototype); }
"""
_FETCH = """
const original = window.fetch;
window.fetch = async function (input, init = {}) {
  performance.mark('request');
  const response = await original.call(this, input, init);
  return new Proxy(response, { get: (target, name) => {
    const value = target[name];
    return typeof value === 'function' ? value.bind(target) : value;
  } });
};
"""
_ZONE = """
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  const wrapped = function (event) {
    return listener.handleEvent ? listener.handleEvent(event) : listener.call(this, event);
  };
  return listen.call(this, type, listener && wrapped, options);
};
const later = window.setTimeout;
window.setTimeout = (work, ms, ...rest) => later(() => work(...rest), ms);
"""
_NO_STORAGE = """
for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
"""
_FOCUS_TRAP = """
document.addEventListener('focusin', event => {
  if (!document.querySelector('#modal').contains(event.target)) document.querySelector('#modal button').focus();
});
"""
_SMOOTH_SCROLL = """
for (const type of ['wheel', 'touchmove'])
  document.addEventListener(type, event => event.preventDefault(), { passive: false });
"""
_NO_COPYING = """
for (const type of ['copy', 'contextmenu', 'selectstart', 'dragstart', 'paste'])
  document.addEventListener(type, event => { event.preventDefault(); event.stopPropagation(); });
"""
_INJECT = """
setTimeout(() => {
  const script = document.createElement('script');
  script.async = true;
  script.src = '{server}/widget.js';
  script.setAttribute('data-title', 'By a tag manager');
  document.head.appendChild(script);
}, 50);
"""
_EVALUATED = """
fetch('{server}/widget.js').then(answer => answer.text()).then(code => {
  const script = document.createElement('script');
  script.textContent = code;
  script.dataset.server = '{server}';
  document.head.append(script);
});
"""
_CACHE_FIRST = "navigator.serviceWorker.register('/worker.js'); await navigator.serviceWorker.ready;"
_ANCESTORS = "transform: translateX(0); filter: grayscale(0.1); perspective: 100px; contain: layout"

_WARS = _style(
    "#banner, #bar { position: fixed; inset: 0; z-index: 2147483647 } #banner { pointer-events: none }"
)
_UNSET_TEXT = (
    "* { text-transform: uppercase; letter-spacing: .2em; white-space: nowrap; user-select: none; line-height: 3; "
    "font-style: italic; text-align: center; word-spacing: 1em; cursor: none; text-shadow: 1px 1px red }"
)
_BOOTSTRAP = (
    "*,::after,::before { box-sizing: border-box } body { margin: 0; line-height: 1.5 } button, input, textarea { "
    "margin: 0; font: inherit; text-transform: uppercase } .modal, .panel, .menu, .body, .text { display: none } "
    "dialog { margin: auto; border: solid } .card, .head { border: 9px solid red } [role=button] { cursor: pointer }"
)

PAGES: dict[str, HostPage] = {
    # styles
    "a reset with !important": HostPage(
        _style(
            "* { margin: 0 !important; padding: 0 !important; font: 10px/3 cursive !important; color: red !important }"
        )
    ),
    "everything unset": HostPage(_style("* { all: unset } style, script, head { display: none }")),
    "everything unset for good": HostPage(_style("body * { all: unset !important }")),
    "text styles on everything": HostPage(_style(_UNSET_TEXT)),
    "global classes": HostPage(_style(_BOOTSTRAP)),
    "a root of 62.5 %": HostPage(_style("html { font-size: 62.5% } body { font-size: 1.6rem }")),
    "layers up to the highest": HostPage(_WARS, body=TEXT + "<div id='banner'></div>" + TAG),
    "an overlay that takes clicks": HostPage(_WARS, body=TEXT + "<div id='bar'></div>" + TAG),
    "a body that hides what overflows": HostPage(
        _style("html, body { height: 100%; overflow: hidden; position: relative }")
    ),
    "a body that is transformed": HostPage(
        _style(f"body {{ {_ANCESTORS}; margin-top: 300px; height: 2000px }}")
    ),
    "elements that are all transformed": HostPage(
        _style("body * { transform: scale(0.9); opacity: 0.9; filter: blur(0px) }")
    ),
    "a dark page": HostPage(
        _style("html { color-scheme: dark; background: #000; color: #fff }"),
        options={"color_scheme": "light"},
    ),
    "from right to left": HostPage(html='lang="ar" dir="rtl"'),
    "a zoom of 200 %": HostPage(options=ZOOMED),
    "a zoom by style": HostPage(_style("body { zoom: 1.5 }")),
    # keys, focus, pointers
    "shortcuts on the document": HostPage(
        body=TEXT + TAG + _script(_SHORTCUTS.replace("PLACE", "document").replace("CAPTURE", "false"))
    ),
    "shortcuts that are first": HostPage(
        _script(_SHORTCUTS.replace("PLACE", "window").replace("CAPTURE", "true"))
    ),
    "shortcuts that know no field": HostPage(
        _script(
            _SHORTCUTS.replace("PLACE", "window")
            .replace("CAPTURE", "true")
            .replace("event.target.isContentEditable", "false")
        )
    ),
    "a modal that keeps the focus": HostPage(
        body=TEXT + "<div id='modal'><button>OK</button></div>" + TAG + _script(_FOCUS_TRAP)
    ),
    "smooth scrolling": HostPage(_script(_SMOOTH_SCROLL)),
    "no copying": HostPage(_script(_NO_COPYING)),
    # scripts
    "prototypes of old libraries": HostPage(_script(_PROTOTYPE_JS)),
    "frozen prototypes": HostPage(body=TEXT + TAG + _script(_FREEZE)),
    "a wrapped fetch": HostPage(_script(_FETCH)),
    "wrapped listeners": HostPage(_script(_ZONE)),
    "blocked storage": HostPage(_script(_NO_STORAGE)),
    "a worker that answers from its cache": HostPage(swap=_CACHE_FIRST),
    # ways to embed
    "a base address": HostPage('<base href="https://cdn.example.invalid/shop/">'),
    "a tag in the head": HostPage(TAG, body=TEXT),
    "a tag twice": HostPage(TAG, body=TEXT + TAG),
    "a module": HostPage(body=TEXT + '<script type="module" src="{server}/widget.js"></script>'),
    "a tag manager": HostPage(_script(_INJECT).replace("{{server}}", "{server}"), body=TEXT),
    "an optimiser that evaluates scripts": HostPage(
        _script(_EVALUATED).replace("{{server}}", "{server}"),
        body=TEXT,
    ),
    "document.write": HostPage(
        body=TEXT + "<script>document.write('<script src=\"{server}/widget.js\"><\\/script>')</script>"
    ),
    # policies
    "a policy with the origin": HostPage(
        policy="default-src 'none'; script-src {server}; connect-src {server}; base-uri 'none'"
    ),
    "a policy with a nonce": HostPage(
        policy="default-src 'none'; script-src 'nonce-{nonce}'; connect-src {server}",
        body=TEXT + '<script src="{server}/widget.js" nonce="{nonce}" async></script>',
    ),
    "a policy with a nonce and strict-dynamic": HostPage(
        policy="default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; connect-src {server}",
        body=TEXT + '<script src="{server}/widget.js" nonce="{nonce}" async></script>',
    ),
    "enforced Trusted Types": HostPage(policy="require-trusted-types-for 'script'; trusted-types 'none'"),
    # frames
    "a frame": HostPage(frame="width=800 height=700"),
    "a sandboxed frame": HostPage(frame='width=800 height=700 sandbox="allow-scripts allow-same-origin"'),
    "a sandboxed frame without storage": HostPage(
        frame='width=800 height=700 sandbox="allow-scripts"', is_answered=False, are_errors_its_own=True
    ),
    # swaps while the chat is open
    "a list that is drawn anew": HostPage(
        swap="document.body.replaceChildren(document.createElement('main'));"
    ),
    "Turbo": HostPage(swap=_new_body(_RUN_AGAIN + _TURBO)),
    "Turbo with the tag in the head": HostPage(TAG, body=TEXT, swap=_new_body(_TURBO)),
    "Turbo with a page from its cache": HostPage(swap="const next = document.body.cloneNode(true);" + _TURBO),
    "Turbo on a phone": HostPage(swap=_new_body(_TURBO), options=PHONE),
    "htmx": HostPage(swap="document.body.innerHTML = '<h1>Next page</h1>';"),
    "pjax": HostPage(
        body="<div id='page'>" + TEXT + TAG + "</div>",
        swap="document.querySelector('#page').innerHTML = '<h1>Next page</h1>'; history.pushState({}, '', '#next');",
    ),
    "morphing": HostPage(swap=_new_body(_MORPH)),
    "morphing again and again": HostPage(
        swap=f"for (let i = 0; i < 5; i += 1) {{ {_new_body(_MORPH)} await Promise.resolve(); }}"
    ),
    "hydration of the whole document": HostPage(
        swap="const next = document.createElement('html'); next.innerHTML = '<head></head><body><h1>App</h1></body>';"
        "document.replaceChild(next, document.documentElement);"
    ),
    "an element of the page that is swapped": HostPage(
        body=TEXT + "<microneedling-chat></microneedling-chat>" + TAG,
        swap=_new_body("next.append(document.createElement('microneedling-chat'));" + _TURBO),
    ),
    "a document that is written anew": HostPage(
        swap="document.open(); document.write('<!doctype html><body><h1>Next page</h1></body>'); document.close();"
    ),
}
