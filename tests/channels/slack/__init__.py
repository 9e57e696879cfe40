"""Tests of the Slack channel with the fake Slack (tests/fakes/slack) and a running assistant."""
