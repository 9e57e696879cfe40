"""Checks of a clinic's own answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.content_tree import ContentTree

PATH = "clinic/answers.yml"


def issues(tree: ContentTree, *answers: dict[str, Any], **more: Any) -> list[str]:
    """Return the issues if the clinic gives these answers."""
    tree.files[PATH] = {"answers": list(answers), **more}
    return tree.issues()


def answer(topic: str = "cost", text: str = "It costs 180 euros.", **more: Any) -> dict[str, Any]:
    return {"topic": topic, "text": text, **more}


def test_an_answer_with_everything_is_right(tree: ContentTree) -> None:
    more: dict[str, Any] = {
        "details": "By card.",
        "link": "https://clinic.example",
        "buttons": ["pain"],
        "section": "Prices",
    }
    assert issues(tree, answer(**more)) == []


@pytest.mark.parametrize(
    ("wrong", "issue"),
    [
        (answer("csot"), "answer to csot: unknown topic (got csot / expected cost?)"),
        (answer(buttons=["pian"]), "answer to cost, buttons: unknown topic (got pian / expected pain?)"),
        (
            answer("symptom_report"),
            "answer to symptom_report: this topic always has the assistant's own answer "
            "(expected another topic of data/topics.yml)",
        ),
        (
            answer(text="See [prices](https://clinic.example)."),
            "answer to cost: a link that nobody can tap (got [prices](https://clinic.example) / "
            "expected link: https://… below the text)",
        ),
        (
            answer(text="It is cheap [1] [wrinkles-fade]."),
            "answer to cost: cites a source; the clinic itself is the source "
            "(got [wrinkles-fade] / expected no brackets)",
        ),
        (
            answer(details="Call {phone}."),
            "answer to cost: a brace that belongs to no placeholder (got {phone}. / expected the words themselves)",
        ),
        (
            answer(text="word " * 91),
            "answer to cost: too long (got 91 words / expected at most 90; the rest under details:)",
        ),
        (
            answer(link="clinic.example"),
            "answers 1, link: is not a link that starts with https:// (got clinic.example)",
        ),
        (answer(text=" "), "answers 1, text: is empty (expected what people read)"),
        ({"topic": "cost"}, "answers 1, text: is missing (expected text: …)"),
    ],
)
def test_what_is_wrong_is_said_with_the_way_out(tree: ContentTree, wrong: dict[str, Any], issue: str) -> None:
    assert issues(tree, wrong) == [f"{PATH}: {issue}"]


def test_a_topic_answered_twice_is_an_issue(tree: ContentTree) -> None:
    assert issues(tree, answer(), answer()) == [f"{PATH}: answer to cost: given twice"]


def test_a_key_beside_the_answers_is_an_issue(tree: ContentTree) -> None:
    assert issues(tree, answer(), cost="180 euros") == [
        f"{PATH}: unknown key (got cost / expected answers: alone, and all answers below it after two spaces)"
    ]


def test_the_example_is_checked_too(tree: ContentTree) -> None:
    tree.files["clinic/answers.example.yml"] = {"answers": [answer("csot")]}
    assert tree.issues() == [
        "clinic/answers.example.yml: answer to csot: unknown topic (got csot / expected cost?)"
    ]


def test_a_file_of_another_name_is_read_by_nobody(tree: ContentTree) -> None:
    tree.files["clinic/anwsers.yml"] = {"answers": []}
    assert tree.issues() == [
        "clinic/anwsers.yml: nobody reads this file (expected settings.yml, aftercare.yml or answers.yml)"
    ]
