"""Thousands of hostile requests to the Slack webhook: no 5xx, no forgery accepted, Slack still served. Slow."""

from __future__ import annotations

import copy
import json
import os
import random
import string
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from testbed.slack import SIGNING_SECRET, FakeSlack
from testbed.slack.deliveries import signed
from testbed.slack.events import event_callback
from tests.channels.slack.conftest import new_slack, over_http, start
from tests.channels.slack.shapes import shapes
from tests.chaos.test_website_attack import NASTY, body, value
from tests.servers import RunningAssistant

pytestmark = pytest.mark.slow

REQUESTS = int(os.environ.get("ATTACKS", "20000")) // 4
AT_ONCE = 250
ENDPOINT = "/webhooks/slack/webhook"
PATHS = [
    ENDPOINT,
    f"{ENDPOINT}/",
    f"{ENDPOINT}?x=%00",
    "/webhooks/slack",
    "/webhooks/slack/",
    f"{ENDPOINT}%2e",
]
METHODS = ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"]
TYPES = ["application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""]
KINDS = ("event", "interactive", "command")
GENUINE = [
    (kind, event_callback(shape.entry[kind]) if kind == "event" else shape.entry[kind])
    for shape in shapes()
    for kind in KINDS
    if isinstance(shape.entry.get(kind), dict)
]
MEBIBYTE = 2**20


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FakeSlack, RunningAssistant]]:
    """A Slack and an assistant of their own: what is posted after mutated events is nobody else's."""
    slack = new_slack()
    assistant = start(tmp_path_factory.mktemp("besieged"), **over_http(slack))
    slack.speaks_to(assistant.base_url)
    yield slack, assistant
    assistant.stop()
    slack.stop()


def mutated(dice: random.Random, whole: Any) -> Any:
    """The same with one value somewhere that Slack would not send, or without it."""
    parts: list[tuple[Any, Any]] = []
    waiting = [whole]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        parts += [(one, key) for key in keys]
        waiting += [one[key] for key in keys]
    if parts:
        where, key = dice.choice(parts)
        if dice.random() < 0.2:
            del where[key]
        else:
            where[key] = dice.choice([value(dice), dice.choice(NASTY)])
    return whole


def as_sent(kind: str, payload: dict[str, Any]) -> tuple[bytes, str]:
    """As Slack sends it, with half a character where it has one, which `written` would not let through."""
    if kind == "event":
        return json.dumps(payload).encode(), TYPES[0]
    form = payload if kind == "command" else {"payload": json.dumps(payload)}
    return urlencode(form, errors="surrogatepass").encode(), TYPES[1]


def request_body(dice: random.Random) -> tuple[bytes, str]:
    """Mutated from what Slack sends, or garbage, or too long; and its type, now and then a wrong one."""
    kind, entry = dice.choice(GENUINE)
    way = dice.random()
    if way < 0.7:
        content, media = as_sent(kind, mutated(dice, copy.deepcopy(entry)))
    elif way < 0.98:
        content, media = body(dice), dice.choice(TYPES)
    else:
        content, media = b"{" + b" " * dice.choice([MEBIBYTE, 2 * MEBIBYTE]), dice.choice(TYPES)
    return content, dice.choice(TYPES) if dice.random() < 0.1 else media


def forged(dice: random.Random, content: bytes) -> dict[str, str]:
    """Headers that Slack did not make for this body, or not now."""
    good = signed(SIGNING_SECRET, content)
    signature, moment = good["X-Slack-Signature"], int(good["X-Slack-Request-Timestamp"])
    place = dice.randrange(len(signature))
    other = dice.choice([each for each in string.hexdigits if each.lower() != signature[place]])
    candidates: list[dict[str, str]] = [
        signed("f" * 32, content),
        signed("", content),
        signed(SIGNING_SECRET, content + b" "),
        signed(SIGNING_SECRET, content, moment - dice.choice([310, 86_400, 10**9])),
        signed(SIGNING_SECRET, content, moment + 400),
        {**good, "X-Slack-Request-Timestamp": str(moment - 1)},
        {
            **good,
            "X-Slack-Request-Timestamp": dice.choice(["", "now", "-1", "1e9", "9" * 400, f"{moment}.0"]),
        },
        {**good, "X-Slack-Signature": signature[:place] + other + signature[place + 1 :]},
        {**good, "X-Slack-Signature": dice.choice(["", "v0", "v0=", "v1=" + signature[3:], "A" * 5000])},
        {"X-Slack-Signature": signature},
        {"X-Slack-Request-Timestamp": str(moment)},
        {},
    ]
    return dice.choice(candidates)


def sent(
    http: httpx.Client, method: str, path: str, headers: dict[str, str], content: bytes
) -> httpx.Response | None:
    """A connection that the server has closed after a refusal is no answer to this request: once more then.

    None also where it closes before all of a long body has come: then it was refused.
    """
    try:
        return http.request(method, path, headers=headers, content=content)
    except httpx.TransportError:
        with httpx.Client(base_url=http.base_url, timeout=60) as fresh:
            try:
                return fresh.request(method, path, headers=headers, content=content)
            except httpx.TransportError:
                return None


def attack(address: str, seed: int) -> tuple[Counter[str], list[str]]:
    """Some requests, and what should not have been."""
    dice = random.Random(seed)
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    with httpx.Client(base_url=address, timeout=60) as http:
        for _ in range(AT_ONCE):
            content, media = request_body(dice)
            is_forged = dice.random() < 0.6
            headers = forged(dice, content) if is_forged else signed(SIGNING_SECRET, content)
            method = "POST" if dice.random() < 0.95 else dice.choice(METHODS)
            path = ENDPOINT if dice.random() < 0.95 else dice.choice(PATHS)
            name = f"{'forged' if is_forged else 'signed'} {method} {path}"
            answer = sent(http, method, path, {**headers, "Content-Type": media}, content)
            if answer is None:
                counted["no answer"] += 1
                if len(content) < MEBIBYTE:
                    wrong.append(f"{name}: no answer at all")
                continue
            counted[f"{'forged' if is_forged else 'signed'} {answer.status_code}"] += 1
            if answer.status_code >= 500:
                wrong.append(f"{name}: {answer.status_code}")
            if is_forged and answer.is_success and method != "OPTIONS" and path.startswith(ENDPOINT):
                wrong.append(f"{name}: accepted ({answer.status_code})")
    return counted, wrong


def test_nothing_hostile_breaks_slacks_endpoint(besieged: tuple[FakeSlack, RunningAssistant]) -> None:
    """Forged payloads are refused, signed and mutated ones taken or refused, and Slack's own answered after."""
    slack, assistant = besieged
    with ThreadPoolExecutor(4) as attackers:
        results = list(
            attackers.map(lambda seed: attack(assistant.base_url, seed), range(REQUESTS // AT_ONCE))
        )
    counted = sum((each for each, _ in results), Counter[str]())
    print(f"\n{sum(counted.values())} requests: {dict(sorted(counted.items()))}")
    assert [each for _, found in results for each in found] == []
    assert "Traceback" not in assistant.output()
    anna = slack.person("Anna", "Europe/Madrid")
    anna.says("does it hurt")
    until = time.monotonic() + 60
    while not any(m.channel == anna.dm.id and m.user != anna.user.id for m in slack.workspace.messages):
        assert time.monotonic() < until, "Slack's own message was not answered"
        time.sleep(0.1)
