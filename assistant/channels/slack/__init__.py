"""The Slack channel: messages, mentions, threads, the slash command, shortcuts, buttons and the App Home tab."""

from assistant.channels.slack.input_channel import SlackInput

__all__ = ["SlackInput"]
