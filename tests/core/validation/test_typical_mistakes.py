"""Typical mistakes in a clinic's files, and their error messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.validation.clinic_files import clinic_issues

ROOT = Path(__file__).parents[3]
RULES = (ROOT / "clinic" / "aftercare.example.yml").read_text("utf-8")
SETTINGS = 'clinic:\n  name: "Ana Ruiz"\n  phone: "600 12 34 56"\n'
KEYS = "name, phone, booking_link, emergency_number"


def said_of(folder: Path, name: str, text: str) -> list[str]:
    """Return the issues of a clinic's file with this text, without the folder."""
    (folder / "settings.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return [str(issue).replace(f"{folder}/", "") for issue in clinic_issues(folder, ROOT / "data")]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "  phone",
            "\tphone",
            'line 3: a tab stands here (got phone: "600 12 34 56" / expected spaces: two for each step to the right)',
        ),
        (
            '"Ana Ruiz"',
            "Studio: Ana Ruiz",
            "line 2: a colon inside a text that has no quotes (got name: Studio: Ana Ruiz / "
            'expected quotes around the text: key: "text: more text")',
        ),
        (
            "name:",
            "name",
            'line 2: no colon and space behind the key (got name "Ana Ruiz" / expected key: text)',
        ),
        (
            "  phone",
            "   phone",
            'line 3: begins in another column than the lines that belong with it (got phone: "600 12 34 56" / '
            "expected the same number of spaces as in the line above, two more for each step to the right)",
        ),
        ("name", "nmae", f"line 2: clinic, nmae: unknown key (expected name? The keys are {KEYS})"),
        ("name", "opening_hours", f"line 2: clinic, opening_hours: unknown key (expected {KEYS})"),
        (
            '"600 12 34 56"',
            "12:30",
            'line 3: clinic, phone: holds no number that can be called (got 12:30 / expected such as "112")',
        ),
        (
            '"Ana Ruiz"',
            "true",
            'line 2: clinic, name: true and false are texts only in quotes (expected "true" or "false")',
        ),
    ],
)
def test_a_mistake_in_the_settings(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    text = SETTINGS.replace(right, wrong, 1)
    issues = said_of(tmp_path, "settings.yml", text)
    assert issues == [f"settings.yml, {said}"]


def test_keys_that_are_not_indented(tmp_path: Path) -> None:
    """Such keys would be ignored silently."""
    problem = "does not stand below clinic:, so nobody reads it"
    assert said_of(tmp_path, "settings.yml", SETTINGS.replace("  ", "")) == [
        f"settings.yml, line {line}: {key}: {problem} (expected two spaces before it: '  {key}: …')"
        for line, key in ((2, "name"), (3, "phone"))
    ]


@pytest.mark.parametrize("number", ["061", "000", "0034600123456", "+34600123456"])
def test_a_number_without_quotes_is_no_mistake(tmp_path: Path, number: str) -> None:
    assert said_of(tmp_path, "settings.yml", SETTINGS.replace('"600 12 34 56"', number)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "  - id: no-exercise",
            " - id: no-exercise",
            "begins in another column than the lines that belong with it (got - id: no-exercise / expected the same "
            "number of spaces as in the line above, two more for each step to the right)",
        ),
        (
            "    end: PT48H",
            "   end: PT48H",
            "the entries of a list begin in different columns (got end: PT48H / "
            'expected each "- " exactly below the one before)',
        ),
        (
            "    kind: avoid\n",
            "",
            "aftercare 1 (no-make-up), kind: is missing (expected kind: …)",
        ),
        (
            "    end: PT48H\n",
            "",
            "aftercare 1 (no-make-up): end: is missing, so otherwise never counts "
            "(expected end with a duration such as P2D, or no otherwise)",
        ),
        (
            "PT48H",
            "3 days",
            "aftercare 1 (no-make-up), end: is not an ISO 8601 duration "
            "(got 3 days / expected such as PT24H, P3D, P4W or P6M)",
        ),
        (
            "PT48H",
            "72",
            "aftercare 1 (no-make-up), end: is not an ISO 8601 duration "
            "(got 72 / expected such as PT24H, P3D, P4W or P6M)",
        ),
        (
            "topics: [after_makeup]",
            "topics: [after_make]",
            "rule no-make-up: unknown topic (got after_make / expected after_makeup?)",
        ),
        (
            "activities: [wear_makeup]",
            "activities: [got hair washing]",
            "rule no-make-up: unknown activity (got got hair washing / expected wash_hair?)",
        ),
        (
            "activities: [wear_makeup]",
            "activities: [xyz]",
            "rule no-make-up: unknown activity (got xyz / expected an id of data/en/lexicon/activity.yml)",
        ),
        (
            "    activities: [exercise, sweat]\n",
            "",
            "rule no-exercise: speaks of nothing that people ask about "
            "(expected products, activities or symptoms, or a topic that the articles cover)",
        ),
        (
            "kind: avoid",
            "kind: forbid",
            "aftercare 1 (no-make-up), kind: unknown word (got forbid / expected avoid, do, expect, ask or next)",
        ),
        (
            "topics: [after_makeup]",
            "topics: after_makeup",
            "aftercare 1 (no-make-up), topics: is not a list (expected [one, two])",
        ),
    ],
)
def test_a_mistake_in_the_rules(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    (issue,) = said_of(tmp_path, "aftercare.yml", RULES.replace(right, wrong, 1))
    place, told = issue.split(": ", 1)
    assert told == said
    assert place.startswith("aftercare.yml, line ")


def test_an_unknown_key_of_a_rule_lists_the_keys_that_there_are(tmp_path: Path) -> None:
    (issue,) = said_of(tmp_path, "aftercare.yml", RULES.replace("whole_days:", "whole_day:"))
    assert (
        "(no-exercise), whole_day: unknown key (expected whole_days? The keys are id, topics, products,"
        in issue
    )
