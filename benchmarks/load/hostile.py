"""Response times of ordinary visitors while one in a hundred is hostile and takes all that the limits allow.

Every client has an address of its own, of the loopback range 127.0.0.0/8. Spells without and with hostile ones
alternate, so that what else the machine does falls on both.
"""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import httpx

from assistant.core.protocol import LONGEST_TEXT
from benchmarks.load.generators import TURNS, Outcome
from benchmarks.run import Run, Section, say, table, yes_or_no
from testbed.processes import action_server, serving
from testbed.projects import copy_project, present_assistant
from testbed.questions import mixed_texts
from testbed.visitors import Visitor, visitors, website_visitor

_TEXTS = 5000
_PAUSE = 10.0  # seconds from one message of a visitor to the next
_PER_SECOND = 10.0  # requests of a hostile client, as many as are let through
_CONVERSATIONS = 4  # with which an address may write at full pace
_SLOW = 32  # connections of a hostile client that hardly send anything
_MOST = 1.3
_HEAVY = tuple(
    (sentence * LONGEST_TEXT)[:LONGEST_TEXT]
    for sentence in (
        "I had it on Friday afternoon and the redness went by Sunday. May I put on make-up, and is swimming fine? ",
        "no wait tuesday ",
        "in 2 weeks, ",
        "2 days ago? ",
    )
)
"""Among the messages that take longest."""
_LIMITS = {"MESSAGES_PER_MINUTE": "", "SESSIONS_PER_MINUTE": ""}  # their defaults
_SESSION, _MESSAGES = "/webhooks/website/session", "/webhooks/website/messages"
_FROM_US = "127.1.0.{}"
_FROM_THEM = "127.2.0.{}"

Request = Callable[[], httpx.Response]


