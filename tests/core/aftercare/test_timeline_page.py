"""The timeline as a page to print: complete, self-contained and safe."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace

import pytest

from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.person import person_of
from assistant.core.aftercare.timeline import person_steps
from assistant.core.aftercare.timeline_page import POLICY, timeline_page
from tests.core.aftercare.people import NOW, TO_COME, TREATED, ZONE, person

LARGEST = 16_000  # bytes


def page(when: str, book: AftercareGuide) -> str:
    """Return the page of somebody treated then, as people read it."""
    found = timeline_page(person(when), book)
    assert found is not None
    return html.unescape(found)


@pytest.mark.parametrize("when", TREATED)
def test_every_step_is_on_the_page_once(when: str, book: AftercareGuide) -> None:
    text = page(when, book)
    lines = person_steps(person(when), book)
    assert text.count("<li>") == len(lines) + len(book.aftercare.cited(line.rule for line in lines))
    assert all(line.detail in text for line in lines if line.state != "past")


@pytest.mark.parametrize("when", TREATED)
def test_the_page_is_small_and_loads_nothing(when: str, book: AftercareGuide) -> None:
    text = page(when, book)
    assert len(text.encode()) < LARGEST
    assert not re.search(r"<script|<img|<link|src=|url\(|@import|\son\w+=|\sstyle=|https?:", text)


def test_the_policy_allows_the_page_s_own_style_and_nothing_else(book: AftercareGuide) -> None:
    [style] = re.findall(r"<style>(.*?)</style>", timeline_page(person("day 1"), book) or "", re.DOTALL)
    expected = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{expected}'" in POLICY
    assert not re.search(r"unsafe|https?:|data:|\*", POLICY)


def test_what_to_avoid_now_stands_before_what_is_later_and_over(book: AftercareGuide) -> None:
    text = page("day 4", book)
    places = [
        text.index(f"<h2>{heading}</h2>") for heading in ("Avoid", "Do", "Can be normal", "Later", "Over")
    ]
    assert places == sorted(places)
    assert "Since Fri 27 Nov, 12:00: make-up fine again" in text
    assert "Leave all make-up off" not in text


@pytest.mark.parametrize("when", TO_COME)
def test_before_a_session_the_time_after_it_has_headings_of_its_own(when: str, book: AftercareGuide) -> None:
    text = page(when, book)
    before, after = text.index("<h2>Avoid</h2>"), text.index("<h2>After the session: Avoid</h2>")
    assert before < text.index("Leave out retinol") < after < text.index("Leave all make-up off")


def test_what_a_clinic_wrote_is_text_and_no_markup(book: AftercareGuide) -> None:
    rules = tuple(rule.copy(update={"title": "<b>x", "detail": "<i>y"}) for rule in book.aftercare.rules)
    spoiled = replace(book, aftercare=replace(book.aftercare, rules=rules))
    found = timeline_page(person("day 1"), spoiled) or ""
    assert "<b>" not in found
    assert "<i>" not in found
    assert "&lt;i&gt;y" in found


def test_without_a_date_there_is_no_page(book: AftercareGuide) -> None:
    assert timeline_page(person_of(None, ZONE, NOW), book) is None
