"""Shared by tests and benchmarks: servers, services of a cluster, a fake Slack, frozen time and question files."""
