"""Maintenance mode: every message gets a fixed notice with the clinic's contact."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from assistant.core.content.clinic import Clinic, load_clinic, load_wording, phones, placeholders
from assistant.core.content.phones import with_phones
from assistant.core.content.texts import DATA
from assistant.core.protocol import Message
from assistant.core.validation.clinic_files import clinic_folder
from assistant.server.messages import REPLIES
from assistant.server.observability.log_redaction import cause
from assistant.server.observability.metrics import CLOSED as CLOSED_GAUGE
from assistant.server.storage.runtime_flags import CLOSED, read_flag
from assistant.server.storage.tracker_store import ConversationStore

_log = structlog.get_logger("assistant.server.rasa.maintenance")

_LOOK_AGAIN = 2.0  # seconds between polls


class MaintenanceMode:
    """Polls the maintenance flag every two seconds; keeps the last state while the database is down."""

    def __init__(self, store: ConversationStore, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` returns monotonic seconds."""
        self._store = store
        self._clock = clock
        self._next_look = clock()
        self._is_up = False

    def is_up(self) -> bool:
        """Return whether maintenance mode is on."""
        if self._clock() >= self._next_look:
            self._next_look = self._clock() + _LOOK_AGAIN
            self._look()
        return self._is_up

    def _look(self) -> None:
        try:
            self._is_up = read_flag(self._store, CLOSED) is not None
        except SQLAlchemyError as error:
            _log.error("maintenance_check_failed", cause=cause(error))
        CLOSED_GAUGE.set(self._is_up)


def maintenance_message() -> Message:
    """Return the maintenance notice with the clinic's current contact."""
    path, wording = clinic_folder() / "settings.yml", load_wording(DATA)
    settings = load_clinic(path) if path.exists() else Clinic()
    message = REPLIES.maintenance.message(**placeholders(settings, wording))
    return with_phones(message, phones(settings, wording))
