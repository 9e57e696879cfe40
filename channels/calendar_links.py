"""Links to a person's calendar file: signed, for thirty days, and worth nothing for anything else."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from itsdangerous import BadData, URLSafeSerializer

from channels.messages import Message

PATH = "/webhooks/website/calendar/"
LIFETIME = timedelta(days=30)


class CalendarLinks:
    """Makes links and recognises them."""

    def __init__(self, key: bytes) -> None:
        """`key` is secret; the salt keeps these signatures apart from those of sessions."""
        self._signer = URLSafeSerializer(
            key, salt="calendar-link", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def path(self, conversation: str, made_on: date) -> str:
        """The link's path; the same for the same day, so that a repeated answer is the same."""
        signed = self._signer.dumps([conversation, (made_on + LIFETIME).isoformat()])
        assert isinstance(signed, str)
        return f"{PATH}{signed}.ics"

    def conversation(self, signed: str, today: date) -> str | None:
        """The conversation of a link that was made here and has not run out, else none."""
        if not signed.isascii():
            return None
        try:
            conversation, until = self._signer.loads(signed)
            return str(conversation) if today <= date.fromisoformat(until) else None
        except (BadData, ValueError, TypeError):
            return None

    def added_to(self, message: Message, conversation: str, made_on: date) -> Message:
        """The message, with the link in its timeline if it has one."""
        custom = message.get("custom")
        if not custom or custom.get("type") != "timeline":
            return message
        return {**message, "custom": {**custom, "calendar_url": self.path(conversation, made_on)}}
