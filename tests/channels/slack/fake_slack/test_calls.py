"""The fake refuses slack_sdk's calls with Slack's own error codes."""

from __future__ import annotations

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from testbed.slack import APP_TOKEN, FakeSlack
from tests.channels.slack.fake_slack.refusals import refused

DAY = 24 * 3600
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "a"},
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "a"}}],
}


async def test_a_trigger_opens_one_view_and_soon(slack: FakeSlack, client: AsyncWebClient) -> None:
    trigger, late = slack.new_trigger(), slack.new_trigger()
    await client.views_open(trigger_id=trigger, view=MODAL)
    assert await refused(client, "views.open", trigger_id=trigger, view=MODAL) == "exchanged_trigger_id"
    assert await refused(client, "views.open", trigger_id="1.2.x", view=MODAL) == "invalid_trigger_id"
    slack.tickets.triggers[late] = time.monotonic() - 0.1
    assert await refused(client, "views.open", trigger_id=late, view=MODAL) == "expired_trigger_id"


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
