"""The calendar file, read back by independent parsers: vobject, and dateutil for the time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
import vobject
from dateutil.tz import tzical, tzutc
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.aftercare.calendar import calendar, uid
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.timeline import steps
from tests.core.aftercare.conftest import Clinic
from tests.core.aftercare.moments import at
from tests.core.aftercare.strategies import NAMES
from tests.core.aftercare.test_rulebook import MAKEUP

TREATED = at("2026-03-27 15:00")
NOW = at("2026-03-28 09:00")
CONVERSATION = "a1b2c3-what-the-server-calls-it"
REAL = st.sampled_from(sorted(name for name in available_timezones() if "/" in name)).map(ZoneInfo)
ZONES = (
    "Europe/Madrid",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)


def text(treated: datetime = TREATED, now: datetime = NOW, rules: Rulebook | None = None) -> str:
    """Return the file as text, with folded lines joined."""
    assert rules is not None
    return calendar(treated, now, CONVERSATION, rules).decode().replace("\r\n ", "")


def events(file: str) -> dict[str, Any]:
    """Return the events by id, read by vobject with the file's time zone instead of one that it knows."""
    zones = vars(vobject.icalendar)["__tzidMap"]
    zones.clear()
    zones |= {"UTC": tzutc()} | zone_of(file)
    return {event.uid.value: event for event in vobject.readOne(file).vevent_list}


def instant(value: date) -> datetime:
    """Return a value read by vobject as an instant."""
    assert isinstance(value, datetime)
    return value.astimezone(timezone.utc)


def zone_of(file: str) -> dict[str, Any]:
    """Return the time zone in the file by its name, read by dateutil."""
    if "VTIMEZONE" not in file:
        return {}
    start, end = file.index("BEGIN:VTIMEZONE"), file.index("END:VTIMEZONE") + len("END:VTIMEZONE")
    read = tzical(StringIO(file[start:end]))
    return {name: read.get(name) for name in read.keys()}  # noqa: SIM118  not a mapping


def lines_of(file: str, name: str) -> list[str]:
    """Return the lines of one property."""
    return [line for line in file.split("\r\n") if line.startswith((f"{name}:", f"{name};"))]


def assert_moments_are_right(treated: datetime, now: datetime, aftercare: Rulebook) -> None:
    """Assert that every step has an event with the step's instants."""
    read = events(text(treated, now, aftercare))
    timeline = steps(treated, now, aftercare)
    assert len(read) == len(timeline)
    for step in timeline:
        event = read[uid(CONVERSATION, step.id)]
        if step.starts_at is not None:
            assert instant(event.dtstart.value) == step.starts_at.astimezone(timezone.utc)
        assert hasattr(event, "dtend") == (step.ends_at is not None)
        if step.ends_at is not None:
            assert instant(event.dtend.value) == step.ends_at.astimezone(timezone.utc)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "treated", ["2026-03-27 15:00", "2026-10-23 09:30", "2026-12-31 23:45", "2026-07-01 00:10"]
)
def test_another_parser_reads_every_step_at_its_moments(treated: str, zone: str, aftercare: Rulebook) -> None:
    moment = at(treated, zone)
    assert_moments_are_right(moment, moment + timedelta(hours=18), aftercare)
    assert_moments_are_right(moment, moment - timedelta(days=3), aftercare)


def test_local_times_are_written_with_their_zone(aftercare: Rulebook) -> None:
    file = text(rules=aftercare)
    assert "DTSTART;TZID=Europe/Madrid:20260327T150000" in file
    assert "DTEND;TZID=Europe/Madrid:20260328T150000" in file
    assert "DTEND;TZID=Europe/Madrid:20260403T150000" in file
    assert file.count("BEGIN:VTIMEZONE") == 1


@pytest.mark.parametrize("zone", ZONES)
def test_the_time_zone_in_the_file_is_the_persons_at_every_hour(zone: str, aftercare: Rulebook) -> None:
    file = text(at("2026-03-27 15:00", zone), at("2026-03-28 15:00", zone), aftercare)
    read = zone_of(file)[zone]
    hour = at("2026-03-01 00:30", zone)
    while hour.month < 11:
        local = hour.replace(tzinfo=None)
        if (
            hour.astimezone(timezone.utc).astimezone(hour.tzinfo).replace(tzinfo=None) == local
        ):  # not skipped by a clock change
            assert local.replace(tzinfo=read).utcoffset() == hour.utcoffset(), local
        hour += timedelta(hours=1)


def test_a_change_of_the_clock_begins_at_the_hour_that_clocks_showed_before_it(aftercare: Rulebook) -> None:
    lines = set(text(rules=aftercare).split("\r\n"))
    assert {"DTSTART:20250330T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"} <= lines
    assert {"DTSTART:20251026T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"} <= lines


def test_changes_that_follow_no_rule_are_written_one_by_one(aftercare: Rulebook) -> None:
    zone = "Africa/Casablanca"  # clocks change around Ramadan
    file = text(at("2026-03-27 15:00", zone), at("2026-03-28 15:00", zone), aftercare)
    assert "RRULE" not in file
    assert {"DTSTART:20260215T030000", "DTSTART:20260322T020000"} <= set(file.split("\r\n"))


@pytest.mark.parametrize("zone", [timezone.utc, timezone(timedelta(hours=5, minutes=30))])
def test_without_a_named_zone_times_are_in_utc(zone: timezone, aftercare: Rulebook) -> None:
    treated = datetime(2026, 3, 27, 15, tzinfo=zone)
    file = text(treated, treated, aftercare)
    assert "VTIMEZONE" not in file
    assert all(line.endswith("Z") for line in lines_of(file, "DTSTART") + lines_of(file, "DTEND"))
    assert_moments_are_right(treated, treated, aftercare)


