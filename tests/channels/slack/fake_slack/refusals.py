"""Helper for calls that are expected to be refused."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


async def refused(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    """The reason that Slack names."""
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=arguments)
    reason: str = caught.value.response["error"]
    return reason
