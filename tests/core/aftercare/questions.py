"""Timing questions of every kind, and their verdicts."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import cache

import yaml
from hypothesis import strategies as st

from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import VerdictResult, verdict
from tests.core.aftercare.conftest import ROOT
from tests.core.aftercare.oracle import OF_ALL

BANS = {"not_yet", "avoid"}


@cache
def known(kind: str) -> list[str]:
    """Return the ids of all products, activities or symptoms in the lexicon."""
    entries = yaml.safe_load((ROOT / "data" / "en" / "lexicon" / f"{kind}.yml").read_text(encoding="utf-8"))[
        "lexicon"
    ]
    return [entry["id"] for entry in entries]


PRODUCTS = st.sampled_from(known("product"))
ACTIVITIES = st.sampled_from(known("activity"))
RULES = st.sampled_from(
    [entry["id"] for entry in yaml.safe_load((ROOT / "data/aftercare.yml").read_text("utf-8"))["aftercare"]]
)
TOPICS = st.sampled_from(
    [name for name in OF_ALL if name not in {*known("product"), *known("activity")}]
    + [
        "after_not_covered",
        "after_cleansing",
        "after_moisturising",
        "prep_shaving",
        "patch_test",
        "aftercare",
    ]
)


def ask_of(name: str) -> TimingQuestion:
    """Return a question about the product, activity or topic with this id."""
    if name in known("product"):
        return TimingQuestion(products=(name,))
    return TimingQuestion(activities=(name,)) if name in known("activity") else TimingQuestion(topic=name)


READ = st.sampled_from(OF_ALL).map(ask_of)
SUBJECTS = (
    PRODUCTS.map(lambda product: TimingQuestion(products=(product,)))
    | ACTIVITIES.map(lambda activity: TimingQuestion(activities=(activity,)))
    | TOPICS.map(lambda topic: TimingQuestion(topic=topic))
)
QUESTIONS = st.builds(
    TimingQuestion,
    topic=st.none() | TOPICS,
    products=st.lists(PRODUCTS, max_size=2).map(tuple),
    activities=st.lists(ACTIVITIES, max_size=2).map(tuple),
    rule=st.none() | RULES,
    prescribed=st.booleans(),
)


def at(asked: TimingQuestion, treated: datetime, moment: datetime, aftercare: Rulebook) -> VerdictResult:
    """Return the verdict for the moment."""
    return verdict(asked, treated, moment, aftercare, moment.astimezone(timezone.utc))
