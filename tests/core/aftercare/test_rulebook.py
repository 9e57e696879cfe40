"""Combination of a clinic's rules with the articles': replaced, added or kept together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.rulebook_files import load_rulebook
from assistant.core.aftercare.symptom_answer import expected
from assistant.core.aftercare.timeline import steps
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import VerdictResult, verdict
from assistant.core.content.content import Content
from assistant.core.content.issues import ContentError
from tests.core.aftercare.conftest import ROOT, Clinic
from tests.core.aftercare.moments import at

TREATED = at("2026-03-14 15:00")
MAKEUP: dict[str, Any] = {
    "id": "no-make-up",
    "section": "Aftercare sheet",
    "topics": ["after_makeup"],
    "products": ["makeup"],
    "activities": ["wear_makeup"],
    "title": "No make-up",
    "detail": "Please wear no make-up for as long as we have told you to.",
    "kind": "avoid",
    "direction": "after",
    "start": "PT0S",
    "end": "PT24H",
    "otherwise": "ok",
    "strictness": "must",
}
OF_THE_CLINIC = {
    "id": "clinic",
    "title": "the clinic or professional who treats you",
    "name": "the clinic or professional who treats you",
    "section": "Aftercare sheet",
}


def makeup_at(moment: str, rules: Rulebook) -> VerdictResult:
    """Return the verdict on make-up at that time."""
    return verdict(TimingQuestion(products=("makeup",)), TREATED, TREATED, rules, at(moment))


def test_a_stricter_rule_replaces_the_articles_and_is_cited_as_the_clinics(clinic: Clinic) -> None:
    rules = clinic(MAKEUP | {"end": "PT48H"})
    given = makeup_at("2026-03-15 16:00", rules)
    assert (given.verdict, given.ok_from) == ("not_yet", at("2026-03-16 15:00"))
    assert given.sources == [OF_THE_CLINIC]
    assert not given.disagreement
    assert [step.id for step in steps(TREATED, TREATED, rules) if "make-up" in step.id] == ["no-make-up"]


def test_a_rule_of_the_same_window_replaces_the_articles(clinic: Clinic) -> None:
    assert makeup_at("2026-03-15 10:00", clinic(MAKEUP)).sources == [OF_THE_CLINIC]


def test_a_laxer_rule_is_shown_with_the_articles_and_the_stricter_one_decides(clinic: Clinic) -> None:
    rules = clinic(MAKEUP | {"end": "PT12H"})
    given = makeup_at("2026-03-15 10:00", rules)
    assert (given.verdict, given.ok_from) == ("not_yet", at("2026-03-15 15:00"))
    assert given.reason is not None
    assert given.reason.id == "no-make-up-in-the-articles"
    assert [rule.id for rule in given.beside] == ["no-make-up"]
    assert OF_THE_CLINIC in given.sources
    assert len(given.sources) > 1
    assert given.disagreement


def test_a_laxer_rule_and_the_articles_are_two_lines_of_the_timeline(clinic: Clinic) -> None:
    timeline = steps(TREATED, TREATED, clinic(MAKEUP | {"end": "PT12H"}))
    ends = {step.id: step.ends_at for step in timeline if "make-up" in step.id}
    assert ends == {
        "no-make-up": at("2026-03-15 03:00"),
        "no-make-up-in-the-articles": at("2026-03-15 15:00"),
    }


def test_a_day_by_the_calendar_is_laxer_than_24_hours_when_clocks_go_forward(clinic: Clinic) -> None:
    rules = clinic(MAKEUP | {"end": "P1D"})
    spring, summer = at("2026-03-28 15:00"), at("2026-06-28 15:00")
    in_spring = verdict(TimingQuestion(products=("makeup",)), spring, spring, rules, at("2026-03-29 15:30"))
    in_summer = verdict(TimingQuestion(products=("makeup",)), summer, summer, rules, at("2026-06-29 15:30"))
    assert (in_spring.verdict, in_summer.verdict) == ("not_yet", "ok")


@pytest.mark.parametrize(
    "parts",
    [
        {"strictness": "should"},
        {"activities": []},
        {"start": "PT1H"},
        {"kind": "do", "otherwise": None},
        {"otherwise": None, "kind": "expect"},
        {"direction": "any", "kind": "do", "start": None, "end": None, "otherwise": None},
    ],
)
def test_what_is_laxer_in_any_respect_stands_beside_the_articles(
    clinic: Clinic, parts: dict[str, Any]
) -> None:
    rules = clinic(MAKEUP | parts)
    assert "no-make-up-in-the-articles" in {rule.id for rule in rules.in_force(TREATED)}
    assert makeup_at("2026-03-15 10:00", rules).verdict == "not_yet"
    assert verdict(TimingQuestion(activities=("wear_makeup",)), TREATED, TREATED, rules).verdict == "not_yet"


def test_what_the_articles_leave_to_the_professional_the_clinic_can_answer(clinic: Clinic) -> None:
    rules = clinic(
        MAKEUP | {"id": "no-harsh-products", "topics": ["after_products"], "end": "P1W", "activities": []}
        | {"products": ["retinoids", "exfoliants", "harsh_products"]}
    )  # fmt: skip
    asked = TimingQuestion(products=("retinoids",))
    first = verdict(asked, TREATED, TREATED, rules, at("2026-03-20 10:00"))
    later = verdict(asked, TREATED, TREATED, rules, at("2026-03-22 10:00"))
    assert (first.verdict, later.verdict) == ("not_yet", "ok")
    assert later.sources == [OF_THE_CLINIC]


def test_a_new_rule_speaks_of_what_no_article_covers(clinic: Clinic) -> None:
    sport = MAKEUP | {
        "id": "no-sport",
        "topics": ["after_not_covered"],
        "products": [],
        "activities": ["exercise"],
    }
    rules = clinic(sport | {"end": "PT48H"})
    gym = TimingQuestion(topic="after_not_covered", activities=("exercise",))
    given = [
        verdict(gym, TREATED, TREATED, rules, at(when)).verdict
        for when in ("2026-03-16 10:00", "2026-03-16 16:00")
    ]
    assert given == ["not_yet", "ok"]
    sauna = TimingQuestion(topic="after_not_covered", activities=("sauna",))
    nothing = TimingQuestion(topic="after_not_covered")
    assert {verdict(asked, TREATED, TREATED, rules).verdict for asked in (sauna, nothing)} == {"not_covered"}


def test_no_clinic_can_tell_people_to_stop_a_prescribed_medicine(clinic: Clinic) -> None:
    stop = MAKEUP | {"topics": [], "activities": [], "products": ["blood_thinners"], "direction": "before"}
    for rule_id in ("blood-thinners-before", "prescribed-medicines", "stop-them"):
        rules = clinic(stop | {"id": rule_id, "start": "P3D", "end": "PT0S"})
        for when in ("2026-03-01 10:00", "2026-03-13 10:00", "2026-03-15 10:00"):
            given = verdict(TimingQuestion(products=("blood_thinners",)), TREATED, TREATED, rules, at(when))
            assert given.verdict == "ask_professional"


def test_what_a_clinic_calls_normal_for_longer_is_expected_only_as_long_as_the_articles_say(
    clinic: Clinic,
) -> None:
    redness = MAKEUP | {"id": "redness-expected", "kind": "expect", "otherwise": None, "products": []}
    redness |= {
        "activities": [],
        "topics": ["redness", "downtime"],
        "symptoms": ["redness"],
        "strictness": "may",
    }
    rules = clinic(redness | {"end": "P3D"})
    given = expected("redness", TREATED, at("2026-03-16 10:00"), rules)
    assert (given.verdict, given.disagreement) == ("not_expected_any_more", True)
    assert OF_THE_CLINIC in given.sources
    shorter = clinic(redness | {"end": "PT12H"})
    assert expected("redness", TREATED, at("2026-03-15 10:00"), shorter).verdict == "not_expected_any_more"


def test_a_clinics_rule_given_twice_does_not_hide_the_articles(clinic: Clinic) -> None:
    rules = clinic(MAKEUP | {"end": "PT2H"}, MAKEUP | {"end": "PT1H"})
    assert makeup_at("2026-03-15 10:00", rules).verdict == "not_yet"


def test_a_rule_asked_for_by_its_id_is_the_stricter_one_too(clinic: Clinic) -> None:
    rules = clinic(MAKEUP | {"end": "PT2H"})
    asked = TimingQuestion(rule="no-make-up")
    assert verdict(asked, TREATED, TREATED, rules, at("2026-03-15 10:00")).verdict == "not_yet"


def test_the_clinics_name_is_its_title_where_it_is_given(content: Content) -> None:
    named = Content(
        **{**vars(content), "placeholders": content.placeholders | {"clinic_name": "Skin Studio"}}
    )
    rules = load_rulebook(ROOT / "data", ROOT / "clinic" / "aftercare.example.yml", named)
    assert makeup_at("2026-03-15 10:00", rules).sources == [
        {
            "id": "clinic",
            "title": "Skin Studio",
            "name": "Skin Studio",
            "section": "Aftercare sheet, first two days",
        }
    ]


def test_the_example_overrides_adds_changes_and_is_laxer_once(content: Content) -> None:
    rules = load_rulebook(ROOT / "data", ROOT / "clinic" / "aftercare.example.yml", content)
    beside = [rule.id for rule in rules.in_force(TREATED) if rule.id.endswith("-in-the-articles")]
    assert sorted(rules.overridden) == ["next-session", "no-harsh-products", "no-make-up"]
    assert beside == ["next-session-in-the-articles"]
    assert "no-exercise" in {rule.id for rule in rules.rules}


def test_a_clinics_file_that_is_wrong_is_not_loaded_in_part(content: Content, tmp_path: Path) -> None:
    path = tmp_path / "aftercare.yml"
    path.write_text("aftercare:\n  - {id: x, end: soon}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="is not an ISO 8601 duration"):
        load_rulebook(ROOT / "data", path, content)


def test_a_rule_on_an_unknown_fact_is_not_loaded(content: Content, clinic: Clinic) -> None:
    with pytest.raises(ContentError, match="rule no-make-up: unknown fact"):
        clinic(MAKEUP | {"detail": "Please wear no make-up until we have said so [nobody-said-so]."})
