"""Page object for the widget; finds elements by role and name, never by class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

ZONE = "Europe/Madrid"  # where the browsers of the tests are, wherever this machine is
_SPOKEN = re.compile(r"^\s*Assistant")
_TYPED = re.compile(r"^\s*You")


def days_from_now(days: int, time: str) -> str:
    """Return the form's value for a moment of another day, in the browser's zone."""
    return f"{datetime.now(ZoneInfo(ZONE)) + timedelta(days=days):%Y-%m-%d}T{time}"


@dataclass(frozen=True)
class Chat:
    """A page with the widget on it."""

    page: Page

    @property
    def launcher(self) -> Locator:
        """The launcher, before the chat is opened."""
        return self.page.get_by_role("button", name="Ask a question")

    @property
    def dialog(self) -> Locator:
        """The opened chat."""
        return self.page.get_by_role("dialog")

    @property
    def field(self) -> Locator:
        """The field for questions."""
        return self.dialog.get_by_role("textbox", name="Your question")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.dialog.get_by_role("log", name="Conversation")

    @property
    def questions(self) -> Locator:
        """The person's messages."""
        return self.log.get_by_role("article").filter(has_text=_TYPED)

    @property
    def answers(self) -> Locator:
        """The assistant's messages."""
        return self.log.get_by_role("article").filter(has_text=_SPOKEN)

    @property
    def last(self) -> Locator:
        """The assistant's last message."""
        return self.answers.last

    @property
    def trouble(self) -> Locator:
        """The message about an error."""
        return self.log.get_by_role("alert")

    def button(self, name: str) -> Locator:
        """A button anywhere in the chat."""
        return self.dialog.get_by_role("button", name=name, exact=True)

    def open(self) -> Chat:
        """By the launcher; the field is ready afterwards."""
        self.launcher.click()
        expect(self.field).to_be_focused()
        return self

    def reload(self) -> Chat:
        """The page anew; a chat that was open is open again."""
        self.page.reload()
        expect(self.field).to_be_visible()
        return self

    def type(self, text: str) -> None:
        """Sends a question and waits for nothing."""
        self.field.fill(text)
        self.field.press("Enter")

    def ask(self, text: str) -> Locator:
        """Sends a question; the first message that answers it."""
        before = self.answers.count()
        self.type(text)
        return self.answer_after(before)

    def answer_after(self, count: int) -> Locator:
        """The message that comes after so many of the assistant's."""
        answer = self.answers.nth(count)
        expect(answer).to_be_visible()
        return answer

    def menu(self, item: str) -> None:
        """Opens the menu and takes one of its items."""
        self.button("More").click()
        self.dialog.get_by_role("menuitem", name=item).click()

    def show_timeline(self, moment: str = "") -> Locator:
        """Enters the treatment, where it is asked for, yesterday by default; the message with the timeline."""
        before = self.answers.count()
        moment = moment or days_from_now(-1, "15:00")
        self.dialog.get_by_label("Day and time").last.fill(moment)
        self.button("Show my timeline").last.click()
        return self.answer_after(before)
