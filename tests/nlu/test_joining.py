"""Which parts of a message are questions of their own."""

from __future__ import annotations

from nlu.joining import WHOLE, Thresholds, Understood, questions
from nlu.parts import Kind

GROUPS = {
    "pain": "procedure",
    "cost": "basics",
    "redness": "risks",
    "swelling": "risks",
    "results": "outcomes",
}


def chosen(whole: Understood, *parts: Understood) -> list[int]:
    """With the thresholds as they are."""
    return questions(whole, parts, GROUPS, Thresholds())


def part(topic: str, confidence: float = 0.95, **about: object) -> Understood:
    return Understood(topic, confidence, **about)  # type: ignore[arg-type]


def test_two_topics_are_two_questions_in_their_order() -> None:
    assert chosen(part("pain"), part("pain"), part("cost")) == [0, 1]


def test_the_same_topic_twice_is_one_question() -> None:
    assert chosen(part("pain"), part("pain"), part("pain")) == []


def test_another_concern_is_another_question() -> None:
    acne, scars = {"concern": frozenset({"acne"})}, {"concern": frozenset({"scars"})}
    assert chosen(part("treats"), part("treats", named=acne), part("treats", named=scars)) == [0, 1]


def test_a_part_that_is_not_understood_leaves_the_message_whole() -> None:
    assert chosen(part("pain"), part("pain"), part("nlu_fallback", 0.3)) == []


def test_small_talk_beside_a_question_is_none() -> None:
    assert chosen(part("pain"), part("thanks"), part("pain")) == []


def test_no_more_than_three_are_answered() -> None:
    topics = ("pain", "cost", "redness", "results")
    assert chosen(part("pain"), *map(part, topics)) == [0, 1, 2]


def test_words_of_one_kind_in_a_list_stay_one() -> None:
    listed = [part(topic, kind=Kind.LISTED) for topic in ("redness", "swelling")]
    assert chosen(part("redness", 0.4), *listed) == []


def test_a_question_that_points_back_counts_only_among_its_own_kind() -> None:
    assert chosen(part("redness", 0.4), part("redness"), part("results", kind=Kind.POINTING)) == []


def test_a_message_that_is_sure_to_be_about_something_else_stays_whole() -> None:
    assert chosen(part("results"), part("pain"), part("cost")) == []


def test_an_alarm_comes_first() -> None:
    alarm = part("urgent", urgent=True, sure_sign=True, kind=Kind.TOLD)
    assert chosen(part("pain"), part("pain"), alarm) == [1, 0]


def test_an_alarm_that_only_the_whole_tells_comes_first_too() -> None:
    assert chosen(part("urgent", urgent=True), part("cost")) == [WHOLE, 0]


def test_what_is_asked_about_the_alarming_skin_is_answered_after_the_alarm() -> None:
    """In general only: channels.questions marks it."""
    assert chosen(part("urgent", urgent=True), part("moisturiser", kind=Kind.ASIDE)) == [WHOLE, 0]


def test_without_an_alarm_a_question_about_what_was_told_is_no_part() -> None:
    assert chosen(part("redness"), part("redness"), part("results", kind=Kind.ASIDE)) == []


def test_how_long_it_takes_to_heal_before_a_day_that_matters_is_read_from_the_whole() -> None:
    assert chosen(part("weigh_event"), part("pain"), part("downtime")) == [0, WHOLE]


def test_a_part_alone_may_sound_graver_than_it_is() -> None:
    assert chosen(part("pain"), part("pain"), part("urgent", urgent=True, kind=Kind.TOLD)) == []
