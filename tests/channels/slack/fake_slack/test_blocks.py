"""The fake rejects the blocks and views that Slack rejects, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from testbed.slack import FakeSlack
from tests.channels.slack.fake_slack.refusals import refused


def section(text: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def button(text: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), **more}


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def select(options: int, value: str = "v", text: str = "t") -> dict[str, Any]:
    chosen = [{"text": plain(text), "value": f"{value}{number}"} for number in range(options)]
    return {"type": "static_select", "options": chosen}


GOOD_BLOCKS = {
    "3,000 characters": [section("x" * 3000)],
    "50 blocks": [section()] * 50,
    "25 buttons": [actions(*[button(action_id=f"a{number}") for number in range(25)])],
    "a title of 75 characters": [actions(button("x" * 75, value="v" * 2000, action_id="i" * 255))],
    "100 options": [actions(select(100))],
    "a header of 150 characters": [{"type": "header", "text": plain("x" * 150)}],
    "ten things in a context": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "a"}] * 10}],
    "a date picker": [actions({"type": "datetimepicker", "action_id": "treated_at"})],
}
BAD_BLOCKS = {
    "3,001 characters": [section("x" * 3001)],
    "no characters": [section("")],
    "51 blocks": [section()] * 51,
    "26 buttons": [actions(*[button(action_id=f"a{number}") for number in range(26)])],
    "no buttons": [actions()],
    "a title of 76 characters": [actions(button("x" * 76))],
    "a title in mrkdwn": [actions({"type": "button", "text": {"type": "mrkdwn", "text": "a"}})],
    "a value of 2,001 characters": [actions(button(value="v" * 2001))],
    "an action_id of 256 characters": [actions(button(action_id="i" * 256))],
    "an action_id twice": [actions(button(action_id="a"), button(action_id="a"))],
    "a block_id twice": [section(block_id="b"), section(block_id="b")],
    "a block_id of 256 characters": [section(block_id="b" * 256)],
    "a style that is none": [actions(button(style="red"))],
    "101 options": [actions(select(101))],
    "an option of 76 characters": [actions(select(1, text="x" * 76))],
    "an option's value of 151 characters": [actions(select(1, value="v" * 150))],
    "an option twice": [actions({**select(1), "options": select(1)["options"] * 2})],
    "an overflow with six": [section(accessory={**select(6), "type": "overflow"})],
    "eleven things in a context": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "a"}] * 11}],
    "a button in a context": [{"type": "context", "elements": [button()]}],
    "a header of 151 characters": [{"type": "header", "text": plain("x" * 151)}],
    "a header in mrkdwn": [{"type": "header", "text": {"type": "mrkdwn", "text": "a"}}],
    "a field of 2,001 characters": [{"type": "section", "fields": [plain("x" * 2001)]}],
    "a picker of date and time beside a text": [section(accessory={"type": "datetimepicker"})],
    "a block of no kind": [{"type": "carousel"}],
    "a field that Slack does not know": [section(colour="red")],
    "an object": {"type": "section"},
}
BAD_VIEWS: dict[str, dict[str, Any]] = {
    "101 blocks": {"type": "home", "blocks": [section()] * 101},
    "a title in a Home tab": {"type": "home", "blocks": [], "title": plain("a")},
    "3,001 characters of metadata": {"type": "home", "blocks": [], "private_metadata": "m" * 3001},
    "feedback in a Home tab": {"type": "home", "blocks": [{"type": "context_actions", "elements": []}]},
    "a callback_id of 256 characters": {"type": "home", "blocks": [], "callback_id": "c" * 256},
}
BAD_MODALS: dict[str, dict[str, Any]] = {
    "no title": {"type": "modal", "blocks": [section()]},
    "a title of 25 characters": {"type": "modal", "title": plain("x" * 25), "blocks": [section()]},
    "an input and nothing to submit it": {
        "type": "modal",
        "title": plain("a"),
        "blocks": [{"type": "input", "label": plain("a"), "element": {"type": "datetimepicker"}}],
    },
}


@pytest.mark.parametrize("name", GOOD_BLOCKS)
async def test_blocks_within_the_limits_are_posted(
    slack: FakeSlack, client: AsyncWebClient, name: str
) -> None:
    dm = slack.person().dm.id
    posted = await client.chat_postMessage(channel=dm, text="a", blocks=GOOD_BLOCKS[name])
    assert slack.workspace.message(dm, posted["ts"]).blocks == GOOD_BLOCKS[name]


@pytest.mark.parametrize("name", BAD_BLOCKS)
async def test_blocks_beyond_a_limit_are_refused(slack: FakeSlack, client: AsyncWebClient, name: str) -> None:
    dm = slack.person().dm.id
    assert (
        await refused(client, "chat.postMessage", channel=dm, text="a", blocks=BAD_BLOCKS[name])
        == "invalid_blocks"
    )
    assert not [message for message in slack.workspace.messages if message.channel == dm]


@pytest.mark.parametrize("name", BAD_VIEWS)
async def test_a_home_tab_beyond_a_limit_is_refused(
    slack: FakeSlack, client: AsyncWebClient, name: str
) -> None:
    user = slack.person().user.id
    assert await refused(client, "views.publish", user_id=user, view=BAD_VIEWS[name]) == "invalid_arguments"


@pytest.mark.parametrize("name", BAD_MODALS)
async def test_a_modal_beyond_a_limit_is_refused(slack: FakeSlack, client: AsyncWebClient, name: str) -> None:
    trigger = slack.new_trigger()
    assert (
        await refused(client, "views.open", trigger_id=trigger, view=BAD_MODALS[name]) == "invalid_arguments"
    )
