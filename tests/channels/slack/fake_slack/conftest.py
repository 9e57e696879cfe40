"""Fixtures: a fake Slack without an app, and slack_sdk's client configured as in the channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from testbed.slack import BOT_TOKEN, FakeSlack

SCOPES = ("chat:write", "users:read", "channels:history", "im:history", "im:write", "files:write")


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    """Nobody listens to it."""
    fake = FakeSlack(SCOPES, [])
    yield fake
    fake.stop()


@pytest.fixture
async def client(slack: FakeSlack) -> AsyncIterator[AsyncWebClient]:
    """Slack's own client."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(BOT_TOKEN, base_url=slack.address, session=session)