def measure(run: Run) -> Section:
    """Measure with one assistant as `make run` starts it, with its default limits."""
    size, project = run.size, copy_project(run.scratch / "hostile")
    texts = mixed_texts(size.questions, _TEXTS)
    with (
        action_server(project) as port,
        serving(project, present_assistant(), {"ACTION_PORT": str(port), **_LIMITS}) as server,
    ):
        crowd = _Crowd(server.base_url, texts, size.visitors)
        crowd.run(size.spell_seconds / 4, Outcome())  # warms up
        alone, beside, statuses = Outcome(), Outcome(), Counter[int]()
        for number in range(size.spells):
            say(f"spell {number + 1} of {size.spells} …")
            crowd.run(size.spell_seconds, alone)
            with _hostile(server.base_url, max(1, size.visitors // 100), statuses):
                crowd.run(size.spell_seconds, beside)
    return section(alone, beside, statuses, run)


class _Crowd:
    """Ordinary visitors, each of whom asks something every ten seconds."""

    def __init__(self, url: str, texts: Sequence[str], size: int) -> None:
        self._clients = [_client(url, _FROM_US.format(number + 1)) for number in range(size)]
        self._visitors = [visitors(client, website_visitor, TURNS) for client in self._clients]
        self._texts = itertools.cycle(texts)

    def run(self, seconds: float, outcome: Outcome) -> None:
        """Let them ask for so many seconds; `outcome` goes on from what it holds."""
        since = time.perf_counter() + 0.5
        with ThreadPoolExecutor(len(self._visitors)) as pool:
            for number, asking in enumerate(self._visitors):
                pool.submit(
                    self._ask, asking, since + _PAUSE * number / len(self._visitors), seconds, outcome
                )
        outcome.seconds += seconds

    def _ask(self, asking: Iterator[Visitor], due: float, seconds: float, into: Outcome) -> None:
        until = due + seconds
        while due < until:
            visitor = next(asking)  # may open a session, which is not timed
            time.sleep(max(0.0, due - time.perf_counter()))
            into.ask(visitor, next(self._texts))
            due += _PAUSE


def _client(url: str, address: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=60, transport=httpx.HTTPTransport(local_address=address))


@contextmanager
def _hostile(url: str, count: int, statuses: Counter[int]) -> Iterator[None]:
    """Run so many hostile clients."""
    done = threading.Event()
    addresses = [_FROM_THEM.format(number + 1) for number in range(count)]
    with ThreadPoolExecutor(2 * count) as pool:
        for address in addresses:
            pool.submit(_drip, url, address, done)
            pool.submit(_attack, url, address, done, statuses)
        try:
            yield
        finally:
            done.set()


def _attack(url: str, address: str, done: threading.Event, statuses: Counter[int]) -> None:
    """Send the most expensive requests that are not refused yet, in the order of their cost."""
    with _client(url, address) as http, ThreadPoolExecutor(_CONVERSATIONS * 4) as pool:
        kinds = [Kind(each) for each in _expensive(http)]
        while not done.wait(1 / _PER_SECOND):
            kind = next((each for each in kinds if each.is_free), None)
            if kind is not None:
                kind.began()
                pool.submit(kind.send, statuses)


def _expensive(http: httpx.Client) -> list[Request]:
    tokens = [http.post(_SESSION).json().get("token", "") for _ in range(_CONVERSATIONS)]
    heads = [{"Authorization": f"Bearer {token}"} for token in tokens]
    numbers = itertools.count()

    def message(head: dict[str, str]) -> httpx.Response:
        number = next(numbers)
        body = {"id": f"hostile-{number}", "text": _HEAVY[number % len(_HEAVY)]}
        return http.post(_MESSAGES, headers=head, json=body)

    return [
        *(lambda head=head: message(head) for head in heads),
        *(lambda head=head: http.get(f"{_SESSION}/export", headers=head) for head in heads),
        *(lambda head=head: http.get(_MESSAGES, headers=head) for head in heads),
        lambda: http.post(_MESSAGES, content=b"[" * 16_000),
    ]


class Kind:
    """A kind of request, which may be refused for a while."""

    def __init__(self, request: Request) -> None:
        """It is free at first."""
        self._request = request
        self._free_from = 0.0
        self._under_way = 0

    @property
    def is_free(self) -> bool:
        """Return whether none is under way and none would be refused."""
        return self._under_way == 0 and time.monotonic() >= self._free_from

    def began(self) -> None:
        """Note that one is about to be sent."""
        self._under_way += 1

    def send(self, statuses: Counter[int]) -> None:
        """Send one and count its status, 0 without an answer."""
        try:
            answer = self._request()
            statuses[answer.status_code] += 1
            if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                self._free_from = time.monotonic() + float(answer.headers["Retry-After"])
        except httpx.TransportError:
            statuses[0] += 1
        finally:
            self._under_way -= 1


def _drip(url: str, address: str, done: threading.Event) -> None:
    """Hold connections with requests that never end."""
    target, held = httpx.URL(url), list[socket.socket]()
    while not done.wait(1.0):
        held += [_connected(target, address) for _ in range(_SLOW - len(held))]
        held = [each for each in held if _sent(each, b"X")]
    for each in held:
        each.close()


def _connected(target: httpx.URL, address: str) -> socket.socket:
    connection = socket.create_connection((target.host, target.port or 80), 10, (address, 0))
    connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX")
    return connection


def _sent(connection: socket.socket, drop: bytes) -> bool:
    with suppress(OSError):
        connection.sendall(drop)
        return True
    connection.close()
    return False


def section(alone: Outcome, beside: Outcome, statuses: Counter[int], run: Run) -> Section:
    """Compare the visitors' times without and with hostile clients, who got these statuses."""
    ratio = beside.at(0.95) / alone.at(0.95)
    rows = [
        (
            name,
            len(each.milliseconds),
            *(f"{each.at(share):.0f}" for share in (0.5, 0.95, 0.99)),
            _errors(each),
        )
        for name, each in (("without", alone), ("with hostile ones", beside))
    ]
    size, got = run.size, ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    body = (
        f"{table(('', 'answers', 'p50 ms', 'p95 ms', 'p99 ms', 'errors'), rows)}\n\n"
        f"p95 is {ratio:.2f} times as long with them; at most {_MOST} times: {yes_or_no(ratio <= _MOST)}. "
        f"{size.visitors} visitors who each ask every {_PAUSE:.0f} s, and one in a hundred more who is hostile: "
        f"{_PER_SECOND:.0f} requests a second, the longest and most expensive messages, exports and histories as often "
        f"as the default limits let them, and {_SLOW} connections that hardly send anything. {size.spells} spells of "
        f"{size.spell_seconds:.0f} s each way, in turn. The hostile ones got {got}."
    )
    complaints = () if ratio <= _MOST else (f"with hostile clients: p95 {ratio:.2f} times as long",)
    return Section("Load with hostile clients", body, complaints)


def _errors(outcome: Outcome) -> str:
    return ", ".join(f"{count} × {kind}" for kind, count in outcome.errors.items()) or "0"
