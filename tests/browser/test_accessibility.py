"""axe-core finds nothing at all, in any state, light and dark, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.chat import Chat
from tests.browser.conftest import NewChat

DESK: dict[str, object] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, object] = {"viewport": {"width": 375, "height": 812}, "has_touch": True, "is_mobile": True}
LOOKS = {
    "light": DESK,
    "dark": {**DESK, "color_scheme": "dark"},
    "phone": PHONE,
}
Act = Callable[[Chat], object]


def closed(chat: Chat) -> None:
    expect(chat.launcher).to_be_visible()


def opened(chat: Chat) -> None:
    chat.launcher.click()
    expect(chat.field).to_be_visible()


def asked(question: str) -> Act:
    def act(chat: Chat) -> None:
        opened(chat)
        chat.ask(question)

    return act


def with_sources(chat: Chat) -> None:
    asked("How long will my skin stay red?")(chat)
    chat.last.get_by_text("2 sources").click()
    expect(chat.last.get_by_text("What To Expect After Micro-needling?")).to_be_visible()


def with_used_buttons(chat: Chat) -> None:
    asked("How long will my skin stay red?")(chat)
    chat.button("Recovery time").click()
    expect(chat.answers).to_have_count(2)


def with_comment(chat: Chat) -> None:
    asked("Does it hurt?")(chat)
    chat.button("This did not help").click()
    expect(chat.dialog.get_by_role("textbox", name="What was missing? (optional)")).to_be_visible()


def with_menu(chat: Chat) -> None:
    opened(chat)
    chat.button("More").click()
    expect(chat.dialog.get_by_role("menuitem").first).to_be_visible()


def with_confirmation(chat: Chat) -> None:
    asked("Does it hurt?")(chat)
    chat.menu("Delete my conversation")
    expect(chat.page.get_by_role("alertdialog")).to_be_visible()


def with_date(chat: Chat) -> None:
    opened(chat)
    chat.menu("My treatment")
    expect(chat.button("Show my timeline")).to_be_visible()


def with_timeline(chat: Chat) -> None:
    with_date(chat)
    chat.show_timeline()


def offline(chat: Chat) -> None:
    asked("Does it hurt?")(chat)
    chat.page.context.set_offline(True)
    chat.type("How long will my skin stay red?")
    expect(chat.questions).to_have_count(2)


STATES: dict[str, Act] = {
    "closed": closed,
    "opened": opened,
    "buttons": asked("what does it cost"),
    "used buttons": with_used_buttons,
    "sources": with_sources,
    "disagreement": asked("When can I wear make-up again?"),
    "urgent": asked("I have a fever and there is pus coming out of my cheek"),
    "emergency": asked("I can't breathe"),
    "comment": with_comment,
    "menu": with_menu,
    "confirmation": with_confirmation,
    "date": with_date,
    "timeline": with_timeline,
    "offline": offline,
}


@pytest.fixture
def one_look(new_chat: NewChat, request: pytest.FixtureRequest) -> Chat:
    """The website in one of the looks, without motion, so that nothing is caught half faded."""
    return new_chat(
        options={**LOOKS[request.param], "reduced_motion": "reduce"}, data_phone="+34 600 000 000"
    )


@pytest.mark.parametrize("one_look", LOOKS, indirect=True)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(one_look: Chat, state: str) -> None:
    STATES[state](one_look)
    assert findings(one_look.page) == []


def test_axe_is_not_blind(chat: Chat) -> None:
    chat.open().page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [finding for finding in findings(chat.page) if finding.startswith("image-alt")]
