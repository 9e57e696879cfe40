"""Persistent clients: each sends message after message, retrying each until it is answered."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tests.servers import MESSAGES, SESSION

_PAUSE = 0.3  # seconds before the same message is sent again
_PATIENCE = 90.0  # seconds for one message


@dataclass
class Regular:
    """One of them."""

    name: str
    url: str
    text: str
    answered: dict[str, list[str]] = field(default_factory=dict)
    """By the message's id: what was answered."""
    seen: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    """Seconds that one message took, with all tries."""
    given_up: int = 0

    def live(self, over: threading.Event) -> None:
        """Sends until it is over."""
        with httpx.Client(base_url=self.url, timeout=40, verify=False, trust_env=False) as http:
            self.http = http
            token = self._insist(lambda: http.post(SESSION))
            if token is None:
                return
            http.headers["Authorization"] = f"Bearer {token.json()['token']}"
            self.token = token.json()["token"]
            while not over.is_set():
                self._send(http, f"{self.name}-{len(self.answered)}")
                time.sleep(0.05)

    def history(self) -> list[dict[str, str]]:
        """Return what is stored of the conversation."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = httpx.get(
            f"{self.url}{MESSAGES}", headers=headers, timeout=40, verify=False, trust_env=False
        )
        messages: list[dict[str, str]] = answer.raise_for_status().json()["messages"]
        return messages

    def _send(self, http: httpx.Client, given: str) -> None:
        body = {"id": given, "text": f"{self.text} {given}"}
        answer = self._insist(lambda: http.post(MESSAGES, json=body))
        if answer is not None:
            self.answered[given] = [message["text"] for message in answer.json()["messages"]]

    def _insist(self, send: Callable[[], httpx.Response]) -> httpx.Response | None:
        since = time.monotonic()
        while time.monotonic() - since < _PATIENCE:
            try:
                answer = send()
                self.seen[str(answer.status_code)] += 1
                if answer.is_success:
                    return answer
            except httpx.TransportError as error:
                self.seen[type(error).__name__] += 1
            finally:
                self.longest = max(self.longest, time.monotonic() - since)
            time.sleep(_PAUSE)
        self.given_up += 1
        return None


class Crowd:
    """All of them, at once."""

    def __init__(self, url: str, size: int = 6, text: str = "does it hurt") -> None:
        """They begin right away."""
        self._over = threading.Event()
        self.regulars = [Regular(f"visitor{number}", url, text) for number in range(size)]
        self._threads = [threading.Thread(target=each.live, args=(self._over,)) for each in self.regulars]
        for thread in self._threads:
            thread.start()

    def answers(self) -> int:
        """So far."""
        return sum(len(each.answered) for each in self.regulars)

    def goes_on(self, seconds: float = 60) -> bool:
        """Return whether each of them gets another answer within that time."""
        before = [len(each.answered) for each in self.regulars]
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if all(len(each.answered) > count for each, count in zip(self.regulars, before, strict=True)):
                return True
            time.sleep(0.1)
        return False

    def go_home(self) -> None:
        """After the message that each has just sent."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def losses(self) -> list[str]:
        """Messages that are lost or there twice, answers that differ from those given, and what is somebody else's."""
        return [loss for each in self.regulars for loss in _losses_of(each)]

    def saw(self) -> str:
        """Meanwhile, as a row of a table."""
        seen = sum((each.seen for each in self.regulars), Counter[str]())
        longest = max(each.longest for each in self.regulars)
        others = ", ".join(f"{count} × {kind}" for kind, count in seen.items() if kind not in ("200", "201"))
        return f"{self.answers()} answers | {others or 'nothing else'} | longest wait {longest:.1f} s"


def _losses_of(regular: Regular) -> list[str]:
    history = regular.history()
    counts = Counter(message["id"] for message in history if message["role"] == "user")
    lost = [f"{given} was answered and is lost" for given in regular.answered if counts[given] == 0]
    twice = [f"{given} is there {count} times" for given, count in counts.items() if count > 1]
    foreign = [f"{regular.name} sees {given}" for given in counts if not given.startswith(f"{regular.name}-")]
    pairs = list(itertools.pairwise(history))
    silent = [
        f"{one['id']} has no answer" for one, two in pairs if one["role"] == "user" and two["role"] == "user"
    ]
    kept = _answers_in(history)
    other = [
        f"{given} was answered by {answers}, and {kept.get(given)} is kept"
        for given, answers in regular.answered.items()
        if kept.get(given) != answers
    ]
    return lost + twice + foreign + silent + other


def _answers_in(history: list[dict[str, str]]) -> dict[str, list[str]]:
    """By the message's id: the texts that follow it."""
    answers: dict[str, list[str]] = {}
    follows: list[str] = []
    for message in history:
        if message["role"] == "user":
            follows = answers.setdefault(message["id"], [])
        else:
            follows.append(message["text"])
    return answers
