"""Channel settings from environment strings, some of them empty."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.exceptions import InvalidConfigException

from assistant.server.settings import read
from assistant.settings import Settings, SettingsError


@pytest.mark.parametrize(
    "given", [None, {}, {"state_dir": "", "messages_per_minute": "", "allowed_origins": ""}]
)
def test_what_is_missing_or_empty_has_its_default(given: dict[str, object] | None) -> None:
    assert read(Settings, given) == Settings(
        state_dir=Path(".state"),
        messages_per_minute=30,
        sessions_per_minute=10,
        allowed_origins=frozenset(),
        session_key="",
    )


def test_what_is_given_is_taken() -> None:
    given = {
        "state_dir": "/var/lib/assistant",
        "messages_per_minute": "60",
        "sessions_per_minute": 5,
        "allowed_origins": " https://Clinic.example/ ,http://localhost:8000,",
        "session_key": "secret",
    }
    origins = frozenset({"https://clinic.example", "http://localhost:8000"})
    assert read(Settings, given) == Settings(
        state_dir=Path("/var/lib/assistant"),
        messages_per_minute=60,
        sessions_per_minute=5,
        allowed_origins=origins,
        session_key="secret",
    )


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
        read(Settings, {key: value})


def test_the_environment_gives_what_the_section_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETENTION_DAYS", "7")
    monkeypatch.setenv("ALLOWED_ORIGINS", "https://clinic.example,http://localhost:8000")
    monkeypatch.setenv("METRICS_PORT", " ")
    settings = read(Settings, {"retention_days": "", "sessions_per_minute": "5"})
    assert (settings.retention_days, settings.sessions_per_minute, settings.metrics_port) == (7, 5, 0)
    assert settings.allowed_origins == {"https://clinic.example", "http://localhost:8000"}


def test_every_setting_that_is_wrong_is_named_by_its_variable() -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.read({"port": "http", "retention_days": "0"})
    assert [line.partition(":")[0] for line in str(refusal.value).splitlines()] == ["PORT", "RETENTION_DAYS"]
    assert refusal.value.fields == {"port", "retention_days"}


def test_secrets_are_not_shown_with_the_others() -> None:
    shown = repr(Settings(session_key="marmalade", database_url="postgresql://marmalade@host/db"))
    assert "marmalade" not in shown
