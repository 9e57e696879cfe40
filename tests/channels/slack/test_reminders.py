"""Reminders as Slack's scheduled messages: set, listed, moved, cancelled, and deleted with the person's data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from testbed.slack import FakeSlack, Person, titles
from testbed.slack.failures import BROKEN_AFTERWARDS
from tests.channels.slack.looks import words
from tests.channels.slack.test_home import changed, home_of, sets_date
from tests.channels.slack.test_timeline import ASKING, DAY, hours_ago, timeline_of, two_days_ago

pytestmark = pytest.mark.dated


def scheduled(slack: FakeSlack, person: Person) -> list[dict[str, Any]]:
    """Return the scheduled messages of the person's DM, the earliest first."""
    known = list(slack.workspace.scheduled.values())  # Slack goes on meanwhile, in a thread of its own
    own = [each for each in known if each["channel_id"] == person.dm.id]
    return sorted(own, key=lambda each: each["post_at"])


def reminded(slack: FakeSlack, person: Person, moment: int) -> list[dict[str, Any]]:
    """With a date and reminders, both set in the Home tab."""
    home_of(slack, person)
    home = sets_date(slack, person, "Set the treatment date", moment)
    person.presses_in_home("Remind me")
    changed(slack, person, home)
    assert scheduled(slack, person)
    return scheduled(slack, person)


def test_the_button_of_a_timeline_sets_them(slack: FakeSlack, anna: Person) -> None:
    told = slack.answer_to(anna.presses(timeline_of(slack, anna, two_days_ago()), "Remind me"))
    assert words(told).count("• <!date^") == len(scheduled(slack, anna)) > 0


def test_the_coming_steps_are_scheduled(slack: FakeSlack, anna: Person) -> None:
    moment = two_days_ago()
    reminders = reminded(slack, anna, moment)
    assert all(time.time() < each["post_at"] <= moment + 119 * DAY for each in reminders)
    assert len({each["text"] for each in reminders}) == len(reminders)


def test_nobody_is_woken(slack: FakeSlack, anna: Person, berta: Person) -> None:
    for person, zone in ((anna, "Europe/Madrid"), (berta, "America/New_York")):
        for each in reminded(slack, person, two_days_ago()):
            hour = datetime.fromtimestamp(each["post_at"], ZoneInfo(zone)).hour
            assert 8 <= hour <= 22


def test_asking_twice_schedules_once(slack: FakeSlack, anna: Person) -> None:
    once = reminded(slack, anna, two_days_ago())
    slack.answer_to(anna.says("remind me"))
    slack.settle()
    twice = scheduled(slack, anna)
    assert [(each["post_at"], each["text"]) for each in twice] == [
        (each["post_at"], each["text"]) for each in once
    ]


def test_they_are_listed_and_cancelled_one_by_one(slack: FakeSlack, anna: Person) -> None:
    reminders = reminded(slack, anna, two_days_ago())
    listed = slack.answer_to(anna.says("my reminders"))
    assert words(listed).count("<!date^") == len(reminders)
    slack.answer_to(anna.presses(listed, "Cancel"))
    slack.wait_until(lambda: len(scheduled(slack, anna)) == len(reminders) - 1, "one less")


def test_all_of_them_are_cancelled(slack: FakeSlack, anna: Person) -> None:
    reminded(slack, anna, two_days_ago())
    told = slack.answer_to(anna.says("cancel my reminders"))
    assert scheduled(slack, anna) == []
    assert "no reminders" in told.text
    assert "no reminders" in slack.answer_to(anna.says("my reminders")).text


def test_a_corrected_date_moves_them(slack: FakeSlack, anna: Person) -> None:
    moment = two_days_ago()
    before = reminded(slack, anna, moment)
    timeline_of_correction = slack.answer_to(anna.says("no, I was treated yesterday at 3 pm"))
    assert timeline_of_correction
    slack.wait_until(lambda: scheduled(slack, anna) != before, "moved reminders")
    slack.settle()
    after = scheduled(slack, anna)
    assert {each["id"] for each in before} & {each["id"] for each in after} == set()
    assert {each["post_at"] for each in before} != {each["post_at"] for each in after}


def test_they_go_with_ones_data(slack: FakeSlack, anna: Person) -> None:
    reminded(slack, anna, two_days_ago())
    before = home_of(slack, anna)
    anna.presses_in_home("Delete my data")
    changed(slack, anna, before)
    assert scheduled(slack, anna) == []


