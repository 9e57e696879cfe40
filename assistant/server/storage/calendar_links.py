"""Signed links to a person's calendar file and page to print, valid for thirty days and for nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

from itsdangerous import BadData, URLSafeSerializer

from assistant.core.protocol import Message

PATH = "/webhooks/website/calendar/"
LIFETIME = timedelta(days=30)
_CALENDAR, _PAGE = ".ics", ".html"


class CalendarLinks:
    """Issues and verifies calendar links."""

    def __init__(self, key: bytes) -> None:
        """`key` is the secret signing key; the salt separates these signatures from those of sessions."""
        self._signer = URLSafeSerializer(
            key, salt="calendar-link", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def path(self, conversation: str, made_on: date, erasure: float) -> str:
        """Return the path of the link. It is the same all day, so that a repeated answer is identical.

        `erasure` is the store's value for this conversation: the next deletion invalidates all earlier links.
        """
        signed = self._signer.dumps([conversation, (made_on + LIFETIME).isoformat(), erasure])
        assert isinstance(signed, str)
        return f"{PATH}{signed}{_CALENDAR}"

    def read(self, signed: str, today: date) -> tuple[str, float] | None:
        """Return conversation and erasure of a valid, unexpired link, else None."""
        if not signed.isascii():
            return None
        try:
            conversation, until, *erasure = self._signer.loads(signed)
            lives = today <= date.fromisoformat(until)
            return (str(conversation), float(erasure[0]) if erasure else 0.0) if lives else None
        except (BadData, ValueError, TypeError):
            return None


def with_link(message: Message, path: Callable[[], str]) -> Message:
    """Add the links to the message's timeline, if it has one; `path` returns the calendar's and is called only then."""
    custom = message.get("custom")
    if not custom or custom.get("type") != "timeline":
        return message
    calendar = path()
    links = {"calendar_url": calendar, "page_url": calendar.removesuffix(_CALENDAR) + _PAGE}
    return {**message, "custom": {**custom, **links}}
