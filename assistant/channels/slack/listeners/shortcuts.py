"""Listener for the message shortcut "Ask the articles"; the answer is ephemeral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from assistant.channels.slack.blocks.text import cut, plain
from assistant.channels.slack.listeners.commands import Answer
from assistant.channels.slack.middleware import Job, JobQueue, team_of
from assistant.core.protocol import LONGEST_TEXT
from assistant.server.storage.slack_ids import ConversationRef

SHORTCUT = "ask_articles"


@dataclass(frozen=True)
class ShortcutListener:
    """Adds jobs for the shortcut."""

    look_up: Answer
    jobs: JobQueue

    def register(self, app: AsyncApp) -> None:
        """Register with Bolt."""
        app.message_shortcut(SHORTCUT)(self.on_shortcut)

    async def on_shortcut(self, body: Mapping[str, Any], context: AsyncBoltContext) -> None:
        """Answer the beginning of the message, as much as a message to the assistant may have."""
        ref = ConversationRef(
            team_of(context),
            body["user"]["id"],
            "command",
            body["channel"]["id"],
            response_url=body["response_url"],
            is_private=True,
        )
        turn = str(body["trigger_id"])
        pieces = cut(plain(body["message"].get("text") or ""), LONGEST_TEXT)
        text = pieces[0] if pieces else ""
        self.jobs.add(
            Job(
                name="message shortcut",
                queue_key=ref.conversation,
                ids=(f"trigger:{turn}",),
                run=lambda: self.look_up(ref, turn, text),
                ref=ref,
            )
        )
