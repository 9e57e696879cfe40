"""Forgetting a date removes the timeline and the reminders from Slack, too."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from testbed.slack import FakeSlack, Message, Person, titles
from tests.servers import RunningAssistant


def with_reminders(slack: FakeSlack, person: Person) -> Message:
    timeline = slack.answer_to(person.says("I was treated this morning"))
    slack.answer_to(person.presses(timeline, "Remind me"))
    assert scheduled_for(slack, person)
    return timeline


def scheduled_for(slack: FakeSlack, person: Person) -> list[str]:
    return [id for id, message in slack.workspace.scheduled.items() if person.dm.id in str(message)]


def test_a_date_that_is_forgotten_takes_the_reminders_and_the_timeline_with_it(
    slack: FakeSlack, anna: Person
) -> None:
    with_reminders(slack, anna)
    slack.answer_to(anna.says("forget my date"))
    slack.settle_slowly()
    assert scheduled_for(slack, anna) == []
    anna.opens_home()
    slack.wait_until(lambda: anna.user.id in slack.workspace.homes, "the Home tab")
    home = slack.workspace.homes[anna.user.id]
    assert "Set the treatment date" in titles(home["blocks"])
    assert "<!date" not in json.dumps(home)


def test_deleting_ones_data_leaves_nothing_of_any_conversation(
    slack: FakeSlack, assistant_in_slack: RunningAssistant, anna: Person, berta: Person
) -> None:
    channel = slack.channel(anna, berta)
    with_reminders(slack, anna)
    slack.answer_to(anna.mentions("does it hurt", channel))
    slack.answer_to(anna.types("/microneedling does it hurt", channel))
    slack.answer_to(berta.mentions("does it hurt", channel))
    asked = slack.answer_to(anna.says("delete my data"))
    assert kept(assistant_in_slack, anna)
    slack.answer_to(anna.presses(asked, "Delete my data"))
    assert kept(assistant_in_slack, anna) == []
    assert kept(assistant_in_slack, berta)
    assert scheduled_for(slack, anna) == []


def kept(assistant: RunningAssistant, person: Person) -> list[str]:
    with closing(sqlite3.connect(assistant.state_dir / "conversations.db")) as database:
        rows = database.execute("SELECT DISTINCT sender_id FROM events").fetchall()
    return [sender for (sender,) in rows if sender.endswith(f"-{person.user.id}")]
