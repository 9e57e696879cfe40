"""Answers in Slack: one post, in the right place, in Slack's markup."""

from __future__ import annotations

from testbed.slack import FakeSlack, Person, titles
from tests.channels.slack.looks import choices, contexts, kinds, sources, words
from tests.servers import RunningAssistant

RED = "How long will my skin stay red?"
TWO = "does it hurt and how long am i red"


def test_an_answer_names_its_sources_and_can_be_rated(slack: FakeSlack, anna: Person) -> None:
    answer = slack.answer_to(anna.says(RED))
    assert kinds(answer)[0] == "section"
    assert kinds(answer)[-1] == "context_actions"
    assert len(sources(answer)) == 1
    assert kinds(answer).count("context") == 1
    assert "red" in words(answer)


def test_the_notification_says_what_the_blocks_say(slack: FakeSlack, anna: Person) -> None:
    answer = slack.answer_to(anna.says(RED))
    assert answer.text
    assert len(answer.text) < 4000
    assert answer.blocks[0]["text"]["text"].split(".")[0] in answer.text


def test_what_is_urgent_stands_out(slack: FakeSlack, anna: Person) -> None:
    answer = slack.answer_to(anna.says("I have a fever and there is pus coming out of my cheek"))
    assert kinds(answer)[0] == "header"
    assert "context_actions" not in kinds(answer)
    assert kinds(slack.answer_to(slack.person().says(RED)))[0] != "header"


def test_the_emergency_numbers_are_links_that_call(slack: FakeSlack, anna: Person) -> None:
    answer = slack.answer_to(anna.says("I can't breathe"))
    assert all(f"<tel:{number}|{number}>" in words(answer) for number in ("112", "999", "911"))


def test_where_the_sources_differ_it_is_marked(slack: FakeSlack, anna: Person) -> None:
    disagreeing = slack.answer_to(anna.says("when can i wear make-up again"))
    assert any("differ" in text for text in contexts(disagreeing))
    agreeing = slack.answer_to(slack.person().says("can i touch my face"))
    assert not any("differ" in text for text in contexts(agreeing))


def test_in_a_channel_it_is_one_post_in_the_thread(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    asked = anna.mentions(TWO, channel)
    answer = slack.answer_to(asked)
    slack.settle_slowly()
    posts = [
        message for message in slack.workspace.messages if message.channel == channel.id and message.is_bots
    ]
    assert posts == [answer]
    assert answer.thread_ts == asked.thread
    assert len(sources(answer)) == 2, "each of the two questions has its answer and its sources"
    assert len(asked.deliveries) == 2, "Slack tells of it as a mention and as a message"


def test_in_a_direct_message_it_is_one_post_outside_threads(slack: FakeSlack, anna: Person) -> None:
    answer = slack.answer_to(anna.says(TWO))
    slack.settle_slowly()
    posts = [
        message for message in slack.workspace.messages if message.channel == anna.dm.id and message.is_bots
    ]
    assert posts == [answer]
    assert answer.thread_ts is None


def test_a_conversation_goes_on_in_its_thread(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    first = anna.mentions("does it hurt", channel)
    slack.answer_to(first)
    second = slack.answer_to(anna.says(RED, channel, thread=first.thread))
    assert second.thread_ts == first.thread
    assert "red" in words(second)


def test_a_used_button_gives_way_to_what_was_chosen(slack: FakeSlack, anna: Person) -> None:
    offered = slack.answer_to(anna.says(RED))
    others = [block for block in offered.blocks if block["type"] != "actions"]
    title = choices(offered)[0]
    pressed = anna.presses(offered, title)
    answer = slack.answer_to(pressed)
    assert answer is not offered
    assert choices(offered) == []
    assert any(title in text for text in contexts(offered))
    assert [block for block in offered.blocks if block in others] == others


def test_two_quick_presses_are_one_choice(slack: FakeSlack, anna: Person) -> None:
    offered = slack.answer_to(anna.says(RED))
    as_it_was = list(offered.blocks)
    first = anna.presses(offered, titles(offered.blocks)[0])
    offered.blocks, now = as_it_was, offered.blocks
    anna.presses(offered, titles(as_it_was)[0])
    offered.blocks = now
    slack.answer_to(first)
    slack.settle_slowly()
    assert len(slack.answers_to(first)) == 1


def test_a_rating_is_thanked_for(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    answer = slack.answer_to(anna.mentions(RED, channel))
    thanked = slack.answer_to(anna.rates(answer, up=True))
    assert thanked.seen_by == anna.user.id
    slack.settle()
    assert "context_actions" in kinds(answer), "it can be rated by others, too"


def test_signs_that_mean_something_in_slack_come_back_escaped(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    asked = anna.types("/microneedling does &lt;b&gt; hurt &amp; *bleed* &lt;!channel&gt;", channel)
    answer = slack.answer_to(asked)
    shared = slack.answer_to(anna.presses(answer, "Share in this channel"))
    assert "<!channel>" not in words(shared)
    assert "&lt;!channel&gt;" in words(shared)


def test_the_log_does_not_hold_what_a_person_wrote(
    slack: FakeSlack, anna: Person, assistant_in_slack: RunningAssistant
) -> None:
    slack.answer_to(anna.says("does it hurt, elderberry"))
    slack.answer_to(anna.types("/microneedling elderberry, does it hurt", slack.channel(anna)))
    output = assistant_in_slack.output()
    assert '"event": "turn"' in output
    assert "elderberry" not in output
    assert anna.user.id not in output
    assert "xoxb-" not in output
