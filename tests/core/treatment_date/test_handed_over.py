"""Moments that are handed over with the parse of a message."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.core.treatment_date import (
    Ambiguous,
    Mention,
    Moment,
    find_moments,
    read_moments,
    write_moments,
)

NOW = datetime(2026, 11, 18, 14, tzinfo=ZoneInfo("Europe/Berlin"))
KNOWN = Moment(NOW.replace(day=16), "minute", "", earliest=NOW.replace(day=16), latest=NOW.replace(day=16))
MESSAGES = (
    "had it yesterday, can i wear make-up tonight",
    "is a session on the 12th too late for the wedding on the 20th of december?",
    "i had it on 9.11.",
    "my session is on the 31st of november",
    "it was the day before, at 3",
    "can i go to the gym at 6 in the morning on saturday",
    "is it normal",
)


def without_wording(mentions: tuple[Mention, ...]) -> list[Mention]:
    return [_without_wording(mention) for mention in mentions]


def _without_wording(mention: Mention) -> Mention:
    found: Any = replace(mention.found, expression="")
    if isinstance(found, Ambiguous):
        found = replace(found, choices=tuple(replace(each, expression="") for each in found.choices))
    return replace(mention, found=found)


@pytest.mark.parametrize("known", [None, KNOWN])
@pytest.mark.parametrize("text", MESSAGES)
def test_the_moments_of_a_parse_are_those_of_the_message(text: str, known: Moment | None) -> None:
    parsed = json.loads(json.dumps(write_moments(text, NOW, known)))
    searched = find_moments(text, NOW, None, known.at if known else None)
    assert without_wording(read_moments(parsed, text, NOW, known)) == without_wording(searched)


@pytest.mark.parametrize("text", MESSAGES)
def test_the_parse_of_a_message_with_a_known_session_holds_the_moments_without_it(text: str) -> None:
    parsed = write_moments(text, NOW, KNOWN)
    searched = find_moments(text, NOW)
    assert without_wording(read_moments(parsed, text, NOW, None)) == without_wording(searched)


def test_a_message_is_not_searched_again() -> None:
    parsed = write_moments("had it yesterday", NOW, None)
    assert [each.role for each in read_moments(parsed, "", NOW, None)] == ["treatment_past"]


def test_a_moment_is_read_in_the_zone_of_the_person() -> None:
    (mention,) = read_moments(write_moments("had it yesterday at 4pm", NOW, None), "", NOW, None)
    assert isinstance(mention.found, Moment)
    assert mention.found.at.tzinfo == NOW.tzinfo


@pytest.mark.parametrize(
    "value",
    [
        None,
        "x",
        [],
        [{}],
        [None],
        [{"known": 3}],
        [{"known": None, "mentions": [{"role": "treatment_past"}]}],
    ],
)
def test_a_parse_without_moments_is_searched(value: Any) -> None:
    assert len(read_moments(value, "had it yesterday", NOW, None)) == 1


def test_moments_searched_with_another_session_are_searched_again() -> None:
    parsed = write_moments("it was the day before", NOW, replace(KNOWN, at=NOW.replace(day=10)))
    (mention,) = read_moments(parsed, "it was the day before", NOW, KNOWN)
    assert isinstance(mention.found, Moment)
    assert mention.found.at.day == 15


def test_a_message_with_very_many_moments_hands_none_over() -> None:
    text = "had it monday and gym on friday. " * 20
    assert write_moments(text, NOW, None) == []
    assert len(read_moments([], text, NOW, None)) > 20


def test_the_wording_is_not_part_of_the_parse() -> None:
    assert "yesterday" not in json.dumps(write_moments("had it yesterday", NOW, None))
