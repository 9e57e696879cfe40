"""The clinic's phone numbers become `tel:` links; other digits do not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chat import Chat
from tests.browser.conftest import SESSION_KEY
from tests.fakes.flaky_proxy import MoodyProxy
from tests.fakes.host_site import HostSite
from tests.servers import ROOT, RunningAssistant

EMERGENCY = "I can't breathe"
URGENT = "I have a fever and there is pus coming out of my cheek"
SETTINGS = """\
clinic:
  name: Serena Skin Clinic
  phone: 020 7946 0123
  booking_link: https://clinic.example/book
  emergency_number: 000
"""


@pytest.fixture(scope="module")
def shared_proxy(host: HostSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MoodyProxy]:
    """The way to an assistant of a clinic in another country, instead of the way to the one of the folder."""
    if not list((ROOT / "models").glob("*.tar.gz")) or not (ROOT / "widget/dist/widget.js").exists():
        pytest.skip("no trained model or no widget: run `make train widget` first")
    folder, before = tmp_path_factory.mktemp("calling"), host.server
    (folder / "clinic").mkdir()
    (folder / "clinic" / "settings.yml").write_text(SETTINGS, "utf-8")
    settings = {
        "CLINIC_DIR": str(folder / "clinic"),
        "ALLOWED_ORIGINS": host.origin,
        "SESSION_KEY": SESSION_KEY,
    }
    server = RunningAssistant(ROOT, folder / "state", folder / "server.log", **settings)
    proxy = MoodyProxy(server.base_url)
    host.server = proxy.origin
    yield proxy
    host.server = before
    proxy.stop()
    server.stop()


def calls(where: Locator) -> list[str]:
    """Return the numbers that the links of a place dial."""
    hrefs = where.get_by_role("link").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [href for href in hrefs if href.startswith("tel:")]


def test_the_emergency_number_of_the_clinic_is_called(chat: Chat) -> None:
    card = chat.open().ask(EMERGENCY)
    expect(card.get_by_role("heading")).to_contain_text("Call the emergency number now.")
    expect(card.get_by_role("link", name="Call 000")).to_have_attribute("href", "tel:000")


def test_an_urgent_answer_calls_the_clinic_and_the_emergency_number_in_its_text(chat: Chat) -> None:
    """Also where the website says nothing of a phone."""
    card = chat.open().ask(URGENT)
    expect(card.get_by_role("link", name="Call the clinic")).to_have_attribute("href", "tel:02079460123")
    assert {"tel:02079460123", "tel:000"} == set(calls(card))


def test_an_ordinary_answer_calls_the_clinic_by_its_national_number(chat: Chat) -> None:
    answer = chat.open().ask("can I talk to a person")
    expect(answer.get_by_role("link", name="020 7946 0123")).to_have_attribute("href", "tel:02079460123")
    expect(answer.get_by_role("link", name="https://clinic.example/book", exact=True)).to_be_visible()


def test_who_wants_a_person_can_call_or_book_by_a_button(chat: Chat) -> None:
    answer = chat.open().ask("can I talk to a person")
    call, book = (
        answer.get_by_role("link", name=name) for name in ("Call the clinic", "Book an appointment")
    )
    expect(call).to_have_attribute("href", "tel:02079460123")
    expect(book).to_have_attribute("href", "https://clinic.example/book")


def test_numbers_that_count_something_are_no_links(chat: Chat) -> None:
    answer = chat.open().ask("how long am i red")
    expect(answer).to_contain_text("24 hours")
    assert set(calls(answer)) <= {"tel:02079460123", "tel:000"}


def test_the_numbers_are_called_after_coming_back_too(chat: Chat) -> None:
    chat.open().ask(EMERGENCY)
    card = chat.reload().answers.last
    expect(card.get_by_role("link", name="Call 000")).to_have_attribute("href", "tel:000")
