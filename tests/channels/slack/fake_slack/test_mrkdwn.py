"""The fake reports mrkdwn that Slack would display wrongly."""

from __future__ import annotations

import pytest

from testbed.slack.mrkdwn import complaints


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
