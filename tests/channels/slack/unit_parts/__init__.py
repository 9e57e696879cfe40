"""Unit tests of the Slack channel."""
