"""Channel settings from environment strings, some of them empty."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.exceptions import InvalidConfigException

from assistant.server.http.settings import Settings


@pytest.mark.parametrize(
    "given", [None, {}, {"state_dir": "", "messages_per_minute": "", "allowed_origins": ""}]
)
def test_what_is_missing_or_empty_has_its_default(given: dict[str, object] | None) -> None:
    assert Settings.read(given) == Settings(Path(".state"), 30, 10, frozenset(), "")


def test_what_is_given_is_taken() -> None:
    given = {
        "state_dir": "/var/lib/assistant",
        "messages_per_minute": "60",
        "sessions_per_minute": 5,
        "allowed_origins": " https://Clinic.example/ ,http://localhost:8000,",
        "session_key": "secret",
    }
    origins = frozenset({"https://clinic.example", "http://localhost:8000"})
    assert Settings.read(given) == Settings(Path("/var/lib/assistant"), 60, 5, origins, "secret")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("messages_per_minute", "many"),
        ("messages_per_minute", "0"),
        ("messages_per_minute", "-1"),
        ("sessions_per_minute", "1.5"),
        ("allowed_origins", "clinic.example"),
        ("colour", "green"),
    ],
)
def test_what_can_not_be_right_is_refused_with_what_was_expected(key: str, value: str) -> None:
    with pytest.raises(InvalidConfigException, match=r"(?i)got .* / expected"):
        Settings.read({key: value})
