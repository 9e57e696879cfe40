"""A clinic's own rules in answers that are not worked out for a date."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.core.aftercare.clinic_instructions import rules_about, with_instructions, with_own_rules
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.content.content import Content
from assistant.core.protocol import CANDIDATE_CHECK
from tests.core.aftercare.conftest import Clinic
from tests.core.aftercare.test_figures import MAKEUP

COME_CLEAN: dict[str, Any] = {
    **MAKEUP,
    "id": "come-clean",
    "topics": ["preparation"],
    "products": [],
    "activities": ["wear_makeup"],
    "title": "Come without make-up",
    "direction": "before",
    "start": "P0D",
    "end": "PT0S",
    "whole_days": True,
    "otherwise": "ok",
}


def ids(topic: str, aftercare: Rulebook, **named: list[str]) -> set[str]:
    """Return the ids of the clinic's rules on a topic, for what the message names."""
    return {rule.id for rule in rules_about(topic, named, aftercare)}


@pytest.mark.parametrize(
    ("topic", "named", "found"),
    [
        ("after_makeup", {}, {"no-make-up"}),
        ("after_makeup", {"product": ["makeup"]}, {"no-make-up"}),
        ("after_makeup", {"product": ["vitamin_c"]}, set()),
        ("after_not_covered", {"activity": ["exercise"]}, {"no-exercise"}),
        ("after_not_covered", {"activity": ["fly"]}, set()),
        ("after_not_covered", {}, set()),
        ("after_products", {}, {"no-harsh-products"}),
        ("session_interval", {}, {"next-session"}),
        ("pain", {}, set()),
        ("downtime", {"activity": ["exercise"]}, {"no-exercise"}),
        # without the next session, which the articles want later
        ("aftercare", {}, {"no-make-up", "no-exercise", "no-harsh-products"}),
        ("timeline", {}, {"no-make-up", "no-exercise", "no-harsh-products"}),
        ("preparation", {}, set()),
        # a thing named in passing
        ("treats", {"product": ["retinoids"]}, set()),
        ("prep_skincare", {"product": ["retinoids"]}, set()),
    ],
)
def test_a_rule_counts_for_its_topic_or_for_what_is_named(
    clinics_book: AftercareGuide, topic: str, named: dict[str, list[str]], found: set[str]
) -> None:
    assert ids(topic, clinics_book.aftercare, **named) == found


def test_rules_for_the_time_before_belong_to_the_preparation_and_the_check(clinic: Clinic) -> None:
    own = clinic(MAKEUP, COME_CLEAN)
    assert ids("preparation", own) == ids(CANDIDATE_CHECK, own) == {"come-clean"}


def test_a_question_about_the_time_before_gets_no_rule_for_the_time_after(clinic: Clinic) -> None:
    own = clinic(MAKEUP, COME_CLEAN)
    assert ids("prep_skincare", own, product=["makeup"]) == set()
    assert ids("prep_skincare", own, activity=["wear_makeup"]) == {"come-clean"}
    assert ids("after_makeup", own, activity=["wear_makeup"]) == {"no-make-up"}


def test_without_rules_of_a_clinic_nothing_changes(aftercare: Rulebook, content: Content) -> None:
    response = {"text": "Wait.", "metadata": {"topic": "after_makeup"}}
    rules = rules_about("after_makeup", {}, aftercare)
    assert with_instructions(response, rules, aftercare, content.clinic) == response


@pytest.mark.parametrize("outcome", ["urgent", "clarify", "handoff"])
def test_nothing_stands_before_an_alarm(clinic: Clinic, content: Content, outcome: str) -> None:
    own = clinic(MAKEUP)
    response = {"text": "Call.", "metadata": {"topic": "after_makeup", "outcome": outcome}}
    assert with_instructions(response, rules_about("after_makeup", {}, own), own, content.clinic) == response


def test_an_answer_to_another_question_stays_below_the_instruction(
    clinics_book: AftercareGuide, content: Content
) -> None:
    own = clinics_book.aftercare
    rules = rules_about("downtime", {"activity": ["exercise"]}, own)
    response = {"text": "About a day.", "metadata": {"topic": "downtime"}}
    given = with_instructions(response, rules, own, content.clinic)
    assert given["text"].endswith("[clinic_no-exercise].\n\nAbout a day.")


def test_what_only_a_doctor_may_decide_is_never_hidden(clinic: Clinic, content: Content) -> None:
    own = clinic(MAKEUP)
    about = {"topic": "after_makeup", "verdict": "ask_professional"}
    response = {"text": "Do not stop it yourself.", "metadata": about}
    given = with_instructions(response, rules_about("after_makeup", {}, own), own, content.clinic)
    assert given["text"] == (
        "Your clinic says: No make-up, please [clinic_no-make-up].\n\nDo not stop it yourself."
    )
    assert given["metadata"] == about


def test_the_end_of_the_check_lists_what_the_clinic_wants_before(clinic: Clinic, content: Content) -> None:
    source = {"id": "first", "title": "The first", "name": "First", "section": "Pain"}
    message = {"text": "No reason against it.", "metadata": {"sources": [source]}}
    given = with_own_rules(message, CANDIDATE_CHECK, clinic(MAKEUP, COME_CLEAN), content.clinic)
    assert given["text"] == "No reason against it.\n\nYour clinic says:\n\n- Come without make-up [2]"
    assert [each["id"] for each in given["metadata"]["sources"]] == ["first", "clinic"]
