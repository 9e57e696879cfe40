"""The Slack channel's parts, each alone."""
