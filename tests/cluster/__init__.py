"""Tests of several replicas with real PostgreSQL, Redis and nginx from system packages."""
