"""Checks of alarm signs."""

from __future__ import annotations

from typing import Any

from tests.core.content_tree import ContentTree

PATH = "data/en/alarms.yml"


def alarms(tree: ContentTree) -> list[dict[str, Any]]:
    """Two alarms: breathing (emergency) and pus (urgent)."""
    entries: list[dict[str, Any]] = tree.files[PATH]["alarms"]
    return entries


def test_an_alarm_given_twice_is_an_issue(tree: ContentTree) -> None:
    alarms(tree)[1]["id"] = "breathing"
    assert tree.issues() == [f"{PATH}: alarm breathing: given twice"]


def test_an_alarm_without_signs_is_an_issue(tree: ContentTree) -> None:
    alarms(tree)[1]["signs"] = []
    assert tree.issues() == [f"{PATH}: alarm pus: has no signs (expected signs: [...])"]


def test_a_sign_given_twice_is_an_issue(tree: ContentTree) -> None:
    alarms(tree)[1]["signs"] = ["pus", "pus"]
    assert tree.issues() == [f"{PATH}: alarm pus, sign pus: given twice"]


def test_an_unknown_level_is_an_issue(tree: ContentTree) -> None:
    alarms(tree)[1]["level"] = "soon"
    assert tree.issues() == [
        f"{PATH}: alarms 2 (pus), level: unknown word (got soon / expected emergency or urgent)"
    ]
