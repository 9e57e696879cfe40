"""Intermittent failures of Slack: nothing is lost or posted twice, and the order is kept."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest

from testbed.slack import FakeSlack, Message, Person, UserAction
from testbed.slack.failures import BROKEN, BROKEN_AFTERWARDS, CUT, CUT_AFTERWARDS, TOO_MANY
from tests.channels.slack.looks import words
from tests.servers import RunningAssistant

RED = "How long will my skin stay red?"
WAYS = {
    "too many calls": [TOO_MANY, TOO_MANY],
    "a broken server": [BROKEN, BROKEN],
    "a cut connection": [CUT],
    "a broken server that has posted": [BROKEN_AFTERWARDS],
    "a connection that is cut after the post": [CUT_AFTERWARDS],
    "one after the other": [TOO_MANY, CUT, BROKEN],
}
DONE_ALL_THE_SAME = ("a broken server that has posted", "a connection that is cut after the post")
PLACES = ("DM", "thread", "command")
SMALLEST_PAUSE = 0.8
"""Seconds; a second was meant, and the network takes its share."""


def posts(slack: FakeSlack, channel: str) -> list[Message]:
    return [message for message in slack.workspace.messages if message.channel == channel and message.is_bots]


@pytest.fixture(scope="module")
def asked(workspace_and_assistant: tuple[FakeSlack, RunningAssistant]) -> dict[tuple[str, str], UserAction]:
    """A question for each way to fail and each place, all at once; until nothing more can come."""
    slack = workspace_and_assistant[0]
    actions = {(way, place): ask(slack, place, WAYS[way]) for way in WAYS for place in PLACES}
    for action in actions.values():
        slack.answer_to(action)
        slack.wait_until(partial(slack.failures.are_over, action.channel), "all the failures")
    slack.settle_slowly()
    return actions


def ask(slack: FakeSlack, place: str, ways: list[int]) -> UserAction:
    """By somebody new, where calls fail in these ways first."""
    anna = slack.person()
    channel = anna.dm if place == "DM" else slack.channel(anna)
    method = "response_url" if place == "command" else "chat.postMessage"
    slack.failures.plan(method, *ways, channel=channel.id)
    if place == "command":
        return anna.types(f"/microneedling {RED}", channel)
    return anna.says(RED) if place == "DM" else anna.mentions(RED, channel)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", WAYS)
def test_what_fails_comes_once_in_the_end(
    slack: FakeSlack, asked: dict[tuple[str, str], UserAction], way: str, place: str
) -> None:
    answers = slack.answers_to(asked[way, place])
    if place == "command" and way in DONE_ALL_THE_SAME:
        assert 1 <= len(answers) <= 2, "nobody can look whether a private answer has arrived"
    else:
        assert len(answers) == 1


def test_the_time_that_slack_asks_for_is_waited(slack: FakeSlack, anna: Person) -> None:
    slack.failures.retry_after = 2
    slack.failures.plan("chat.postMessage", TOO_MANY)
    slack.answer_to(anna.says(RED))
    slack.failures.retry_after = 1
    tried = [call for call in slack.journal.calls if call.arguments.get("channel") == anna.dm.id]
    refused, done = (next(call for call in tried if call.status == status) for status in (TOO_MANY, 200))
    assert done.at - refused.at >= 2


def test_somebody_whose_profile_can_not_be_read_is_answered(slack: FakeSlack, anna: Person) -> None:
    slack.failures.plan("users.info", BROKEN)
    assert slack.answer_to(anna.says(RED))


def test_one_channel_that_waits_does_not_hold_up_another(
    slack: FakeSlack, anna: Person, berta: Person
) -> None:
    slack.failures.retry_after = 3
    slack.failures.plan("chat.postMessage", TOO_MANY)
    waiting = anna.says(RED)
    slack.wait_until(lambda: not slack.failures.planned["chat.postMessage"], "the refusal")
    slack.failures.retry_after = 1
    slack.answer_to(berta.says(RED))
    assert slack.answers_to(waiting) == []
    slack.answer_to(waiting)


def test_answers_in_a_channel_keep_their_order_and_come_one_a_second(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    slack.failures.plan("chat.postMessage", 200, TOO_MANY)
    asked = [anna.mentions(text, channel) for text in ("does it hurt", RED, "hello", "what does it cost")]
    slack.wait_until(lambda: len(posts(slack, channel.id)) == len(asked), "all the answers")
    said = posts(slack, channel.id)
    assert [post.thread_ts for post in said] == [action.thread for action in asked]
    assert all(later.at - earlier.at > SMALLEST_PAUSE for earlier, later in pairwise(said))


def test_a_message_that_was_edited_before_its_retry_is_answered_once(slack: FakeSlack, anna: Person) -> None:
    asked = anna.says("does it hurt")
    assert asked.message
    anna.edits(asked.message, RED)
    slack.answer_to(asked)
    slack.settle_slowly()
    assert len(posts(slack, anna.dm.id)) == 1


def test_the_answer_outlives_a_failed_replacement_of_the_buttons(slack: FakeSlack, anna: Person) -> None:
    offered = slack.answer_to(anna.says(RED))
    slack.failures.plan("chat.update", BROKEN)
    title = next(e["text"]["text"] for b in offered.blocks if b["type"] == "actions" for e in b["elements"])
    answer = slack.answer_to(anna.presses(offered, title))
    assert words(answer)


def test_where_it_may_not_post_it_gives_up_at_once(
    workspace_and_assistant: tuple[FakeSlack, RunningAssistant],
) -> None:
    """It was removed from the channel before it could answer."""
    slack = workspace_and_assistant[0]
    anna = slack.person()
    channel = slack.channel(anna, with_bot=False)
    anna.mentions(RED, channel)
    slack.settle_slowly()
    tried = [call for call in slack.journal.calls if call.arguments.get("channel") == channel.id]
    methods = [call.method for call in tried]
    assert methods.count("chat.postMessage") == 1
    assert len(methods) <= 2, "it may try to tell Anna alone"
    assert {call.answer["error"] for call in tried} == {"not_in_channel"}
    assert "not_in_channel" in workspace_and_assistant[1].output()
