"""Loads the held-out conversations, one file each, named after the person's actions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import root_validator, validator

from assistant.core.content.yaml_files import Record, read_records
from assistant.core.protocol import Outcome
from testbed.dialogue_questions import HELD_OUT, Kind
from testbed.expected_answers import Expected, each_answer, either

_DAY = re.compile(r"\{(day|weekday) (-?\d+)\}")
ACTS = ("says", "presses", "does", "answers_check")


class Turn(Record):
    """One thing that a person says, presses or does, and what must come of it. What isn't given doesn't matter."""

    says: str | None = None
    """`{day -2}` is the date two days ago (2026-11-18), `{weekday 2}` the name of the day after tomorrow's weekday."""
    presses: Literal["first_choice", "none_of_these"] | None = None
    """A button of the last answer."""
    does: Literal["reload", "erase"] | None = None
    """Comes back with the same session, or erases the conversation and starts a new one."""
    answers_check: str | None = None
    """Says this to each question of the candidate check until it is over; what follows is true of its end."""
    but: Mapping[str, str] = {}
    """What it says instead to the question about a condition."""

    answers: tuple[Expected, ...] = ()
    """In their order. What comes on top of them doesn't count: the date question, the check's, and a timeline that is
    shown because the date was said."""
    outcomes: tuple[Outcome, ...] = ()
    """Any of them is right for the first message."""
    kind: Kind | None = None
    about: tuple[str, ...] = ()
    """The topics that a follow-up of that kind may be about."""
    asks_date: bool | None = None
    """Whether it asks when the treatment was or will be."""
    timeline: bool | None = None
    treated_on: str | None = None
    """The day of the timeline's treatment."""
    asks_check: bool | None = None
    """Whether it asks a question of the candidate check."""
    same_check_as: int | None = None
    """The turn, counted from 1, whose question of the check it asks again."""
    never_asks: tuple[str, ...] = ()
    """Conditions that the check doesn't ask about, because they are known."""
    conditions: tuple[str, ...] = ()
    """Conditions that the check's end names."""
    clarifies: bool | None = None
    """Whether it asks back with choices."""
    answers_choice: bool | None = None
    """Whether the answer is about what was pressed."""
    offers_person: bool | None = None
    """Whether it hands over to a person, or has a button for it."""
    sources: bool | None = None
    disagreement: bool | None = None
    mentions_none: tuple[str, ...] = ()
    """Words that no message may have in it, in any case."""
    remembers: int | None = None
    """How many messages of the person the conversation then holds."""

    _each = validator("answers", pre=True, allow_reuse=True)(each_answer)
    _either = validator("about", pre=True, allow_reuse=True)(either)

    @root_validator
    def _is_one_act(cls, values: dict[str, Any]) -> dict[str, Any]:
        if sum(values.get(act) is not None for act in ACTS) != 1:
            raise ValueError(f"needs exactly one of {', '.join(ACTS)}")
        return values

    @property
    def expects(self) -> bool:
        """Whether anything is expected of it."""
        return bool(self.__fields_set__ - {*ACTS, "but"})


@dataclass(frozen=True)
class Script:
    """A conversation."""

    name: str
    turns: tuple[Turn, ...]


def load_scripts(folder: Path = HELD_OUT / "conversations") -> list[Script]:
    """By name."""
    return [
        Script(path.stem, tuple(read_records(path, "turns", Turn))) for path in sorted(folder.glob("*.yml"))
    ]


def fill_in_days(text: str, today: date) -> str:
    """The text with its days as somebody would write them today."""

    def written(found: re.Match[str]) -> str:
        day = today + timedelta(days=int(found[2]))
        return day.isoformat() if found[1] == "day" else f"{day:%A}".lower()

    return _DAY.sub(written, text)
