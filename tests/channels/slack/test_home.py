"""The App Home tab: help, timeline, reminders and data deletion."""

from __future__ import annotations

from typing import Any

import pytest

from testbed.slack import FakeSlack, Person, titles
from testbed.slack.failures import TOO_MANY
from tests.channels.slack.looks import words_of_view
from tests.channels.slack.test_timeline import ASKING, DATE, DAY, hours_ago, timeline_of, two_days_ago

pytestmark = pytest.mark.dated


def home_of(slack: FakeSlack, person: Person) -> dict[str, Any]:
    """The tab, once it was published anew."""
    before = slack.workspace.homes.get(person.user.id)
    person.opens_home()
    return changed(slack, person, before)


def changed(slack: FakeSlack, person: Person, before: dict[str, Any] | None) -> dict[str, Any]:
    """The tab as soon as it is another one."""
    slack.wait_until(lambda: slack.workspace.homes.get(person.user.id) is not before, "the Home tab")
    return slack.workspace.homes[person.user.id]


def sets_date(slack: FakeSlack, person: Person, title: str, moment: int) -> dict[str, Any]:
    """By the modal; the tab that follows."""
    before = slack.workspace.homes[person.user.id]
    known = set(slack.workspace.views)
    person.presses_in_home(title)
    slack.wait_until(lambda: bool(set(slack.workspace.views) - known), "the modal")
    (modal,) = set(slack.workspace.views) - known
    person.submits(slack.workspace.views[modal], moment)
    return changed(slack, person, before)


def test_it_says_what_the_assistant_can_do(slack: FakeSlack, anna: Person) -> None:
    home = home_of(slack, anna)
    assert "/microneedling" in words_of_view(home)
    assert {"Set the treatment date", "Delete my data"} <= set(titles(home["blocks"]))


def test_the_date_is_set_in_a_modal_and_the_timeline_appears(slack: FakeSlack, anna: Person) -> None:
    assert not DATE.search(words_of_view(home_of(slack, anna)))
    home = sets_date(slack, anna, "Set the treatment date", two_days_ago())
    assert DATE.search(words_of_view(home))
    assert all(group in words_of_view(home) for group in ("Leave off", "Do"))
    assert {"Correct the treatment date", "Remind me"} <= set(titles(home["blocks"]))


def moments_of(home: dict[str, Any]) -> list[int]:
    return [int(found) for found in DATE.findall(words_of_view(home))]


def test_a_corrected_date_moves_the_timeline(slack: FakeSlack, anna: Person) -> None:
    """To where it is for somebody of the same zone who says the second date at once; what takes hours, by hours."""
    home_of(slack, anna)
    moment = hours_ago() - DAY // 4
    earlier = moments_of(sets_date(slack, anna, "Set the treatment date", moment))
    later = moments_of(sets_date(slack, anna, "Correct the treatment date", moment + DAY // 4))
    carla = slack.person("Carla", str(anna.user.timezone))
    home_of(slack, carla)
    assert later == moments_of(sets_date(slack, carla, "Set the treatment date", moment + DAY // 4))
    assert moment + DAY in earlier, "something ends after 24 hours"
    assert moment + DAY // 4 + DAY in later
    assert later != earlier


def test_it_shows_what_was_said_in_the_dm(slack: FakeSlack, anna: Person, berta: Person) -> None:
    timeline_of(slack, anna, two_days_ago())
    assert DATE.search(words_of_view(home_of(slack, anna)))
    assert not DATE.search(words_of_view(home_of(slack, berta)))


def test_deleted_is_deleted(slack: FakeSlack, anna: Person) -> None:
    timeline_of(slack, anna, two_days_ago())
    before = home_of(slack, anna)
    anna.presses_in_home("Delete my data")
    home = changed(slack, anna, before)
    assert not DATE.search(words_of_view(home))
    asked_again = slack.answer_to(anna.says(ASKING))
    assert "datetimepicker" in str(asked_again.blocks)


def test_buttons_of_before_a_deletion_are_worth_nothing(slack: FakeSlack, anna: Person) -> None:
    offered = slack.answer_to(anna.says("How long will my skin stay red?"))
    before = home_of(slack, anna)
    anna.presses_in_home("Delete my data")
    changed(slack, anna, before)
    told = slack.answer_to(anna.presses(offered, titles(offered.blocks)[0]))
    assert "isn't open any more" in told.text


def test_data_can_be_deleted_by_asking(slack: FakeSlack, anna: Person) -> None:
    timeline_of(slack, anna, two_days_ago())
    asked = slack.answer_to(anna.says("delete my data"))
    assert asked.blocks[-1]["elements"][-1]["confirm"]
    told = slack.answer_to(anna.presses(asked, titles(asked.blocks)[-1]))
    assert "deleted" in told.text
    assert not DATE.search(words_of_view(home_of(slack, anna)))


def test_it_is_short(slack: FakeSlack, anna: Person) -> None:
    timeline_of(slack, anna, two_days_ago())
    first = home_of(slack, anna)
    anna.presses_in_home("Remind me")
    home = changed(slack, anna, first)
    assert len(home["blocks"]) <= 20
    assert len(words_of_view(home)) < 3000


def test_the_dialog_opens_while_the_tab_is_still_being_published(slack: FakeSlack, anna: Person) -> None:
    home_of(slack, anna)
    slack.failures.retry_after = 4
    slack.failures.plan("views.publish", TOO_MANY)
    anna.opens_home()
    slack.wait_until(lambda: not slack.failures.planned.get("views.publish"), "the refusal")
    known = set(slack.workspace.views)
    anna.presses_in_home("Set the treatment date")
    slack.wait_until(
        lambda: any(
            slack.workspace.views[each]["type"] == "modal" for each in set(slack.workspace.views) - known
        ),
        "the dialog",
        seconds=3,
    )


@pytest.mark.parametrize("reason", ["expired", "used", "rate limit"])
def test_where_the_dialog_does_not_open_in_time_the_tab_says_how_to_go_on(
    slack: FakeSlack, anna: Person, reason: str
) -> None:
    before = home_of(slack, anna)
    if reason == "rate limit":
        slack.failures.retry_after = 30
        slack.failures.plan("views.open", TOO_MANY)
    else:
        slack.tickets.spoils = reason
    anna.presses_in_home("Set the treatment date")
    home = changed(slack, anna, before)
    if reason != "rate limit":
        assert "trigger_id" in slack.journal.complaints.pop()
    assert "I was treated on" in words_of_view(home)
    assert "Set the treatment date" in titles(home["blocks"])
