"""Markup that nobody renders is an issue; what is rendered is none."""

from __future__ import annotations

import pytest

from assistant.core.validation.wording import line_break_issues, markup_issues
from tests.core.content_tree import ContentTree


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("See [our page](https://clinic.example/a_b).", "a link behind words"),
        ("See [our page] (https://clinic.example).", "a link behind words"),
        ("See [our page][home].", "a link behind words"),
        ("![A needle](needle.png)", "a picture"),
        ("See <https://clinic.example>.", "brackets around an address"),
        ("About <b>a day</b>.", "a tag of HTML"),
        ("One<br>two", "a tag of HTML"),
        ("# Note\nAbout a day.", "a heading"),
        ("About a day.\n\n### More\n", "a heading"),
        ("* one\n* two", "a list with another sign"),
        ("+ one", "a list with another sign"),
        ("> Somebody said so.", "a quotation"),
        ("One.\n\n---\n\nTwo.", "a line across"),
        ("| a | b |", "a table"),
        ("Say `help`.", "a backtick"),
        ("~~Two~~ three days.", "a line through words"),
        ("**About a day: it fades.", "bold that does not end in its line"),
        ("**About\na day** it fades.", "bold that does not end in its line"),
        ("About a day.** It fades.", "bold that does not end in its line"),
        ("** About a day ** it fades.", "bold that does not end in its line"),
        ("**One** and **two.", "bold that does not end in its line"),
        ("***About a day***", "bold that does not end in its line"),
        ("About *a day*.", "italics"),
        ("About _a day_.", "italics"),
        ("About __a day__.", "italics"),
    ],
)
def test_marks_that_people_would_read_are_found(text: str, what: str) -> None:
    (issue,) = markup_issues("file.yml", "utter_pain", text)
    assert str(issue).startswith(f"file.yml: utter_pain: {what}")
    assert "is not shown as such" in str(issue)


@pytest.mark.parametrize(
    "text",
    [
        "**About a day:** it fades [1][2].\n\n- one\n- **two** days\n",
        "See https://clinic.example/a_b_c?d=*e*#f or a_b_c@clinic.example.",
        "**https://clinic.example/a_b**",
        "Call {clinic_name} on {emergency_number}. 5 * 3 is 15, 2 < 3 > 1, and snake_case_words stay.",
        "One (see below) [1] (2). It's - well - 24–48 hours, #1 of 3.",
        "**One** and **two**, 100 % sure.",
    ],
)
def test_what_is_rendered_or_only_looks_like_markup_is_fine(text: str) -> None:
    assert list(markup_issues("file.yml", "utter_pain", text)) == []


def test_answers_and_facts_are_checked(tree: ContentTree) -> None:
    tree.answers("procedure", "utter_pain")[0]["text"] += " See [our page](https://clinic.example)."
    tree.facts("procedure")[0]["statement"] += " *Really.*"
    citation, links, italics = tree.issues()
    assert "is no citation" in citation
    assert links.endswith(
        "(got [our page](https://clinic.example) / expected the address itself, which becomes a link)"
    )
    assert "data/facts/procedure.yml: fact " in italics


def test_a_line_break_within_a_paragraph_is_found() -> None:
    (issue,) = line_break_issues("file.yml", "utter_pain", "Ask first, and tell them about\nyour session.")
    assert "a line break within a paragraph (got your session." in str(issue)


@pytest.mark.parametrize("text", ["One.\n\nTwo.", "These:\n- one\n- two", "- one\n- two\n\nThree."])
def test_paragraphs_and_lists_break_lines(text: str) -> None:
    assert list(line_break_issues("file.yml", "utter_pain", text)) == []
