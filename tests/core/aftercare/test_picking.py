"""Treatment dates picked in a form."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.core.aftercare.date_question import moment_in, picked
from assistant.core.aftercare.guide import AftercareWording, load_aftercare_wording

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 11, 30, 14, 0, tzinfo=MADRID)


@pytest.fixture(scope="module")
def wording() -> AftercareWording:
    return load_aftercare_wording(Path("data"))


def test_the_moment_is_that_on_the_clock_of_the_person(wording: AftercareWording) -> None:
    payload = picked("2026-11-29T15:00", "Europe/Madrid", NOW, wording).payload
    treatment = json.loads(payload.removeprefix("/timeline"))["treatment"]
    assert datetime.fromisoformat(treatment["at"]) == datetime(2026, 11, 29, 15, 0, tzinfo=MADRID)
    assert treatment["zone"] == "Europe/Madrid"


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-11-29T15:00", "I was treated on Sun 29 Nov, 15:00"),
        ("2026-12-05T09:30", "My session is on Sat 5 Dec, 09:30"),
        ("2027-01-05T09:30", "My session is on Tue 5 Jan 2027, 09:30"),
        ("2026-11-29T00:00", "I was treated on Sun 29 Nov"),
        ("9999-12-31T23:59", "My session is on Fri 31 Dec 9999, 23:59"),
        ("0001-01-01T00:00", "I was treated on Mon 1 Jan 1"),
    ],
)
def test_people_read_it_as_somebody_would_write_it(
    wording: AftercareWording, moment: str, sentence: str
) -> None:
    assert picked(moment, "Europe/Madrid", NOW, wording).sentence == sentence


def test_a_date_that_can_not_be_is_asked_about(wording: AftercareWording) -> None:
    payload = picked("2024-01-01T10:00", None, NOW, wording).payload
    assert json.loads(payload.removeprefix("/timeline"))["treatment"]["doubt"]["reason"] == "too_far"


@pytest.mark.parametrize("space", ["", " "])
def test_the_payload_of_a_form_is_known_by_its_only_key(space: str) -> None:
    assert moment_in(f'/timeline{{"treated_at":{space}"2026-11-29T15:00"}}') == "2026-11-29T15:00"


@pytest.mark.parametrize(
    "payload",
    [
        "/timeline",
        "/timeline{}",
        '/timeline{"treated_at": 5}',
        '/timeline{"treated_at": ["2026-11-29T15:00"]}',
        '/timeline{"treated_at": "2026-11-29"}',
        '/timeline{"treated_at": "2026-13-29T15:00"}',
        '/timeline{"treated_at": "2026-11-29T15:00:00Z"}',
        '/timeline{"treated_at": "٢٠٢٦-11-29T15:00"}',
        '/timeline{"treated_at": "2026-11-29T15:00", "concern": "acne"}',
        '/pain{"treated_at": "2026-11-29T15:00"}',
        "/timeline" + "[" * 900,
    ],
)
def test_nothing_else_is_one(payload: str) -> None:
    assert moment_in(payload) is None
