"""Numbers of rules and facts in words, and the citations of what a clinic's window states."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from assistant.core.aftercare.figures import Figures, load_figures, say_value, say_window
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.rules import Rule
from assistant.core.content.content import Content
from assistant.core.content.duration_words import DurationWords, load_duration_words
from tests.core.aftercare.conftest import ROOT, Clinic

MAKEUP: dict[str, Any] = {
    "id": "no-make-up",
    "section": "Sheet",
    "topics": ["after_makeup"],
    "products": ["makeup"],
    "activities": ["wear_makeup"],
    "title": "No make-up",
    "detail": "No make-up, please.",
    "kind": "avoid",
    "direction": "after",
    "start": "PT0S",
    "end": "PT48H",
    "otherwise": "ok",
    "strictness": "must",
}


@pytest.fixture(scope="module")
def words() -> DurationWords:
    """The wording of durations."""
    return load_duration_words(ROOT / "data")


def figures(aftercare: Rulebook, content: Content) -> Figures:
    return load_figures(ROOT / "data", aftercare, content.facts)


def hours(wait: timedelta) -> str:
    return f"{wait // timedelta(hours=1)} hours"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("30", "30"),
        ("5/6", "5 to 6"),
        ("PT24H", "24 hours"),
        ("PT1H", "an hour"),
        ("PT90M", "90 minutes"),
        ("P1D", "a day"),
        ("P10D", "10 days"),
        ("P7D", "a week"),
        ("P4W", "4 weeks"),
        ("P12M", "a year"),
        ("P3M/P5M", "3 to 5 months"),
        ("PT12H/PT24H", "12 to 24 hours"),
        ("P15D/P30D", "15 to 30 days"),
        ("P4W/P30D", "28 to 30 days"),
        ("PT5M/PT1H", "5 minutes to an hour"),
    ],
)
def test_values_are_said_in_words(value: str, said: str, words: DurationWords) -> None:
    assert say_value(value, words) == said


@pytest.mark.parametrize("value", ["", "a day", "5-6", "PT", "5/P1D", "1/2/3"])
def test_a_value_that_is_no_number_is_refused(value: str, words: DurationWords) -> None:
    with pytest.raises(ValueError, match="duration"):
        say_value(value, words)


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ({"end": "PT24H"}, "24 hours"),
        ({"end": "P1W"}, "a week"),
        ({"end": None, "otherwise": None}, None),
        ({"start": "P6M", "end": None, "otherwise": None}, "6 months"),
        ({"start": "P4W", "end": "P5W"}, "4 to 5 weeks"),
        ({"start": "P3D", "end": "P5D", "whole_days": True}, "days 3 to 5"),
        ({"start": "P0D", "end": "P2D", "whole_days": True}, "3 days"),
        ({"start": "P0D", "end": "P0D", "whole_days": True}, "the day of the session"),
        ({"direction": "before", "start": "PT48H", "end": "PT0S"}, "48 hours"),
        ({"direction": "any", "start": None, "end": None, "otherwise": None}, None),
    ],
)
def test_windows_are_said_in_words(window: dict[str, Any], said: str | None, words: DurationWords) -> None:
    assert say_window(Rule.parse_obj(MAKEUP | window), words) == said


def test_texts_are_filled_from_rules_and_facts(
    aftercare: Rulebook, content: Content, make_up_wait: timedelta
) -> None:
    text = "{window:no-make-up}; {window:next-session.start}; {fact:spf-30-or-higher.spf}"
    assert figures(aftercare, content).fill(text) == f"{hours(make_up_wait)}; 4 weeks; 30"


def test_the_clinics_window_counts_and_what_states_it_cites_the_clinic(
    clinic: Clinic, content: Content
) -> None:
    text = (
        "For {window:no-make-up} [no-make-up-for-at-least-24-hours, avoid-make-up-after, spf-30-or-higher]. "
        "One says {fact:no-make-up-for-at-least-24-hours.time} [no-make-up-for-at-least-24-hours]. "
        "So {window:no-make-up}. One says [no-make-up-for-at-least-24-hours]:\n"
        "- {window:no-make-up}\n- a day [no-make-up-for-at-least-24-hours]"
    )
    assert figures(clinic(MAKEUP), content).fill(text) == (
        "For 48 hours [clinic_no-make-up, spf-30-or-higher]. "
        "One says 24 hours [no-make-up-for-at-least-24-hours]. "
        "So 48 hours. One says [no-make-up-for-at-least-24-hours]:\n"
        "- 48 hours\n- a day [no-make-up-for-at-least-24-hours]"
    )


def test_of_a_laxer_rule_of_the_clinic_the_window_of_the_articles_counts(
    clinic: Clinic, content: Content, make_up_wait: timedelta
) -> None:
    text = "For {window:no-make-up} [no-make-up-for-at-least-24-hours]."
    lax = figures(clinic({**MAKEUP, "end": "PT12H"}), content)
    assert lax.fill(text) == f"For {hours(make_up_wait)} [no-make-up-for-at-least-24-hours]."


def test_where_the_clinic_names_no_end_texts_go_on_naming_that_of_the_articles(
    clinic: Clinic, content: Content, make_up_wait: timedelta
) -> None:
    text = "For at least {window:no-make-up} [no-make-up-for-at-least-24-hours]."
    endless = figures(clinic({**MAKEUP, "end": None, "otherwise": None}), content)
    assert endless.fill(text) == f"For at least {hours(make_up_wait)} [no-make-up-for-at-least-24-hours]."


def test_a_figure_that_nobody_owns_is_an_error(aftercare: Rulebook, content: Content) -> None:
    with pytest.raises(KeyError):
        figures(aftercare, content).fill("{window:no-such-rule}")
