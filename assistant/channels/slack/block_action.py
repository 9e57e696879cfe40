"""What a person has used in a message, as Slack tells it."""

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
        """Id of the turn that it begins."""
        return str(self.action["action_ts"])

    @property
    def value(self) -> str:
        """What the element carries."""
        option = self.action.get("selected_option") or {}
        return str(option.get("value") or self.action.get("value") or "")

    def uses(self, block: Mapping[str, Any]) -> bool:
        """Whether a block of the message offers the same choice; cancelling all reminders uses their list up."""
        found = BlockId.read(str(block.get("block_id", "")))
        if found is None or found.turn != self.block.turn:
            return False
        if self.block.use == "reminders":
            return found.use in ("reminder", "reminders")
        return (found.use, found.part) == (self.block.use, self.block.part)


def block_action_in(body: Payload) -> BlockAction | None:
    """The first action of a payload, which is the only one that Slack sends."""
    actions, channel = body.get("actions") or [], (body.get("channel") or {}).get("id")
    block = BlockId.read(str(actions[0].get("block_id"))) if actions else None
    if block is None or not channel:
        return None
    kind, thread = at_mark(block.mark)
    if kind == "dm":  # where the direct message itself is in a thread, so is the answer
        thread = (body.get("message") or {}).get("thread_ts")
    place = ConversationRef(
        team_of(body), body["user"]["id"], kind, channel, thread, body.get("response_url"), is_ephemeral(body)
    )
    return BlockAction(place, block, dict(actions[0]), body)


def picked(action: Payload) -> datetime | None:
    """The moment that was picked, in UTC."""
    seconds = action.get("selected_date_time")
    return None if seconds is None else datetime.fromtimestamp(int(seconds), timezone.utc)
