"""Every topic with a date-dependent answer, compared with its general answer on every kind of day."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import pytest
import yaml

from assistant.core.aftercare.dated import answer_by_date
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.timing_question import TimingQuestion, topic_for_phase
from assistant.core.content.responses import load_responses
from tests.core.aftercare.conftest import ROOT
from tests.core.aftercare.people import TO_COME, TREATED, person

COMPUTED = {"action_answer_timing", "action_judge_symptom"}


@cache
def dated_topics() -> list[str]:
    """Return the topics whose rules lead to a date-dependent answer."""
    rules: list[dict[str, Any]] = [
        rule
        for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
    ]
    return [rule["steps"][0]["intent"] for rule in rules if rule["steps"][1].get("action") in COMPUTED]


@cache
def general_outcome(topic: str) -> str:
    """Return the outcome of the general answer."""
    found = [load_responses(path) for path in sorted((ROOT / "data" / "en" / "responses").glob("*.yml"))]
    [variations] = [responses[f"utter_{topic}"] for responses in found if f"utter_{topic}" in responses]
    return variations[0].metadata.outcome


def answer(topic: str, when: str, book: AftercareGuide, **asked: Any) -> dict[str, Any] | None:
    """Return the answer to the topic for a message that names nothing."""
    who = person(when)
    return answer_by_date(
        TimingQuestion(
            topic=topic_for_phase(topic, "", book.aftercare.topics, is_treated=who.is_treated), **asked
        ),
        who,
        (),
        book,
    )


def test_the_topics_are_those_of_the_rules() -> None:
    assert {"preparation", "results_duration", "redness", "downtime", "after_makeup"} <= set(dated_topics())
    assert len(dated_topics()) >= 20


@pytest.mark.parametrize(("topic", "when"), product(dated_topics(), TREATED))
def test_what_is_answered_in_general_is_answered_by_the_date_too(
    topic: str, when: str, book: AftercareGuide
) -> None:
    given = answer(topic, when, book)
    if given is None or general_outcome(topic) != "answered":
        return
    assert given["metadata"]["outcome"] == "answered"
    assert given["metadata"].get("verdict") != "not_covered"
    assert given["metadata"]["sources"]
    for denial in ("don't cover that", "don't mention this"):
        assert denial not in given["text"]


@pytest.mark.parametrize(("topic", "when"), product(dated_topics(), TO_COME))
def test_nothing_that_is_asked_of_a_session_to_come_is_taken_for_something_seen(
    topic: str, when: str, book: AftercareGuide
) -> None:
    given = answer(topic, when, book)
    assert given is None or book.wording.expected_before not in given["text"]


@pytest.mark.parametrize("when", TREATED)
def test_how_long_results_last_is_no_question_of_the_next_session(when: str, book: AftercareGuide) -> None:
    for products in ((), ("vitamin_c",)):
        lasting = answer("results_duration", when, book, products=products)
        assert lasting is not None
        assert "verdict" not in lasting["metadata"]
        assert "3 to 5 months" in lasting["text"]
    session = answer("results_duration", when, book, is_next_session=True)
    assert session is not None
    assert session["metadata"]["verdict"] == "not_yet"
    assert "4 weeks" in session["text"]


@pytest.mark.parametrize("when", sorted(set(TREATED) - set(TO_COME)))
@pytest.mark.parametrize("topic", ["preparation", "prep_shaving", "patch_test"])
def test_once_treated_preparing_is_for_a_session_whose_date_is_not_known(
    topic: str, when: str, book: AftercareGuide
) -> None:
    assert answer(topic, when, book) is None


@pytest.mark.parametrize("when", TREATED)
@pytest.mark.parametrize("topic", ["after_ice", "after_touching"])
def test_what_is_forbidden_without_an_end_is_forbidden_on_every_day(
    topic: str, when: str, book: AftercareGuide
) -> None:
    given, told = (answer(topic, day, book) for day in (when, "day 1"))
    assert given is not None
    assert told is not None
    assert given["metadata"]["verdict"] in {"avoid", "not_yet"}
    assert "ok_from" not in given["metadata"]
    openings = tuple(book.wording.openings[form]["no"] for form in ("may", "later"))
    assert given["text"].startswith(openings)  # no article says when it is fine
    reasons = [each["text"].split("\n\n")[0].split("** ", 1)[1] for each in (given, told)]
    assert reasons[0] == reasons[1]


@pytest.mark.parametrize("topic", ["redness", "swelling_bruising", "peeling"])
def test_what_somebody_reports_before_the_session_cannot_come_from_it(
    topic: str, book: AftercareGuide
) -> None:
    seen = answer(topic, "to come", book, is_noticed=True)
    assert seen is not None
    assert book.wording.expected_before in seen["text"]


def test_what_may_still_come_is_answered_with_its_days_where_it_is_asked_so(book: AftercareGuide) -> None:
    ahead = answer("symptom_report", "day 1", book, is_ahead=True, symptoms=("marks",))
    assert ahead is not None
    assert "Perhaps small marks: from Wed 2 Dec until about the end of Fri 4 Dec" in ahead["text"]


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("day 1", {}),  # "is flaking normal"
        ("day 1", {"is_ahead": True, "is_noticed": True}),
        ("day 1", {"is_ahead": True, "symptoms": ("peeling", "tightness")}),
        ("day 4", {"is_ahead": True}),
        ("day 20", {"is_ahead": True}),
    ],
)
def test_what_is_there_or_over_or_unknown_is_not_answered_as_coming(
    when: str, asked: dict[str, Any], book: AftercareGuide
) -> None:
    given = answer("peeling", when, book, **asked)
    assert given is not None
    assert ": from " not in given["text"]


def test_a_symptom_that_no_rule_knows_is_not_covered(book: AftercareGuide) -> None:
    given = answer("symptom_report", "day 4", book, symptoms=("itching",))
    assert given is not None
    assert given["metadata"]["outcome"] == "not_covered"


@pytest.mark.parametrize(
    ("topic", "product"),
    [("after_moisturising", "moisturiser"), ("after_sun", "sunscreen"), ("after_cleansing", "cleanser")],
)
@pytest.mark.parametrize("symptom", ["burning", "tightness", "itching"])
def test_a_product_is_not_called_fine_beside_a_symptom_that_no_article_names(
    topic: str, product: str, symptom: str, book: AftercareGuide
) -> None:
    alone = answer(topic, "day 1", book, products=(product,))
    beside = answer(topic, "day 1", book, products=(product,), symptoms=(symptom,))
    assert alone is not None
    assert beside is not None
    assert alone["metadata"]["verdict"] == "ok"
    assert beside["metadata"]["outcome"] == "not_covered"
    assert "verdict" not in beside["metadata"]


def test_a_medicine_that_nobody_knows_does_not_get_the_verdict_of_another(book: AftercareGuide) -> None:
    assert answer("prep_medication", "to come", book) is None
    named = answer("prep_medication", "to come", book, products=("anti_inflammatories",))
    assert named is not None
    assert named["metadata"]["verdict"] == "avoid"


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ({"symptoms": ("tightness",)}, "symptom_report"),
        ({"symptoms": ("soreness", "tightness")}, "pain"),
        ({"symptoms": ("tightness",), "hurts": True}, "pain"),
    ],
)
def test_what_is_felt_without_pain_is_no_question_about_pain(
    asked: dict[str, Any], topic: str, book: AftercareGuide
) -> None:
    given = answer("pain", "day 1", book, **asked)
    assert given is not None
    assert given["metadata"]["topic"] == topic


@pytest.mark.parametrize("named", ["swelling", "peeling"])
def test_beside_a_symptom_that_an_article_names_another_is_not_called_expected(
    named: str, book: AftercareGuide
) -> None:
    given = answer("symptom_report", "day 1", book, symptoms=(named, "tightness"))
    assert given is not None
    assert book.wording.expected_in_part in given["text"]
    assert given["metadata"]["outcome"] == "not_covered"


@pytest.mark.parametrize("when", TREATED)
def test_when_all_is_over_is_answered_by_whatever_sign_it_is_asked(when: str, book: AftercareGuide) -> None:
    given = answer("downtime", when, book, symptoms=("itching",))
    assert given == answer("downtime", when, book)
