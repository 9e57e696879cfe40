"""Links to a person's calendar file: signed, for thirty days, and worth nothing for anything else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

from itsdangerous import BadData, URLSafeSerializer

from assistant.core.protocol import Message

PATH = "/webhooks/website/calendar/"
LIFETIME = timedelta(days=30)


class CalendarLinks:
    """Makes links and recognises them."""

    def __init__(self, key: bytes) -> None:
        """`key` is secret; the salt keeps these signatures apart from those of sessions."""
        self._signer = URLSafeSerializer(
            key, salt="calendar-link", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def path(self, conversation: str, made_on: date, erasure: float) -> str:
        """The link's path; the same for the same day, so that a repeated answer is the same.

        `erasure` is the store's for this conversation: links of before the next one are worth nothing after it.
        """
        signed = self._signer.dumps([conversation, (made_on + LIFETIME).isoformat(), erasure])
        assert isinstance(signed, str)
        return f"{PATH}{signed}.ics"

    def read(self, signed: str, today: date) -> tuple[str, float] | None:
        """Conversation and erasure of a link that was made here and has not run out, else none."""
        if not signed.isascii():
            return None
        try:
            conversation, until, *erasure = self._signer.loads(signed)
            lives = today <= date.fromisoformat(until)
            return (str(conversation), float(erasure[0]) if erasure else 0.0) if lives else None
        except (BadData, ValueError, TypeError):
            return None


def with_link(message: Message, path: Callable[[], str]) -> Message:
    """The message, with the link in its timeline if it has one; `path` is asked for only then."""
    custom = message.get("custom")
    if not custom or custom.get("type") != "timeline":
        return message
    return {**message, "custom": {**custom, "calendar_url": path()}}
