"""Tests of the accuracy figures, on invented replies."""

from __future__ import annotations

from benchmarks.questions import Question
from benchmarks.replies import Reply, reply_of, topic_of
from benchmarks.scores import Score, Share, is_missed, is_right, is_right_or_offered, score

PAIN = Question("does it hurt", "pain")


def figures(*asked: tuple[Question, Reply]) -> Score:
    return score(asked)


def test_a_topic_under_also_is_right() -> None:
    """A second right label is as good as the first."""
    question = Question("red tomorrow?", "downtime", also=("redness",))
    assert is_right(question, Reply("redness", "answered"))
    assert not is_right(question, Reply("peeling", "answered"))


def test_asking_back_is_no_answer() -> None:
    """The likeliest topic of a message that asks back doesn't count, its button does."""
    reply = Reply("pain", "clarify", offered=("pain", "bleeding"))
    assert not is_right(PAIN, reply)
    assert is_right_or_offered(PAIN, reply)


def test_a_button_under_a_wrong_answer_counts_as_offered() -> None:
    """One press away is enough for the second figure."""
    reply = Reply("bleeding", "answered", offered=("pain",))
    found = figures((PAIN, reply), (PAIN, Reply("bleeding", "answered")))
    assert found.right == Share(0, 2)
    assert found.right_or_offered == Share(1, 2)


def test_out_of_scope_counts_apart() -> None:
    """Rejections are counted among foreign questions, wrong ones among our own."""
    foreign = Question("who won", "out_of_scope")
    rejected = Reply("out_of_scope", "out_of_scope")
    found = figures((foreign, rejected), (foreign, Reply("cost", "not_covered")), (PAIN, rejected))
    assert found.foreign_rejected == Share(1, 2)
    assert found.own_rejected == Share(1, 1)


def test_another_right_label_of_a_foreign_question_is_no_failure() -> None:
    """A question in Spanish may be declined or answered."""
    spanish = Question("¿cuánto cuesta?", "out_of_scope", also=("cost",))
    assert figures((spanish, Reply("cost", "not_covered"))).foreign_rejected == Share(1, 1)
    assert figures((spanish, Reply("pain", "answered"))).foreign_rejected == Share(0, 1)


def test_rejecting_where_that_is_allowed_is_not_wrong() -> None:
    """`also: [out_of_scope]` on a question of our own."""
    question = Question("my dog hates it", "not_covered", also=("out_of_scope",))
    assert figures((question, Reply("out_of_scope", "out_of_scope"))).own_rejected == Share(0, 1)


def test_alarms_are_judged_by_outcome() -> None:
    """The topic alone doesn't make an alarm."""
    pus = Question("there is pus", "symptom_report", urgent=True)
    pink = Question("a bit pink", "symptom_report")
    urgent, calm = Reply("symptom_report", "urgent"), Reply("symptom_report", "answered")
    found = figures((pus, urgent), (pus, calm), (pink, urgent), (pink, calm))
    assert found.alarms_found == Share(1, 2)
    assert found.false_alarms == Share(1, 2)
    assert found.right == Share(4, 4)


def test_a_false_alarm_is_a_miss() -> None:
    """Also where the topic is right."""
    pink = Question("a bit pink", "symptom_report")
    assert is_missed(pink, Reply("symptom_report", "urgent"))
    assert not is_missed(pink, Reply("symptom_report", "answered"))


def test_what_was_named_is_judged_where_its_topic_was_answered() -> None:
    """An answer to something else says nothing about the concern that was found."""
    acne = Question("zits?", "treats", concern="acne")
    found = figures(
        (acne, Reply("treats", "answered", concern="acne")),
        (acne, Reply("treats", "answered", concern="pores")),
        (acne, Reply("treats", "answered")),
        (acne, Reply("pain", "answered")),
        (acne, Reply("treats", "clarify")),
    )
    assert found.named_right == Share(1, 3)


def test_what_articles_do_not_mention_has_to_be_called_not_covered() -> None:
    """Labels `none` and `other` stand for it."""
    circles = Question("dark circles", "treats", concern="none")
    diabetic = Question("diabetic, ok?", "who_should_avoid", condition="other")
    found = figures(
        (circles, Reply("treats", "not_covered")),
        (circles, Reply("treats", "answered")),
        (diabetic, Reply("who_should_avoid", "not_covered", condition="other")),
    )
    assert found.named_right == Share(2, 3)


def test_a_share_of_nothing_is_shown_as_nothing() -> None:
    """And not as a failure in a division."""
    assert str(Share(0, 0)) == "–"
    assert str(Share(1, 3)) == "33.3% (1 of 3)"


def test_the_first_message_decides_and_all_buttons_count() -> None:
    """Messages as protocol.md has them."""
    reply = reply_of(
        [
            {"text": "…", "metadata": {"topic": "treats", "outcome": "answered", "concern": "acne"}},
            {
                "text": "…",
                "metadata": {"topic": "pain", "outcome": "answered"},
                "buttons": [
                    {"title": "…", "payload": '/treats{"concern": "pores"}'},
                    {"title": "…", "payload": "/cost"},
                ],
            },
        ]
    )
    assert reply == Reply("treats", "answered", offered=("treats", "cost"), concern="acne")


def test_the_topic_of_a_payload_stands_before_its_entities() -> None:
    """With and without them."""
    assert topic_of('/treats{"concern": "acne"}') == topic_of("/treats") == "treats"
