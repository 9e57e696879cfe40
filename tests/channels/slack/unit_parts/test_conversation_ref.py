"""Conversation ids are per person, and block ids encode the place of their answer."""

from __future__ import annotations

import pytest

from assistant.channels.slack.blocks.buttons import BlockId, Ids
from assistant.channels.slack.listeners.actions import BlockAction
from assistant.server.storage.slack_ids import ConversationRef, Kind, at_token

DM = ConversationRef("T1", "U1", "dm", "D1")
THREAD = ConversationRef("T1", "U1", "thread", "C1", "1700000000.000100")
COMMAND = ConversationRef("T1", "U1", "command", "C1")
HOME = ConversationRef("T1", "U1", "home")


def test_direct_messages_and_home_are_one_conversation_and_all_others_are_apart() -> None:
    others = [
        THREAD,
        COMMAND,
        ConversationRef("T1", "U2", "dm", "D2"),
        ConversationRef("T2", "U1", "dm", "D1"),
        ConversationRef("T1", "U2", "thread", "C1", THREAD.thread),
        ConversationRef("T1", "U1", "thread", "C2", THREAD.thread),
        ConversationRef("T1", "U1", "thread", "C1", "1700000000.000200"),
    ]
    ids = [DM.conversation, *(place.conversation for place in others)]
    assert HOME.conversation == DM.conversation == "slack-T1-U1"
    assert THREAD.conversation == "slack-T1-C1-1700000000000100-U1"
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("place", "kind"), [(DM, "dm"), (THREAD, "thread"), (COMMAND, "command"), (HOME, "home")]
)
def test_a_block_leads_back_to_its_place(place: ConversationRef, kind: Kind) -> None:
    block = BlockId.read(Ids(place, "1700000000.000300").make("press", 2))
    assert block is not None
    assert (block.use, block.part, block.turn) == ("press", 2, "1700000000.000300")
    assert at_token(block.token) == (kind, place.thread)


def test_a_private_answer_in_a_thread_stays_private() -> None:
    private = ConversationRef("T1", "U1", "thread", "C1", "17.1", is_private=True)
    assert private.token == "p17.1"
    assert at_token("p17.1") == ("thread", "17.1")


@pytest.mark.parametrize("text", ["", "b1", "a/b/c/d/e", "press/0/dm/1"])
def test_a_block_that_somebody_else_made_is_not_read(text: str) -> None:
    assert BlockId.read(text) is None


def press(use: str, part: int = 0) -> BlockAction:
    block = BlockId.read(Ids(DM, "1").make(use, part))
    assert block is not None
    return BlockAction(DM, block, {}, {})


def test_all_rows_of_one_choice_are_used_together() -> None:
    ids = Ids(DM, "1")
    assert press("press").uses({"block_id": ids.make("press", 0)})
    assert not press("press").uses({"block_id": ids.make("press", 1)})
    assert not press("press").uses({"block_id": ids.make("date", 0)})
    assert not press("press").uses({"block_id": Ids(DM, "2").make("press", 0)})
    assert not press("press").uses({})


def test_cancelling_all_reminders_uses_the_whole_list_up() -> None:
    ids = Ids(DM, "1")
    rows = [{"block_id": ids.make("reminder", n)} for n in range(3)]
    assert all(press("reminders").uses(row) for row in rows)
    assert [press("reminder", 1).uses(row) for row in rows] == [False, True, False]