def test_from_a_channel_they_come_in_the_dm(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    picker = slack.answer_to(anna.mentions(ASKING, channel))
    timeline = slack.answer_to(anna.picks(picker, two_days_ago()))
    told = slack.answer_to(anna.presses(timeline, "Remind me"))
    assert told.seen_by == anna.user.id
    assert scheduled(slack, anna)
    assert not [each for each in slack.workspace.scheduled.values() if each["channel_id"] == channel.id]


def test_in_the_home_tab_they_are_set_listed_and_cancelled(slack: FakeSlack, anna: Person) -> None:
    timeline_of(slack, anna, two_days_ago())
    first = home_of(slack, anna)
    anna.presses_in_home("Remind me")
    second = changed(slack, anna, first)
    assert titles(second["blocks"]).count("Cancel") == min(4, len(scheduled(slack, anna))) > 0
    anna.presses_in_home("Cancel all")
    third = changed(slack, anna, second)
    assert scheduled(slack, anna) == []
    assert "Cancel" not in titles(third["blocks"])


def test_without_a_date_there_is_nothing_to_remind_of(slack: FakeSlack, anna: Person) -> None:
    told = slack.answer_to(anna.says("remind me"))
    assert scheduled(slack, anna) == []
    assert "treatment" in told.text


def test_they_also_come_when_something_is_over(slack: FakeSlack, anna: Person) -> None:
    moment = hours_ago()
    over = [each for each in reminded(slack, anna, moment) if each["text"].startswith("✅")]
    assert any("make-up" in each["text"].lower() for each in over)
    assert all(moment + DAY <= each["post_at"] <= moment + 8 * DAY for each in over)


@pytest.fixture
def naming(slack: FakeSlack) -> Iterator[FakeSlack]:
    """Slack turns the signs of scheduled messages into names."""
    slack.workspace.emoji_names = {"⏰": ":alarm_clock:", "✅": ":white_check_mark:"}
    yield slack
    slack.workspace.emoji_names = {}


@pytest.mark.parametrize("asked", ["show my timeline", "remind me", "when can i wear make-up"])
def test_asking_again_changes_nothing_whatever_slack_makes_of_the_signs(
    naming: FakeSlack, anna: Person, asked: str
) -> None:
    once = reminded(naming, anna, hours_ago())
    said = anna.says(asked)
    naming.answer_to(said)
    naming.settle_slowly()
    assert scheduled(naming, anna) == once
    assert not any("has changed" in message.text for message in naming.answers_to(said))


def test_one_that_was_cancelled_stays_cancelled(slack: FakeSlack, anna: Person) -> None:
    reminders = reminded(slack, anna, hours_ago())
    listed = slack.answer_to(anna.says("my reminders"))
    slack.answer_to(anna.presses(listed, "Cancel"))
    slack.wait_until(lambda: len(scheduled(slack, anna)) == len(reminders) - 1, "one less")
    left = scheduled(slack, anna)
    slack.answer_to(anna.says("show my timeline"))
    slack.settle_slowly()
    assert scheduled(slack, anna) == left


@pytest.mark.parametrize(
    "text", ["stop", "Stop!", "turn off reminders", "unsubscribe", "please don't remind me any more"]
)
def test_they_stop_in_whatever_words(slack: FakeSlack, anna: Person, text: str) -> None:
    reminded(slack, anna, two_days_ago())
    told = slack.answer_to(anna.says(text))
    assert scheduled(slack, anna) == []
    assert "no reminders" in told.text
    assert "remind me" in told.text, "it says how to have them back"


def test_whoever_has_none_and_says_stop_says_it_to_the_assistant(slack: FakeSlack, anna: Person) -> None:
    assert "no reminders" not in slack.answer_to(anna.says("stop")).text


def test_whoever_says_stop_in_the_candidate_check_keeps_the_reminders(slack: FakeSlack, anna: Person) -> None:
    before = reminded(slack, anna, two_days_ago())
    slack.answer_to(anna.says("do the suitability check with me"))
    assert "no reminders" not in slack.answer_to(anna.says("stop")).text
    assert scheduled(slack, anna) == before


@pytest.mark.parametrize("days", [130, 150, 200])
def test_what_is_too_far_away_is_told_with_the_day_from_which_it_can_be_set(
    slack: FakeSlack, anna: Person, days: int
) -> None:
    far = datetime.now(ZoneInfo("Europe/Madrid")) + timedelta(days=days)
    slack.answer_to(anna.says(f"My session is on {far:%Y-%m-%d} at 10:00"))
    told = slack.answer_to(anna.says("remind me"))
    assert "120 days" in told.text
    assert "remind me" in told.text
    assert "<!date^" in words(told)
    assert scheduled(slack, anna) == []


PARTIAL: dict[str, list[int | str]] = {
    "the first": ["restricted_too_many"],
    "the second": [200, "restricted_too_many"],
    "another error": [200, "internal_error_of_another_kind"],
}


@pytest.mark.parametrize("name", PARTIAL)
def test_where_slack_does_not_take_all_of_them_those_of_before_stay(
    slack: FakeSlack, anna: Person, name: str
) -> None:
    before = reminded(slack, anna, two_days_ago())
    slack.failures.plan("chat.scheduleMessage", *PARTIAL[name], channel=anna.dm.id)
    corrected = anna.says("no, I was treated yesterday at 3 pm")
    slack.wait_until(lambda: len(slack.answers_to(corrected)) == 2, "the answer and the notice")
    assert scheduled(slack, anna) == before
    assert "as they were" in slack.answers_to(corrected)[1].text
    slack.answer_to(anna.says("remind me"))
    assert scheduled(slack, anna) != before


def test_where_slack_takes_none_at_first_none_is_left_over(slack: FakeSlack, anna: Person) -> None:
    timeline = timeline_of(slack, anna, two_days_ago())
    slack.failures.plan("chat.scheduleMessage", 200, "restricted_too_many", channel=anna.dm.id)
    told = slack.answer_to(anna.presses(timeline, "Remind me"))
    assert "try again" in told.text
    assert scheduled(slack, anna) == []


def test_one_whose_answer_was_lost_is_not_set_twice(slack: FakeSlack, anna: Person) -> None:
    timeline = timeline_of(slack, anna, two_days_ago())
    slack.failures.plan("chat.scheduleMessage", BROKEN_AFTERWARDS, channel=anna.dm.id)
    slack.answer_to(anna.presses(timeline, "Remind me"))
    set_ = [(each["post_at"], each["text"]) for each in scheduled(slack, anna)]
    assert len(set(set_)) == len(set_) > 0
