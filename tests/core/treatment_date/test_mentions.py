"""Roles of the moments in a message: the treatment or something else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from assistant.core.treatment_date import Direction, Moment, Nothing, find_moment, find_moments

_TABLE = yaml.safe_load((Path(__file__).parent / "mentions.yml").read_text(encoding="utf-8"))
_NOW = datetime.fromisoformat(_TABLE["now"]).replace(tzinfo=ZoneInfo(_TABLE["zone"]))


@pytest.mark.parametrize("case", _TABLE["cases"], ids=lambda case: case["say"][:60])
def test_each_moment_has_its_role(case: dict[str, Any]) -> None:
    say = case["say"]
    found = [
        [say[mention.start : mention.end], mention.role, *(["asked"] if mention.asked else [])]
        for mention in find_moments(say, _NOW)
    ]
    assert found == case["mentions"]


def test_an_event_has_its_moment_too() -> None:
    wedding = find_moments("booked for the 19th, wedding on the 20th", _NOW)[1].found
    assert isinstance(wedding, Moment)
    assert wedding.at.date().isoformat() == "2026-11-20"


def test_what_is_only_weighed_up_is_no_treatment() -> None:
    assert find_moment("could i go again on friday?", _NOW) == Nothing()


def test_an_expected_side_chooses_between_two_treatments() -> None:
    say = "had my first session on the 2nd, the next one is on the 30th"
    sides: tuple[Direction, ...] = (None, "past", "future")
    found = [find_moment(say, _NOW, side) for side in sides]
    days = [each.at.day for each in found if isinstance(each, Moment)]
    assert days == [2, 2, 30]


def test_words_go_before_what_was_expected() -> None:
    found = find_moment("it's tomorrow at 3pm", _NOW, expects="past")
    assert isinstance(found, Moment)
    assert found.at > _NOW


def test_a_now_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        find_moments("yesterday", datetime(2026, 11, 18, 14))
    with pytest.raises(ValueError, match="time zone"):
        find_moment("yesterday", _NOW, known=datetime(2026, 11, 18, 14))
