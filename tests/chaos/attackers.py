"""Kinds of attackers. Each yields what it sends, and counts what comes back."""

from __future__ import annotations

import gzip
import json
import random
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

from tests.channels.raw_requests import UNCLEAR, answer_to, drop_by_drop, statuses
from tests.servers import MESSAGES, SESSION, RunningAssistant, Visitor

EXPORT = f"{SESSION}/export"
FEEDBACK = "/webhooks/website/feedback"


@dataclass
class Findings:
    """Observations of a run; shared by threads."""

    secret: str
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, what: str, status: int, text: str) -> None:
        """Count one response."""
        with self._lock:
            self.statuses[status] += 1
            if status >= 500:
                self.wrong.append(f"{what}: {status} {text[:200]}")
            if self.secret in text:
                self.wrong.append(f"{what}: somebody else's words")

    def complain(self, what: str) -> None:
        """Note what should not be."""
        with self._lock:
            self.wrong.append(what)

    @property
    def total(self) -> int:
        """Number of responses."""
        return sum(self.statuses.values())


Attacker = Callable[[RunningAssistant, Findings, int], None]


def smuggler(server: RunningAssistant, findings: Findings, times: int) -> None:
    """Hides a request behind one that can be read in two ways."""
    hidden = b"GET %b HTTP/1.1\r\nHost: localhost\r\n\r\n" % EXPORT.encode()
    corpus = list(UNCLEAR.items())
    for number in range(times):
        name, request = corpus[number % len(corpus)]
        answer = answer_to(server.port, request + hidden)
        findings.note(name, (statuses(answer) or [0])[0], answer.decode("latin-1"))
        if statuses(answer) != [400]:
            findings.complain(f"{name}: answered {statuses(answer)}")


def nester(server: RunningAssistant, findings: Findings, times: int) -> None:
    """Sends bodies that are deep, doubled, cut off, compressed or of another kind."""
    visitor, dice = server.visitor(), random.Random(times)
    for number in range(times):
        body, headers = _body(dice, number)
        path = dice.choice((MESSAGES, MESSAGES, FEEDBACK, SESSION))
        answer = visitor.http.post(path, content=body, headers=headers)
        findings.note(f"nesting {path}", answer.status_code, answer.text)


def _body(dice: random.Random, number: int) -> tuple[bytes, dict[str, str]]:
    depth, headers = dice.randrange(1, 8000), {"Content-Type": "application/json"}
    packed = gzip.compress(b" " * 10_000_000, 1)[:16_000] if number % 50 == 0 else b"\x1f\x8b\x08"
    bodies = (
        b"[" * depth,
        b"[" * min(depth, 2000) + b"]" * min(depth, 2000),
        b'{"id":' * min(depth, 2000),
        b'{"id": "1", "text": ' + b"[" * min(depth, 990) + b"]" * min(depth, 990) + b"}",
        b'{"id": "1", "text": "a", "text": "b"}',
        b'{"id": "1", "text": "%b"}' % (b"\\u0000" * dice.randrange(1, 500)),
        b'{"id": "1", "text": 1e%d}' % depth,
        b"9" * depth,
        packed,
    )
    if number % len(bodies) == len(bodies) - 1:
        headers["Content-Encoding"] = dice.choice(("gzip", "deflate", "br", "gzip, gzip"))
    return bodies[number % len(bodies)], headers


def _expansions() -> Iterator[str]:
    signs = "\ufdfa\u2047\u0130\ufb03\u3300\u1e9b\u0390\u2a74\u0344\u1f82\ufeff\u200d\u202e\u0301\U0001f9d1"
    while True:
        for sign in signs:
            for count in (1, 55, 330, 500, 1000):
                yield sign * count
                yield f"a{sign} " * (count // 3 + 1)
                yield ("does it hurt " + sign) * (count // 14 + 1)


def expander(server: RunningAssistant, findings: Findings, times: int) -> None:
    """Sends signs that stand for many others, in messages as long as may be."""
    texts, visitor = _expansions(), server.visitor()
    for number in range(times):
        if number % 40 == 0:
            visitor = server.visitor()
        answer = visitor.send(text=next(texts)[:1000])
        findings.note("expansion", answer.status_code, answer.text)


def forger(server: RunningAssistant, findings: Findings, times: int) -> None:
    """Asks for what is somebody else's, with tokens, links and payloads that were never given out."""
    genuine, dice = server.visitor().token, random.Random(times)
    with httpx.Client(base_url=server.base_url, timeout=60) as http:
        for _ in range(times):
            place = dice.randrange(len(genuine) - 2)
            token = genuine[:place] + dice.choice("AZaz09-_") + genuine[place + 1 :]
            headers = {"Authorization": f"Bearer {token}"} if token != genuine else {}
            method, path = dice.choice(
                (
                    ("GET", MESSAGES),
                    ("GET", EXPORT),
                    ("DELETE", SESSION),
                    ("GET", f"/webhooks/website/calendar/{token}.ics"),
                )
            )
            answer = http.request(method, path, headers=headers)
            findings.note(f"forged {method} {path[:40]}", answer.status_code, answer.text)
            if answer.status_code < 400:
                findings.complain(f"forged {method} {path[:40]}: {answer.status_code}")


def deleter(server: RunningAssistant, findings: Findings, times: int) -> None:
    """Deletes a conversation, in words or by the button, while messages of it are under way."""
    for number in range(times):
        visitor = server.visitor()
        word = f"gone-{uuid4().hex}"
        late = [
            threading.Thread(target=_talk, args=(server, findings, visitor.token, word)) for _ in range(3)
        ]
        for each in late:
            each.start()
        _delete(visitor, findings, in_words=number % 2 == 0)
        for each in late:
            each.join(60)
        _delete(visitor, findings, in_words=False)
        for path in (MESSAGES, EXPORT):
            answer = visitor.http.get(path)
            findings.note("after deletion", answer.status_code, answer.text)
            if answer.status_code != 401:
                findings.complain(f"{path} after deletion: {answer.status_code}")


def _delete(visitor: Visitor, findings: Findings, *, in_words: bool) -> None:
    answer = visitor.send(text="delete my data") if in_words else visitor.erase()
    findings.note("deletion", answer.status_code, answer.text)


def _talk(server: RunningAssistant, findings: Findings, token: str, word: str) -> None:
    visitor = Visitor(server.base_url, token=token)
    for _ in range(3):
        answer = visitor.send(text=f"does it hurt {word}")
        findings.note("under way", answer.status_code, answer.text)


def dripper(server: RunningAssistant, stop: threading.Event, connections: int = 40) -> None:
    """Keeps connections busy with heads and bodies that never end."""
    body = json.dumps({"id": "1", "text": "x" * 900}).encode()
    head = b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 920\r\n\r\n" % MESSAGES.encode()
    while not stop.is_set():
        held = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(connections)]
        for drop in drop_by_drop(head + body):
            if stop.wait(0.1) or not [each for each in held if _sent(each, drop)]:
                break
        for each in held:
            each.close()


def _sent(connection: socket.socket, drop: bytes) -> bool:
    try:
        connection.sendall(drop)
    except OSError:
        return False
    return True
