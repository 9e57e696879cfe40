"""Messages that correct or withdraw a date given before."""

from __future__ import annotations

import pytest

from assistant.core.treatment_date import is_correction, is_forget


@pytest.mark.parametrize(
    "say",
    [
        "no, thursday",
        "no thursday",
        "No, it was Monday",
        "nope it was on the 12th",
        "sorry i meant monday",
        "sorry, the 14th",
        "actually it was the day before",
        "it was the day before",
        "it was the night before that, the 13th",
        "actually 3pm",
        "wait no, it was yesterday",
        "i mean tuesday",
        "oops, 2 days ago not 3",
        "not friday, thursday",
        "thursday not friday",
        "make that half four",
        "it's been moved to the 19th",
        "they rescheduled me to monday 9:30",
        "that's the wrong date",
        "the date is wrong",
        "change my treatment date",
        "hang on it was wensday",
        "correction: 12 november",
        "my mistake, last week",
    ],
)
def test_it_changes_a_date(say: str) -> None:
    assert is_correction(say)


@pytest.mark.parametrize(
    "say",
    [
        "no",
        "no thanks",
        "thursday",
        "it was the day before my wedding",
        "was it the day before?",
        "i had it done on monday",
        "sorry, can i swim tomorrow",
        "actually can i wear makeup tonight",
        "no pain since monday",
        "no redness on day 3",
        "wait so can i or can i not wear makeup tomorrow",
        "sorry to bother you",
        "that's not right",
        "",
    ],
)
def test_it_changes_no_date(say: str) -> None:
    assert not is_correction(say)


@pytest.mark.parametrize(
    "say",
    [
        "forget it",
        "Forget it!",
        "please forget that",
        "delete my date",
        "delete my appointment date please",
        "remove my treatment date",
        "clear the date",
        "forget my timeline",
        "forget about my appointment",
        "don't keep my date",
        "stop tracking my treatment",
        "remove it please",
        "erase it",
        "forget what i said about friday",
    ],
)
def test_it_withdraws_the_date(say: str) -> None:
    assert is_forget(say)


@pytest.mark.parametrize(
    "say",
    [
        "i forgot what they said about washing",
        "don't forget it",
        "i always forget it",
        "will it remove it from my skin",
        "how do i get rid of this redness",
        "remove it with micellar water?",
        "delete",
        "can it erase scars",
        "erase everything",  # not only the date, see assistant/core/dialogue/deletion_requests.py
        "delete my data",
        "",
    ],
)
def test_it_withdraws_nothing(say: str) -> None:
    assert not is_forget(say)
