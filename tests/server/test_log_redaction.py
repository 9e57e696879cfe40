"""Third-party log records during a turn are reduced to text that cannot come from a user."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from assistant.server.observability.log_redaction import (
    _Guard,
    cause,
    redact_ids_of,
    redact_user_text,
)

WORDS = "my face is burning"


class Kept(logging.Handler):
    """Keeps the lines that would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.addFilter(_Guard())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler = Kept()
    loggers = [
        logging.getLogger(name)
        for name in ("rasa.core.processor", "assistant.server.rasa.turns", "py.warnings")
    ]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)


def failing() -> None:
    try:
        raise KeyError(WORDS)
    except KeyError as error:
        raise ValueError(f"no answer to {WORDS}") from error


def test_a_cause_names_types_and_places_but_no_message() -> None:
    with pytest.raises(ValueError, match=WORDS) as caught:
        failing()
    told = cause(caught.value)
    for part in ("ValueError (", " caused by KeyError (", "test_log_redaction.py:"):
        assert part in told
    assert WORDS not in told


def test_during_a_turn_rasas_messages_are_withheld(kept: Kept) -> None:
    with redact_user_text():
        logging.getLogger("rasa.core.processor").error(f"Could not parse {WORDS}")
    (line,) = kept.lines
    assert line.startswith("message redacted (test_log_redaction:")


@pytest.mark.parametrize(
    "harmless",
    [
        "Encountered an exception while running action 'action_x'",
        "Failed to run custom action 'action_x'. Couldn't connect to the server at 'http://localhost:5055/webhook'",
        "Circuit breaker tripped",
    ],
)
def test_the_harmless_part_of_a_message_is_kept(kept: Kept, harmless: str) -> None:
    with redact_user_text():
        logging.getLogger("rasa.core.processor").error(f"{harmless} {WORDS}")
    assert kept.lines[0].startswith(harmless)
    assert WORDS not in kept.lines[0]


def test_a_warning_keeps_its_place_and_kind(kept: Kept) -> None:
    with redact_user_text():
        logging.getLogger("py.warnings").warning(
            "%s", f"/rasa/shared/core/slots.py:381: UserWarning: {WORDS}"
        )
    assert kept.lines[0].startswith("/rasa/shared/core/slots.py:381: UserWarning (")
    assert WORDS not in kept.lines[0]


def test_a_stack_trace_becomes_its_cause_at_any_time(kept: Kept) -> None:
    try:
        failing()
    except ValueError:
        logging.getLogger("rasa.core.processor").exception("It failed")
    assert kept.lines[0].startswith("It failed [ValueError (")
    assert WORDS not in kept.lines[0]


@pytest.mark.parametrize("channel", ["website", "pigeon"])
def test_between_turns_messages_are_kept_but_for_conversation_ids(kept: Kept, channel: str) -> None:
    redact_ids_of(channel)
    logging.getLogger("rasa.core.processor").warning("Trouble with %s", f"{channel}-abcdefghijklmnopqrstuvwx")
    assert kept.lines == [f"Trouble with {channel}-…"]


def test_the_projects_own_messages_are_kept(kept: Kept) -> None:
    with redact_user_text():
        logging.getLogger("assistant.server.rasa.turns").error("turn_failed")
    assert kept.lines == ["turn_failed"]


def test_a_malformed_call_does_not_break_the_turn(kept: Kept) -> None:
    with redact_user_text():
        logging.getLogger("assistant.server.rasa.turns").error("%d", WORDS)
    assert WORDS not in kept.lines[0]
