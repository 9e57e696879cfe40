"""Tests of the Slack channel with the fake Slack (testbed/slack) and a running assistant."""
