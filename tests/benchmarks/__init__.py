"""Tests of what the figures are computed with."""
