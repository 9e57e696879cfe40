"""The timeline in Slack: step states and times of reminders."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.channels.slack.blocks.answer import more_posts, parts_of, posts_of
from assistant.channels.slack.blocks.buttons import Ids
from assistant.channels.slack.blocks.timeline import Step, Timeline, last_timeline, summary, timeline_in
from assistant.channels.slack.reminders import Reminder, plan
from assistant.server.storage.slack_ids import ConversationRef

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)
TREATED = datetime(2026, 11, 19, 14, 0, tzinfo=timezone.utc)
UTC = timezone.utc
PLACE = ConversationRef("T1", "U1", "dm", "D1")


def card(*steps: dict[str, Any]) -> dict[str, Any]:
    timeline = {"type": "timeline", "treated_at": "2026-11-19T15:00:00+01:00", "steps": list(steps)}
    return {
        "text": "Yours:\n\n- a",
        "custom": {**timeline, "calendar_url": "/webhooks/website/calendar/x.ics"},
    }


def step(
    hours: float | None,
    end: float | None = None,
    title: str = "Step",
    group: str = "do",
    over: str | None = None,
) -> Step:
    starts = None if hours is None else NOW + timedelta(hours=hours)
    ends = None if end is None else NOW + timedelta(hours=end)
    return Step(title, "Why.", starts, ends, group=group, over=over)


def timeline(*steps: Step) -> Timeline:
    return Timeline(TREATED, steps)


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


def times(*reminders: Reminder) -> list[tuple[float, str]]:
    """Hours from now, and the text."""
    return [((r.at - NOW.timestamp()) / 3600, r.text) for r in reminders]


def test_there_is_a_reminder_for_what_begins_and_for_what_is_over() -> None:
    found = plan(
        timeline(
            step(48, title="B"),
            step(24, title="A"),
            step(-1, 30, "No make-up", "avoid", "Make-up is fine again"),
            step(None, 5),
        ),
        NOW,
        UTC,
    )
    assert times(*found.reminders) == [
        (24, "⏰ *A*\nWhy."),
        (30, "✅ *Make-up is fine again*"),
        (48, "⏰ *B*\nWhy."),
    ]


def test_nobody_is_reminded_of_the_treatment_itself_or_of_what_is_only_to_be_expected() -> None:
    begins = Step("No ice", "", TREATED, None, group="avoid")
    flaking = step(24, 48, "Flaking", "normal")
    early = TREATED - timedelta(hours=1)
    assert plan(timeline(begins, flaking), early, UTC).reminders == ()


def test_nobody_is_reminded_at_night() -> None:
    found = plan(timeline(step(11), step(16)), NOW, UTC)  # 23:00, 04:00
    morning = datetime(2026, 11, 21, 8, 0, tzinfo=timezone.utc)
    assert [r.at for r in found.reminders] == [int(morning.timestamp())]


def test_night_is_where_the_person_is() -> None:
    (found,) = plan(timeline(step(11)), NOW, ZoneInfo("America/New_York")).reminders  # 18:00 there
    assert found.at == int((NOW + timedelta(hours=11)).timestamp())


@pytest.mark.parametrize(("days", "in_days"), [([130], 11), ([130, 300], 11), ([7, 130], 11)])
def test_what_slack_does_not_schedule_yet_is_named_with_the_day_from_which_it_does(
    days: list[int], in_days: int
) -> None:
    found = plan(timeline(*(step(24 * day) for day in days)), NOW, UTC)
    assert len(found.reminders) == sum(day < 119 for day in days)
    assert found.later_from == NOW + timedelta(days=in_days)
    assert "120 days" in found.note("too_early")
    assert f"<!date^{int((NOW + timedelta(days=in_days)).timestamp())}^" in found.note("later")


def test_where_nothing_is_too_far_away_nothing_is_said_of_it() -> None:
    assert plan(timeline(step(24)), NOW, UTC).note("too_early") == ""


@pytest.mark.parametrize("sign", ["✅", ":white_check_mark:"])
def test_a_reminder_is_known_by_time_and_kind_whatever_slack_makes_of_its_text(sign: str) -> None:
    ours = Reminder(1, "✅ *Make-up is fine again*")
    assert Reminder(1, f"{sign} *Make-up is fine &amp; again*", "Q1").key == ours.key
    assert Reminder(1, ":alarm_clock: *Flaking*").key == Reminder(1, "⏰ *Flaking*").key
    assert len({ours.key, Reminder(2, ours.text).key, Reminder(1, "⏰ *Flaking*").key}) == 3


def now_and_later() -> Timeline:
    return timeline(
        step(-1, 23, "No make-up", "avoid", "Make-up is fine again"),
        step(-1, None, "No ice", "avoid"),
        step(-1, None, "No touching", "avoid"),
        step(-1, None, "Clean it gently"),
        step(-1, 23, "Redness", "normal"),
        step(48, 96, "Flaking", "normal"),
        step(-9, -2, "Long over", "normal"),
    )


def test_the_summary_says_the_next_change_and_three_groups_of_what_holds_now() -> None:
    following, *groups = summary(now_and_later(), NOW)
    assert "Make-up is fine again" in following
    assert f"<!date^{int((NOW + timedelta(hours=23)).timestamp())}^" in following
    assert [group.split("*")[1] for group in groups] == ["Leave off", "Do", "Normal now"]


def test_steps_without_an_end_share_a_line_and_others_come_first() -> None:
    leave_off = summary(now_and_later(), NOW)[1].split("\n")
    assert len(leave_off) == 3
    assert leave_off[1].startswith("• No make-up, until <!date^")
    assert leave_off[2] == "• No ice · No touching"


def test_steps_that_end_together_share_a_line() -> None:
    (leave_off,) = summary(timeline(*(step(-1, 9, title, "avoid") for title in ("No A", "No B"))), NOW)
    assert leave_off.split("\n")[1].startswith("• No A · No B, until <!date^")


def test_what_is_over_or_still_to_come_is_among_all_steps_only() -> None:
    shown = "\n".join(summary(now_and_later(), NOW))
    assert "Long over" not in shown
    assert "Flaking" not in shown
    message = card({"title": "Long over", "ends_at": "2026-11-19T15:00:00+01:00", "group": "normal"})
    (more,) = more_posts(parts_of([message])[0])
    assert "Long over" in more.text


def test_the_summary_is_that_of_the_moment_at_which_it_is_shown() -> None:
    later = summary(now_and_later(), NOW + timedelta(days=3))
    assert "No make-up" not in "\n".join(later)
    assert "Flaking" in "\n".join(later)


def test_a_timeline_of_an_earlier_version_is_shown_without_groups() -> None:
    old = timeline(step(-1, 5, "No make-up", group="other"))
    assert summary(old, NOW)[0].startswith("▶ *Now*\n• No make-up")


def test_the_longest_timeline_has_twelve_blocks() -> None:
    steps = [
        {
            "title": f"{group} {n}",
            "group": group,
            "starts_at": "2026-11-19T15:00:00+01:00",
            "detail": "Why. " * 40,
        }
        for group in ("avoid", "do", "normal", "other")
        for n in range(8)
    ]
    sources = [{"id": str(n), "title": f"Article {n}", "section": "After"} for n in range(14)]
    message = {
        **card(*steps, {"title": "Later", "starts_at": "2036-01-01T00:00:00Z", "group": "do"}),
        "metadata": {"outcome": "answered", "sources": sources, "disagreement": True, "basis": "clinic"},
        "buttons": [{"title": f"Topic {n}", "payload": f"/topic_{n}"} for n in range(5)],
    }
    message["text"] = "Yours.\n\nNow:\n- a\n\nTell me if it changes."
    (post,) = posts_of(parts_of([message]), Ids(PLACE, "1"), None)
    assert len(post.blocks) <= 12


def test_dates_are_in_slacks_own_format_and_the_calendar_is_a_link_where_it_has_an_address() -> None:
    message = card({"title": "No make-up", "detail": "**24** h", "ends_at": "2036-11-19T15:00:00+01:00"})
    (post,) = posts_of(parts_of([message]), Ids(PLACE, "1"), "https://a.example/x.ics")
    assert (
        f"<!date^{int(datetime(2036, 11, 19, 14, tzinfo=UTC).timestamp())}^" in post.blocks[1]["text"]["text"]
    )
    links = [e.get("url") for b in post.blocks if b["type"] == "actions" for e in b["elements"]]
    assert links[:2] == [None, "https://a.example/x.ics"]
    (post,) = posts_of(parts_of([message]), Ids(PLACE, "1"), None)
    assert [e["action_id"] for e in post.blocks[2]["elements"]] == ["remind", "calendar"]


def test_what_the_blocks_say_is_not_said_again_in_words() -> None:
    message = card({"title": "No make-up", "group": "avoid", "ends_at": "2036-11-19T15:00:00+01:00"})
    message["text"] = (
        "**Next: make-up, Tue 15:00.**\n\n**Avoid**\n- No make-up\n\nYour own professional comes first."
    )
    (post,) = posts_of(parts_of([message]), Ids(PLACE, "1"), None)
    said = [block["text"]["text"] for block in post.blocks if block["type"] == "section"]
    assert said[0].startswith("🚫 *Leave off*")
    assert said[1:] == ["Your own professional comes first."]
