"""Slack's error response: HTTP 200 with `ok` false and an error code."""

from __future__ import annotations

from typing import Any


class RefusalError(Exception):
    """A call that Slack refuses; `error` is Slack's own word, `details` say more in the answer."""

    def __init__(self, error: str, **details: Any) -> None:
        """`details` join the answer."""
        super().__init__(f"{error} {details or ''}".strip())
        self.error = error
        self.details = details

    def as_answer(self) -> dict[str, Any]:
        """The body of Slack's answer."""
        return {"ok": False, "error": self.error, **self.details}
