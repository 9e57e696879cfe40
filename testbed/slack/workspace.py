"""A workspace: people, channels and messages."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from testbed.slack.refusal import RefusalError

TEAM = "T0CLINIC01"
APP = "A0MICRONDL"
OTHER_TEAM = "T0PARTNER1"
"""A workspace that the app is not installed in."""
BOT_USER = "U0ASSISTNT"
BOT = "B0ASSISTNT"


@dataclass(frozen=True)
class User:
    """Somebody with a profile."""

    id: str
    name: str
    timezone: str | None = "Europe/London"
    is_bot: bool = False
    team: str = TEAM
    """The workspace that they belong to."""


@dataclass
class Channel:
    """`kind` is channel, group (private), im or mpim."""

    id: str
    kind: str
    members: set[str]
    name: str = ""
    team: str = TEAM
    """The workspace that shares it (Slack Connect), where it is another one."""

    @property
    def has_bot(self) -> bool:
        """True if the assistant is a member."""
        return self.kind == "im" or BOT_USER in self.members


@dataclass
class Message:
    """One message as everybody sees it now, or as one person does."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    seen_by: str | None = None
    """Whose eyes alone it is for; everybody's in the channel where none."""
    via: str = "chat.postMessage"
    files: list[dict[str, Any]] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    is_deleted: bool = False
    at: float = field(default_factory=time.monotonic)

    @property
    def is_bots(self) -> bool:
        """True if the assistant wrote it."""
        return self.user == BOT_USER

    def as_json(self) -> dict[str, Any]:
        """As Slack hands it out."""
        said: dict[str, Any] = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": TEAM,
        }
        if self.is_bots:
            said |= {
                "bot_id": BOT,
                "app_id": APP,
                "bot_profile": {"id": BOT, "app_id": APP, "name": "microneedling"},
            }
        if self.thread_ts:
            said |= {"thread_ts": self.thread_ts}
        if self.blocks:
            said |= {"blocks": self.blocks}
        if self.files:
            said |= {"files": self.files}
        return said


@dataclass
class Workspace:
    """Nobody is in it but the assistant."""

    users: dict[str, User] = field(
        default_factory=lambda: {BOT_USER: User(BOT_USER, "microneedling", None, True)}
    )
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    scheduled: dict[str, dict[str, Any]] = field(default_factory=dict)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By the id of the view."""
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By the id of the person who sees it."""
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    emoji_names: dict[str, str] = field(default_factory=dict)
    """Return a scheduled text as Slack keeps it: some emoji become names."""
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def new_ts(self) -> str:
        """Later than all the others."""
        return f"{int(time.time())}.{next(self._numbers) % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        """In the form of Slack's."""
        return f"{letter}0{next(self._numbers):07d}X"

    def user(self, user_id: str) -> User:
        """Raises as Slack does where there is no such person."""
        if user_id not in self.users:
            raise RefusalError("user_not_found")
        return self.users[user_id]

    def channel(self, channel_id: str) -> Channel:
        """A person's id stands for the DM with that person, as in chat.postMessage."""
        if channel_id in self.users:
            return self.dm_of(channel_id)
        if channel_id not in self.channels:
            raise RefusalError("channel_not_found")
        return self.channels[channel_id]

    def dm_of(self, user_id: str) -> Channel:
        """The one between that person and the assistant; opened where there is none."""
        self.user(user_id)
        for channel in list(self.channels.values()):
            if channel.kind == "im" and user_id in channel.members:
                return channel
        return self.add_channel("im", {user_id, BOT_USER})

    def add_channel(
        self, kind: str, members: set[str], channel_id: str | None = None, name: str = ""
    ) -> Channel:
        """With a new id where none is given."""
        letter = {"channel": "C", "group": "G", "im": "D", "mpim": "G"}[kind]
        channel = Channel(channel_id or self.new_id(letter), kind, members, name)
        self.channels[channel.id] = channel
        return channel

    def message(self, channel_id: str, ts: str) -> Message:
        """One that everybody in the channel sees."""
        for message in self.messages:
            found = message.channel == channel_id and message.ts == ts and message.seen_by is None
            if found and not message.is_deleted:
                return message
        raise RefusalError("message_not_found")

    def thread(self, channel_id: str, ts: str) -> list[Message]:
        """A message and its replies."""
        first = self.message(channel_id, ts)
        root = first.thread_ts or first.ts
        return [
            m
            for m in self.messages
            if m.channel == channel_id and not m.is_deleted and not m.seen_by and root in (m.ts, m.thread_ts)
        ]
