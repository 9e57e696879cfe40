"""Content, rules and wording of computed answers; the wording is in ``data/en/aftercare_wording.yml``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from assistant.core.aftercare.clinic_instructions import sources_by_name
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.rulebook_files import load_rulebook
from assistant.core.content.content import Content, load_content
from assistant.core.content.issues import ContentError
from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import Record, read_yaml, record_issues

KEY = "aftercare_wording"

Put = Literal["harm", "how_long", "when", "tell", "done"]
"""How a question is put that asks neither for permission nor for a duty: does it harm, how long, when, which or how or
why, and what was done already."""


class DayWording(Record):
    """Wording of the person's day, the last line of an answer."""

    after: str
    today: str
    before_one: str
    before: str


class GroupWording(Record):
    """Headings of the timeline's groups."""

    avoid: str
    do: str
    normal: str
    later: str
    over: str
    after: str


class PageWording(Record):
    """Wording of the timeline's page to print."""

    title: str
    sources: str


class OwnMedicine(Record):
    """Cues, in lower case and without apostrophes, for a medicine on which a doctor decides."""

    prescribed: tuple[str, ...]
    """Sufficient alone."""
    prescribers: tuple[str, ...]
    treating: tuple[str, ...]
    """People and papers that give instructions, and prescribe nothing."""
    recommending: tuple[str, ...]
    """Sufficient together with a prescriber."""
    conditions: tuple[str, ...]
    frequency: tuple[str, ...]
    own: tuple[str, ...]
    """Needs a medicine, like the two above; except for ``frequency``, a topic about medicines is enough."""
    told: frozenset[str]
    """Conditions, mentioned earlier in the conversation, that imply such a medicine."""
    unnamed: tuple[str, ...]
    """Sufficient for a topic about medicines, if no product is named."""
    nouns: tuple[str, ...]
    taking: tuple[str, ...]
    """Makes a medicine of something that is not in the lexicon."""
    no_medicine: frozenset[str]
    """Products that are none, whoever recommends them."""
    denied: tuple[str, ...]
    """Removed before matching."""


class RefusedWording(Record):
    """Replies to an impossible date."""

    impossible: str
    too_far: str
    negative: str


class AftercareWording(Record):
    """All sentences; the file documents their placeholders."""

    hurts: tuple[str, ...]
    own_medicine: OwnMedicine
    asks_must: tuple[str, ...]
    asks_stop: tuple[str, ...]
    asks_without: tuple[str, ...]
    asks_may: tuple[str, ...]
    put: dict[Put, tuple[str, ...]]
    """Cues by how a question is put; the first that fits counts."""
    put_short: dict[Put, tuple[str, ...]]
    """Cues that count only if nothing but fillers stands beside them."""
    put_fillers: tuple[str, ...]
    done: tuple[str, ...]
    done_except: tuple[str, ...]
    """Words that turn a cue of ``done`` into the report of a treatment."""
    on_condition: tuple[str, ...]
    calls_harsh: tuple[str, ...]
    right_now: tuple[str, ...]
    done_already: tuple[str, ...]
    noticed: tuple[str, ...]
    ahead: tuple[str, ...]
    future: tuple[str, ...]
    another_session: tuple[str, ...]
    how_often: tuple[str, ...]
    narrower: dict[str, tuple[str, ...]]
    """Cues by the id of the rule that they ask about."""
    joined_by: tuple[str, ...]
    moment: str
    with_hour: str
    end_of_day: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    zone: str
    zone_unknown: str
    either_way: str
    most_care: str
    picked_past: str
    picked_future: str
    day: DayWording
    openings: dict[str, dict[str, str]]
    """Openings by form of the question and case; a form without one for the case has that of "may"."""
    told_ban: str
    told_leave: str
    told_says: tuple[str, ...]
    told_no: tuple[str, ...]
    """Makes a ban of what somebody was told."""
    of_after: str
    about: str
    nearest: str
    nearest_named: str
    articles_say: str
    hour: str
    expected_until: str
    not_expected_any_more: str
    expected_by_hour: str
    expected_undated: str
    expected_later: str
    expected_unknown: str
    expected_in_part: str
    expected_before: str
    worse: str
    forecast: str
    forecast_line: str
    results_until: str
    results_fading: str
    results_faded: str
    results_by_then: str
    results_perhaps: str
    results_not_so_long: str
    results_dated: str
    event_ok: str
    event_not_yet: str
    event_of_past: str
    event_everyday: str
    event_avoid: str
    event_still: str
    event_to_come: str
    event_all_over: str
    event_latest: str
    event_no_day: str
    event_differs: str
    skin_differs: str
    medicines: str
    next_time: str
    groups: GroupWording
    next: str
    line: str
    line_no_end: str
    line_until: str
    line_about: str
    line_from: str
    line_since: str
    timeline_after: str
    page: PageWording
    forgotten: str
    ask_choice: str
    ask_side: str
    ask_hour: str
    ask_day: str
    refused: RefusedWording
    keeps: str
    see_timeline: str


def load_aftercare_wording(data: Path) -> AftercareWording:
    """Load the sentences from the folder ``data``.

    Raises:
        ContentError: the file or a sentence is missing.
    """
    path = data / LANGUAGE / "aftercare_wording.yml"
    content: Any = read_yaml(path)
    try:
        return AftercareWording.parse_obj((content if isinstance(content, dict) else {}).get(KEY) or {})
    except ValidationError as error:
        raise ContentError(record_issues(path, KEY, error, (KEY,))) from error


@dataclass(frozen=True)
class AftercareGuide:
    """Content, rules (the articles' and the clinic's) and wording of computed answers."""

    content: Content
    aftercare: Rulebook
    wording: AftercareWording


def load_guide(data: Path, clinic: Path) -> AftercareGuide:
    """Load the guide from the folder ``data``, for the clinic in the folder ``clinic``.

    Raises:
        ContentError: a file is missing or invalid.
    """
    content = load_content(data, clinic / "settings.yml")
    aftercare = load_rulebook(data, clinic / "aftercare.yml", content)
    return guide_of(content, aftercare, load_aftercare_wording(data))


def guide_of(content: Content, aftercare: Rulebook, wording: AftercareWording) -> AftercareGuide:
    """Return the guide, in whose answers the clinic's rules can be cited."""
    return AftercareGuide(replace(content, instructions=sources_by_name(aftercare)), aftercare, wording)
