"""Tests of aftercare by the person's own date, over HTTP with the trained assistant and its action server."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from tests.servers import Visitor, is_problem

ZONE = "America/New_York"
HERE = ZoneInfo(ZONE)
pytestmark = pytest.mark.dated
Message = dict[str, Any]


def ask(person: Visitor, text: str, zone: str | None = ZONE) -> list[Message]:
    return person.say(text, **({"timezone": zone} if zone else {}))


def verdict_of(messages: list[Message]) -> str | None:
    return next((m["metadata"]["verdict"] for m in messages if "verdict" in m["metadata"]), None)


def card_of(messages: list[Message]) -> Message:
    return next(m["custom"] for m in messages if m.get("custom", {}).get("type") == "timeline")


def days_ago(days: int, hour: int) -> datetime:
    day = datetime.now(HERE).date() - timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=HERE)


def unclear_date() -> str:
    """A day and a month that can be swapped, neither reading today: it may be said before four o'clock."""
    today = datetime.now(HERE)
    return next(f"{day}/{day + 1}" for day in (5, 7) if {today.day, today.month} != {day, day + 1})


def test_a_date_gives_a_timeline_with_true_moments(person: Visitor) -> None:
    card = card_of(ask(person, "i had it done yesterday at 3pm"))
    treated = days_ago(1, 15)
    assert datetime.fromisoformat(card["treated_at"]) == treated
    assert card["timezone"] == ZONE
    ends = {step["id"]: step["ends_at"] for step in card["steps"]}
    assert datetime.fromisoformat(ends["no-anti-inflammatories"]) == days_ago(-6, 15)
    assert datetime.fromisoformat(ends["no-make-up"]).timestamp() == treated.timestamp() + 24 * 3600
    assert all(step["state"] in {"past", "now", "upcoming"} and step["sources"] for step in card["steps"])


def test_the_text_says_the_same_as_the_card(person: Visitor) -> None:
    [message] = ask(person, "i had it done yesterday at 3pm")
    said = f"{message['text']} {message['metadata']['details']}".lower()
    for step in message["custom"]["steps"]:
        title = step["title"].lower().removeprefix("no ")
        name, _, about_doctor = title.partition(" (")
        assert name.split(",")[0].split(" or ")[0] in said
        assert not about_doctor or "don't stop a medicine that a doctor prescribed" in said


def test_the_date_is_used_from_then_on_without_being_asked(person: Visitor) -> None:
    ask(person, "got it done yesterday at 3pm")
    [ibuprofen] = ask(person, "and ibuprofen?")
    assert ibuprofen["metadata"]["verdict"] == "not_yet"
    assert datetime.fromisoformat(ibuprofen["metadata"]["ok_from"]) == days_ago(-6, 15)
    assert ibuprofen["metadata"]["sources"]
    [again] = ask(person, "when can i go again")
    assert datetime.fromisoformat(again["metadata"]["ok_from"]) == days_ago(-27, 15)
    assert again["metadata"]["treatment"]["day"] == 1
    assert again["text"].splitlines()[-1] == again["metadata"]["treatment"]["label"]


def test_a_correction_moves_everything(person: Visitor) -> None:
    ask(person, "i had it done yesterday at 3pm")
    card = card_of(ask(person, "no, it was 3 days ago at 11 am"))
    assert datetime.fromisoformat(card["treated_at"]) == days_ago(3, 11)
    [verdict] = ask(person, "is advil ok now")
    assert datetime.fromisoformat(verdict["metadata"]["ok_from"]) == days_ago(-4, 11)


def test_a_date_in_the_question_is_heard_and_kept(person: Visitor) -> None:
    assert verdict_of(ask(person, "had it done 20 hours ago, can i wear foundation now")) == "not_yet"
    assert verdict_of(ask(person, "can i take an advil")) == "not_yet"


def test_a_forgotten_date_is_used_no_more(person: Visitor) -> None:
    ask(person, "i had it done yesterday at 3pm")
    ask(person, "forget my date please")
    assert verdict_of(ask(person, "can i wear makeup now")) is None


def test_without_a_date_the_answer_is_general_and_offers_to_be_personal(person: Visitor) -> None:
    [general] = ask(person, "when can i wear makeup again")
    assert verdict_of([general]) is None
    offered = [button["payload"] for button in general["buttons"]]
    assert "/ask_date" in offered
    [question] = person.send(payload="/ask_date", timezone=ZONE).json()["messages"]
    assert question["custom"] == {"type": "ask_date"}


def test_the_question_that_waited_for_the_date_is_answered_with_it(person: Visitor) -> None:
    ask(person, "can i wear makeup now")
    person.send(payload="/ask_date", timezone=ZONE)
    messages = ask(person, "2 hours ago")
    assert verdict_of(messages) == "not_yet"
    assert card_of(messages)


def test_the_question_for_the_date_is_left_for_another_one_and_answered_later(person: Visitor) -> None:
    ask(person, "can i wear makeup now")
    person.send(payload="/ask_date", timezone=ZONE)
    [pain] = ask(person, "does it hurt")
    assert pain["metadata"]["topic"] == "pain"
    assert card_of(ask(person, "yesterday at 4 pm"))


