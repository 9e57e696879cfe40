"""Intents that follow from the dates of a message: one more session, an event, or what the message names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

import pytest

from assistant.core.protocol import (
    FALLBACK,
    OUT_OF_SCOPE,
    SESSION_INTERVAL,
    SYMPTOM_REPORT,
    TIMELINE,
    UNCLEAR_SYMPTOM,
    WEIGH_EVENT,
    WHO_SHOULD_AVOID,
)
from assistant.core.treatment_date import Moment, Treatment
from assistant.core.treatment_date.interpretation import AFTER_NOT_COVERED, Utterance, interpret

NOW = datetime(2026, 11, 30, 12, tzinfo=timezone.utc)
OCCASIONS = frozenset({"wedding", "party", "school"})


def intent(text: str, given: str, entities: Mapping[str, frozenset[str]] | None = None) -> str:
    """Return the intent of a message that the classifier takes for the given one."""
    said = Utterance(text, given, [given], entities or {})
    return interpret(said, Treatment(), None, NOW, OCCASIONS).intent or given


@pytest.mark.parametrize(
    "text",
    [
        "yesterday i rolled at home. today once more?",
        "did my face last monday, once more tomorrow?",
        "used my roller on sunday, use it again on wednesday?",
        "did it on nov 28, they have an opening on dec 19, take it?",
        "mine was on the 10th of november, my sister wants us both to go this friday",
        "my last needling was 2 november 6pm. tomorrow again possible?",
    ],
)
def test_one_more_session_is_a_question_of_the_interval(text: str) -> None:
    assert intent(text, TIMELINE) == intent(text, FALLBACK) == SESSION_INTERVAL


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("had it again on friday", {}),
        ("had my second session on friday", {}),
        ("had it on friday, can i run again", {"activity": frozenset({"exercise"})}),
        ("had it on friday, red again", {"symptom": frozenset({"redness"})}),
    ],
)
def test_a_session_that_has_been_or_another_subject_is_not(
    text: str, entities: dict[str, frozenset[str]]
) -> None:
    assert intent(text, TIMELINE, entities) != SESSION_INTERVAL


BRIDE = "needled today at 9, wedding on the 5th, will my face be ok"


def test_a_session_before_an_occasion_is_weighed() -> None:
    assert intent(BRIDE, "downtime", {"activity": frozenset({"wedding"})}) == WEIGH_EVENT


@pytest.mark.parametrize(
    "text",
    [
        "finished ten minutes ago",
        "just got back from the clinic",
        "they did my face yesterday",
        "skinpen on friday",
    ],
)
def test_a_message_that_is_only_a_date_wants_the_timeline(text: str) -> None:
    dated = f"{text} at 2pm" if "ago" not in text else text
    assert intent(dated, UNCLEAR_SYMPTOM) == TIMELINE


def test_an_unclear_symptom_comes_before_the_occasion() -> None:
    entities = {"activity": frozenset({"wedding"})}
    assert (
        intent("needled today, sore cheek, wedding on the 5th", UNCLEAR_SYMPTOM, entities) == UNCLEAR_SYMPTOM
    )


@pytest.mark.parametrize(
    ("given", "entities"),
    [
        ("after_makeup", {"activity": frozenset({"wedding"})}),
        (TIMELINE, {"activity": frozenset({"wedding", "wear_makeup"})}),
        (TIMELINE, {"activity": frozenset({"wedding"}), "product": frozenset({"sunscreen"})}),
        ("results_duration", {"activity": frozenset({"wedding"})}),
        (SESSION_INTERVAL, {"activity": frozenset({"wedding"})}),
    ],
)
def test_a_question_of_its_own_is_not_weighed_by_the_occasion(
    given: str, entities: dict[str, frozenset[str]]
) -> None:
    assert intent(BRIDE, given, entities) != WEIGH_EVENT


def test_the_second_session_before_an_occasion_is_a_question_of_the_interval() -> None:
    text = "had my first go on 21 november, can the second be on 12 december before my party"
    assert intent(text, "downtime", {"activity": frozenset({"party"})}) == SESSION_INTERVAL


def test_what_will_be_seen_leaves_open_if_the_session_has_been() -> None:
    said = Utterance("session on friday, how long will i be red", "redness", ["redness"], {})
    found = interpret(said, Treatment(), None, NOW, OCCASIONS).treatment
    assert found is not None
    assert found.moment is None


MAKEUP: Mapping[str, frozenset[str]] = {"product": frozenset({"makeup"})}


@pytest.mark.parametrize(
    "text",
    [
        "needled today at 9, bb cream?",
        "done today 9am, powder tomorrow at 8",
        "needled today, can i do my face",
    ],
)
def test_a_date_with_a_question_about_a_product_is_no_wish_for_the_timeline(text: str) -> None:
    said = Utterance(text, TIMELINE, [TIMELINE, "after_makeup"], MAKEUP)
    assert interpret(said, Treatment(), None, NOW, OCCASIONS).intent == "after_makeup"


@pytest.mark.parametrize(
    "text", ["needled today at 9, they put serum on", "needled today at 9, makeup? show my timeline"]
)
def test_a_date_with_a_statement_or_a_wish_for_the_timeline_is_one(text: str) -> None:
    said = Utterance(text, TIMELINE, [TIMELINE, "after_makeup"], MAKEUP)
    assert interpret(said, Treatment(), None, NOW, OCCASIONS).intent in {None, TIMELINE}


def test_a_question_for_permission_that_nobody_knows_is_about_something_not_covered() -> None:
    text = "may i hang upside down tonight, needled at 9 today"
    assert intent(text, FALLBACK) == AFTER_NOT_COVERED
    assert intent("needled at 9 today", FALLBACK) == TIMELINE


def test_what_seems_foreign_is_theirs_if_it_names_their_needling_and_a_thing() -> None:
    named = {"product": frozenset({"antihistamine"})}
    assert (
        intent("antihistamine tonight, needled this morning at 9", OUT_OF_SCOPE, named) == AFTER_NOT_COVERED
    )
    assert intent("antihistamine tonight, painted this morning at 9", OUT_OF_SCOPE, named) == OUT_OF_SCOPE


def test_a_session_that_is_only_considered_counts_for_a_question_about_its_aftercare() -> None:
    said = Utterance("if i get it done on 4 december at 2pm, retinol on the 9th?", "after_products", [], {})
    treatment = interpret(said, Treatment(), None, NOW, OCCASIONS).treatment
    assert treatment is not None
    assert treatment.moment is not None
    assert treatment.moment.at == datetime(2026, 12, 4, 14, tzinfo=timezone.utc)


def test_permission_for_make_up_at_a_party_is_no_question_about_the_party() -> None:
    text, entities = "needled today at 9, party on the 5th", {"activity": frozenset({"party", "wear_makeup"})}
    assert intent(f"{text}, can i do a full face", "downtime", entities) == "downtime"
    assert intent(f"{text}, will make-up hide it", "downtime", entities) == WEIGH_EVENT


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("flight to oslo tuesday 7am, treatment monday 3pm", True),
        ("flight to oslo today 7pm, treatment friday 3pm", False),
    ],
)
def test_a_session_before_something_to_come_may_be_to_come_as_well(text: str, is_open: bool) -> None:
    now = NOW.replace(day=29)  # a Sunday
    treatment = interpret(
        Utterance(text, "after_flying", [], {}), Treatment(), None, now, OCCASIONS
    ).treatment
    assert treatment is not None
    assert (treatment.doubt is not None) == is_open


def test_a_date_with_a_question_about_a_condition_asks_who_should_not_have_it() -> None:
    named = {"condition": frozenset({"pregnancy"})}
    assert intent("session thursday 4pm. 12 weeks pregnant, go?", TIMELINE, named) == WHO_SHOULD_AVOID
    assert intent("session thursday 4pm. i am pregnant", TIMELINE, named) == TIMELINE


def test_a_thing_that_is_done_again_is_no_further_session() -> None:
    assert intent("needled sunday 3pm. can i do my 10 step skincare again", TIMELINE) != SESSION_INTERVAL
    assert intent("needled sunday 3pm. can i do my face again", TIMELINE) == SESSION_INTERVAL


def test_results_before_an_occasion_are_not_weighed() -> None:
    named = {"activity": frozenset({"party"})}
    assert (
        intent("needled on 3 august, results gone by the party on 25 december?", "results_when", named)
        == "results_when"
    )


def test_a_symptom_that_is_not_understood_is_a_report_once_somebody_was_treated() -> None:
    said = Utterance("it stings", FALLBACK, [FALLBACK, "pain"], {"symptom": frozenset({"burning"})})
    at = NOW - timedelta(days=4)
    treated = Treatment(Moment(at, "minute", "", at, at))
    assert interpret(said, treated, None, NOW, OCCASIONS).intent == SYMPTOM_REPORT
    assert interpret(said, Treatment(), None, NOW, OCCASIONS).intent is None
