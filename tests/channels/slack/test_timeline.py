"""The personal timeline: set by date picker, shown in the reader's time zone, visible to the person only."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from testbed.slack import FakeSlack, Message, Person, first_element, titles
from testbed.slack.mrkdwn import written_in
from tests.channels.slack.looks import contexts, kinds, words

pytestmark = pytest.mark.dated

ASKING = "show me my timeline"
HOUR, DAY = 3600, 24 * 3600
DATE = re.compile(r"<!date\^(\d+)\^")


def two_days_ago() -> int:
    """At a full hour, as people pick."""
    return int(time.time()) // HOUR * HOUR - 2 * DAY


def hours_ago() -> int:
    """While what takes 24 hours still holds."""
    return two_days_ago() + DAY + 12 * HOUR


def a_week_after(moment: int, person: Person) -> int:
    """By the person's clock, which may have been changed in between."""
    local = datetime.fromtimestamp(moment, ZoneInfo(str(person.user.timezone)))
    return int((local + timedelta(days=7)).timestamp())


def timeline_of(slack: FakeSlack, person: Person, moment: int) -> Message:
    """By the words that a picker says, in the DM."""
    local = datetime.fromtimestamp(moment, ZoneInfo(str(person.user.timezone)))
    way = "I was treated" if moment < time.time() else "My session is"
    return slack.answer_to(person.says(f"{way} on {local:%Y-%m-%d} at {local:%H:%M}"))


def test_a_date_picker_leads_to_the_timeline(slack: FakeSlack, anna: Person) -> None:
    asked = slack.answer_to(anna.says(ASKING))
    assert first_element(asked.blocks, "datetimepicker")
    timeline = slack.answer_to(anna.picks(asked, two_days_ago()))
    groups = [text.split("*")[1] for text in written_in(timeline.blocks) if "*" in text]
    assert [group for group in groups if group in ("Leave off", "Do", "Normal now")] == ["Leave off", "Do"]
    assert DATE.search(words(timeline))
    assert "Remind me" in titles(timeline.blocks)


def test_a_date_that_is_picked_later_still_leads_to_the_timeline(slack: FakeSlack, anna: Person) -> None:
    asked = slack.answer_to(anna.says(ASKING))
    slack.answer_to(anna.says("does it hurt"))
    timeline = slack.answer_to(anna.picks(asked, two_days_ago()))
    assert str(a_week_after(two_days_ago(), anna)) in DATE.findall(words(timeline))


def test_a_question_after_a_timeline_does_not_post_it_again(slack: FakeSlack, anna: Person) -> None:
    slack.answer_to(anna.says("I was treated yesterday at 3 pm"))
    for said in ("where are you", "what's your address", "ok"):
        assert not DATE.search(words(slack.answer_to(anna.says(said)))), said


def test_the_picker_gives_way_to_what_was_picked(slack: FakeSlack, anna: Person) -> None:
    asked = slack.answer_to(anna.says(ASKING))
    moment = two_days_ago()
    slack.answer_to(anna.picks(asked, moment))
    local = datetime.fromtimestamp(moment, ZoneInfo("Europe/Madrid"))
    assert "datetimepicker" not in str(asked.blocks)
    assert any(f"{local:%H:%M}" in text for text in contexts(asked))


def test_the_moment_that_was_picked_is_the_moment_that_counts(
    slack: FakeSlack, anna: Person, berta: Person
) -> None:
    """In whichever time zone the person lives; what depends on days ends with theirs."""
    moment = hours_ago()
    for person in (anna, berta):
        asked = slack.answer_to(person.says(ASKING))
        moments = DATE.findall(words(slack.answer_to(person.picks(asked, moment))))
        assert str(moment + DAY) in moments, "something ends after 24 hours"


def test_dates_are_shown_in_the_zone_of_whoever_reads_them(slack: FakeSlack, anna: Person) -> None:
    timeline = timeline_of(slack, anna, two_days_ago())
    controls = re.findall(r"<!date\^\d+\^[^|>]*\{time\}[^|>]*\|[^>]+>", words(timeline))
    assert len(controls) == len(DATE.findall(words(timeline)))


def test_a_session_to_come_is_counted_down_to(slack: FakeSlack, anna: Person) -> None:
    timeline = timeline_of(slack, anna, two_days_ago() + 12 * DAY)
    assert "Next:" in words(timeline)
    before = anna.presses(timeline, "More")
    assert "○" in words(slack.answer_to(before))


