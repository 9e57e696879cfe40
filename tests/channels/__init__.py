"""Tests of the channels, most of them against a real server."""
