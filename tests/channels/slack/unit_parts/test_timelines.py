"""The timeline in Slack: step states and times of reminders."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from assistant.channels.slack.blocks.answer import parts_of
from assistant.channels.slack.blocks.ids import Ids
from assistant.channels.slack.blocks.posts import posts_of
from assistant.channels.slack.blocks.timeline import Step, Timeline, last_timeline, timeline_in
from assistant.channels.slack.reminders import due
from assistant.server.storage.slack_ids import ConversationRef

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)
PLACE = ConversationRef("T1", "U1", "dm", "D1")


def card(*steps: dict[str, Any]) -> dict[str, Any]:
    timeline = {"type": "timeline", "treated_at": "2026-11-19T15:00:00+01:00", "steps": list(steps)}
    return {
        "text": "Yours:\n\n- a",
        "custom": {**timeline, "calendar_url": "/webhooks/website/calendar/x.ics"},
    }


def step(hours: float | None, end: float | None = None, title: str = "Step") -> Step:
    starts = None if hours is None else NOW + timedelta(hours=hours)
    return Step(title, "Why.", starts, None if end is None else NOW + timedelta(hours=end))


def timeline(*steps: Step) -> Timeline:
    return Timeline("2026-11-19T15:00:00+01:00", steps)


def test_a_step_is_over_once_it_has_ended() -> None:
    assert [s.state(NOW) for s in (step(-9, -1), step(-1, 1), step(1, 2), step(None, 2), step(None))] == [
        "past",
        "now",
        "upcoming",
        "now",
        "now",
    ]


def test_the_last_timeline_counts() -> None:
    first, second = card(), card({"title": "New"})
    found = last_timeline([first, {"text": "x"}, second, {"text": "y", "custom": {"type": "ask_date"}}])
    assert found == timeline_in(second)
    assert last_timeline([{"text": "x"}]) is None


def test_there_is_a_reminder_for_each_step_that_is_to_come() -> None:
    found = due(timeline(step(48, title="B"), step(24, title="A"), step(-1), step(None, 5)), NOW, "UTC")
    assert [(r.at - NOW.timestamp(), r.text) for r in found] == [
        (24 * 3600, "⏰ *A*\nWhy."),
        (48 * 3600, "⏰ *B*\nWhy."),
    ]


def test_nobody_is_reminded_at_night_or_later_than_slack_can() -> None:
    found = due(timeline(step(11), step(16), step(24 * 130)), NOW, "UTC")  # 23:00, 04:00, next spring
    morning = datetime(2026, 11, 21, 8, 0, tzinfo=timezone.utc)
    assert [r.at for r in found] == [int(morning.timestamp())]


def test_night_is_where_the_person_is() -> None:
    (found,) = due(timeline(step(11)), NOW, "America/New_York")  # 18:00 there
    assert found.at == int((NOW + timedelta(hours=11)).timestamp())


def test_dates_are_in_slacks_own_format_and_the_calendar_is_a_link_where_it_has_an_address() -> None:
    message = card({"title": "No make-up", "detail": "**24** h", "starts_at": "2026-11-19T15:00:00+01:00"})
    (post,) = posts_of(parts_of([message]), Ids(PLACE, "1"), "https://a.example/x.ics")
    assert "<!date^1795096800^" in post.blocks[1]["text"]["text"]
    links = [e.get("url") for b in post.blocks if b["type"] == "actions" for e in b["elements"]]
    assert links == [None, "https://a.example/x.ics"]
    (post,) = posts_of(parts_of([message]), Ids(PLACE, "1"), None)
    assert [e["action_id"] for e in post.blocks[-1]["elements"]] == ["remind", "calendar"]
