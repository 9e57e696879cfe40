"""Windows and sources of the rules come from the articles: no invented number, no source for common sense."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import yaml

from assistant.core.aftercare.durations import in_utc
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.rules import word_at
from assistant.core.aftercare.timeline import person_steps
from assistant.core.aftercare.timeline_answer import tell_timeline
from assistant.core.aftercare.timing_answer import answer_timing
from assistant.core.aftercare.timing_question import TimingQuestion
from tests.core.aftercare.conftest import ROOT
from tests.core.aftercare.moments import at
from tests.core.aftercare.people import TREATED, person

WRITTEN: list[dict[str, Any]] = yaml.safe_load((ROOT / "data/aftercare.yml").read_text("utf-8"))["aftercare"]
NUMBERS = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six"}
UNITS = {"H": "hour", "D": "day", "W": "week", "M": "month"}
IN_OTHER_WORDS = {("maintenance", "P6M"): "two times a year"}
SILENT = {"PT0S", "P0D", None}
"""Edges without a number in the text: the session, its day, and an open end."""


def told_lengths() -> list[tuple[str, str]]:
    return [
        (rule["id"], rule[edge])
        for rule in WRITTEN
        for edge in ("start", "end")
        if rule.get(edge) not in SILENT
    ]


@pytest.mark.parametrize(("rule_id", "length"), told_lengths())
def test_every_length_of_time_stands_in_a_fact_of_its_rule(
    rule_id: str, length: str, book: AftercareGuide
) -> None:
    rule = next(rule for rule in book.aftercare.rules if rule.id == rule_id)
    statements = " ".join(book.content.facts[name].statement.lower() for name in rule.facts)
    assert _says(statements, rule_id, length), (
        f"{rule_id} in data/aftercare.yml says {length}, and none of its facts does: {statements} "
        "If the article has changed, change the fact, and the tests that state the old time. "
        "A clinic's own time belongs in clinic/aftercare.yml."
    )


def _says(statements: str, rule_id: str, length: str) -> bool:
    if (rule_id, length) in IN_OTHER_WORDS:
        return IN_OTHER_WORDS[rule_id, length] in statements
    number, unit = re.findall(r"(\d+)([HDWM])", length)[0]
    stated = rf"\b(?:{number}|{NUMBERS.get(number, number)})\b"
    return bool(re.search(stated, statements)) and UNITS[unit] in statements


def test_no_verdict_after_a_session_turns_on_a_number_that_no_article_has(book: AftercareGuide) -> None:
    treated = at("2026-03-13 15:00")
    for rule in book.aftercare.rules:
        if rule.direction == "after" and rule.end is None and rule.kind != "next":
            later = [in_utc(treated) + timedelta(days=days) for days in (200, 250, 300, 400)]
            assert len({word_at(rule, treated, instant) for instant in later}) == 1, rule.id
            assert rule.asks_beyond is None, rule.id


@pytest.mark.parametrize("when", TREATED)
def test_results_have_no_window_but_the_articles_months(when: str, book: AftercareGuide) -> None:
    about = [line.id for line in person_steps(person(when), book) if "result" in line.title.lower()]
    assert set(about) <= {"results-fade", "maintenance"}


def test_common_sense_cites_nothing(book: AftercareGuide) -> None:
    rules = [rule for rule in book.aftercare.rules if rule.common_sense]
    assert [rule.id for rule in rules] == ["prescribed-medicines"]
    for rule in rules:
        assert not rule.facts


@pytest.mark.parametrize("product", ["antidepressants", "antibiotics", "steroid_tablets"])
@pytest.mark.parametrize("topic", ["after_pain_relief", None])
def test_an_answer_that_is_common_sense_has_no_source(
    product: str, topic: str | None, book: AftercareGuide
) -> None:
    given = answer_timing(TimingQuestion(topic=topic, products=(product,)), person("day 1"), (), book)
    assert given["metadata"]["verdict"] == "ask_professional"
    assert "sources" not in given["metadata"]
    assert given["metadata"]["basis"] == "safety"


@pytest.mark.parametrize("when", ["to come", "today", "day 4"])
def test_what_is_named_for_the_session_is_not_called_undated(when: str, book: AftercareGuide) -> None:
    cream = answer_timing(TimingQuestion(products=("numbing_cream",)), person(when), (), book)
    assert cream["metadata"]["verdict"] == "ask_professional"
    assert "before the session" in cream["text"]
    aloe = answer_timing(TimingQuestion(products=("aloe_vera",)), person(when), (), book)
    assert aloe["metadata"]["verdict"] == "ask_professional"
    assert "put on at the end of a session" in aloe["text"]


def test_nothing_is_told_of_what_no_article_names() -> None:
    told = " ".join(f"{rule['title']} {rule['detail']} {rule.get('ask', '')}" for rule in WRITTEN)
    assert not re.search(r"sunbed|solarium", told)


@pytest.mark.parametrize("when", ["day 1", "day 4", "day 20"])
def test_what_is_over_says_since_when(when: str, book: AftercareGuide) -> None:
    details = tell_timeline(person(when), book)["metadata"]["details"]
    lines = details.partition("**Over**\n")[2].split("\n\n")[0].splitlines()
    assert all(line.startswith("- Since ") for line in lines)
    past = [line for line in person_steps(person(when), book) if line.state == "past"]
    assert bool(past) is bool(lines)


def test_once_treated_nothing_that_was_for_before_is_in_the_timeline(book: AftercareGuide) -> None:
    before = {rule.id for rule in book.aftercare.rules if rule.direction == "before" and rule.in_timeline}
    for when in ("today", "day 1", "day 4"):
        assert before.isdisjoint(line.id for line in person_steps(person(when), book))
    assert before <= {line.id for line in person_steps(person("later today"), book)}


@pytest.mark.parametrize("when", ["today", "day 1", "later today"])
def test_the_card_says_what_is_fine_again_where_the_calendar_reminds_of_an_end(
    when: str, book: AftercareGuide
) -> None:
    cards = tell_timeline(person(when), book)["custom"]["steps"]
    over = {card["id"]: card["over"] for card in cards if "over" in card}
    assert set(over) == {"no-make-up", "no-anti-inflammatories"}
    assert over["no-make-up"] == "Make-up fine again"
