"""Slack channel: messages, mentions, threads, slash command, shortcut, buttons and App Home tab."""

from assistant.channels.slack.input_channel import SlackInput

__all__ = ["SlackInput"]
