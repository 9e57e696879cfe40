"""Fake Slack, as strict as the real one; see README.md."""

from testbed.slack.people import MENTION, Person, UserAction, first_element, titles
from testbed.slack.slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, FakeSlack
from testbed.slack.workspace import BOT_USER, OTHER_TEAM, Channel, Message

__all__ = [
    "APP_TOKEN",
    "BOT_TOKEN",
    "BOT_USER",
    "MENTION",
    "OTHER_TEAM",
    "SIGNING_SECRET",
    "Channel",
    "FakeSlack",
    "Message",
    "Person",
    "UserAction",
    "first_element",
    "titles",
]
