"""The fake is as strict as Slack: what Slack's own client sends is refused for Slack's own reasons."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.fakes.slack.mrkdwn import complaints

SCOPES = ("chat:write", "users:read", "channels:history", "im:history", "im:write", "files:write")
DAY = 24 * 3600


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    """Nobody listens to it."""
    fake = FakeSlack(SCOPES, [])
    yield fake
    fake.stop()


@pytest.fixture
async def client(slack: FakeSlack) -> AsyncIterator[AsyncWebClient]:
    """Slack's own client, as the channel uses it."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(BOT_TOKEN, base_url=slack.address, session=session)


async def refused(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    """The reason that Slack names."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    reason: str = caught.value.response["error"]
    return reason


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


async def test_a_trigger_opens_one_view_and_soon(slack: FakeSlack, client: AsyncWebClient) -> None:
    view = {"type": "modal", "title": plain("a"), "blocks": [section()]}
    trigger, late = slack.new_trigger(), slack.new_trigger()
    await client.views_open(trigger_id=trigger, view=view)
    assert await refused(client, "views.open", trigger_id=trigger, view=view) == "exchanged_trigger_id"
    assert await refused(client, "views.open", trigger_id="1.2.x", view=view) == "invalid_trigger_id"
    slack.tickets.triggers[late] = time.monotonic() - 0.1
    assert await refused(client, "views.open", trigger_id=late, view=view) == "expired_trigger_id"


async def test_a_token_has_to_be_good_and_of_the_right_kind(slack: FakeSlack) -> None:
    assert await refused(AsyncWebClient("xoxb-other", base_url=slack.address), "auth.test") == "invalid_auth"
    assert await refused(AsyncWebClient(base_url=slack.address), "auth.test") == "not_authed"
    with_app_token = AsyncWebClient(APP_TOKEN, base_url=slack.address)
    assert await refused(with_app_token, "auth.test") == "not_allowed_token_type"


async def test_a_scope_that_was_not_given_is_missed(slack: FakeSlack, client: AsyncWebClient) -> None:
    group = slack.channel(kind="group")
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_replies(channel=group.id, ts="1.1")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "groups:history"


async def test_methods_and_arguments_have_to_exist(slack: FakeSlack, client: AsyncWebClient) -> None:
    dm = slack.person().dm.id
    assert await refused(client, "chat.shout") == "unknown_method"
    assert await refused(client, "chat.postMessage", text="a") == "invalid_arguments"
    assert await refused(client, "chat.postMessage", channel=dm) == "no_text"
    assert (
        await refused(client, "chat.postMessage", channel=dm, text="a", colour="red") == "invalid_arguments"
    )
    assert await refused(client, "chat.postMessage", channel="C0NOWHERE", text="a") == "channel_not_found"


async def test_a_method_that_reads_no_json_finds_no_arguments(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    user = slack.person(timezone="Europe/Madrid").user.id
    assert await refused(client, "users.info", user=user) == "invalid_arguments"
    found = await client.users_info(user=user)
    assert found["user"]["tz"] == "Europe/Madrid"


async def test_threads_are_named_by_their_first_message(slack: FakeSlack, client: AsyncWebClient) -> None:
    anna = slack.person()
    channel = slack.channel(anna)
    first = anna.says("one", channel).message
    assert first
    reply = anna.says("two", channel, thread=first.ts).message
    assert reply
    await client.chat_postMessage(channel=channel.id, text="a", thread_ts=first.ts)
    wrong = {"channel": channel.id, "text": "a"}
    assert await refused(client, "chat.postMessage", **wrong, thread_ts=reply.ts) == "cannot_reply_to_message"
    assert await refused(client, "chat.postMessage", **wrong, thread_ts="1.1") == "message_not_found"
    replies = await client.conversations_replies(channel=channel.id, ts=first.ts)
    assert [message["text"] for message in replies["messages"]] == ["one", "two", "a"]


async def test_nobody_posts_where_they_are_not_and_changes_what_is_not_theirs(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    anna = slack.person()
    channel, closed = slack.channel(anna), slack.channel(anna, with_bot=False)
    said = anna.says("hello", channel).message
    assert said
    assert await refused(client, "chat.postMessage", channel=closed.id, text="a") == "not_in_channel"
    assert (
        await refused(client, "chat.update", channel=channel.id, ts=said.ts, text="a")
        == "cant_update_message"
    )
    stranger = slack.person().user.id
    to_stranger = {"channel": channel.id, "user": stranger, "text": "a"}
    assert await refused(client, "chat.postEphemeral", **to_stranger) == "user_not_in_channel"


async def test_messages_are_scheduled_for_the_next_120_days(slack: FakeSlack, client: AsyncWebClient) -> None:
    dm, now = slack.person().dm.id, int(time.time())

    async def reason(post_at: int) -> str:
        return await refused(client, "chat.scheduleMessage", channel=dm, text="a", post_at=post_at)

    assert await reason(now - 1) == "time_in_past"
    assert await reason(now + 121 * DAY) == "time_too_far"
    for _ in range(30):
        await client.chat_scheduleMessage(channel=dm, text="a", post_at=now + DAY)
    assert await reason(now + DAY + 200) == "restricted_too_many"
    await client.chat_scheduleMessage(channel=dm, text="a", post_at=now + DAY + 301)


async def test_scheduled_messages_are_listed_in_pages_and_deleted_in_time(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    dm, now = slack.person().dm.id, int(time.time())
    for seconds in (30, 400, 800):
        await client.chat_scheduleMessage(channel=dm, text=f"{seconds}", post_at=now + seconds)
    first = await client.chat_scheduledMessages_list(channel=dm, limit=2)
    rest = await client.chat_scheduledMessages_list(
        channel=dm, cursor=first["response_metadata"]["next_cursor"]
    )
    listed = [*first["scheduled_messages"], *rest["scheduled_messages"]]
    assert [each["text"] for each in listed] == ["30", "400", "800"]
    await client.chat_deleteScheduledMessage(channel=dm, scheduled_message_id=listed[1]["id"])
    too_late = {"channel": dm, "scheduled_message_id": listed[0]["id"]}
    assert await refused(client, "chat.deleteScheduledMessage", **too_late) == "invalid_scheduled_message_id"


async def test_a_file_is_uploaded_in_three_steps(slack: FakeSlack, client: AsyncWebClient) -> None:
    dm = slack.person().dm.id
    await client.files_upload_v2(
        channel=dm, content="BEGIN:VCALENDAR", filename="timeline.ics", title="Timeline"
    )
    message = slack.workspace.messages[-1]
    assert (message.channel, message.files[0]["name"]) == (dm, "timeline.ics")
    nothing = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": nothing["file_id"]}]
    assert await refused(client, "files.completeUploadExternal", files=files) == "file_not_found"


async def test_an_address_can_be_responded_to_five_times(slack: FakeSlack) -> None:
    anna = slack.person()
    address = slack.response_url(anna.dm.id, anna.user.id)
    async with aiohttp.ClientSession() as http:
        statuses = [(await http.post(address, json={"text": "a"})).status for _ in range(6)]
    assert statuses == [200] * 5 + [404]


@pytest.mark.parametrize(
    "text",
    [
        "fish &amp; chips, 1 &lt; 2",
        "<https://example.org|a *bold* link>",
        "<!date^1764000000^{date_short_pretty} {time}|24 November>",
        "> quoted",
        "`**code**`",
        "<@U0ANNA01>",
    ],
)
def test_good_mrkdwn_is_no_cause_for_complaint(text: str) -> None:
    assert list(complaints(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "fish & chips",
        "1 < 2",
        "a > b",
        "**bold**",
        "<!channel>",
        "<b>",
        "<!date^now^{date}|x>",
        "<!date^1^{day}|x>",
    ],
)
def test_bad_mrkdwn_is_complained_of(text: str) -> None:
    assert list(complaints(text))