def test_before_the_appointment_the_timeline_counts_down(person: Visitor) -> None:
    card = card_of(ask(person, "my appointment is in 5 days at 9:30"))
    states = {step["id"]: step["state"] for step in card["steps"]}
    assert states["no-retinoids-or-exfoliants-before"] == "upcoming"
    assert states["no-make-up"] == "upcoming"
    assert verdict_of(ask(person, "can i shave that morning")) != "ok"


@pytest.mark.parametrize(
    "text", ["I was treated on {date} at 15:00", "it was done on {date} at 15:00", "treated {date} 15:00"]
)
def test_what_a_date_input_sends_is_understood(person: Visitor, text: str) -> None:
    treated = days_ago(2, 15)
    card = card_of(ask(person, text.format(date=f"{treated:%Y-%m-%d}")))
    assert datetime.fromisoformat(card["treated_at"]) == treated


def test_an_unclear_date_is_asked_back_with_a_button_for_each_reading(person: Visitor) -> None:
    [question] = ask(person, f"i had it done on {unclear_date()} at 4pm")
    assert question["metadata"]["outcome"] == "clarify"
    assert len(question["buttons"]) == 2
    chosen = person.send(payload=question["buttons"][0]["payload"], timezone=ZONE).json()["messages"]
    assert card_of(chosen)["treated_at"][11:16] == "16:00"


@pytest.mark.parametrize(
    "text",
    [
        "i was treated on 31 february",
        "i had it done on 12 may 3024",
        "i had it done -3 days ago",
        "i had it done tomorrow",
        "my appointment is yesterday",
        "i was treated on 99/99/2026",
        "i had it done 400 days ago at 25:99",
    ],
)
def test_a_date_that_cannot_be_is_asked_back_and_nothing_is_lost(person: Visitor, text: str) -> None:
    ask(person, "i had it done yesterday at 3pm")
    messages = ask(person, text)
    assert messages[-1]["metadata"]["outcome"] in {"clarify", "answered"}
    assert "3024" not in messages[-1]["text"]
    [verdict] = ask(person, "can i take ibuprofen")
    assert verdict["metadata"]["verdict"] == "not_yet"


def test_an_unknown_zone_is_said_aloud_to_be_utc(person: Visitor) -> None:
    [timeline] = ask(person, "i had it done yesterday at 3pm", zone="Mars/Olympus")
    assert "UTC" in timeline["text"]
    assert timeline["custom"]["timezone"] == "UTC"


def test_yesterday_is_the_persons_own(person: Visitor) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        card = card_of(ask(person, "no, i had it done yesterday at noon", zone=zone))
        yesterday = datetime.now(ZoneInfo(zone)).date() - timedelta(days=1)
        assert card["treated_at"][:10] == yesterday.isoformat()


def test_a_symptom_is_held_against_the_day(person: Visitor) -> None:
    [late] = ask(person, "i had it done 6 days ago and my face is still red, is that normal")
    assert "over by now" in late["text"]
    [alarm] = ask(person, "and there is yellow pus coming out")
    assert alarm["metadata"]["outcome"] == "urgent"


def test_a_session_is_weighed_against_a_wedding(person: Visitor) -> None:
    today = datetime.now(HERE)
    session, wedding = today + timedelta(days=20), today + timedelta(days=24)
    text = f"wedding on {wedding:%d %B %Y}, is a session on {session:%d %B %Y} too late?"
    [answer] = ask(person, text)
    assert answer["metadata"]["verdict"] == "not_yet"


def test_the_calendar_has_the_true_local_times_and_the_same_ids_twice(person: Visitor) -> None:
    url = card_of(ask(person, "i had it done yesterday at 3pm"))["calendar_url"]
    first, second = (person.http.get(url, headers={"Authorization": ""}) for _ in range(2))
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    events = vobject.readOne(first.text).vevent_list
    ends = {event.summary.value: event.dtend.value for event in events if hasattr(event, "dtend")}
    assert ends["No anti-inflammatory medicines (from a doctor? Ask them first)"].astimezone(
        HERE
    ) == days_ago(-6, 15)
    again = vobject.readOne(second.text).vevent_list
    assert [event.uid.value for event in events] == [event.uid.value for event in again]


def test_a_calendar_is_there_for_nobody_without_its_link(person: Visitor) -> None:
    url = card_of(ask(person, "i had it done yesterday at 3pm"))["calendar_url"]
    forged = url.replace(".ics", "A.ics"), url.replace(".ics", ""), "/webhooks/website/calendar/x.ics"
    for each in forged:
        assert is_problem(person.http.get(each), 404)
    person.erase()
    assert is_problem(person.http.get(url), 404)


def test_the_page_to_print_is_there_for_who_has_its_link(person: Visitor) -> None:
    url = card_of(ask(person, "i had it done yesterday at 3pm"))["page_url"]
    page = person.http.get(url, headers={"Authorization": ""})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "make-up" in page.text
    assert is_problem(person.http.get(url.replace(".html", "A.html")), 404)
    person.erase()
    assert is_problem(person.http.get(url), 404)


def test_a_link_holds_no_word_of_the_conversation_and_follows_a_correction(person: Visitor) -> None:
    url = card_of(ask(person, "i had it done yesterday at 3pm"))["calendar_url"]
    ask(person, "no, it was 3 days ago at 11 am")
    content = person.http.get(url).text
    assert days_ago(3, 11).strftime("%Y%m%dT110000") in content
    assert "yesterday" not in content
