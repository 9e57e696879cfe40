"""Each person has a conversation of their own, and nothing from a direct message appears in a channel."""

from __future__ import annotations

from testbed.slack import FakeSlack, Message, Person, titles
from tests.channels.slack.looks import choices, words

RED = "How long will my skin stay red?"


def bots(slack: FakeSlack, channel: str) -> list[Message]:
    return [message for message in slack.workspace.messages if message.channel == channel and message.is_bots]


def test_what_is_said_in_a_dm_stays_there(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    slack.answer_to(anna.says(RED))
    slack.answer_to(anna.mentions("hello", channel))
    slack.settle()
    assert len(bots(slack, channel.id)) == 1
    assert "red" not in words(bots(slack, channel.id)[0])


def test_the_same_question_of_two_people_in_one_thread_is_two_conversations(
    slack: FakeSlack, anna: Person, berta: Person
) -> None:
    channel = slack.channel(anna, berta)
    asked = anna.mentions(RED, channel)
    first = slack.answer_to(asked)
    second = slack.answer_to(berta.mentions(RED, channel, thread=asked.thread))
    assert titles(first.blocks) == titles(second.blocks), "the second one hears it as for the first time"


def test_buttons_belong_to_the_one_who_asked(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    answer = slack.answer_to(anna.mentions(RED, channel))
    offered = titles(answer.blocks)
    told = slack.answer_to(berta.presses(answer, offered[0]))
    assert told.seen_by == berta.user.id
    slack.settle()
    assert titles(answer.blocks) == offered
    own = slack.answer_to(anna.presses(answer, offered[0]))
    assert words(own) != words(told)
    assert choices(answer) == []


def test_a_slash_command_answers_only_the_asker(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    answer = slack.answer_to(anna.types(f"/microneedling {RED}", channel))
    slack.settle()
    assert answer.seen_by == anna.user.id
    assert [message for message in bots(slack, channel.id) if message.seen_by is None] == []


def test_the_asker_can_share_the_answer(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    answer = slack.answer_to(anna.types(f"/microneedling {RED}", channel))
    shared = slack.answer_to(anna.presses(answer, "Share in this channel"))
    assert shared.seen_by is None
    assert f"<@{anna.user.id}>" in words(shared)
    assert RED in words(shared)
    assert titles(shared.blocks) == [], "the buttons stay with the one who asked"
    slack.wait_until(lambda: "Share in this channel" not in titles(answer.blocks), "the button to go")


def test_sharing_works_where_the_assistant_is_no_member(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna, with_bot=False)
    answer = slack.answer_to(anna.types(f"/microneedling {RED}", channel))
    assert slack.answer_to(anna.presses(answer, "Share in this channel")).seen_by is None


def test_the_shortcut_answers_only_the_one_who_used_it(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    said = berta.says(RED, channel).message
    assert said
    answer = slack.answer_to(anna.uses_shortcut("ask_articles", said))
    assert answer.seen_by == anna.user.id
    assert "red" in words(answer)


def test_time_zones_are_looked_up_once(slack: FakeSlack, anna: Person) -> None:
    for _ in range(3):
        slack.answer_to(anna.says("does it hurt"))
    assert len(slack.journal.of("users.info", user=anna.user.id)) == 1


def test_somebody_without_a_time_zone_is_answered_too(slack: FakeSlack) -> None:
    nobody = slack.person("Nobody", timezone=None)
    assert slack.answer_to(nobody.says("does it hurt")).text


def test_whoever_replies_in_its_thread_is_answered(slack: FakeSlack, anna: Person, berta: Person) -> None:
    channel = slack.channel(anna, berta)
    asked = anna.mentions("does it hurt", channel)
    slack.answer_to(asked)
    answer = slack.answer_to(berta.says(RED, channel, thread=asked.thread))
    assert "red" in words(answer)


def test_a_reply_to_somebody_and_to_the_assistant_is_answered_once(
    slack: FakeSlack, anna: Person, berta: Person
) -> None:
    channel = slack.channel(anna, berta)
    asked = anna.mentions("does it hurt", channel)
    slack.answer_to(asked)
    reply = anna.mentions(f"<@{berta.user.id}> {RED}", channel, thread=asked.thread)
    slack.answer_to(reply)
    slack.settle_slowly()
    assert len(slack.answers_to(reply)) == 1


def test_a_button_of_a_private_answer_leads_to_a_private_answer(slack: FakeSlack, anna: Person) -> None:
    channel = slack.channel(anna)
    offered = slack.answer_to(anna.types(f"/microneedling {RED}", channel))
    pressed = titles(offered.blocks)[0]
    answer = slack.answer_to(anna.presses(offered, pressed))
    assert answer.seen_by == anna.user.id
    assert pressed not in titles(offered.blocks)


def test_somebody_elses_rating_is_not_left_without_a_word(
    slack: FakeSlack, anna: Person, berta: Person
) -> None:
    channel = slack.channel(anna, berta)
    answer = slack.answer_to(anna.mentions(RED, channel))
    assert slack.answer_to(berta.rates(answer, up=False)).seen_by == berta.user.id
