"""Tests of the fake Slack: it is as strict as the real one."""
