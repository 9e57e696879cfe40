"""Combination of rules into verdicts; test_timing_questions has the verdicts by question and person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import VerdictResult, hour_matters, verdict
from tests.core.aftercare.conftest import Clinic
from tests.core.aftercare.moments import at

TREATED = at("2026-03-13 15:00")
MAKEUP = TimingQuestion(topic="after_makeup", products=("makeup",))


def at_moment(asked: TimingQuestion, when: str, aftercare: Rulebook) -> VerdictResult:
    """Return the verdict at that time, after the treatment on Friday."""
    return verdict(asked, TREATED, TREATED, aftercare, at(when))


def near(given: VerdictResult) -> list[str]:
    """Return the ids of the closest rules."""
    return [rule.id for rule in given.nearest]


def test_a_verdict_gives_its_reason_its_window_and_its_sources(
    aftercare: Rulebook, make_up_wait: timedelta
) -> None:
    given = at_moment(MAKEUP, "2026-03-14 10:00", aftercare)
    assert given.verdict == "not_yet"
    assert given.reason is not None
    assert (given.reason.id, given.reason.title) == ("no-make-up", "No make-up")
    assert (given.starts_at, given.ends_at, given.ok_from) == (
        TREATED,
        TREATED + make_up_wait,
        TREATED + make_up_wait,
    )
    assert given.disagreement
    assert {source["id"] for source in given.sources} == {
        "micro-dermal-needling",
        "what-is-microneedling",
        "skincare-world",
    }


def test_what_is_fine_says_since_when(aftercare: Rulebook, make_up_wait: timedelta) -> None:
    given = at_moment(MAKEUP, "2026-03-20 10:00", aftercare)
    assert (given.verdict, given.ok_from, given.ok_until) == ("ok", TREATED + make_up_wait, None)


def test_what_is_fine_only_until_then_says_so(clinic: Clinic) -> None:
    waxing = {
        "id": "no-waxing-before",
        "section": "Before you come",
        "activities": ["waxing"],
        "title": "No waxing for two days",
        "detail": "Please do not wax for the two days before your session with us.",
        "kind": "avoid",
        "direction": "before",
        "start": "PT48H",
        "end": "PT0S",
        "otherwise": "ok",
        "strictness": "must",
    }
    given = at_moment(TimingQuestion(activities=("waxing",)), "2026-03-10 10:00", clinic(waxing))
    assert (given.verdict, given.ok_from, given.ok_until) == ("ok", None, at("2026-03-11 15:00"))


def test_where_nobody_gives_an_end_there_is_no_moment_from_which_it_is_fine(aftercare: Rulebook) -> None:
    for product in ("ice", "retinoids", "blood_thinners"):
        assert at_moment(TimingQuestion(products=(product,)), "2026-03-14 10:00", aftercare).ok_from is None


def test_of_two_subjects_the_more_careful_verdict_counts(aftercare: Rulebook) -> None:
    both = TimingQuestion(products=("makeup", "anti_inflammatories"))
    given = at_moment(both, "2026-03-14 10:00", aftercare)
    assert (given.verdict, given.ok_from) == ("not_yet", at("2026-03-20 15:00"))
    assert at_moment(both, "2026-03-16 10:00", aftercare).verdict == "not_yet"
    assert (
        at_moment(TimingQuestion(products=("makeup", "ice")), "2026-03-14 10:00", aftercare).verdict
        == "avoid"
    )
    assert (
        at_moment(TimingQuestion(products=("makeup", "retinoids")), "2026-03-20 10:00", aftercare).verdict
        == "ask_professional"
    )


def test_what_is_not_covered_is_not_fine_because_something_else_is(aftercare: Rulebook) -> None:
    asked = TimingQuestion(topic="after_moisturising", products=("moisturiser", "petroleum_jelly"))
    assert at_moment(asked, "2026-03-14 10:00", aftercare).verdict == "not_covered"


def test_what_is_not_covered_names_what_is_nearest(aftercare: Rulebook) -> None:
    given = at_moment(
        TimingQuestion(topic="after_not_covered", activities=("sauna",)), "2026-03-14 10:00", aftercare
    )
    assert (given.verdict, given.reason, near(given)) == ("not_covered", None, ["gentle-cleansing"])
    assert given.sources


def test_a_subject_that_was_covered_at_another_time_is_nearest_itself(aftercare: Rulebook) -> None:
    given = at_moment(
        TimingQuestion(topic="prep_shaving", activities=("shave",)), "2026-03-16 10:00", aftercare
    )
    assert (given.verdict, near(given)) == ("not_covered", ["no-shaving-on-the-day"])


def test_what_nobody_has_a_word_for_is_not_covered(aftercare: Rulebook) -> None:
    for asked in (
        TimingQuestion(),
        TimingQuestion(products=("stardust",)),
        TimingQuestion(topic="nonsense"),
        TimingQuestion(rule="no-such-rule"),
    ):
        given = at_moment(asked, "2026-03-14 10:00", aftercare)
        assert (given.verdict, near(given)) == ("not_covered", [])


def test_a_rule_can_be_asked_for_by_its_id(aftercare: Rulebook) -> None:
    assert at_moment(TimingQuestion(rule="no-long-sun"), "2026-03-14 10:00", aftercare).verdict == "not_yet"


def test_a_prescribed_medicine_is_for_the_prescriber_whatever_the_week_says(aftercare: Rulebook) -> None:
    asked = TimingQuestion(products=("anti_inflammatories",), prescribed=True)
    for when in ("2026-03-12 10:00", "2026-03-14 10:00", "2026-03-30 10:00"):
        given = at_moment(asked, when, aftercare)
        assert (given.verdict, given.ok_from) == ("ask_professional", None)
        assert given.reason is not None
        assert given.reason.id == "prescribed-medicines"
    assert "no-anti-inflammatories" in {
        rule.id for rule in at_moment(asked, "2026-03-14 10:00", aftercare).beside
    }


def test_a_prescribed_medicine_that_nobody_names_is_for_the_prescriber_too(aftercare: Rulebook) -> None:
    for asked in (TimingQuestion(prescribed=True), TimingQuestion(products=("cbd",), prescribed=True)):
        assert at_moment(asked, "2026-03-14 10:00", aftercare).verdict == "ask_professional"
        assert verdict(asked, None, TREATED, aftercare).verdict == "ask_professional"


def test_isotretinoin_has_a_reason_of_its_own(aftercare: Rulebook) -> None:
    given = at_moment(TimingQuestion(products=("isotretinoin",)), "2026-03-10 10:00", aftercare)
    assert given.reason is not None
    assert (given.verdict, given.reason.id) == ("ask_professional", "isotretinoin-first-ask")


@pytest.mark.parametrize(
    ("asked", "expected", "needs_date"),
    [
        (MAKEUP, "not_yet", True),
        (TimingQuestion(topic="after_sun"), "not_yet", True),
        (TimingQuestion(topic="after_sun", products=("sunscreen",)), "ok", False),
        (TimingQuestion(topic="session_interval"), "not_yet", True),
        (TimingQuestion(topic="after_products", products=("retinoids",)), "ask_professional", False),
        (TimingQuestion(topic="prep_skincare", products=("retinoids",)), "avoid", True),
        (TimingQuestion(products=("blood_thinners",)), "ask_professional", False),
        (TimingQuestion(activities=("exercise",)), "not_covered", False),
    ],
)
def test_without_a_date_the_most_careful_verdict_is_given(
    asked: TimingQuestion, expected: str, needs_date: bool, aftercare: Rulebook
) -> None:
    given = verdict(asked, None, TREATED, aftercare)
    assert (given.verdict, given.needs_date, given.ok_from) == (expected, needs_date, None)


def test_before_the_treatment_a_question_about_afterwards_is_about_afterwards(
    aftercare: Rulebook, make_up_wait: timedelta
) -> None:
    now = at("2026-03-10 10:00")
    given = verdict(MAKEUP, TREATED, now, aftercare)
    assert (given.verdict, given.ok_from) == ("not_yet", TREATED + make_up_wait)
    retinol = verdict(
        TimingQuestion(topic="after_products", products=("retinoids",)), TREATED, now, aftercare
    )
    assert retinol.verdict == "ask_professional"


def test_before_the_treatment_the_time_of_the_question_can_be_said(aftercare: Rulebook) -> None:
    given = verdict(TimingQuestion(products=("makeup",)), TREATED, TREATED, aftercare, at("2026-03-12 10:00"))
    assert (given.verdict, near(given)) == ("not_covered", ["clean-face-before"])


def test_after_the_treatment_a_question_about_preparing_is_about_the_next_one(aftercare: Rulebook) -> None:
    given = verdict(TimingQuestion(topic="prep_skincare"), TREATED, at("2026-03-20 10:00"), aftercare)
    assert (given.verdict, given.needs_date) == ("avoid", True)


def test_an_occasion_does_not_change_what_is_asked(aftercare: Rulebook) -> None:
    plain = at_moment(MAKEUP, "2026-03-16 10:00", aftercare)
    party = TimingQuestion(topic="after_makeup", products=("makeup",), activities=("party",))
    assert at_moment(party, "2026-03-16 10:00", aftercare) == plain


def test_the_hour_matters_only_where_it_changes_the_verdict(aftercare: Rulebook) -> None:
    day = at("2026-03-13 00:00"), at("2026-03-13 23:59")
    assert hour_matters(MAKEUP, day, at("2026-03-14 12:00"), aftercare)
    assert not hour_matters(MAKEUP, day, at("2026-03-15 12:00"), aftercare)
    assert not hour_matters(TimingQuestion(products=("ice",)), day, at("2026-03-14 12:00"), aftercare)


def test_moments_without_a_zone_are_refused(aftercare: Rulebook) -> None:
    bare = datetime(2026, 3, 13, 15)
    for treated, now, when in (
        (bare, TREATED, None),
        (TREATED, bare, None),
        (TREATED, TREATED, bare),
        (None, bare, None),
    ):
        with pytest.raises(ValueError, match="without a time zone"):
            verdict(MAKEUP, treated, now, aftercare, when)