def test_the_second_of_two_equal_hours_is_written_in_utc(aftercare: Rulebook) -> None:
    assert_moments_are_right(at("2026-10-18 02:30"), at("2026-10-18 09:00"), aftercare)
    assert_moments_are_right(at("2026-10-25 02:30").replace(fold=1), at("2026-10-25 09:00"), aftercare)


@pytest.mark.parametrize(
    "name", ["UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "DESCRIPTION", "TRANSP"]
)
def test_every_event_has_what_calendars_need(name: str, aftercare: Rulebook) -> None:
    for event in text(rules=aftercare).split("BEGIN:VEVENT")[1:]:
        own = event.split("BEGIN:VALARM")[0]
        assert own.count(f"\r\n{name}:") + own.count(f"\r\n{name};") == 1


def test_a_second_import_updates_the_events_of_the_first(aftercare: Rulebook) -> None:
    first = events(text(rules=aftercare))
    second = events(text(at("2026-03-26 15:00"), NOW + timedelta(seconds=5), aftercare))
    assert first.keys() == second.keys()
    for event_id, event in second.items():
        assert int(event.sequence.value) > int(first[event_id].sequence.value)
        assert event.dtstamp.value > first[event_id].dtstamp.value


def test_the_same_file_made_at_the_same_moment_is_the_same(aftercare: Rulebook) -> None:
    assert calendar(TREATED, NOW, CONVERSATION, aftercare) == calendar(TREATED, NOW, CONVERSATION, aftercare)


def test_ids_differ_between_steps_and_between_conversations() -> None:
    assert uid("one", "no-ice") == uid("one", "no-ice")
    assert len({uid("one", "no-ice"), uid("one", "no-make-up"), uid("two", "no-ice")}) == 3


def test_nothing_of_the_conversation_is_in_the_file(aftercare: Rulebook) -> None:
    assert CONVERSATION not in text(rules=aftercare)


def test_every_event_cites_its_sources(aftercare: Rulebook) -> None:
    read = events(text(rules=aftercare))
    for step in steps(TREATED, NOW, aftercare):
        description = read[uid(CONVERSATION, step.id)].description.value
        assert step.detail in description
        assert all(source["title"] in description for source in step.sources)


def test_the_countdown_has_every_step_too(aftercare: Rulebook) -> None:
    read = events(text(TREATED, at("2026-03-20 10:00"), aftercare))
    open_start = read[uid(CONVERSATION, "no-anti-inflammatories-before")]
    assert instant(open_start.dtstart.value) == at("2026-03-20 10:00")
    assert instant(open_start.dtend.value) == TREATED


def reminders(file: str, step_id: str) -> list[tuple[str, str, timedelta]]:
    """Return text, reference point and offset of the event's reminders."""
    event = events(file)[uid(CONVERSATION, step_id)]
    alarms = getattr(event, "valarm_list", [])
    return [
        (alarm.description.value, alarm.trigger.params["RELATED"][0], alarm.trigger.value) for alarm in alarms
    ]


@pytest.mark.parametrize(
    ("step_id", "expected"),
    [
        ("no-make-up", [("Make-up fine again", "END", timedelta())]),
        ("next-session", [("Next session, at the earliest", "START", timedelta())]),
        ("no-ice", []),
        ("redness-expected", []),
        ("marks-expected", []),
    ],
)
def test_reminders_say_what_begins_and_what_is_over(
    step_id: str, expected: list[tuple[str, str, timedelta]], aftercare: Rulebook
) -> None:
    titles = {step.id: step.title for step in steps(TREATED, NOW, aftercare)}
    wanted = [
        (told.replace("Next session, at the earliest", titles["next-session"]), *rest)
        for told, *rest in expected
    ]
    assert [tuple(entry) for entry in wanted] == reminders(text(rules=aftercare), step_id)


def test_a_reminder_never_comes_at_night(aftercare: Rulebook) -> None:
    evening = text(at("2026-03-16 23:15"), at("2026-03-10 10:00"), aftercare)
    assert reminders(evening, "no-shaving-on-the-day")[0][1:] == ("START", timedelta(hours=8))
    assert reminders(evening, "no-make-up") == [("Make-up fine again", "END", timedelta(hours=8, minutes=45))]


def test_what_is_over_reminds_nobody(aftercare: Rulebook) -> None:
    assert reminders(text(TREATED, at("2026-03-29 09:00"), aftercare), "no-make-up") == []


def test_of_a_clinics_laxer_rule_and_the_articles_only_the_stricter_reminds(clinic: Clinic) -> None:
    file = text(rules=clinic(MAKEUP | {"end": "PT20H"}))
    assert reminders(file, "no-make-up") == []
    assert len(reminders(file, "no-make-up-in-the-articles")) == 1


def test_a_moment_without_a_zone_is_refused(aftercare: Rulebook) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        calendar(TREATED, datetime(2026, 3, 28), CONVERSATION, aftercare)


@settings(deadline=None, max_examples=60)
@given(
    treated=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=NAMES | REAL).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    hours=st.integers(-2000, 2000),
)
def test_every_moment_in_every_zone_survives_the_file(
    treated: datetime, hours: int, aftercare: Rulebook
) -> None:
    assert_moments_are_right(treated, treated.astimezone(timezone.utc) + timedelta(hours=hours), aftercare)


def test_lines_are_folded_and_end_as_the_standard_says(aftercare: Rulebook) -> None:
    raw = calendar(TREATED, NOW, CONVERSATION, aftercare)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
