"""Plays the recorded payloads of payloads/ to the assistant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from testbed.slack import BOT_USER, FakeSlack, Message, Person
from testbed.slack.block_rules import elements_of
from testbed.slack.deliveries import signed, written
from testbed.slack.events import event_callback
from testbed.slack.interactions import action
from testbed.slack.journal import Attempt, Call

LOOKING_UP = ("auth.test", "users.info", "conversations.", "chat.scheduledMessages.list")
_FOLDER = Path(__file__).with_name("payloads")
_NAME = re.compile(r"\$([A-Z_]+)")
_LONG = "How long will my skin stay red? " * 40


@dataclass(frozen=True)
class Shape:
    """One entry of a file."""

    file: str
    entry: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.entry['name']}"


def shapes() -> Iterator[Shape]:
    """All of them."""
    for path in sorted(_FOLDER.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            yield Shape(path.stem, entry)


@dataclass
class Play:
    """One shape, made anew and sent, among people and in places of its own."""

    slack: FakeSlack
    shape: Shape
    names: dict[str, Any] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    _since: int = 0
    _original: Message | None = None

    def prepare(self) -> None:
        """Set up the people, channels and messages that the payload needs."""
        user, somebody = self.slack.person("Anna", "Europe/Madrid"), self.slack.person("Berta")
        channel = self.slack.channel(
            user,
            somebody,
            kind=self.shape.entry.get("kind", "channel"),
            with_bot=self.shape.entry.get("with_bot", True),
        )
        self.names |= {"USER": user.user.id, "SOMEBODY": somebody.user.id, "BOT": BOT_USER, "LONG": _LONG}
        self.names |= {"DM": user.dm.id, "CHANNEL": channel.id, "TS": self.slack.workspace.new_ts()}
        if "before" in self.shape.entry:
            self._before(user, somebody)

    def run(self) -> None:
        """Until everything that it should lead to has happened."""
        place = self.names["CHANNEL" if "$CHANNEL" in str(self.shape.entry) else "DM"]
        self.names["TRIGGER"] = self.slack.new_trigger()
        self.names["RESPONSE_URL"] = self.slack.response_url(place, self.names["USER"], self._original)
        self._say()
        self._since = len(self.slack.journal.calls)
        for _ in range(self.shape.entry.get("repeated", 1)):
            self.attempts.append(self._send())
        expected = len(self.shape.entry["calls"])
        self.slack.wait_until(lambda: len(self.calls()) >= expected, f"{expected} calls, got {self.calls()}")

    def calls(self) -> list[Call]:
        """Return the calls that the assistant made because of it."""
        return [
            call
            for call in self.slack.journal.calls[self._since :]
            if not call.method.startswith(LOOKING_UP) and self._is_own(call)
        ]

    def expected(self) -> list[dict[str, Any]]:
        """Expected calls."""
        calls: list[dict[str, Any]] = self._filled(self.shape.entry["calls"])
        return calls

    def _is_own(self, call: Call) -> bool:
        if call.method == "response_url":
            return str(self.names["RESPONSE_URL"]).endswith(f"/{call.address}")
        place = call.arguments.get("channel") or call.arguments.get("user_id")
        return place in {self.names[name] for name in ("DM", "CHANNEL", "USER", "SOMEBODY")}

    def _before(self, user: Person, somebody: Person) -> None:
        said = self._filled(self.shape.entry["before"])
        who = somebody if said.get("by") == somebody.user.id else user
        action = who.says(said["text"], self.slack.workspace.channels[said["in"]])
        self.names["THREAD"] = action.thread
        if said.get("answered", True):
            self._original = self.slack.answer_to(action)
            self._press(self._original)

    def _press(self, answer: Message) -> None:
        self.names |= {"ANSWER": answer.as_json(), "ANSWER_TS": answer.ts}
        choices = [pair for pair in elements_of(answer.blocks) if pair[1]["action_id"].startswith("press/")]
        if choices:
            block, element = choices[-1]
            pressed = action(block, element, text=element["text"], value=element.get("value", ""))
            self.names |= {"PRESSED": pressed, "FORGED": {**pressed, "value": "/never_offered"}}

    def _say(self) -> None:
        """Add a person's message to the channel before the app gets its event."""
        event = self._filled(self.shape.entry.get("event", {}))
        known = any(message.ts == event.get("ts") for message in self.slack.workspace.messages)
        if event.get("channel") and event.get("ts") and not known:
            said = Message(event["channel"], event["ts"], event.get("user", ""), event.get("text", ""))
            said.thread_ts = event.get("thread_ts")
            self.slack.workspace.messages.append(said)

    def _send(self) -> Attempt:
        kind, payload = self._payload()
        body, content_type = written(kind, payload)
        headers = {**signed(self.slack.deliveries.secret, body), "Content-Type": content_type}
        headers |= self.shape.entry.get("headers", {})
        return self.slack.run(self.slack.deliveries.post(body, headers))

    def _payload(self) -> tuple[str, dict[str, Any]]:
        entry: dict[str, Any] = self._filled(self.shape.entry)
        if "event" in entry:
            number = self.names.setdefault("EVENT", event_callback({})["event_id"])
            return "event", {**event_callback(entry["event"], number), **entry.get("outer", {})}
        if "body" in entry:
            return "event", entry["body"]
        return ("command", entry["command"]) if "command" in entry else ("interactive", entry["interactive"])

    def _filled(self, value: Any) -> Any:
        """With what the names stand for."""
        if isinstance(value, dict):
            return {key: self._filled(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self._filled(part) for part in value]
        if not isinstance(value, str):
            return value
        whole = _NAME.fullmatch(value)
        if whole:
            return self.names.get(whole[1], value)
        return _NAME.sub(lambda match: str(self.names.get(match[1], match[0])), value)
