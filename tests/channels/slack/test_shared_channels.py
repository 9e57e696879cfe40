"""Slack Connect: a person is the same in channels shared with another workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.server.storage.tracker_store import ConversationStore
from testbed.slack import OTHER_TEAM, FakeSlack, Person, titles
from tests.channels.slack.looks import words
from tests.channels.slack.test_deletion import MARKER, deletes, kept
from tests.channels.slack.test_timeline import ASKING, DATE, two_days_ago
from tests.servers import RunningAssistant

UNCLEAR = "whats best"
NOT_YOURS = "belong to the person who asked"


@pytest.fixture(params=["a member of this workspace", "a member of the other workspace"])
def somebody(request: pytest.FixtureRequest, slack: FakeSlack) -> Person:
    if "other" in request.param:
        return slack.person("Carla", "Europe/Rome", team=OTHER_TEAM)
    return slack.person("Anna", "Europe/Madrid")


def test_a_press_by_the_person_who_asked_is_taken(slack: FakeSlack, somebody: Person) -> None:
    asked = somebody.mentions(UNCLEAR, slack.shared_channel(somebody))
    offered = slack.answer_to(asked)
    answer = slack.answer_to(somebody.presses(offered, titles(offered.blocks)[0]))
    assert NOT_YOURS not in words(answer)


def test_a_rating_by_the_person_who_asked_is_taken(slack: FakeSlack, somebody: Person) -> None:
    answer = slack.answer_to(somebody.mentions("does it hurt", slack.shared_channel(somebody)))
    assert "noted" in words(slack.answer_to(somebody.rates(answer, up=True)))


def test_a_date_picked_by_the_person_who_asked_is_taken(slack: FakeSlack, somebody: Person) -> None:
    picker = slack.answer_to(somebody.mentions(ASKING, slack.shared_channel(somebody)))
    assert DATE.search(str(slack.answer_to(somebody.picks(picker, two_days_ago())).blocks))


def test_the_date_that_was_told_in_the_channel_is_known_to_the_next_question_in_its_thread(
    slack: FakeSlack, somebody: Person
) -> None:
    channel = slack.shared_channel(somebody)
    asked = somebody.mentions("i had it 3 days ago", channel)
    slack.answer_to(asked)
    assert slack.answer_to(somebody.says("can i put on make up", channel, thread=asked.thread))


def test_deleting_in_the_home_tab_leaves_nothing(
    slack: FakeSlack, somebody: Person, assistant_in_slack: RunningAssistant
) -> None:
    channel = slack.shared_channel(somebody)
    question = f"does it hurt, {MARKER}? i had mine yesterday"
    for action in (
        somebody.says(question),
        somebody.mentions(question, channel),
        somebody.types(f"/microneedling {question}", channel),
    ):
        slack.answer_to(action)
    somebody.opens_home()
    slack.wait_until(lambda: somebody.user.id in slack.workspace.homes, "the Home tab")
    deletes(slack, somebody)
    assert MARKER.encode() not in kept(assistant_in_slack)
    assert ids_of(assistant_in_slack.state_dir, somebody) == []


def test_what_was_stored_under_the_other_workspace_is_deleted_too(
    slack: FakeSlack, somebody: Person, assistant_in_slack: RunningAssistant
) -> None:
    slack.answer_to(somebody.says("hello"))
    move_to_the_other_workspace(assistant_in_slack.state_dir, somebody)
    deletes(slack, somebody)
    assert ids_of(assistant_in_slack.state_dir, somebody) == []


def ids_of(state_dir: Path, person: Person) -> list[str]:
    store = ConversationStore(db=str(state_dir / "conversations.db"))
    found = store.kept(ending=f"-{person.user.id}")
    store.engine.dispose()
    return found


def move_to_the_other_workspace(state_dir: Path, person: Person) -> None:
    """As it was stored before the workspace was read from the authorization."""
    (own,) = ids_of(state_dir, person)
    store = ConversationStore(db=str(state_dir / "conversations.db"))
    with store.engine.begin() as connection:
        for table in ("events", "heard_messages"):
            connection.exec_driver_sql(
                f"UPDATE {table} SET sender_id = ? WHERE sender_id = ?",
                (f"slack-{OTHER_TEAM}-C9-1-{person.user.id}", own),
            )
    store.engine.dispose()
