"""Tests of the report: its counts, and the privacy of texts."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.analytics.anonymization import load_anonymiser
from assistant.analytics.questions import read_questions
from assistant.analytics.report import Report, by_topic, clarified, make_report
from assistant.analytics.writer import write_report
from assistant.core.content.content import Content, load_content
from assistant.nlu.classifiers.linear import Vectors
from tests.analytics.conversations import Conversation, keep, rate

ROOT = Path(__file__).parents[2]
CHOICES = [{"title": "Make-up", "payload": "/after_makeup"}, {"title": "Sun", "payload": "/after_sun"}]


def encode(texts: Sequence[str]) -> Vectors:
    """Texts that hold the same of these words point the same way."""
    words = ("gym", "swim", "price")
    return np.array([[1.0 if word in text else 0.01 for word in words] for text in texts], dtype=np.float32)


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")


def report_on(tmp_path: Path, content: Content, *talks: Conversation, shows: bool = False) -> Report:
    store = keep(tmp_path, *talks)
    anonymiser = load_anonymiser(
        ROOT / "data",
        frozenset({"can", "i", "go", "to", "the", "gym", "when", "may", "swim", "and", "me", "call", "back"}),
    )
    return make_report(list(read_questions(store.engine)), content, encode, anonymiser if shows else None)


def test_answers_are_counted_by_topic_and_outcome(tmp_path: Path, content: Content) -> None:
    talk = Conversation("a").asks("x", "pain").asks("y", "pain").asks("z", "symptom_report", "urgent")
    report = report_on(tmp_path, content, talk)
    assert report.topics["pain"]["answered"] == 2
    assert report.topics["symptom_report"]["urgent"] == 1
    assert list(report.topics) == ["pain", "symptom_report"]
    assert report.conversations == 1


def test_weeks_are_apart_the_newest_first(tmp_path: Path, content: Content) -> None:
    report = report_on(
        tmp_path, content, Conversation("a", 14).asks("x", "pain"), Conversation("b").asks("y", "pain")
    )
    assert len(report.weeks) == 2
    assert list(report.weeks) == sorted(report.weeks, reverse=True)


def test_what_had_no_answer_is_grouped_by_meaning(tmp_path: Path, content: Content) -> None:
    talk = Conversation("a").asks(
        "can i go to the gym", "after_not_covered", "not_covered", named={"activity": "gym"}
    )
    talk.asks("when may i swim", "after_not_covered", "not_covered").asks(
        "gym?", "after_sun", "clarify", buttons=CHOICES
    )
    report = report_on(tmp_path, content, talk.asks("does it hurt", "pain"))
    assert [group.count for group in report.groups] == [2, 1]
    assert report.groups[0].topics == [("after_sun", 1), ("after_not_covered", 1)]


def test_what_people_choose_when_asked_back_is_followed(tmp_path: Path) -> None:
    chose = Conversation("a").asks("hm", "x", "clarify", buttons=CHOICES).asks("/after_sun", "after_sun")
    wrote = Conversation("b").asks("hm", "x", "clarify", buttons=CHOICES).asks("the sun", "after_sun")
    left = Conversation("c").asks("hm", "x", "clarify", buttons=CHOICES)
    store = keep(tmp_path, chose, wrote, left)
    found = [(each.what, each.chosen) for each in clarified(list(read_questions(store.engine)))]
    assert found == [("chose", "Sun"), ("asked in other words", None), ("left", None)]


def test_no_word_of_a_question_is_shown_unless_it_is_switched_on(tmp_path: Path, content: Content) -> None:
    talk = Conversation("a").asks("can i go to the marmalade gym", "x", "not_covered")
    store = keep(tmp_path, talk)
    rate(store, "a", ("message-1", 0), helpful=False, comment="marmalade again")
    report = make_report(list(read_questions(store.engine)), content, encode, None)
    page = write_report(report, tmp_path / "report")
    written = "".join(path.read_text("utf-8") for path in page.parent.iterdir())
    assert "marmalade" not in written
    assert "did not help" in written
    assert report.complaints[0].comment is None


def test_shown_texts_are_cleaned_and_can_do_no_harm_on_the_page(tmp_path: Path, content: Content) -> None:
    talk = Conversation("a").asks("can i go to the gym <b>, call me back on 07700 900123", "x", "not_covered")
    page = write_report(report_on(tmp_path, content, talk, shows=True), tmp_path / "report")
    html = page.read_text("utf-8")
    assert "900123" not in html
    assert "[number]" in html
    assert "<b>" not in html


def test_tables_can_be_read_and_hold_no_formulas(tmp_path: Path, content: Content) -> None:
    talk = Conversation("a").asks("=gym", "pain", "not_covered")
    page = write_report(report_on(tmp_path, content, talk, shows=True), tmp_path / "report")
    with (page.parent / "topics.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["topic"], row["not_covered"], row["answered"]) == ("pain", "1", "0")
    with (page.parent / "unanswered.csv").open(encoding="utf-8", newline="") as file:
        [group] = csv.DictReader(file)
    assert group["examples"].startswith("'=")


def test_only_the_owner_may_read_it(tmp_path: Path, content: Content) -> None:
    page = write_report(
        report_on(tmp_path, content, Conversation("a").asks("x", "pain")), tmp_path / "report"
    )
    assert {path.stat().st_mode & 0o077 for path in (page.parent, *page.parent.iterdir())} == {0}


def test_a_report_on_nothing_says_so(tmp_path: Path, content: Content) -> None:
    page = write_report(report_on(tmp_path, content), tmp_path / "report")
    assert re.search("Nobody has asked anything", page.read_text("utf-8"))
    assert by_topic([]) == {}
