"""The sentences around the rules, from ``data/aftercare_wording.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.core.aftercare.rulebook import Rulebook, load_rulebook
from assistant.core.content.content import Content, load_content
from assistant.core.content.issues import ContentError
from assistant.core.content.yaml_files import Record, read_yaml, record_faults

KEY = "aftercare_wording"


class Countdown(Record):
    """How far away a session is."""

    one: str
    other: str


class VerdictWording(Record):
    """How the answer to "may I?" begins."""

    not_yet: str
    not_yet_until: str
    not_yet_then_ask: str
    ok: str
    ok_must: str
    ok_may: str
    ok_from: str
    ok_since: str
    ok_until: str
    avoid: str
    ask_professional: str
    ask_prescriber: str
    not_covered: str


class StopWording(Record):
    """How the answer to "should I stop?" begins."""

    leave: str
    leave_until: str
    leave_medicine: str
    leave_medicine_until: str
    go_on: str
    needless: str


class OwnMedicine(Record):
    """Words, in lower case and without apostrophes, that make a medicine one on which a doctor decides."""

    prescribed: tuple[str, ...]
    """These alone."""
    prescribers: tuple[str, ...]
    recommending: tuple[str, ...]
    """One of these beside a prescriber."""
    conditions: tuple[str, ...]
    frequency: tuple[str, ...]
    own: tuple[str, ...]
    """One of these three beside a medicine; of the first and the last, a topic about medicines is enough."""
    told: frozenset[str]
    """Conditions, told earlier in the talk, that are such a medicine."""
    unnamed: tuple[str, ...]
    """With a topic about medicines, where no product is named."""
    nouns: tuple[str, ...]
    taking: tuple[str, ...]
    """With one of these, something that nobody has a word for is a medicine."""
    denied: tuple[str, ...]
    """These are passed over."""


class RefusedWording(Record):
    """What to say to a date that cannot be."""

    impossible: str
    too_far: str
    negative: str


class AftercareWording(Record):
    """Every sentence; the file says what stands between the braces."""

    hurts: tuple[str, ...]
    own_medicine: OwnMedicine
    asks_must: tuple[str, ...]
    asks_stop: tuple[str, ...]
    noticed: tuple[str, ...]
    ahead: tuple[str, ...]
    another_session: tuple[str, ...]
    how_often: tuple[str, ...]
    joined_by: tuple[str, ...]
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
    stop: StopWording
    about: str
    nearest: str
    nearest_named: str
    clinics_own: str
    articles_say: str
    hour: str
    expected: str
    expected_until: str
    not_expected_any_more: str
    expected_later: str
    expected_unknown: str
    expected_in_part: str
    expected_before: str
    worse: str
    forecast: str
    forecast_line: str
    event_ok: str
    event_not_yet: str
    event_still: str
    event_to_come: str
    event_all_over: str
    event_latest: str
    event_no_day: str
    event_differs: str
    prepare_medicines: str
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


@dataclass(frozen=True)
class AftercareGuide:
    """The content, the articles' rules with the clinic's own, and the sentences around them."""

    content: Content
    aftercare: Rulebook
    wording: AftercareWording


def load_guide(data: Path, clinic: Path) -> AftercareGuide:
    """The handbook of the folder ``data``, for the clinic of the folder ``clinic``.

    Raises:
        ContentError: a file is missing or wrong.
    """
    content = load_content(data, clinic / "settings.yml")
    return AftercareGuide(
        content, load_rulebook(data, clinic / "aftercare.yml", content), load_aftercare_wording(data)
    )