def test_a_date_in_words_does_as_well(slack: FakeSlack, anna: Person) -> None:
    timeline = slack.answer_to(anna.says("I was treated yesterday at 3 pm"))
    assert DATE.search(words(timeline))


def test_in_a_channel_it_is_for_one_persons_eyes(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    asked = anna.mentions(ASKING, channel)
    picker = slack.answer_to(asked)
    timeline = slack.answer_to(anna.picks(picker, two_days_ago()))
    slack.settle()
    assert picker.seen_by == anna.user.id
    assert timeline.seen_by == anna.user.id
    assert DATE.search(words(timeline))
    seen_by_all = [
        m for m in slack.workspace.messages if m.channel == channel.id and m.is_bots and not m.seen_by
    ]
    assert seen_by_all == []


def test_what_is_fine_by_ones_own_date_is_for_one_persons_eyes(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    first = anna.mentions("I was treated yesterday at 3 pm", channel)
    slack.answer_to(first)
    answer = slack.answer_to(anna.says("can i wear make-up now?", channel, thread=first.thread))
    slack.settle()
    shown = [m for m in slack.answers_to(first) if not m.seen_by]
    assert answer.seen_by == anna.user.id
    assert not DATE.search("".join(words(message) for message in shown))


def test_a_date_from_the_dm_is_not_used_in_a_channel(slack: FakeSlack, anna: Person) -> None:
    timeline_of(slack, anna, two_days_ago())
    channel = slack.channel(anna)
    answer = slack.answer_to(anna.mentions("can i wear make-up now?", channel))
    assert not DATE.search(words(answer))


def test_the_slash_command_keeps_a_timeline_to_oneself(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    asked = slack.answer_to(anna.types(f"/microneedling {ASKING}", channel))
    assert "Share in this channel" not in titles(asked.blocks)
    timeline = slack.answer_to(anna.picks(asked, two_days_ago()))
    assert timeline.seen_by == anna.user.id
    assert "Share in this channel" not in titles(timeline.blocks)


def test_the_calendar_comes_as_a_file_where_there_is_no_public_address(
    slack: FakeSlack, anna: Person
) -> None:
    timeline = timeline_of(slack, anna, two_days_ago())
    sent = slack.answer_to(anna.presses(timeline, "Calendar file"))
    slack.wait_until(lambda: any(m.files for m in slack.answers_to_dm(anna)), "the file")
    (file,) = [m.files[0] for m in slack.answers_to_dm(anna) if m.files]
    content: bytes = slack.workspace.files[file["id"]]["content"]
    assert sent
    assert file["name"].endswith(".ics")
    assert content.startswith(b"BEGIN:VCALENDAR")
    assert content.count(b"BEGIN:VEVENT") > 3


def test_from_a_channel_the_calendar_comes_into_the_dm(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    picker = slack.answer_to(anna.mentions(ASKING, channel))
    timeline = slack.answer_to(anna.picks(picker, two_days_ago()))
    anna.presses(timeline, "Calendar file")
    slack.wait_until(lambda: any(m.files for m in slack.answers_to_dm(anna)), "the file in the DM")
    slack.settle()
    assert not [m for m in slack.workspace.messages if m.channel == channel.id and m.files]


def test_a_timeline_is_within_the_limits_and_has_no_feedback_twice(slack: FakeSlack, anna: Person) -> None:
    timeline = timeline_of(slack, anna, two_days_ago())
    assert len(timeline.blocks) <= 12
    assert kinds(timeline).count("context_actions") <= 1


def test_all_steps_are_shown_on_demand_below_the_timeline(slack: FakeSlack, anna: Person) -> None:
    timeline = timeline_of(slack, anna, two_days_ago())
    assert "✓" not in words(timeline)
    more = slack.answer_to(anna.presses(timeline, "More"))
    assert more.thread_ts == timeline.ts
    assert all(sign in words(more) for sign in ("✓", "▶", "○", "[1]"))
    assert "More" in titles(timeline.blocks), "it can be read again"


def test_more_in_a_channel_is_for_one_persons_eyes(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    picker = slack.answer_to(anna.mentions(ASKING, channel))
    timeline = slack.answer_to(anna.picks(picker, two_days_ago()))
    assert slack.answer_to(anna.presses(timeline, "More")).seen_by == anna.user.id
