"""Properties that hold for every now, zone and number."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.timex.en import WEEKDAYS
from assistant.core.treatment_date import (
    Ambiguous,
    Moment,
    Refused,
    find_moment,
    find_moments,
    is_correction,
    is_forget,
)

_ZONES = (
    "UTC", "Europe/London", "Europe/Madrid", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Auckland",
    "Pacific/Kiritimati", "Pacific/Pago_Pago",
)  # fmt: skip
unhurried = settings(deadline=None)  # a busy machine must not fail a test
zones = st.sampled_from(_ZONES).map(ZoneInfo)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(timezone.utc))
nows = st.builds(lambda instant, zone: instant.astimezone(zone), instants, zones)
units = st.sampled_from(
    [("minute", 60 * 24 * 300), ("hour", 24 * 300), ("day", 300), ("week", 50), ("month", 11)]
)


def moment(say: str, now: datetime) -> Moment:
    found = find_moment(say, now)
    assert isinstance(found, Moment), found
    return found


def instant(say: str, now: datetime) -> datetime:
    """Return a moment in UTC, since moments in an hour that occurs twice never compare equal across zones."""
    return moment(say, now).at.astimezone(timezone.utc)


@unhurried
@given(now=nows, unit=units, data=st.data())
def test_what_was_ago_is_never_in_the_future(
    now: datetime, unit: tuple[str, int], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, unit[1]))
    found = moment(f"had it {number} {unit[0]}s ago", now)
    assert found.earliest <= found.at <= found.latest
    assert found.at <= now


@unhurried
@given(now=nows, unit=units, data=st.data())
def test_what_is_ahead_is_never_in_the_past(
    now: datetime, unit: tuple[str, int], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, unit[1]))
    assert moment(f"my session is in {number} {unit[0]}s", now).at >= now.replace(second=0, microsecond=0)


@unhurried
@given(now=nows, days=st.integers(1, 360))
def test_days_are_counted_on_the_calendar(now: datetime, days: int) -> None:
    assert moment(f"had it {days} days ago", now).at.date() == now.date() - timedelta(days=days)


@unhurried
@given(now=nows, weeks=st.integers(1, 40), days=st.integers(1, 6))
def test_weeks_and_days_add_up(now: datetime, weeks: int, days: int) -> None:
    distance = timedelta(weeks=weeks, days=days)
    assert moment(f"had it {weeks} weeks and {days} days ago", now).at.date() == now.date() - distance
    assert moment(f"my session is in {weeks}w {days}d", now).at.date() == now.date() + distance


@unhurried
@given(now=nows, days=st.integers(1, 300), hours=st.integers(1, 23), minutes=st.integers(1, 59))
def test_days_hours_and_minutes_add_up(now: datetime, days: int, hours: int, minutes: int) -> None:
    total = (days * 24 + hours) * 60 + minutes
    told = moment(f"had it {days} days, {hours} hours and {minutes} minutes ago", now)
    assert told.at == moment(f"had it {total} minutes ago", now).at


@unhurried
@given(now=nows, number=st.integers(0, 6), count=st.integers(2, 40))
def test_a_counted_weekday_is_that_many_back(now: datetime, number: int, count: int) -> None:
    found = find_moment(f"had it {count} {WEEKDAYS[number]}s ago", now)
    days = [
        each.at.date() for each in ([found] if isinstance(found, Moment) else getattr(found, "choices", ()))
    ]
    every = [now.date() - timedelta(days=n) for n in range(1, 7 * count + 14)]
    right = [day for day in every if day.weekday() == number][count - 1]
    yesterday = (now.date() - timedelta(days=1)).weekday() == number
    assert days == ([right - timedelta(days=7), right] if yesterday else [right])


@unhurried
@given(now=nows, minutes=st.integers(0, 60 * 24))
def test_minutes_are_counted_as_time_passes(now: datetime, minutes: int) -> None:
    passed = now.astimezone(timezone.utc) - moment(f"had it {minutes} minutes ago", now).at.astimezone(
        timezone.utc
    )
    assert timedelta(minutes=minutes) <= passed < timedelta(minutes=minutes + 1)


@unhurried
@given(
    now=nows, shift=st.integers(-400, 400), say=st.sampled_from(["yesterday", "3 days ago", "2 weeks ago"])
)
def test_a_later_now_makes_a_day_that_much_later(now: datetime, shift: int, say: str) -> None:
    later = now + timedelta(days=shift)
    moved = moment(f"had it {say}", later).at.date() - moment(f"had it {say}", now).at.date()
    assert moved == timedelta(days=shift)


@unhurried
@given(now=nows, shift=st.integers(-10_000, 10_000), hours=st.integers(0, 500))
def test_a_later_now_makes_hours_that_much_later(now: datetime, shift: int, hours: int) -> None:
    later = (now.astimezone(timezone.utc) + timedelta(minutes=shift)).astimezone(now.tzinfo)
    before, after = (moment(f"had it {hours} hours ago", each).at for each in (now, later))
    assert after.astimezone(timezone.utc) - before.astimezone(timezone.utc) == timedelta(minutes=shift)


@unhurried
@given(now=nows, minutes=st.integers(-500_000, 500_000))
def test_a_written_moment_comes_back(now: datetime, minutes: int) -> None:
    written = (now.astimezone(timezone.utc) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
    at = moment(written.isoformat(timespec="minutes"), now).at
    assert at == written.replace(second=0, microsecond=0)
    assert moment(at.isoformat(), now).at == at


@unhurried
@given(now=instants, minutes=st.integers(-500_000, 500_000), one=zones, other=zones)
def test_a_written_moment_is_the_same_everywhere(
    now: datetime, minutes: int, one: ZoneInfo, other: ZoneInfo
) -> None:
    written = (now + timedelta(minutes=minutes)).isoformat(timespec="minutes")
    assert instant(written, now.astimezone(one)) == instant(written, now.astimezone(other))


@unhurried
@given(now=instants, minutes=st.integers(0, 20_000), one=zones, other=zones)
def test_minutes_ago_are_the_same_everywhere(
    now: datetime, minutes: int, one: ZoneInfo, other: ZoneInfo
) -> None:
    say = f"had it {minutes} minutes ago"
    assert instant(say, now.astimezone(one)) == instant(say, now.astimezone(other))


@unhurried
@given(now=nows, number=st.integers(1, 10**30))
def test_a_negative_number_of_days_is_refused(now: datetime, number: int) -> None:
    assert find_moment(f"had it -{number} days ago", now) == Refused("negative", f"-{number} days ago")


@unhurried
@given(now=nows, number=st.integers(368, 10**30), unit=st.sampled_from(["days", "weeks", "months", "years"]))
def test_more_than_a_year_is_refused(now: datetime, number: int, unit: str) -> None:
    for say in (f"had it {number} {unit} ago", f"my session is in {number} {unit}"):
        found = find_moment(say, now)
        assert isinstance(found, Refused)
        assert found.reason == "too_far"


@unhurried
@given(say=st.text(max_size=1000), now=nows, expects=st.sampled_from([None, "past", "future"]))
def test_any_text_is_read_without_an_error(say: str, now: datetime, expects: str | None) -> None:
    found = find_moment(say, now, expects, now)  # type: ignore[arg-type]
    for mention in find_moments(say, now, expects):  # type: ignore[arg-type]
        assert 0 <= mention.start < mention.end <= len(say)
    for choice in found.choices if isinstance(found, Ambiguous) else ():
        assert choice.earliest <= choice.at <= choice.latest
    assert is_correction(say) in (True, False)
    assert is_forget(say) in (True, False)


_SCRAPS = (
    "had", "it", "my", "wedding", "is", "on", "at", "the", "next", "last", "this", "friday", "days", "weeks", "ago",
    "in", "after", "before", "a", "half", "3", "14th", "99999999", "-2", "and", "or", ",", ".", "yesterday", "tonight",
    "4pm", "25:00", "12/11", "31/02", "2026-13-40", "12.11.2026", "feb", "march", "quarter", "to", "past", "day",
    "since", "post", "no", "wait", "couple", "of", "hours", "month", "year", "3024", "noon", "midnight", "16h", "every",
    "0001-01-01", "fortnight", "fridays", "½", "since", "will be", "tomorrow", "but one", "week", "two", "1h30", "from",
)  # fmt: skip


@unhurried
@given(words=st.lists(st.sampled_from(_SCRAPS), max_size=15), now=nows)
def test_any_words_of_time_are_read_without_an_error(words: list[str], now: datetime) -> None:
    found = find_moment(" ".join(words), now)
    moments = [found] if isinstance(found, Moment) else getattr(found, "choices", ())
    for each in moments:
        assert each.earliest <= each.at <= each.latest
        assert abs(each.at - now) <= timedelta(days=368)
