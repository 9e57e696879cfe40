"""The Slack channel, through a local Slack (tests/fakes/slack) and the really running assistant."""
