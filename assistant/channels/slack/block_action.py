"""Block actions: the use of an interactive element in a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from assistant.channels.slack.blocks.ids import BlockId
from assistant.channels.slack.payloads import Payload, is_ephemeral, team_of
from assistant.server.storage.slack_ids import ConversationRef, at_mark


@dataclass(frozen=True)
class BlockAction:
    """One use of one element of a message."""

    place: ConversationRef
    block: BlockId
    action: dict[str, Any]
    interaction: Payload

    @property
    def turn(self) -> str:
        """Id of the turn this action starts."""
        return str(self.action["action_ts"])

    @property
    def value(self) -> str:
        """The element's value, or that of the selected option."""
        option = self.action.get("selected_option") or {}
        return str(option.get("value") or self.action.get("value") or "")

    def uses(self, block: Mapping[str, Any]) -> bool:
        """Return whether a block offers the same choice. Cancelling all reminders also uses up the single ones."""
        found = BlockId.read(str(block.get("block_id", "")))
        if found is None or found.turn != self.block.turn:
            return False
        if self.block.use == "reminders":
            return found.use in ("reminder", "reminders")
        return (found.use, found.part) == (self.block.use, self.block.part)


def block_action_in(body: Payload) -> BlockAction | None:
    """Parse the first action of a payload; Slack sends one. None without a valid block id or channel."""
    actions, channel = body.get("actions") or [], (body.get("channel") or {}).get("id")
    block = BlockId.read(str(actions[0].get("block_id"))) if actions else None
    if block is None or not channel:
        return None
    kind, thread = at_mark(block.mark)
    if kind == "dm":  # a direct message in a thread is answered in that thread
        thread = (body.get("message") or {}).get("thread_ts")
    place = ConversationRef(
        team_of(body), body["user"]["id"], kind, channel, thread, body.get("response_url"), is_ephemeral(body)
    )
    return BlockAction(place, block, dict(actions[0]), body)


def picked(action: Payload) -> datetime | None:
    """Return the picked date and time in UTC, or None if the picker is empty."""
    seconds = action.get("selected_date_time")
    return None if seconds is None else datetime.fromtimestamp(int(seconds), timezone.utc)
