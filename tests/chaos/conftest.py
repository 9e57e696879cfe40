"""Programs that the slow tests need, as for the cluster's tests."""

from __future__ import annotations

from tests.cluster.conftest import nginx, postgres, programs, redis

__all__ = ["nginx", "postgres", "programs", "redis"]
