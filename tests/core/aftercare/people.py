"""People before and after their treatment, at noon on Monday 30 November 2026 in London, and their answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import yaml

from assistant.core.aftercare.dated import asked_about
from assistant.core.aftercare.grammar import Message
from assistant.core.aftercare.guide import AftercareGuide, guide_of, load_aftercare_wording
from assistant.core.aftercare.person import Person, person_of
from assistant.core.aftercare.rulebook_files import load_rulebook
from assistant.core.aftercare.timing_answer import answer_timing
from assistant.core.content.content import load_content
from tests.core.aftercare.conftest import ROOT

ZONE = "Europe/London"
NOW = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo(ZONE))
TREATED = {
    "to come": NOW + timedelta(days=4),
    "later today": NOW + timedelta(hours=5),
    "today": NOW - timedelta(hours=3),
    "day 1": NOW - timedelta(hours=20),
    "day 4": NOW - timedelta(days=4),
    "day 20": NOW - timedelta(days=20),
}
TO_COME = ("to come", "later today")


def person(when: str) -> Person:
    """Return a person who gave the day and hour of the treatment."""
    return treated(NOW - TREATED[when])


def treated(ago: timedelta) -> Person:
    """Return a person whose treatment was that long ago; a negative time is in the future."""
    moment = (NOW - ago).isoformat()
    value = {"at": moment, "earliest": moment, "latest": moment, "precision": "minute", "zone": ZONE}
    return person_of(value, ZONE, NOW)


BOOKED = person("to come")
SINCE_YESTERDAY = treated(timedelta(hours=27))
SINCE_TEN_DAYS = treated(timedelta(days=10))
EVERYBODY = {"booked": BOOKED, "since yesterday": SINCE_YESTERDAY, "since ten days": SINCE_TEN_DAYS}


@cache
def book() -> AftercareGuide:
    """Return the project's own guide, without a clinic's rules."""
    data = ROOT / "data"
    content = load_content(data, ROOT / "clinic" / "settings.yml")
    aftercare = load_rulebook(data, ROOT / "clinic" / "none.yml", content)
    return guide_of(content, aftercare, load_aftercare_wording(data))


@cache
def words_for(kind: str) -> dict[str, str]:
    """Return the id of each term of the lexicon."""
    text = (ROOT / "data" / "en" / "lexicon" / f"{kind}.yml").read_text(encoding="utf-8")
    return {term: entry["id"] for entry in yaml.safe_load(text)["lexicon"] for term in entry["terms"]}


def answer(
    text: str,
    person: Person,
    topic: str,
    *named: str,
    when: datetime | None = None,
    told: tuple[str, ...] = (),
) -> Message:
    """Return the answer to a text of this topic that names these words of the lexicon."""
    products = tuple(words_for("product")[word] for word in named if word in words_for("product"))
    activities = tuple(words_for("activity")[word] for word in named if word in words_for("activity"))
    assert len(products) + len(activities) >= len(named), f"no word of the lexicon among {named}"
    asked = asked_about(text, topic, person, book(), products=products, activities=activities, told=told)
    return answer_timing(asked, person, (when,) if when else (), book())


def verdict_of(message: Message) -> str:
    """Return the answer's verdict on "may I?"."""
    verdict: str = message["metadata"]["verdict"]
    return verdict
