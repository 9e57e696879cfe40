"""Reminders as Slack's scheduled messages: set, listed, moved, cancelled, and deleted with the person's data."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.channels.slack.looks import words
from tests.channels.slack.test_home import changed, home_of, sets_date
from tests.channels.slack.test_timeline import ASKING, DAY, timeline_of, two_days_ago
from tests.fakes.slack import FakeSlack, Person, titles

pytestmark = pytest.mark.dated


def scheduled(slack: FakeSlack, person: Person) -> list[dict[str, Any]]:
    """What is to come in the person's DM, the earliest first."""
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
    assert words(told).count("<!date^") == len(scheduled(slack, anna)) > 0


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
    assert titles(second["blocks"]).count("Cancel") == len(scheduled(slack, anna)) > 0
    anna.presses_in_home("Cancel all")
    third = changed(slack, anna, second)
    assert scheduled(slack, anna) == []
    assert "Cancel" not in titles(third["blocks"])


def test_without_a_date_there_is_nothing_to_remind_of(slack: FakeSlack, anna: Person) -> None:
    told = slack.answer_to(anna.says("remind me"))
    assert scheduled(slack, anna) == []
    assert "treatment" in told.text
