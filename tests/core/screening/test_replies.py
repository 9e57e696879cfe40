"""Messages that reply to an open question, and those that are left to their own topic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.core.content.yaml_files import read_yaml
from assistant.core.screening.questions import Screening
from assistant.core.screening.replies import ScreeningReply, read_reply, read_return

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("replies.yml"))["replies"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_a_message_does_what_the_person_means(check: Screening, case: dict[str, Any]) -> None:
    heard = ScreeningReply(
        case["text"],
        names_it=case.get("names", False),
        elsewhere=case.get("elsewhere", False),
        lost=case.get("lost", False),
    )
    assert read_reply(heard, check.replies) == case.get("act")


@pytest.mark.parametrize(
    "text", ["go on with the check", "let's finish those questions", "back to the quiz pls"]
)
def test_a_check_that_was_left_is_taken_up_by_its_name(check: Screening, text: str) -> None:
    assert read_return(text, check.replies) == "go_on"


@pytest.mark.parametrize("text", ["no", "yes", "go on", "continue", "stop", "back", "i have a question"])
def test_a_check_that_was_left_hears_nothing_else(check: Screening, text: str) -> None:
    assert read_return(text, check.replies) is None


@pytest.mark.parametrize(
    ("text", "act"),
    [("👍", "yes"), ("👍🏾", "yes"), ("✅", "yes"), ("✔️", "yes"), (":+1::skin-tone-4:", "yes"),
     ("👎", "no"), ("👎🏼", "no"), ("❌", "no"), (":-1:", "no"), (":x:", "no"), ("no 👍", "no")],
)  # fmt: skip
def test_an_emoji_is_a_yes_or_a_no(check: Screening, text: str, act: str) -> None:
    assert read_reply(ScreeningReply(text, lost=True), check.replies) == act
