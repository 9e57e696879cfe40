"""Table of expressions: the message, its time and zone, and the expected result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import yaml

from assistant.core.treatment_date import Ambiguous, Direction, Found, Moment, Nothing, Refused, find_moment

CASES = Path(__file__).parent / "cases"
_HOURS = {"morning": 9, "lunchtime": 13, "afternoon": 15, "teatime": 17, "evening": 19, "night": 21}
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Case:
    """A row of the table.

    ``wanted`` has one of the keys: ``at`` a minute · ``day`` a date · ``part`` a date and a part of the day or an
    hour · ``ambiguous`` with the reason, and perhaps ``choices`` · ``refused`` with the reason · ``nothing``.
    ``missed`` marks a known failure.
    """

    say: str
    now: datetime
    expects: Direction
    known: datetime | None
    missed: bool
    wanted: dict[str, Any]

    def found(self) -> Found:
        """Return the result of the code under test."""
        return find_moment(self.say, self.now, self.expects, self.known)


def load_cases(path: Path) -> list[Case]:
    """Load the rows of a file; each may override the file's zone and now."""
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [_case({"now": table["now"], "zone": table["zone"], **row}) for row in table["cases"]]


def all_cases() -> list[tuple[str, Case]]:
    """Return every row of every file, with the name of the file."""
    return [(path.stem, case) for path in sorted(CASES.glob("*.yml")) for case in load_cases(path)]


def is_right(case: Case, found: Found) -> bool:
    """Return True if the result is exactly the expected one."""
    wanted = case.wanted
    if isinstance(found, Nothing):
        return "nothing" in wanted
    if isinstance(found, Refused):
        return bool(wanted.get("refused") == found.reason)
    if isinstance(found, Ambiguous):
        return bool(wanted.get("ambiguous") == found.reason) and _has_choices(found, case)
    return _is_moment(found, case)


def is_silently_wrong(case: Case, found: Found) -> bool:
    """Return True if the code is certain of a wrong moment, or one more than an hour off."""
    if not isinstance(found, Moment) or is_right(case, found):
        return False
    if "at" in case.wanted:
        return not found.earliest - _HOUR <= _moment(case.wanted["at"], case.now) <= found.latest + _HOUR
    return not ({"day", "part"} & set(case.wanted) and found.at.date() == _day(case.wanted))


def _is_moment(found: Moment, case: Case) -> bool:
    wanted = case.wanted
    if "at" in wanted:
        at = _moment(wanted["at"], case.now)
        return found.precision == "minute" and found.at == at and found.at.utcoffset() == at.utcoffset()
    if "day" in wanted:
        return found.precision == "day" and found.at.date() == _day(wanted)
    if "part" not in wanted:
        return False
    named = wanted["part"].split()[1]
    hour = _HOURS[named] if named in _HOURS else int(named.rstrip("h"))
    inside = datetime.combine(_day(wanted), datetime.min.time(), case.now.tzinfo) + timedelta(hours=hour)
    return found.precision == "part_of_day" and found.earliest <= inside <= max(found.latest, case.now)


def _has_choices(found: Ambiguous, case: Case) -> bool:
    wanted = case.wanted.get("choices")
    if wanted is None:
        return True
    if len(wanted) != len(found.choices):
        return False
    return all(
        choice.at.date() == each if type(each) is date else choice.at == _moment(each, case.now)
        for choice, each in zip(found.choices, wanted)
    )


def _case(row: dict[str, Any]) -> Case:
    zone = ZoneInfo(row.pop("zone"))
    now = _read(row.pop("now"), zone)
    known = row.pop("known", None)
    expects = cast(Direction, row.pop("expects", None))
    missed = bool(row.pop("missed", False))
    return Case(row.pop("say"), now, expects, _read(known, zone) if known else None, missed, row)


def _read(value: str | datetime | date, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(value if isinstance(value, str) else value.isoformat())
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _moment(value: str | datetime | date, now: datetime) -> datetime:
    assert isinstance(now.tzinfo, ZoneInfo)
    return _read(value, now.tzinfo)


def _day(wanted: dict[str, Any]) -> date:
    value = wanted.get("day") or wanted["part"].split()[0]
    return value if isinstance(value, date) else date.fromisoformat(value)
