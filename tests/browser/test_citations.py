"""Evidence of an answer: numbered sources, more on demand, positions, and the small lines below it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.chat import Chat
from tests.fakes.flaky_proxy import Messages, MoodyProxy

SOURCES = [
    {"id": "a", "name": "The guide", "title": "Everything", "section": "After", "extract": "Wait for a day."},
    {"id": "b", "title": "What is it?", "section": "Care", "extract": "No make-up for 24 hours."},
    {"id": "c", "title": "The world"},
]
CITED: dict[str, Any] = {
    "text": "Not for a day [1]. Your skin has to heal [1][2].",
    "metadata": {
        "topic": "after_makeup",
        "outcome": "answered",
        "sources": SOURCES,
        "basis": "safety",
        "details": "Powder is no exception [2].\n\n- Nor is cream [3]",
        "disagreement": True,
        "positions": [
            {"text": "A day without it.", "sources": [1, 2]},
            {"text": "It covers bruises.", "sources": [3]},
        ],
        "treatment": {"at": "2026-11-29T15:00:00+01:00", "day": 2, "label": "Day 2 after Sun 29 Nov, 15:00"},
    },
}


@pytest.fixture
def cited(chat: Chat, proxy: MoodyProxy) -> Chat:
    """Somebody whose question gets such an answer."""
    proxy.mood.rewrite = lambda _: [CITED]
    chat.open().ask("When can I wear make-up?")
    return chat


def test_a_number_leads_to_its_source(cited: Chat) -> None:
    expect(cited.last.get_by_text("Wait for a day.")).to_be_hidden()
    cited.last.get_by_role("button", name="Source 2").first.click()
    entry = cited.last.get_by_role("listitem").filter(has_text="What is it?")
    expect(entry).to_be_focused()
    expect(entry).to_contain_text("No make-up for 24 hours.")
    expect(cited.last.get_by_role("listitem").filter(has_text="The guide")).to_contain_text("Everything")


def test_the_rest_is_there_on_demand_with_its_own_numbers(cited: Chat) -> None:
    more = cited.last.get_by_text("Powder is no exception")
    expect(more).to_be_hidden()
    cited.last.get_by_text("More", exact=True).click()
    expect(more).to_be_visible()
    cited.last.get_by_role("button", name="Source 3").first.click()
    expect(cited.last.get_by_role("listitem").filter(has_text="The world")).to_be_focused()


def test_what_each_side_says_is_folded_behind_the_mark(cited: Chat) -> None:
    side = cited.last.get_by_role("listitem").filter(has_text="A day without it.")
    expect(side).to_be_hidden()
    cited.last.get_by_text("Sources differ").click()
    expect(side.get_by_role("button")).to_have_count(2)


def test_small_lines_say_what_it_rests_on_and_for_which_day(cited: Chat) -> None:
    expect(cited.last).to_contain_text("Common sense, not from a source")
    expect(cited.last).to_contain_text("Day 2 after Sun 29 Nov, 15:00")


def test_axe_finds_nothing_when_all_of_it_is_open(cited: Chat) -> None:
    cited.last.locator("summary").evaluate_all(
        "all => all.forEach(one => { one.parentElement.open = true; })"
    )
    assert findings(cited.page) == []


def test_an_answer_without_any_of_it_looks_as_before(chat: Chat, proxy: MoodyProxy) -> None:
    def plain(_: Messages) -> Messages:
        return [{"text": "A list [1] of things.", "metadata": {"outcome": "answered"}}]

    proxy.mood.rewrite = plain
    answer = chat.open().ask("What is it?")
    expect(answer).to_contain_text("A list [1] of things.")
    expect(answer.locator("summary")).to_have_count(0)
