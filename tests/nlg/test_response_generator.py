"""Answers as people get them: numbers from their owners, the clinic first, the disclaimer once."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import yaml
from structlog.testing import capture_logs

from assistant.core.aftercare.figures import load_figures
from assistant.core.aftercare.guide import load_guide
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import verdict
from tests.nlg.conftest import ROOT, Project

MAKEUP: dict[str, Any] = {
    "id": "no-make-up",
    "section": "Aftercare sheet",
    "topics": ["after_makeup"],
    "products": ["makeup"],
    "activities": ["wear_makeup"],
    "title": "No make-up for two days",
    "detail": "Please wear no make-up for two days, and start with clean brushes after that.",
    "kind": "avoid",
    "direction": "after",
    "start": "PT0S",
    "end": "PT48H",
    "otherwise": "ok",
    "strictness": "must",
}
SPORT = {
    **MAKEUP,
    "id": "no-sport",
    "topics": ["after_not_covered"],
    "products": [],
    "activities": ["exercise"],
    "title": "No sport",
    "detail": "Please do no sport for three days, and nothing else that makes you sweat.",
}
PRICE = {
    "topic": "cost",
    "text": "A session costs 180 euros.",
    "details": "Cash or card.",
    "link": "https://clinic.example/prices",
    "buttons": ["sessions_number"],
    "section": "Price list",
}
STATING = sorted(
    (name, number)
    for path in (ROOT / "data" / "en" / "responses").glob("*.yml")
    for name, variations in yaml.safe_load(path.read_text("utf-8"))["responses"].items()
    for number, variation in enumerate(variations)
    if "{window:no-make-up}" in str(variation)
)
"""Answers that state how long to wear no make-up."""


def test_several_answers_state_how_long_to_wear_no_make_up() -> None:
    assert {"utter_after_makeup", "utter_aftercare", "utter_timeline"} <= {name for name, _ in STATING}


def filled(project: Project, name: str, number: int) -> str:
    """Return text and details of a variation with their figures."""
    guide = load_guide(project.root / "data", project.root / "clinic")
    figures = load_figures(project.root / "data", guide.aftercare, guide.content.facts)
    variation = project.domain().responses[name][number]
    return figures.fill(f"{variation['text']} {variation['metadata'].get('details') or ''}")


@pytest.mark.parametrize(("name", "number"), STATING)
def test_one_edit_of_the_rules_changes_every_answer(project: Project, name: str, number: int) -> None:
    assert "48 hours" not in filled(project, name, number)
    project.change_rule("no-make-up", end="PT48H")
    assert "48 hours" in filled(project, name, number)


@pytest.mark.parametrize(("name", "number"), STATING)
def test_one_rule_of_the_clinic_changes_every_answer_and_is_cited(
    project: Project, name: str, number: int
) -> None:
    project.clinic("aftercare.yml", {"aftercare": [MAKEUP]})
    text = filled(project, name, number)
    stated = text[text.index("48 hours") :]
    citation = stated[stated.index("[") : stated.index("]")] if "[" in stated else ""
    assert "no-make-up-for-at-least-24-hours" not in citation


@pytest.mark.parametrize("is_the_clinics", [False, True])
def test_the_same_edit_changes_what_is_worked_out_for_a_date(
    project: Project, *, is_the_clinics: bool
) -> None:
    if is_the_clinics:
        project.clinic("aftercare.yml", {"aftercare": [MAKEUP]})
    else:
        project.change_rule("no-make-up", end="PT48H")
    aftercare = load_guide(project.root / "data", project.root / "clinic").aftercare
    treated = datetime(2026, 3, 13, 15, tzinfo=timezone.utc)
    asked = TimingQuestion(topic="after_makeup", products=("makeup",))
    assert verdict(asked, treated, treated, aftercare).ok_from == treated + timedelta(hours=48)


async def test_an_answer_cites_its_sources_by_number(project: Project) -> None:
    message = await project.answer("after_ice")
    assert "[1]" in message["text"]
    assert "no-ice-on-the-face" not in str(message["text"])
    assert message["metadata"]["basis"] == "sources"
    assert {source["name"] for source in message["metadata"]["sources"]} <= {
        "What to expect from microneedling",
        "Microneedling against ageing",
    }


async def test_the_clinics_instruction_comes_first_and_ours_on_demand(project: Project) -> None:
    ours = await project.answer("after_makeup")
    project.clinic("aftercare.yml", {"aftercare": [MAKEUP]})
    message = await project.answer("after_makeup", product="makeup")
    assert message["text"].startswith(f"Your clinic says: {MAKEUP['detail'][:-1]} [1].")
    about = message["metadata"]
    assert (about["basis"], about["outcome"], about["sources"][0]["id"]) == ("clinic", "answered", "clinic")
    assert about["sources"][0]["section"] == "Aftercare sheet"
    assert "48 hours" in about["details"]
    assert len(ours["text"]) > 0
    assert {"title": "Work it out for my date", "payload": "/ask_date"} in message["buttons"]


async def test_tell_me_more_gives_the_details_with_the_sources_of_the_answer(project: Project) -> None:
    project.clinic("aftercare.yml", {"aftercare": [MAKEUP]})
    given = await project.answer("after_makeup")
    more = await project.answer("follow_up_more")
    assert more["text"] == given["metadata"]["details"]
    assert more["metadata"]["sources"] == given["metadata"]["sources"]
    assert (await project.answer("follow_up_more"))["text"] != more["text"]


async def test_what_only_the_clinic_knows_is_answered_for_what_was_named(project: Project) -> None:
    project.clinic("aftercare.yml", {"aftercare": [SPORT]})
    sport = await project.answer("after_not_covered", activity="exercise")
    assert sport["text"] == f"Your clinic says: {SPORT['detail'][:-1]} [1]."
    assert sport["metadata"]["outcome"] == "answered"
    assert "details" not in sport["metadata"]
    assert sport["buttons"][0]["payload"] == "/ask_date"
    flying = await project.answer("after_not_covered", activity="fly")
    assert flying["metadata"]["outcome"] == "not_covered"


@pytest.mark.parametrize("topic", ["aftercare", "timeline"])
async def test_what_to_do_afterwards_lists_every_rule_of_the_clinic(project: Project, topic: str) -> None:
    project.clinic("aftercare.yml", {"aftercare": [MAKEUP, SPORT]})
    text = (await project.answer(topic))["text"]
    assert text.startswith("Your clinic says:\n\n- No make-up for two days [1]\n- No sport [1]\n\n")
    assert "48 hours" in text


async def test_where_the_articles_are_stricter_both_are_said(project: Project) -> None:
    project.clinic("aftercare.yml", {"aftercare": [{**MAKEUP, "end": "PT12H"}]})
    text = (await project.answer("after_makeup"))["text"]
    assert text.startswith("Your clinic says:")
    assert "My other sources are stricter" in text
    assert "at least 24 hours" in text


async def test_the_clinics_own_answer_is_given_instead_of_ours(project: Project) -> None:
    project.clinic("answers.yml", {"answers": [PRICE]})
    message = await project.answer("cost")
    assert message["text"] == "A session costs 180 euros [1].\n\nhttps://clinic.example/prices"
    about = message["metadata"]
    assert (about["basis"], about["outcome"], about["details"]) == ("clinic", "answered", "Cash or card [1].")
    assert about["sources"] == [
        {
            "id": "clinic",
            "title": "the clinic or professional who treats you",
            "name": "the clinic or professional who treats you",
            "section": "Price list",
        }
    ]
    assert [button["payload"] for button in message["buttons"]] == ["/sessions_number"]


async def test_a_clinics_own_answer_needs_no_notice_about_articles(project: Project) -> None:
    project.clinic("answers.yml", {"answers": [PRICE]})
    assert "notice" not in (await project.answer("cost"))["metadata"]
    assert (await project.answer("pain"))["metadata"]["notice"] is True


async def test_are_you_sure_speaks_of_the_clinic(project: Project) -> None:
    project.clinic("answers.yml", {"answers": [PRICE]})
    await project.answer("cost")
    text = (await project.answer("follow_up_sure"))["text"]
    assert "the instructions of" in text
    assert "articles" not in text


async def test_are_you_sure_speaks_of_the_clinic_alone_where_its_rule_came_first(project: Project) -> None:
    project.clinic("aftercare.yml", {"aftercare": [MAKEUP]})
    assert "notice" not in (await project.answer("after_makeup"))["metadata"]
    sure = await project.answer("follow_up_sure")
    assert "the instructions of" in sure["text"]
    assert "articles" not in sure["text"]
    assert [source["id"] for source in sure["metadata"]["sources"]] == ["clinic"]


async def test_the_notice_is_given_once(project: Project) -> None:
    assert (await project.answer("pain"))["metadata"]["notice"] is True
    assert "notice" not in (await project.answer("redness"))["metadata"]


async def test_a_channel_that_shows_the_notice_all_the_time_gets_it_in_no_answer(project: Project) -> None:
    message = await project.answer("pain", channel="website")
    assert "notice" not in message["metadata"]
    assert "not medical advice" not in message["text"]


@pytest.mark.parametrize(("days", "words"), [("", "30 days"), ("7", "7 days"), ("1", "a day")])
async def test_the_privacy_answer_names_the_retention_that_is_set(
    project: Project, monkeypatch: pytest.MonkeyPatch, days: str, words: str
) -> None:
    monkeypatch.setenv("RETENTION_DAYS", days)
    assert f"deleted after {words}." in (await project.answer("privacy"))["text"]


async def test_a_buttons_values_reach_the_person_as_rasa_reads_them(project: Project) -> None:
    with capture_logs() as logs:
        message = await project.answer("unclear_symptom")
    assert message["buttons"][0]["payload"] == '/urgent{"alarm": "urgent"}'
    assert not [entry for entry in logs if entry["log_level"] == "error"]
