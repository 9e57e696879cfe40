"""Slow tests: attacks, load, faults, moved clocks."""
