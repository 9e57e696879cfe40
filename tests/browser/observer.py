"""Watches every page for console errors and requests to third parties."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

# The browser itself tells of every answer from 400 on, and of those that a page of another origin may not read.
_ORDINARY = ("Failed to load resource", "Access to fetch at")


class Watch:
    """Collects what pages do behind the tests' backs."""

    def __init__(self, known: set[str]) -> None:
        """`known` holds the origins that a page may call."""
        self._known = known
        self.strangers: list[str] = []
        self.errors: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """From now on, over every page of a profile."""
        context.on("request", self._see)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def complain(self) -> None:
        """Fails the test when there is something to complain about."""
        assert self.strangers == [], "requests to third parties"
        assert self.errors == [], "errors in the browser's console"

    def _see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" not in self._known:
            self.strangers.append(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        unexpected = message.type == "error" and not message.text.startswith(_ORDINARY)
        if unexpected or "Content Security Policy" in message.text:
            self.errors.append(message.text)
