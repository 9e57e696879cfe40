"""Slow tests of everything at once: attacks."""
