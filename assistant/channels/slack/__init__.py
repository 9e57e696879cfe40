"""Slack channel: messages, mentions, threads, slash command, shortcut, buttons and App Home tab."""

from assistant.channels.slack.http import SlackInput

__all__ = ["SlackInput"]
