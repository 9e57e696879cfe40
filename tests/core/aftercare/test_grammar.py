"""Properties of the grammar: whatever is asked, the first sentence agrees with the verdict."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.aftercare.grammar import case_of, form_of
from assistant.core.aftercare.guide import AftercareGuide
from assistant.core.aftercare.timing_answer import answer_timing
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import verdict
from tests.core.aftercare.people import book as own_book
from tests.core.aftercare.people import treated
from tests.core.aftercare.questions import QUESTIONS

HOURS = st.integers(-30 * 24, 60 * 24)
FORMS = st.sampled_from([{}, {"must": True}, {"stops": True}, {"must": True, "stops": True}])
AGREED = {
    "ok": r"\*\*(Yes\.|You can)",
    "not_yet": r"\*\*(Not yet|No\.)",
    "avoid": r"\*\*No\.",
    "ask_professional": r"\*\*(Ask first\.|Don't stop it yourself)",
    "not_covered": r"\*\*My sources don't cover that\.",
}
STOP = {
    "ok": r"\*\*(No, |Not yet|Yes\.)",
    "not_yet": r"\*\*(Yes, leave it out|Wait until|If a doctor|Not yet)",
    "avoid": r"\*\*(Yes, leave it out|If a doctor)",
    "ask_professional": r"\*\*(Ask first\.|Don't stop it yourself|If a doctor)",
}


@settings(deadline=None, max_examples=300)
@given(QUESTIONS, FORMS, HOURS)
def test_the_first_sentence_agrees_with_the_verdict(
    question: TimingQuestion, form: dict[str, Any], hours: int
) -> None:
    asked = replace(question, **form)
    message = answer_timing(asked, treated(timedelta(hours=hours)), (), own_book())
    given_verdict = message["metadata"]["verdict"]
    agreed = (STOP if asked.stops else {}).get(given_verdict, AGREED[given_verdict])
    if asked.must and not asked.stops and given_verdict == "ok":
        agreed = r"\*\*(Yes, do\.|You can|Yes\.)"
    later = r"|\*\*(After your session|Yes, after your session)" if hours < 0 else ""
    assert re.match(agreed + later, message["text"]), message["text"]


@settings(deadline=None, max_examples=300)
@given(QUESTIONS, FORMS, HOURS)
def test_what_is_not_ok_is_never_opened_with_a_yes_to_may_i(
    question: TimingQuestion, form: dict[str, Any], hours: int
) -> None:
    asked = replace(question, stops=False, must=form.get("must", False))
    message = answer_timing(asked, treated(timedelta(hours=hours)), (), own_book())
    if message["metadata"]["verdict"] != "ok":
        assert not message["text"].startswith(("**Yes", "**You can"))


@settings(deadline=None, max_examples=300)
@given(QUESTIONS, HOURS)
def test_every_answer_ends_with_the_day_and_cites_only_sources_that_it_lists(
    question: TimingQuestion, hours: int
) -> None:
    message = answer_timing(question, treated(timedelta(hours=hours)), (), own_book())
    metadata = message["metadata"]
    assert message["text"].splitlines()[-1] == metadata["treatment"]["label"]
    cited = re.findall(r"\[(\d+)\]", f"{message['text']} {metadata.get('details', '')}")
    assert {int(number) for number in cited} <= set(range(1, len(metadata.get("sources", [])) + 1))
    assert not re.search(r"\[[a-z]|\{", message["text"])


@pytest.mark.parametrize("hours", [-200, -20, 5, 100, 400])
@pytest.mark.parametrize("form", [{"stops": True}, {"must": True, "stops": True}])
def test_nobody_is_told_to_leave_out_what_a_doctor_may_have_prescribed(
    hours: int, form: dict[str, Any], book: AftercareGuide
) -> None:
    for product in (*book.aftercare.medicines, "retinoids"):
        asked = replace(TimingQuestion(products=(product,)), **form)
        text = answer_timing(asked, treated(timedelta(hours=hours)), (), book)["text"]
        assert not text.startswith("**Yes, leave it out"), (product, text)


def test_a_ban_with_a_caution_is_answered_by_it_also_where_a_clinic_overrides_it(
    clinics_book: AftercareGuide,
) -> None:
    asked = TimingQuestion(products=("retinoids",), stops=True)
    who = treated(timedelta(hours=20))
    given_now = verdict(asked, who.treated_at, who.now, clinics_book.aftercare)
    assert (form_of(asked, given_now.reason), case_of(given_now, who.now)) == ("stop_medicine", "not_yet")
    text = answer_timing(asked, who, (), clinics_book)["text"]
    assert text.startswith("**If a doctor prescribed or recommended it, don't stop it yourself")
