""" "Delete my data" deletes everything of one person, everywhere, and nothing of anybody else."""

from __future__ import annotations

from testbed.slack import FakeSlack, Person
from tests.channels.slack.looks import choices, words
from tests.channels.slack.test_home import changed, home_of
from tests.servers import RunningAssistant

RED = "How long will my skin stay red?"
MARKER = "gooseberry"


def deletes(slack: FakeSlack, person: Person) -> None:
    """In the Home tab."""
    before = home_of(slack, person)
    person.presses_in_home("Delete my data")
    changed(slack, person, before)


def kept(assistant: RunningAssistant) -> bytes:
    """Everything in the state directory."""
    return b"".join(path.read_bytes() for path in assistant.state_dir.rglob("*") if path.is_file())


def test_not_a_word_of_it_is_left_on_the_disk(
    slack: FakeSlack, anna: Person, assistant_in_slack: RunningAssistant
) -> None:
    channel = slack.channel(anna)
    question = f"does it hurt, {MARKER}"
    for action in (
        anna.says(question),
        anna.mentions(question, channel),
        anna.types(f"/microneedling {question}", channel),
    ):
        slack.answer_to(action)
    assert MARKER.encode() in kept(assistant_in_slack)
    deletes(slack, anna)
    assert MARKER.encode() not in kept(assistant_in_slack)


def test_threads_are_forgotten_too(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    asked = anna.mentions(RED, channel)
    offered = slack.answer_to(asked)
    deletes(slack, anna)
    reply = anna.says("does it hurt", channel, thread=asked.thread)
    told = slack.answer_to(anna.presses(offered, choices(offered)[-1]))
    slack.settle()
    assert told.seen_by == anna.user.id
    assert [message for message in slack.answers_to(reply) if not message.seen_by] == []


def test_nobody_elses_data_is_touched(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    asked = anna.mentions(RED, channel)
    slack.answer_to(asked)
    offered = slack.answer_to(berta.mentions(RED, channel, thread=asked.thread))
    deletes(slack, anna)
    slack.answer_to(berta.presses(offered, choices(offered)[-1]))
    assert choices(offered) == []


def test_who_deletes_can_begin_anew(slack: FakeSlack, anna: Person) -> None:
    slack.answer_to(anna.says(RED))
    deletes(slack, anna)
    assert "red" in words(slack.answer_to(anna.says(RED)))
