"""The length limit applies to the text as typed and as normalized."""

from __future__ import annotations

import unicodedata
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage

from assistant.channels.website.schemas import DESCRIPTION
from assistant.core.protocol import LONGEST_TEXT
from assistant.server.messages import CollectedOutput, as_plain_text, is_too_long, too_long
from assistant.server.rasa.turns import take_turn


@pytest.mark.parametrize("sign", ["x", "é", "\U0001f600", "\u4f60", "?", "\n"])
def test_a_thousand_ordinary_signs_may_be_said_and_not_one_more(sign: str) -> None:
    assert not is_too_long(sign * LONGEST_TEXT)
    assert is_too_long(sign * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    ("sign", "stands_for"), [("\ufdfa", 18), ("\u2a76", 3), ("\u2047", 2), ("\u0130", 2), ("\ufb03", 3)]
)
def test_a_sign_counts_as_many_times_as_it_stands_for_others(sign: str, stands_for: int) -> None:
    assert not is_too_long(sign * (LONGEST_TEXT // stands_for))
    assert is_too_long(sign * (LONGEST_TEXT // stands_for + 1))


@given(st.text(max_size=60), st.integers(1, 60))
def test_what_is_not_too_long_never_becomes_so(text: str, times: int) -> None:
    said = (text * times)[: LONGEST_TEXT + 1]
    if not is_too_long(said):
        assert len(unicodedata.normalize("NFKC", said).lower()) <= LONGEST_TEXT


def test_the_description_of_the_website_channel_names_the_same_number() -> None:
    said = DESCRIPTION["components"]["schemas"]["UserMessage"]["properties"]
    assert said["text"]["maxLength"] == said["payload"]["maxLength"] == LONGEST_TEXT


async def answer_to(text: str) -> list[str]:
    """Return the answer to a message that nothing can read."""
    agent = Mock()
    agent.maintenance.is_up.return_value = False
    agent.processor.fetch_tracker_and_update_session.side_effect = AssertionError("it was read")
    message = UserMessage(text, CollectedOutput(), "terminal-1", input_channel="terminal")
    return [said["text"] for said in await take_turn(agent, message)]


@pytest.mark.parametrize("text", ["x" * 1001, "\ufdfa" * 1000])
async def test_no_channel_gets_a_longer_one_read(text: str) -> None:
    assert await answer_to(text) == [too_long()["text"]]


async def test_what_keeps_a_slash_from_being_a_command_does_not_count() -> None:
    with pytest.raises(Exception, match="storage does not answer"):  # it went on to be read
        await answer_to(as_plain_text("/" + "x" * 999))
