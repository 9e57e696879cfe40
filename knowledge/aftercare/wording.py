"""The sentences around the rules, from ``data/aftercare_wording.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.faults import ContentError
from knowledge.yaml_files import Record, read_yaml, record_faults

KEY = "aftercare_wording"


class Countdown(Record):
    """How far away a session is."""

    one: str
    other: str


class VerdictWording(Record):
    """How the answer to "may I?" begins."""

    not_yet: str
    not_yet_until: str
    ok: str
    ok_from: str
    ok_since: str
    ok_until: str
    avoid: str
    ask_professional: str
    not_covered: str


class RefusedWording(Record):
    """What to say to a date that cannot be."""

    impossible: str
    too_far: str
    negative: str


class AftercareWording(Record):
    """Every sentence; the file says what stands between the braces."""

    prescribed: tuple[str, ...]
    hurts: tuple[str, ...]
    moment: str
    with_hour: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    zone: str
    zone_unknown: str
    either_way: str
    picked_past: str
    picked_future: str
    treated_today: str
    treated: str
    will_be_treated: str
    will_be_treated_today: str
    countdown: Countdown
    verdict: VerdictWording
    nearest: str
    clinics_own: str
    articles_say: str
    hour: str
    expected: str
    expected_until: str
    not_expected_any_more: str
    expected_later: str
    expected_unknown: str
    expected_before: str
    worse: str
    event_ok: str
    event_not_yet: str
    event_still: str
    event_all_over: str
    event_latest: str
    event_differs: str
    timeline_now: str
    timeline_upcoming: str
    timeline_past: str
    line: str
    line_until: str
    line_from: str
    timeline_after: str
    forgotten: str
    ask_choice: str
    ask_side: str
    ask_hour: str
    ask_day: str
    refused: RefusedWording
    keeps: str
    see_timeline: str


def load_aftercare_wording(data: Path) -> AftercareWording:
    """The sentences of the folder ``data``.

    Raises:
        ContentError: the file is missing, or a sentence is.
    """
    path = data / "aftercare_wording.yml"
    content: Any = read_yaml(path)
    try:
        return AftercareWording.parse_obj((content if isinstance(content, dict) else {}).get(KEY) or {})
    except ValidationError as error:
        raise ContentError(record_faults(path, KEY, error, (KEY,))) from error
