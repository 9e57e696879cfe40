"""Expectation of symptoms by the day after the treatment."""

from __future__ import annotations

import pytest

from assistant.core.aftercare.rulebook import Rulebook, is_expected, load_expectations
from assistant.core.aftercare.symptom_answer import expected
from tests.core.aftercare.conftest import ROOT
from tests.core.aftercare.moments import at

TREATED = at("2026-03-13 15:00")


@pytest.mark.parametrize(
    ("symptom", "now", "verdict"),
    [
        ("redness", "2026-03-13 16:00", "expected"),
        ("redness", "2026-03-14 14:59", "expected"),
        ("redness", "2026-03-14 15:00", "not_expected_any_more"),
        ("redness", "2026-03-17 10:00", "not_expected_any_more"),
        ("swelling", "2026-03-14 08:00", "expected"),
        ("swelling", "2026-03-15 16:00", "not_expected_any_more"),
        ("bruising", "2026-03-14 08:00", "expected"),
        ("irritation", "2026-03-13 18:00", "expected"),
        ("irritation", "2026-03-15 18:00", "not_expected_any_more"),
        ("soreness", "2026-03-13 18:00", "expected"),
        ("dryness", "2026-03-13 18:00", "expected"),
        ("marks", "2026-03-16 00:00", "expected"),
        ("marks", "2026-03-17 10:00", "expected"),
        ("marks", "2026-03-18 23:59", "expected"),
        ("marks", "2026-03-19 00:00", "not_expected_any_more"),
        # no article mentions marks that early
        ("marks", "2026-03-14 10:00", "unknown"),
        # an article mentions flaking, and gives no days for it
        ("peeling", "2026-03-14 10:00", "unknown"),
        ("peeling", "2026-03-17 10:00", "unknown"),
        ("peeling", "2026-03-29 10:00", "unknown"),
        # no article mentions these
        ("itching", "2026-03-14 10:00", "unknown"),
        ("tightness", "2026-03-13 18:00", "unknown"),
        ("burning", "2026-03-13 18:00", "unknown"),
        ("scabbing_heavy", "2026-03-17 10:00", "unknown"),
        ("lines_and_dots", "2026-03-17 10:00", "unknown"),
        ("darkening", "2026-03-13 18:00", "unknown"),
        ("no-such-symptom", "2026-03-13 18:00", "unknown"),
        # not treated yet
        ("redness", "2026-03-13 14:00", "unknown"),
    ],
)
def test_a_symptom_is_held_against_the_day(symptom: str, now: str, verdict: str, aftercare: Rulebook) -> None:
    assert expected(symptom, TREATED, at(now), aftercare).verdict == verdict


def test_red_after_four_days_says_how_long_it_was_expected_and_by_whom(aftercare: Rulebook) -> None:
    given = expected("redness", TREATED, at("2026-03-17 10:00"), aftercare)
    assert (given.day, given.starts_at, given.ends_at) == (4, TREATED, at("2026-03-14 15:00"))
    assert given.reason is not None
    assert given.reason.id == "redness-expected"
    assert [source["id"] for source in given.sources] == ["skincare-world"]


def test_without_a_date_nobody_knows_but_the_rule_is_named(aftercare: Rulebook) -> None:
    given = expected("peeling", None, at("2026-03-17 10:00"), aftercare)
    assert (given.verdict, given.day) == ("unknown", None)
    assert given.reason is not None
    assert given.reason.id == "flaking-expected"


def test_every_symptom_that_the_articles_describe_has_a_rule(aftercare: Rulebook) -> None:
    covered = {"redness", "swelling", "bruising", "peeling", "dryness", "marks", "irritation", "soreness"}
    assert {symptom for rule in aftercare.rules for symptom in rule.symptoms} == covered


@pytest.mark.parametrize(
    ("symptom", "nearest"),
    [
        ("tightness", "sensitive-skin-expected"),
        ("burning", "sensitive-skin-expected"),
        ("scabbing_heavy", "marks-expected"),
        ("lines_and_dots", "marks-expected"),
    ],
)
def test_what_no_article_names_has_something_near_to_it(
    symptom: str, nearest: str, aftercare: Rulebook
) -> None:
    given = expected(symptom, TREATED, at("2026-03-13 18:00"), aftercare)
    assert given.reason is None
    assert [rule.id for rule in given.nearest] == [nearest]
    assert given.sources


@pytest.mark.parametrize(
    ("symptom", "now", "known"),
    [
        ("redness", "2026-03-14 14:59", True),
        ("redness", "2026-03-14 15:00", False),
        ("marks", "2026-03-17 10:00", True),
        ("marks", "2026-03-14 10:00", False),
        # no source gives days for flaking, but all else is over by then
        ("peeling", "2026-03-14 10:00", True),
        ("peeling", "2026-03-25 10:00", False),
        # the nearest rule is that of sensitive skin
        ("burning", "2026-03-13 18:00", True),
        ("burning", "2026-03-15 18:00", False),
        ("itching", "2026-03-13 18:00", False),
    ],
)
def test_a_report_is_expected_by_the_rule_that_names_it_or_is_nearest(
    symptom: str, now: str, known: bool
) -> None:
    assert is_expected(symptom, load_expectations(ROOT / "data"), TREATED, at(now)) is known
