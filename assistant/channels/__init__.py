"""Channels: thin adapters between the assistant and the website, Slack and the terminal."""
