"""Twenty thousand hostile requests: no 5xx, no access to other data, no forged token accepted. Slow."""

from __future__ import annotations

import base64
import json
import os
import random
import string
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from assistant.channels.website.schemas import DESCRIPTION
from tests.chaos.conftest import SECRET
from tests.servers import MESSAGES, RunningAssistant, Visitor

pytestmark = pytest.mark.slow

REQUESTS = int(os.environ.get("ATTACKS", "20000"))
PATHS = [
    *DESCRIPTION["paths"],
    "/",
    "/widget.js",
    "/chat.js",
    "/metrics",
    "/model",
    "/webhooks/rest/webhook",
    "/conversations",
]
KNOWN = [
    (method.upper(), path)
    for path, methods in DESCRIPTION["paths"].items()
    for method in methods
    if method in {"get", "post", "delete"}
]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"]
NASTY = [
    "/restart",
    '/pain{"condition": "x"}',
    "' OR 1=1 --",
    '"; DROP TABLE events; --',
    "<script>alert(1)</script>",
    "{{7*7}} ${jndi:ldap://x} %s%n",
    "../../../../etc/passwd",
    "\u202e\u0000\ud800",
    "🧴" * 500,
    "A" * 20_000,
    "İ" * 300,
    "a\u0301" * 400,
    "ﷺ" * 300,
    "\n" * 900,
    "[x](javascript:alert(1)) **" * 30,
    "1e309",
    "NaN",
]

CLOSED = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


def text(dice: random.Random) -> str:
    if dice.random() < 0.5:
        return dice.choice(NASTY)
    return "".join(dice.choice(string.printable) for _ in range(dice.randrange(0, 60)))


def value(dice: random.Random, depth: int = 0) -> Any:
    kinds: list[Any] = [text(dice), None, True, dice.randrange(-(2**70), 2**70), dice.random() * 1e300]
    if depth < 3:
        kinds += [[value(dice, depth + 1)], {text(dice): value(dice, depth + 1)}]
    return dice.choice(kinds)


def body(dice: random.Random) -> bytes:
    given = {"id": dice.choice(["m", text(dice)]), "text": text(dice)}
    for _ in range(dice.randrange(0, 3)):
        given[dice.choice(["id", "text", "payload", "timezone", "helpful", "part", text(dice)])] = value(dice)
    whole = json.dumps(dice.choice([given, value(dice)])).encode("utf-8", "surrogatepass")
    return dice.choice([whole, whole[: dice.randrange(0, len(whole) + 1)], os.urandom(40), b"[" * 8_000])


def forged(dice: random.Random, genuine: str) -> str:
    """A token that was never given out."""
    parts = genuine.split(".")
    index = dice.randrange(0, len(genuine) - 1)  # the last character has bits that mean nothing
    other = dice.choice([c for c in string.ascii_letters + string.digits if c != genuine[index]])
    claim = base64.urlsafe_b64encode(json.dumps(f"website-{SECRET}").encode()).decode().rstrip("=")
    candidates = [
        genuine[:index] + other + genuine[index + 1 :],
        ".".join([claim, *parts[1:]]),
        ".".join(reversed(parts)),
        ".".join([*parts[:2], ""]),
        genuine + ".",
        base64.b64encode(os.urandom(32)).decode(),
        '{"alg":"none"}',
        "",
    ]
    return dice.choice([each for each in candidates if each != genuine])


def send(
    http: httpx.Client, method: str, path: str, headers: dict[str, str], content: bytes
) -> httpx.Response:
    """A connection that the server has closed after an earlier error is no answer to this request: once more then.

    Which of the errors it is depends on whether the end of the connection or this request is faster.
    """
    try:
        return http.request(method, path, headers=headers, content=content)
    except CLOSED:
        with httpx.Client(base_url=http.base_url, timeout=60) as fresh:
            return fresh.request(method, path, headers=headers, content=content)


def attack(assistant: RunningAssistant, victim: Visitor, seed: int) -> tuple[Counter[int], list[str]]:
    """A thousand requests; their statuses, and what should not have been."""
    dice = random.Random(seed)
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    with httpx.Client(base_url=assistant.base_url, timeout=60) as http:
        own = Visitor(assistant.base_url).token
        for _ in range(1000):
            genuine = dice.random() < 0.4
            token = own if genuine else forged(dice, victim.token)
            method, path = dice.choice(METHODS), dice.choice(PATHS)
            if dice.random() < 0.8:
                method, path = dice.choice(KNOWN)
            if genuine and method == "DELETE":
                method = "GET"
            headers = {
                "Authorization": f"{dice.choice(['Bearer', 'bearer', 'Basic'])} {token}".strip(),
                "Content-Type": dice.choice(
                    ["application/json", "application/json; charset=utf-8", "text/plain"]
                ),
            }
            if dice.random() < 0.1:
                path += dice.choice(["/", "?x=%00", "/../session", "%2e%2e/", "//"])
            try:
                answer = send(http, method, path, headers, body(dice))
            except (httpx.InvalidURL, httpx.LocalProtocolError):
                continue
            except CLOSED:
                wrong.append(f"{method} {path}: no answer at all")
                continue
            statuses[answer.status_code] += 1
            if answer.status_code >= 500:
                wrong.append(f"{method} {path}: {answer.status_code}")
            if SECRET in answer.text:
                wrong.append(f"{method} {path}: somebody else's words")
            if (
                not genuine
                and path.startswith(MESSAGES)
                and answer.status_code == 200
                and method in ("GET", "POST")
            ):
                wrong.append(f"{method} {path}: a forged token was accepted")
    return statuses, wrong


def test_no_request_breaks_anything_or_shows_what_is_not_its_own(
    assistant: RunningAssistant, victim: Visitor
) -> None:
    with ThreadPoolExecutor(4) as attackers:
        seeds = range(REQUESTS // 1000)
        results = list(attackers.map(lambda seed: attack(assistant, victim, seed), seeds))
    statuses = sum((each for each, _ in results), Counter[int]())
    wrong = [each for _, found in results for each in found]
    print(f"\n{sum(statuses.values())} requests: {dict(sorted(statuses.items()))}")
    assert wrong == []
    assert sum(statuses.values()) > REQUESTS * 0.9
    assert "Traceback" not in assistant.output()


def test_no_forged_token_is_accepted(assistant: RunningAssistant, victim: Visitor) -> None:
    dice = random.Random(7)
    with httpx.Client(base_url=assistant.base_url) as http:
        for _ in range(2000):
            token = forged(dice, victim.token).encode("utf-8", "replace")
            answer = http.get(MESSAGES, headers={b"Authorization": (b"Bearer " + token).strip()})
            assert answer.status_code == 401


def test_ids_of_conversations_cannot_be_guessed(assistant: RunningAssistant) -> None:
    ids = [
        json.loads(base64.urlsafe_b64decode(Visitor(assistant.base_url).token.split(".")[0] + "=="))
        for _ in range(100)
    ]
    assert len({each[:14] for each in ids}) == 100
    assert all(len(base64.urlsafe_b64decode(each.removeprefix("website-"))) * 8 >= 128 for each in ids)
