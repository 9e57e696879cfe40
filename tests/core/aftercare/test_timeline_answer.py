"""The timeline in words: what matters first, and nothing that is over reads as a ban."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.timeline import steps
from assistant.core.aftercare.timeline_answer import tell_timeline
from tests.core.aftercare.conftest import Clinic
from tests.core.aftercare.moments import at
from tests.core.aftercare.people import NOW, TO_COME, TREATED, person, treated

LONGEST = 130  # words
HEADINGS = {"avoid": "**Avoid**", "do": "**Do**", "normal": "**Can be normal now**"}


def words_in(text: str) -> int:
    """Return the number of words without the numbers of the sources."""
    return len(re.sub(r"\[\d+\]", "", text).split())


def card(when: str, book: AftercareGuide) -> dict[str, Any]:
    """Return the card of somebody treated then."""
    custom: dict[str, Any] = tell_timeline(person(when), book)["custom"]
    return custom


@pytest.mark.parametrize("when", TREATED)
def test_the_text_is_short_and_the_person_s_day_is_its_last_line(when: str, book: AftercareGuide) -> None:
    message = tell_timeline(person(when), book)
    assert words_in(message["text"]) <= LONGEST
    assert message["text"].splitlines()[-1] == message["metadata"]["treatment"]["label"]


@pytest.mark.parametrize("when", TREATED)
def test_what_to_avoid_comes_before_what_to_do_and_what_is_normal(when: str, book: AftercareGuide) -> None:
    text = tell_timeline(person(when), book)["text"]
    places = [text.index(heading) for heading in HEADINGS.values() if heading in text]
    assert places == sorted(places)
    assert HEADINGS["avoid"] in text
    assert HEADINGS["do"] in text


def test_the_next_change_comes_first_with_its_date(book: AftercareGuide) -> None:
    text = tell_timeline(person("day 1"), book)["text"]
    assert text.startswith("**Next, from Mon 30 Nov, 16:00: make-up fine again.**")
    assert card("day 1", book)["next"] == {"at": "2026-11-30T16:00:00+00:00", "title": "Make-up fine again"}


@pytest.mark.parametrize("when", TREATED)
def test_the_next_change_is_never_past_and_none_is_nearer(when: str, book: AftercareGuide) -> None:
    lines = steps(TREATED[when], NOW, book.aftercare)
    change = card(when, book).get("next")
    if change is None:
        return
    moment = datetime.fromisoformat(change["at"])
    assert moment > NOW
    assert not [line for line in lines if line.starts_at and NOW < line.starts_at < moment]


@pytest.mark.parametrize("when", TREATED)
def test_every_step_has_its_group(when: str, book: AftercareGuide) -> None:
    kinds = {rule.id: rule.kind for rule in book.aftercare.rules}
    for step in card(when, book)["steps"]:
        assert step["group"] in HEADINGS
        is_ban = kinds[step["id"]] == "avoid" and step["state"] != "past"
        assert (step["group"] == "avoid") is is_ban


def test_what_is_over_reads_as_fine_and_not_as_a_ban(book: AftercareGuide) -> None:
    [makeup] = [step for step in card("day 4", book)["steps"] if step["id"] == "no-make-up"]
    assert (makeup["state"], makeup["title"], makeup["detail"]) == ("past", "Make-up fine again", "")
    message = tell_timeline(person("day 4"), book)
    assert "No make-up" not in f"{message['text']} {message['metadata']['details']}"
    assert "make-up fine again" in message["metadata"]["details"]


@pytest.mark.parametrize("days", [0.5, 1.5, 3, 6, 8, 20, 40, 100, 200])
def test_nothing_that_is_over_is_among_what_to_avoid(days: float, book: AftercareGuide) -> None:
    message = tell_timeline(treated(timedelta(days=days)), book)
    avoided = message["text"].partition("**Avoid**")[2].split("\n\n")[0].lower()
    over = [step["id"] for step in message["custom"]["steps"] if step["state"] == "past"]
    subjects = [book.aftercare.labels[name].lower() for name in over if name in book.aftercare.labels]
    assert not [subject for subject in subjects if subject in avoided]


def test_a_booked_session_has_the_preparation_with_its_dates(book: AftercareGuide) -> None:
    text = tell_timeline(person("to come"), book)["text"]
    assert text.startswith("**Next, from Wed 2 Dec, 12:00: no retinol and no exfoliants.**")
    assert "- From Wed 2 Dec, 12:00: retinol and exfoliants" in text
    assert "Don't stop a medicine that a doctor prescribed" in text
    assert "Make-up" not in text


@pytest.mark.parametrize("when", TO_COME)
def test_what_comes_after_a_booked_session_is_in_the_details(when: str, book: AftercareGuide) -> None:
    details = tell_timeline(person(when), book)["metadata"]["details"]
    assert details.startswith("After the session:")
    assert re.search("Until [^:]*(:00|Dec|Nov|Jan)[^:]*: make-up; sunbathing and long sun", details)
    assert (
        details.index("**Later**")
        < details.index("the earliest next session")
        < details.index("as some people do")
    )


@pytest.mark.parametrize("days", [0.5, 4, 20, 90, 150])
def test_what_no_source_ends_is_said_to_have_no_end(days: float, book: AftercareGuide) -> None:
    text = tell_timeline(treated(timedelta(days=days)), book)["text"]
    assert re.search(r"touching and picking \(no end given\)", text)


@pytest.mark.parametrize(("days", "is_told"), [(0.5, True), (1.5, False), (20, False), (120, False)])
def test_a_painkiller_is_named_only_while_soreness_is_expected(
    days: float, is_told: bool, book: AftercareGuide
) -> None:
    text = tell_timeline(treated(timedelta(days=days)), book)["text"]
    assert ("a painkiller that isn't anti-inflammatory" in text) is is_told


def test_the_clinics_own_rules_stand_among_what_to_avoid(clinics_book: AftercareGuide) -> None:
    message = tell_timeline(person("day 1"), clinics_book)
    avoided = message["text"].partition("**Avoid**")[2].split("\n\n")[0]
    assert "- Until the end of Tue 1 Dec: sport" in avoided
    assert "- Until Tue 1 Dec, 16:00: make-up" in avoided


SHORT = {
    "id": "no-make-up", "section": "Sheet", "topics": ["after_makeup"], "products": ["makeup"],
    "activities": ["wear_makeup"], "title": "No make-up", "detail": "Please wear no make-up for some hours.",
    "kind": "avoid", "direction": "after", "start": "PT0S", "end": "PT12H", "otherwise": "ok", "strictness": "must",
}  # fmt: skip


def test_of_a_laxer_rule_of_the_clinic_nothing_is_called_fine_before_the_articles_do(clinic: Clinic) -> None:
    rules, done = clinic(SHORT), at("2026-03-14 15:00")
    for hours, ids in (
        (6, {"no-make-up", "no-make-up-in-the-articles"}),
        (18, {"no-make-up-in-the-articles"}),
    ):
        lines = [line for line in steps(done, done + timedelta(hours=hours), rules) if "make-up" in line.id]
        assert {line.id for line in lines} == ids
        assert {line.state for line in lines} == {"now"}
        assert [line.id for line in lines if line.is_fine_after] == ["no-make-up-in-the-articles"]


def test_what_ends_at_midnight_is_said_to_end_with_the_day_before(book: AftercareGuide) -> None:
    assert "Until about the end of Tue 1 Dec" in tell_timeline(person("day 4"), book)["text"]


@pytest.mark.parametrize("when", TREATED)
def test_a_list_with_medicines_to_avoid_says_that_a_doctor_decides(when: str, book: AftercareGuide) -> None:
    text = tell_timeline(person(when), book)["text"]
    avoided = text.partition(HEADINGS["avoid"])[2].partition("\n\n")[0]
    is_listed = "nti-inflammatory" in avoided or "retinol" in avoided
    assert ("Don't stop a medicine" in text) is is_listed
