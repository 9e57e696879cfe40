"""Tests that processing time is linear, not quadratic, in the length of a message."""
