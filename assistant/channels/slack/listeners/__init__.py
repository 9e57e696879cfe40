"""Listeners, one module per kind of payload: each reads the payload and adds a job, or ignores it."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from assistant.channels.slack.delivery import Delivery
from assistant.channels.slack.listeners.actions import ActionListeners
from assistant.channels.slack.listeners.commands import CommandListener, Commands
from assistant.channels.slack.listeners.home import HomeListeners
from assistant.channels.slack.listeners.messages import MessageListeners
from assistant.channels.slack.listeners.shortcuts import ShortcutListener
from assistant.channels.slack.middleware import JobQueue
from assistant.channels.slack.reminders import Reminders


def register(app: AsyncApp, delivery: Delivery, jobs: JobQueue) -> None:
    """Register all listeners. Those of the Home tab come first: its actions have the names of those in messages."""
    reminders = Reminders(delivery)
    commands = Commands(delivery, reminders)
    messages = MessageListeners(delivery, commands, reminders, jobs)
    HomeListeners(delivery, reminders, jobs).register(app)
    ActionListeners(delivery, commands, reminders, jobs).register(app)
    messages.register(app)
    CommandListener(messages.answer, jobs).register(app)
    ShortcutListener(messages.look_up, jobs).register(app)
