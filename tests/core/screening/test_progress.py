"""Transitions of the candidate check."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.core.screening.progress import Act, Progress, Say, read_progress, take_step, write_progress

ORDER = ["acne", "infection", "wound"]
ACTS: list[Act] = ["yes", "no", "unsure", "why", "stop", "back", "go_on", "restart", "unclear"]


def after(*acts: Act, told: tuple[str, ...] = ()) -> tuple[Progress, Say]:
    progress = Progress()
    say: Say = "begin"
    for act in acts:
        progress, say = take_step(progress, act, told, ORDER)
    return progress, say


def test_questions_come_one_by_one_until_the_end() -> None:
    assert after("go_on")[0].question == "acne"
    assert after("go_on", "no")[0].question == "infection"
    progress, say = after("go_on", "no", "unsure", "yes")
    assert (progress.question, say) == (None, "end")
    assert progress.replies == {"acne": "no", "infection": "unsure", "wound": "yes"}


def test_what_is_known_is_never_asked() -> None:
    progress, say = after("go_on", "no", "no", told=("infection",))
    assert say == "end"
    assert progress.named("yes") == ["infection"]


def test_what_is_told_with_a_reply_is_not_asked_later() -> None:
    begun, _ = after("go_on")
    progress, _ = take_step(begun, "no", ["infection"], ORDER)
    assert progress.question == "wound"


def test_a_reply_counts_more_than_what_was_told() -> None:
    begun, _ = after("go_on")
    progress, _ = take_step(begun, "no", ["acne"], ORDER)
    assert progress.replies["acne"] == "no"


def test_back_asks_the_last_question_again_and_forgets_its_reply() -> None:
    progress, say = after("go_on", "yes", "no", "back")
    assert (progress.question, say) == ("infection", "back")
    assert progress.replies == {"acne": "yes"}
    assert after("go_on", "back")[1] == "at_start"


def test_back_never_goes_to_what_was_known() -> None:
    assert after("go_on", "back", told=("acne",))[1] == "at_start"


def test_a_stopped_check_goes_on_where_it_was() -> None:
    stopped, say = after("go_on", "no", "stop")
    assert (stopped.stopped, say) == (True, "stopped")
    progress, say = take_step(stopped, "go_on", (), ORDER)
    assert (progress.question, progress.stopped, say) == ("infection", False, "resume")


def test_a_finished_check_begins_anew() -> None:
    progress, say = after("go_on", "yes", "yes", "yes", "go_on")
    assert (progress.question, say) == ("acne", "begin")
    assert progress.replies == {}


def test_an_old_button_corrects_its_own_question() -> None:
    later, _ = after("go_on", "yes", "no")
    progress, _ = take_step(later, "no", (), ORDER, about="acne")
    assert progress.named("yes") == []
    assert progress.question == "wound"


@given(st.lists(st.sampled_from(ACTS), max_size=12), st.sets(st.sampled_from(ORDER)))
def test_whatever_people_do_the_open_question_is_one_without_a_reply(acts: list[Act], told: set[str]) -> None:
    progress, say = Progress(), "begin"
    for act in acts:
        progress, say = take_step(progress, act, told, ORDER)
        assert read_progress(write_progress(progress)) == progress
        assert progress.question is None or progress.question not in progress.replies
        assert progress.question is not None or say in ("end", "nothing_to_stop")
