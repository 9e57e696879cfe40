"""Conversion of answers to mrkdwn, and of Slack's text to plain text."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.channels.slack.blocks.text import (
    filled,
    mentioned,
    message_mrkdwn,
    mrkdwn,
    plain,
    quoted,
    slack_date,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It **feels** like that.", "It *feels* like that."),
        ("- one\n- two - three", "• one\n• two - three"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("**A**: b", "*A*: b"),
        ("un**believ**able", "un\u200b*believ*\u200bable"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
    ],
)
def test_an_answer_is_written_as_slack_writes_it(text: str, shown: str) -> None:
    assert mrkdwn(text) == shown


def phone(text: str, number: str) -> dict[str, str]:
    """As the contract's metadata have it."""
    return {"text": text, "number": number, "kind": "emergency"}


@pytest.mark.parametrize("number", ["000", "111", "061", "110", "15"])
def test_a_number_that_can_be_called_is_a_link_whichever_it_is(number: str) -> None:
    shown = mrkdwn(f"**Call the emergency number now: {number}.** Day 3, SPF 30.", [phone(number, number)])
    assert shown == f"*Call the emergency number now: <tel:{number}|{number}>.* Day 3, SPF 30."


def test_a_national_number_is_dialled_without_its_blanks() -> None:
    shown = mrkdwn("Call Ana on 020 7946 0123.", [phone("020 7946 0123", "02079460123")])
    assert shown == "Call Ana on <tel:02079460123|020 7946 0123>."
    assert plain(shown) == "Call Ana on 020 7946 0123."


@pytest.mark.parametrize("text", ["1120 and +112", "https://clinic.example/112", "112th"])
def test_a_number_inside_something_else_is_no_link(text: str) -> None:
    assert mrkdwn(text, [phone("112", "112")]) == text


def test_the_text_of_a_message_links_what_its_metadata_name() -> None:
    message = {"text": "Call 000.", "metadata": {"phones": [phone("000", "000")]}}
    assert message_mrkdwn(message) == "Call <tel:000|000>."
    assert message_mrkdwn({"text": "Call 000.", "metadata": {}}) == "Call 000."


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("<@U0BOT> does it hurt?", "does it hurt?"),
        ("<@U0BOT|micro> ask <@U2> about <#C1|skin>", "ask about #skin"),
        (
            "see <https://example.org/a?b=1&amp;c=2|this> or <https://example.org>",
            "see this or https://example.org",
        ),
        ("write to <mailto:a@example.org|a@example.org>", "write to a@example.org"),
        ("<!here> <!subteam^S1|@staff> is 5 &lt; 6 &amp; 7", "is 5 < 6 & 7"),
        ("on <!date^1700000000^{date}|14 Nov>", "on 14 Nov"),
        ("¿Duele? 痛いですか هل تؤلم", "¿Duele? 痛いですか هل تؤلم"),
        ("one\ntwo\x00three", "one\ntwo three"),
        ("&lt;@U2&gt; is typed", "<@U2> is typed"),
    ],
)
def test_what_people_type_is_read_without_slacks_notation(sent: str, words: str) -> None:
    assert plain(sent) == words


def test_mentions_are_found_in_order_and_only_where_they_are_real() -> None:
    assert mentioned("<@U2> and <@W3|name>, not &lt;@U4&gt; or @U5") == ["U2", "W3"]


def test_a_persons_words_format_nothing_in_a_sentence() -> None:
    sentence = filled("{user} asked **{question}**", user="<@U1>", question=quoted("*bold* _x_ `y`\n<!here>"))
    assert sentence == "&lt;".join(["<@U1> asked *∗bold∗ ＿x＿ ˋyˋ ", "!here&gt;*"])


def test_a_date_is_shown_in_everybodys_own_zone() -> None:
    moment = datetime(2026, 11, 19, 15, 0, tzinfo=ZoneInfo("Europe/Madrid"))
    assert slack_date(moment) == "<!date^1795096800^{date_short_pretty}, {time}|19 Nov 2026, 15:00>"
