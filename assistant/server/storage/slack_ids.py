"""Conversation ids for Slack: one per person and place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["dm", "thread", "command", "home"]


@dataclass(frozen=True)
class ConversationRef:
    """A person in a direct message, a thread, a slash command or the App Home tab."""

    team: str
    user: str
    kind: Kind
    channel: str = ""
    """Empty in the App Home tab."""
    thread: str | None = None
    """`ts` of the thread's first message. Usually None in a direct message."""
    response_url: str | None = None
    """URL for ephemeral messages; works without being a member of the channel."""
    is_private: bool = False
    """The request itself was visible only to this person, so its answer must be, too."""

    @property
    def conversation(self) -> str:
        """Conversation id: one for direct messages and Home, elsewhere one per person and thread."""
        if self.kind in ("dm", "home"):
            return f"{BEGINNING}{self.team}{ending_of(self.user)}"
        context = "command" if self.kind == "command" else (self.thread or "").replace(".", "")
        return f"{thread_prefix(self.team, self.channel)}{context}{ending_of(self.user)}"

    @property
    def token(self) -> str:
        """Encode kind and thread for a block id; `at_token` decodes it. Private threads have a prefix of their own."""
        if self.kind != "thread":
            return self.kind
        return f"{'p' if self.is_private else 't'}{self.thread}"


def at_token(token: str) -> tuple[Kind, str | None]:
    """Decode kind and thread from a token."""
    if token[:1] in ("t", "p"):
        return "thread", token[1:]
    kinds: dict[str, Kind] = {"dm": "dm", "command": "command", "home": "home"}
    return kinds.get(token, "dm"), None


BEGINNING = "slack-"
"""Prefix of all Slack conversation ids."""


def ending_of(user: str) -> str:
    """Return the suffix of all conversation ids of a person, in any workspace and channel.

    A database belongs to one installation, in which a person has one id. This also finds conversations stored under
    the id of another workspace, as was once done for channels shared with one.
    """
    return f"-{user}"


def thread_prefix(team: str, channel: str, thread: str = "") -> str:
    """Return the prefix of all conversation ids in a channel, or in one thread of it."""
    suffix = f"{thread.replace('.', '')}-" if thread else ""
    return f"{BEGINNING}{team}-{channel}-{suffix}"


def member_of(conversation: str) -> str | None:
    """Return what all conversation ids of the same member of Slack have in common; None for other channels."""
    return (
        f"{BEGINNING}*{ending_of(conversation.rpartition('-')[2])}"
        if conversation.startswith(BEGINNING)
        else None
    )
