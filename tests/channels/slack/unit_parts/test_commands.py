"""Typed commands: the whole message, in the many forms in which people write them."""

from __future__ import annotations

import pytest

from assistant.channels.slack.blocks.text import plain
from assistant.channels.slack.listeners.commands import command_in

CANCELLING = """
cancel my reminders
Cancel reminders!
stop the reminders
Stop reminders please
please stop sending me reminders
turn off reminders
turn off my reminders.
Turn the reminders off
turn reminders off please
switch off all my reminders
can you turn off the reminders?
could you please stop these reminders
disable reminders
delete my reminders
remove all of my reminders
stop reminding me
no more reminders
No more reminders, please
don't remind me anymore
Don’t remind me any more
dont send me reminders
I don't want reminders any more
i no longer need the reminders
I do not want to be reminded
unsubscribe
Unsubscribe me
UNSUBSCRIBE :no_entry_sign:
unsubscribe from reminders
opt out
mute reminders
stop notifications
reminders off
I'd like to turn off the reminders, please
ok please stop sending me those reminders now
stop all these reminders
cancel all of my reminders right now
I no longer want reminders
I don't need your reminders anymore, thanks
hey, could you stop reminding me?
I want to unsubscribe
opt me out please
take me off the list
never remind me again
no need to remind me
you don't have to remind me any more
you can stop reminding me
I changed my mind, no reminders
never mind the reminders
too many reminders
stop remindes
leave me alone with the reminders
please remove me from reminders
stop the notifs
i dont want these pings
scrap the reminders
reminders stop
stop with the reminders
undo the reminders
I'm tired of these reminders
remove reminders :pray::skin-tone-3:
spare me the reminders
cancel my remiders
unsuscribe
:no_bell:
🔕
""".strip().splitlines()
QUESTIONS = """
remind me why
what are reminders for
how do you stop redness
can i stop using retinol
should i turn off the heating
what happens if i stop
when do i stop the cream
is there anything to remember
help my skin is peeling
does it help with scars
will it help
can i stop the antibiotics
cancel my appointment
remove my peeling skin
no more redness
stop bleeding
quit smoking
messages
no
""".strip().splitlines()


@pytest.mark.parametrize("text", CANCELLING)
def test_reminders_are_cancelled_in_many_words(text: str) -> None:
    assert command_in(plain(text)) == "reminders_cancel"


STOPPING = """
stop
STOP!
Stop please
please stop
stop it
ok stop now
stop :octagonal_sign:
Stop messaging me!
stop these messages
no more messages please
cancel all
:octagonal_sign:
🛑
please don't write to me any more
""".strip().splitlines()


@pytest.mark.parametrize("text", STOPPING)
def test_stop_is_a_command_of_those_who_have_reminders(text: str) -> None:
    assert command_in(plain(text)) == "reminders_stop"


@pytest.mark.parametrize(
    "text",
    [
        "help",
        "Help!",
        "help me",
        "i need help",
        "help :slightly_smiling_face:",
        ":question: help",
        "help :wave::skin-tone-3:",
        "help 👋🏽",
        "🙏 help please",
        ":wave: help me",
        ":question:",
        "❓",
        ":sos:",
        "?",
        "",
        "  ",
    ],
)
def test_help_is_found_with_emoji_and_without(text: str) -> None:
    assert command_in(plain(text)) == "help"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Remind me!", "remind"),
        ("please remind me", "remind"),
        ("turn on my reminders", "remind"),
        ("turn reminders on", "remind"),
        ("can you remind me?", "remind"),
        ("my  reminders", "reminders_list"),
        ("will you remind me", "reminders_list"),
        ("are you going to remind me?", "reminders_list"),
        ("do i get reminders", "reminders_list"),
        ("have I got any reminders set?", "reminders_list"),
        ("will i be reminded", "reminders_list"),
        ("show me my reminders", "reminders_list"),
        ("how do I turn off reminders?", "reminders_list"),
        ("how can i unsubscribe", "reminders_list"),
        ("delete my data", "delete_data"),
    ],
)
def test_a_command_is_the_whole_message(text: str, command: str) -> None:
    assert command_in(text) == command


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions_with_the_same_words_are_no_commands(text: str) -> None:
    assert command_in(text) is None


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("thanks :+1::skin-tone-4:", "thanks"),
        ("thanks 👍🏽", "thanks 👍"),
        ("thanks :pray::skin-tone-2:", "thanks"),
        (":tada::tada: great", "great"),
        (":+1:", "ok"),
        (":thumbsup::skin-tone-6:", "ok"),
        ("👍", "ok"),
        ("👍🏿", "ok"),
        (":wave::skin-tone-5:", "hello"),
        ("👋🏻", "hello"),
        ("ok :ok_hand::skin-tone-2:", "ok"),
        (":pray:", "thank you"),
        ("🙏🏾🙏🏾", "thank you"),
        (":our_own_parrot:", "🙂"),
        ("🌵", "🌵"),
        ("at 10:30:45 or 9:00: fine", "at 10:30:45 or 9:00: fine"),
        ("my skin :/ is red :(", "my skin :/ is red :("),
        ("note:this:that", "note:this:that"),
        ("is it sore :thinking_face:?", "is it sore ?"),
    ],
)
def test_emoji_are_read_as_what_they_mean_and_have_no_skin_tone(sent: str, words: str) -> None:
    assert plain(sent) == words
