"""What the slow tests need, as for the tests of the cluster and of Slack."""

from __future__ import annotations

from tests.channels.slack.conftest import slack, workspace_and_assistant
from tests.cluster.conftest import nginx, postgres, programs, redis

__all__ = ["nginx", "postgres", "programs", "redis", "slack", "workspace_and_assistant"]
