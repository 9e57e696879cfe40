"""Where in Slack somebody talks to the assistant, and which conversation that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["dm", "thread", "command", "home"]


@dataclass(frozen=True)
class ConversationRef:
    """One person at one spot of a workspace."""

    team: str
    user: str
    kind: Kind
    channel: str = ""
    """Empty in the App Home tab."""
    thread: str | None = None
    """The `ts` of the thread's first message. In a direct message usually none."""
    response_url: str | None = None
    """Where what only this person sees can be sent without being a member of the channel."""
    is_private: bool = False
    """Whether the person asked from something that only they see: so nobody else sees the answer either."""

    @property
    def conversation(self) -> str:
        """Direct messages and Home are one conversation; elsewhere each person has one for each thread."""
        if self.kind in ("dm", "home"):
            return f"{BEGINNING}{self.team}{ending_of(self.user)}"
        spot = "command" if self.kind == "command" else (self.thread or "").replace(".", "")
        return f"{thread_prefix(self.team, self.channel)}{spot}{ending_of(self.user)}"

    @property
    def mark(self) -> str:
        """What a block remembers of its place; `at_mark` reads it. Private threads have a mark of their own."""
        if self.kind != "thread":
            return self.kind
        return f"{'p' if self.is_private else 't'}{self.thread}"


def at_mark(mark: str) -> tuple[Kind, str | None]:
    """Kind and thread of a place from its mark."""
    if mark[:1] in ("t", "p"):
        return "thread", mark[1:]
    kinds: dict[str, Kind] = {"dm": "dm", "command": "command", "home": "home"}
    return kinds.get(mark, "dm"), None


BEGINNING = "slack-"
"""How the ids of all conversations in Slack begin."""


def ending_of(user: str) -> str:
    """How the ids of all conversations of a person end, whatever workspace and channel they are in.

    A database belongs to one installation, in which somebody has one id. What was stored under the id of another
    workspace, as it once was for channels shared with one, is found this way, too.
    """
    return f"-{user}"


def thread_prefix(team: str, channel: str, thread: str = "") -> str:
    """How the ids of all conversations in a channel, or in one thread of it, begin."""
    spot = f"{thread.replace('.', '')}-" if thread else ""
    return f"{BEGINNING}{team}-{channel}-{spot}"
